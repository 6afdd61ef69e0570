//! What a notice says, on one page and without any question: the part of a county's static file that needs no program.
//!
//! Made natively when the pages are built. It is for whoever reads before answering, whose browser runs no script, and
//! for search: who pays how much, when, where, what holds in special situations, what the notice does not say.

use crate::components::{bullets, folded, phones, section};
use crate::html::Html;
use crate::text::{LIST_SEPARATOR, format, result as words, sheet as say};
use canbao_engine::Program;
use canbao_engine::contract::Kind;
use canbao_material::amounts::{Amounts, Payer, Price, Row, Stretch};
use canbao_policy::model::Topic;

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
    for row in &stretch.rows {
        h.open("tr");
        h.line("th[scope=row]", &who(row));
        let prices: Vec<String> = row.prices.iter().map(price).collect();
        h.line("td", &say::prices(&prices));
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
    parts.join(LIST_SEPARATOR)
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
