//! Golden cases: what must come out, written from the notice's text before its rules.
//!
//! One corpus, `<year>.cases.toml` beside each notice, runs natively here and in WebAssembly (`canbao cases --json`
//! hands it over). A null is written `"null"`, because TOML has none.

use crate::matching::{Mismatch, compare};
use crate::source::{self, Library, is_cases, notice_beside};
use crate::text;
use canbao_engine::answers::LooseRequest;
use canbao_engine::evaluate::evaluate_request;
use canbao_engine::{Program, RequestError};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// A file of golden cases.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseFile {
    /// The notice they are about.
    pub notice: String,
    /// The cases.
    #[serde(rename = "case", default)]
    pub cases: Vec<Case>,
    /// Leaves of the notice that no case reaches, with the reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unreached: Vec<Unreached>,
}

/// A person on a day, and what must come out.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Its name, unique in the file.
    pub name: String,
    /// Why it exists: the clause, and the point it pins.
    pub why: String,
    /// The day of asking.
    pub on: String,
    /// The answers, as a request has them.
    #[serde(default)]
    pub answers: Map<String, Value>,
    /// What must come out; see [`crate::matching`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expect: Option<Map<String, Value>>,
    /// Or: the answers that the error must name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<BTreeSet<String>>,
}

/// A leaf that no case reaches.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unreached {
    /// The leaf.
    pub leaf: String,
    /// Why no case reaches it.
    pub why: String,
}

/// What an expectation may speak of.
const EXPECTED: &[&str] =
    &["notice", "on", "settled", "over", "ask", "ask_contains", "ask_lacks", "outcomes", "outcomes_contain"];

impl CaseFile {
    /// Reads a file of golden cases.
    ///
    /// # Errors
    /// With what is wrong with it, ready to print.
    pub fn read(path: &Path) -> Result<Self, String> {
        let content = fs::read_to_string(path).map_err(|error| text::cannot_read(path, &error))?;
        Self::parse(&content).map_err(|error| text::in_file(path, &error))
    }

    fn parse(content: &str) -> Result<Self, String> {
        let mut file: Self = toml::from_str(content).map_err(|error| error.to_string())?;
        let mut names = BTreeSet::new();
        for case in &mut file.cases {
            if !names.insert(case.name.clone()) {
                return Err(text::case_twice(&case.name));
            }
            match (&mut case.expect, &case.error) {
                (Some(expect), None) => {
                    if let Some(key) = expect.keys().find(|key| !EXPECTED.contains(&key.as_str())) {
                        return Err(text::unknown_expectation(&case.name, key, EXPECTED));
                    }
                    expect.values_mut().for_each(with_nulls);
                }
                (None, Some(_)) => {}
                _ => return Err(text::expect_or_error(&case.name)),
            }
        }
        Ok(file)
    }
}

/// TOML has no null: the text `"null"` stands for it.
fn with_nulls(value: &mut Value) {
    match value {
        Value::String(text) if text == "null" => *value = Value::Null,
        Value::Array(items) => items.iter_mut().for_each(with_nulls),
        Value::Object(entries) => entries.values_mut().for_each(with_nulls),
        _ => {}
    }
}

impl Case {
    /// The request, as JSON.
    #[must_use]
    pub fn request(&self, notice: &str) -> Value {
        json!({"notice": notice, "on": self.on, "answers": self.answers})
    }

    /// The request, as the engine takes it.
    #[must_use]
    pub fn loose(&self, notice: &str) -> LooseRequest {
        serde_json::from_value(self.request(notice)).unwrap_or_default()
    }

    /// Runs the case. Nothing comes back when it passes.
    #[must_use]
    pub fn run(&self, program: &Program) -> Vec<Mismatch> {
        let result = evaluate_request(program, &self.loose(program.id()));
        self.judge(&result.map(|response| serde_json::to_value(response).unwrap_or_default()))
    }

    /// What differs between what must come out and what came.
    #[must_use]
    pub fn judge(&self, result: &Result<Value, RequestError>) -> Vec<Mismatch> {
        let one = |expected: String, actual: String| vec![Mismatch { path: "error".to_owned(), expected, actual }];
        match (result, &self.expect, &self.error) {
            (Ok(response), Some(expect), _) => compare(expect, response),
            (Err(error), None, Some(wanted)) => {
                let named: BTreeSet<String> = error.answers.iter().cloned().collect();
                if named == *wanted { Vec::new() } else { one(text::naming(wanted), text::bad_request("", error)) }
            }
            (Err(error), Some(_), _) => one(text::NO_ERROR.to_owned(), text::bad_request("", error)),
            (Ok(_), None, Some(wanted)) => one(text::naming(wanted), text::NO_ERROR.to_owned()),
            (_, None, None) => Vec::new(),
        }
    }
}

