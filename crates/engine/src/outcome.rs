//! From a decision to an outcome, and two outcomes that differ only in dates to one.

use crate::contract::{
    BenefitSpan, Deadline, EarliestSafe, ExtraPremium, FeeSum, Kind, Outcome, SafeLatest, Today, WaitSpan,
};
use crate::dates::{
    Counting, Day, Events, Expr, add, calendar, last_payable, next_payable, number, working_days_before,
};
use crate::decide::{Case, Decision, Place, Status, WaitChoice, bits};
use crate::diagram::Mix;
use crate::money::Money;
use crate::program::{Head, Program};
use canbao_policy::model::{
    Action, Basis, ChannelId, Days, Event, FirstDay, Required, Route, Span, SpanUnit, Unstated, WayKind,
};
use chrono::{Datelike, Months, NaiveDate};
use std::hash::{Hash, Hasher};

/// A stretch of days; an end not stated is `None`.
type Stretch = (Option<Day>, Option<Day>);

/// What the windows of a way come to.
#[derive(Clone, Copy)]
struct Timing {
    today: Today,
    opens: Option<Day>,
    safe: Option<Day>,
    latest: Option<Day>,
    /// Of [`Drawer::stretches`].
    periods: u32,
}

/// A pair of days: under the earlier and under the later reading, or the strictest and the widest.
type Pair = (Option<Day>, Option<Day>);

/// No date of an outcome lies before this day (in 1849): the far end of a range that is not known.
const LONG_AGO: Day = 675_000;

fn date(day: Option<Day>) -> Option<NaiveDate> {
    day.filter(|&day| day > LONG_AGO).and_then(calendar)
}

/// An outcome in the engine's own terms: numbers instead of texts and lists, cheap to copy, compare and merge.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Draft {
    kind: Kind,
    route: Route,
    pub(crate) today: Today,
    fee: Option<Sum>,
    /// Rules of extra premiums, bit by bit.
    extras: u64,
    register_by: Option<Pair>,
    deadline: Option<(Action, Pair)>,
    opens: Option<Day>,
    /// Of [`Drawer::stretches`].
    periods: u32,
    benefit: Option<Cover>,
    wait: Option<(Span, Pair)>,
    /// Clauses, bit by bit.
    cites: u128,
    /// What is not stated, bit by bit.
    unstated: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Sum {
    payable: Money,
    standard: Money,
    waived: Money,
    fiscal: Money,
    basis: Basis,
    /// Who pays the assistance: of the rules taken those that name somebody first, bit by bit.
    payers: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Cover {
    from: Pair,
    to: Option<Day>,
    /// The benefit rule, where it names a level.
    level: Option<usize>,
}

/// The payable days from one day to another, month by month.
fn payable_stretches(from: Day, to: Option<Day>, case: &Case, days: Option<Days>) -> Vec<Stretch> {
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
        let next_month =
            calendar(first).and_then(|d| d.with_day(1)).and_then(|d| d.checked_add_months(Months::new(1))).map(number);
        let Some(next_month) = next_month else { break };
        let last = last_payable(next_month - 1, days).unwrap_or(first).min(end);
        stretches.push((Some(first), Some(last)));
        at = next_month;
    }
    stretches
}

