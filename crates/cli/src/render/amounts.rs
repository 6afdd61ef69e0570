//! What people pay, worked out by the engine: an ordinary payer, and a member of each group the notice names.

use crate::text::sheet as say;
use crate::text::words::Words;
use canbao_engine::answers::Groups;
use canbao_engine::contract::{Kind, Outcome};
use canbao_engine::{Answers, Program, evaluate};
use canbao_policy::model::{Group, LastYear, Left, OtherPlan, Residence, Student};
use chrono::{Days, NaiveDate};

/// Somebody nothing special applies to: grown up, from here, insured here last year.
fn person(program: &Program, groups: Groups) -> Answers {
    let year = program.notice().notice.year;
    Answers {
        residence: Some(Residence::Local),
        other_plan: Some(OtherPlan::None),
        birth_date: NaiveDate::from_ymd_opt(year - 40, 6, 15),
        groups: Some(groups),
        left: Some(Left::None),
        last_year: Some(LastYear::Resident),
        student: Some(Student::None),
        ..Answers::default()
    }
}

fn outcomes(program: &Program, on: NaiveDate, group: Option<Group>) -> Vec<Outcome> {
    evaluate(program, on, &person(program, group.into_iter().collect())).map_or_else(|_| Vec::new(), |r| r.outcomes)
}

/// The stretches of days on which an ordinary payer can pay, asked well before the first.
pub(super) fn stretches(program: &Program) -> Vec<(NaiveDate, NaiveDate)> {
    let Some(early) = NaiveDate::from_ymd_opt(program.notice().notice.year - 1, 1, 1) else { return Vec::new() };
    let ordinary = outcomes(program, early, None);
    let periods = ordinary.first().map(|outcome| outcome.periods.clone()).unwrap_or_default();
    periods.into_iter().filter_map(|(from, to)| Some((from.unwrap_or(early), to?))).collect()
}

/// Amounts that hold from one day to another: who, what, by whose money, confirmed by whom, by which clauses.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Prices {
    /// From when to when; open at the end for what holds after the last payable day.
    pub(super) days: (NaiveDate, Option<NaiveDate>),
    /// A row for each kind of person.
    pub(super) rows: Vec<Vec<String>>,
}

/// The amounts in each stretch, neighbours with equal amounts together, then those after the last payable day.
pub(super) fn prices(program: &Program) -> Vec<Prices> {
    let stretches = stretches(program);
    let mut found: Vec<Prices> = Vec::new();
    for (from, to) in &stretches {
        let rows = rows(program, *from);
        match found.last_mut() {
            Some(last) if last.rows == rows => last.days.1 = Some(*to),
            _ => found.push(Prices { days: (*from, Some(*to)), rows }),
        }
    }
    if let Some(after) = stretches.last().and_then(|last| last.1.checked_add_days(Days::new(1))) {
        found.push(Prices { days: (after, None), rows: together(rows(program, after)) });
    }
    found
}

fn rows(program: &Program, on: NaiveDate) -> Vec<Vec<String>> {
    let notice = program.notice();
    let words = Words::of(notice);
    let mut rows = vec![row(words, say::ORDINARY, "", &outcomes(program, on, None))];
    for entry in &notice.groups {
        let confirmed = entry.confirmed_by.as_deref().unwrap_or(say::NOT_SAID);
        rows.push(row(words, &entry.name, confirmed, &outcomes(program, on, Some(entry.id))));
    }
    rows
}

/// One row for everybody, where the rows differ in nothing but the person.
fn together(mut rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let same = |a: &[String], b: &[String]| a.get(1..3) == b.get(1..3) && a.get(4..) == b.get(4..);
    let all_same = rows.windows(2).all(|pair| same(&pair[0], &pair[1]));
    if rows.len() > 1 && all_same {
        rows.truncate(1);
        if let Some(who) = rows.first_mut().and_then(|row| row.first_mut()) {
            *who = say::EVERYBODY.to_owned();
        }
    }
    rows
}

fn row(words: Words<'_>, who: &str, confirmed: &str, outcomes: &[Outcome]) -> Vec<String> {
    let several = outcomes.len() > 1;
    let each = |say: &dyn Fn(&Outcome) -> String| {
        let mut lines: Vec<String> = Vec::new();
        for outcome in outcomes {
            let line = say(outcome);
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
        lines.join("\n")
    };
    let payable = each(&|outcome| {
        let amount = match (&outcome.fee, outcome.kind) {
            (_, Kind::NotCovered | Kind::Unstated) => say::kind(outcome.kind).to_owned(),
            (Some(fee), _) => say::yuan(fee.payable),
            (None, _) => say::NOT_SAID.to_owned(),
        };
        let rests: Vec<String> = outcome.when.iter().map(|when| words.when(when)).collect();
        if several && !rests.is_empty() { say::amount_if(&amount, &rests) } else { amount }
    });
    let assistance = each(&|outcome| outcome.fee.as_ref().map_or_else(String::new, say::assistance));
    let cites = each(&|outcome| outcome.cites.join("、"));
    vec![who.to_owned(), payable, assistance, confirmed.to_owned(), cites]
}
