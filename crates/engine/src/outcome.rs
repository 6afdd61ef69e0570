//! From a decision to an outcome, and two outcomes that differ only in dates to one.

use crate::contract::{
    BenefitSpan, Deadline, EarliestSafe, ExtraPremium, FeeSum, Kind, Outcome, SafeLatest, Today, WaitSpan,
};
use crate::dates::{Counting, Day, Events, add, calendar, last_payable, next_payable, working_days_before};
use crate::decide::{Case, Decision, Place, Status, WaitChoice};
use crate::diagram::{Mix, Ref};
use canbao_policy::model::{
    Action, Basis, ChannelId, Event, FirstDay, Required, Span, SpanUnit, Unstated, WayKind, Yuan,
};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::hash::{Hash, Hasher};

/// A stretch of days; an end not stated is `None`.
type Stretch = (Option<Day>, Option<Day>);

/// What the windows of a way come to.
struct Timing {
    today: Today,
    opens: Option<Day>,
    safe: Option<Day>,
    latest: Option<Day>,
    periods: Vec<Stretch>,
}

fn date(day: Option<Day>) -> Option<NaiveDate> {
    day.and_then(calendar)
}

/// The payable days from one day to another, month by month.
fn payable_stretches(from: Day, to: Option<Day>, case: &Case, days: Option<canbao_policy::model::Days>) -> Vec<Stretch> {
    if days.is_none() {
        return vec![(Some(from), to)];
    }
    let end = to.unwrap_or(case.program.year_end);
    let mut stretches = Vec::new();
    let mut at = from;
    while let Some(first) = next_payable(at, days)
        && first <= end
    {
        // The last payable day before the next month's first one.
        let next_month = calendar(first)
            .and_then(|d| chrono::Datelike::with_day(&d, 1))
            .and_then(|d| d.checked_add_months(chrono::Months::new(1)))
            .map(crate::dates::number);
        let Some(next_month) = next_month else { break };
        let last = last_payable(next_month - 1, days).unwrap_or(first).min(end);
        stretches.push((Some(first), Some(last)));
        at = next_month;
    }
    stretches
}

/// Joins stretches that touch or overlap.
fn join(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    stretches.sort_by_key(|s| (s.0.unwrap_or(Day::MIN), s.1.unwrap_or(Day::MAX)));
    let mut joined: Vec<Stretch> = Vec::new();
    for next in stretches {
        match joined.last_mut() {
            Some(last) if last.1.is_none_or(|end| next.0.is_none_or(|start| start <= end.saturating_add(1))) => {
                last.1 = match (last.1, next.1) {
                    (Some(a), Some(b)) => Some(a.max(b)),
                    _ => None,
                };
            }
            _ => joined.push(next),
        }
    }
    joined
}

fn timing(case: &Case, decision: &Decision, events: Events) -> Timing {
    let way = &case.program.ways[decision.way];
    let mut timing = Timing { today: Today::Closed, opens: None, safe: None, latest: None, periods: Vec::new() };
    let (mut endless, mut open, mut unstated) = (false, false, false);
    for (at, window) in way.windows.iter().enumerate() {
        let status = decision.status(at);
        if status == Status::Dead {
            continue;
        }
        open |= status == Status::Open;
        unstated |= status == Status::FutureUnstated;
        let from = window.from.as_ref().and_then(|from| from.eval(events, Counting::Wide));
        let start = from.map_or(case.on, |from| from.max(case.on));
        let end = |counting| window.to.as_ref().and_then(|to| to.eval(events, counting));
        if window.to.is_none() {
            endless = true;
        }
        let last = |counting| {
            let day = last_payable(end(counting)?, window.days)?;
            from.is_none_or(|from| day >= from).then_some(day)
        };
        let latest = last(Counting::Wide);
        timing.latest = timing.latest.max(latest);
        timing.safe = timing.safe.max(last(Counting::Strict).or(latest));
        if matches!(status, Status::LaterDay | Status::Future) {
            let next = next_payable(start, window.days).filter(|&day| day <= case.program.year_end);
            timing.opens = match (timing.opens, next) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
        }
        timing.periods.extend(payable_stretches(start, end(Counting::Wide), case, window.days));
    }
    if endless {
        (timing.safe, timing.latest) = (None, None);
    }
    timing.periods = join(timing.periods);
    if open {
        (timing.today, timing.opens) = (Today::Open, None);
    } else if unstated {
        (timing.today, timing.opens) = (Today::Unstated, None);
    }
    timing
}