/// Joins stretches that touch or overlap.
fn join(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    stretches.sort_unstable_by_key(|s| (s.0.unwrap_or(Day::MIN), s.1.unwrap_or(Day::MAX)));
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

/// Draws outcomes from decisions. Remembers what many of them share.
#[derive(Default)]
pub(crate) struct Drawer {
    /// Lists of payable stretches, each once: an outcome holds its number. There are few.
    stretches: Vec<Vec<Stretch>>,
    /// What the windows of a way came to, by where they stand and the days of events.
    timings: Vec<((usize, u32, Events), Timing)>,
}

impl Drawer {
    /// The number of a list of stretches.
    fn number(&mut self, periods: Vec<Stretch>) -> u32 {
        let known = self.stretches.iter().position(|known| *known == periods);
        known.unwrap_or_else(|| {
            self.stretches.push(periods);
            self.stretches.len() - 1
        }) as u32
    }

    fn timing(&mut self, case: &Case, decision: &Decision, events: Events) -> Timing {
        let key = (decision.way, decision.windows, events);
        // The last ones first: what is drawn together stands alike.
        if let Some((_, known)) = self.timings.iter().rev().find(|(known, _)| *known == key) {
            return *known;
        }
        let (timing, periods) = timing(case, decision, events);
        let timing = Timing { periods: self.number(periods), ..timing };
        self.timings.push((key, timing));
        timing
    }

    /// The payable stretches of an outcome.
    fn periods(&self, draft: &Draft) -> &[Stretch] {
        &self.stretches[draft.periods as usize]
    }
}

/// What the windows of a way come to, and its payable stretches.
fn timing(case: &Case, decision: &Decision, events: Events) -> (Timing, Vec<Stretch>) {
    let way = &case.program.ways[decision.way];
    let mut timing = Timing { today: Today::Closed, opens: None, safe: None, latest: None, periods: 0 };
    let mut periods = Vec::new();
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
        // The first day that is left to go: with a last day before it there is none under that reading.
        let first = match status {
            Status::LaterDay | Status::Future => next_payable(start, window.days),
            _ => from,
        };
        let left_to_go = |day: &Day| first.is_none_or(|first| *day >= first);
        let last = |counting| last_payable(end(counting)?, window.days);
        timing.latest = timing.latest.max(last(Counting::Wide).filter(left_to_go));
        // What is open today under the wide reading alone has its strict last day behind it.
        timing.safe = timing.safe.max(last(Counting::Strict).filter(|day| status == Status::Open || left_to_go(day)));
        if matches!(status, Status::LaterDay | Status::Future) {
            let next = first.filter(|&day| day <= case.program.year_end);
            timing.opens = match (timing.opens, next) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
        }
        periods.extend(payable_stretches(start, end(Counting::Wide), case, window.days));
    }
    // Where the strictest reading leaves no day to go, it is the one that the widest leaves.
    timing.safe = timing.safe.or(timing.latest);
    if endless {
        (timing.safe, timing.latest) = (None, None);
    }
    if open {
        (timing.today, timing.opens) = (Today::Open, None);
    } else if unstated {
        (timing.today, timing.opens) = (Today::Unstated, None);
    }
    (timing, join(periods))
}

fn iso(span: Span) -> String {
    match span.unit {
        SpanUnit::Days => format!("P{}D", span.count),
        SpanUnit::Months => format!("P{}M", span.count),
    }
}

/// The last days without cover, under the earlier and the later reading.
fn wait_ends(case: &Case, choice: WaitChoice, payment: Day, events: Events) -> (Span, Pair) {
    let rule = &case.program.waits[choice.rule];
    let unit = rule.length.map_or(SpanUnit::Days, |span| span.unit);
    let span = Span { count: choice.length, unit };
    let Some(start) = rule.from.eval(events.with(Event::Payment, payment), Counting::Wide) else {
        return (span, (None, None));
    };
    // A fixed day or the first of a month has one end only; the day of an event may count or not.
    let counted_from_event = matches!(rule.from, Expr::Event(_));
    let first = add(start, span);
    let (early, late) = match (rule.first_day, counted_from_event) {
        (Some(FirstDay::Counted), _) | (None, false) => (0, 0),
        (Some(FirstDay::NotCounted), _) => (1, 1),
        (None, true) => (0, 1),
    };
    let end = |more: Day| first.map(|day| day - 1 + more);
    (span, (end(early), if choice.more { None } else { end(late) }))
}

fn fee_sum(case: &Case, decision: &Decision) -> Option<Sum> {
    let choice = decision.fee.as_ref()?;
    let rule = &case.program.fees[choice.fee];
    Some(Sum {
        payable: choice.payable,
        standard: rule.standard?,
        waived: rule.waived,
        fiscal: rule.fiscal,
        basis: rule.basis,
        payers: payers(case, choice.taken),
    })
}

/// Of assistance rules those that name who pays, each payer once.
fn payers(case: &Case, bits: u32) -> u32 {
    let payer = |at: usize| case.program.assists[at].by.as_deref();
    let mut payers = 0;
    for at in taken(case, bits).filter(|&at| payer(at).is_some()) {
        if !taken(case, payers).any(|before| payer(before) == payer(at)) {
            payers |= 1 << at;
        }
    }
    payers
}

