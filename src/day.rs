//! The day of asking.
//!
//! Notices speak of days in Beijing, so the day is Beijing's wherever the phone is. Staff and tests look at another
//! day with `?on=YYYY-MM-DD` in the address. The clock and the address themselves are the shell's to read.

use canbao_engine::answers::parse_day;
use chrono::NaiveDate;

/// Beijing is eight hours ahead of UTC all year.
const BEIJING_MS: i64 = 8 * 60 * 60 * 1000;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// The day that the query of an address asks for, if it does.
pub fn in_query(query: &str) -> Option<NaiveDate> {
    query.strip_prefix('?')?.split('&').find_map(|pair| parse_day(pair.strip_prefix("on=")?))
}

/// The calendar day in Beijing at so many milliseconds after the start of 1970 in UTC.
pub fn in_beijing(milliseconds: i64) -> NaiveDate {
    let days = (milliseconds + BEIJING_MS).div_euclid(DAY_MS);
    i32::try_from(days).ok().and_then(NaiveDate::from_epoch_days).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_changes_at_midnight_in_beijing() {
        let four_in_the_afternoon_utc = 1_772_294_400_000; // 2026-02-28T16:00:00Z
        assert_eq!(in_beijing(four_in_the_afternoon_utc - 1).to_string(), "2026-02-28");
        assert_eq!(in_beijing(four_in_the_afternoon_utc).to_string(), "2026-03-01");
    }

    #[test]
    fn the_address_can_ask_for_a_day() {
        assert_eq!(in_query("?a=b&on=2026-02-25").map(|day| day.to_string()).as_deref(), Some("2026-02-25"));
        assert_eq!(in_query("?on=2026-02-30"), None);
        assert_eq!(in_query(""), None);
    }
}
