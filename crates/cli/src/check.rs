//! Checking notices: what the reader finds, what the engine proves, and what the golden cases reach.
//!
//! All that is wrong with a notice comes out in one go, at its line, and every finding of the engine with the smallest
//! request that shows it, ready to run.

use crate::cases::CaseFile;
use crate::skeleton;
use crate::source::{self, Source, cases_beside, is_cases, notice_beside};
use crate::text;
use canbao_engine::evaluate::leaves;
use canbao_engine::proof::{Finding, Proof, prove};
use canbao_engine::{Answers, Program};
use canbao_policy::author::{Locator, Severity};
use canbao_policy::model::Notice;
use chrono::NaiveDate;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{fs, io};

/// What is known about one notice after checking it.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The notice's id and its place's name, where they could be made out.
    pub name: String,
    /// Rules in the file.
    pub rules: usize,
    /// Days on which the notice is proved.
    pub days: usize,
    /// Leaves there are.
    pub leaves: usize,
    /// Golden cases; `None` where nobody looked for them, as the notice is wrong.
    pub cases: Option<usize>,
    /// Leaves that no case reaches; `None` where there is no case.
    pub uncovered: Option<usize>,
    /// Of these, the ones listed with a reason.
    pub excused: usize,
    /// How long it took.
    pub time: Duration,
    /// Everything wrong, ready to print.
    pub errors: Vec<String>,
    /// Everything to look at, ready to print.
    pub warnings: Vec<String>,
}

/// How many uncovered leaves are named, with a request each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// The first few.
    Brief,
    /// All.
    Full,
}

const BRIEF: usize = 5;

/// The notices' files among files and folders; a file of cases stands for the notice beside it.
///
/// # Errors
/// When a folder cannot be read.
pub fn find(paths: &[PathBuf]) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            let inner = fs::read_dir(path)?.map(|entry| entry.map(|e| e.path()));
            let mut inner = inner.collect::<io::Result<Vec<_>>>()?;
            inner.retain(|path| path.is_dir() || (path.extension().is_some_and(|e| e == "toml") && !is_cases(path)));
            inner.sort();
            found.extend(find(&inner)?);
        } else {
            found.push(notice_beside(path).unwrap_or_else(|| path.clone()));
        }
    }
    found.dedup();
    Ok(found)
}

/// Checks one notice's file.
#[must_use]
pub fn check(path: &Path, source: &Source, detail: Detail) -> Report {
    let start = Instant::now();
    let mut report = Report { name: path.display().to_string(), ..Report::default() };
    examine(path, source, detail, &mut report);
    report.time = start.elapsed();
    report
}

fn examine(path: &Path, source: &Source, detail: Detail, report: &mut Report) {
    let read = match source::read(path) {
        Ok(read) => read,
        Err(message) => return report.errors.push(message),
    };
    for found in &read.diagnostics {
        match found.severity {
            Severity::Error => report.errors.push(found.to_string()),
            Severity::Warning => report.warnings.push(found.to_string()),
        }
    }
    // A place to fill in where an amount or a day belongs has been found already.
    let found = |line: usize| read.diagnostics.iter().any(|found| found.line == line);
    let open = skeleton::unfilled(path).into_iter().filter(|(line, _)| !found(*line));
    report.errors.extend(open.map(|(_, message)| message));
    let sound = read.is_sound();
    let Some(notice) = read.notice else { return };
    report.name = text::id_and_place(&notice.id(), &notice.notice.place.name);
    report.rules = rules(&notice);
    if let Some(message) = misplaced(path, source, &notice) {
        report.errors.push(message);
    }
    // A notice with mistakes would be proved wrong once more, in other words.
    if !sound || !report.errors.is_empty() {
        return;
    }
    let program = match Program::new(notice) {
        Ok(program) => program,
        Err(faults) => return report.errors.push(source::shown(&read.locator, &faults)),
    };
    let proof = prove(&program);
    report.days = proof.days;
    report.leaves = proof.leaves.len();
    for finding in &proof.findings {
        report.errors.push(located(&read.locator, &program, finding, path, source));
    }
    let beside = cases_beside(path);
    if beside.is_file() {
        match CaseFile::read(&beside) {
            Ok(cases) => coverage(&program, &proof, &cases, &beside, detail, report),
            Err(message) => report.errors.push(message),
        }
    } else {
        report.cases = Some(0);
        report.errors.push(text::no_cases(path, &beside));
    }
}

