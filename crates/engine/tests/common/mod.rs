//! Persons at random, the same ones in every run.
//!
//! A property over real notices is worth as much as the persons it is tried on. Uniform answers would hardly ever meet
//! the days on which a notice changes its mind, so days are drawn around the ones it names and around the limits that
//! count from them. The generator is a few lines and seeded: a failure comes back as long as it is not mended.

#![allow(dead_code, reason = "each test and bench uses its own part")]

use canbao_engine::{Answers, CustomAnswer, Program};
use canbao_policy::model::{Answer, Group, LastYear, Left, Notice, OtherPlan, QuestionKind, Residence, Student};
use chrono::{Days, NaiveDate};
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// SplitMix64: small, fast, and the same everywhere.
pub struct Rng(u64);

impl Rng {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below this one.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % (end.max(1) as u64)).unwrap_or(0)
    }

    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.below(at + 1));
        }
    }
}

/// A notice with what the generator needs to know of it.
pub struct World {
    pub id: &'static str,
    /// As the browser has it: baked.
    pub program: Program,
    /// As the file has it.
    pub notice: Notice,
    /// The days that the notice names, in order.
    pub named: Vec<NaiveDate>,
}

/// The baked notices, each made ready once.
pub fn worlds() -> &'static [World] {
    static WORLDS: OnceLock<Vec<World>> = OnceLock::new();
    WORLDS.get_or_init(|| {
        let load = |entry: &canbao_baked::Entry| {
            let program = canbao_baked::program(entry.id).expect("a baked notice is sound");
            let notice = canbao_baked::notice(entry.id).expect("a baked notice reads");
            let named = named_days(&notice);
            World { id: entry.id, program, notice, named }
        };
        let worlds: Vec<World> = canbao_baked::index().iter().map(load).collect();
        assert!(worlds.len() >= 5, "the five notices are there");
        worlds
    })
}

/// Every day that stands in the notice, and the ends of its year and of the year before.
fn named_days(notice: &Notice) -> Vec<NaiveDate> {
    let text = serde_json::to_string(notice).expect("a notice is JSON");
    let year = notice.notice.year;
    let mut days: BTreeSet<NaiveDate> = text
        .as_bytes()
        .windows(10)
        .filter_map(|window| canbao_engine::answers::parse_day(std::str::from_utf8(window).ok()?))
        .collect();
    for (year, month, day) in [(year - 1, 1, 1), (year - 1, 12, 31), (year, 1, 1), (year, 12, 31)] {
        days.extend(NaiveDate::from_ymd_opt(year, month, day));
    }
    days.into_iter().collect()
}

fn plus(day: NaiveDate, days: i64) -> NaiveDate {
    let by = Days::new(days.unsigned_abs());
    if days < 0 { day.checked_sub_days(by) } else { day.checked_add_days(by) }.unwrap_or(day)
}

/// How many days back limits lie: none, a month, three months or ninety days, with a day on either side.
const BACK: [i64; 16] = [0, 1, 2, 3, 29, 30, 31, 32, 88, 89, 90, 91, 92, 93, 180, 365];

impl World {
    pub fn year(&self) -> i32 {
        self.program.notice().notice.year
    }

    /// A day of asking: within the notice's time, often next to a day that it names or to a month's 1st, 25th or end.
    pub fn day(&self, rng: &mut Rng) -> NaiveDate {
        let first = NaiveDate::from_ymd_opt(self.year() - 1, 7, 1).expect("a day");
        let span = 365 + 184 + 3;
        match rng.below(10) {
            0..4 => plus(first, i64::try_from(rng.below(span)).unwrap_or(0)),
            4..8 => {
                let named = rng.pick(&self.named).max(plus(first, -400));
                plus(named, rng.pick(&[-1, 0, 1, 2, 89, 90, 91]))
            }
            _ => {
                let day = plus(first, i64::try_from(rng.below(span)).unwrap_or(0));
                let of_month = rng.pick(&[1, 24, 25, 26, 28]);
                chrono::Datelike::with_day(&day, of_month).unwrap_or(day)
            }
        }
    }

    /// Something that happened to a person, not after the day of asking.
    fn past(&self, rng: &mut Rng, on: NaiveDate) -> NaiveDate {
        let day = match rng.below(10) {
            0..4 => plus(rng.pick(&self.named), rng.pick(&[-1, 0, 1])),
            4..7 => plus(on, -rng.pick(&BACK)),
            _ => plus(on, -i64::try_from(rng.below(800)).unwrap_or(0)),
        };
        if day > on { plus(on, -i64::try_from(rng.below(60)).unwrap_or(0)) } else { day }
    }