/// The assistance rules taken.
fn taken(case: &Case, bits: u32) -> impl Iterator<Item = usize> {
    (0..case.program.assists.len()).filter(move |at| bits >> at & 1 == 1)
}

fn cites(case: &Case, decision: &Decision) -> u128 {
    let program = case.program;
    let way = &program.ways[decision.way];
    let mut bits = 0;
    let mut cite = |clauses: &[u16]| {
        for &clause in clauses {
            bits |= 1u128 << (clause & 127);
        }
    };
    cite(&way.head.cites);
    for (at, window) in way.windows.iter().enumerate() {
        if decision.status(at) != Status::Dead {
            cite(&window.cites);
        }
    }
    if let Some(fee) = &decision.fee {
        cite(&program.fees[fee.fee].head.cites);
        taken(case, fee.taken).for_each(|at| cite(&program.assists[at].head.cites));
    }
    decision.benefit.iter().for_each(|&at| cite(&program.benefits[at].head.cites));
    decision.wait.iter().for_each(|wait| cite(&program.waits[wait.rule].head.cites));
    decision.register.iter().for_each(|&at| cite(&program.registers[at].head.cites));
    decision.extras().for_each(|at| cite(&program.extras[at].head.cites));
    bits
}

fn bit(unstated: Unstated) -> u32 {
    1 << unstated as u32
}

/// The outcome of a decision, with the days of events as given.
pub(crate) fn draft(drawer: &mut Drawer, case: &Case, at: usize, events: Events) -> Draft {
    let decision = &case.decisions()[at];
    let program = case.program;
    let way = &program.ways[decision.way];
    let fee = fee_sum(case, decision);
    // A compulsory premium is left to pay even where the fee is not.
    let premium_due = decision.extras().any(|at| program.extras[at].due());
    let kind = match (way.kind, &fee) {
        (WayKind::NotCovered, _) => Kind::NotCovered,
        (WayKind::Unstated, _) | (WayKind::Cover, None) => Kind::Unstated,
        (WayKind::Cover, Some(fee)) if fee.payable.is_zero() && !premium_due => Kind::Free,
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
        Timing { today, opens: None, safe: None, latest: None, periods: drawer.number(periods) }
    } else {
        drawer.timing(case, decision, events)
    };
    let mut unstated = way.unstated.iter().fold(0, |bits, &u| bits | bit(u));
    if kind == Kind::Unstated && fee.is_none() {
        unstated |= bit(Unstated::Fee);
    }
    if let Some(choice) = &decision.fee {
        unstated |= program.fees[choice.fee].unstated.iter().fold(0, |bits, &u| bits | bit(u));
        if choice.unstated {
            unstated |= bit(Unstated::Assistance);
        }
    }
    let mut wait = decision.wait.map(|choice| wait_ends(case, choice, decision.payment, events));
    let cover = if kind == Kind::NotCovered {
        None
    } else {
        let (cover, silent) = cover(case, decision, wait.map(|w| w.1), events);
        unstated |= silent;
        cover
    };
    // Whatever a wait is counted from, there is no cover before the coverage year.
    if let Some((_, ends)) = &mut wait {
        let before = program.year_start - 1;
        *ends = (ends.0.map(|end| end.max(before)), ends.1.map(|end| end.max(before)));
    }
    let register_by = decision.register.filter(|_| kind == Kind::Pay && timing.latest.is_some()).map(|at| {
        let rule = &program.registers[at];
        let before = |day: Option<Day>, count| day.map(|day| working_days_before(day, count));
        (before(timing.safe, rule.working_days_max), before(timing.latest, rule.working_days_min))
    });
    Draft {
        kind,
        route: way.route,
        today: timing.today,
        fee,
        extras: decision.extras().fold(0, |bits, at| bits | u64::from(program.extras[at].amount.is_some()) << at),
        register_by,
        deadline: timing.latest.is_some().then_some((way.action, (timing.safe, timing.latest))),
        opens: timing.opens,
        periods: timing.periods,
        benefit: cover,
        wait,
        cites: cites(case, decision),
        unstated,
    }
}

