//! Answers, read strictly.
//!
//! Requests come from portals: every wrong key or value gets an error that names the answers concerned, and nothing is
//! guessed. A key absent is a question not answered yet. Contradictions between answers are errors too, never amounts.

use canbao_policy::map::Map;
use canbao_policy::model::{Answer, Group, LastYear, Left, Notice, OtherPlan, QuestionKind, Residence, Student};
use chrono::{Datelike, NaiveDate};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use std::collections::BTreeSet;
use std::fmt;

/// A person's answers; `None` is "not answered yet".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// Household registration and home.
    pub residence: Option<Residence>,
    /// Cover today.
    pub other_plan: Option<OtherPlan>,
    /// Date of birth.
    pub birth_date: Option<NaiveDate>,
    /// Groups; empty: none of them.
    pub groups: Option<BTreeSet<Group>>,
    /// Earliest recognition among the assisted groups.
    pub recognised_on: Option<NaiveDate>,
    /// Scheme or situation left.
    pub left: Option<Left>,
    /// Last insured day, or day of discharge, release, admission.
    pub left_on: Option<NaiveDate>,
    /// Two consecutive years of employee insurance.
    pub employee_two_years: Option<bool>,
    /// Months of employee contributions in the coverage year, 0 to 12.
    pub employee_months: Option<u32>,
    /// An unpaid month in the coverage year before leaving.
    pub employee_gap: Option<bool>,
    /// Months of employee contributions in the year before, 0 to 12.
    pub employee_months_last_year: Option<u32>,
    /// Cover last year.
    pub last_year: Option<LastYear>,
    /// Years without cover, at least 1.
    pub missed_years: Option<u32>,
    /// Last year's plan paid nothing.
    pub no_claims: Option<bool>,
    /// Student.
    pub student: Option<Student>,
    /// A parent is in the province's insurance.
    pub parent_insured: Option<bool>,
    /// Answers to the notice's own questions.
    pub custom: Map<CustomAnswer>,
}

/// An answer to a notice's own question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CustomAnswer {
    /// The id of a choice.
    Choice(String),
    /// Yes or no.
    YesNo(bool),
    /// A number.
    Number(u32),
}

/// Why a request has no answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RequestError {
    /// A stable word: `unknown_answer`, `bad_value`, `contradiction`, `after_today`, `bad_request`, `unknown_notice`,
    /// `bad_notice`.
    pub code: &'static str,
    /// What is wrong and what to do, in plain Chinese.
    pub message: String,
    /// The answers concerned.
    pub answers: Vec<String>,
}

impl RequestError {
    /// An error about these answers.
    #[must_use]
    pub fn new(code: &'static str, message: impl Into<String>, answers: &[&str]) -> Self {
        Self { code, message: message.into(), answers: answers.iter().map(|&a| a.to_owned()).collect() }
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.message, self.answers.join(", "))
    }
}

impl std::error::Error for RequestError {}

/// A value as it came, before it is read as an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Loose {
    /// `true`, `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Loose>),
    /// Anything else: never an answer.
    Other,
}

impl<'de> Deserialize<'de> for Loose {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Loose;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an answer")
            }
            fn visit_bool<E>(self, value: bool) -> Result<Loose, E> {
                Ok(Loose::Bool(value))
            }
            fn visit_i64<E>(self, value: i64) -> Result<Loose, E> {
                Ok(Loose::Int(value))
            }
            fn visit_u64<E>(self, value: u64) -> Result<Loose, E> {
                Ok(i64::try_from(value).map_or(Loose::Other, Loose::Int))
            }
            fn visit_f64<E>(self, value: f64) -> Result<Loose, E> {
                // JavaScript has only floats: whole ones within the exact range are numbers.
                #[allow(clippy::cast_possible_truncation, reason = "checked to be whole and small")]
                let whole = value as i64;
                #[allow(
                    clippy::cast_precision_loss,
                    clippy::float_cmp,
                    clippy::float_arithmetic,
                    reason = "exactness is the question"
                )]
                let exact = whole.unsigned_abs() < (1 << 53) && whole as f64 == value;
                Ok(if exact { Loose::Int(whole) } else { Loose::Other })
            }
            fn visit_str<E>(self, value: &str) -> Result<Loose, E> {
                Ok(Loose::Text(value.to_owned()))
            }
            fn visit_unit<E>(self) -> Result<Loose, E> {
                Ok(Loose::Other)
            }
            fn visit_none<E>(self) -> Result<Loose, E> {
                Ok(Loose::Other)
            }
            fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Loose, D::Error> {
                Loose::deserialize(deserializer)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Loose, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = seq.next_element()? {
                    items.push(item);
                }
                Ok(Loose::List(items))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Loose, A::Error> {
                while map.next_entry::<serde::de::IgnoredAny, serde::de::IgnoredAny>()?.is_some() {}
                Ok(Loose::Other)
            }
        }
        deserializer.deserialize_any(Any)
    }
}

