//! Rules whose own keys do not go together.

use super::check::Check;
use super::text;
use crate::model::{
    Assist, Benefit, Days, Extra, Fee, Gives, Identity, Period, Question, QuestionKind, Reading, Register, Wait, Way,
    WayKind, Window,
};
use std::collections::BTreeSet;

pub(crate) fn check(check: &mut Check<'_, '_>) {
    place(check);
    days(check);
    windows(check);
    waits(check);
    registers(check);
    choices(check);
    clauses(check);
    groups(check);
}

fn place(check: &mut Check<'_, '_>) {
    let codes: Vec<(usize, String)> =
        check.doc.all::<Identity>("Identity").into_iter().map(|(at, identity)| (at, identity.place.code)).collect();
    for (at, code) in codes {
        let fits = code.len() == 6 && code.chars().all(|c| c.is_ascii_digit() || c == 'x');
        if let (false, Some(place)) = (fits, check.doc.under(at, "place").next()) {
            check.error(check.doc.span(place, "code"), text::no_code(&code));
        }
    }
}

fn days(check: &mut Check<'_, '_>) {
    for (at, days) in check.doc.all::<Days>("Days") {
        let here = check.doc.here(at);
        if !(1..=31).contains(&days.first) || !(1..=31).contains(&days.last) {
            check.error(here, text::bad_days());
        } else if days.first > days.last {
            check.error(here, text::inverted_days());
        }
    }
}

fn windows(check: &mut Check<'_, '_>) {
    for (at, window) in check.doc.all::<Window>("Window") {
        let dates = window.from.is_some() || window.to.is_some();
        if window.period.is_some() && (dates || window.days.is_some()) {
            check.error(check.doc.span(at, "period"), text::period_or_dates());
        } else if window.period.is_none() && !dates && window.days.is_none() {
            check.error(check.doc.here(at), text::empty_window());
        }
        if window.before.is_some() && window.from.is_none() && window.period.is_none() {
            check.error(check.doc.span(at, "before"), text::nothing_before());
        }
    }
    for (at, way) in check.doc.all::<Way>("Way") {
        if way.kind == Some(WayKind::NotCovered) && !way.windows.is_empty() {
            check.warn(check.doc.span(at, "windows"), text::windows_not_covered());
        }
    }
}

fn waits(check: &mut Check<'_, '_>) {
    for (at, wait) in check.doc.all::<Wait>("Wait") {
        let doc = check.doc;
        let inner = |outer: &str, key: &str| doc.under(at, outer).next().map_or(doc.here(at), |at| doc.span(at, key));
        if wait.length.is_some_and(|length| length.count == 0) {
            check.error(doc.span(at, "length"), text::no_wait());
        }
        if let Some(growth) = wait.grows {
            match wait.length {
                None => check.error(doc.span(at, "grows"), text::needs_length("grows")),
                Some(length) => {
                    if growth.add.unit != length.unit {
                        check.error(inner("grows", "add"), text::other_unit("add"));
                    }
                    match growth.cap {
                        Some(cap) if cap.unit != length.unit => {
                            check.error(inner("grows", "cap"), text::other_unit("cap"));
                        }
                        Some(cap) if cap.count < length.count => {
                            check.error(inner("grows", "cap"), text::cap_below_length());
                        }
                        _ => {}
                    }
                }
            }
            // Somewhere in the rule's condition it says who was not insured last year.
            let conditioned =
                doc.nodes.iter().enumerate().any(|(found, node)| {
                    node.owner == "Condition" && node.field == "last_year" && doc.is_in(found, at)
                });
            if !conditioned {
                check.warn(doc.span(at, "grows"), text::growth_for_all());
            }
        }
        if let Some(less) = &wait.less {
            if wait.grows.is_none() {
                check.error(doc.span(at, "less"), text::less_without_growth());
            } else if wait.length.is_some_and(|length| length.unit != less.each.unit) {
                check.error(inner("less", "each"), text::other_unit("each"));
            }
        }
    }
}

fn registers(check: &mut Check<'_, '_>) {
    for (at, register) in check.doc.all::<Register>("Register") {
        if register.working_days_min > register.working_days_max {
            check.error(check.doc.span(at, "working_days_min"), text::inverted_working_days());
        }
    }
}

fn choices(check: &mut Check<'_, '_>) {
    for (at, reading) in check.doc.all::<Reading>("Reading") {
        if reading.options.len() < 2 {
            check.error(check.doc.span(at, "options"), text::one_option("options"));
        }
    }
    for (at, question) in check.doc.all::<Question>("Question") {
        match question.kind {
            QuestionKind::Choice(choices) if choices.len() < 2 => {
                check.error(check.doc.span(at, "kind"), text::one_option("choice"));
            }
            QuestionKind::Number(0) => check.error(check.doc.span(at, "kind"), text::number_of_none()),
            _ => {}
        }
    }
}

/// What is shown to residents carries its clause.
fn clauses(check: &mut Check<'_, '_>) {
    let doc = check.doc;
    let mut bare: Vec<(usize, &str)> = Vec::new();
    let mut note = |kind: &'static str, found: Vec<(usize, bool)>| {
        bare.extend(found.into_iter().filter(|(_, without)| *without).map(|(at, _)| (at, kind)));
    };
    note("Period", doc.all::<Period>("Period").iter().map(|(at, r)| (*at, r.clauses.is_empty())).collect());
    note(
        "Fee",
        doc.all::<Fee>("Fee").iter().map(|(at, r)| (*at, r.clauses.is_empty() && r.standard.is_some())).collect(),
    );
    note(
        "Assist",
        doc.all::<Assist>("Assist")
            .iter()
            .map(|(at, r)| (*at, r.clauses.is_empty() && r.gives != Gives::Unstated))
            .collect(),
    );
    note(
        "Benefit",
        doc.all::<Benefit>("Benefit")
            .iter()
            .map(|(at, r)| (*at, r.clauses.is_empty() && (r.from.is_some() || r.to.is_some())))
            .collect(),
    );
    note(
        "Wait",
        doc.all::<Wait>("Wait").iter().map(|(at, r)| (*at, r.clauses.is_empty() && r.length.is_some())).collect(),
    );
    note(
        "Extra",
        doc.all::<Extra>("Extra").iter().map(|(at, r)| (*at, r.clauses.is_empty() && r.amount.is_some())).collect(),
    );
    note("Register", doc.all::<Register>("Register").iter().map(|(at, r)| (*at, r.clauses.is_empty())).collect());
    for (at, kind) in bare {
        check.warn(doc.here(at), text::no_clause(kind));
    }
}

/// Who is assisted is listed, with who confirms it.
fn groups(check: &mut Check<'_, '_>) {
    let doc = check.doc;
    let listed: BTreeSet<&str> =
        doc.of_kind("GroupEntry").filter_map(|at| doc.text(at, "id").map(|(_, id)| id)).collect();
    let mut said = BTreeSet::new();
    for (at, assist) in doc.all::<Assist>("Assist") {
        if assist.gives == Gives::Unstated {
            continue;
        }
        for found in doc.of_kind("Group").filter(|&found| doc.is_in(found, at)) {
            // What is excluded need not be listed.
            let mut around = Some(found);
            let mut excluded = false;
            while let Some(node) = around.and_then(|at| doc.nodes.get(at)) {
                excluded |= node.field == "not";
                around = node.parent;
            }
            let Some(group) = doc.nodes.get(found).and_then(|node| node.value.get_ref().as_str()) else {
                continue;
            };
            if !excluded && !listed.contains(group) && said.insert(group) {
                check.warn(doc.here(found), text::group_not_listed(group));
            }
        }
    }
}
