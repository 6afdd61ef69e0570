//! Dates: in order, in the right year, and resting on no more than they can.

use super::check::Check;
use super::text;
use crate::model::{Benefit, DateExpr, Dates, Event, Identity, Period, Span, SpanUnit, Window};
use chrono::{Datelike, Days, Months, NaiveDate};
use std::collections::BTreeMap;

/// The periods of the file and its year: what fixed dates can be worked out from.
pub(crate) struct Calendar {
    year: Option<i32>,
    periods: BTreeMap<String, (DateExpr, DateExpr)>,
}

/// Deeper than any chain of periods; ends circles.
const MAX_DEPTH: u8 = 32;

impl Calendar {
    pub(crate) fn of(check: &Check<'_, '_>) -> Self {
        let year = check.doc.all::<Identity>("Identity").first().map(|(_, identity)| identity.year);
        let periods = check.doc.all::<Period>("Period").into_iter();
        Self { year, periods: periods.map(|(_, period)| (period.id, (period.from, period.to))).collect() }
    }

    /// The day, if it is the same for everybody.
    pub(crate) fn fixed(&self, date: &DateExpr) -> Option<NaiveDate> {
        self.fixed_at(date, 0)
    }

    fn fixed_at(&self, date: &DateExpr, depth: u8) -> Option<NaiveDate> {
        if depth > MAX_DEPTH {
            return None;
        }
        let fixed = |date: &DateExpr| self.fixed_at(date, depth + 1);
        match date {
            DateExpr::Day(day) => Some(*day),
            DateExpr::Event(_) | DateExpr::Within(..) => None,
            DateExpr::YearStart => NaiveDate::from_ymd_opt(self.year?, 1, 1),
            DateExpr::YearEnd => NaiveDate::from_ymd_opt(self.year?, 12, 31),
            DateExpr::PeriodStart(id) => fixed(&self.periods.get(id)?.0),
            DateExpr::PeriodEnd(id) => fixed(&self.periods.get(id)?.1),
            DateExpr::Plus(base, span) => plus(fixed(base)?, *span),
            DateExpr::MonthAfter(base) => fixed(base)?.with_day(1)?.checked_add_months(Months::new(1)),
            DateExpr::Later(a, b) => Some(fixed(a)?.max(fixed(b)?)),
            DateExpr::Earlier(a, b) => Some(fixed(a)?.min(fixed(b)?)),
        }
    }

    /// Whether the date comes back to this period.
    fn rests_on(&self, date: &DateExpr, period: &str, depth: u8) -> bool {
        if depth > MAX_DEPTH {
            return false;
        }
        let again = |date: &DateExpr| self.rests_on(date, period, depth + 1);
        match date {
            DateExpr::PeriodStart(id) | DateExpr::PeriodEnd(id) if id == period => true,
            DateExpr::PeriodStart(id) => self.periods.get(id).is_some_and(|(from, _)| again(from)),
            DateExpr::PeriodEnd(id) => self.periods.get(id).is_some_and(|(_, to)| again(to)),
            DateExpr::Plus(base, _) | DateExpr::MonthAfter(base) => again(base),
            DateExpr::Later(a, b) | DateExpr::Earlier(a, b) => again(a) || again(b),
            DateExpr::Day(_) | DateExpr::Event(_) | DateExpr::YearStart | DateExpr::YearEnd | DateExpr::Within(..) => {
                false
            }
        }
    }
}

fn plus(day: NaiveDate, span: Span) -> Option<NaiveDate> {
    let count = span.count.unsigned_abs();
    match (span.unit, span.count >= 0) {
        (SpanUnit::Days, true) => day.checked_add_days(Days::new(count.into())),
        (SpanUnit::Days, false) => day.checked_sub_days(Days::new(count.into())),
        (SpanUnit::Months, true) => day.checked_add_months(Months::new(count)),
        (SpanUnit::Months, false) => day.checked_sub_months(Months::new(count)),
    }
}

/// The events that a date rests on, each once.
pub(crate) fn events(date: &DateExpr) -> Vec<Event> {
    let mut found = match date {
        DateExpr::Event(event) | DateExpr::Within(_, event) => vec![*event],
        DateExpr::Plus(base, _) | DateExpr::MonthAfter(base) => events(base),
        DateExpr::Later(a, b) | DateExpr::Earlier(a, b) => {
            let mut both = events(a);
            both.extend(events(b));
            both
        }
        DateExpr::Day(_)
        | DateExpr::YearStart
        | DateExpr::YearEnd
        | DateExpr::PeriodStart(_)
        | DateExpr::PeriodEnd(_) => Vec::new(),
    };
    found.sort_by_key(|event| event.as_str());
    found.dedup();
    found
}

