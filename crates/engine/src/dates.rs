//! Date expressions as monotone functions of at most one unknown day.
//!
//! "90 days of birth_date" is a function of the birth date that never goes down as its argument goes up; so are all
//! date expressions. A comparison with a fixed day therefore has one threshold, found exactly by bisection, and an
//! unknown day splits into two ranges there. Days are counted as numbers (day 1 is 1 January of year 1).

use canbao_policy::model::{DateExpr, Days, Event, Span, SpanUnit};
use canbao_policy::pack::{Pack, Reader};
use chrono::{Datelike, Months, NaiveDate};

/// Whether a coverage year has ended on a day: what a response says with `over`, for a notice that is not at hand.
#[must_use]
pub fn is_over(year: i32, on: NaiveDate) -> bool {
    on.year() > year
}

/// Whether a day lies so long before a coverage year that nobody can have had its notice: notices come in the year
/// before. On such a day somebody's clock is wrong.
///
/// ```
/// use canbao_engine::is_too_early;
/// let day = |year| chrono::NaiveDate::from_ymd_opt(year, 12, 31).unwrap();
/// assert!(is_too_early(2026, day(2024)));
/// assert!(!is_too_early(2026, day(2025)));
/// ```
#[must_use]
pub fn is_too_early(year: i32, on: NaiveDate) -> bool {
    on.year() < year - 1
}

/// A day as a number.
pub(crate) type Day = i32;

/// The day's number.
pub(crate) fn number(day: NaiveDate) -> Day {
    day.num_days_from_ce()
}

/// The day with this number.
pub(crate) fn calendar(day: Day) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(day)
}

/// A date expression with the periods put in.
#[derive(Clone, Debug)]
pub(crate) enum Expr {
    Day(Day),
    Event(Event),
    Within(Span, Event),
    Plus(Box<Expr>, Span),
    MonthAfter(Box<Expr>),
    Later(Box<Expr>, Box<Expr>),
    Earlier(Box<Expr>, Box<Expr>),
}

impl Pack for Expr {
    fn pack(&self, out: &mut String) {
        match self {
            Self::Day(day) => (0u8, *day).pack(out),
            Self::Event(event) => (1u8, *event).pack(out),
            Self::Within(span, event) => ((2u8, *span), *event).pack(out),
            Self::Plus(base, span) => {
                3u8.pack(out);
                base.pack(out);
                span.pack(out);
            }
            Self::MonthAfter(base) => {
                4u8.pack(out);
                base.pack(out);
            }
            Self::Later(a, b) | Self::Earlier(a, b) => {
                (if matches!(self, Self::Later(..)) { 5u8 } else { 6 }).pack(out);
                a.pack(out);
                b.pack(out);
            }
        }
    }

    #[inline(never)]
    fn unpack(from: &mut Reader<'_>) -> Self {
        match u8::unpack(from) {
            0 => Self::Day(Pack::unpack(from)),
            1 => Self::Event(Pack::unpack(from)),
            2 => Self::Within(Pack::unpack(from), Pack::unpack(from)),
            3 => Self::Plus(Pack::unpack(from), Pack::unpack(from)),
            4 => Self::MonthAfter(Pack::unpack(from)),
            5 => Self::Later(Pack::unpack(from), Pack::unpack(from)),
            6 => Self::Earlier(Pack::unpack(from), Pack::unpack(from)),
            _ => {
                from.failed = true;
                Self::Day(0)
            }
        }
    }
}

/// Which of the two ways to count "within N days of" (两种数法).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Counting {
    /// The event's day is day 1.
    Strict,
    /// The day after is day 1.
    Wide,
}

/// The days of events: known, or tried.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Events {
    pub(crate) birth: Option<Day>,
    pub(crate) left: Option<Day>,
    pub(crate) recognised: Option<Day>,
    pub(crate) payment: Option<Day>,
}

