//! Names: given once, used at least once, and never without being given.

use super::check::{Check, RULES};
use super::diagnostic::Severity;
use super::shape::{Doc, Node};
use super::{near, text};
use crate::model::{Answer, DateExpr, QuestionKind};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Where names are given: the model type and its key. Rules share one set of names.
const GIVEN: [(&str, &str); 13] = [
    ("Clause", "label"),
    ("Period", "id"),
    ("Reading", "id"),
    ("Question", "id"),
    ("GroupEntry", "id"),
    ("Channel", "id"),
    ("Way", "id"),
    ("Fee", "id"),
    ("Assist", "id"),
    ("Benefit", "id"),
    ("Wait", "id"),
    ("Extra", "id"),
    ("Register", "id"),
];

/// Names that the engine opens as readings by itself.
const ENGINE_READINGS: [&str; 2] = ["overlap", "day_count"];

/// What a plain text in a list or under a key refers to.
fn refers(node: &Node<'_>) -> Option<&'static str> {
    match (node.owner, node.field) {
        (_, field) if field.ends_with("clauses") => Some("Clause"),
        ("Window", "period") => Some("Period"),
        ("Condition", "way") => Some("Way"),
        ("Less", "number") => Some("Question"),
        _ => None,
    }
}

/// The names given in the file, by model type, each with its place.
#[derive(Default)]
struct Given<'d> {
    names: BTreeMap<&'static str, BTreeMap<&'d str, usize>>,
    /// Types of which some name could not be read: what refers to those may be right.
    unsure: BTreeSet<&'static str>,
    /// Kinds of rules with a name given twice: which of the two is overridden nobody knows.
    doubled: BTreeSet<&'static str>,
    used: BTreeMap<&'static str, BTreeSet<&'d str>>,
}

impl<'d> Given<'d> {
    /// In the order of the file.
    fn of(&self, kind: &str) -> Vec<&'d str> {
        let mut names: Vec<(usize, &str)> =
            self.names.get(kind).into_iter().flatten().map(|(name, at)| (*at, *name)).collect();
        names.sort_unstable();
        names.into_iter().map(|(_, name)| name).collect()
    }

    fn has(&self, kind: &str, name: &str) -> Option<usize> {
        self.names.get(kind)?.get(name).copied()
    }
}

/// Checks all names; `shaped` says that the file had no mistakes so far, so that what is unused really is.
pub(crate) fn check(check: &mut Check<'_, '_>, shaped: bool) {
    let mut given = collect(check);
    inner_names(check);
    references(check, &mut given);
    date_periods(check, &mut given);
    overrides(check, &given);
    if shaped {
        unused(check, &given);
    }
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
}

fn collect<'d>(check: &mut Check<'_, 'd>) -> Given<'d> {
    let mut given = Given::default();
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    for (kind, key) in GIVEN {
        // A single table where a list of tables should be.
        let list = kind.trim_end_matches("Entry").to_lowercase();
        let misshaped = |node: &Node<'_>| {
            node.owner == "Notice" && node.field == list && node.parent.is_none() && node.value.get_ref().is_table()
        };
        if check.doc.nodes.iter().any(misshaped) {
            given.unsure.insert(kind);
        }
        for at in check.doc.of_kind(kind) {
            let Some((name_at, name)) = check.doc.text(at, key) else {
                given.unsure.insert(kind);
                continue;
            };
            let here = check.doc.here(name_at);
            let is_rule = RULES.contains(&kind);
            // Groups and channels have names of the contract, and clauses have their labels.
            if !matches!(kind, "Clause" | "GroupEntry" | "Channel") {
                let taken = match kind {
                    "Reading" => ENGINE_READINGS.contains(&name),
                    "Question" => Answer::parse(name).is_some(),
                    _ => false,
                };
                if taken {
                    check.error(here.clone(), text::reserved_name(name));
                } else if !is_name(name) && !name.trim().is_empty() {
                    check.error(here.clone(), text::bad_name(name));
                }
            }
            let names = given.names.entry(kind).or_default();
            let first = if is_rule { rules.get(name) } else { names.get(name) }.copied();
            match first {
                Some(first) => {
                    let other = check.doc.here(first);
                    check.pair(Severity::Error, here, text::duplicate(kind, name), other, text::first_here());
                    given.doubled.insert(kind);
                }
                None => {
                    rules.extend(is_rule.then_some((name, name_at)));
                    names.insert(name, name_at);
                }
            }
            names.entry(name).or_insert(name_at);
        }
    }
    given
}

