//! From rules to one diagram of decisions.
//!
//! For one day and the answers given, the conditions of all rules become diagrams over what is not known. The rules that
//! remain after the overrides are paired kind by kind, so that each combination of answers and readings ends in one
//! decision: the way taken and the rules that fill the rest of the outcome. Two rules remaining, or none where one is
//! needed, end in a fault; answers that contradict each other end nowhere.

use crate::answers::{Answers, CustomAnswer};
use crate::contract::Word;
use crate::dates::{Counting, Day, Events, Expr, add, calendar, next_payable, number, threshold};
use crate::diagram::{Diagrams, Edge, Interner, Marks, Ref, Table, both, hash};
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
#[derive(Clone, Copy, Debug)]
pub(crate) struct Decision {
    pub(crate) way: usize,
    pub(crate) windows: u32,
    pub(crate) payment: Day,
    pub(crate) fee: Option<FeeChoice>,
    pub(crate) benefit: Option<usize>,
    pub(crate) wait: Option<WaitChoice>,
    pub(crate) register: Option<usize>,
    /// Rules of extra premiums, bit by bit.
    pub(crate) extras: u64,
}

impl Decision {
    /// The rules of extra premiums.
    pub(crate) fn extras(&self) -> impl Iterator<Item = usize> {
        bits(self.extras)
    }

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
}

