//! The day of asking: today in Beijing, or the day that the address asks for.

use canbao_app::day;
use chrono::NaiveDate;

/// The day that the address asks for.
pub fn asked() -> Option<NaiveDate> {
    day::in_query(&web_sys::window()?.location().search().ok()?)
}

/// The day of asking.
pub fn today() -> NaiveDate {
    asked().unwrap_or_else(|| {
        #[allow(clippy::cast_possible_truncation, reason = "milliseconds since 1970 are whole and far below 2^53")]
        #[allow(clippy::disallowed_methods, reason = "this is the one place that asks what day it is")]
        let now = js_sys::Date::now() as i64;
        day::in_beijing(now)
    })
}
