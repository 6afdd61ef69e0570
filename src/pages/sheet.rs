//! What a notice says, on one page and without any question: the part of a county's static file that needs no program.
//!
//! Made natively when the pages are built. It is for whoever reads before answering, whose browser runs no script, and
//! for search: who pays how much, when, where, what holds in special situations, what the notice does not say.

use crate::components::{bullets, folded, phones, section};
use crate::html::Html;
use crate::text::{LIST_SEPARATOR, format, result as words, sheet as say};
use canbao_engine::Program;
use canbao_engine::contract::{Kind, When};
use canbao_material::amounts::{Amounts, Payer, Price, Row, Stretch, monthly};
use canbao_policy::model::{Answer, Topic};

/// The sheet of a notice.
pub fn page(program: &Program) -> String {
    let mut h = Html::default();
    let notice = program.notice();
    h.open("div.sheet-body");
    if let Ok(amounts) = Amounts::of(program) {
        for stretch in &amounts.stretches {
            stretch_part(&mut h, stretch);
        }
        if let Some(after) = &amounts.after {
            section(&mut h, say::AFTER);
            table(&mut h, after);
            h.close();
        }
        h.line("p.hint", say::FOR_WHOM);
    }
    section(&mut h, words::CHANNELS);
    for channel in &notice.channels {
        h.open("div.part");
        h.line("h3", &channel.name);
        bullets(&mut h, &channel.steps);
        crate::components::maybe(&mut h, "p", channel.place.as_deref());
        if channel.cash {
            h.line("p", words::CASH);
        }
        phones(&mut h, channel.phone.as_deref().unwrap_or_default());
        h.close();
    }
    h.close();
    for &topic in Topic::ALL {
        let lines: Vec<String> =
            notice.infos.iter().filter(|info| info.topic == topic).map(|info| info.text.clone()).collect();
        folded(&mut h, "sheet-", topic.as_str(), words::topic(topic));
        bullets(&mut h, &lines);
        h.close();
    }
    folded(&mut h, "sheet-clauses", "", say::CLAUSES);
    let clauses: Vec<String> =
        notice.clauses.iter().map(|clause| words::clause(&clause.label, &clause.summary)).collect();
    bullets(&mut h, &clauses);
    h.close();
    section(&mut h, words::UNSTATED);
    let silences: Vec<String> = notice.silences.iter().map(|s| words::silence(&s.text, &s.ask)).collect();
    bullets(&mut h, &silences);
    h.close();
    section(&mut h, words::CONTACTS);
    for contact in &notice.contacts {
        h.open("div.contact");
        h.line("p.office", &contact.office);
        crate::components::maybe(&mut h, "p.hint", contact.about.as_deref());
        phones(&mut h, contact.phone.as_deref().unwrap_or_default());
        h.close();
    }
    h.close();
    let identity = &notice.notice;
    section(&mut h, words::SOURCE);
    let lines = [
        Some(identity.title.clone()),
        identity.document.as_deref().map(words::document),
        identity.issuer.as_deref().map(words::issuer),
        identity.issued.map(|day| words::issued(&format::day(day), None)),
        identity.source.clone(),
    ];
    let mut lines: Vec<String> = lines.into_iter().flatten().collect();
    lines.extend(identity.warnings.iter().map(|warning| say::warning(warning)));
    bullets(&mut h, &lines);
    h.close();
    h.close();
    h.finish()
}

fn stretch_part(h: &mut Html, stretch: &Stretch<'_>) {
    section(h, &say::stretch(stretch.from, stretch.to));
    let runs = stretch.rows.first().map(|row| row.runs.as_slice()).unwrap_or_default();
    if let Some((from, to)) = monthly(runs) {
        h.line("p", &say::monthly(from, to));
    } else if runs.len() > 1 {
        let runs: Vec<String> = runs.iter().map(|&(from, to)| format::stretch(Some(from), Some(to))).collect();
        h.line("p", &say::runs(&runs));
    }
    table(h, stretch);
    h.close();
}

