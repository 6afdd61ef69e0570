//! What a notice says, on one page and without any question: the part of a county's static file that needs no program.
//!
//! Made natively when the pages are built. It is for whoever reads before answering, whose browser runs no script, and
//! for search: who pays how much, when, where, what holds in special situations, what the notice does not say.

use crate::components::{bullets, folded, phones, section};
use crate::html::Html;
use crate::text::{LIST_SEPARATOR, format, result as words, sheet as say};
use canbao_engine::Program;
use canbao_engine::contract::{ExtraPremium, Kind, When};
use canbao_material::amounts::{Amounts, Payer, Price, Row, Stretch, monthly};
use canbao_policy::model::{Answer, Topic};

/// The sheet of a notice.
pub fn page(program: &Program) -> String {
    let mut h = Html::default();
    let notice = program.notice();
    h.open("div.sheet-body");
    if let Ok(amounts) = Amounts::of(program) {
        for (at, stretch) in amounts.stretches.iter().enumerate() {
            stretch_part(&mut h, stretch, at > 0);
        }
        if let Some(after) = &amounts.after {
            section(&mut h, say::AFTER);
            table(&mut h, after, !amounts.stretches.is_empty());
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

fn stretch_part(h: &mut Html, stretch: &Stretch<'_>, named: bool) {
    section(h, &say::stretch(stretch.from, stretch.to));
    let runs = stretch.rows.first().map(|row| row.runs.as_slice()).unwrap_or_default();
    if let Some((from, to)) = monthly(runs) {
        h.line("p", &say::monthly(from, to));
    } else if runs.len() > 1 {
        let runs: Vec<String> = runs.iter().map(|&(from, to)| format::stretch(Some(from), Some(to))).collect();
        h.line("p", &say::runs(&runs));
    }
    table(h, stretch, named);
    h.close();
}

/// Who pays how much; `named` where a table above names everybody.
fn table(h: &mut Html, stretch: &Stretch<'_>, named: bool) {
    h.open("table");
    h.open("thead");
    h.open("tr");
    h.line("th[scope=col]", say::WHO);
    h.line("th[scope=col]", say::PAYS);
    h.close();
    h.close();
    h.open("tbody");
    // What is the same for all is said once; so is what several rows in a row have several prices for.
    let shared = shared(&stretch.rows);
    let pays = |row: &Row<'_>| pays(row, shared.is_none());
    let is_one = named && stretch.rows.windows(2).all(|pair| pays(&pair[0]) == pays(&pair[1]));
    for alike in stretch.rows.chunk_by(|one, other| is_one || one.prices.len() > 1 && pays(one) == pays(other)) {
        h.open("tr");
        let who = if is_one && alike.len() > 1 {
            say::EVERYBODY.to_owned()
        } else {
            alike.iter().map(who).collect::<Vec<_>>().join(LIST_SEPARATOR)
        };
        h.line("th[scope=row]", &who);
        h.line("td", &alike.first().map(pays).unwrap_or_default());
        h.close();
    }
    h.close();
    h.close();
    for premium in shared.unwrap_or_default() {
        h.line("p", &say::besides(&extra(premium)));
    }
}

/// The premiums beside the fee, where there are some and they are the same for all.
fn shared<'a>(rows: &'a [Row<'_>]) -> Option<&'a [ExtraPremium]> {
    let mut all = rows.iter().flat_map(|row| &row.prices).map(|price| price.extras.as_slice());
    let first = all.next().filter(|first| !first.is_empty())?;
    all.all(|extras| extras == first).then_some(first)
}

fn who(row: &Row<'_>) -> String {
    match row.payer {
        Payer::Ordinary => say::ORDINARY.to_owned(),
        Payer::Member(entry) => entry.name.clone(),
        Payer::Both(entry, with) => [entry.name.as_str(), say::AND, &with.name].concat(),
    }
}

fn pays(row: &Row<'_>, extras: bool) -> String {
    let prices: Vec<String> = row.prices.iter().map(|of| price(of, extras)).collect();
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

fn extra(premium: &ExtraPremium) -> String {
    words::extra(&premium.label, &premium.amount.to_string(), words::required(premium.required))
}

fn price(price: &Price, extras: bool) -> String {
    let mut parts = vec![match &price.fee {
        Some(fee) if price.kind == Kind::Pay => words::pay(&fee.payable.to_string()),
        _ => words::headline(price.kind).to_owned(),
    }];
    if extras {
        parts.extend(price.extras.iter().map(extra));
    }
    parts.extend(price.waits.iter().map(|length| words::wait_of(&format::length(length))));
    parts.join(say::WITH)
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

    #[test]
    fn the_sheet_says_when_one_can_pay_and_what_amounts_depend_on() {
        let page = |id: &str| page(crate::testing::program(id));
        for id in ["141123-2026", "140621-2025", "140823-2024", "140522-2021"] {
            assert!(page(id).contains(&say::monthly(1, 25)), "{id}");
        }
        // Hunan 二(四), 二(五), 二(六)1.
        let hunan = page("43xxxx-2026");
        for said in
            ["等待期是 90 天", "2026年10月3日 起交的当年用不上", "看认定日期", "2026年2月1日或更晚的，要交 400 元"]
        {
            assert!(hunan.contains(said), "{said}: {hunan}");
        }
        assert_eq!(hunan.matches("2026年2月1日或更晚的").count(), 1);
    }

    #[test]
    fn what_is_the_same_for_all_is_said_once() {
        // 山阴 三: the premium is everybody's, and after the period nobody's amount is stated.
        let page = page(crate::testing::program("140621-2025"));
        assert_eq!(page.matches("意外伤害补充保险 30 元").count(), 1, "{page}");
        assert_eq!(page.matches(say::EVERYBODY).count(), 1, "{page}");
        assert!(page.contains("三级残疾人，同时是低保户"), "{page}");
    }
}
