//! Conditions that say nothing, or never hold, whatever a person answers.

use super::check::Check;
use super::dates::events;
use super::text;
use crate::model::{Age, Count, Event, Range};
use std::collections::BTreeSet;

pub(crate) fn check(check: &mut Check<'_, '_>) {
    empties(check);
    repeats(check);
    ways(check);
    ranges(check);
    counts(check);
    ages(check);
}

fn empties(check: &mut Check<'_, '_>) {
    for (at, node) in check.doc.nodes.iter().enumerate() {
        let empty_array = node.value.get_ref().as_array().is_some_and(|items| items.is_empty());
        let empty_table = node.value.get_ref().as_table().is_some_and(|table| table.is_empty());
        if matches!(node.owner, "Condition" | "Count") {
            if node.kind == "Condition" && empty_table {
                check.error(check.doc.here(at), text::empty_condition(node.field));
            } else if empty_array || (empty_table && node.kind.is_empty()) {
                check.error(check.doc.here(at), text::empty_list(node.key.unwrap_or(node.field)));
            }
        }
    }
}

/// The same word twice in a list of a condition, or of clauses.
fn repeats(check: &mut Check<'_, '_>) {
    let mut seen = BTreeSet::new();
    for (at, node) in check.doc.nodes.iter().enumerate() {
        let listed =
            matches!(node.owner, "Condition" | "Count") || node.field.ends_with("clauses") || node.field == "over";
        let Some(word) = node.value.get_ref().as_str().filter(|_| listed) else {
            continue;
        };
        if !seen.insert((node.parent, node.field, word)) {
            check.warn(check.doc.here(at), text::twice(word));
        }
    }
}

/// Ways are chosen by their conditions, which can therefore not ask which way was chosen.
fn ways(check: &mut Check<'_, '_>) {
    for (at, node) in check.doc.nodes.iter().enumerate() {
        // The key itself, not the values in its list.
        let is_key = node.value.get_ref().as_array().is_some();
        if node.owner == "Condition"
            && matches!(node.field, "way" | "route")
            && is_key
            && check.doc.around(at, &["Way"]).is_some()
        {
            check.error(node.head.clone(), text::way_in_way(node.field));
        }
    }
}

fn ranges(check: &mut Check<'_, '_>) {
    for (at, range) in check.doc.all::<Range>("Range") {
        let here = check.doc.here(at);
        let Some(node) = check.doc.nodes.get(at) else {
            continue;
        };
        let most = if node.field.starts_with("employee_months") { 12 } else { u32::MAX };
        match (range.at_least, range.at_most) {
            (None, None) => check.error(here, text::open_both_sides(node.field, ["at_least", "at_most"])),
            (Some(least), Some(at_most)) if least > at_most => check.error(here, text::inverted_range(node.field)),
            (Some(least), _) if least > most => check.error(here, text::never_so_many(node.field, most)),
            (_, Some(0)) if node.field == "missed_years" => check.error(here, text::never_zero(node.field)),
            _ => {}
        }
    }
}

fn counts(check: &mut Check<'_, '_>) {
    for (at, count) in check.doc.all::<Count>("Count") {
        let here = check.doc.here(at);
        let size = u32::try_from(count.of.len()).unwrap_or(u32::MAX);
        match (count.at_least, count.at_most) {
            _ if count.of.is_empty() => {}
            (None, None) => check.error(here, text::open_both_sides("count", ["at_least", "at_most"])),
            (Some(least), Some(most)) if least > most => check.error(here, text::inverted_range("count")),
            (Some(0), None) => check.error(here, text::always("count")),
            (Some(least), _) if least > size => check.error(here, text::never_so_many("count", size)),
            _ => {}
        }
    }
}

fn ages(check: &mut Check<'_, '_>) {
    for (at, age) in check.doc.all::<Age>("Age") {
        match (age.at_least, age.under) {
            (None, None) => check.error(check.doc.here(at), text::open_both_sides("age", ["at_least", "under"])),
            (Some(least), Some(under)) if under <= least => check.error(check.doc.here(at), text::inverted_age()),
            _ => {}
        }
        if let Some(event) = events(&age.on).into_iter().find(|event| *event != Event::Payment) {
            check.error(check.doc.span(at, "on"), text::age_on_event(event.as_str()));
        }
    }
}
