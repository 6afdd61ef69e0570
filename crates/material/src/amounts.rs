//! What people pay, worked out by the engine: an ordinary payer, and a member of each group the notice names.
//!
//! A poster and a signed sheet say "this group pays that much, from then to then", and a notice never says it in one
//! place. So the engine is asked on every day of the year before and of the coverage year, for each kind of payer, and
//! days with equal answers are put together. Nothing is decided here: an amount, a payable day, a condition is what the
//! engine returned, and where it returned several outcomes the table has several prices.

use canbao_engine::answers::parse_day;
use canbao_engine::contract::{ExtraPremium, FeeSum, Kind, Outcome, Response, Today, When};
use canbao_engine::{Answers, Program, RequestError, evaluate};
use canbao_policy::model::{
    Answer, ChannelId, Group, GroupEntry, LastYear, Left, OtherPlan, Residence, Route, Student, Unstated,
};
use chrono::{Datelike, Days, NaiveDate};

/// Days in a row, both ends included.
pub type Run = (NaiveDate, NaiveDate);

/// Somebody who pays: from here, without other cover, insured here last year, no student and no newborn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payer<'a> {
    /// Nothing special applies (普通居民).
    Ordinary,
    /// In this group and no other.
    Member(&'a GroupEntry),
    /// In both groups, where the first changes nothing without the second (三级残疾人 who is 低保户 as well).
    Both(&'a GroupEntry, &'a GroupEntry),
}

impl Payer<'_> {
    fn groups(self) -> impl Iterator<Item = Group> {
        let (one, other) = match self {
            Self::Ordinary => (None, None),
            Self::Member(entry) => (Some(entry.id), None),
            Self::Both(entry, with) => (Some(entry.id), Some(with.id)),
        };
        one.into_iter().chain(other)
    }
}

/// One possible amount, with all that holds where it is paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Price {
    /// What it amounts to.
    pub kind: Kind,
    /// The amounts; none where the notice gives none.
    pub fee: Option<FeeSum>,
    /// The way it is paid on.
    pub route: Route,
    /// The possibilities in which it holds, each with all that it rests on; empty where it rests on nothing.
    pub when: Vec<Vec<When>>,
    /// Premiums beside it.
    pub extras: Vec<ExtraPremium>,
    /// Waiting periods that paying brings.
    pub waits: Vec<String>,
    /// Ways to pay it.
    pub channels: Vec<ChannelId>,
    /// What the notice does not say.
    pub unstated: Vec<Unstated>,
    /// The clauses behind it.
    pub cites: Vec<String>,
}

impl Price {
    fn of(outcome: Outcome, when: Vec<When>) -> Self {
        Self {
            kind: outcome.kind,
            fee: outcome.fee,
            route: outcome.route,
            when: if when.is_empty() { Vec::new() } else { vec![when] },
            extras: outcome.extras,
            waits: outcome.wait.map(|wait| wait.length).into_iter().collect(),
            channels: outcome.channels,
            unstated: outcome.unstated,
            cites: outcome.cites,
        }
    }

    /// Takes in an outcome of the same amount.
    fn join(&mut self, other: Self) {
        // Without a condition in one case there is none in either.
        if self.when.is_empty() || other.when.is_empty() {
            self.when.clear();
        } else {
            add(&mut self.when, other.when);
        }
        add(&mut self.extras, other.extras);
        add(&mut self.waits, other.waits);
        add(&mut self.channels, other.channels);
        add(&mut self.unstated, other.unstated);
        add(&mut self.cites, other.cites);
    }

    /// Whether another day's price is this one; what it rests on may have moved with the day.
    fn is(&self, other: &Self) -> bool {
        (self.kind, &self.fee, self.route) == (other.kind, &other.fee, other.route)
            && (&self.extras, &self.waits) == (&other.extras, &other.waits)
    }
}

fn add<T: PartialEq>(to: &mut Vec<T>, more: Vec<T>) {
    for item in more {
        if !to.contains(&item) {
            to.push(item);
        }
    }
}

