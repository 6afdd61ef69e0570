//! The forms of an answer that is more than one tap: a day, a number, the groups.
//!
//! A form names its question in `data-form`. What was typed is read when the person goes on, and what is wrong with it
//! is said beside it, kindly.

use super::{Look, folded, tap};
use crate::app::Step;
use crate::html::Html;
use crate::questions::{Form, group_entry};
use crate::session::text_of;
use crate::text::{self, format};
use canbao_engine::answers::{Loose, parse_day};
use canbao_policy::model::{Answer, Group, Notice};
use canbao_policy::words;
use chrono::{Datelike, NaiveDate};

/// What is wrong with what was typed, and where to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What to say.
    pub message: String,
    /// The selector of the input to mend.
    pub at: &'static str,
}

impl Problem {
    fn new(at: &'static str, message: impl Into<String>) -> Self {
        Self { message: message.into(), at }
    }
}

/// What was typed or ticked as an answer. The engine may still refuse it.
///
/// # Errors
/// When it cannot be read.
pub fn read(form: &Form, typed: &[String]) -> Result<Loose, Problem> {
    let at = |at: usize| typed.get(at).map_or("", String::as_str);
    match form {
        Form::Date => Ok(Loose::Text(words![read_day(at(0), at(1), at(2))?])),
        Form::Number { .. } => match digits(at(0)) {
            Some(number) => Ok(Loose::Int(number.into())),
            None => Err(Problem::new("#number", text::NUMBER_MISSING)),
        },
        Form::Groups if typed.is_empty() => Err(Problem::new("[data-testid=answer-none]", text::NOTHING_TICKED)),
        Form::Groups => Ok(Loose::List(typed.iter().cloned().map(Loose::Text).collect())),
        Form::Choice(_) => Ok(Loose::Text(at(0).to_owned())),
    }
}

/// What to say where the engine refused the answer, by its code.
pub fn refused(form: &Form, code: &str, on: NaiveDate) -> Problem {
    match (code, form) {
        ("after_today", _) => Problem::new("#year", text::date_after_today(&format::day(on))),
        (_, Form::Date) => Problem::new("#year", text::DATE_IMPOSSIBLE),
        (_, Form::Number { .. }) => Problem::new("#number", text::NUMBER_WRONG),
        _ => Problem::new("form input", text::NOTHING_TICKED),
    }
}

/// No one living was born before; a year before it is a slip of the finger.
const OLDEST: u32 = 1900;

fn read_day(year: &str, month: &str, day: &str) -> Result<NaiveDate, Problem> {
    let lunar = [month, day].iter().any(|part| part.contains(text::LUNAR_WORDS));
    let message = if lunar { text::DATE_LUNAR } else { text::DATE_INCOMPLETE };
    let part = |text: &str, at| digits(text).ok_or_else(|| Problem::new(at, message));
    let (year, month, day) = (part(year, "#year")?, part(month, "#month")?, part(day, "#day")?);
    if year < 1000 {
        return Err(Problem::new("#year", text::DATE_SHORT_YEAR));
    }
    if year < OLDEST {
        return Err(Problem::new("#year", text::DATE_TOO_OLD));
    }
    let found = i32::try_from(year).ok().and_then(|year| NaiveDate::from_ymd_opt(year, month, day));
    found.ok_or_else(|| Problem::new(if month > 12 { "#month" } else { "#day" }, text::DATE_IMPOSSIBLE))
}

/// The number that was typed. Chinese keyboards also type full-width digits.
fn digits(text: &str) -> Option<u32> {
    let plain = |c: char| match c {
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10).unwrap_or(c),
        c => c,
    };
    let number: String = text.trim().chars().map(plain).collect();
    number.bytes().all(|b| b.is_ascii_digit()).then(|| number.parse().ok())?
}

fn begin(h: &mut Html, key: &str) {
    h.open("form[novalidate]");
    h.attr("data-form", key);
}

fn end(h: &mut Html) {
    h.line("p.problem#problem@problem[role=alert]", "");
    h.line("button.main@next[type=submit]", text::NEXT);
    h.close();
}

fn input(h: &mut Html, id: &'static str, name: &str, digits: &str, value: &str) {
    h.open("label");
    h.attr("class", id);
    h.attr("for", id);
    h.void("input[type=text][inputmode=numeric][autocomplete=off][aria-describedby=problem]");
    h.attr("maxlength", digits);
    h.attr("id", id);
    h.attr("data-testid", id);
    h.attr("value", value);
    h.line("span", name);
    h.close();
}

/// Year, month and day.
pub fn date(h: &mut Html, key: &str, given: Option<&Loose>) {
    let given = given.and_then(|value| parse_day(text_of(value)));
    let [year, month, day] = match given {
        Some(day) => [day.year().unsigned_abs(), day.month(), day.day()].map(|part| words![part]),
        None => Default::default(),
    };
    begin(h, key);
    h.open("div.date");
    input(h, "year", text::YEAR, "4", &year);
    input(h, "month", text::MONTH, "2", &month);
    input(h, "day", text::DAY, "2", &day);
    h.close();
    end(h);
}