fn bad(key: &str, what: &str) -> RequestError {
    RequestError::new("bad_value", format!("`{key}` 的值不对:{what}"), &[key])
}

fn choice<T: Copy>(key: &str, value: &Loose, all: &[T], name: fn(T) -> &'static str) -> Result<T, RequestError> {
    let found = match value {
        Loose::Text(text) => all.iter().copied().find(|&v| name(v) == text),
        _ => None,
    };
    found.ok_or_else(|| {
        let names: Vec<&str> = all.iter().map(|&v| name(v)).collect();
        bad(key, &format!("只能是 {}", names.join("、")))
    })
}

/// Reads `YYYY-MM-DD` strictly.
///
/// ```
/// use canbao_engine::answers::parse_day;
/// assert!(parse_day("2026-02-28").is_some());
/// assert!(parse_day("2026-02-30").is_none());
/// assert!(parse_day("2026-2-3").is_none());
/// ```
#[must_use]
pub fn parse_day(text: &str) -> Option<NaiveDate> {
    let shape = text.len() == 10
        && text.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
    let number = |range: std::ops::Range<usize>| text.get(range)?.parse::<u32>().ok();
    if !shape {
        return None;
    }
    NaiveDate::from_ymd_opt(i32::try_from(number(0..4)?).ok()?, number(5..7)?, number(8..10)?)
}

fn day(key: &str, value: &Loose) -> Result<NaiveDate, RequestError> {
    let found = match value {
        Loose::Text(text) => parse_day(text),
        _ => None,
    };
    found.ok_or_else(|| bad(key, "要写成日历上有的一天,如 2026-02-25"))
}

fn yes_no(key: &str, value: &Loose) -> Result<bool, RequestError> {
    match value {
        Loose::Bool(value) => Ok(*value),
        _ => Err(bad(key, "只能是 true 或 false")),
    }
}

fn number(key: &str, value: &Loose, min: u32, max: u32) -> Result<u32, RequestError> {
    match value {
        Loose::Int(n) => u32::try_from(*n).ok().filter(|n| (min..=max).contains(n)),
        _ => None,
    }
    .ok_or_else(|| bad(key, &format!("要是 {min} 到 {max} 之间的整数")))
}

/// More missed years than a life has.
pub const MAX_MISSED_YEARS: u32 = 150;

impl Answers {
    /// Reads answers as they came, for this notice.
    ///
    /// # Errors
    /// On an unknown key or value; the error names it.
    pub fn read(loose: &Map<Loose>, notice: &Notice) -> Result<Self, RequestError> {
        let mut answers = Self::default();
        for (key, value) in loose {
            match Answer::parse(key) {
                Some(answer) => answers.set(answer, key, value)?,
                None => {
                    let custom = read_custom(key, value, notice)?;
                    answers.custom.insert(key.clone(), custom);
                }
            }
        }
        Ok(answers)
    }

    fn set(&mut self, answer: Answer, key: &str, value: &Loose) -> Result<(), RequestError> {
        match answer {
            Answer::Residence => self.residence = Some(choice(key, value, Residence::ALL, Residence::as_str)?),
            Answer::OtherPlan => self.other_plan = Some(choice(key, value, OtherPlan::ALL, OtherPlan::as_str)?),
            Answer::BirthDate => self.birth_date = Some(day(key, value)?),
            Answer::Groups => {
                let Loose::List(items) = value else { return Err(bad(key, "要是一个列表,[] 表示都不是")) };
                let groups = items.iter().map(|item| choice(key, item, Group::ALL, Group::as_str));
                self.groups = Some(groups.collect::<Result<_, _>>()?);
            }
            Answer::RecognisedOn => self.recognised_on = Some(day(key, value)?),
            Answer::Left => self.left = Some(choice(key, value, Left::ALL, Left::as_str)?),
            Answer::LeftOn => self.left_on = Some(day(key, value)?),
            Answer::EmployeeTwoYears => self.employee_two_years = Some(yes_no(key, value)?),
            Answer::EmployeeMonths => self.employee_months = Some(number(key, value, 0, 12)?),
            Answer::EmployeeGap => self.employee_gap = Some(yes_no(key, value)?),
            Answer::EmployeeMonthsLastYear => self.employee_months_last_year = Some(number(key, value, 0, 12)?),
            Answer::LastYear => self.last_year = Some(choice(key, value, LastYear::ALL, LastYear::as_str)?),
            Answer::MissedYears => self.missed_years = Some(number(key, value, 1, MAX_MISSED_YEARS)?),
            Answer::NoClaims => self.no_claims = Some(yes_no(key, value)?),
            Answer::Student => self.student = Some(choice(key, value, Student::ALL, Student::as_str)?),
            Answer::ParentInsured => self.parent_insured = Some(yes_no(key, value)?),
        }
        Ok(())
    }