/// What a payer pays in a stretch of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row<'a> {
    /// Who.
    pub payer: Payer<'a>,
    /// The amounts that are possible, the one to plan by first.
    pub prices: Vec<Price>,
    /// Whether what the prices rest on is the same on every day; otherwise it is that of the first.
    pub steady: bool,
    /// Whether what the prices rest on tells them apart. The engine names what has to hold for each; where two may hold
    /// at once, something more decides between them.
    pub decisive: bool,
    /// The questions that decide between the prices, by their keys.
    pub asks: Vec<String>,
    /// The day from which on who pays has no cover in the coverage year any more.
    pub in_vain: Option<NaiveDate>,
    /// Whether only who was in the resident plan last year can pay then (闻喜 五(二)). Worked out for an ordinary payer
    /// only, beside whose amount it is said.
    pub continuing: bool,
    /// The days on which it can be paid; none where nothing has to be paid, or the notice has no such day.
    pub runs: Vec<Run>,
    /// Whether the notice says that one can pay from the first of these days on, and not before.
    pub starts: bool,
    /// Whether the notice says that the last of these days is the last.
    pub ends: bool,
}

/// The stretches in a row in which one payer pays the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span<'t> {
    /// The amounts that are possible.
    pub prices: &'t [Price],
    /// The first and the last day for which they were worked out.
    pub days: Run,
    /// The days on which it can be paid.
    pub runs: Vec<Run>,
    /// As in [`Row`].
    pub starts: bool,
    /// As in [`Row`].
    pub ends: bool,
    /// As in [`Row`].
    pub in_vain: Option<NaiveDate>,
    /// As in [`Row`].
    pub continuing: bool,
}

impl Span<'_> {
    /// The first payable day, if the notice says so.
    #[must_use]
    pub fn from(&self) -> Option<NaiveDate> {
        self.runs.first().filter(|_| self.starts).map(|run| run.0)
    }

    /// The last payable day, if the notice says so.
    #[must_use]
    pub fn to(&self) -> Option<NaiveDate> {
        self.runs.last().filter(|_| self.ends).map(|run| run.1)
    }
}

/// Days on which the amounts are the same for everybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch<'a> {
    /// The first day on which somebody can pay; none where the notice does not say when that is.
    pub from: Option<NaiveDate>,
    /// The last day on which somebody can pay; none where the notice does not say when that is.
    pub to: Option<NaiveDate>,
    /// The first and the last day for which the amounts were worked out.
    pub days: Run,
    /// An ordinary payer, then the groups in the notice's order.
    pub rows: Vec<Row<'a>>,
}

/// What people pay, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Amounts<'a> {
    /// The stretches of time in which somebody can pay, in order.
    pub stretches: Vec<Stretch<'a>>,
    /// What holds after the last of them, until the coverage year ends.
    pub after: Option<Stretch<'a>>,
}

impl<'a> Amounts<'a> {
    /// Works out the amounts of a notice.
    ///
    /// # Errors
    /// When the notice file is faulty (which `canbao check` finds before it ships).
    ///
    /// ```
    /// use canbao_material::amounts::{Amounts, Payer};
    /// # for id in canbao_baked::index().iter().map(|entry| entry.id) {
    /// let program = canbao_baked::program(id).expect("a notice");
    /// let amounts = Amounts::of(&program).expect("a sound notice");
    /// for stretch in &amounts.stretches {
    ///     assert_eq!(stretch.rows[0].payer, Payer::Ordinary);
    ///     assert!(stretch.rows.iter().any(|row| !row.runs.is_empty()));
    /// }
    /// # }
    /// ```
    pub fn of(program: &'a Program) -> Result<Self, RequestError> {
        let year = program.notice().notice.year;
        let Some(early) = NaiveDate::from_ymd_opt(year - 1, 1, 1) else { return Ok(Self::default()) };
        let (payers, start) = payers(program, early)?;
        let mut stretches: Vec<Walk<'a>> = Vec::new();
        for day in start.iter_days() {
            let mut rows = Vec::with_capacity(payers.len());
            for &payer in &payers {
                rows.push(DayRow::of(program, day, payer)?);
            }
            if rows.iter().any(|row| row.over) {
                break;
            }
            match stretches.last_mut() {
                Some(stretch) if stretch.holds(&rows) => stretch.extend(day, rows),
                _ => stretches.push(Walk::begin(day, &payers, rows)),
            }
        }
        let end = stretches.last().map_or(start, |last| last.days.1);
        let after = stretches.pop_if(|last| !last.payable()).map(|last| last.end(end));
        let stretches = stretches.into_iter().filter(Walk::payable).map(|stretch| stretch.end(end)).collect();
        Ok(Self { stretches, after })
    }