/// How many rules a notice has: everything with an id that decides something.
#[must_use]
pub fn rules(notice: &Notice) -> usize {
    notice.ways.len()
        + notice.fees.len()
        + notice.assists.len()
        + notice.benefits.len()
        + notice.waits.len()
        + notice.extras.len()
        + notice.registers.len()
}

/// A notice in the folder of notices has to lie where its id says, or nobody finds it.
fn misplaced(path: &Path, source: &Source, notice: &Notice) -> Option<String> {
    let Source::Folder(folder) = source else {
        return None;
    };
    let inside = path.canonicalize().ok()?.strip_prefix(folder.canonicalize().ok()?).is_ok();
    let right = source::id_of(path).is_some_and(|id| id == notice.id());
    (inside && !right).then(|| text::wrong_path(path, &notice.id()))
}

/// A request as JSON.
#[must_use]
pub fn request(program: &Program, on: NaiveDate, answers: &Answers) -> Value {
    json!({"notice": program.id(), "on": on, "answers": answers})
}

/// The command that runs a request. A notice that lies elsewhere has to be named.
fn ready_to_run(program: &Program, on: NaiveDate, answers: &Answers, path: &Path, source: &Source) -> String {
    let found = source.files().is_ok_and(|files| files.iter().any(|file| file.id == program.id()));
    text::ready_to_run(&request(program, on, answers), (!found).then_some(path))
}

fn located(locator: &Locator, program: &Program, finding: &Finding, path: &Path, source: &Source) -> String {
    let rules: Vec<&str> = finding.rules.iter().map(String::as_str).collect();
    let request = finding.request.as_ref();
    let hint = match request {
        Some((on, answers)) => text::smallest_request(&ready_to_run(program, *on, answers, path, source)),
        None => text::FAULT_HELP.to_owned(),
    };
    locator.finding(Severity::Error, &rules, &finding.message, &hint).to_string()
}

/// The leaves that no case reaches, each once, with a request that does.
#[must_use]
pub fn uncovered<'a>(
    program: &Program,
    proof: &'a Proof,
    cases: &CaseFile,
) -> BTreeMap<&'a str, &'a (String, NaiveDate, Answers)> {
    let mut open: BTreeMap<&str, _> = proof.leaves.iter().map(|leaf| (leaf.0.as_str(), leaf)).collect();
    for case in &cases.cases {
        let request = case.loose(program.id());
        let Ok((_, on)) = request.head() else {
            continue;
        };
        let Ok(answers) = Answers::read(&request.answers, program.notice()) else {
            continue;
        };
        for leaf in leaves(program, on, &answers).unwrap_or_default() {
            open.remove(leaf.as_str());
        }
    }
    open
}

fn coverage(program: &Program, proof: &Proof, cases: &CaseFile, path: &Path, detail: Detail, report: &mut Report) {
    report.cases = Some(cases.cases.len());
    if cases.notice != program.id() {
        report.errors.push(text::other_notice(path, &cases.notice, program.id()));
        return;
    }
    if cases.cases.is_empty() {
        report.errors.push(text::no_cases(path, path));
        return;
    }
    let mut open = uncovered(program, proof, cases);
    report.uncovered = Some(open.len());
    let known: BTreeSet<&str> = proof.leaves.iter().map(|leaf| leaf.0.as_str()).collect();
    for entry in &cases.unreached {
        if open.remove(entry.leaf.as_str()).is_some() {
            report.excused += 1;
        } else if known.contains(entry.leaf.as_str()) {
            report.errors.push(text::reached_after_all(path, &entry.leaf));
        } else {
            report.errors.push(text::no_such_leaf(path, &entry.leaf));
        }
    }
    if open.is_empty() {
        return;
    }
    let limit = if detail == Detail::Full { usize::MAX } else { BRIEF };
    let shown: Vec<(&str, Value)> =
        open.values().take(limit).map(|(leaf, on, answers)| (leaf.as_str(), request(program, *on, answers))).collect();
    report.errors.push(text::uncovered(path, open.len(), &shown));
}