fn iso(span: Span) -> String {
    match span.unit {
        SpanUnit::Days => format!("P{}D", span.count),
        SpanUnit::Months => format!("P{}M", span.count),
    }
}

/// The last days without cover, under the earlier and the later reading.
fn wait_ends(case: &Case, choice: WaitChoice, payment: Day, events: Events) -> (Span, Option<Day>, Option<Day>) {
    let rule = &case.program.waits[choice.rule].1;
    let unit = rule.length.map_or(SpanUnit::Days, |span| span.unit);
    let span = Span { count: choice.length, unit };
    let Some(start) = rule.from.eval(events.with(Event::Payment, payment), Counting::Wide) else {
        return (span, None, None);
    };
    let mut counted_from_event = false;
    // A fixed first of a month has one end only; the day of an event may count or not.
    if matches!(rule.from, crate::dates::Expr::Event(_)) {
        counted_from_event = true;
    }
    let first = add(start, span);
    let (early, late) = match (rule.first_day, counted_from_event) {
        (Some(FirstDay::Counted), _) | (None, false) => (0, 0),
        (Some(FirstDay::NotCounted), _) => (1, 1),
        (None, true) => (0, 1),
    };
    let end = |more: Day| first.map(|day| day - 1 + more);
    (span, end(early), if choice.more { None } else { end(late) })
}

fn fee_sum(case: &Case, decision: &Decision) -> Option<FeeSum> {
    let choice = decision.fee.as_ref()?;
    let notice = &case.program.notice;
    let rule = &notice.fees[choice.fee];
    let standard = rule.standard?.0;
    let fiscal = rule.fiscal.unwrap_or_default().0;
    let sum = standard + fiscal;
    let waived = match rule.waived {
        None => Decimal::ZERO,
        Some(canbao_policy::model::Waived::All) => sum,
        Some(canbao_policy::model::Waived::Amount(amount)) => amount.0.min(sum),
    };
    let mut by: Vec<&str> = Vec::new();
    for assist in taken(case, decision) {
        if let Some(name) = notice.assists[assist].by.as_deref()
            && !by.contains(&name)
        {
            by.push(name);
        }
    }
    Some(FeeSum {
        payable: Yuan(choice.payable),
        standard: Yuan(standard),
        assistance: Yuan(sum - waived - choice.payable),
        waived: Yuan(waived),
        fiscal: Yuan(fiscal),
        basis: rule.basis.unwrap_or(Basis::Stated),
        assisted_by: (!by.is_empty()).then(|| by.join("、")),
    })
}

/// The assistance rules taken.
fn taken<'c>(case: &'c Case, decision: &'c Decision) -> impl Iterator<Item = usize> + 'c {
    let bits = decision.fee.as_ref().map_or(0, |fee| fee.taken);
    (0..case.program.assists.len()).filter(move |at| bits >> at & 1 == 1)
}

fn cites(case: &Case, decision: &Decision) -> Vec<String> {
    let program = case.program;
    let way = &program.ways[decision.way];
    let mut all: Vec<u16> = way.head.cites.clone();
    for (at, window) in way.windows.iter().enumerate() {
        if decision.status(at) != Status::Dead {
            all.extend(&window.cites);
        }
    }
    if let Some(fee) = &decision.fee {
        all.extend(&program.fees[fee.fee].cites);
    }
    for assist in taken(case, decision) {
        all.extend(&program.assists[assist].cites);
    }
    all.extend(decision.benefit.iter().flat_map(|&at| &program.benefits[at].0.cites));
    all.extend(decision.wait.iter().flat_map(|wait| &program.waits[wait.rule].0.cites));
    all.extend(decision.register.iter().flat_map(|&at| &program.registers[at].cites));
    all.extend(decision.extras.iter().flat_map(|&at| &program.extras[at].cites));
    all.sort_unstable();
    all.dedup();
    all.iter().filter_map(|&at| program.notice.clauses.get(usize::from(at))).map(|c| c.label.clone()).collect()
}

