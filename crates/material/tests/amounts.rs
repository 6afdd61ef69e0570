//! The table of amounts beside the engine, asked for a grown-up on every day.

mod common;

use canbao_engine::contract::{Kind, Today, When};
use canbao_engine::{Answers, CustomAnswer, Program, evaluate};
use canbao_material::amounts::{Amounts, Payer, Row};
use canbao_policy::model::{Group, Route};
use chrono::{Datelike, Days, NaiveDate};
use common::{adult, programs};
use std::collections::BTreeSet;

fn groups(row: &Row<'_>) -> Vec<Group> {
    match row.payer {
        Payer::Ordinary => Vec::new(),
        Payer::Member(entry) => vec![entry.id],
        Payer::Both(entry, with) => vec![entry.id, with.id],
    }
}

#[test]
fn every_row_is_what_the_engine_says_on_every_day() {
    for program in programs() {
        let amounts = Amounts::of(&program).expect("sound");
        let year = program.notice().notice.year;
        let mut covered: BTreeSet<NaiveDate> = BTreeSet::new();
        for (at, stretch) in amounts.stretches.iter().chain(&amounts.after).enumerate() {
            let days = stretch.days.0.iter_days().take_while(|day| *day <= stretch.days.1);
            for (position, day) in days.enumerate() {
                assert!(covered.insert(day), "{} is in two stretches", program.id());
                // The days in the middle are alike: every row on the edges, and one in turn between.
                let edge = position < 2 || day.day() == 26 || (stretch.days.1 - day).num_days() < 2;
                for row in stretch
                    .rows
                    .iter()
                    .enumerate()
                    .filter(|(row, _)| edge || (position + row) % 7 == 0)
                    .map(|(_, row)| row)
                {
                    let response = evaluate(&program, day, &adult(&program, &groups(row))).expect("no contradiction");
                    for outcome in &response.outcomes {
                        let here =
                            row.prices.iter().find(|price| (price.kind, &price.fee) == (outcome.kind, &outcome.fee));
                        assert!(here.is_some(), "{} {day} {:?}: {outcome:?}", program.id(), row.payer);
                        let open = matches!(outcome.today, Today::Open | Today::Disputed);
                        let listed = row.runs.iter().any(|(from, to)| (*from..=*to).contains(&day));
                        assert!(
                            open == listed || row.prices.len() > 1,
                            "{} {day} {:?} open: {open}",
                            program.id(),
                            row.payer
                        );
                        if let (Some(deadline), true) = (outcome.deadline, open) {
                            let last = row.runs.last().map(|run| run.1);
                            let later = amounts.stretches.get(at + 1).is_some();
                            assert!(last == deadline.safe || (later && last < deadline.safe), "{} {day}", program.id());
                        }
                    }
                }
            }
        }
        // Between the stretches nobody can pay, and each payer's runs are those of an ordinary one or none.
        let first = amounts.stretches.first().map(|stretch| stretch.days.0).expect("somebody can pay");
        assert!(first.year() >= year - 1);
    }
}

/// A group that changes nothing alone is shown with the one beside which it counts.
#[test]
fn a_group_that_counts_only_beside_another_is_shown_with_it() {
    let mut pairs = 0;
    for program in programs() {
        let amounts = Amounts::of(&program).expect("sound");
        for row in amounts.stretches.iter().flat_map(|stretch| &stretch.rows) {
            if let Payer::Both(entry, with) = row.payer {
                pairs += 1;
                let alone = |group| {
                    let day = row.runs.first().map_or(amounts.stretches[0].days.1, |run| run.0);
                    evaluate(&program, day, &adult(&program, &[group])).expect("no contradiction").outcomes
                };
                let payable = |outcomes: &[canbao_engine::Outcome]| outcomes[0].fee.as_ref().map(|fee| fee.payable);
                let both = row.prices[0].fee.as_ref().map(|fee| fee.payable);
                assert!(both < payable(&alone(with.id)) && both < payable(&alone(entry.id)), "{:?}", row.payer);
            }
        }
    }
    assert!(pairs > 0, "no notice has such a group any more");
}

/// A beginning or an end that the notice does not give is not taken for one.
#[test]
fn a_day_that_is_not_stated_is_none() {
    for program in programs() {
        let amounts = Amounts::of(&program).expect("sound");
        for span in (0..amounts.stretches[0].rows.len()).flat_map(|row| amounts.spans(row)) {
            let Some(&(first, _)) = span.runs.first() else { continue };
            let before = first.pred_opt().expect("a day");
            let response = evaluate(&program, before, &adult(&program, &[])).expect("no contradiction");
            let unsaid = response.outcomes[0].today == Today::Unstated && response.outcomes[0].kind == Kind::Pay;
            assert_eq!(span.from().is_none(), unsaid, "{} {first}", program.id());
        }
    }
}

/// A person of whom a condition of a price holds: at one end of each range, with the choices it names.
fn persons(program: &Program, row: &Row<'_>, conditions: &[When], on: NaiveDate) -> Vec<Answers> {
    let mut persons = vec![Answers { birth_date: None, ..adult(program, &groups(row)) }];
    for condition in conditions {
        let When::Answer { answer, is, .. } = condition else { return Vec::new() };
        let mut more = Vec::new();
        for (person, value) in persons.iter().flat_map(|person| is.iter().map(move |value| (person, value))) {
            let (from, to) = value.split_once('/').unwrap_or((value, value));
            for end in [from, to] {
                let mut person = person.clone();
                let open = if end == from { on - Days::new(30_000) } else { on };
                let day = end.parse().unwrap_or(open).min(on);
                match &**answer {
                    "birth_date" => person.birth_date = Some(day),
                    "recognised_on" => person.recognised_on = Some(day),
                    _ => drop(person.custom.insert(answer.to_string(), CustomAnswer::Choice(value.to_string()))),
                }
                more.push(person);
            }
        }
        persons = more;
    }
    persons
}

/// Where the table says that conditions decide, whoever meets one pays that price; where they do not, it says so.
#[test]
fn conditions_that_decide_do() {
    let (mut tried, mut undecided) = (0, 0);
    for program in programs() {
        let amounts = Amounts::of(&program).expect("sound");
        for (stretch, row) in amounts.stretches.iter().flat_map(|s| s.rows.iter().map(move |row| (s, row))) {
            let last = stretch.days.1;
            if row.prices.len() < 2 || !row.steady {
                continue;
            }
            if !row.decisive {
                undecided += 1;
                assert!(row.asks.len() > 1, "{} {:?}: what else decides?", program.id(), row.payer);
                continue;
            }
            for price in &row.prices {
                for person in price.when.iter().flat_map(|conditions| persons(&program, row, conditions, last)) {
                    let response = evaluate(&program, last, &person).expect("no contradiction");
                    for outcome in response.outcomes.iter().filter(|outcome| outcome.route != Route::Newborn) {
                        tried += 1;
                        assert_eq!(
                            (outcome.kind, &outcome.fee),
                            (price.kind, &price.fee),
                            "{} {person:?}",
                            program.id()
                        );
                    }
                }
            }
        }
    }
    assert!(tried > 20 && undecided > 0, "{tried} persons, {undecided} rows undecided");
}