impl Events {
    pub(crate) fn get(self, event: Event) -> Option<Day> {
        match event {
            Event::BirthDate => self.birth,
            Event::LeftOn => self.left,
            Event::RecognisedOn => self.recognised,
            Event::Payment => self.payment,
        }
    }

    pub(crate) fn with(mut self, event: Event, day: Day) -> Self {
        *match event {
            Event::BirthDate => &mut self.birth,
            Event::LeftOn => &mut self.left,
            Event::RecognisedOn => &mut self.recognised,
            Event::Payment => &mut self.payment,
        } = Some(day);
        self
    }
}

/// A day some time on. Months keep the day of the month, or take the month's end where there is none.
pub(crate) fn add(day: Day, span: Span) -> Option<Day> {
    match span.unit {
        SpanUnit::Days => day.checked_add(span.count),
        SpanUnit::Months => {
            let months = Months::new(span.count.unsigned_abs());
            let from = calendar(day)?;
            let to = if span.count < 0 { from.checked_sub_months(months) } else { from.checked_add_months(months) };
            to.map(number)
        }
    }
}

impl Expr {
    /// Puts the periods of a notice in; `None` where one does not exist.
    pub(crate) fn compile(expr: &DateExpr, year: i32, period: &dyn Fn(&str) -> Option<(Day, Day)>) -> Option<Self> {
        let compile = |e: &DateExpr| Self::compile(e, year, period).map(Box::new);
        Some(match expr {
            DateExpr::Day(day) => Self::Day(number(*day)),
            DateExpr::Event(event) => Self::Event(*event),
            DateExpr::YearStart => Self::Day(number(NaiveDate::from_ymd_opt(year, 1, 1)?)),
            DateExpr::YearEnd => Self::Day(number(NaiveDate::from_ymd_opt(year, 12, 31)?)),
            DateExpr::PeriodStart(id) => Self::Day(period(id)?.0),
            DateExpr::PeriodEnd(id) => Self::Day(period(id)?.1),
            DateExpr::Within(span, event) => Self::Within(*span, *event),
            DateExpr::Plus(base, span) => Self::Plus(compile(base)?, *span),
            DateExpr::MonthAfter(base) => Self::MonthAfter(compile(base)?),
            DateExpr::Later(a, b) => Self::Later(compile(a)?, compile(b)?),
            DateExpr::Earlier(a, b) => Self::Earlier(compile(a)?, compile(b)?),
        })
    }

    /// The day, with these events; `None` where one is unknown.
    pub(crate) fn eval(&self, events: Events, counting: Counting) -> Option<Day> {
        match self {
            Self::Day(day) => Some(*day),
            Self::Event(event) => events.get(*event),
            Self::Within(span, event) => {
                let last = add(events.get(*event)?, *span)?;
                Some(if counting == Counting::Strict { last - 1 } else { last })
            }
            Self::Plus(base, span) => add(base.eval(events, counting)?, *span),
            Self::MonthAfter(base) => {
                let day = calendar(base.eval(events, counting)?)?;
                day.with_day(1)?.checked_add_months(Months::new(1)).map(number)
            }
            Self::Later(a, b) => Some(a.eval(events, counting)?.max(b.eval(events, counting)?)),
            Self::Earlier(a, b) => Some(a.eval(events, counting)?.min(b.eval(events, counting)?)),
        }
    }

    /// Calls with every event in the expression.
    pub(crate) fn each_event(&self, call: &mut dyn FnMut(Event)) {
        match self {
            Self::Day(_) => {}
            Self::Event(event) | Self::Within(_, event) => call(*event),
            Self::Plus(base, _) | Self::MonthAfter(base) => base.each_event(call),
            Self::Later(a, b) | Self::Earlier(a, b) => {
                a.each_event(call);
                b.each_event(call);
            }
        }
    }

    /// The one event whose day is unknown, if there is one.
    pub(crate) fn unknown(&self, events: Events) -> Option<Event> {
        let mut found = None;
        self.each_event(&mut |event| {
            if events.get(event).is_none() {
                found = Some(event);
            }
        });
        found
    }

