//! Putting a sentence together from its parts.
//!
//! In the part of the app that is there before the first question nothing is formatted by `core::fmt`: that machinery
//! alone is 3 KB of WebAssembly, for numbers and days in the middle of a sentence.

use chrono::{Datelike, NaiveDate};

/// Something that a sentence is put together from.
pub trait Part {
    /// Writes it behind what is there.
    fn put(&self, out: &mut String);
}

impl Part for str {
    fn put(&self, out: &mut String) {
        out.push_str(self);
    }
}

impl Part for String {
    fn put(&self, out: &mut String) {
        out.push_str(self);
    }
}

impl<T: Part + ?Sized> Part for &T {
    fn put(&self, out: &mut String) {
        (**self).put(out);
    }
}

impl Part for i64 {
    fn put(&self, out: &mut String) {
        if *self < 0 {
            out.push('-');
        }
        digits(self.unsigned_abs(), out);
    }
}

impl Part for i32 {
    fn put(&self, out: &mut String) {
        i64::from(*self).put(out);
    }
}

impl Part for u32 {
    fn put(&self, out: &mut String) {
        digits((*self).into(), out);
    }
}

impl Part for usize {
    fn put(&self, out: &mut String) {
        digits(*self as u64, out);
    }
}

/// `2026-02-25`; the year has four digits, as everything that reads days expects.
impl Part for NaiveDate {
    fn put(&self, out: &mut String) {
        for least in [1000, 100, 10] {
            if self.year() < least {
                out.push('0');
            }
        }
        self.year().put(out);
        for part in [self.month(), self.day()] {
            out.push_str(if part < 10 { "-0" } else { "-" });
            part.put(out);
        }
    }
}

fn digits(number: u64, out: &mut String) {
    if number > 9 {
        digits(number / 10, out);
    }
    out.push(char::from(b'0' + (number % 10) as u8));
}

/// A text of its parts, one behind the other: texts, whole numbers, days.
///
/// ```
/// use canbao_policy::words;
/// let day = chrono::NaiveDate::from_ymd_opt(2026, 2, 5).expect("a day");
/// assert_eq!(words!["最多还有 ", 12, " 题，到 ", day], "最多还有 12 题，到 2026-02-05");
/// ```
#[macro_export]
macro_rules! words {
    ($($part:expr),+ $(,)?) => {{
        let mut text = String::new();
        $($crate::sentence::Part::put(&$part, &mut text);)+
        text
    }};
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    #[test]
    fn numbers_and_days_are_written_as_the_standard_library_does() {
        for number in [0, 7, 10, 99, 100, 2026, -1, -40, i64::MAX, i64::MIN] {
            assert_eq!(words![number], number.to_string());
        }
        for (year, month, day) in [(2026, 1, 9), (1952, 12, 31), (2024, 2, 29), (999, 1, 1), (1, 10, 10), (0, 1, 1)] {
            let day = NaiveDate::from_ymd_opt(year, month, day).expect("a day");
            assert_eq!(words![day], day.to_string());
        }
    }
}
