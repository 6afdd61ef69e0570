//! The day of asking: today in Beijing, or the day that the address asks for.

use canbao_app::day;
use chrono::NaiveDate;

/// The day of asking.
pub fn today() -> NaiveDate {
    let query = web_sys::window().and_then(|window| window.location().search().ok()).unwrap_or_default();
    day::in_query(&query).unwrap_or_else(|| {
        #[allow(clippy::cast_possible_truncation, reason = "milliseconds since 1970 are whole and far below 2^53")]
        #[allow(clippy::disallowed_methods, reason = "this is the one place that asks what day it is")]
        let now = js_sys::Date::now() as i64;
        day::in_beijing(now)
    })
}