fn notes(case: &mut Case, decision: &Decision) -> Vec<String> {
    let program = case.program;
    let notice = &program.notice;
    let place = Place { way: Some(decision.way), payment: decision.payment };
    let mut notes: Vec<String> = notice.ways[decision.way].notes.clone();
    if let Some(fee) = &decision.fee {
        notes.extend_from_slice(&notice.fees[fee.fee].notes);
    }
    for assist in taken(case, decision) {
        notes.extend_from_slice(&notice.assists[assist].notes);
    }
    notes.extend(decision.benefit.iter().flat_map(|&at| notice.benefits[at].notes.iter().cloned()));
    notes.extend(decision.wait.iter().flat_map(|wait| notice.waits[wait.rule].notes.iter().cloned()));
    for (test, note) in program.notes.iter().zip(&notice.notes) {
        if case.test(test, place) == Ref::TRUE {
            notes.push(note.text.clone());
        }
    }
    notes.dedup();
    notes
}

fn channels(case: &mut Case, decision: &Decision) -> Vec<ChannelId> {
    let program = case.program;
    let place = Place { way: Some(decision.way), payment: decision.payment };
    let mut ids: Vec<ChannelId> = Vec::new();
    for (test, channel) in program.channels.iter().zip(&program.notice.channels) {
        if !ids.contains(&channel.id) && case.test(test, place) == Ref::TRUE {
            ids.push(channel.id);
        }
    }
    ids
}