fn table(h: &mut Html, stretch: &Stretch<'_>) {
    h.open("table");
    h.open("thead");
    h.open("tr");
    h.line("th[scope=col]", say::WHO);
    h.line("th[scope=col]", say::PAYS);
    h.close();
    h.close();
    h.open("tbody");
    // Where it is several things for rows in a row, it is said once for all of them.
    for alike in stretch.rows.chunk_by(|one, other| one.prices.len() > 1 && pays(one) == pays(other)) {
        h.open("tr");
        h.line("th[scope=row]", &alike.iter().map(who).collect::<Vec<_>>().join(LIST_SEPARATOR));
        h.line("td", &alike.first().map(pays).unwrap_or_default());
        h.close();
    }
    h.close();
    h.close();
}

fn who(row: &Row<'_>) -> String {
    match row.payer {
        Payer::Ordinary => say::ORDINARY.to_owned(),
        Payer::Member(entry) => entry.name.clone(),
        Payer::Both(entry, with) => [entry.name.as_str(), say::AND, &with.name].concat(),
    }
}

fn pays(row: &Row<'_>) -> String {
    let prices: Vec<String> = row.prices.iter().map(price).collect();
    let mut said = by_day(row, &prices).unwrap_or_else(|| say::prices(&prices));
    if let Some(from) = row.in_vain {
        said.push_str(say::ALSO);
        said.push_str(&say::in_vain(&format::day(from)));
    }
    said
}

/// Several prices by the day of what decides between them, where that is one event.
fn by_day(row: &Row<'_>, prices: &[String]) -> Option<String> {
    if prices.len() < 2 || !row.steady || !row.decisive {
        return None;
    }
    let (events, days): (Vec<_>, Vec<_>) = row.prices.iter().map(days).collect::<Option<Vec<_>>>()?.into_iter().unzip();
    let event = events.first().filter(|first| events.iter().all(|event| event == *first))?;
    Some(say::by_day(event, &days.iter().zip(prices).map(|(days, price)| say::on_day(days, price)).collect::<Vec<_>>()))
}

/// What a price rests on, where that is the day of one event: its name, and the days.
fn days(price: &Price) -> Option<(&'static str, String)> {
    let mut event = None;
    let mut days = Vec::new();
    for when in &price.when {
        let [When::Answer { answer, is, not }] = when.as_slice() else { return None };
        let name = say::event(Answer::parse(answer)?)
            .filter(|name| not.is_empty() && event.is_none_or(|event| event == *name))?;
        event = Some(name);
        let day = |end: &str| end.parse().map_or_else(|_| end.to_owned(), format::day);
        days.extend(is.iter().map(|range| {
            let (from, to) = range.split_once('/').unwrap_or((range, range));
            words::range(from, to, day)
        }));
    }
    Some((event?, days.join(say::OR)))
}

fn price(price: &Price) -> String {
    let mut parts = vec![match &price.fee {
        Some(fee) if price.kind == Kind::Pay => words::pay(&fee.payable.to_string()),
        _ => words::headline(price.kind).to_owned(),
    }];
    parts.extend(
        price
            .extras
            .iter()
            .map(|extra| words::extra(&extra.label, &extra.amount.to_string(), words::required(extra.required))),
    );
    parts.extend(price.waits.iter().map(|length| words::wait_of(&format::length(length))));
    parts.join(say::ALSO)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_notice_has_a_sheet_with_all_that_it_says() {
        for entry in canbao_baked::index() {
            let program = canbao_baked::program(entry.id).expect("a notice");
            let page = page(&program);
            let text = |text: &str| page.contains(&text.replace('&', "&amp;").replace('"', "&quot;"));
            let notice = program.notice();
            assert!(notice.channels.iter().all(|channel| text(&channel.name)), "{}", entry.id);
            assert!(notice.groups.iter().all(|group| text(&group.name)), "{}", entry.id);
            assert!(notice.silences.iter().all(|silence| text(&silence.text)), "{}", entry.id);
            assert!(notice.clauses.iter().all(|clause| text(&clause.summary)), "{}", entry.id);
            assert!(page.contains("<table>"), "{}", entry.id);
        }
    }
}
