//! Signs beside Chinese characters are those of Chinese: as wide as a character.
//!
//! Clause labels are the exception. They are compared sign by sign with what requests and cases cite, so the contract
//! writes them in one way, with half-width brackets: `七(一)`.

use std::path::Path;

use xtask::{bundle, paths};

use crate::source::{code, notice_texts};

/// Whether a half-width sign stands directly beside a Chinese character, outside of backticks: what is in those is to be
/// typed as it stands.
fn is_half_width(text: &str) -> bool {
    let shown: Vec<char> = text.split('`').step_by(2).collect::<Vec<_>>().join("`").chars().collect();
    let is_sign = |c: char| ",:;?!()".contains(c);
    let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    shown.windows(2).any(|pair| is_sign(pair[0]) && is_chinese(pair[1]) || is_chinese(pair[0]) && is_sign(pair[1]))
}

fn none(found: &[String]) {
    assert!(found.is_empty(), "half-width signs beside Chinese characters:\n{}", found.join("\n"));
}

/// Chinese stands in code only within texts, so a line of code is looked at whole, up to a comment at its end.
fn in_code(folders: &[&str]) -> Vec<String> {
    let lines = code(folders);
    let halves = lines.iter().filter(|line| is_half_width(line.text.split(" // ").next().unwrap_or_default()));
    halves.map(|line| line.place()).collect()
}

fn in_notices(folder: &str) -> Vec<String> {
    let halves = notice_texts(folder).into_iter().filter(|(_, text)| is_half_width(text));
    halves.map(|(file, text)| format!("{file}: {text}")).collect()
}

/// The pages and scripts that are no Rust, and what `canbao new` writes. Comments are looked at as well.
fn in_pages(folders: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for folder in folders {
        for (name, text) in bundle::read(&paths::root().join(folder)).expect("a folder of pages") {
            let is_page = Path::new(&name).extension().is_some_and(|end| end == "html" || end == "js" || end == "toml");
            let text = if is_page { String::from_utf8(text).expect("a text") } else { String::new() };
            let halves = text.lines().filter(|line| is_half_width(line));
            found.extend(halves.map(|line| format!("{folder}/{name}: {}", line.trim())));
        }
    }
    found
}

#[test]
fn texts_for_people_have_full_width_signs() {
    none(&in_code(&[
        "src",
        "crates/cli/src",
        "crates/engine/src",
        "crates/js/src",
        "crates/material/src",
        "crates/policy/src",
        "crates/staff/src",
    ]));
    none(&in_pages(&["assets", "crates/cli/src", "crates/js/npm", "crates/staff/page"]));
    none(&in_notices("tests/notices"));
    none(&in_notices("policies"));
}

#[test]
fn half_width_signs_are_told_from_full_width_ones() {
    for half in ["缴费,登记", "几年?", "(一) 缴费", "要写:`on`"] {
        assert!(is_half_width(half), "{half}");
    }
    for fine in ["缴费，登记", "写 `七(一)`", "a(b)", "12:30 开始", "（2026年）"] {
        assert!(!is_half_width(fine), "{fine}");
    }
}
