//! What must hold of every answer, on the five real notices.
//!
//! Golden cases say what comes out for chosen people; these say what can never happen to anyone. What is unknown is
//! never guessed (so knowing more can only narrow), nothing is asked in vain, the order of rules means nothing, and the
//! money adds up. A property that fails is shown by the smallest request that breaks it.
//!
//! `CANBAO_TIMES=20 cargo test --release -p canbao-engine --test properties` tries twenty times as many persons.

mod common;

use canbao_engine::contract::{EarliestSafe, FeeSum, Kind, Outcome, Response, Today, When};
use canbao_engine::{Answers, Program, evaluate};
use canbao_policy::model::{LastYear, Left, Yuan};
use chrono::NaiveDate;
use common::{Rng, World, clear, copy, given, request, worlds};
use std::collections::BTreeMap;

type Broken = Result<(), String>;

/// So many failures of a property are shown, smallest requests first.
const SHOWN: usize = 12;

/// The response, or `None` where nobody can have answered so.
fn ask(world: &World, on: NaiveDate, answers: &Answers) -> Option<Response> {
    match evaluate(&world.program, on, answers) {
        Ok(response) => {
            let next = canbao_engine::ask(&world.program, on, answers);
            assert_eq!(next.as_ref(), Ok(&response.ask), "{}", request(world, on, answers));
            Some(response)
        }
        Err(error) => {
            assert_ne!(error.code, "bad_notice", "{}: {}", request(world, on, answers), error.message);
            None
        }
    }
}

/// A property of a person and some of the answers.
type Property = fn(&World, NaiveDate, &Answers, &Answers) -> Broken;

/// Tries a property on so many random persons of every notice.
fn hold(seed: u64, persons: usize, property: Property) {
    let times: usize = std::env::var("CANBAO_TIMES").ok().and_then(|times| times.parse().ok()).unwrap_or(1);
    let mut failures: BTreeMap<String, String> = BTreeMap::new();
    let mut broken = 0;
    for world in worlds() {
        let mut rng = Rng::new(seed ^ u64::try_from(world.year()).unwrap_or(0));
        for _ in 0..persons * times {
            let on = world.day(&mut rng);
            let full = world.person(&mut rng, on);
            let part = world.part(&mut rng, &full);
            if let Err(why) = property(world, on, &full, &part) {
                broken += 1;
                let kind = why.lines().next().unwrap_or_default().to_owned();
                if failures.len() < SHOWN && !failures.contains_key(&format!("{}: {kind}", world.id)) {
                    failures.insert(format!("{}: {kind}", world.id), smallest(world, on, full, part, property));
                }
            }
        }
    }
    let shown: Vec<String> = failures.into_values().collect();
    assert!(broken == 0, "{broken} persons break it, of them:\n\n{}", shown.join("\n\n"));
}

/// Takes away answers as long as the property stays broken.
fn smallest(world: &World, on: NaiveDate, full: Answers, part: Answers, property: Property) -> String {
    let (mut full, mut part) = (full, part);
    let mut shrunk = true;
    while shrunk {
        shrunk = false;
        for key in world.keys() {
            let mut less = (full.clone(), part.clone());
            clear(&mut less.0, key);
            clear(&mut less.1, key);
            let mut less_known = (full.clone(), part.clone());
            clear(&mut less_known.1, key);
            for (f, p) in [less, less_known] {
                if (&f, &p) != (&full, &part) && property(world, on, &f, &p).is_err() {
                    (full, part) = (f, p);
                    shrunk = true;
                    break;
                }
            }
        }
    }
    let why = property(world, on, &full, &part).expect_err("still broken");
    format!("{why}\n  knowing {}\n  of      {}", request(world, on, &part), request(world, on, &full))
}

/// Whether a day of the one who knows more is not before the bound of the one who knows less. A day not given is later
/// than any.
fn from(less: Option<NaiveDate>, more: Option<NaiveDate>) -> bool {
    match (less, more) {
        (Some(less), Some(more)) => less <= more,
        (None, Some(_)) => false,
        (_, None) => true,
    }
}

/// Whether a day of the one who knows more is not after the bound of the one who knows less.
fn to(less: Option<NaiveDate>, more: Option<NaiveDate>) -> bool {
    less.is_none() || more.is_some_and(|more| less.is_some_and(|less| more <= less))
}