/// The outcome of a decision, with the days of events as given.
#[allow(clippy::too_many_lines, reason = "one step for each field of the outcome, in the contract's order")]
pub(crate) fn outcome(case: &mut Case, decision: &Decision, events: Events) -> Outcome {
    let program = case.program;
    let notice = &program.notice;
    let way = &program.ways[decision.way];
    let year_end = program.year_end;
    let fee = fee_sum(case, decision);
    let kind = match (way.kind, &fee) {
        (WayKind::NotCovered, _) => Kind::NotCovered,
        (WayKind::Unstated, _) | (WayKind::Cover, None) => Kind::Unstated,
        (WayKind::Cover, Some(fee)) if fee.payable == Yuan::ZERO => Kind::Free,
        (WayKind::Cover, Some(_)) => Kind::Pay,
    };
    let free_to_act = kind == Kind::Free && way.action == Action::Pay;
    let timing = if way.windows.is_empty() || free_to_act {
        let (today, periods) = match kind {
            Kind::NotCovered => (Today::Closed, Vec::new()),
            Kind::Free => (Today::NotNeeded, Vec::new()),
            Kind::Unstated => (Today::Unstated, Vec::new()),
            Kind::Pay => (Today::Open, vec![(Some(case.on), None)]),
        };
        Timing { today, opens: None, safe: None, latest: None, periods }
    } else {
        timing(case, decision, events)
    };
    let deadline = timing.latest.is_some().then(|| Deadline {
        action: way.action,
        safe: date(timing.safe),
        latest: date(timing.latest),
    });
    let mut unstated: Vec<Unstated> = notice.ways[decision.way].unstated.clone();
    if kind == Kind::Unstated && fee.is_none() {
        unstated.push(Unstated::Fee);
    }
    if let Some(choice) = &decision.fee {
        unstated.extend_from_slice(&notice.fees[choice.fee].unstated);
        if choice.unstated {
            unstated.push(Unstated::Assistance);
        }
    }

    let waiting = decision.wait.map(|choice| wait_ends(case, choice, decision.payment, events));
    let wait = waiting.map(|(span, earliest, safe)| WaitSpan {
        length: iso(span),
        ends: EarliestSafe { earliest: date(earliest), safe: date(safe) },
    });
    let mut benefit = None;
    if kind != Kind::NotCovered {
        let events = events.with(Event::Payment, decision.payment);
        let rule = decision.benefit.map(|at| &program.benefits[at].1);
        let from = rule.and_then(|rule| rule.from.as_ref());
        let from_safe = rule.and_then(|rule| rule.from_safe.as_ref()).or(from);
        let after_wait = |end: Option<Day>| end.map(|day| day + 1);
        let mut earliest = from.and_then(|expr| expr.eval(events, Counting::Wide).min(expr.eval(events, Counting::Strict)));
        let mut safe = from_safe.and_then(|expr| expr.eval(events, Counting::Wide).max(expr.eval(events, Counting::Strict)));
        let mut none_left = false;
        if let Some((_, wait_earliest, wait_safe)) = waiting {
            earliest = earliest.max(after_wait(wait_earliest));
            safe = if wait_safe.is_some() { safe.max(after_wait(wait_safe)) } else { None };
            none_left = earliest.is_none_or(|day| day > year_end);
        } else if from.is_none() {
            unstated.push(Unstated::BenefitFrom);
        }
        let to = rule.and_then(|rule| rule.to.as_ref());
        if to.is_none() {
            unstated.push(Unstated::BenefitTo);
        }
        if !none_left {
            let in_year = |day: Option<Day>| date(day.filter(|&day| day <= year_end));
            benefit = Some(BenefitSpan {
                from: EarliestSafe { earliest: in_year(earliest), safe: in_year(safe) },
                to: date(to.and_then(|expr| expr.eval(events, Counting::Wide))),
                level: decision.benefit.and_then(|at| notice.benefits[at].level.clone()),
            });
        }
    }
    let register_by = decision.register.filter(|_| kind == Kind::Pay).and_then(|at| {
        let rule = &notice.registers[at];
        let before = |day: Option<Day>, count| date(day.map(|day| working_days_before(day, count)));
        timing.latest.is_some().then(|| SafeLatest {
            safe: before(timing.safe, rule.working_days_max),
            latest: before(timing.latest, rule.working_days_min),
        })
    });
    let extras = decision
        .extras
        .iter()
        .filter_map(|&at| {
            let extra = &notice.extras[at];
            Some(ExtraPremium {
                id: extra.premium.clone().unwrap_or_else(|| extra.id.clone()),
                label: extra.label.clone(),
                amount: extra.amount?,
                required: match extra.required {
                    Required::Yes => Some(true),
                    Required::No => Some(false),
                    Required::Unstated => None,
                },
            })
        })
        .collect();
    unstated.sort_unstable();
    unstated.dedup();
    let payable_somewhere = kind == Kind::Pay || (kind == Kind::Unstated && !timing.periods.is_empty());
    let channels = if payable_somewhere { channels(case, decision) } else { Vec::new() };
    Outcome {
        kind,
        route: way.route,
        when: Vec::new(),
        fee,
        extras,
        register_by,
        deadline,
        today: timing.today,
        opens: date(timing.opens),
        periods: timing.periods.into_iter().map(|(from, to)| (date(from), date(to))).collect(),
        benefit,
        wait,
        channels,
        cites: cites(case, decision),
        unstated,
        notes: notes(case, decision),
    }
}

fn alike(a: &Outcome, b: &Outcome) -> bool {
    a.kind == b.kind
        && a.route == b.route
        && a.fee == b.fee
        && a.extras == b.extras
        && a.register_by.is_some() == b.register_by.is_some()
        && a.deadline.map(|d| d.action) == b.deadline.map(|d| d.action)
        && a.today == b.today
        && a.opens == b.opens
        && a.benefit.as_ref().map(|x| (x.to, &x.level)) == b.benefit.as_ref().map(|x| (x.to, &x.level))
        && a.wait.as_ref().map(|w| &w.length) == b.wait.as_ref().map(|w| &w.length)
        && a.unstated == b.unstated
}