/// When cover starts and ends, and what the notice does not say of it; no cover where a wait leaves none in the year.
fn cover(case: &Case, decision: &Decision, wait: Option<Pair>, events: Events) -> (Option<Cover>, u32) {
    let program = case.program;
    let events = events.with(Event::Payment, decision.payment);
    let rule = decision.benefit.map(|at| &program.benefits[at]);
    let from = rule.and_then(|rule| rule.from.as_ref());
    let from_safe = rule.and_then(|rule| rule.from_safe.as_ref()).or(from);
    let day = |expr: &Expr, counting| expr.eval(events, counting);
    let mut earliest = from.and_then(|expr| day(expr, Counting::Wide).min(day(expr, Counting::Strict)));
    let mut safe = from_safe.and_then(|expr| day(expr, Counting::Wide).max(day(expr, Counting::Strict)));
    let mut silent = 0;
    let mut none_left = false;
    if let Some((wait_earliest, wait_safe)) = wait {
        let after_wait = |end: Option<Day>| end.map(|day| day + 1);
        earliest = earliest.max(after_wait(wait_earliest));
        safe = if wait_safe.is_some() { safe.max(after_wait(wait_safe)) } else { None };
        none_left = earliest.is_none_or(|day| day > program.year_end);
    } else if from.is_none() {
        silent |= bit(Unstated::BenefitFrom);
    }
    let to = rule.and_then(|rule| rule.to.as_ref());
    if to.is_none() {
        silent |= bit(Unstated::BenefitTo);
    }
    let in_year = |day: Option<Day>| day.filter(|&day| day <= program.year_end);
    let cover = Cover {
        from: (in_year(earliest), in_year(safe)),
        to: to.and_then(|expr| day(expr, Counting::Wide)),
        level: decision.benefit.filter(|&at| program.benefits[at].level.is_some()),
    };
    ((!none_left).then_some(cover), silent)
}

/// What is said on a way and a payment day: notes by their place, and channels.
type Said = ((usize, Day), Vec<usize>, Vec<ChannelId>);

/// Turns drafts into outcomes; remembers what depends on the way and the payment day alone.
#[derive(Default)]
pub(crate) struct Writer<'p> {
    places: Vec<Said>,
    /// Those of the outcome under way.
    notes: Vec<&'p str>,
}

/// Adds what is not there yet. The texts of a notice are few: the same text is mostly the same place.
fn add_note<'p>(notes: &mut Vec<&'p str>, note: &'p str) {
    if !notes.iter().any(|&known| std::ptr::eq(known, note) || known == note) {
        notes.push(note);
    }
}

impl<'p> Writer<'p> {
    /// The outcome that a draft stands for, without what it rests on.
    pub(crate) fn write(&mut self, case: &Case<'p>, drawer: &Drawer, draft: &Draft, decisions: &[usize]) -> Outcome {
        let program = case.program;
        let notice = &program.notice;
        let notes = &mut self.notes;
        notes.clear();
        let mut channels = Vec::new();
        for &at in decisions {
            let key = (case.decisions()[at].way, case.decisions()[at].payment);
            let place = self.places.iter().position(|p| p.0 == key).unwrap_or_else(|| {
                let place = Place { way: Some(key.0), payment: key.1 };
                self.places.push((key, general_notes(case, place), self::channels(case, place)));
                self.places.len() - 1
            });
            let (_, general, open) = &self.places[place];
            rule_notes(program, &case.decisions()[at], &mut |note| add_note(notes, note));
            general.iter().for_each(|&at| add_note(notes, &program.notes[at].1));
            if channels.is_empty() {
                channels.clone_from(open);
            }
        }
        if draft.kind != Kind::Pay && (draft.kind != Kind::Unstated || drawer.periods(draft).is_empty()) {
            channels.clear();
        }
        let pair = |(earliest, safe): Pair| EarliestSafe { earliest: date(earliest), safe: date(safe) };
        Outcome {
            kind: draft.kind,
            route: draft.route,
            when: Vec::new(),
            fee: draft.fee.map(|sum| fee(case, sum)),
            extras: bits(draft.extras).filter_map(|at| extra(case, at)).collect(),
            register_by: draft.register_by.map(|(safe, latest)| SafeLatest { safe: date(safe), latest: date(latest) }),
            deadline: draft.deadline.map(|(action, (safe, latest))| Deadline {
                action,
                safe: date(safe),
                latest: date(latest),
            }),
            today: draft.today,
            opens: date(draft.opens),
            periods: drawer.periods(draft).iter().map(|&(from, to)| (date(from), date(to))).collect(),
            benefit: draft.benefit.map(|cover| BenefitSpan {
                from: pair(cover.from),
                to: date(cover.to),
                level: cover.level.and_then(|at| case.program.benefits[at].level.clone()),
            }),
            wait: draft.wait.map(|(span, ends)| WaitSpan { length: iso(span), ends: pair(ends) }),
            channels,
            cites: (0..notice.clauses.len())
                .filter(|at| draft.cites >> (at & 127) & 1 == 1)
                .map(|at| notice.clauses[at].label.clone())
                .collect(),
            unstated: Unstated::ALL.iter().copied().filter(|&u| draft.unstated & bit(u) != 0).collect(),
            notes: notes.iter().map(|&note| note.to_owned()).collect(),
        }
    }
}

