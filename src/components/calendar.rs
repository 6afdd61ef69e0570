//! The days on which it can be done, as the months on a wall: for people who think in those and not in stretches.

use super::folded;
use crate::html::Html;
use crate::text::{format, result as words};
use chrono::{Datelike, Days, Months, NaiveDate};

/// Months that stand open; later ones are folded.
const OPEN: usize = 2;

/// More months than a notice can have payable days in.
const MOST: usize = 36;

type Stretch = (Option<NaiveDate>, Option<NaiveDate>);

/// The months in which it can be done. A stretch without a stated end has no place here, and no day behind the last one:
/// that it counts is but one reading.
pub fn calendar(h: &mut Html, on: NaiveDate, periods: &[Stretch], last: Option<NaiveDate>) {
    let until = |to: NaiveDate| last.map_or(to, |last| to.min(last));
    let stretches: Vec<(NaiveDate, NaiveDate)> =
        periods.iter().filter_map(|&(from, to)| Some((from?, until(to?)))).filter(|(from, to)| from <= to).collect();
    let months = months(&stretches);
    if months.is_empty() {
        return;
    }
    h.open("div.months");
    for &first in months.iter().take(OPEN) {
        month(h, first, on, &stretches, last);
    }
    h.close();
    h.line("p.hint.key", last.map_or(words::CALENDAR_KEY_ENDLESS, |_| words::CALENDAR_KEY));
    if months.len() > OPEN {
        folded(h, "more-months", "", &words::more_months(months.len() - OPEN));
        h.open("div.months");
        for &first in months.iter().skip(OPEN) {
            month(h, first, on, &stretches, last);
        }
        h.close();
        h.close();
    }
}

/// The first days of the months that have a day of these stretches.
fn months(stretches: &[(NaiveDate, NaiveDate)]) -> Vec<NaiveDate> {
    let mut months: Vec<NaiveDate> = Vec::new();
    for &(from, to) in stretches {
        let mut first = from.with_day(1);
        while let Some(month) = first.filter(|first| *first <= to && months.len() < MOST) {
            months.push(month);
            first = month.checked_add_months(Months::new(1));
        }
    }
    months.sort_unstable();
    months.dedup();
    months
}

fn month(h: &mut Html, first: NaiveDate, on: NaiveDate, stretches: &[(NaiveDate, NaiveDate)], last: Option<NaiveDate>) {
    h.open("table.month");
    h.line("caption", &format::month(first));
    h.open("thead");
    h.open("tr");
    for name in format::WEEKDAYS {
        h.line("th[scope=col]", name);
    }
    h.close();
    h.close();
    h.open("tbody");
    h.open("tr");
    for _ in 0..first.weekday().num_days_from_monday() {
        h.open("td");
        h.close();
    }
    for day in first.iter_days().take_while(|day| day.month() == first.month()) {
        if day != first && day.weekday().num_days_from_monday() == 0 {
            h.close();
            h.open("tr");
        }
        let is_open = stretches.iter().any(|&(from, to)| from <= day && day <= to);
        h.open(match (is_open, last == Some(day)) {
            (_, true) => "td.can.last",
            (true, false) => "td.can",
            (false, false) => "td",
        });
        if day == on {
            h.attr("aria-current", "date");
        }
        h.text(&day.day().to_string());
        if last == Some(day) {
            h.line("span.unseen", words::LAST_DAY);
        }
        h.close();
    }
    h.close();
    h.close();
    h.close();
}

/// The day after.
pub fn next(day: NaiveDate) -> NaiveDate {
    day.checked_add_days(Days::new(1)).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn drawn(on: &str, periods: &[(&str, &str)], last: Option<&str>) -> String {
        let periods: Vec<Stretch> = periods.iter().map(|(from, to)| (Some(day(from)), Some(day(to)))).collect();
        let mut h = Html::default();
        calendar(&mut h, day(on), &periods, last.map(day));
        h.finish()
    }

    #[test]
    fn the_key_speaks_of_a_last_day_only_where_there_is_one() {
        for last in [None, Some("2024-05-25")] {
            let page = drawn("2024-05-10", &[("2024-05-10", "2024-05-25")], last);
            assert_eq!(page.contains(words::CALENDAR_KEY), last.is_some(), "{page}");
            assert_eq!(page.contains("class=\"can last"), last.is_some(), "{page}");
        }
    }

    #[test]
    fn a_month_stands_under_its_weekdays() {
        let page = drawn("2026-02-10", &[("2026-02-10", "2026-02-25")], Some("2026-02-25"));
        // 2026-02-01 is a Sunday: six empty cells, then the first.
        assert!(page.contains(&["<tbody><tr>", &"<td></td>".repeat(6), "<td>1</td></tr><tr><td>2</td>"].concat()));
        assert!(page.contains("<td class=\"can\" aria-current=\"date\">10</td>"), "{page}");
        assert!(page.contains("<td class=\"can last\">25<span"));
        assert_eq!(page.matches("class=\"can").count(), 16);
        assert_eq!(page.matches("<tr>").count(), page.matches("</tr>").count());
    }

    #[test]
    fn months_without_a_payable_day_are_left_out_and_later_ones_folded() {
        let page = drawn(
            "2025-10-20",
            &[("2025-10-20", "2025-10-25"), ("2025-12-01", "2025-12-25"), ("2026-01-01", "2026-02-25")],
            Some("2026-02-25"),
        );
        assert_eq!(page.matches("<table").count(), 4);
        assert!(page.split("<details").next().is_some_and(|open| open.matches("<table").count() == OPEN));
    }

    #[test]
    fn nothing_is_drawn_behind_the_last_day() {
        let page =
            drawn("2026-03-18", &[("2026-03-18", "2026-03-20"), ("2026-04-01", "2026-04-02")], Some("2026-03-19"));
        assert_eq!(page.matches("class=\"can").count(), 2, "{page}");
        assert_eq!(page.matches("<table").count(), 1, "{page}");
    }

    #[test]
    fn a_stretch_without_an_end_is_no_calendar() {
        let mut h = Html::default();
        calendar(&mut h, day("2026-02-10"), &[(Some(day("2026-02-10")), None)], None);
        assert_eq!(h.finish(), "");
    }
}