/// Options of a reading and choices of a question: names within one table.
fn inner_names(check: &mut Check<'_, '_>) {
    for kind in ["ReadingOption", "QuestionChoice"] {
        let mut seen: BTreeMap<(Option<usize>, &str), usize> = BTreeMap::new();
        for at in check.doc.of_kind(kind) {
            let Some((name_at, name)) = check.doc.text(at, "id") else {
                continue;
            };
            let here = check.doc.here(name_at);
            if !is_name(name) && !name.trim().is_empty() {
                check.error(here.clone(), text::bad_name(name));
            }
            let list = check.doc.nodes.get(at).and_then(|node| node.parent);
            match seen.get(&(list, name)) {
                Some(&first) => {
                    let other = check.doc.here(first);
                    check.pair(Severity::Error, here, text::duplicate(kind, name), other, text::first_here());
                }
                None => {
                    seen.insert((list, name), name_at);
                }
            }
        }
    }
}

/// The names given in the list under one table: the options of a reading, the choices of a question.
fn names_in<'d>(doc: &Doc<'d>, table: usize, kind: &str) -> Vec<&'d str> {
    let mut names = Vec::new();
    for at in doc.of_kind(kind).filter(|&at| doc.is_in(at, table)) {
        names.extend(doc.text(at, "id").map(|(_, name)| name).filter(|name| !names.contains(name)));
    }
    names
}

fn references<'d>(check: &mut Check<'_, 'd>, given: &mut Given<'d>) {
    let doc = check.doc;
    for (at, node) in doc.nodes.iter().enumerate() {
        if let (Some(kind), Some(name)) = (refers(node), node.value.get_ref().as_str()) {
            refer(check, given, kind, name, doc.here(at));
            if node.owner == "Less" {
                question_of_kind(check, given, name, "number", doc.here(at));
            }
        }
        let ("Condition", Some(key)) = (node.owner, node.key) else {
            continue;
        };
        match node.field {
            "reading" => {
                // The engine's own readings may be used without being given.
                if ENGINE_READINGS.contains(&key) {
                    continue;
                }
                refer(check, given, "Reading", key, node.head.clone());
                if let Some(name_at) = given.has("Reading", key) {
                    values(check, at, name_at, "ReadingOption");
                }
            }
            "choice" | "number" => {
                refer(check, given, "Question", key, node.head.clone());
                let fits = question_of_kind(check, given, key, node.field, node.head.clone());
                if let (true, "choice", Some(name_at)) = (fits, node.field, given.has("Question", key)) {
                    values(check, at, name_at, "QuestionChoice");
                }
            }
            _ => {}
        }
    }
}

fn refer<'d>(check: &mut Check<'_, 'd>, given: &mut Given<'d>, kind: &'static str, name: &'d str, span: Range<usize>) {
    given.used.entry(kind).or_default().insert(name);
    if given.has(kind, name).is_some() || given.unsure.contains(kind) || name.trim().is_empty() {
        return;
    }
    let near = match kind {
        // One clause is like another but for a number: only another width of the same characters is a slip.
        "Clause" => near::label(name, given.of(kind)),
        _ => near::word(name, given.of(kind)),
    };
    // One slip is one message: what was probably meant counts as used.
    given.used.entry(kind).or_default().extend(near);
    check.error(span, text::unknown_name(kind, name, near, given.of(kind)));
}

