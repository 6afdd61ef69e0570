//! From rules to one diagram of decisions.
//!
//! For one day and the answers given, the conditions of all rules become diagrams over what is not known. The rules that
//! remain after the overrides are paired kind by kind, so that each combination of answers and readings ends in one
//! decision: the way taken and the rules that fill the rest of the outcome. Two rules remaining, or none where one is
//! needed, end in a fault; answers that contradict each other end nowhere.

use crate::answers::{Answers, CustomAnswer};
use crate::dates::{Counting, Day, Events, Expr, add, calendar, next_payable, number, threshold};
use crate::diagram::{Diagrams, Edge, Ref, Table, both};
use crate::money::{Money, Relief};
use crate::program::{Head, Program, Test, WaitRule, custom, var};
use canbao_policy::model::{Answer, Event, Group, LastYear, Left, OtherPlan, QuestionKind, WayKind};
use chrono::NaiveDate;

/// Where a window stands on the day of asking.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Status {
    /// Past, or not there for this person.
    Dead,
    /// Payable today.
    Open,
    /// Not on this day of the month; a later one is left.
    LaterDay,
    /// Not yet.
    Future,
    /// Not yet, as far as the notice says.
    FutureUnstated,
}

const STATUSES: [Status; 5] = [Status::Dead, Status::Open, Status::LaterDay, Status::Future, Status::FutureUnstated];

/// The fee rule with the assistance taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct FeeChoice {
    pub(crate) fee: usize,
    /// Assistance rules taken, bit by bit.
    pub(crate) taken: u32,
    /// What is left to pay after them.
    pub(crate) payable: Money,
    /// A group without an amount: `assistance` is not stated.
    pub(crate) unstated: bool,
}

/// The wait rule with its numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct WaitChoice {
    pub(crate) rule: usize,
    /// How long, in the unit of the rule; at least so long where `more`.
    pub(crate) length: i32,
    pub(crate) more: bool,
}

/// Everything decided for some combination of answers and readings.
#[derive(Clone, Debug)]
pub(crate) struct Decision {
    pub(crate) way: usize,
    pub(crate) windows: u32,
    pub(crate) payment: Day,
    pub(crate) fee: Option<FeeChoice>,
    pub(crate) benefit: Option<usize>,
    pub(crate) wait: Option<WaitChoice>,
    pub(crate) register: Option<usize>,
    pub(crate) extras: Vec<usize>,
}

impl Decision {
    /// Where a window of the way stands.
    pub(crate) fn status(&self, window: usize) -> Status {
        STATUSES[(self.windows / 5u32.pow(u32::try_from(window).unwrap_or(0)) % 5) as usize]
    }
}

/// A fault of the notice that some combination of answers runs into.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Trouble {
    NoWay,
    NoFee {
        way: usize,
    },
    Ways(usize, usize),
    /// Two rules of one kind (`fee`, `benefit`, …).
    Rules(&'static str, usize, usize),
}

/// No person: the answers contradict each other.
pub(crate) const NOBODY: u32 = (1 << 31) - 2;
const TROUBLE: u32 = 1 << 30;

/// What a terminal of the decision diagram stands for.
pub(crate) enum End<'a> {
    Nobody,
    Trouble(&'a Trouble),
    Decision(usize),
}

/// One evaluation.
pub(crate) struct Case<'a> {
    pub(crate) program: &'a Program,
    pub(crate) on: Day,
    pub(crate) known: Vec<Option<i32>>,
    pub(crate) events: Events,
    pub(crate) diagrams: Diagrams,
    decisions: Vec<Decision>,
    troubles: Vec<Trouble>,
    fee_choices: Vec<FeeChoice>,
    wait_choices: Vec<WaitChoice>,
    pairs: Vec<(u32, u32)>,
    pair_index: Table,
}

/// On which way and payment day a condition is looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) way: Option<usize>,
    pub(crate) payment: Day,
}

fn int(n: u32) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