fn fee(case: &Case, sum: Sum) -> FeeSum {
    let by: Vec<&str> = taken(case, sum.payers).filter_map(|at| case.program.assists[at].by.as_deref()).collect();
    FeeSum {
        payable: sum.payable.yuan(),
        standard: sum.standard.yuan(),
        assistance: sum.standard.plus(sum.fiscal).less(sum.waived).less(sum.payable).yuan(),
        waived: sum.waived.yuan(),
        fiscal: sum.fiscal.yuan(),
        basis: sum.basis,
        assisted_by: (!by.is_empty()).then(|| by.join("、")),
    }
}

fn extra(case: &Case, at: usize) -> Option<ExtraPremium> {
    let extra = &case.program.extras[at];
    Some(ExtraPremium {
        id: extra.premium.clone(),
        label: extra.label.clone(),
        amount: extra.amount?.yuan(),
        required: match extra.required {
            Required::Yes => Some(true),
            Required::No => Some(false),
            Required::Unstated => None,
        },
    })
}

/// What the rules of a decision say beside it.
fn rule_notes<'p>(program: &'p Program, decision: &Decision, say: &mut dyn FnMut(&'p str)) {
    let mut of = |head: &'p Head| head.notes.iter().for_each(|note| say(note));
    of(&program.ways[decision.way].head);
    if let Some(fee) = &decision.fee {
        of(&program.fees[fee.fee].head);
        let taken = (0..program.assists.len()).filter(|at| fee.taken >> at & 1 == 1);
        taken.for_each(|at| of(&program.assists[at].head));
    }
    decision.benefit.iter().for_each(|&at| of(&program.benefits[at].head));
    decision.wait.iter().for_each(|wait| of(&program.waits[wait.rule].head));
}

fn general_notes(case: &Case, place: Place) -> Vec<usize> {
    let program = case.program;
    (0..program.notes.len()).filter(|&at| case.certain(&program.notes[at].0, place) == Some(true)).collect()
}

fn channels(case: &Case, place: Place) -> Vec<ChannelId> {
    let program = case.program;
    let mut ids: Vec<ChannelId> = Vec::new();
    for (test, channel) in program.channels.iter().zip(&program.notice.channels) {
        if !ids.contains(&channel.id) && case.certain(test, place) == Some(true) {
            ids.push(channel.id);
        }
    }
    ids
}

impl Drawer {
    /// Whether this is a way whose safe last day is past beside one with another last day: counted strictly, the one is
    /// over and the other taken, so that their dates are no pair.
    fn apart(&self, a: &Draft, b: &Draft) -> bool {
        let pair = |draft: &Draft| draft.deadline.map(|d| d.1);
        if pair(a).map(|p| p.1) == pair(b).map(|p| p.1) {
            return false;
        }
        let lapsed = |draft: &Draft| {
            let first = self.periods(draft).first().and_then(|period| period.0);
            pair(draft).and_then(|p| p.0).zip(first).is_some_and(|(safe, first)| safe < first)
        };
        lapsed(a) != lapsed(b)
    }

    /// All but the dates with a pair of fields, and the clauses.
    fn alike(&self, a: &Draft, b: &Draft) -> bool {
        a.kind == b.kind
            && a.route == b.route
            && a.today == b.today
            && a.fee == b.fee
            && a.extras == b.extras
            && a.register_by.is_some() == b.register_by.is_some()
            && a.deadline.map(|d| d.0) == b.deadline.map(|d| d.0)
            && a.opens == b.opens
            && a.wait.map(|w| w.0) == b.wait.map(|w| w.0)
            && a.unstated == b.unstated
            && alike_cover(a, b)
            && !self.apart(a, b)
    }

