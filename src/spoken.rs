//! Answers and their values in words: as the person gave them, and as an outcome names what it rests on.

use crate::questions::{Form, Question, group_entry};
use crate::session::text_of;
use crate::text::{self, format};
use canbao_engine::answers::{Loose, parse_day};
use canbao_policy::model::{Group, Notice};

/// An answer in words.
pub fn spoken(question: &Question, value: &Loose, notice: &Notice) -> String {
    match value {
        Loose::Bool(true) => choice(question, "true"),
        Loose::Bool(false) => choice(question, "false"),
        Loose::Int(number) => number_with_unit(question, &number.to_string()),
        Loose::Text(text) => named(question, text, notice),
        Loose::List(items) if items.is_empty() => text::NONE_OF_THESE.to_owned(),
        Loose::List(items) => {
            let names: Vec<String> = items.iter().map(|item| named(question, text_of(item), notice)).collect();
            names.join(text::LIST_SEPARATOR)
        }
        Loose::Other => String::new(),
    }
}

/// A value by its spelling in requests, in words.
pub fn named(question: &Question, value: &str, notice: &Notice) -> String {
    match &question.form {
        Form::Choice(_) => choice(question, value),
        Form::Date => parse_day(value).map_or_else(|| value.to_owned(), format::day),
        Form::Number { .. } => number_with_unit(question, value),
        Form::Groups => Group::parse(value).map_or_else(
            || value.to_owned(),
            |group| group_entry(notice, group).map_or_else(|| group.name().to_owned(), |entry| entry.name.clone()),
        ),
    }
}

fn choice(question: &Question, value: &str) -> String {
    let Form::Choice(choices) = &question.form else { return value.to_owned() };
    let value = match value {
        "yes" if choices.iter().all(|choice| choice.name != "yes") => "true",
        "no" if choices.iter().all(|choice| choice.name != "no") => "false",
        value => value,
    };
    let found = choices.iter().find(|choice| choice.name == value);
    found.map_or_else(|| value.to_owned(), |choice| choice.label.clone())
}

fn number_with_unit(question: &Question, number: &str) -> String {
    match question.form {
        Form::Number { unit, .. } => format!("{number}{unit}"),
        _ => number.to_owned(),
    }
}