impl<'a> Case<'a> {
    pub(crate) fn new(program: &'a Program, on: NaiveDate, answers: &Answers) -> Self {
        let layout = program.layout;
        let mut known = vec![None; usize::from(layout.overlap) + 1];
        let mut set = |var: u8, value: Option<i32>| known[usize::from(var)] = value;
        for (at, &answer) in var::FIXED.iter().enumerate() {
            set(at as u8, answers.value(answer));
        }
        set(layout.recognised_on, answers.value(Answer::RecognisedOn));
        if let Some(groups) = answers.groups {
            for &group in Group::ALL {
                set(layout.groups + group as u8, Some(i32::from(groups.contains(group))));
            }
        }
        for (at, question) in program.notice.questions.iter().enumerate() {
            let value = answers.custom.get(&question.id).and_then(|answer| match (answer, &question.kind) {
                (CustomAnswer::Choice(id), QuestionKind::Choice(choices)) => {
                    choices.iter().position(|c| c.id == *id).and_then(|at| i32::try_from(at).ok())
                }
                (CustomAnswer::YesNo(value), QuestionKind::YesNo) => Some(i32::from(*value)),
                (CustomAnswer::Number(value), QuestionKind::Number(_)) => Some(int(*value)),
                _ => None,
            });
            set(custom(at), value);
        }
        let events = Events {
            birth: answers.birth_date.map(number),
            left: answers.left_on.map(number),
            recognised: answers.recognised_on.map(number),
            payment: None,
        };
        Self {
            program,
            on: number(on),
            known,
            events,
            diagrams: Diagrams::default(),
            decisions: Vec::new(),
            troubles: Vec::new(),
            fee_choices: Vec::new(),
            wait_choices: Vec::new(),
            pairs: Vec::new(),
            pair_index: Table::default(),
        }
    }

    /// The decisions reached so far; [`End::Decision`] is an index into them.
    pub(crate) fn decisions(&self) -> &[Decision] {
        &self.decisions
    }

