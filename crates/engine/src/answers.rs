//! Answers, read strictly.
//!
//! Requests come from portals: every wrong key or value gets an error that names the answers concerned, and nothing is
//! guessed. A key absent is a question not answered yet. Contradictions between answers are errors too, never amounts.

use crate::dates::{Day, calendar, number};
use canbao_policy::map::Map;
use canbao_policy::model::{
    Answer, Group, LastYear, Left, Notice, OtherPlan, QuestionKind, Residence, Student, place_of,
};
use canbao_policy::words;
use chrono::{Datelike, NaiveDate};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
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
    pub groups: Option<Groups>,
    /// Earliest recognition among the assisted groups.
    pub recognised_on: Option<NaiveDate>,
    /// Scheme or situation left.
    pub left: Option<Left>,
    /// Last insured day, or day of discharge, release, admission, beginning of community correction.
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

/// A set of groups.
///
/// ```
/// use canbao_engine::answers::Groups;
/// use canbao_policy::model::Group;
/// let groups: Groups = [Group::Dibao, Group::Orphan].into_iter().collect();
/// assert!(groups.contains(Group::Dibao));
/// assert_eq!(groups.iter().map(Group::as_str).collect::<Vec<_>>(), ["orphan", "dibao"]);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Groups(u32);

const _: () = assert!(Group::ALL.len() <= 32, "a group is one bit");

impl Groups {
    /// Puts a group in.
    pub fn insert(&mut self, group: Group) {
        self.0 |= 1 << group as u32;
    }

    /// Whether a group is in it.
    #[must_use]
    pub fn contains(self, group: Group) -> bool {
        self.0 >> group as u32 & 1 == 1
    }

    /// The groups in it, in the order in which they are offered.
    pub fn iter(self) -> impl Iterator<Item = Group> {
        Group::ALL.iter().copied().filter(move |&group| self.contains(group))
    }
}

impl FromIterator<Group> for Groups {
    fn from_iter<I: IntoIterator<Item = Group>>(groups: I) -> Self {
        let mut set = Self::default();
        groups.into_iter().for_each(|group| set.insert(group));
        set
    }
}

impl Serialize for Groups {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
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
    RequestError::new("bad_value", words!["`", key, "` 的值不对：", what], &[key])
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

/// What an answer looks like.
enum Shape<'a> {
    Choice(&'a [&'a str]),
    Day,
    YesNo,
    Number(u32, u32),
}