/// The values in the list `at` are options or choices of the table whose name is at `name_at`.
fn values(check: &mut Check<'_, '_>, at: usize, name_at: usize, kind: &'static str) {
    let doc = check.doc;
    let Some(table) = doc.nodes.get(name_at).and_then(|node| node.parent) else {
        return;
    };
    let mut known = names_in(doc, table, kind);
    if kind == "QuestionChoice" && known.is_empty() {
        known = vec!["yes", "no"];
    }
    for (value_at, node) in doc.nodes.iter().enumerate().filter(|(_, node)| node.parent == Some(at)) {
        let Some(value) = node.value.get_ref().as_str() else {
            continue;
        };
        if !known.contains(&value) && !value.trim().is_empty() {
            let near = near::word(value, known.iter().copied());
            check.error(doc.here(value_at), text::unknown_name(kind, value, near, known.iter().copied()));
        }
    }
}

/// Whether the question can be used under this key; says so if it cannot.
fn question_of_kind(check: &mut Check<'_, '_>, given: &Given<'_>, name: &str, key: &str, span: Range<usize>) -> bool {
    let doc = check.doc;
    let question = given.has("Question", name).and_then(|at| doc.nodes.get(at)?.parent);
    let kind = question.and_then(|at| doc.get::<QuestionKind>(doc.under(at, "kind").next()?));
    let fits = match kind {
        Some(QuestionKind::Number(_)) => key == "number",
        Some(QuestionKind::Choice(_) | QuestionKind::YesNo) => key == "choice",
        None => true,
    };
    if !fits {
        check.error(span, text::question_kind(name, key));
    }
    fits
}

/// Periods in date expressions: `central.end`.
fn date_periods<'d>(check: &mut Check<'_, 'd>, given: &mut Given<'d>) {
    let doc = check.doc;
    for at in doc.of_kind("Date") {
        let Some(text) = doc.nodes.get(at).and_then(|node| node.value.get_ref().as_str()) else {
            continue;
        };
        let Ok(date) = text.parse::<DateExpr>() else {
            continue;
        };
        let mut ids = Vec::new();
        periods_of(&date, &mut ids);
        for id in ids {
            // The name as it stands in the document's text, which lives as long as the document.
            let Some(name) = text.find(&id).and_then(|start| text.get(start..start + id.len())) else {
                continue;
            };
            let span = check.source.within(&doc.here(at), &format!("{name}."));
            refer(check, given, "Period", name, span.start..span.end.saturating_sub(1).max(span.start));
        }
    }
}

fn periods_of(date: &DateExpr, ids: &mut Vec<String>) {
    match date {
        DateExpr::PeriodStart(id) | DateExpr::PeriodEnd(id) => ids.push(id.clone()),
        DateExpr::Plus(base, _) | DateExpr::MonthAfter(base) => periods_of(base, ids),
        DateExpr::Later(a, b) | DateExpr::Earlier(a, b) => {
            periods_of(a, ids);
            periods_of(b, ids);
        }
        DateExpr::Day(_) | DateExpr::Event(_) | DateExpr::YearStart | DateExpr::YearEnd | DateExpr::Within(..) => {}
    }
}