    pub(crate) fn end(&self, value: u32) -> End<'_> {
        if value == NOBODY {
            End::Nobody
        } else if value & TROUBLE != 0 {
            self.troubles.get((value & !TROUBLE) as usize).map_or(End::Nobody, End::Trouble)
        } else {
            End::Decision(value as usize)
        }
    }

    fn event_var(&self, event: Event) -> u8 {
        match event {
            Event::BirthDate => var::BIRTH_DATE,
            Event::LeftOn => var::LEFT_ON,
            Event::RecognisedOn | Event::Payment => self.program.layout.recognised_on,
        }
    }

    fn one_of(&mut self, var: u8, mask: u32, values: u32) -> Ref {
        match self.known[usize::from(var)] {
            Some(value) => Ref::terminal(mask >> (value.cast_unsigned() & 31) & 1),
            None => self.diagrams.one_of(var, mask, values),
        }
    }

    fn between(&mut self, var: u8, low: i32, high: i32) -> Ref {
        match self.known[usize::from(var)] {
            Some(value) => Ref::terminal(u32::from((low..=high).contains(&value))),
            None => self.diagrams.between(var, low, high),
        }
    }

    /// Where the first day is not after the second, with at most one of the person's days unknown.
    fn not_after(&mut self, a: &Expr, b: &Expr, events: Events) -> Ref {
        let wide = self.not_after_counted(a, b, events, Counting::Wide);
        if !a.counted() && !b.counted() {
            return wide;
        }
        let strict = self.not_after_counted(a, b, events, Counting::Strict);
        if wide == strict {
            return wide;
        }
        let is_wide = self.diagrams.one_of(self.program.layout.counting, 0b01, 2);
        self.diagrams.choose(is_wide, wide, strict)
    }

    fn not_after_counted(&mut self, a: &Expr, b: &Expr, events: Events, counting: Counting) -> Ref {
        let holds = |e: Events| match (a.eval(e, counting), b.eval(e, counting)) {
            (Some(a), Some(b)) => a <= b,
            _ => false,
        };
        match (a.unknown(events), b.unknown(events)) {
            (None, None) => Ref::terminal(u32::from(holds(events))),
            (None, Some(event)) => match threshold(self.on, |day| holds(events.with(event, day))) {
                None => Ref::FALSE,
                Some(i32::MIN) => Ref::TRUE,
                Some(first) => self.diagrams.between(self.event_var(event), first, i32::MAX),
            },
            (Some(event), None) => match threshold(self.on, |day| !holds(events.with(event, day))) {
                None => Ref::TRUE,
                Some(i32::MIN) => Ref::FALSE,
                Some(first) => self.diagrams.between(self.event_var(event), i32::MIN, first - 1),
            },
            (Some(_), Some(_)) => Ref::TRUE,
        }
    }

    /// A test as a diagram over what is not known.
    pub(crate) fn test(&mut self, test: &Test, place: Place) -> Ref {
        match test {
            Test::All(tests) => {
                let mut all = Ref::TRUE;
                for test in tests {
                    let next = self.test(test, place);
                    all = self.diagrams.and(all, next);
                    if all == Ref::FALSE {
                        break;
                    }
                }
                all
            }
            Test::Any(tests) => {
                let mut any = Ref::FALSE;
                for test in tests {
                    let next = self.test(test, place);
                    any = self.diagrams.or(any, next);
                    if any == Ref::TRUE {
                        break;
                    }
                }
                any
            }
            Test::Not(test) => {
                let holds = self.test(test, place);
                self.diagrams.not(holds)
            }
            Test::OneOf { var, mask, values } => self.one_of(*var, *mask, *values),
            Test::Between { var, low, high } => self.between(*var, *low, *high),
            Test::Count { of, low, high } => {
                let mut sum = Ref::terminal(0);
                for &var in of {
                    let member = self.one_of(var, 0b10, 2);
                    let mut add = |a: Ref, b: Ref| Some(Ref::terminal(a.value()? + b.value()?));
                    sum = self.diagrams.combine(sum, member, &mut add);
                }
                let range = *low..=*high;
                self.diagrams.map(sum, &mut |_, n| Ref::terminal(u32::from(range.contains(&n))))
            }
            Test::NotAfter(a, b) => {
                let events = self.events.with(Event::Payment, place.payment);
                self.not_after(a, b, events)
            }
            Test::Way(bits) => match place.way {
                Some(way) => Ref::terminal(u32::from(bits >> (way % 64) & 1 == 1)),
                None => Ref::FALSE,
            },
        }
    }

    /// Everyone whose answers do not contradict each other.
    fn somebody(&mut self) -> Ref {
        let year = self.program.year_start;
        let year_before =
            calendar(year).and_then(|d| d.checked_sub_months(chrono::Months::new(12))).map_or(year, number);
        let values = |n: usize| u32::try_from(n).unwrap_or(0);
        let left_employee = self.one_of(var::LEFT, 1 << Left::Employee as u32, values(Left::ALL.len()));
        let in_employee = self.one_of(var::OTHER_PLAN, 1 << OtherPlan::Employee as u32, values(OtherPlan::ALL.len()));
        let mut nobody = self.diagrams.and(left_employee, in_employee);
        let born_since = |case: &mut Self, day: Day| {
            if day > case.on { Ref::FALSE } else { case.between(var::BIRTH_DATE, day, i32::MAX) }
        };
        let newborn = born_since(self, year_before);
        if newborn != Ref::FALSE {
            let last = values(LastYear::ALL.len());
            let last_employee = self.one_of(var::LAST_YEAR, 1 << LastYear::Employee as u32, last);
            let mut employee = self.diagrams.or(left_employee, in_employee);
            employee = self.diagrams.or(employee, last_employee);
            let worked = [var::EMPLOYEE_MONTHS, var::EMPLOYEE_MONTHS_LAST_YEAR, var::EMPLOYEE_TWO_YEARS]
                .iter()
                .any(|&v| self.known[usize::from(v)].is_some_and(|n| n > 0));
            if worked {
                employee = Ref::TRUE;
            }
            let wrong = self.diagrams.and(newborn, employee);
            nobody = self.diagrams.or(nobody, wrong);
            let born_in_year = born_since(self, year);
            let covered = [LastYear::Resident, LastYear::Employee, LastYear::Other, LastYear::Partial];
            let mask = covered.iter().fold(0, |bits, &value| bits | 1 << value as u32);
            let covered = self.one_of(var::LAST_YEAR, mask, last);
            let wrong = self.diagrams.and(born_in_year, covered);
            nobody = self.diagrams.or(nobody, wrong);
        }
        self.diagrams.not(nobody)
    }

    fn trouble(&mut self, trouble: Trouble) -> Ref {
        let at = self.troubles.iter().position(|t| *t == trouble).unwrap_or_else(|| {
            self.troubles.push(trouble);
            self.troubles.len() - 1
        });
        Ref::terminal(TROUBLE | u32::try_from(at).unwrap_or(0))
    }

    /// Where a window stands, as an index into `STATUSES`.
    fn window(&mut self, way: usize, window: usize) -> Ref {
        let window = &self.program.ways[way].windows[window];
        let place = Place { way: Some(way), payment: self.on };
        let when = self.test(&window.when, place);
        if when == Ref::FALSE {
            return when;
        }
        let (on, events) = (self.on, self.events.with(Event::Payment, self.on));
        let today = Expr::Day(on);
        let started = window.from.as_ref().map_or(Ref::TRUE, |from| self.not_after(from, &today, events));
        let status = |status: Status| Ref::terminal(status as u32);
        let mut now = Ref::FALSE;
        if started != Ref::FALSE
            && let Some(next) = next_payable(on, window.days)
        {
            let left = window.to.as_ref().map_or(Ref::TRUE, |to| self.not_after(&Expr::Day(next), to, events));
            let here = status(if next == on { Status::Open } else { Status::LaterDay });
            now = self.diagrams.choose(left, here, Ref::FALSE);
        }
        let mut later = Ref::FALSE;
        if started != Ref::TRUE
            && let Some(from) = &window.from
        {
            let left =
                match (&window.to, from.eval(events, Counting::Wide).and_then(|day| next_payable(day, window.days))) {
                    (Some(to), Some(next)) => self.not_after(&Expr::Day(next), to, events),
                    _ => Ref::TRUE,
                };
            let ahead = status(if window.unstated_before { Status::FutureUnstated } else { Status::Future });
            later = self.diagrams.choose(left, ahead, Ref::FALSE);
        }
        let state = self.diagrams.choose(started, now, later);
        self.diagrams.choose(when, state, Ref::FALSE)
    }

    /// Where all windows of a way stand, plus one; 0 where the way does not apply.
    fn way(&mut self, way: usize) -> Ref {
        let place = Place { way: None, payment: self.on };
        let when = self.test(&self.program.ways[way].head.when, place);
        if when == Ref::FALSE {
            return when;
        }
        let windows = self.program.ways[way].windows.len();
        let mut state = Ref::terminal(0);
        for at in 0..windows {
            let factor = 5u32.pow(u32::try_from(at).unwrap_or(0));
            let next = self.window(way, at);
            let mut add = |a: Ref, b: Ref| Some(Ref::terminal(a.value()? + b.value()? * factor));
            state = self.diagrams.combine(state, next, &mut add);
        }
        state = self.diagrams.map(state, &mut |_, v| Ref::terminal(if v == 0 && windows > 0 { 0 } else { v + 1 }));
        self.diagrams.choose(when, state, Ref::FALSE)
    }

    /// The way taken: 0 for none, else one more than an index into `taken`.
    fn select_way(&mut self, taken: &mut Vec<(usize, u32)>) -> Ref {
        let count = self.program.ways.len();
        let states: Vec<Ref> = (0..count).map(|way| self.way(way)).collect();
        let mut selected = Ref::terminal(0);
        for (way, &state) in states.iter().enumerate() {
            if state == Ref::FALSE {
                continue;
            }
            let mut remaining = state;
            for &other in &self.program.ways[way].head.overridden_by {
                if states[other] != Ref::FALSE && remaining != Ref::FALSE {
                    let applies = self.diagrams.map(states[other], &mut |_, v| Ref::terminal(u32::from(v != 0)));
                    remaining = self.diagrams.choose(applies, Ref::FALSE, remaining);
                }
            }
            let named = self.diagrams.map(remaining, &mut |_, v| {
                if v == 0 {
                    return Ref::FALSE;
                }
                let entry = (way, v - 1);
                let at = taken.iter().position(|t| *t == entry).unwrap_or_else(|| {
                    taken.push(entry);
                    taken.len() - 1
                });
                Ref::terminal(u32::try_from(at).unwrap_or(0) + 1)
            });
            if named == Ref::FALSE {
                continue;
            }
            if selected == Ref::FALSE {
                selected = named;
                continue;
            }
            let mut clashes = Vec::new();
            let mut merge = |a: Ref, b: Ref| match (a.value(), b.value()) {
                (Some(0), _) => Some(b),
                (_, Some(0)) => Some(a),
                (Some(x), Some(_)) if x & TROUBLE != 0 => Some(a),
                (Some(x), Some(_)) => {
                    clashes.push(x);
                    Some(Ref::terminal(TROUBLE | x))
                }
                _ => None,
            };
            // A clash is marked with the first way's entry; the second is this one.
            let merged = self.diagrams.combine(selected, named, &mut merge);
            selected = if clashes.is_empty() {
                merged
            } else {
                let marks: Vec<(u32, Ref)> = clashes
                    .into_iter()
                    .map(|x| (TROUBLE | x, self.trouble(Trouble::Ways(taken[x as usize - 1].0, way))))
                    .collect();
                self.diagrams
                    .map(merged, &mut |_, v| marks.iter().find(|m| m.0 == v).map_or_else(|| Ref::terminal(v), |m| m.1))
            };
        }
        selected
    }

    /// Of the rules that apply the one that remains, plus one; 0 for none; a trouble for two.
    fn select(
        &mut self,
        kind: &'static str,
        rules: &[usize],
        heads: &dyn Fn(&'a Program, usize) -> &'a Head,
        place: Place,
    ) -> Ref {
        let program = self.program;
        let mut conditions: Vec<(usize, Ref)> = Vec::with_capacity(rules.len());
        for &rule in rules {
            let holds = self.test(&heads(program, rule).when, place);
            if holds != Ref::FALSE {
                conditions.push((rule, holds));
            }
        }
        let mut selected = Ref::FALSE;
        for at in 0..conditions.len() {
            let (rule, holds) = conditions[at];
            let mut remaining = holds;
            for &(other, other_holds) in &conditions {
                if heads(program, rule).overridden_by.contains(&other) {
                    remaining = self.diagrams.choose(other_holds, Ref::FALSE, remaining);
                }
            }
            let named = Ref::terminal(u32::try_from(rule).unwrap_or(0) + 1);
            let named = self.diagrams.choose(remaining, named, Ref::FALSE);
            let mut clash = None;
            let mut merge = |a: Ref, b: Ref| match (a.value(), b.value()) {
                (Some(0), _) => Some(b),
                (_, Some(0)) => Some(a),
                (Some(x), Some(_)) if x & TROUBLE != 0 => Some(a),
                (Some(x), Some(y)) => {
                    clash = Some((x as usize - 1, y as usize - 1));
                    Some(Ref::terminal(NOBODY - 1))
                }
                _ => None,
            };
            let merged = self.diagrams.combine(selected, named, &mut merge);
            selected = match clash {
                None => merged,
                Some((x, y)) => {
                    let mark = self.trouble(Trouble::Rules(kind, x, y));
                    self.diagrams.map(merged, &mut |_, v| if v == NOBODY - 1 { mark } else { Ref::terminal(v) })
                }
            };
        }
        selected
    }

    /// The assistance rules that apply, bit by bit.
    fn assists(&mut self, way: usize, place: Place) -> Ref {
        let program = self.program;
        let conditions: Vec<(usize, Ref)> = program.ways[way]
            .assists
            .iter()
            .map(|&rule| (rule, self.test(&program.assists[rule].head.when, place)))
            .filter(|(_, holds)| *holds != Ref::FALSE)
            .collect();
        let mut bits = Ref::terminal(0);
        for &(rule, holds) in &conditions {
            let mut remaining = holds;
            for &(other, other_holds) in &conditions {
                if program.assists[rule].head.overridden_by.contains(&other) {
                    remaining = self.diagrams.choose(other_holds, Ref::FALSE, remaining);
                }
            }
            let mut set = |a: Ref, b: Ref| match (a.value(), b.value()) {
                (_, Some(0)) => Some(a),
                (Some(x), Some(_)) => Some(Ref::terminal(x | 1 << rule)),
                _ => None,
            };
            bits = self.diagrams.combine(bits, remaining, &mut set);
        }
        bits
    }

    /// The possible assistances on a fee, lowest payable first.
    fn fee_options(&self, fee: usize, applying: u32) -> Vec<FeeChoice> {
        let rule = &self.program.fees[fee];
        let charged = rule.standard.map_or(Money::ZERO, |standard| standard.plus(rule.fiscal).less(rule.waived));
        let plain = FeeChoice { fee, taken: 0, payable: charged, unstated: false };
        if charged.is_zero() {
            return vec![plain];
        }
        let rules = &self.program.assists;
        let applies = |at: &usize| applying >> at & 1 == 1;
        let stated = |at: &usize| applies(at) && rules[*at].relief != Relief::Unstated;
        let mut layers: Vec<u8> = (0..rules.len()).filter(stated).map(|at| rules[at].layer).collect();
        layers.sort_unstable();
        layers.dedup();
        let mut options = vec![plain];
        for layer in layers {
            let mut next: Vec<FeeChoice> = Vec::new();
            for option in &options {
                let mut any = false;
                // Where nothing is left, a later layer gives nothing.
                let here = |at: &usize| stated(at) && rules[*at].layer == layer && !option.payable.is_zero();
                for at in (0..rules.len()).filter(here) {
                    any = true;
                    let payable = rules[at].relief.after(option.payable);
                    let taken = option.taken | 1 << at;
                    match next.iter_mut().find(|o| o.payable == payable) {
                        Some(same) => same.taken |= taken,
                        None => next.push(FeeChoice { fee, taken, payable, unstated: false }),
                    }
                }
                if !any && !next.iter().any(|o| o.payable == option.payable) {
                    next.push(*option);
                }
            }
            options = next;
        }
        options.sort_unstable_by_key(|option| option.payable);
        if self.program.highest || options.first().is_some_and(|option| option.payable.is_zero()) {
            options.truncate(1);
        }
        if let [only] = options.as_mut_slice()
            && only.taken == 0
        {
            for at in (0..rules.len()).filter(|at| applies(at) && !stated(at)) {
                only.unstated = true;
                only.taken |= 1 << at;
            }
        }
        options
    }

    fn pair(&mut self, a: Ref, b: Ref) -> Ref {
        let (pairs, index) = (&mut self.pairs, &mut self.pair_index);
        let mut join = |a: Ref, b: Ref| match (a.value(), b.value()) {
            (Some(x), _) if x & TROUBLE != 0 => Some(a),
            (_, Some(y)) if y & TROUBLE != 0 => Some(b),
            (Some(x), Some(y)) => Some(Ref::terminal(index.get(both(x, y)).unwrap_or_else(|| {
                let at = pairs.len() as u32;
                index.insert(both(x, y), at);
                pairs.push((x, y));
                at
            }))),
            _ => None,
        };
        self.diagrams.combine(a, b, &mut join)
    }

    /// The day on which the person would pay.
    fn payment_day(&self, way: usize, windows: u32) -> Day {
        let rule = &self.program.ways[way];
        let events = self.events.with(Event::Payment, self.on);
        let mut opens: Option<Day> = None;
        for (at, window) in rule.windows.iter().enumerate() {
            let status = STATUSES[(windows / 5u32.pow(u32::try_from(at).unwrap_or(0)) % 5) as usize];
            let next = match status {
                Status::Dead => None,
                Status::Open | Status::FutureUnstated => return self.on,
                Status::LaterDay => next_payable(self.on, window.days),
                Status::Future => window
                    .from
                    .as_ref()
                    .and_then(|from| from.eval(events, Counting::Wide))
                    .and_then(|day| next_payable(day, window.days)),
            };
            opens = match (opens, next) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
        }
        opens.filter(|&day| day <= self.program.year_end).unwrap_or(self.on)
    }

    fn waits(&mut self, way: usize, place: Place) -> Ref {
        let program = self.program;
        let selected = self.select("wait", &program.ways[way].waits, &|p, at| &p.waits[at].head, place);
        let mut rules = Vec::new();
        for at in self.diagrams.below(selected) {
            if let Some(value) = at.value()
                && value != 0
                && value & TROUBLE == 0
            {
                rules.push(value);
            }
        }
        let mut result = self.diagrams.map(selected, &mut |_, v| Ref::terminal(if v & TROUBLE != 0 { v } else { 0 }));
        for value in rules {
            let here = self.diagrams.map(selected, &mut |_, v| Ref::terminal(u32::from(v == value)));
            let lengths = self.wait_lengths(value as usize - 1, place);
            result = self.diagrams.choose(here, lengths, result);
        }
        result
    }

    fn wait_choice(&mut self, choice: WaitChoice) -> Ref {
        let at = self.wait_choices.iter().position(|c| *c == choice).unwrap_or_else(|| {
            self.wait_choices.push(choice);
            self.wait_choices.len() - 1
        });
        Ref::terminal(u32::try_from(at).unwrap_or(0) + 1)
    }

    /// How long the wait is, by missed years and years paid back where these are not known.
    fn wait_lengths(&mut self, rule: usize, place: Place) -> Ref {
        let wait = &self.program.waits[rule];
        if wait.length.is_none() {
            return Ref::terminal(0);
        }
        let known = |case: &Self, var: u8| case.known[usize::from(var)];
        let missed = wait.grows.map(|_| known(self, var::MISSED_YEARS));
        let paid = wait.less.map(|less| (less.var, less.most, known(self, less.var)));
        let events = self.events.with(Event::Payment, place.payment);
        let start = wait.from.eval(events, Counting::Wide).unwrap_or(place.payment);
        let missed_values = match missed {
            None => vec![0],
            Some(Some(n)) => vec![n],
            Some(None) => {
                // Beyond the coverage year one more missed year changes nothing that can be had.
                let mut values = Vec::new();
                for n in 1..=40 {
                    values.push(n);
                    if !ends_by(wait, start, n, self.program.year_end) {
                        break;
                    }
                }
                values
            }
        };
        let paid_values = match paid {
            None => vec![0],
            Some((_, _, Some(n))) => vec![n],
            Some((_, max, None)) => (0..=int(max).min(40)).collect(),
        };
        let mut edges = Vec::new();
        for (at, &n) in missed_values.iter().enumerate() {
            let last = at + 1 == missed_values.len();
            let more = last && missed == Some(None);
            let mut inner = Vec::new();
            for (i, &m) in paid_values.iter().enumerate() {
                let to = self.wait_choice(WaitChoice { rule, length: length(wait, n, m), more });
                inner.push(Edge { high: if i + 1 == paid_values.len() { i32::MAX } else { m }, to });
            }
            let to = match (paid, inner.as_slice()) {
                (Some((var, _, None)), _) => self.diagrams.make(var, &inner),
                (_, [only, ..]) => only.to,
                (_, []) => Ref::FALSE,
            };
            edges.push(Edge { high: if last { i32::MAX } else { n }, to });
        }
        match edges.as_slice() {
            [only] => only.to,
            _ => self.diagrams.make(var::MISSED_YEARS, &edges),
        }
    }

    /// The diagram of decisions; read its terminals with [`Case::end`].
    pub(crate) fn decide(&mut self) -> Ref {
        let somebody = self.somebody();
        let mut taken = Vec::new();
        let selected = self.select_way(&mut taken);
        let nobody = Ref::terminal(NOBODY);
        let no_way = self.trouble(Trouble::NoWay);
        let missing = self.diagrams.map(selected, &mut |_, v| match v {
            0 => no_way,
            v if v & TROUBLE != 0 => Ref::terminal(v),
            _ => nobody,
        });
        let mut result = self.diagrams.choose(somebody, missing, nobody);
        for (at, &(way, windows)) in taken.iter().enumerate() {
            let mark = u32::try_from(at).unwrap_or(0) + 1;
            let here = self.diagrams.map(selected, &mut |_, v| Ref::terminal(u32::from(v == mark)));
            let here = self.diagrams.and(here, somebody);
            if here == Ref::FALSE {
                continue;
            }
            let decided = self.decide_way(way, windows, here);
            let mut unite = |a: Ref, b: Ref| {
                if a == nobody {
                    Some(b)
                } else if b == nobody {
                    Some(a)
                } else {
                    a.value().map(|_| a)
                }
            };
            result = self.diagrams.combine(result, decided, &mut unite);
        }
        result
    }

    fn decide_way(&mut self, way: usize, windows: u32, here: Ref) -> Ref {
        let program = self.program;
        let nobody = Ref::terminal(NOBODY);
        let payment = self.payment_day(way, windows);
        let place = Place { way: Some(way), payment };
        let kind = program.ways[way].kind;
        let base = Decision {
            way,
            windows,
            payment,
            fee: None,
            benefit: None,
            wait: None,
            register: None,
            extras: Vec::new(),
        };
        if kind == WayKind::NotCovered {
            let to = self.decision(base);
            return self.diagrams.choose(here, to, nobody);
        }
        let mut stages: Vec<Ref> = vec![
            self.fees(way, place),
            self.select("benefit", &program.ways[way].benefits, &|p, at| &p.benefits[at].head, place),
            self.waits(way, place),
            self.select("register", &program.ways[way].registers, &|p, at| &p.registers[at], place),
        ];
        for premium in &program.ways[way].extras {
            stages.push(self.select("extra", premium, &|p, at| &p.extras[at].head, place));
        }
        let mut all = self.diagrams.choose(here, Ref::terminal(0), nobody);
        for &stage in &stages {
            all = self.pair(all, stage);
        }
        let mut ends: Vec<u32> = Vec::new();
        for at in self.diagrams.below(all) {
            ends.extend(at.value().filter(|v| v & TROUBLE == 0));
        }
        let mut names = Table::default();
        for end in ends {
            let mut items = vec![0; stages.len()];
            let mut rest = end;
            for item in items.iter_mut().rev() {
                let (before, here) = self.pairs[rest as usize];
                *item = here;
                rest = before;
            }
            let rule = |item: u32| (item as usize).checked_sub(1);
            let decision = Decision {
                fee: rule(items[0]).map(|at| self.fee_choices[at]),
                benefit: rule(items[1]),
                wait: rule(items[2]).map(|at| self.wait_choices[at]),
                register: rule(items[3]),
                extras: items[4..].iter().filter_map(|&item| rule(item)).collect(),
                ..base.clone()
            };
            let to = self.decision(decision);
            names.insert(u64::from(end), to.raw());
        }
        self.diagrams.map(all, &mut |_, v| names.get(u64::from(v)).map_or_else(|| Ref::terminal(v), Ref::from_raw))
    }

    /// The fee with its assistance, plus one; 0 where the notice has no fee on this way.
    fn fees(&mut self, way: usize, place: Place) -> Ref {
        let program = self.program;
        let mut fee = self.select("fee", &program.ways[way].fees, &|p, at| &p.fees[at].head, place);
        if program.ways[way].kind == WayKind::Cover {
            let missing = self.trouble(Trouble::NoFee { way });
            fee = self.diagrams.map(fee, &mut |_, v| if v == 0 { missing } else { Ref::terminal(v) });
        }
        let assists = self.assists(way, place);
        let joined = self.pair(fee, assists);
        let mut ends: Vec<u32> = Vec::new();
        for at in self.diagrams.below(joined) {
            ends.extend(at.value().filter(|v| v & TROUBLE == 0));
        }
        let mut named = Table::default();
        for end in ends {
            let (fee, applying) = self.pairs[end as usize];
            let to = if fee == 0 {
                Ref::terminal(0)
            } else {
                let options = self.fee_options(fee as usize - 1, applying);
                let count = options.len();
                let edges: Vec<Edge> = options
                    .into_iter()
                    .enumerate()
                    .map(|(rank, option)| {
                        let at = self.fee_choices.iter().position(|c| *c == option).unwrap_or_else(|| {
                            self.fee_choices.push(option);
                            self.fee_choices.len() - 1
                        });
                        let to = Ref::terminal(u32::try_from(at).unwrap_or(0) + 1);
                        let high = if rank + 1 == count { i32::MAX } else { i32::try_from(rank).unwrap_or(i32::MAX) };
                        Edge { high, to }
                    })
                    .collect();
                if edges.is_empty() { Ref::terminal(0) } else { self.diagrams.make(program.layout.overlap, &edges) }
            };
            named.insert(u64::from(end), to.raw());
        }
        self.diagrams.map(joined, &mut |_, v| named.get(u64::from(v)).map_or_else(|| Ref::terminal(v), Ref::from_raw))
    }

    /// The end for a decision. No two are equal: each is made for another way, windows, or rules.
    fn decision(&mut self, decision: Decision) -> Ref {
        self.decisions.push(decision);
        Ref::terminal(self.decisions.len() as u32 - 1)
    }
}