    /// Gives one answer at random.
    pub fn answer(&self, rng: &mut Rng, on: NaiveDate, key: &str, answers: &mut Answers) {
        let Some(answer) = Answer::parse(key) else {
            let question = self.program.notice().questions.iter().find(|q| q.id == key).expect("a question");
            let value = match &question.kind {
                QuestionKind::Choice(choices) => CustomAnswer::Choice(choices[rng.below(choices.len())].id.clone()),
                QuestionKind::YesNo => CustomAnswer::YesNo(rng.chance(50)),
                QuestionKind::Number(max) => {
                    CustomAnswer::Number(u32::try_from(rng.below(*max as usize + 1)).unwrap_or(0))
                }
            };
            answers.custom.insert(key.to_owned(), value);
            return;
        };
        let months = |rng: &mut Rng| Some(rng.pick(&[0, 1, 2, 3, 4, 11, 12]));
        match answer {
            Answer::Residence => {
                answers.residence = Some(if rng.chance(60) { Residence::Local } else { rng.pick(Residence::ALL) });
            }
            Answer::OtherPlan => {
                answers.other_plan = Some(if rng.chance(75) { OtherPlan::None } else { rng.pick(OtherPlan::ALL) });
            }
            Answer::BirthDate => {
                let years = 365 * i64::try_from(rng.below(95)).unwrap_or(0);
                let birth = if rng.chance(50) { plus(on, -years - 17) } else { self.past(rng, on) };
                answers.birth_date = Some(birth.min(on));
            }
            Answer::Groups => {
                let count = match rng.below(20) {
                    0..7 => 0,
                    7..14 => 1,
                    14..18 => 2,
                    _ => rng.below(Group::ALL.len()),
                };
                answers.groups = Some((0..count).map(|_| rng.pick(Group::ALL)).collect());
            }
            Answer::RecognisedOn => answers.recognised_on = Some(self.past(rng, on)),
            Answer::Left => {
                answers.left = Some(match rng.below(10) {
                    0..4 => Left::None,
                    4..7 => Left::Employee,
                    _ => rng.pick(Left::ALL),
                });
            }
            Answer::LeftOn => answers.left_on = Some(self.past(rng, on)),
            Answer::EmployeeTwoYears => answers.employee_two_years = Some(rng.chance(50)),
            Answer::EmployeeMonths => answers.employee_months = months(rng),
            Answer::EmployeeGap => answers.employee_gap = Some(rng.chance(50)),
            Answer::EmployeeMonthsLastYear => answers.employee_months_last_year = months(rng),
            Answer::LastYear => answers.last_year = Some(rng.pick(LastYear::ALL)),
            Answer::MissedYears => answers.missed_years = Some(rng.pick(&[1, 2, 3, 4, 5, 9, 40])),
            Answer::NoClaims => answers.no_claims = Some(rng.chance(50)),
            Answer::Student => answers.student = Some(rng.pick(Student::ALL)),
            Answer::ParentInsured => answers.parent_insured = Some(rng.chance(50)),
        }
    }

    /// The keys of every question that this notice can ask.
    pub fn keys(&self) -> Vec<&str> {
        let own = self.program.notice().questions.iter().map(|q| q.id.as_str());
        Answer::ALL.iter().map(|a| a.as_str()).chain(own).collect()
    }

    /// A person who has answered everything, without contradictions.
    pub fn person(&self, rng: &mut Rng, on: NaiveDate) -> Answers {
        loop {
            let mut answers = Answers::default();
            for key in self.keys() {
                self.answer(rng, on, key, &mut answers);
            }
            if answers.left == Some(Left::None) {
                answers.left_on = None;
            }
            if answers.last_year != Some(LastYear::None) {
                answers.missed_years = None;
            }
            // Half of the contradictions are about employee insurance: mend what can be mended, and try again.
            if answers.check(self.year(), on).is_ok() {
                return answers;
            }
        }
    }

    /// Some of a person's answers.
    pub fn part(&self, rng: &mut Rng, full: &Answers) -> Answers {
        let percent = rng.pick(&[0, 20, 40, 60, 80, 90]);
        let mut part = full.clone();
        for key in self.keys() {
            if !rng.chance(percent) {
                clear(&mut part, key);
            }
        }
        part
    }
}

/// Takes an answer from one person to another.
pub fn copy(to: &mut Answers, from: &Answers, key: &str) {
    match Answer::parse(key) {
        Some(Answer::Residence) => to.residence = from.residence,
        Some(Answer::OtherPlan) => to.other_plan = from.other_plan,
        Some(Answer::BirthDate) => to.birth_date = from.birth_date,
        Some(Answer::Groups) => to.groups.clone_from(&from.groups),
        Some(Answer::RecognisedOn) => to.recognised_on = from.recognised_on,
        Some(Answer::Left) => to.left = from.left,
        Some(Answer::LeftOn) => to.left_on = from.left_on,
        Some(Answer::EmployeeTwoYears) => to.employee_two_years = from.employee_two_years,
        Some(Answer::EmployeeMonths) => to.employee_months = from.employee_months,
        Some(Answer::EmployeeGap) => to.employee_gap = from.employee_gap,
        Some(Answer::EmployeeMonthsLastYear) => to.employee_months_last_year = from.employee_months_last_year,
        Some(Answer::LastYear) => to.last_year = from.last_year,
        Some(Answer::MissedYears) => to.missed_years = from.missed_years,
        Some(Answer::NoClaims) => to.no_claims = from.no_claims,
        Some(Answer::Student) => to.student = from.student,
        Some(Answer::ParentInsured) => to.parent_insured = from.parent_insured,
        None => match from.custom.get(key) {
            Some(value) => {
                to.custom.insert(key.to_owned(), value.clone());
            }
            None => {
                to.custom.remove(key);
            }
        },
    }
}

/// Takes an answer back, and what depends on it.
pub fn clear(answers: &mut Answers, key: &str) {
    copy(answers, &Answers::default(), key);
    if key == "left" {
        answers.left_on = None;
    }
    if key == "last_year" {
        answers.missed_years = None;
    }
}

/// Whether a question has an answer.
pub fn given(answers: &Answers, key: &str) -> bool {
    Answer::parse(key).map_or_else(|| answers.custom.contains_key(key), |answer| answers.given(answer))
}

/// A request as one would send it.
pub fn request(world: &World, on: NaiveDate, answers: &Answers) -> String {
    serde_json::json!({"notice": world.id, "on": on, "answers": answers}).to_string()
}