    /// Whether this question has an answer.
    #[must_use]
    pub fn given(&self, answer: Answer) -> bool {
        match answer {
            Answer::Residence => self.residence.is_some(),
            Answer::OtherPlan => self.other_plan.is_some(),
            Answer::BirthDate => self.birth_date.is_some(),
            Answer::Groups => self.groups.is_some(),
            Answer::RecognisedOn => self.recognised_on.is_some(),
            Answer::Left => self.left.is_some(),
            Answer::LeftOn => self.left_on.is_some(),
            Answer::EmployeeTwoYears => self.employee_two_years.is_some(),
            Answer::EmployeeMonths => self.employee_months.is_some(),
            Answer::EmployeeGap => self.employee_gap.is_some(),
            Answer::EmployeeMonthsLastYear => self.employee_months_last_year.is_some(),
            Answer::LastYear => self.last_year.is_some(),
            Answer::MissedYears => self.missed_years.is_some(),
            Answer::NoClaims => self.no_claims.is_some(),
            Answer::Student => self.student.is_some(),
            Answer::ParentInsured => self.parent_insured.is_some(),
        }
    }

    /// Checks the answers against each other, for a coverage year and a day of asking.
    ///
    /// # Errors
    /// On a contradiction; the error names the answers concerned.
    pub fn check(&self, year: i32, on: NaiveDate) -> Result<(), RequestError> {
        let after = |key: &str, day: Option<NaiveDate>| match day {
            Some(day) if day > on => {
                Err(RequestError::new("after_today", format!("`{key}`({day})在办理当天({on})之后,请核对日期"), &[key]))
            }
            _ => Ok(()),
        };
        after("birth_date", self.birth_date)?;
        after("recognised_on", self.recognised_on)?;
        after("left_on", self.left_on)?;
        let contradiction = |message: &str, answers: &[&str]| Err(RequestError::new("contradiction", message, answers));
        if self.left_on.is_some() && matches!(self.left, None | Some(Left::None)) {
            let names: &[&str] = if self.left.is_some() { &["left_on", "left"] } else { &["left_on"] };
            return contradiction("填了离开的日期,却没有说离开了什么", names);
        }
        if self.left == Some(Left::Employee) && self.other_plan == Some(OtherPlan::Employee) {
            return contradiction("已经停了职工医保,又正在参加职工医保,两者只能有一个", &["left", "other_plan"]);
        }
        if self.missed_years.is_some() && self.last_year != Some(LastYear::None) {
            let names: &[&str] =
                if self.last_year.is_some() { &["missed_years", "last_year"] } else { &["missed_years"] };
            return contradiction("只有上一年没有参保的人才有断保年数", names);
        }
        let Some(born) = self.birth_date.map(|day| day.year()) else { return Ok(()) };
        if born >= year - 1 {
            let employee: [(&str, bool); 6] = [
                ("other_plan", self.other_plan == Some(OtherPlan::Employee)),
                ("left", self.left == Some(Left::Employee)),
                ("last_year", self.last_year == Some(LastYear::Employee)),
                ("employee_months", self.employee_months.is_some_and(|n| n > 0)),
                ("employee_months_last_year", self.employee_months_last_year.is_some_and(|n| n > 0)),
                ("employee_two_years", self.employee_two_years == Some(true)),
            ];
            if let Some((key, _)) = employee.iter().find(|(_, given)| *given) {
                return contradiction("新生儿不可能参加过职工医保,请核对出生日期", &["birth_date", key]);
            }
        }
        if born >= year
            && matches!(
                self.last_year,
                Some(LastYear::Resident | LastYear::Employee | LastYear::Other | LastYear::Partial)
            )
        {
            return contradiction("当年出生的孩子上一年不可能参保,请核对出生日期", &["birth_date", "last_year"]);
        }
        Ok(())
    }
}

fn read_custom(key: &str, value: &Loose, notice: &Notice) -> Result<CustomAnswer, RequestError> {
    let Some(question) = notice.questions.iter().find(|q| q.id == key) else {
        return Err(RequestError::new("unknown_answer", format!("没有 `{key}` 这个问题,请核对名称"), &[key]));
    };
    match (&question.kind, value) {
        (QuestionKind::Choice(choices), Loose::Text(text)) if choices.iter().any(|c| c.id == *text) => {
            Ok(CustomAnswer::Choice(text.clone()))
        }
        (QuestionKind::Choice(choices), _) => {
            let names: Vec<&str> = choices.iter().map(|c| c.id.as_str()).collect();
            Err(bad(key, &format!("只能是 {}", names.join("、"))))
        }
        (QuestionKind::YesNo, _) => yes_no(key, value).map(CustomAnswer::YesNo),
        (QuestionKind::Number(max), _) => number(key, value, 0, *max).map(CustomAnswer::Number),
    }
}