#[cfg(not(target_arch = "wasm32"))]
impl Drop for Case<'_> {
    fn drop(&mut self) {
        self.diagrams.end();
    }
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
            diagrams: Diagrams::begin(),
            decisions: Vec::new(),
            troubles: Vec::new(),
            fee_choices: Vec::new(),
            wait_choices: Vec::new(),
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

    /// The variable of an event of the person's.
    pub(crate) fn event_var(&self, event: Event) -> u8 {
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
            // From the last to the first: what is put on top of what is there tests earlier variables, mostly.
            Test::All(tests) => {
                let mut all = Ref::TRUE;
                for test in tests.iter().rev() {
                    let next = self.test(test, place);
                    all = self.diagrams.and(next, all);
                    if all == Ref::FALSE {
                        break;
                    }
                }
                all
            }
            Test::Any(tests) => {
                let mut any = Ref::FALSE;
                for test in tests.iter().rev() {
                    let next = self.test(test, place);
                    any = self.diagrams.or(next, any);
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

    /// Whether a test holds whatever is not known; `None` where that may still decide. Quicker than [`Self::test`], and
    /// enough for what is only said beside an outcome.
    pub(crate) fn certain(&self, test: &Test, place: Place) -> Option<bool> {
        let known = |var: u8| self.known[usize::from(var)];
        match test {
            Test::All(tests) => each(tests, false, &|test| self.certain(test, place)),
            Test::Any(tests) => each(tests, true, &|test| self.certain(test, place)),
            Test::Not(test) => self.certain(test, place).map(|holds| !holds),
            Test::OneOf { var, mask, .. } => known(*var).map(|value| mask >> (value.cast_unsigned() & 31) & 1 == 1),
            Test::Between { var, low, high } => known(*var).map(|value| (*low..=*high).contains(&value)),
            Test::Count { of, low, high } => {
                let members = of.iter().map(|&var| known(var)).try_fold(0, |sum, member| Some(sum + member?))?;
                Some((*low..=*high).contains(&members.cast_unsigned()))
            }
            Test::NotAfter(a, b) => {
                let events = self.events.with(Event::Payment, place.payment);
                let holds = |counting| Some(a.eval(events, counting)? <= b.eval(events, counting)?);
                let wide = holds(Counting::Wide)?;
                (holds(Counting::Strict) == Some(wide)).then_some(wide)
            }
            Test::Way(bits) => Some(place.way.is_some_and(|way| bits >> (way % 64) & 1 == 1)),
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
        let ways: Vec<usize> = (0..count).filter(|&way| states[way] != Ref::FALSE).collect();
        let program = self.program;
        let contest = Contest::new(&ways, &|way| &program.ways[way].head.overridden_by);
        let parts: Vec<Ref> = ways.iter().map(|&way| states[way]).collect();
        let troubles = &mut self.troubles;
        self.diagrams.product(&parts, &mut |_, parts| {
            let left = contest.settle(parts)?;
            let Some((first, second)) = first_two(left) else { return Some(Ref::FALSE) };
            if let Some(second) = second {
                return Some(trouble(troubles, Trouble::Ways(ways[first], ways[second])));
            }
            let entry = (ways[first], parts[first].value()? - 1);
            let at = taken.iter().position(|t| *t == entry).unwrap_or_else(|| {
                taken.push(entry);
                taken.len() - 1
            });
            Some(Ref::terminal(at as u32 + 1))
        })
    }

    /// The rules that hold for somebody, with the people for whom each does.
    fn holding(&mut self, rules: &[usize], head: &dyn Fn(usize) -> &'a Head, place: Place) -> (Vec<usize>, Vec<Ref>) {
        let (mut holding, mut people) = (Vec::new(), Vec::new());
        for &rule in rules {
            let holds = self.test(&head(rule).when, place);
            if holds != Ref::FALSE {
                holding.push(rule);
                people.push(holds);
            }
        }
        (holding, people)
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
        let (rules, parts) = self.holding(rules, &|rule| heads(program, rule), place);
        if rules.is_empty() {
            return Ref::FALSE;
        }
        let contest = Contest::new(&rules, &|rule| &heads(program, rule).overridden_by);
        let troubles = &mut self.troubles;
        self.diagrams.product(&parts, &mut |_, parts| {
            let left = contest.settle(parts)?;
            Some(match first_two(left) {
                None => Ref::FALSE,
                Some((only, None)) => Ref::terminal(rules[only] as u32 + 1),
                Some((first, Some(second))) => trouble(troubles, Trouble::Rules(kind, rules[first], rules[second])),
            })
        })
    }

    /// The assistance rules that apply, bit by bit.
    fn assists(&mut self, way: usize, place: Place) -> Ref {
        let program = self.program;
        let (rules, parts) = self.holding(&program.ways[way].assists, &|rule| &program.assists[rule].head, place);
        let contest = Contest::new(&rules, &|rule| &program.assists[rule].head.overridden_by);
        self.diagrams.product(&parts, &mut |_, parts| {
            let left = contest.settle(parts)?;
            let bit = |(at, rule): (usize, &usize)| ((left >> at & 1) as u32) << rule;
            Some(Ref::terminal(rules.iter().enumerate().map(bit).sum()))
        })
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
        let mut parts = vec![selected];
        for at in self.diagrams.below(selected) {
            if let Some(value) = at.value()
                && value != 0
                && value & TROUBLE == 0
            {
                rules.push(value);
                parts.push(self.wait_lengths(value as usize - 1, place));
            }
        }
        self.diagrams.product(&parts, &mut |_, parts| {
            let value = parts[0].value()?;
            Some(rules.iter().position(|&rule| rule == value).map_or(parts[0], |at| parts[at + 1]))
        })
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
        let paid_known = paid.map_or(Some(0), |(_, _, known)| known);
        if let (Some(n), Some(m)) = (missed.unwrap_or(Some(0)), paid_known) {
            return self.wait_choice(WaitChoice { rule, length: length(wait, n, m), more: false });
        }
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
        let no_way = trouble(&mut self.troubles, Trouble::NoWay);
        let mut selected = self.diagrams.combine(selected, somebody, &mut |selected, somebody| match somebody {
            Ref::FALSE => Some(nobody),
            Ref::TRUE if selected == Ref::FALSE => Some(no_way),
            Ref::TRUE => selected.value().map(|_| selected),
            _ => None,
        });
        // Each way is followed only where there are people on it.
        let marks = self.diagrams.marks(selected, way_mark);
        let mut parts = Vec::with_capacity(taken.len() + 1);
        for (at, &(way, windows)) in taken.iter().enumerate() {
            let mark = Ref::terminal(at as u32 + 1);
            if marks.of(selected) & marks.of(mark) != 0 {
                parts.push(self.decide_way(way, windows, Here { selected, mark, marks: &marks }));
            }
        }
        if marks.of(selected) & TROUBLED != 0 {
            selected =
                self.diagrams.map(selected, &mut |_, v| if v & TROUBLE == 0 { nobody } else { Ref::terminal(v) });
            parts.push(selected);
        }
        // Each person is in one part.
        self.diagrams.product(&parts, &mut |_, parts| {
            let mut some = parts.iter().copied().filter(|&part| part != nobody);
            let first = some.next();
            if some.next().is_none() { Some(first.unwrap_or(nobody)) } else { None }
        })
    }

    fn decide_way(&mut self, way: usize, windows: u32, here: Here) -> Ref {
        let program = self.program;
        let nobody = Ref::terminal(NOBODY);
        let payment = self.payment_day(way, windows);
        let place = Place { way: Some(way), payment };
        let kind = program.ways[way].kind;
        let base = Decision { way, windows, payment, fee: None, benefit: None, wait: None, register: None, extras: 0 };
        if kind == WayKind::NotCovered {
            let to = Ref::terminal(self.decisions.len() as u32);
            self.decisions.push(base);
            return self.diagrams.product(&[here.selected], &mut |_, parts| {
                here.is(parts[0]).map(|here| if here { to } else { nobody })
            });
        }
        let mut stages: Vec<Ref> = vec![
            self.fees(way, place),
            self.select("benefit", &program.ways[way].benefits, &|p, at| &p.benefits[at].head, place),
            self.waits(way, place),
            self.select("register", &program.ways[way].registers, &|p, at| &p.registers[at].head, place),
        ];
        for premium in &program.ways[way].extras {
            stages.push(self.select("extra", premium, &|p, at| &p.extras[at].head, place));
        }
        // What is the same for everybody need not be followed.
        let open: Vec<usize> = (0..stages.len()).filter(|&at| stages[at].value().is_none()).collect();
        let mut parts = vec![here.selected];
        parts.extend(open.iter().map(|&at| stages[at]));
        let mut known: Interner<Vec<Ref>> = Interner::default();
        let first = self.decisions.len();
        let ends = self.diagrams.product(&parts, &mut |_, parts| {
            match here.is(parts[0]) {
                Some(true) => {}
                Some(false) => return Some(nobody),
                None => return None,
            }
            for (&at, &part) in open.iter().zip(&parts[1..]) {
                part.value()?;
                stages[at] = part;
            }
            let wrong = stages.iter().find(|stage| stage.value().is_some_and(|value| value & TROUBLE != 0));
            Some(wrong.copied().unwrap_or_else(|| {
                Ref::terminal(known.intern(hash(&stages), |known| *known == stages, || stages.clone()) + first as u32)
            }))
        });
        let rule = |stage: Ref| stage.value().and_then(|value| (value as usize).checked_sub(1));
        for items in known.items {
            self.decisions.push(Decision {
                fee: rule(items[0]).map(|at| self.fee_choices[at]),
                benefit: rule(items[1]),
                wait: rule(items[2]).map(|at| self.wait_choices[at]),
                register: rule(items[3]),
                extras: items[4..].iter().filter_map(|&item| rule(item)).fold(0, |bits, at| bits | 1 << at),
                ..base
            });
        }
        ends
    }

    /// The fee with its assistance, plus one; 0 where the notice has no fee on this way.
    fn fees(&mut self, way: usize, place: Place) -> Ref {
        let program = self.program;
        let fee = self.select("fee", &program.ways[way].fees, &|p, at| &p.fees[at].head, place);
        let missing =
            (program.ways[way].kind == WayKind::Cover).then(|| trouble(&mut self.troubles, Trouble::NoFee { way }));
        let assists = self.assists(way, place);
        let mut known = Table::default();
        let choices = &mut self.fee_choices;
        self.diagrams.product(&[fee, assists], &mut |diagrams, parts| {
            let fee = parts[0].value()?;
            if fee == 0 || fee & TROUBLE != 0 {
                return Some(missing.filter(|_| fee == 0).unwrap_or(parts[0]));
            }
            let applying = parts[1].value()?;
            let key = both(fee, applying);
            let options = known.get(key).map(Ref::from_raw).unwrap_or_else(|| {
                let options = fee_options(program, fee as usize - 1, applying);
                let last = options.len() - 1;
                let edges = options.into_iter().enumerate().map(|(rank, option)| {
                    let at = choices.iter().position(|c| *c == option).unwrap_or_else(|| {
                        choices.push(option);
                        choices.len() - 1
                    });
                    Edge { high: if rank == last { i32::MAX } else { rank as i32 }, to: Ref::terminal(at as u32 + 1) }
                });
                let options = diagrams.make(program.layout.overlap, &edges.collect::<Vec<_>>());
                known.insert(key, options.raw());
                options
            });
            Some(options)
        })
    }
}

/// The people on one way: where the diagram of ways ends in its mark.
#[derive(Clone, Copy)]
struct Here<'m> {
    selected: Ref,
    mark: Ref,
    marks: &'m Marks,
}

impl Here<'_> {
    /// Whether a part of the diagram holds only such people; `None` while it holds others too.
    fn is(self, part: Ref) -> Option<bool> {
        if part == self.mark {
            return Some(true);
        }
        let none = part.value().is_some() || self.marks.of(part) & self.marks.of(self.mark) == 0;
        none.then_some(false)
    }
}

/// In [`Marks`]: troubles, beside the people who are none.
const TROUBLED: u64 = 1 << 63;

/// The bit of a way taken; beyond the sixty-second they share one.
fn way_mark(value: u32) -> u64 {
    match value {
        NOBODY => 0,
        value if value & TROUBLE != 0 => TROUBLED,
        value => 1 << value.min(62),
    }
}

/// Whether all tests come out against `decisive`, or one does not; `None` while that is open.
fn each(tests: &[Test], decisive: bool, certain: &dyn Fn(&Test) -> Option<bool>) -> Option<bool> {
    let mut all = Some(!decisive);
    for test in tests {
        match certain(test) {
            Some(holds) if holds == decisive => return Some(decisive),
            Some(_) => {}
            None => all = None,
        }
    }
    all
}

/// The end for a fault.
fn trouble(troubles: &mut Vec<Trouble>, trouble: Trouble) -> Ref {
    let at = troubles.iter().position(|t| *t == trouble).unwrap_or_else(|| {
        troubles.push(trouble);
        troubles.len() - 1
    });
    Ref::terminal(TROUBLE | at as u32)
}

/// Rules of which some override others: for each, the others that it overrides, bit by bit.
struct Contest(Vec<u64>);

impl Contest {
    fn new<'p>(rules: &[usize], overridden_by: &dyn Fn(usize) -> &'p Vec<usize>) -> Self {
        let mut over = vec![0; rules.len()];
        for (at, &rule) in rules.iter().enumerate() {
            for by in overridden_by(rule) {
                if let Some(by) = rules.iter().position(|rule| rule == by) {
                    over[by] |= 1 << at;
                }
            }
        }
        Self(over)
    }

    /// The rules that apply and are not overridden, once that is settled. A rule that is overridden is not followed
    /// further, unless it may override one that nothing else does: also an overridden rule overrides.
    fn settle(&self, parts: &mut [Ref]) -> Option<u64> {
        let (mut applying, mut open) = (0u64, 0u64);
        for (at, part) in parts.iter().enumerate() {
            match part.value() {
                Some(value) => applying |= u64::from(value != 0) << at,
                None => open |= 1 << at,
            }
        }
        let mut left = applying;
        for (at, &over) in self.0.iter().enumerate() {
            if applying >> at & 1 == 1 {
                left &= !over;
                for (other, part) in parts.iter_mut().enumerate() {
                    if (over & open) >> other & 1 == 1 && self.0[other] & !over == 0 {
                        *part = Ref::FALSE;
                        open &= !(1 << other);
                    }
                }
            }
        }
        (open == 0).then_some(left)
    }
}