/// Overrides name another rule of the kind, and lead nowhere in a circle.
fn overrides(check: &mut Check<'_, '_>, given: &Given<'_>) {
    let doc = check.doc;
    for kind in RULES {
        let mut edges: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut over_all = BTreeSet::new();
        for at in doc.of_kind(kind) {
            let Some((_, own)) = doc.text(at, "id") else {
                continue;
            };
            let lists: Vec<usize> = doc.under(at, "over").collect();
            let items = lists.iter().flat_map(|&list| doc.under(list, "over"));
            for item in items {
                let Some(name) = doc.nodes.get(item).and_then(|node| node.value.get_ref().as_str()) else {
                    continue;
                };
                let here = doc.here(item);
                if name == "*" {
                    over_all.insert(own);
                    if given.of(kind).len() < 2 && !given.unsure.contains(kind) {
                        check.error(here, text::overrides_no_other());
                    }
                } else if name == own {
                    check.error(here, text::overrides_itself(name));
                } else if given.has(kind, name).is_some() {
                    edges.entry(own).or_default().insert(name);
                } else if let Some(other) = RULES.into_iter().find(|other| given.has(other, name).is_some()) {
                    check.error(here, text::overrides_other_kind(name, other, kind));
                } else if !given.unsure.contains(kind) && !name.trim().is_empty() {
                    let others: Vec<&str> = given.of(kind).into_iter().filter(|other| *other != own).collect();
                    let near = near::word(name, others.iter().copied());
                    check.error(here, text::overrides_nothing(name, kind, near, others));
                }
            }
        }
        // `*` overrides every other rule; two rules with `*` are told apart by their conditions, which is for the proofs.
        for &own in &over_all {
            let others = given.of(kind).into_iter().filter(|other| !over_all.contains(other));
            edges.entry(own).or_default().extend(others);
        }
        let circles = if given.doubled.contains(kind) { Vec::new() } else { circles(&edges) };
        for circle in circles {
            let Some(at) = circle.first().and_then(|name| given.has(kind, name)) else {
                continue;
            };
            check.error(doc.here(at), text::override_cycle(&circle));
        }
    }
}

/// The circles in a graph, each once, from its least name on.
fn circles<'n>(edges: &BTreeMap<&'n str, BTreeSet<&'n str>>) -> Vec<Vec<&'n str>> {
    let mut found: Vec<Vec<&str>> = Vec::new();
    let mut done: BTreeSet<&str> = BTreeSet::new();
    for &start in edges.keys() {
        if done.contains(start) {
            continue;
        }
        // The shortest way back to the start, breadth first.
        let mut came: BTreeMap<&str, &str> = BTreeMap::new();
        let mut queue = std::collections::VecDeque::from([start]);
        while let Some(here) = queue.pop_front() {
            for &next in edges.get(here).into_iter().flatten() {
                if next == start {
                    let mut circle = vec![here];
                    while let Some(&before) = circle.last().and_then(|last| came.get(last)) {
                        circle.push(before);
                    }
                    circle.reverse();
                    done.extend(&circle);
                    found.push(circle);
                    queue.clear();
                    break;
                }
                if next != start && !came.contains_key(next) {
                    came.insert(next, here);
                    queue.push_back(next);
                }
            }
        }
    }
    found
}

fn unused(check: &mut Check<'_, '_>, given: &Given<'_>) {
    for kind in ["Clause", "Period", "Reading", "Question"] {
        for name in given.of(kind) {
            let used = given.used.get(kind).is_some_and(|used| used.contains(name));
            if let (false, Some(at)) = (used, given.has(kind, name)) {
                check.error(check.doc.here(at), text::unused(kind, name));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::schema::{definition, root};
    use super::*;

    /// The keys that this module knows by name are keys of the model.
    #[test]
    fn keys_are_the_models() {
        let has = |kind: &str, key: &str| definition(kind).is_some_and(|d| d["properties"].get(key).is_some());
        for (kind, key) in GIVEN {
            assert!(has(kind, key), "{kind}.{key}");
        }
        for kind in RULES {
            assert!(has(kind, "over") && has(kind, "clauses"), "{kind}");
        }
        for (kind, key) in [
            ("Window", "period"),
            ("Condition", "way"),
            ("Condition", "reading"),
            ("Condition", "choice"),
            ("Condition", "number"),
            ("Less", "number"),
            ("ReadingOption", "id"),
            ("QuestionChoice", "id"),
            ("Question", "kind"),
        ] {
            assert!(has(kind, key), "{kind}.{key}");
        }
        assert!(root()["properties"].get("overlap_clauses").is_some());
    }

    #[test]
    fn circles_are_found_once() {
        let edges = BTreeMap::from([
            ("a", BTreeSet::from(["b"])),
            ("b", BTreeSet::from(["c"])),
            ("c", BTreeSet::from(["a", "d"])),
            ("d", BTreeSet::new()),
        ]);
        assert_eq!(circles(&edges), [vec!["a", "b", "c"]]);
    }
}