impl Serialize for Answers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        macro_rules! entries {
            ($($field:ident),+) => { $( if let Some(value) = &self.$field {
                map.serialize_entry(stringify!($field), value)?;
            } )+ };
        }
        entries!(
            residence,
            other_plan,
            birth_date,
            groups,
            recognised_on,
            left,
            left_on,
            employee_two_years,
            employee_months,
            employee_gap,
            employee_months_last_year,
            last_year,
            missed_years,
            no_claims,
            student,
            parent_insured
        );
        for (key, value) in &self.custom {
            match value {
                CustomAnswer::Choice(id) => map.serialize_entry(key, id)?,
                CustomAnswer::YesNo(value) => map.serialize_entry(key, value)?,
                CustomAnswer::Number(value) => map.serialize_entry(key, value)?,
            }
        }
        map.end()
    }
}

/// A request as it came: `{"notice", "on", "answers"}`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LooseRequest {
    /// The notice's id.
    pub notice: Option<Loose>,
    /// The day of asking.
    pub on: Option<Loose>,
    /// The answers; absent: none given.
    pub answers: Map<Loose>,
    /// Keys that a request does not have.
    pub unknown: Vec<String>,
    /// Whether `answers` was something else than an object.
    pub answers_malformed: bool,
}

impl LooseRequest {
    /// The notice asked for and the day, or what is wrong with them.
    ///
    /// # Errors
    /// When the request has an unknown key, no notice, or no possible day.
    pub fn head(&self) -> Result<(&str, NaiveDate), RequestError> {
        if let Some(key) = self.unknown.first() {
            let message = format!("请求里没有 `{key}` 这一项,只有 notice、on、answers");
            return Err(RequestError::new("bad_request", message, &[]));
        }
        if self.answers_malformed {
            return Err(RequestError::new("bad_request", "`answers` 要是一个对象", &[]));
        }
        let Some(Loose::Text(notice)) = &self.notice else {
            return Err(RequestError::new("bad_request", "`notice` 要写通知的编号,如 \"141123-2026\"", &[]));
        };
        let on = match &self.on {
            Some(Loose::Text(text)) => parse_day(text),
            _ => None,
        };
        let on = on.ok_or_else(|| {
            RequestError::new("bad_request", "`on` 要写办理当天的日期,是日历上有的一天,如 \"2026-02-25\"", &[])
        })?;
        Ok((notice, on))
    }
}

impl<'de> Deserialize<'de> for LooseRequest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = LooseRequest;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a request: {\"notice\", \"on\", \"answers\"}")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<LooseRequest, A::Error> {
                let mut request = LooseRequest::default();
                while let Some(key) = map.next_key::<String>()? {
                    match key.as_str() {
                        "notice" => request.notice = Some(map.next_value()?),
                        "on" => request.on = Some(map.next_value()?),
                        "answers" => match map.next_value()? {
                            LooseAnswers(Some(answers)) => request.answers = answers,
                            LooseAnswers(None) => request.answers_malformed = true,
                        },
                        _ => {
                            map.next_value::<serde::de::IgnoredAny>()?;
                            request.unknown.push(key);
                        }
                    }
                }
                Ok(request)
            }
        }
        deserializer.deserialize_map(Fields)
    }
}

/// The object of answers, or `None` where something else stands.
struct LooseAnswers(Option<Map<Loose>>);

impl<'de> Deserialize<'de> for LooseAnswers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = LooseAnswers;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object of answers")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<LooseAnswers, A::Error> {
                let mut answers = Map::default();
                while let Some((key, value)) = map.next_entry()? {
                    answers.insert(key, value);
                }
                Ok(LooseAnswers(Some(answers)))
            }
            fn visit_unit<E>(self) -> Result<LooseAnswers, E> {
                Ok(LooseAnswers(None))
            }
            fn visit_bool<E>(self, _: bool) -> Result<LooseAnswers, E> {
                Ok(LooseAnswers(None))
            }
            fn visit_i64<E>(self, _: i64) -> Result<LooseAnswers, E> {
                Ok(LooseAnswers(None))
            }
            fn visit_u64<E>(self, _: u64) -> Result<LooseAnswers, E> {
                Ok(LooseAnswers(None))
            }
            fn visit_f64<E>(self, _: f64) -> Result<LooseAnswers, E> {
                Ok(LooseAnswers(None))
            }
            fn visit_str<E>(self, _: &str) -> Result<LooseAnswers, E> {
                Ok(LooseAnswers(None))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<LooseAnswers, A::Error> {
                while seq.next_element::<serde::de::IgnoredAny>()?.is_some() {}
                Ok(LooseAnswers(None))
            }
        }
        deserializer.deserialize_any(Object)
    }
}
