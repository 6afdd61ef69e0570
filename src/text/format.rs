//! How days and lengths of time are written for people.

use canbao_policy::words;
use chrono::{Datelike, NaiveDate};

/// The days of the week, as they head a calendar.
pub const WEEKDAYS: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];

/// `2026年2月25日`.
pub fn day(day: NaiveDate) -> String {
    words![day.year(), "年", day.month(), "月", day.day(), "日"]
}

/// `2026年2月25日（星期三）`.
pub fn day_of_week(date: NaiveDate) -> String {
    let weekday = WEEKDAYS.get(date.weekday().num_days_from_monday() as usize).copied().unwrap_or_default();
    format!("{}（星期{weekday}）", day(date))
}

/// `2026年2月`.
pub fn month(day: NaiveDate) -> String {
    format!("{}年{}月", day.year(), day.month())
}

/// How long ago a day was, as people count it; nothing where it has not been yet.
pub fn ago(day: NaiveDate, on: NaiveDate) -> Option<String> {
    let months = (on.year() - day.year()) * 12 + on.month0() as i32 - day.month0() as i32;
    let months = if on.day() < day.day() { months - 1 } else { months };
    Some(match ((on - day).num_days(), months) {
        (days, _) if days < 0 => return None,
        (0, _) => "就是今天".to_owned(),
        (days, ..3) => format!("{days} 天前"),
        (_, ..12) => format!("{months} 个月前"),
        (_, months) if months % 12 == 0 => format!("{} 年前", months / 12),
        (_, months) => format!("{} 年零 {} 个月前", months / 12, months % 12),
    })
}

/// A stretch of time with both ends included; an end that is not stated is said to be so.
pub fn stretch(from: Option<NaiveDate>, to: Option<NaiveDate>) -> String {
    match (from, to) {
        (Some(from), Some(to)) if from == to => format!("{} 这一天", day(from)),
        (Some(from), Some(to)) => format!("{} 到 {}", day(from), end(from, to)),
        (Some(from), None) => format!("{} 起，到哪天通知没写", day(from)),
        (None, Some(to)) => format!("到 {} 为止，从哪天起通知没写", day(to)),
        (None, None) => "哪天起、到哪天，通知都没写".to_owned(),
    }
}

/// The last day of a stretch, without a year or month that stands before it already.
fn end(from: NaiveDate, to: NaiveDate) -> String {
    if from.year() != to.year() {
        day(to)
    } else if from.month() != to.month() {
        format!("{}月{}日", to.month(), to.day())
    } else {
        format!("{}日", to.day())
    }
}

/// `P90D` as `90 天`, `P3M` as `3 个月`.
pub fn length(iso: &str) -> String {
    let inner = iso.strip_prefix('P').unwrap_or(iso);
    if let Some(days) = inner.strip_suffix('D') {
        format!("{days} 天")
    } else if let Some(months) = inner.strip_suffix('M') {
        format!("{months} 个月")
    } else {
        iso.to_owned()
    }
}

/// How far a day lies ahead.
pub fn days_left(on: NaiveDate, last: NaiveDate) -> String {
    match (last - on).num_days() {
        0 => "就是今天".to_owned(),
        1 => "明天".to_owned(),
        days if days < 0 => "按最严的数法，已经过了".to_owned(),
        days => format!("还有 {days} 天"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn a_last_day_that_is_past_is_not_counted_down() {
        // On the day between the two ways of counting, the strict last day was yesterday.
        assert_eq!(days_left(on("2026-03-20"), on("2026-03-19")), "按最严的数法，已经过了");
        assert_eq!(days_left(on("2026-03-20"), on("2026-03-20")), "就是今天");
    }

    #[test]
    fn how_long_ago_is_said_in_what_people_count() {
        let said = |day, from| ago(on(day), on(from));
        assert_eq!(said("2025-10-29", "2026-02-10").as_deref(), Some("3 个月前"));
        assert_eq!(said("2025-10-29", "2025-12-09").as_deref(), Some("41 天前"));
        assert_eq!(said("2024-10-29", "2026-02-10").as_deref(), Some("1 年零 3 个月前"));
        assert_eq!(said("2024-02-10", "2026-02-10").as_deref(), Some("2 年前"));
        assert_eq!(said("2026-02-10", "2026-02-10").as_deref(), Some("就是今天"));
        assert_eq!(said("2026-02-11", "2026-02-10"), None);
    }

    #[test]
    fn a_stretch_says_no_year_or_month_twice() {
        let written = |from, to| stretch(Some(on(from)), Some(on(to)));
        assert_eq!(written("2026-02-01", "2026-02-25"), "2026年2月1日 到 25日");
        assert_eq!(written("2026-02-01", "2026-03-25"), "2026年2月1日 到 3月25日");
        assert_eq!(written("2025-12-01", "2026-01-05"), "2025年12月1日 到 2026年1月5日");
        assert_eq!(written("2026-02-25", "2026-02-25"), "2026年2月25日 这一天");
    }

    #[test]
    fn lengths_and_weekdays() {
        assert_eq!(length("P90D"), "90 天");
        assert_eq!(length("P3M"), "3 个月");
        assert_eq!(day_of_week(on("2026-02-25")), "2026年2月25日（星期三）");
        assert_eq!(days_left(on("2026-02-24"), on("2026-02-25")), "明天");
    }
}
