//! Reading notices as authors write them.
//!
//! The cases are files: `good.toml` is a small made-up notice, each `bad/<what>.toml` is that notice with something wrong,
//! and `bad/<what>.txt` beside it is exactly what the author sees. After a change of wording, run
//! `UPDATE_EXPECT=1 cargo test -p canbao-policy --features author` and review the difference.

use canbao_policy::author::{self, Severity, read};
use canbao_policy::model::Notice;
use std::fs;
use std::path::{Path, PathBuf};

const GOOD: &str = include_str!("good.toml");

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn updating() -> bool {
    std::env::var_os("UPDATE_EXPECT").is_some()
}

fn shown(text: &str, name: &str) -> String {
    let found: Vec<String> = read(text, name).diagnostics.iter().map(ToString::to_string).collect();
    found.join("\n")
}

#[test]
fn the_good_notice_has_nothing_wrong() {
    assert_eq!(shown(GOOD, "good.toml"), "");
    assert!(read(GOOD, "good.toml").is_sound());
}

#[test]
fn every_bad_notice_says_what_is_wrong() {
    let mut files: Vec<PathBuf> = fs::read_dir(here("tests/bad"))
        .expect("tests/bad")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    files.sort();
    assert!(files.len() >= 20, "only {} bad files", files.len());
    let mut wrong = Vec::new();
    for path in files {
        let text = fs::read_to_string(&path).expect("a bad file");
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let found = shown(&text, &name);
        assert_ne!(found, "", "{name} has nothing wrong");
        let expected = path.with_extension("txt");
        if updating() {
            fs::write(&expected, &found).expect("writing what is shown");
        } else if fs::read_to_string(&expected).unwrap_or_default() != found {
            wrong.push(format!("── {name}\n{found}"));
        }
    }
    assert!(wrong.is_empty(), "not as in the .txt (UPDATE_EXPECT=1 writes them):\n{}", wrong.join("\n"));
}

/// Each bad file differs from the good one in few lines, so that it shows one thing.
#[test]
fn bad_notices_are_the_good_one_but_for_a_little() {
    let good: std::collections::BTreeSet<&str> = GOOD.lines().collect();
    for entry in fs::read_dir(here("tests/bad")).expect("tests/bad") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("a bad file");
        let other = text.lines().filter(|line| !good.contains(line)).count();
        assert!(other <= 12, "{} differs in {other} lines", path.display());
    }
}

#[test]
fn a_notice_survives_as_json() {
    let notice = read(GOOD, "good.toml").notice.expect("the good notice");
    let json = serde_json::to_string(&notice).expect("as JSON");
    assert_eq!(serde_json::from_str::<Notice>(&json).expect("from JSON"), notice);
}

/// Cut anywhere, or with any line gone, doubled or changed, a file is read without panic, and every place is in the file.
#[test]
fn no_damage_makes_the_reader_panic() {
    let check = |text: &str| {
        let read = read(text, "damaged.toml");
        for found in &read.diagnostics {
            assert!(found.span.end <= text.len(), "{found}");
            assert!(found.line >= 1 && found.line <= text.lines().count().max(1) + 1, "{found}");
            assert!(!found.to_string().is_empty());
        }
        if read.notice.is_none() {
            assert!(!read.diagnostics.is_empty(), "no notice and nothing said:\n{text}");
        }
    };
    let mut step = 0;
    for (at, _) in GOOD.char_indices() {
        step += 1;
        if step % 23 == 0 {
            check(&GOOD[..at]);
        }
    }
    let lines: Vec<&str> = GOOD.lines().collect();
    // A fixed pseudo-random sequence: the same damage in every run.
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = |below: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        usize::try_from(random % u64::try_from(below).expect("small")).expect("small")
    };
    let scraps = [
        "\"",
        "[",
        "]",
        "{",
        "}",
        "=",
        "\n",
        "0",
        "-1",
        "“",
        "，",
        "兴",
        "[[",
        "\"\"",
        "[]",
        "{}",
        "true",
        "1979-05-27",
        "over = [\"*\"]",
        "when = { not = { not = {} } }",
        "\u{0}",
        "\r",
        "\t",
        "'''",
        "99999999999999999999",
    ];
    for round in 0..600 {
        let mut damaged: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        for _ in 0..=round % 3 {
            let at = next(damaged.len());
            match next(5) {
                0 => drop(damaged.remove(at)),
                1 => damaged.insert(at, lines[next(lines.len())].to_owned()),
                2 => {
                    let other = next(damaged.len());
                    damaged.swap(at, other);
                }
                _ => {
                    let line = &mut damaged[at];
                    let boundaries: Vec<usize> = line.char_indices().map(|(at, _)| at).chain([line.len()]).collect();
                    line.insert_str(boundaries[next(boundaries.len())], scraps[next(scraps.len())]);
                }
            }
        }
        check(&damaged.join("\n"));
    }
    for text in ["", "\u{feff}", "\0", "\r\n\r\n", "[", "notice = 1", "[[notice]]", "way = [1, [2], {}]"] {
        check(text);
    }
    check(&format!("x = {}1{}", "[".repeat(5000), "]".repeat(5000)));
    check(&format!("[[way]]\nwhen = {}{}", "{ not = ".repeat(5000), "}".repeat(5000)));
}

#[test]
fn findings_of_the_proofs_are_shown_at_their_rules() {
    let read = read(GOOD, "good.toml");
    let found =
        read.locator.finding(Severity::Error, &["central", "newborn"], "两条规则同时适用", "给其中一条加 `over`。");
    let line = GOOD.lines().position(|line| line == "id = \"central\"").expect("the period") + 1;
    assert!(found.line > line, "the way, not the period of that name");
    assert_eq!(found.to_string().matches('^').count(), "\"central\"\"newborn\"".len());
    assert!(read.locator.reading("wait_from").is_some());
}

/// Editors check against the committed schema: it is what the types say.
#[test]
fn the_committed_schema_is_the_types() {
    let path = here("../../schema/notice.schema.json");
    if updating() {
        fs::write(&path, author::schema_text()).expect("writing the schema");
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    let committed: serde_json::Value = serde_json::from_str(&committed).unwrap_or_default();
    assert!(
        committed == author::schema(),
        "schema/notice.schema.json is out of date: run `cargo canbao schema --write`"
    );
}

/// Every key and every value of the format is explained to authors.
#[test]
fn the_manual_names_every_key_and_value() {
    let manual = fs::read_to_string(here("../../docs/AUTHORING.md")).expect("docs/AUTHORING.md");
    let mut names = Vec::new();
    collect(&author::schema(), &mut names);
    names.sort();
    names.dedup();
    let missing: Vec<&String> = names
        .iter()
        .filter(|name| {
            let ways = ["`", "\"", "[", "{ "];
            !ways.iter().any(|before| manual.contains(&format!("{before}{name}")))
        })
        .collect();
    assert!(missing.is_empty(), "docs/AUTHORING.md says nothing about: {missing:?}");
}

fn collect(schema: &serde_json::Value, names: &mut Vec<String>) {
    use serde_json::Value;
    match schema {
        Value::Object(object) => {
            if let Some(Value::Object(properties)) = object.get("properties") {
                names.extend(properties.keys().cloned());
            }
            names.extend(object.get("const").and_then(Value::as_str).map(str::to_owned));
            object.values().for_each(|inner| collect(inner, names));
        }
        Value::Array(items) => items.iter().for_each(|inner| collect(inner, names)),
        _ => {}
    }
}
