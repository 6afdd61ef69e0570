//! The forms of an answer that is more than one tap: a day, a number, the groups.
//!
//! What was typed is read when the person goes on, and what is wrong with it is said beside it, kindly.

use super::{Look, View, button, element, folded, form, group, label, para};
use crate::app::{App, Step};
use crate::browser::page::{focus, ticked, typed, write};
use crate::questions::{group_entry, groups_not_named};
use crate::session::text_of;
use crate::text::{self, format, questions as words};
use canbao_engine::answers::{Loose, parse_day};
use canbao_policy::model::{Answer, Group, Notice};
use chrono::{Datelike, NaiveDate};

/// What is wrong with what was typed, and where to mend it.
struct Problem {
    message: String,
    at: &'static str,
}

impl Problem {
    fn new(at: &'static str, message: impl Into<String>) -> Self {
        Self { message: message.into(), at }
    }
}

/// A form whose inputs `read` turns into an answer; `wrong` is said where the engine does not take it.
fn answered_by(
    app: App,
    key: &str,
    mut inputs: Vec<View>,
    wrong: &'static str,
    read: fn() -> Result<Loose, Problem>,
) -> View {
    let key = key.to_owned();
    inputs.push(element(
        "p",
        &[("id", "problem"), ("class", "problem"), ("role", "alert"), ("data-testid", "problem")],
        Vec::new(),
    ));
    inputs.push(label("button", &[("type", "submit"), ("class", "main"), ("data-testid", "next")], text::NEXT));
    form(inputs, move || {
        let answer = read().and_then(|value| match app.fault(&key, &value) {
            Some("after_today") => Err(Problem::new("#year", text::date_after_today(&format::day(app.on())))),
            Some(_) => Err(Problem::new("form input", wrong)),
            None => Ok(value),
        });
        match answer {
            Ok(value) => app.take(Step::Answer(key.clone(), value)),
            Err(problem) => {
                write("problem", &problem.message);
                focus(problem.at);
            }
        }
    })
}

fn input(id: &'static str, name: &'static str, digits: &'static str, value: &str) -> View {
    let input = [
        ("id", id),
        ("type", "text"),
        ("inputmode", "numeric"),
        ("autocomplete", "off"),
        ("maxlength", digits),
        ("aria-describedby", "problem"),
        ("data-testid", id),
        ("value", value),
    ];
    element(
        "label",
        &[("class", id), ("for", id)],
        vec![element("input", &input, Vec::new()), label("span", &[], name)],
    )
}

/// Year, month and day.
pub fn date(app: App, key: &str, given: Option<&Loose>) -> View {
    let given: Option<NaiveDate> = given.and_then(|value| parse_day(text_of(value)));
    let part = |part: fn(&NaiveDate) -> u32| given.as_ref().map(|day| part(day).to_string()).unwrap_or_default();
    let inputs = group(
        "date",
        vec![
            input("year", text::YEAR, "4", &part(|day| day.year().unsigned_abs())),
            input("month", text::MONTH, "2", &part(NaiveDate::month)),
            input("day", text::DAY, "2", &part(NaiveDate::day)),
        ],
    );
    answered_by(app, key, vec![inputs], text::DATE_IMPOSSIBLE, || {
        let day = read_day(&typed("year"), &typed("month"), &typed("day"))?;
        Ok(Loose::Text(day.to_string()))
    })
}

/// No one living was born before; a year before it is a slip of the finger.
const OLDEST: u32 = 1900;

fn read_day(year: &str, month: &str, day: &str) -> Result<NaiveDate, Problem> {
    let part = |text: &str, at| digits(text).ok_or_else(|| Problem::new(at, text::DATE_INCOMPLETE));
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

/// So many numbers are offered as buttons; more are typed.
const BUTTONS: u32 = 13;

/// A whole number: a button each where they are few.
pub fn number(app: App, key: &str, given: Option<&Loose>, (least, most): (u32, u32), unit: &'static str) -> View {
    let given = given.and_then(|value| match value {
        Loose::Int(number) => u32::try_from(*number).ok(),
        _ => None,
    });
    if most - least < BUTTONS {
        let one = |number: u32| {
            let look = if given == Some(number) { Look::Chosen } else { Look::Answer };
            let step = Step::Answer(key.to_owned(), Loose::Int(number.into()));
            button(app, look, &format!("answer-{number}"), &format!("{number}{unit}"), step)
        };
        return group("numbers", (least..=most).map(one).collect());
    }
    let value = given.map(|number| number.to_string()).unwrap_or_default();
    let hint = para("hint", &text::number_hint(least, most));
    answered_by(app, key, vec![hint, input("number", unit, "3", &value)], text::NUMBER_WRONG, || {
        let number = digits(&typed("number"));
        number.map(|n| Loose::Int(n.into())).ok_or_else(|| Problem::new("#number", text::NUMBER_MISSING))
    })
}

/// The groups the notice speaks of, then the others.
pub fn groups(app: App, notice: &Notice, given: Option<&Loose>) -> View {
    let given: Vec<&str> = match given {
        Some(Loose::List(items)) => items.iter().map(text_of).collect(),
        _ => Vec::new(),
    };
    let named = Group::ALL.iter().filter_map(|&group| group_entry(notice, group)).map(|entry| {
        let confirmed = entry.confirmed_by.as_ref().map(|by| format!("{}{by}", text::CONFIRMED_BY));
        let more: Vec<&str> = entry.meaning.as_deref().into_iter().chain(confirmed.as_deref()).collect();
        group_box(entry.id, &entry.name, &more, &given)
    });
    let named: Vec<View> = named.collect();
    let others = groups_not_named(notice).map(|group| group_box(group, words::group(group), &[], &given));
    let mut others: Vec<View> = others.collect();
    if !others.is_empty() {
        others.insert(0, para("hint", text::OTHER_GROUPS_LEAD));
    }
    let key = Answer::Groups.as_str();
    let none = button(
        app,
        Look::Answer,
        "answer-none",
        text::NONE_OF_THESE,
        Step::Answer(key.to_owned(), Loose::List(Vec::new())),
    );
    let boxes = vec![none, group("boxes", named), folded("other-groups", text::OTHER_GROUPS, others)];
    answered_by(app, key, boxes, text::NOTHING_TICKED, || {
        let groups: Vec<Loose> = ticked("group").into_iter().map(Loose::Text).collect();
        if groups.is_empty() {
            return Err(Problem::new("[data-testid=answer-none]", text::NOTHING_TICKED));
        }
        Ok(Loose::List(groups))
    })
}

fn group_box(group: Group, name: &str, more: &[&str], given: &[&str]) -> View {
    let value = group.as_str();
    let id = format!("group-{value}");
    let checked = if given.contains(&value) { "checked" } else { "" };
    let input =
        [("type", "checkbox"), ("name", "group"), ("value", value), ("checked", checked), ("data-testid", id.as_str())];
    let mut words = vec![label("b", &[], name)];
    words.extend(more.iter().map(|line| label("small", &[], line)));
    element("label", &[("class", "box")], vec![element("input", &input, Vec::new()), element("span", &[], words)])
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
        assert_eq!(message("1952", "13", "1"), text::DATE_IMPOSSIBLE);
    }
}