    /// What the payer of a row pays over time, what holds after the last stretch included.
    #[must_use]
    pub fn spans(&self, row: usize) -> Vec<Span<'_>> {
        let mut spans: Vec<Span<'_>> = Vec::new();
        for stretch in self.stretches.iter().chain(&self.after) {
            let Some(row) = stretch.rows.get(row) else { continue };
            match spans.last_mut() {
                Some(span) if same(span.prices, &row.prices) => {
                    span.days.1 = stretch.days.1;
                    span.in_vain = span.in_vain.or(row.in_vain);
                    span.continuing |= row.continuing;
                    if span.runs.is_empty() {
                        span.starts = row.starts;
                    }
                    if !row.runs.is_empty() {
                        span.ends = row.ends;
                    }
                    for &run in &row.runs {
                        put(&mut span.runs, run);
                    }
                }
                _ => spans.push(Span {
                    prices: &row.prices,
                    days: stretch.days,
                    runs: row.runs.clone(),
                    starts: row.starts,
                    ends: row.ends,
                    in_vain: row.in_vain,
                    continuing: row.continuing,
                }),
            }
        }
        spans
    }

    /// The days on which an ordinary payer can pay.
    pub fn payable(&self) -> impl Iterator<Item = Run> {
        self.stretches.iter().filter_map(|stretch| stretch.rows.first()).flat_map(|row| row.runs.iter().copied())
    }
}

/// Whether the coverage year has ended on a day.
pub(crate) fn over(program: &Program, on: NaiveDate) -> Result<bool, RequestError> {
    Ok(ask(program, on, Payer::Ordinary, LastYear::Resident)?.over)
}

/// Everybody whose amounts are worked out, and a day from which on to do so.
fn payers(program: &Program, early: NaiveDate) -> Result<(Vec<Payer<'_>>, NaiveDate), RequestError> {
    let groups = &program.notice().groups;
    let ordinary = ask(program, early, Payer::Ordinary, LastYear::Resident)?;
    let mut first: Option<NaiveDate> = None;
    let mut note = |response: &Response| {
        let days = response.outcomes.iter().flat_map(|outcome| &outcome.periods).filter_map(|(from, _)| *from);
        first = days.chain(first).min();
    };
    note(&ordinary);
    for entry in groups {
        note(&ask(program, early, Payer::Member(entry), LastYear::Resident)?);
    }
    let first = first.unwrap_or(early);
    let prices = |payer| Ok(DayRow::of(program, first, payer)?.prices);
    let ordinary = prices(Payer::Ordinary)?;
    let mut payers = vec![Payer::Ordinary];
    for (at, entry) in groups.iter().enumerate() {
        payers.push(Payer::Member(entry));
        if !same(&prices(Payer::Member(entry))?, &ordinary) {
            continue;
        }
        for (other, with) in groups.iter().enumerate().filter(|(other, _)| *other != at) {
            let alone = prices(Payer::Member(with))?;
            let twice = other < at && same(&alone, &ordinary);
            if !twice && !same(&prices(Payer::Both(entry, with))?, &alone) {
                payers.push(Payer::Both(entry, with));
            }
        }
    }
    // The day before the first shows whether the notice says that one can pay from then on.
    Ok((payers, first.checked_sub_days(Days::new(1)).unwrap_or(first)))
}

fn ask(program: &Program, on: NaiveDate, payer: Payer<'_>, last_year: LastYear) -> Result<Response, RequestError> {
    let answers = Answers {
        residence: Some(Residence::Local),
        other_plan: Some(OtherPlan::None),
        groups: Some(payer.groups().collect()),
        left: Some(Left::None),
        last_year: Some(last_year),
        student: Some(Student::None),
        ..Answers::default()
    };
    let mut response = evaluate(program, on, &answers)?;
    response.outcomes.retain(|outcome| outcome.route != Route::Newborn);
    Ok(response)
}

/// What holds for a payer on one day.
struct DayRow {
    prices: Vec<Price>,
    asks: Vec<String>,
    /// Who pays waits until the year is over.
    in_vain: bool,
    /// As in [`Row`].
    continuing: bool,
    open: bool,
    /// The notice does not say whether one can pay yet.
    before: bool,
    /// There is a last day.
    ends: bool,
    /// The coverage year has ended.
    over: bool,
}