    /// Whether the two ways of counting give different days.
    pub(crate) fn counted(&self) -> bool {
        match self {
            Self::Day(_) | Self::Event(_) => false,
            Self::Within(..) => true,
            Self::Plus(base, _) | Self::MonthAfter(base) => base.counted(),
            Self::Later(a, b) | Self::Earlier(a, b) => a.counted() || b.counted(),
        }
    }
}

/// A little over two hundred years: no event lies further back.
pub(crate) const LIFE: Day = 75_000;

/// The earliest argument, up to `last`, from which a monotone test holds; `None` if it never does.
/// `Some(i32::MIN)`: it always does.
pub(crate) fn threshold(last: Day, mut test: impl FnMut(Day) -> bool) -> Option<Day> {
    let (mut low, mut high) = (last - LIFE, last);
    if test(low) {
        return Some(i32::MIN);
    }
    if !test(high) {
        return None;
    }
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if test(middle) { high = middle } else { low = middle }
    }
    Some(high)
}

/// The first payable day on or after a day.
pub(crate) fn next_payable(day: Day, days: Option<Days>) -> Option<Day> {
    let Some(days) = days else { return Some(day) };
    let date = calendar(day)?;
    let of_month = date.day();
    if of_month < u32::from(days.first) {
        date.with_day(u32::from(days.first)).map(number)
    } else if of_month <= u32::from(days.last) {
        Some(day)
    } else {
        let next = date.with_day(1)?.checked_add_months(Months::new(1))?;
        next.with_day(u32::from(days.first)).map(number)
    }
}

/// The last payable day on or before a day.
pub(crate) fn last_payable(day: Day, days: Option<Days>) -> Option<Day> {
    let Some(days) = days else { return Some(day) };
    let date = calendar(day)?;
    let of_month = date.day();
    if of_month > u32::from(days.last) {
        date.with_day(u32::from(days.last)).map(number)
    } else if of_month >= u32::from(days.first) {
        Some(day)
    } else {
        let before = date.with_day(1)?.pred_opt()?;
        Some(number(before.with_day(u32::from(days.last)).unwrap_or(before)))
    }
}

/// A day so many working days earlier; of days off only weekends are known.
pub(crate) fn working_days_before(day: Day, count: u8) -> Day {
    let mut at = day;
    let mut left = count;
    while left > 0 {
        at -= 1;
        // Day 1 (1 January of year 1) was a Monday.
        if at.rem_euclid(7) != 0 && at.rem_euclid(7) != 6 {
            left -= 1;
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        number(text.parse().expect("a day"))
    }

    #[test]
    fn within_days_is_two_days() {
        let expr = Expr::Within(Span { count: 90, unit: SpanUnit::Days }, Event::BirthDate);
        let events = Events { birth: Some(day("2025-12-20")), ..Events::default() };
        assert_eq!(expr.eval(events, Counting::Strict), Some(day("2026-03-19")));
        assert_eq!(expr.eval(events, Counting::Wide), Some(day("2026-03-20")));
    }

    #[test]
    fn months_end_with_the_month() {
        let three = Span { count: 3, unit: SpanUnit::Months };
        assert_eq!(add(day("2025-11-30"), three), Some(day("2026-02-28")));
    }

    #[test]
    fn payable_days_of_the_month() {
        let days = Some(Days { first: 1, last: 25 });
        assert_eq!(next_payable(day("2024-10-26"), days), Some(day("2024-11-01")));
        assert_eq!(last_payable(day("2024-10-31"), days), Some(day("2024-10-25")));
        assert_eq!(next_payable(day("2024-10-25"), days), Some(day("2024-10-25")));
    }

    #[test]
    fn working_days_skip_weekends() {
        assert_eq!(working_days_before(day("2025-02-25"), 2), day("2025-02-21"));
        assert_eq!(working_days_before(day("2025-02-25"), 1), day("2025-02-24"));
    }
}