/// The places of the bits that are set.
pub(crate) fn bits(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let at = (bits != 0).then(|| bits.trailing_zeros() as usize);
        bits &= bits.wrapping_sub(1);
        at
    })
}

/// The places of the lowest two bits.
fn first_two(bits: u64) -> Option<(usize, Option<usize>)> {
    let place = |bits: u64| (bits != 0).then(|| bits.trailing_zeros() as usize);
    let first = place(bits)?;
    Some((first, place(bits & (bits - 1))))
}

/// The possible assistances on a fee, lowest payable first; at least one.
fn fee_options(program: &Program, fee: usize, applying: u32) -> Vec<FeeChoice> {
    let rule = &program.fees[fee];
    let charged = rule.standard.map_or(Money::ZERO, |standard| standard.plus(rule.fiscal).less(rule.waived));
    let plain = FeeChoice { fee, taken: 0, payable: charged, unstated: false };
    if charged.is_zero() {
        return vec![plain];
    }
    let rules = &program.assists;
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
    if program.highest || options.first().is_some_and(|option| option.payable.is_zero()) {
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
pub(crate) fn answer_of(program: &Program, var: u8) -> Option<Word> {
    let layout = program.layout;
    let own = |answer: Answer| Some(Word::Borrowed(answer.as_str()));
    if let Some(&answer) = var::FIXED.get(usize::from(var)) {
        own(answer)
    } else if var < layout.groups {
        program.notice.questions.get(usize::from(var - var::CUSTOM)).map(|q| Word::Owned(q.id.clone()))
    } else if var < layout.recognised_on {
        own(Answer::Groups)
    } else if var == layout.recognised_on {
        own(Answer::RecognisedOn)
    } else {
        None
    }
}