impl DayRow {
    fn of(program: &Program, day: NaiveDate, payer: Payer<'_>) -> Result<Self, RequestError> {
        let Response { outcomes, over, ask: asks, .. } = ask(program, day, payer, LastYear::Resident)?;
        // How much is paid need not be stated (闻喜 五(二)).
        let mut paying =
            outcomes.iter().filter(|outcome| outcome.kind == Kind::Pay || outcome.wait.is_some()).peekable();
        let in_vain = paying.peek().is_some() && paying.all(Outcome::certainly_in_vain);
        let can_pay = |outcomes: &[Outcome]| {
            outcomes.iter().any(|outcome| matches!(outcome.today, Today::Open | Today::Disputed))
        };
        let open = can_pay(&outcomes);
        let continuing =
            payer == Payer::Ordinary && open && !can_pay(&ask(program, day, payer, LastYear::None)?.outcomes);
        let before = outcomes.iter().any(|outcome| outcome.today == Today::Unstated && outcome.deadline.is_some());
        let ends = outcomes.iter().any(|outcome| outcome.deadline.is_some());
        Ok(Self { prices: prices(day, outcomes), asks, in_vain, continuing, open, before, ends, over })
    }
}

/// The days of each month on which one can pay, where they are the same in every month.
///
/// ```
/// use canbao_material::amounts::monthly;
/// let run = |from: &str, to: &str| (from.parse().expect("a day"), to.parse().expect("a day"));
/// let whole = [run("2025-11-01", "2025-11-25"), run("2025-12-01", "2025-12-25"), run("2026-01-01", "2026-01-25")];
/// assert_eq!(monthly(&whole), Some((1, 25)));
/// assert_eq!(monthly(&[run("2025-11-01", "2026-01-25")]), None);
/// assert_eq!(monthly(&whole[..1]), None);
/// ```
#[must_use]
pub fn monthly(runs: &[Run]) -> Option<(u32, u32)> {
    let (first, rest) = runs.split_first()?;
    let last = rest.last()?;
    let (from, to) = (last.0.day(), first.1.day());
    let month = |day: NaiveDate| day.year() * 12 + day.month0().cast_signed();
    let follows = runs.windows(2).all(|pair| month(pair[0].0) + 1 == month(pair[1].0));
    let inside = runs.iter().all(|run| month(run.0) == month(run.1) && run.0.day() >= from && run.1.day() <= to);
    let whole = rest.iter().all(|run| run.0.day() == from) && runs[..rest.len()].iter().all(|run| run.1.day() == to);
    (follows && inside && whole).then_some((from, to))
}

/// Adds days to those before them.
fn put(runs: &mut Vec<Run>, run: Run) {
    match runs.last_mut() {
        Some(last) if last.1.succ_opt() == Some(run.0) => last.1 = run.1,
        _ => runs.push(run),
    }
}

fn same(a: &[Price], b: &[Price]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.is(b))
}

/// Outcomes of one amount together, each resting on what not all of them rest on.
fn prices(on: NaiveDate, outcomes: Vec<Outcome>) -> Vec<Price> {
    let conditions: Vec<Vec<When>> =
        outcomes.iter().map(|outcome| outcome.when.iter().map(|when| until_now(when, on)).collect()).collect();
    let shared = |when: &When| conditions.iter().all(|all| all.contains(when));
    let mut prices: Vec<Price> = Vec::new();
    for (outcome, when) in outcomes.into_iter().zip(&conditions) {
        let price = Price::of(outcome, when.iter().filter(|when| !shared(when)).cloned().collect());
        match prices.iter_mut().find(|known| (known.kind, &known.fee) == (price.kind, &price.fee)) {
            Some(known) => known.join(price),
            None => prices.push(price),
        }
    }
    if let [only] = prices.as_mut_slice() {
        only.when.clear();
    }
    prices
}

/// Whether no two prices can hold for the same person by what they rest on.
fn decisive(prices: &[Price]) -> bool {
    let apart = |a: &Vec<When>, b: &Vec<When>| a.iter().any(|one| b.iter().any(|other| disjoint(one, other)));
    prices.iter().enumerate().all(|(at, price)| {
        let others = prices.iter().skip(at + 1);
        prices.len() == 1
            || (!price.when.is_empty()
                && others.flat_map(|other| &other.when).all(|other| price.when.iter().all(|mine| apart(mine, other))))
    })
}