/// The length of a wait with so many missed years and so many paid back, in the unit of its rule.
fn length(wait: &WaitRule, missed: i32, paid_back: i32) -> i32 {
    let base = wait.length.map_or(0, |span| span.count);
    let mut length = base;
    if let Some(grows) = wait.grows {
        let counted = (missed - int(grows.beyond)).max(0);
        length = length.saturating_add(counted.saturating_mul(grows.add.count));
        if let Some(cap) = grows.cap {
            length = length.min(cap.count.max(base));
        }
    }
    if let Some(less) = wait.less {
        length = length.saturating_sub(paid_back.saturating_mul(less.each.count)).max(base);
    }
    length
}

/// Whether a wait with so many missed years leaves any cover up to a day.
fn ends_by(wait: &WaitRule, start: Day, missed: i32, year_end: Day) -> bool {
    let Some(span) = wait.length else { return true };
    let span = canbao_policy::model::Span { count: length(wait, missed, 0), ..span };
    add(start, span).is_some_and(|first| first <= year_end)
}

/// The contract's key of a variable; `None` for readings.
pub(crate) fn answer_of(program: &Program, var: u8) -> Option<&str> {
    let layout = program.layout;
    if let Some(answer) = var::FIXED.get(usize::from(var)) {
        Some(answer.as_str())
    } else if var < layout.groups {
        program.notice.questions.get(usize::from(var - var::CUSTOM)).map(|q| q.id.as_str())
    } else if var < layout.recognised_on {
        Some(Answer::Groups.as_str())
    } else if var == layout.recognised_on {
        Some(Answer::RecognisedOn.as_str())
    } else {
        None
    }
}