fn within(less: EarliestSafe, more: EarliestSafe) -> bool {
    from(less.earliest, more.earliest) && to(less.safe, more.safe)
}

/// In which fields an outcome is not contained in one of those who know less; empty: contained.
fn outside(more: &Outcome, less: &Outcome) -> Vec<&'static str> {
    let mut fields = Vec::new();
    let mut look = |name: &'static str, holds: bool| {
        if !holds {
            fields.push(name);
        }
    };
    look("kind", more.kind == less.kind);
    look("route", more.route == less.route);
    look("fee", more.fee == less.fee);
    look("extras", more.extras == less.extras);
    look("unstated", more.unstated == less.unstated);
    look("today", more.today == less.today);
    look("opens", less.opens.is_none() || less.opens == more.opens);
    look("cites", more.cites.iter().all(|label| less.cites.contains(label)));
    look(
        "deadline",
        match (more.deadline, less.deadline) {
            (None, None) => true,
            (Some(more), Some(less)) => {
                more.action == less.action && from(less.safe, more.safe) && to(less.latest, more.latest)
            }
            _ => false,
        },
    );
    look(
        "register_by",
        match (more.register_by, less.register_by) {
            (None, None) => true,
            (Some(more), Some(less)) => from(less.safe, more.safe) && to(less.latest, more.latest),
            _ => false,
        },
    );
    look(
        "benefit",
        match (&more.benefit, &less.benefit) {
            (None, None) => true,
            (Some(more), Some(less)) => {
                more.level == less.level && (less.to.is_none() || less.to == more.to) && within(less.from, more.from)
            }
            _ => false,
        },
    );
    look(
        "wait",
        match (&more.wait, &less.wait) {
            (None, None) => true,
            (Some(more), Some(less)) => {
                length(&more.length, &less.length, less.ends.safe) && within(less.ends, more.ends)
            }
            _ => false,
        },
    );
    let covered = |&(start, end): &(Option<NaiveDate>, Option<NaiveDate>)| {
        less.periods.iter().any(|&(s, e)| (s.is_none() || start.is_some() && s <= start) && to(e, end))
    };
    look("periods", more.periods.iter().all(covered));
    fields
}

/// The same length; or, where it still depends on a number that is not known (its end is not given), the shortest.
fn length(more: &str, less: &str, ends: Option<NaiveDate>) -> bool {
    let count = |text: &str| text.trim_matches(|c: char| !c.is_ascii_digit()).parse::<u32>().unwrap_or(0);
    more == less || (ends.is_none() && more.chars().last() == less.chars().last() && count(more) >= count(less))
}

/// Every outcome of the one who knows more is contained in one of the one who knows less.
fn contained(more: &Response, less: &Response) -> Broken {
    for outcome in &more.outcomes {
        let closest = less.outcomes.iter().map(|o| (outside(outcome, o), o)).min_by_key(|(fields, _)| fields.len());
        match closest {
            Some((fields, _)) if fields.is_empty() => {}
            Some((fields, near)) => {
                let text = |o: &Outcome| serde_json::to_string(o).unwrap_or_default();
                return Err(format!(
                    "not contained, by {}\n  {}\n  nearest {}",
                    fields.join(", "),
                    text(outcome),
                    text(near)
                ));
            }
            None => return Err("no outcomes".into()),
        }
    }
    Ok(())
}

#[test]
fn knowing_less_keeps_every_outcome() {
    hold(1, 1500, |world, on, full, part| {
        let (Some(more), Some(less)) = (ask(world, on, full), ask(world, on, part)) else { return Ok(()) };
        sound(on, &more)?;
        sound(on, &less)?;
        contained(&more, &less)
    });
}

/// An answer at random that nobody contradicts, or none.
fn try_answer(world: &World, rng: &mut Rng, on: NaiveDate, part: &Answers, key: &str) -> Option<(Answers, Response)> {
    let mut more = part.clone();
    world.answer(rng, on, key, &mut more);
    let response = ask(world, on, &more)?;
    Some((more, response))
}

/// Whatever is asked: the same answers for the same request, so that a failure can be made smaller.
fn rng_for(answers: &Answers, key: &str) -> Rng {
    let text = serde_json::to_string(answers).unwrap_or_default();
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
    Rng::new(text.bytes().chain(key.bytes()).fold(0xcbf2_9ce4_8422_2325, mix))
}

