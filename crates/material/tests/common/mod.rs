//! What the tests of material stand on: every notice there is, and what the engine says of it when it is asked
//! otherwise than the library asks.

#![allow(dead_code, reason = "not every test needs all of it")]

use canbao_engine::contract::{Response, Today};
use canbao_engine::{Answers, Program, evaluate};
use canbao_material::Address;
use canbao_material::amounts::Amounts;
use canbao_policy::author;
use canbao_policy::model::{Group, LastYear, Left, OtherPlan, Residence, Route, Student};
use chrono::{Datelike, Days, NaiveDate};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// As long as one may be.
pub fn address() -> Address {
    let address = format!("https://www.example.gov.cn/{}", "canbao/".repeat(9));
    assert_eq!(address.len(), Address::MOST);
    Address::new(&address).expect("an address")
}

/// Every notice of the program, and the made-up ones.
pub fn programs() -> Vec<Program> {
    let mut programs: Vec<Program> =
        canbao_baked::index().iter().map(|entry| canbao_baked::program(entry.id).expect("a notice")).collect();
    assert!(programs.len() >= 5);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/notices");
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("the made-up notices").flatten().map(|file| file.path()).collect();
    files.sort();
    assert!(files.len() >= 12);
    for path in files {
        let file = path.join("2026.toml");
        let read = author::read(&fs::read_to_string(&file).expect("a file"), &file.display().to_string());
        programs.push(Program::new(read.notice.expect("it reads")).expect("it is sound"));
    }
    programs
}

/// Days on which material is made: before, inside, at the edges, after.
pub fn days(program: &Program, amounts: &Amounts<'_>) -> BTreeSet<NaiveDate> {
    let year = program.notice().notice.year;
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).expect("a day");
    let mut days = BTreeSet::from([day(year - 1, 3, 1), day(year, 7, 5), day(year, 12, 31)]);
    for stretch in &amounts.stretches {
        let last = stretch.rows.iter().filter_map(|row| row.runs.last()).map(|run| run.1).max().expect("a payable day");
        let first =
            stretch.rows.iter().filter_map(|row| row.runs.first()).map(|run| run.0).min().expect("a payable day");
        days.extend([first, first + Days::new(9), last, last + Days::new(1)].iter().filter(|day| day.year() <= year));
    }
    days
}

/// A grown-up from here without anything special.
pub fn adult(program: &Program, groups: &[Group]) -> Answers {
    Answers {
        residence: Some(Residence::Local),
        other_plan: Some(OtherPlan::None),
        birth_date: NaiveDate::from_ymd_opt(program.notice().notice.year - 40, 6, 15),
        groups: Some(groups.iter().copied().collect()),
        left: Some(Left::None),
        last_year: Some(LastYear::Resident),
        student: Some(Student::None),
        ..Answers::default()
    }
}

/// What the engine says of a notice: amounts and days that material may name.
#[derive(Default)]
pub struct Said {
    /// In yuan, as they are written.
    pub amounts: BTreeSet<String>,
    /// The first and the last days of something, and the days around them.
    pub days: BTreeSet<NaiveDate>,
    /// Days of the month on which paying begins or ends.
    pub month_days: BTreeSet<u32>,
    /// Lengths of waits: `90天`.
    pub waits: BTreeSet<String>,
}

impl Said {
    /// Asks on every day, for people of every age, in every group and in every two.
    pub fn of(program: &Program) -> Self {
        let notice = program.notice();
        let year = notice.notice.year;
        let ids: Vec<Group> = notice.groups.iter().map(|entry| entry.id).collect();
        let mut kinds: Vec<Vec<Group>> = vec![Vec::new()];
        kinds.extend(ids.iter().map(|&id| vec![id]));
        let singles = kinds.len();
        kinds.extend(ids.iter().flat_map(|&a| ids.iter().filter(move |&&b| a < b).map(move |&b| vec![a, b])));
        let mut said = Self::default();
        let start = NaiveDate::from_ymd_opt(year - 1, 1, 1).expect("a day");
        for (at, groups) in kinds.iter().enumerate() {
            let mut before: Option<Vec<String>> = None;
            // Two groups at once matter for amounts only, which do not change for two months.
            let step = if at < singles { 1 } else { 61 };
            for day in start.iter_days().step_by(step).take_while(|day| day.year() <= year) {
                let answers = Answers { birth_date: None, ..adult(program, groups) };
                let response = evaluate(program, day, &answers).expect("no contradiction");
                let amounts = said.take(&response, day);
                if before.as_ref().is_some_and(|before| *before != amounts) {
                    said.days.extend([day, day - Days::new(1)]);
                }
                before = Some(amounts);
            }
        }
        said
    }

    fn take(&mut self, response: &Response, day: NaiveDate) -> Vec<String> {
        let mut amounts = Vec::new();
        for outcome in response.outcomes.iter().filter(|outcome| outcome.route != Route::Newborn) {
            let payable = outcome.fee.as_ref().map_or_else(|| "-".to_owned(), |fee| fee.payable.to_string());
            let in_vain = outcome.certainly_in_vain();
            amounts.push(format!("{payable} {:?} {in_vain}", outcome.route));
            self.amounts.insert(payable);
            self.amounts.extend(outcome.extras.iter().map(|extra| extra.amount.to_string()));
            for &(from, to) in &outcome.periods {
                // A period that is open today began some day before.
                let begins = from.filter(|_| outcome.today != Today::Open);
                self.days.extend(begins);
                self.days.extend(to.into_iter().flat_map(|to| [to, to + Days::new(1)]));
                self.month_days.extend(begins.iter().chain(&to).map(Datelike::day));
            }
            self.days.extend(outcome.deadline.and_then(|deadline| deadline.safe));
            self.waits.extend(outcome.wait.iter().map(|wait| {
                let length = wait.length.trim_start_matches('P');
                length
                    .strip_suffix('D')
                    .map_or_else(|| format!("{}个月", length.trim_end_matches('M')), |days| format!("{days}天"))
            }));
            let conditions = outcome.when.iter().filter_map(|when| match when {
                canbao_engine::contract::When::Answer { is, .. } => Some(is),
                canbao_engine::contract::When::Reading { .. } => None,
            });
            let ends = conditions.flatten().flat_map(|range| range.split('/'));
            self.days.extend(ends.filter_map(|end| end.parse::<NaiveDate>().ok()).filter(|end| *end != day));
        }
        amounts
    }
}
