//! No county in code, and no amount without its clause.

use std::collections::BTreeSet;

use canbao_engine::{Answers, evaluate};
use chrono::{Days, NaiveDate};
use serde_json::Value;

use crate::source::{Line, code};

/// What a notice holds and code must not: names, codes, amounts, dates.
#[derive(Default)]
struct Said {
    words: BTreeSet<String>,
    amounts: BTreeSet<String>,
}

impl Said {
    fn by_all() -> Self {
        let mut said = Self::default();
        for entry in canbao_baked::index() {
            let notice = canbao_baked::notice(entry.id).expect("a baked notice decodes");
            said.take(&serde_json::to_value(&notice).expect("a notice is plain data"));
            let place = &notice.notice.place;
            said.words.extend([place.code.clone(), place.name.clone(), place.pinyin.clone(), entry.title.to_owned()]);
            said.words.extend(place.pinyin.contains(' ').then(|| place.pinyin.replace(' ', "")));
            said.words.extend(place.city.clone());
            said.words.extend(notice.notice.document.clone());
        }
        said
    }

    fn take(&mut self, value: &Value) {
        match value {
            Value::String(text) => {
                if NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok() {
                    self.words.insert(text.clone());
                // That nothing is given says no notice alone.
                } else if text.parse::<f32>().is_ok_and(|amount| amount != 0.0) && text.len() < 6 {
                    self.amounts.insert(text.clone());
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.take(item)),
            Value::Object(fields) => fields.values().for_each(|field| self.take(field)),
            _ => {}
        }
    }

    /// What of it stands in a line.
    fn found_in(&self, line: &str) -> Vec<&str> {
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
        let tokens: BTreeSet<String> = line.split(|c| !is_part(c)).map(|token| token.replace('_', "")).collect();
        let words = self.words.iter().filter(|word| line.contains(word.as_str()));
        words.chain(self.amounts.iter().filter(|amount| tokens.contains(*amount))).map(String::as_str).collect()
    }
}

/// What sentences show people as an example of how something is written, and where those sentences are.
const EXAMPLES: [&str; 8] = ["141123", "43xxxx", "兴县", "2025-10-29", "2026-01-01", "2026-02-25", "400", "50"];
const SENTENCES: [&str; 4] = [
    "crates/cli/src/text/mod.rs",
    "crates/engine/src/answers.rs",
    "crates/policy/src/author/text.rs",
    "crates/policy/src/model/",
];

/// Numbers that only look like an amount.
const NUMBERS: [&str; 5] = ["1 << 30", "> 30", "最多 30", "SELDOM: u32 = 50", "{bar:30}"];

fn is_meant(line: &Line, found: &[&str]) -> bool {
    let is_example =
        SENTENCES.iter().any(|file| line.file.starts_with(file)) && found.iter().all(|what| EXAMPLES.contains(what));
    is_example || NUMBERS.iter().any(|number| line.text.contains(number))
}

#[test]
fn no_county_is_in_code() {
    let said = Said::by_all();
    assert!(said.words.len() > 20 && said.amounts.len() > 5, "the notices say too little to look for");
    let crates = ["baked", "cli", "engine", "js", "material", "policy"].map(|name| format!("crates/{name}/src"));
    let lines = code(&crates.iter().map(String::as_str).chain(["src"]).collect::<Vec<_>>());
    let mut found = Vec::new();
    for line in &lines {
        let here = said.found_in(&line.text);
        if !here.is_empty() && !is_meant(line, &here) {
            found.push(format!("{} ({})", line.place(), here.join(", ")));
        }
    }
    assert!(found.is_empty(), "this belongs into policies/:\n{}", found.join("\n"));
}

/// With nothing answered an evaluation holds everything that can happen on the day.
#[test]
fn every_amount_and_date_of_an_outcome_has_its_clause() {
    for entry in canbao_baked::index() {
        let program = canbao_baked::program(entry.id).expect("a baked notice is sound");
        let start = NaiveDate::from_ymd_opt(entry.year - 2, 1, 1).expect("a day");
        for step in 0..44 {
            let on = start + Days::new(25 * step);
            let response = evaluate(&program, on, &Answers::default()).expect("no answer contradicts another");
            for outcome in response.outcomes {
                let cover = outcome.benefit.as_ref();
                let says_nothing = outcome.fee.is_none()
                    && outcome.deadline.is_none()
                    && outcome.wait.is_none()
                    && cover.is_none_or(|b| b.from.earliest.or(b.from.safe).or(b.to).is_none());
                assert!(says_nothing || !outcome.cites.is_empty(), "{} on {on}: {outcome:?}", entry.id);
            }
        }
    }
}