impl Shape<'_> {
    fn of(answer: Answer) -> Option<Shape<'static>> {
        Some(match answer {
            Answer::Residence => Shape::Choice(Residence::NAMES),
            Answer::OtherPlan => Shape::Choice(OtherPlan::NAMES),
            Answer::Left => Shape::Choice(Left::NAMES),
            Answer::LastYear => Shape::Choice(LastYear::NAMES),
            Answer::Student => Shape::Choice(Student::NAMES),
            Answer::BirthDate | Answer::RecognisedOn | Answer::LeftOn => Shape::Day,
            Answer::EmployeeTwoYears | Answer::EmployeeGap | Answer::NoClaims | Answer::ParentInsured => Shape::YesNo,
            Answer::EmployeeMonths | Answer::EmployeeMonthsLastYear => Shape::Number(0, 12),
            Answer::MissedYears => Shape::Number(1, MAX_MISSED_YEARS),
            Answer::Groups => return None,
        })
    }

    /// The value as a number: a choice's place, a day's number, 1 for yes.
    fn read(&self, key: &str, value: &Loose) -> Result<i32, RequestError> {
        let found = match (self, value) {
            (Self::Choice(names), Loose::Text(text)) => place_of(text, names).map(|at| at as i32),
            (Self::Day, Loose::Text(text)) => parse_day(text).map(number),
            (Self::YesNo, Loose::Bool(yes)) => Some(i32::from(*yes)),
            (Self::Number(least, most), Loose::Int(n)) => {
                i32::try_from(*n).ok().filter(|n| (i64::from(*least)..=i64::from(*most)).contains(&i64::from(*n)))
            }
            _ => None,
        };
        found.ok_or_else(|| {
            let what = match self {
                Self::Choice(names) => words!["只能是 ", names.join("、")],
                Self::Day => "要写成日历上有的一天，如 2026-02-25".to_owned(),
                Self::YesNo => "只能是 true 或 false".to_owned(),
                Self::Number(least, most) => words!["要是 ", least, " 到 ", most, " 之间的整数"],
            };
            bad(key, &what)
        })
    }
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
        if let Some(shape) = Shape::of(answer) {
            self.put(answer, shape.read(key, value)?);
            return Ok(());
        }
        let Loose::List(items) = value else { return Err(bad(key, "要是一个列表，[] 表示都不是")) };
        let mut groups = Groups::default();
        for item in items {
            groups.0 |= 1 << Shape::Choice(Group::NAMES).read(key, item)?;
        }
        self.groups = Some(groups);
        Ok(())
    }

    /// Gives an answer (other than the groups) by its number: a choice's place, a day's number, 1 for yes.
    pub(crate) fn put(&mut self, answer: Answer, value: i32) {
        let at = usize::try_from(value).unwrap_or(0);
        let (number, yes, day) = (Some(value.max(0).cast_unsigned()), Some(value > 0), calendar(value));
        match answer {
            Answer::Residence => self.residence = Residence::ALL.get(at).copied(),
            Answer::OtherPlan => self.other_plan = OtherPlan::ALL.get(at).copied(),
            Answer::BirthDate => self.birth_date = day,
            Answer::Groups => {}
            Answer::RecognisedOn => self.recognised_on = day,
            Answer::Left => self.left = Left::ALL.get(at).copied(),
            Answer::LeftOn => self.left_on = day,
            Answer::EmployeeTwoYears => self.employee_two_years = yes,
            Answer::EmployeeMonths => self.employee_months = number,
            Answer::EmployeeGap => self.employee_gap = yes,
            Answer::EmployeeMonthsLastYear => self.employee_months_last_year = number,
            Answer::LastYear => self.last_year = LastYear::ALL.get(at).copied(),
            Answer::MissedYears => self.missed_years = number,
            Answer::NoClaims => self.no_claims = yes,
            Answer::Student => self.student = Student::ALL.get(at).copied(),
            Answer::ParentInsured => self.parent_insured = yes,
        }
    }

    /// An answer (other than the groups) by its number, as [`Self::put`] takes it.
    pub(crate) fn value(&self, answer: Answer) -> Option<Day> {
        let number = |n: Option<u32>| n.map(|n| i32::try_from(n).unwrap_or(i32::MAX));
        match answer {
            Answer::Residence => self.residence.map(|value| value as i32),
            Answer::OtherPlan => self.other_plan.map(|value| value as i32),
            Answer::BirthDate => self.birth_date.map(self::number),
            Answer::Groups => None,
            Answer::RecognisedOn => self.recognised_on.map(self::number),
            Answer::Left => self.left.map(|value| value as i32),
            Answer::LeftOn => self.left_on.map(self::number),
            Answer::EmployeeTwoYears => self.employee_two_years.map(i32::from),
            Answer::EmployeeMonths => number(self.employee_months),
            Answer::EmployeeGap => self.employee_gap.map(i32::from),
            Answer::EmployeeMonthsLastYear => number(self.employee_months_last_year),
            Answer::LastYear => self.last_year.map(|value| value as i32),
            Answer::MissedYears => number(self.missed_years),
            Answer::NoClaims => self.no_claims.map(i32::from),
            Answer::Student => self.student.map(|value| value as i32),
            Answer::ParentInsured => self.parent_insured.map(i32::from),
        }
    }

    /// Whether this question has an answer.
    #[must_use]
    pub fn given(&self, answer: Answer) -> bool {
        self.value(answer).is_some() || (answer == Answer::Groups && self.groups.is_some())
    }

    /// Checks the answers against each other, for a coverage year and a day of asking.
    ///
    /// # Errors
    /// On a contradiction; the error names the answers concerned.
    pub fn check(&self, year: i32, on: NaiveDate) -> Result<(), RequestError> {
        let after = |key: &str, day: Option<NaiveDate>| match day {
            Some(day) if day > on => Err(RequestError::new(
                "after_today",
                words!["`", key, "`（", day, "）在办理当天（", on, "）之后，请核对日期"],
                &[key],
            )),
            _ => Ok(()),
        };
        after("birth_date", self.birth_date)?;
        after("recognised_on", self.recognised_on)?;
        after("left_on", self.left_on)?;
        let contradiction = |message: &str, answers: &[&str]| Err(RequestError::new("contradiction", message, answers));
        if self.left_on.is_some() && matches!(self.left, None | Some(Left::None)) {
            let names: &[&str] = if self.left.is_some() { &["left_on", "left"] } else { &["left_on"] };
            return contradiction("填了离开的日期，却没有说离开了什么", names);
        }
        if self.left == Some(Left::Employee) && self.other_plan == Some(OtherPlan::Employee) {
            return contradiction("已经停了职工医保，又正在参加职工医保，两者只能有一个", &["left", "other_plan"]);
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
                return contradiction("新生儿不可能参加过职工医保，请核对出生日期", &["birth_date", key]);
            }
        }
        if born >= year
            && matches!(
                self.last_year,
                Some(LastYear::Resident | LastYear::Employee | LastYear::Other | LastYear::Partial)
            )
        {
            return contradiction("当年出生的孩子上一年不可能参保，请核对出生日期", &["birth_date", "last_year"]);
        }
        Ok(())
    }
}

fn read_custom(key: &str, value: &Loose, notice: &Notice) -> Result<CustomAnswer, RequestError> {
    let Some(question) = notice.questions.iter().find(|q| q.id == key) else {
        return Err(RequestError::new("unknown_answer", words!["没有 `", key, "` 这个问题，请核对名称"], &[key]));
    };
    Ok(match &question.kind {
        QuestionKind::Choice(choices) => {
            let names: Vec<&str> = choices.iter().map(|c| c.id.as_str()).collect();
            let at = Shape::Choice(&names).read(key, value)?;
            CustomAnswer::Choice(names[at as usize].to_owned())
        }
        QuestionKind::YesNo => CustomAnswer::YesNo(Shape::YesNo.read(key, value)? > 0),
        QuestionKind::Number(most) => CustomAnswer::Number(Shape::Number(0, *most).read(key, value)?.cast_unsigned()),
    })
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
            let message = words!["请求里没有 `", key, "` 这一项，只有 notice、on、answers"];
            return Err(RequestError::new("bad_request", message, &[]));
        }
        if self.answers_malformed {
            return Err(RequestError::new("bad_request", "`answers` 要是一个对象", &[]));
        }
        let Some(Loose::Text(notice)) = &self.notice else {
            return Err(RequestError::new("bad_request", "`notice` 要写通知的编号，如 \"141123-2026\"", &[]));
        };
        let on = match &self.on {
            Some(Loose::Text(text)) => parse_day(text),
            _ => None,
        };
        let on = on.ok_or_else(|| {
            RequestError::new("bad_request", "`on` 要写办理当天的日期，是日历上有的一天，如 \"2026-02-25\"", &[])
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
