//! The day of today, for a command that is not given one.
//!
//! Answers never depend on it: where an amount is worked out for a person, the day is part of the request. Only material
//! for publicity is made for today unless another day is asked for.

use chrono::NaiveDate;
use std::time::{SystemTime, UNIX_EPOCH};

/// Beijing is eight hours ahead of UTC all year.
const BEIJING: u64 = 8 * 60 * 60;
const DAY: u64 = 24 * 60 * 60;

/// Today in Beijing.
#[must_use]
pub fn today() -> NaiveDate {
    #[allow(clippy::disallowed_methods, reason = "the one place of the command line that asks what day it is")]
    let now = SystemTime::now();
    day_in_beijing(now.duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs()))
}

fn day_in_beijing(seconds: u64) -> NaiveDate {
    i32::try_from((seconds + BEIJING) / DAY).ok().and_then(NaiveDate::from_epoch_days).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_changes_at_midnight_in_beijing() {
        let four_in_the_afternoon_utc = 1_772_294_400; // 2026-02-28T16:00:00Z
        assert_eq!(day_in_beijing(four_in_the_afternoon_utc - 1).to_string(), "2026-02-28");
        assert_eq!(day_in_beijing(four_in_the_afternoon_utc).to_string(), "2026-03-01");
    }
}