/// Whether two conditions on the same thing exclude each other.
fn disjoint(a: &When, b: &When) -> bool {
    match (a, b) {
        (When::Answer { answer: a, is: one, .. }, When::Answer { answer: b, is: other, .. }) => {
            a == b
                && one.iter().all(|one| {
                    other.iter().all(|other| {
                        ends(one)
                            .zip(ends(other))
                            .map_or(one != other, |(one, other)| one.1 < other.0 || other.1 < one.0)
                    })
                })
        }
        (When::Reading { reading: a, is: one }, When::Reading { reading: b, is: other }) => {
            a == b && one.iter().all(|option| !other.contains(option))
        }
        _ => false,
    }
}

/// The ends of a range of days or numbers; none for a choice.
fn ends(range: &str) -> Option<(i32, i32)> {
    let end = |text: &str, open: i32| match text {
        ".." => Some(open),
        day => parse_day(day).map(|day| day.to_epoch_days()).or_else(|| day.parse().ok()),
    };
    let (from, to) = range.split_once('/').unwrap_or((range, range));
    Some((end(from, i32::MIN)?, end(to, i32::MAX)?))
}

/// A condition without "not after today", which holds for every event that has happened.
fn until_now(when: &When, on: NaiveDate) -> When {
    let mut when = when.clone();
    if let When::Answer { answer, is, .. } = &mut when
        && matches!(Answer::parse(answer), Some(Answer::BirthDate | Answer::RecognisedOn))
    {
        let today = on.to_string();
        for range in is {
            if let Some(from) = range.strip_suffix(&today) {
                let from = from.strip_suffix('/').unwrap_or(&today);
                *range = format!("{from}/..").into();
            }
        }
    }
    when
}

/// A stretch while it is walked through.
struct Walk<'a> {
    rows: Vec<Row<'a>>,
    days: Run,
}

impl<'a> Walk<'a> {
    fn begin(day: NaiveDate, payers: &[Payer<'a>], rows: Vec<DayRow>) -> Self {
        let row = |(&payer, row): (&Payer<'a>, &DayRow)| Row {
            payer,
            prices: row.prices.clone(),
            steady: true,
            decisive: decisive(&row.prices),
            asks: row.asks.clone(),
            in_vain: None,
            continuing: false,
            runs: Vec::new(),
            starts: true,
            ends: true,
        };
        let empty = payers.iter().zip(&rows).map(row).collect();
        let mut walk = Self { rows: empty, days: (day, day) };
        walk.extend(day, rows);
        walk
    }

    fn holds(&self, rows: &[DayRow]) -> bool {
        self.rows.iter().zip(rows).all(|(row, today)| same(&row.prices, &today.prices))
    }

    fn extend(&mut self, day: NaiveDate, rows: Vec<DayRow>) {
        self.days.1 = day;
        for (row, today) in self.rows.iter_mut().zip(rows) {
            row.steady &= row.prices.iter().zip(&today.prices).all(|(a, b)| a.when == b.when);
            row.ends = today.ends;
            row.in_vain = today.in_vain.then(|| row.in_vain.unwrap_or(day));
            row.continuing |= today.continuing;
            if today.open {
                put(&mut row.runs, (day, day));
            } else if row.runs.is_empty() {
                row.starts = !today.before;
            }
        }
    }

    fn payable(&self) -> bool {
        self.rows.iter().any(|row| !row.runs.is_empty())
    }

    fn end(mut self, year_end: NaiveDate) -> Stretch<'a> {
        // Without a last day it ends all the same where other amounts follow.
        for row in &mut self.rows {
            row.ends |= self.days.1 < year_end;
        }
        let paying = || self.rows.iter().filter(|row| !row.runs.is_empty());
        let from = paying().filter_map(|row| row.runs.first()).map(|run| run.0).min();
        let to = paying().filter_map(|row| row.runs.last()).map(|run| run.1).max();
        Stretch {
            from: from.filter(|_| paying().all(|row| row.starts)),
            to: to.filter(|_| paying().all(|row| row.ends)),
            days: self.days,
            rows: self.rows,
        }
    }
}