#[test]
fn an_answer_never_adds_outcomes() {
    hold(2, 220, |world, on, _, part| {
        let Some(less) = ask(world, on, part) else { return Ok(()) };
        for key in &less.ask {
            if given(part, key) {
                return Err(format!("`{key}` is asked though it is answered"));
            }
            let mut rng = rng_for(part, key);
            for _ in 0..2 {
                let Some((more, response)) = try_answer(world, &mut rng, on, part, key) else { continue };
                contained(&response, &less).map_err(|why| format!("{why}\n  after   {}", request(world, on, &more)))?;
            }
        }
        Ok(())
    });
}

/// An outcome without what does not distinguish it.
fn bare(outcome: &Outcome) -> String {
    let outcome = Outcome { when: Vec::new(), notes: Vec::new(), channels: Vec::new(), ..outcome.clone() };
    serde_json::to_string(&outcome).unwrap_or_default()
}

fn bare_set(response: &Response) -> Vec<String> {
    let mut all: Vec<String> = response.outcomes.iter().map(bare).collect();
    all.sort();
    all
}

/// Whether an answer can be contradicted by another one that is still open.
///
/// Who left employee insurance is no newborn: learning it rules out what holds for newborns only, and yet it decides
/// nothing that the date of birth will not. Such a question is not asked.
fn tied(answers: &Answers, key: &str) -> bool {
    let others: &[&str] = match key {
        "other_plan" => &["left", "birth_date"],
        "left" => &["other_plan", "birth_date"],
        "last_year" | "employee_months" | "employee_months_last_year" | "employee_two_years" => &["birth_date"],
        "birth_date" => {
            &["other_plan", "left", "last_year", "employee_months", "employee_months_last_year", "employee_two_years"]
        }
        _ => &[],
    };
    others.iter().any(|other| !given(answers, other))
}

fn gated(answers: &Answers, key: &str) -> bool {
    (key == "left_on" && matches!(answers.left, None | Some(Left::None)))
        || (key == "missed_years" && answers.last_year != Some(LastYear::None))
}

/// As [`bare_set`], without how long a wait is that buys no cover in this year: years are not asked for to tell a wait
/// of eight months from one of nine where both outlast the year ([`WaitSpan::length`] is then the shortest).
///
/// [`WaitSpan::length`]: canbao_engine::contract::WaitSpan::length
fn bare_set_but_long_waits(response: &Response) -> Vec<String> {
    let mut response = response.clone();
    for outcome in &mut response.outcomes {
        if outcome.benefit.is_none()
            && let Some(wait) = &mut outcome.wait
        {
            wait.length.clear();
            wait.ends = EarliestSafe { earliest: None, safe: None };
        }
    }
    let mut all = bare_set(&response);
    all.dedup();
    all
}

/// Whether everything is answered. Persons are complete, but making a failure smaller takes answers from them.
fn complete(world: &World, full: &Answers) -> bool {
    world.keys().iter().all(|key| gated(full, key) || given(full, key))
}

#[test]
fn what_is_not_asked_changes_nothing() {
    hold(3, 180, |world, on, full, part| {
        let (Some(less), Some(all)) = (ask(world, on, part), ask(world, on, full)) else { return Ok(()) };
        for key in world.keys() {
            let set = if key == "missed_years" { bare_set_but_long_waits } else { bare_set };
            let (before, of_all) = (set(&less), set(&all));
            if gated(part, key) || given(part, key) || less.ask.iter().any(|asked| asked == key) {
                continue;
            }
            let mut rng = rng_for(part, key);
            let fail = |what: &str, before: &[String], after: &[String], by: &Answers| {
                let only = |these: &[String], those: &[String]| {
                    let lines: Vec<&str> = these.iter().filter(|o| !those.contains(o)).map(String::as_str).collect();
                    lines.join("\n         ")
                };
                Err(format!(
                    "`{key}` is not asked but {what}\n  gone   {}\n  come   {}\n  by     {}",
                    only(before, after),
                    only(after, before),
                    request(world, on, by)
                ))
            };
            if let Some((more, response)) = try_answer(world, &mut rng, on, part, key) {
                let after = set(&response);
                if after != before && !tied(part, key) {
                    return fail("changes the outcomes", &before, &after, &more);
                }
                if after.iter().any(|outcome| !before.contains(outcome)) {
                    return fail("adds outcomes", &before, &after, &more);
                }
            }
            // Nobody's own outcome depends on it: another answer of a person who has given all of them.
            if complete(world, full)
                && !gated(full, key)
                && let Some((other, response)) = try_answer(world, &mut rng, on, full, key)
            {
                let after = set(&response);
                if after != of_all {
                    return fail("decides for somebody", &of_all, &after, &other);
                }
            }
        }
        Ok(())
    });
}