    /// Two outcomes as one, if they differ only in dates with a pair of fields.
    pub(crate) fn merge(&mut self, a: &Draft, b: &Draft) -> Option<Draft> {
        self.alike(a, b).then(|| self.merge_dates(a, b))
    }

    /// The outcome of one decision over a range of unknown days, from those at its ends. A day without a pair that
    /// differs is not known.
    pub(crate) fn merge_range(&mut self, a: &Draft, b: &Draft) -> Draft {
        let mut both = self.merge_dates(a, b);
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

    fn merge_dates(&mut self, a: &Draft, b: &Draft) -> Draft {
        let mut both = *a;
        let both_of = |x: Option<Pair>, y: Option<Pair>| Some((x?, y?));
        if let (Some((action, x)), Some((_, y))) = (a.deadline, b.deadline) {
            both.deadline = Some((action, hull(x, y)));
        }
        if let Some((x, y)) = both_of(a.register_by, b.register_by) {
            both.register_by = Some(hull(x, y));
        }
        both.benefit = match (a.benefit, b.benefit) {
            (Some(x), Some(y)) => Some(Cover { from: hull(x.from, y.from), ..x }),
            // No cover at all is the latest that cover can begin.
            (Some(x), None) | (None, Some(x)) => Some(Cover { from: (x.from.0, None), ..x }),
            (None, None) => None,
        };
        if let (Some((span, x)), Some((_, y))) = (a.wait, b.wait) {
            both.wait = Some((span, hull(x, y)));
        }
        if a.periods != b.periods {
            let all = self.periods(a).iter().chain(self.periods(b)).copied().collect();
            both.periods = self.number(join(all));
        }
        both.cites |= b.cites;
        both
    }

    /// Whether two outcomes are one: all but what is said beside them.
    pub(crate) fn same(&self, a: &Draft, b: &Draft) -> bool {
        a.register_by == b.register_by
            && a.deadline == b.deadline
            && a.periods == b.periods
            && a.benefit == b.benefit
            && a.wait == b.wait
            && a.cites == b.cites
            && self.alike(a, b)
    }
}

impl Draft {
    /// Whether it is too late on this day under the strictest reading.
    pub(crate) fn late(&self, on: Day) -> bool {
        self.deadline.and_then(|(_, (safe, _))| safe).is_some_and(|safe| safe < on)
    }
}

/// The same end and level of cover; or a wait that leaves none in the year, and one as long that leaves some.
fn alike_cover(a: &Draft, b: &Draft) -> bool {
    match (a.benefit, b.benefit) {
        (Some(a), Some(b)) => (a.to, a.level) == (b.to, b.level),
        (None, None) => true,
        _ => a.wait.is_some() && b.wait.is_some(),
    }
}

/// The earlier of two days, where one is given.
fn earlier(a: Option<Day>, b: Option<Day>) -> Option<Day> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// The later of two days, where both are given: a day that is not known is later than any.
fn later(a: Option<Day>, b: Option<Day>) -> Option<Day> {
    Some(a?.max(b?))
}

fn hull(a: Pair, b: Pair) -> Pair {
    (earlier(a.0, b.0), later(a.1, b.1))
}

/// Over a range of unknown days the strictest last day may be past for some of them, who are not open then: for those
/// who are it is today at the earliest.
pub(crate) fn open_today(draft: &mut Draft, on: Day) {
    if draft.today == Today::Open
        && let Some((_, (safe, _))) = &mut draft.deadline
    {
        *safe = (*safe).max(Some(on));
    }
}

/// Equal for outcomes that are the same.
pub(crate) fn fingerprint(draft: &Draft) -> u64 {
    let mut mix = Mix::default();
    (draft.today, draft.fee.map(|fee| fee.payable), draft.deadline.map(|d| d.1)).hash(&mut mix);
    (draft.wait.map(|w| (w.0.count, w.1)), draft.benefit.map(|c| c.from), draft.unstated).hash(&mut mix);
    mix.finish()
}
