//! Dates as notices write them.
//!
//! A notice names fixed days ("2026年2月25日") and days counted from something that happened to the person ("出生后90天内").
//! Both are one small language, written as text in notice files:
//!
//! | text | meaning |
//! |---|---|
//! | `2026-02-25` | that day |
//! | `birth_date`, `left_on`, `recognised_on`, `payment` | the day of that event |
//! | `year_start`, `year_end` | 1 January, 31 December of the coverage year |
//! | `central.start`, `central.end` | the first, last day of the period with that id |
//! | `90 days of birth_date` | the last day of "within 90 days of": no notice says whether the day itself counts, so this is two days, the strict and the wide reading |
//! | `left_on + 1 day`, `payment + 3 months`, `year_start - 92 days` | plain calendar arithmetic |
//! | `month after recognised_on` | the first day of the month after |
//! | `later(A, B)`, `earlier(A, B)` | the later, the earlier of two |

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// Something that happens on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Event {
    /// The person's birth.
    BirthDate,
    /// The last insured day in another scheme, or discharge, release, admission, beginning of community correction.
    LeftOn,
    /// Recognition in an assisted group.
    RecognisedOn,
    /// The day on which the person pays.
    Payment,
}

impl Event {
    /// The name in notice files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BirthDate => "birth_date",
            Self::LeftOn => "left_on",
            Self::RecognisedOn => "recognised_on",
            Self::Payment => "payment",
        }
    }
}

/// Days or calendar months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SpanUnit {
    /// Days.
    Days,
    /// Calendar months; month end where the day does not exist.
    Months,
}

/// A length of time: `90 days`, `3 months`.
///
/// ```
/// use canbao_policy::model::Span;
/// assert_eq!("3 months".parse::<Span>().unwrap().to_string(), "3 months");
/// assert!("soon".parse::<Span>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    /// How many.
    pub count: i32,
    /// Of what.
    pub unit: SpanUnit,
}

/// A day, fixed or relative; see the module's table.
///
/// ```
/// use canbao_policy::model::DateExpr;
/// let day: DateExpr = "later(central.end, 90 days of birth_date)".parse().unwrap();
/// assert_eq!(day.to_string(), "later(central.end, 90 days of birth_date)");
/// assert!("2026-02-30".parse::<DateExpr>().is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum DateExpr {
    /// A fixed day.
    Day(NaiveDate),
    /// The day of an event.
    Event(Event),
    /// 1 January of the coverage year.
    YearStart,
    /// 31 December of the coverage year.
    YearEnd,
    /// First day of a period of the notice.
    PeriodStart(String),
    /// Last day of a period of the notice.
    PeriodEnd(String),
    /// The last day of "within so long of an event" (两种数法): strict counts the event's day as day 1, wide does not.
    Within(Span, Event),
    /// Plain arithmetic, forwards or backwards.
    Plus(Box<DateExpr>, Span),
    /// The first day of the month after.
    MonthAfter(Box<DateExpr>),
    /// The later of two.
    Later(Box<DateExpr>, Box<DateExpr>),
    /// The earlier of two.
    Earlier(Box<DateExpr>, Box<DateExpr>),
}

/// Why a text is no date expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateExprError(String);

impl fmt::Display for DateExprError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for DateExprError {}

impl fmt::Display for SpanUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Days => "days",
            Self::Months => "months",
        })
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match (self.unit, self.count) {
            (SpanUnit::Days, 1) => "day",
            (SpanUnit::Days, _) => "days",
            (SpanUnit::Months, 1) => "month",
            (SpanUnit::Months, _) => "months",
        };
        write!(f, "{} {unit}", self.count)
    }
}

impl FromStr for Span {
    type Err = DateExprError;

    fn from_str(text: &str) -> Result<Self, DateExprError> {
        let bad = || DateExprError(format!("`{text}` is no length of time; write it like `90 days` or `3 months`"));
        let (count, unit) = text.trim().split_once(' ').ok_or_else(bad)?;
        let count = count.parse::<u16>().map_err(|_| bad())?;
        let unit = match unit.trim() {
            "day" | "days" => SpanUnit::Days,
            "month" | "months" => SpanUnit::Months,
            _ => return Err(bad()),
        };
        Ok(Self { count: i32::from(count), unit })
    }
}

impl fmt::Display for DateExpr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Event(event) => f.write_str(event.as_str()),
            Self::YearStart => f.write_str("year_start"),
            Self::YearEnd => f.write_str("year_end"),
            Self::PeriodStart(id) => write!(f, "{id}.start"),
            Self::PeriodEnd(id) => write!(f, "{id}.end"),
            Self::Within(span, event) => write!(f, "{span} of {}", event.as_str()),
            Self::Plus(base, span) if span.count < 0 => {
                write!(f, "{base} - {}", Span { count: -span.count, unit: span.unit })
            }
            Self::Plus(base, span) => write!(f, "{base} + {span}"),
            Self::MonthAfter(base) => write!(f, "month after {base}"),
            Self::Later(a, b) => write!(f, "later({a}, {b})"),
            Self::Earlier(a, b) => write!(f, "earlier({a}, {b})"),
        }
    }
}