/// A response without any order of its own.
fn unordered(response: &Response) -> String {
    let mut outcomes: Vec<String> = Vec::new();
    for outcome in &response.outcomes {
        let mut o = outcome.clone();
        o.extras.sort_by(|a, b| a.id.cmp(&b.id));
        o.channels.sort();
        o.cites.sort();
        o.unstated.sort();
        o.notes.sort();
        o.when.sort_by_key(|when| serde_json::to_string(when).unwrap_or_default());
        if let Some(FeeSum { assisted_by: Some(by), .. }) = &mut o.fee {
            let mut names: Vec<&str> = by.split('、').collect();
            names.sort_unstable();
            *by = names.join("、");
        }
        outcomes.push(serde_json::to_string(&o).unwrap_or_default());
    }
    outcomes.sort();
    let mut asked = response.ask.clone();
    asked.sort();
    format!("settled {} ask {}\n  {}", response.settled, asked.join(" "), outcomes.join("\n  "))
}

#[test]
fn the_order_of_rules_means_nothing() {
    let mut failures = Vec::new();
    for world in worlds() {
        for round in 0..4u64 {
            let mut rng = Rng::new(0x0de5 + round);
            let mut notice = world.notice.clone();
            rng.shuffle(&mut notice.periods);
            rng.shuffle(&mut notice.readings);
            rng.shuffle(&mut notice.questions);
            rng.shuffle(&mut notice.groups);
            rng.shuffle(&mut notice.ways);
            for way in &mut notice.ways {
                rng.shuffle(&mut way.windows);
            }
            rng.shuffle(&mut notice.fees);
            rng.shuffle(&mut notice.assists);
            rng.shuffle(&mut notice.benefits);
            rng.shuffle(&mut notice.waits);
            rng.shuffle(&mut notice.extras);
            rng.shuffle(&mut notice.registers);
            rng.shuffle(&mut notice.notes);
            rng.shuffle(&mut notice.channels);
            let program = Program::new(notice).expect("a notice in another order is sound");
            for _ in 0..80 {
                let on = world.day(&mut rng);
                let full = world.person(&mut rng, on);
                let part = world.part(&mut rng, &full);
                for answers in [full, part] {
                    let same = evaluate(&world.program, on, &answers).map(|r| unordered(&r));
                    let other = evaluate(&program, on, &answers).map(|r| unordered(&r));
                    if same != other {
                        let text = |r: Result<String, _>| r.unwrap_or_else(|e: canbao_engine::RequestError| e.message);
                        failures.push(format!("{}\n{}\nor\n{}", request(world, on, &answers), text(same), text(other)));
                    }
                }
            }
        }
    }
    failures.sort_by_key(String::len);
    assert!(
        failures.is_empty(),
        "{} differ, such as\n{}",
        failures.len(),
        failures[..failures.len().min(4)].join("\n\n")
    );
}