/// So many numbers are offered as buttons; more are typed.
const BUTTONS: u32 = 13;

/// A whole number: a button each where they are few.
pub fn number(h: &mut Html, key: &str, given: Option<&Loose>, (least, most): (u32, u32), unit: &str) {
    let given = match given {
        Some(Loose::Int(number)) => words![*number],
        _ => String::new(),
    };
    if most - least >= BUTTONS {
        begin(h, key);
        h.line("p.hint", &text::number_hint(least, most));
        input(h, "number", unit, "3", &given);
        return end(h);
    }
    h.open("div.numbers");
    for number in least..=most {
        let number = words![number];
        let look = if given == number { Look::Chosen } else { Look::Answer };
        super::button(h, look, "answer-", &number, Step::Answer(key, &number));
        h.text(&number);
        h.text(unit);
        h.close();
    }
    h.close();
}

/// The groups the notice speaks of, then the others.
pub fn groups(h: &mut Html, notice: &Notice, given: Option<&Loose>) {
    let given: &[Loose] = match given {
        Some(Loose::List(items)) => items,
        _ => &[],
    };
    let key = Answer::Groups.as_str();
    begin(h, key);
    tap(h, Look::Answer, "answer-", "none", Step::Answer(key, ""), text::NONE_OF_THESE);
    h.open("div.boxes");
    for &group in Group::ALL {
        if let Some(entry) = group_entry(notice, group) {
            tick(h, group, &entry.name, given);
            super::maybe(h, "small", entry.meaning.as_deref());
            if let Some(by) = &entry.confirmed_by {
                h.open("small");
                h.text(text::CONFIRMED_BY);
                h.text(by);
                h.close();
            }
            ticked(h);
        }
    }
    h.close();
    if Group::ALL.iter().any(|&group| group_entry(notice, group).is_none()) {
        folded(h, "other-groups", "", text::OTHER_GROUPS);
        h.line("p.hint", text::OTHER_GROUPS_LEAD);
        for &group in Group::ALL {
            if group_entry(notice, group).is_none() {
                tick(h, group, group.name(), given);
                ticked(h);
            }
        }
        h.close();
    }
    end(h);
}

/// Begins a box to tick; more about the group may follow.
fn tick(h: &mut Html, group: Group, name: &str, given: &[Loose]) {
    let value = group.as_str();
    h.open("label.box");
    h.void("input[type=checkbox][name=group]");
    h.attr("value", value);
    super::name(h, "group-", value);
    if given.iter().any(|item| text_of(item) == value) {
        h.attr("checked", "");
    }
    h.open("span");
    h.line("b", name);
}

fn ticked(h: &mut Html) {
    h.close();
    h.close();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(year: &str, month: &str, day: &str) -> String {
        read_day(year, month, day).map_or_else(|problem| problem.message, |day| day.to_string())
    }

    #[test]
    fn a_day_is_read_as_people_type_it() {
        assert_eq!(message("1952", "3", "05"), "1952-03-05");
        assert_eq!(message(" １９５２", "１２", "３１ "), "1952-12-31");
    }

    #[test]
    fn what_is_no_day_is_said_kindly() {
        assert_eq!(message("52", "3", "5"), text::DATE_SHORT_YEAR);
        assert_eq!(message("1052", "3", "5"), text::DATE_TOO_OLD);
        assert_eq!(message("1952", "", "5"), text::DATE_INCOMPLETE);
        assert_eq!(message("1952", "三", "5"), text::DATE_INCOMPLETE);
        assert_eq!(message("1952", "2", "30"), text::DATE_IMPOSSIBLE);
        assert_eq!(message("2025", "2", "29"), text::DATE_IMPOSSIBLE);
        assert_eq!(message("1952", "腊月", "8"), text::DATE_LUNAR);
        assert_eq!(message("1952", "12", "初八"), text::DATE_LUNAR);
        assert_eq!(message("1952", "13", "1"), text::DATE_IMPOSSIBLE);
    }

    #[test]
    fn what_holds_for_all_other_groups_is_said_once() {
        let program = crate::testing::program("141123-2026");
        let mut h = Html::default();
        groups(&mut h, program.notice(), None);
        let page = h.finish();
        let others = page.split("data-testid=\"other-groups\"").nth(1).expect("others");
        assert!(others.matches("type=\"checkbox\"").count() > 1);
        assert_eq!(
            (others.matches(text::OTHER_GROUPS_LEAD).count(), others.matches("<small").count()),
            (1, 0),
            "{others}"
        );
    }

    #[test]
    fn a_form_without_anything_in_it_is_asked_for_kindly() {
        let number = Form::Number { least: 1, most: 150, unit: "" };
        assert_eq!(read(&number, &[]).map_err(|problem| problem.message), Err(text::NUMBER_MISSING.to_owned()));
        assert_eq!(read(&Form::Groups, &[]).map_err(|problem| problem.message), Err(text::NOTHING_TICKED.to_owned()));
        assert_eq!(read(&Form::Date, &[]).map_err(|problem| problem.at), Err("#year"));
    }
}