/// The earlier of two days, where one is given.
fn earlier(a: Option<NaiveDate>, b: Option<NaiveDate>) -> Option<NaiveDate> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// The later of two days, where both are given: a day that is not known is later than any.
fn later(a: Option<NaiveDate>, b: Option<NaiveDate>) -> Option<NaiveDate> {
    Some(a?.max(b?))
}

fn hull(a: EarliestSafe, b: EarliestSafe) -> EarliestSafe {
    EarliestSafe { earliest: earlier(a.earliest, b.earliest), safe: later(a.safe, b.safe) }
}

/// Two outcomes as one, if they differ only in dates with a pair of fields.
pub(crate) fn merge(a: &Outcome, b: &Outcome) -> Option<Outcome> {
    alike(a, b).then(|| merge_dates(a, b))
}

/// Two outcomes of one decision as one: ends of the ranges of unknown days. A day without a pair that differs becomes `None`.
pub(crate) fn merge_range(a: &Outcome, b: &Outcome) -> Outcome {
    let mut both = merge_dates(a, b);
    if a.opens != b.opens {
        both.opens = None;
    }
    if let (Some(x), Some(y), Some(z)) = (&a.benefit, &b.benefit, &mut both.benefit)
        && x.to != y.to
    {
        z.to = None;
    }
    both
}

fn merge_dates(a: &Outcome, b: &Outcome) -> Outcome {
    let mut both = a.clone();
    if let (Some(x), Some(y)) = (a.deadline, b.deadline) {
        both.deadline =
            Some(Deadline { action: x.action, safe: earlier(x.safe, y.safe), latest: later(x.latest, y.latest) });
    }
    if let (Some(x), Some(y)) = (a.register_by, b.register_by) {
        both.register_by = Some(SafeLatest { safe: earlier(x.safe, y.safe), latest: later(x.latest, y.latest) });
    }
    both.benefit = match (&a.benefit, &b.benefit) {
        (Some(x), Some(y)) => Some(BenefitSpan { from: hull(x.from, y.from), ..x.clone() }),
        (x, y) => x.clone().or_else(|| y.clone()),
    };
    if let (Some(x), Some(y)) = (&a.wait, &b.wait) {
        both.wait = Some(WaitSpan { length: x.length.clone(), ends: hull(x.ends, y.ends) });
    }
    if a.periods != b.periods {
        let day = |d: Option<NaiveDate>| d.map(crate::dates::number);
        let all = a.periods.iter().chain(&b.periods).map(|&(from, to)| (day(from), day(to))).collect();
        both.periods = join(all).into_iter().map(|(from, to)| (date(from), date(to))).collect();
    }
    for (mine, other) in [(&mut both.cites, &b.cites), (&mut both.notes, &b.notes)] {
        for item in other {
            if !mine.contains(item) {
                mine.push(item.clone());
            }
        }
    }
    both
}

/// Whether two outcomes are one: all but `when`, notes and channels.
pub(crate) fn same(a: &Outcome, b: &Outcome) -> bool {
    alike(a, b)
        && a.register_by == b.register_by
        && a.deadline == b.deadline
        && a.periods == b.periods
        && a.benefit == b.benefit
        && a.wait == b.wait
        && a.cites == b.cites
}

/// Equal for outcomes that are the same.
pub(crate) fn fingerprint(outcome: &Outcome) -> u64 {
    let mut mix = Mix::default();
    (outcome.kind, outcome.route, outcome.today, outcome.opens).hash(&mut mix);
    if let Some(fee) = &outcome.fee {
        (fee.payable, fee.standard).hash(&mut mix);
    }
    if let Some(deadline) = outcome.deadline {
        (deadline.safe, deadline.latest).hash(&mut mix);
    }
    if let Some(wait) = &outcome.wait {
        (&wait.length, wait.ends.earliest).hash(&mut mix);
    }
    if let Some(benefit) = &outcome.benefit {
        (benefit.from.earliest, benefit.from.safe).hash(&mut mix);
    }
    outcome.cites.hash(&mut mix);
    mix.finish()
}