/// Everything that holds of a single response.
fn sound(on: NaiveDate, response: &Response) -> Broken {
    let fail = |what: &str, outcome: &Outcome| {
        Err(format!("{what}\n  {}", serde_json::to_string(outcome).unwrap_or_default()))
    };
    if response.outcomes.is_empty() {
        return Err("no outcome".into());
    }
    if response.settled != (response.outcomes.len() == 1 && response.ask.is_empty()) {
        return Err("settled is not one outcome and nothing to ask".into());
    }
    let mut sets = bare_set(response);
    sets.dedup();
    if sets.len() != response.outcomes.len() {
        return Err("an outcome comes twice".into());
    }
    for o in &response.outcomes {
        if let Some(fee) = &o.fee {
            let all = [fee.payable, fee.assistance, fee.waived, fee.standard, fee.fiscal];
            if fee.payable.0 + fee.assistance.0 + fee.waived.0 != fee.standard.0 + fee.fiscal.0 {
                return fail("the amounts do not add up", o);
            }
            if all.iter().any(|&amount| amount < Yuan::ZERO) {
                return fail("an amount is negative", o);
            }
            if (o.kind == Kind::Free) != (fee.payable == Yuan::ZERO) && matches!(o.kind, Kind::Free | Kind::Pay) {
                return fail("free is not nothing to pay", o);
            }
        }
        if matches!(o.kind, Kind::Pay | Kind::Free) && o.fee.is_none() {
            return fail("no amount", o);
        }
        let ordered = |a: Option<NaiveDate>, b: Option<NaiveDate>| a.is_none() || b.is_none() || a <= b;
        if o.deadline.is_some_and(|d| !ordered(d.safe, d.latest)) {
            return fail("the safe deadline is after the latest", o);
        }
        if o.register_by.is_some_and(|d| !ordered(d.safe, d.latest)) {
            return fail("the safe day of registration is after the latest", o);
        }
        if o.benefit.as_ref().is_some_and(|b| !ordered(b.from.earliest, b.from.safe) || !ordered(b.from.earliest, b.to))
        {
            return fail("cover begins in no order", o);
        }
        if o.wait.as_ref().is_some_and(|w| !ordered(w.ends.earliest, w.ends.safe)) {
            return fail("the wait ends in no order", o);
        }
        if o.opens.is_some_and(|opens| opens <= on || o.today != Today::Closed) {
            return fail("opens, but not later", o);
        }
        let each = o.periods.iter().all(|&(a, b)| ordered(a, b) && a.is_none_or(|a| a >= on));
        let next = o.periods.windows(2).all(|w| matches!((w[0].1, w[1].0), (Some(end), Some(start)) if end < start));
        if !each || !next {
            return fail("periods in no order", o);
        }
        let starts = o.periods.first().map(|p| p.0);
        if matches!(o.today, Today::Open | Today::Disputed) && starts.is_some_and(|first| first != Some(on)) {
            return fail("open, but not from today", o);
        }
        if o.today == Today::Closed && starts == Some(Some(on)) {
            return fail("closed, but payable today", o);
        }
    }
    Ok(())
}

/// Whether only open readings are left. `when` is a list of things that all hold: an outcome under "not both of these
/// readings" cannot say so and rests on nothing, but another one then names them.
fn readings_alone(response: &Response) -> bool {
    let mut all = response.outcomes.iter().flat_map(|outcome| &outcome.when).peekable();
    all.peek().is_some() && all.all(|when| matches!(when, When::Reading { .. }))
}

#[test]
fn everything_answered_leaves_readings_alone() {
    hold(5, 2000, |world, on, full, _| {
        if !complete(world, full) {
            return Ok(());
        }
        let response = ask(world, on, full).ok_or("a person without contradictions has no outcome")?;
        if !response.ask.is_empty() {
            return Err(format!("everything is answered, and still asked: {}", response.ask.join(", ")));
        }
        if response.outcomes.len() > 1 && !readings_alone(&response) {
            return Err("several outcomes that do not rest on readings".into());
        }
        if response.outcomes.len() == 1 && response.outcomes[0].when.iter().any(|w| matches!(w, When::Answer { .. })) {
            return Err("the one outcome rests on an answer".into());
        }
        Ok(())
    });
}

#[test]
fn questions_come_to_an_end() {
    hold(6, 80, |world, on, full, part| {
        let mut known = part.clone();
        let mut asked: Vec<String> = Vec::new();
        loop {
            let Some(response) = ask(world, on, &known) else { return Err("contradiction on the way".into()) };
            let Some(key) = response.ask.first() else {
                if !response.settled && !readings_alone(&response) {
                    return Err(format!("asked {}: nothing more to ask, nothing settled", asked.join(", ")));
                }
                return Ok(());
            };
            if !given(full, key) {
                // Only while minimising.
                return Ok(());
            }
            if given(&known, key) || asked.len() == 16 {
                return Err(format!("asked {}, then `{key}`", asked.join(", ")));
            }
            copy(&mut known, full, key);
            asked.push(key.clone());
        }
    });
}
