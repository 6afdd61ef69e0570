//! When a rule applies.
//!
//! A condition is a table; all that stands in it must hold. `all`, `any` and `not` combine tables. A list of values
//! means "one of these". What is not written is not tested.

use super::answers::{Group, LastYear, Left, OtherPlan, Residence, Student};
use super::date_expr::DateExpr;
use super::rules::Route;
use crate::map::Map;
use serde::{Deserialize, Serialize};

/// A condition over the answers, the day and the way taken. An empty one always holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "author", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Condition {
    /// Every one of these conditions.
    pub all: Vec<Condition>,
    /// At least one of these conditions.
    pub any: Vec<Condition>,
    /// Not this condition.
    pub not: Option<Box<Condition>>,
    /// Household registration and home: one of these.
    pub residence: Vec<Residence>,
    /// Cover today: one of these.
    pub other_plan: Vec<OtherPlan>,
    /// Left another scheme or situation: one of these.
    pub left: Vec<Left>,
    /// Cover last year: one of these.
    pub last_year: Vec<LastYear>,
    /// Student: one of these.
    pub student: Vec<Student>,
    /// In at least one of these groups.
    pub groups: Vec<Group>,
    /// In every one of these groups.
    pub all_groups: Vec<Group>,
    /// In so many of a list of groups.
    pub count: Option<Count>,
    /// Two consecutive years of employee insurance.
    pub employee_two_years: Option<bool>,
    /// An unpaid month within the coverage year.
    pub employee_gap: Option<bool>,
    /// Last year's plan paid nothing.
    pub no_claims: Option<bool>,
    /// A parent is in the province's insurance.
    pub parent_insured: Option<bool>,
    /// Months of employee contributions in the coverage year.
    pub employee_months: Option<Range>,
    /// Months of employee contributions in the year before.
    pub employee_months_last_year: Option<Range>,
    /// Years without cover.
    pub missed_years: Option<Range>,
    /// Born in this span of days.
    pub birth_date: Option<Dates>,
    /// Left in this span of days.
    pub left_on: Option<Dates>,
    /// Recognised in this span of days.
    pub recognised_on: Option<Dates>,
    /// Paying in this span of days (asking, where nothing is paid).
    pub payment: Option<Dates>,
    /// Of this age on a day.
    pub age: Option<Age>,
    /// On one of these ways, by id. Not in the conditions of ways.
    pub way: Vec<String>,
    /// On a way of one of these routes. Not in the conditions of ways.
    pub route: Vec<Route>,
    /// Under these options of open readings: reading id → option ids.
    pub reading: Map<Vec<String>>,
    /// The notice's own questions answered like this: question id → choice ids (`yes`, `no` for yes-no questions).
    pub choice: Map<Vec<String>>,
    /// The notice's own number questions: question id → range.
    pub number: Map<Range>,
}

/// How many of a list of groups the person is in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "author", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Count {
    /// The groups counted.
    pub of: Vec<Group>,
    /// At least so many.
    #[serde(default)]
    pub at_least: Option<u32>,
    /// At most so many.
    #[serde(default)]
    pub at_most: Option<u32>,
}

/// A range of whole numbers, ends included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "author", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Range {
    /// At least this.
    pub at_least: Option<u32>,
    /// At most this.
    pub at_most: Option<u32>,
}

/// A span of days, both ends included.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "author", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Dates {
    /// Not before this day.
    pub from: Option<DateExpr>,
    /// Not after this day.
    pub to: Option<DateExpr>,
}

/// Age in completed years (周岁) on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "author", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Age {
    /// At least so old.
    #[serde(default)]
    pub at_least: Option<u32>,
    /// Younger than this.
    #[serde(default)]
    pub under: Option<u32>,
    /// The day on which age counts.
    pub on: DateExpr,
}