pub(crate) fn check(check: &mut Check<'_, '_>) {
    let calendar = Calendar::of(check);
    periods(check, &calendar);
    windows(check, &calendar);
    conditions(check, &calendar);
    benefits(check, &calendar);
    issue(check);
}

/// The first day is not after the last.
fn in_order(check: &mut Check<'_, '_>, calendar: &Calendar, at: usize, from: Option<&DateExpr>, to: Option<&DateExpr>) {
    let fixed = |date: Option<&DateExpr>| date.and_then(|date| calendar.fixed(date));
    if let (Some(from), Some(to)) = (fixed(from), fixed(to))
        && from > to
    {
        check.error(check.doc.span(at, "to"), text::inverted_dates(from, to));
    }
}

fn periods(check: &mut Check<'_, '_>, calendar: &Calendar) {
    for (at, period) in check.doc.all::<Period>("Period") {
        in_order(check, calendar, at, Some(&period.from), Some(&period.to));
        for (key, date) in [("from", &period.from), ("to", &period.to)] {
            let here = check.doc.span(at, key);
            let found = events(date);
            if let Some(event) = found.first() {
                check.error(here, text::period_by_event(event.as_str()));
            } else if calendar.rests_on(date, &period.id, 0) {
                // `to = "central.start + 30 days"` within `central` is no circle.
                if calendar.fixed(date).is_none() {
                    check.error(here, text::period_cycle(&period.id));
                }
            } else if let (Some(day), Some(year)) = (calendar.fixed(date), calendar.year)
                && !(year - 1..=year).contains(&day.year())
            {
                check.warn(here, text::year_mismatch(day, year));
            }
        }
    }
}

fn windows(check: &mut Check<'_, '_>, calendar: &Calendar) {
    for (at, window) in check.doc.all::<Window>("Window") {
        in_order(check, calendar, at, window.from.as_ref(), window.to.as_ref());
        for (key, date) in [("from", &window.from), ("to", &window.to)] {
            let found = date.as_ref().map(events).unwrap_or_default();
            if found.contains(&Event::Payment) {
                check.error(check.doc.span(at, key), text::payment_of_itself("windows"));
            } else if let [first, second, ..] = found.as_slice() {
                check.error(check.doc.span(at, key), text::several_events(first.as_str(), second.as_str()));
            }
        }
    }
}

/// Conditions compare what happened to the person with fixed days; only the payment day with one event as well.
fn conditions(check: &mut Check<'_, '_>, calendar: &Calendar) {
    for (at, dates) in check.doc.all::<Dates>("Dates") {
        let field = check.doc.nodes.get(at).map_or("", |node| node.field);
        if dates.from.is_none() && dates.to.is_none() {
            check.error(check.doc.here(at), text::open_both_sides(field, ["from", "to"]));
        }
        in_order(check, calendar, at, dates.from.as_ref(), dates.to.as_ref());
        for (key, date) in [("from", &dates.from), ("to", &dates.to)] {
            let found = date.as_ref().map(events).unwrap_or_default();
            let here = check.doc.span(at, key);
            match (field, found.as_slice()) {
                (_, []) => {}
                ("payment", [one]) if *one != Event::Payment => {}
                ("payment", [_]) => check.error(here, text::payment_of_itself("payment")),
                ("payment", [first, second, ..]) => {
                    check.error(here, text::several_events(first.as_str(), second.as_str()));
                }
                (_, [event, ..]) => check.error(here, text::two_events(field, event.as_str())),
            }
        }
    }
}

fn benefits(check: &mut Check<'_, '_>, calendar: &Calendar) {
    for (at, benefit) in check.doc.all::<Benefit>("Benefit") {
        in_order(check, calendar, at, benefit.from.as_ref(), benefit.to.as_ref());
        let Some(safe) = &benefit.from_safe else {
            continue;
        };
        match &benefit.from {
            None => check.error(check.doc.span(at, "from_safe"), text::safe_without_from()),
            Some(from) => {
                if let (Some(from), Some(safe)) = (calendar.fixed(from), calendar.fixed(safe))
                    && safe < from
                {
                    check.error(check.doc.span(at, "from_safe"), text::inverted_safe(from, safe));
                }
            }
        }
    }
}

fn issue(check: &mut Check<'_, '_>) {
    for (at, identity) in check.doc.all::<Identity>("Identity") {
        if !(2000..=2100).contains(&identity.year) {
            check.error(check.doc.span(at, "year"), text::no_year());
        } else if let Some(issued) = identity.issued
            && !(identity.year - 2..=identity.year).contains(&issued.year())
        {
            check.warn(check.doc.span(at, "issued"), text::issue_mismatch(issued, identity.year));
        }
    }
}