impl FromStr for DateExpr {
    type Err = DateExprError;

    fn from_str(text: &str) -> Result<Self, DateExprError> {
        parse(text.trim(), 0)
    }
}

/// Deeper nesting than any notice needs; keeps hostile input from exhausting the stack.
const MAX_DEPTH: u8 = 16;

fn parse(text: &str, depth: u8) -> Result<DateExpr, DateExprError> {
    if depth > MAX_DEPTH {
        return Err(DateExprError("nested too deeply".to_owned()));
    }
    for (name, make) in
        [("later(", DateExpr::Later as fn(Box<DateExpr>, Box<DateExpr>) -> DateExpr), ("earlier(", DateExpr::Earlier)]
    {
        if let Some(inner) = text.strip_prefix(name).and_then(|rest| rest.strip_suffix(')'))
            && let Some(comma) = outer_comma(inner)
        {
            let a = parse(inner[..comma].trim(), depth + 1)?;
            let b = parse(inner[comma + 1..].trim(), depth + 1)?;
            return Ok(make(Box::new(a), Box::new(b)));
        }
    }
    if let Some(rest) = text.strip_prefix("month after ") {
        return Ok(DateExpr::MonthAfter(Box::new(parse(rest.trim(), depth + 1)?)));
    }
    for (sign, factor) in [(" + ", 1), (" - ", -1)] {
        if let Some((base, span)) = text.rsplit_once(sign) {
            let span: Span = span.parse()?;
            let span = Span { count: span.count * factor, unit: span.unit };
            return Ok(DateExpr::Plus(Box::new(parse(base.trim(), depth + 1)?), span));
        }
    }
    if let Some((span, event)) = text.split_once(" of ") {
        let event = parse_event(event.trim()).ok_or_else(|| unknown(event))?;
        return Ok(DateExpr::Within(span.parse()?, event));
    }
    if let Some(event) = parse_event(text) {
        return Ok(DateExpr::Event(event));
    }
    match text {
        "year_start" => return Ok(DateExpr::YearStart),
        "year_end" => return Ok(DateExpr::YearEnd),
        _ => {}
    }
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return strict_date(text)
            .map(DateExpr::Day)
            .ok_or_else(|| DateExprError(format!("`{text}` is no day of the calendar; write it like `2026-02-25`")));
    }
    match text.rsplit_once('.') {
        Some((id, "start")) if is_id(id) => Ok(DateExpr::PeriodStart(id.to_owned())),
        Some((id, "end")) if is_id(id) => Ok(DateExpr::PeriodEnd(id.to_owned())),
        _ => Err(unknown(text)),
    }
}

fn strict_date(text: &str) -> Option<NaiveDate> {
    (text.len() == 10).then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()).flatten()
}

fn parse_event(text: &str) -> Option<Event> {
    [Event::BirthDate, Event::LeftOn, Event::RecognisedOn, Event::Payment].into_iter().find(|e| e.as_str() == text)
}

fn is_id(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
}

fn unknown(text: &str) -> DateExprError {
    DateExprError(format!(
        "`{text}` is no day; write a date like `2026-02-25`, an event like `birth_date`, `90 days of left_on`, or `central.end`"
    ))
}

fn outer_comma(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.checked_sub(1)?,
            ',' if depth == 0 => return Some(at),
            _ => {}
        }
    }
    None
}

// Text in TOML and JSON.
impl Serialize for DateExpr {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for DateExpr {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(feature = "author")]
mod schema {
    use super::{DateExpr, Span};
    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
    use std::borrow::Cow;

    impl JsonSchema for DateExpr {
        fn schema_name() -> Cow<'static, str> {
            "Date".into()
        }

        fn json_schema(_: &mut SchemaGenerator) -> Schema {
            json_schema!({
                "type": "string",
                "description": "A day: `2026-02-25`, an event (`birth_date`, `left_on`, `recognised_on`, `payment`), `year_start`, `year_end`, `central.end`, `90 days of birth_date`, `left_on + 1 day`, `month after recognised_on`, `later(A, B)`, `earlier(A, B)`."
            })
        }
    }

    impl JsonSchema for Span {
        fn schema_name() -> Cow<'static, str> {
            "Span".into()
        }

        fn json_schema(_: &mut SchemaGenerator) -> Schema {
            json_schema!({
                "type": "string",
                "pattern": "^[0-9]+ (day|days|month|months)$",
                "description": "A length of time: `90 days`, `3 months`."
            })
        }
    }
}