/// The files of golden cases among files and folders; a notice's file stands for the cases beside it.
///
/// # Errors
/// When a folder cannot be read.
pub fn find(paths: &[PathBuf]) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            let mut inner: Vec<PathBuf> =
                fs::read_dir(path)?.map(|entry| entry.map(|e| e.path())).collect::<io::Result<_>>()?;
            inner.retain(|path| path.is_dir() || is_cases(path));
            inner.sort();
            found.extend(find(&inner)?);
        } else if is_cases(path) {
            found.push(path.clone());
        } else {
            found.push(source::cases_beside(path));
        }
    }
    Ok(found)
}

/// The notice of a file of cases: the file beside it, or the one with its id in the library.
///
/// # Errors
/// With what is wrong, ready to print.
pub fn with_program<T>(
    path: &Path,
    notice: &str,
    library: &mut Library,
    run: impl FnOnce(&Program) -> T,
) -> Result<T, String> {
    if let Some(beside) = notice_beside(path).filter(|path| path.is_file()) {
        let program = source::program(&beside)?;
        if program.id() != notice {
            return Err(text::other_notice(path, notice, program.id()));
        }
        return Ok(run(&program));
    }
    library.program(notice).map(run).map_err(|error| text::in_file(path, &error.message))
}

/// What came of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Cases that passed.
    pub passed: usize,
    /// Cases that failed, and files that could not be run.
    pub failed: usize,
}

/// Runs files of cases and reports each failure, then the sum.
///
/// # Errors
/// When the report cannot be written.
pub fn run(
    files: &[PathBuf],
    library: &mut Library,
    filter: Option<&str>,
    report: &mut dyn io::Write,
    complaints: &mut dyn io::Write,
) -> io::Result<Tally> {
    let mut tally = Tally::default();
    for path in files {
        let wanted = |case: &Case| {
            filter.is_none_or(|filter| {
                case.name.contains(filter) || case.why.contains(filter) || path.to_string_lossy().contains(filter)
            })
        };
        let result = CaseFile::read(path).and_then(|file| {
            with_program(path, &file.notice, library, |program| {
                for case in file.cases.iter().filter(|case| wanted(case)) {
                    let mismatches = case.run(program);
                    if mismatches.is_empty() {
                        tally.passed += 1;
                    } else {
                        tally.failed += 1;
                        let request = case.request(&file.notice);
                        report.write_all(text::failed_case(path, case, &mismatches, &request).as_bytes())?;
                    }
                }
                Ok::<(), io::Error>(())
            })
        });
        match result {
            Ok(written) => written?,
            Err(message) => {
                tally.failed += 1;
                writeln!(complaints, "{message}")?;
            }
        }
    }
    writeln!(report, "{} passed, {} failed", tally.passed, tally.failed)?;
    Ok(tally)
}

/// All cases as one JSON document, for other implementations of the contract: requests as portals send them, and
/// expectations with real nulls.
///
/// # Errors
/// With what is wrong with a file, ready to print.
pub fn export(files: &[PathBuf]) -> Result<Value, String> {
    let mut all = Vec::new();
    for path in files {
        let file = CaseFile::read(path)?;
        for case in &file.cases {
            let mut entry = json!({
                "file": path.display().to_string(),
                "name": case.name,
                "why": case.why,
                "request": case.request(&file.notice),
            });
            if let Some(expect) = &case.expect {
                entry["expect"] = Value::Object(expect.clone());
            }
            if let Some(error) = &case.error {
                entry["error"] = json!(error);
            }
            all.push(entry);
        }
    }
    Ok(Value::Array(all))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
        notice = "123456-2030"
        [[case]]
        name = "a"
        why = "b"
        on = "2030-01-01"
        answers = { groups = [] }
        [case.expect]
        outcomes = [{ wait = "null", periods = [["2030-01-01", "null"]] }]
        [[case]]
        name = "c"
        why = "d"
        on = "2030-01-01"
        error = ["left_on"]
    "#;

    #[test]
    fn null_is_a_word() {
        let file = CaseFile::parse(GOOD).expect("reads");
        let expect = file.cases[0].expect.as_ref().expect("expects");
        assert_eq!(expect["outcomes"], json!([{"wait": null, "periods": [["2030-01-01", null]]}]));
    }

    #[test]
    fn an_error_must_name_exactly_its_answers() {
        let case = &CaseFile::parse(GOOD).expect("reads").cases[1];
        let error = |answers: &[&str]| Err(RequestError::new("contradiction", "", answers));
        assert!(case.judge(&error(&["left_on"])).is_empty());
        assert_eq!(case.judge(&error(&["left_on", "left"])).len(), 1);
        assert_eq!(case.judge(&Ok(json!({}))).len(), 1);
    }

    #[test]
    fn mistakes_in_a_file_are_named() {
        let mistake = |from: &str, to: &str| CaseFile::parse(&GOOD.replace(from, to)).expect_err("is a mistake");
        assert!(mistake("\"c\"", "\"a\"").contains('a'));
        assert!(mistake("outcomes", "outcome").contains("outcome"));
        assert!(mistake("error =", "eror =").contains("eror"));
        assert!(mistake("error = [\"left_on\"]", "").contains("expect"));
    }
}
