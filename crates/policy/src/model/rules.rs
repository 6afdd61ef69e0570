//! The rules of a notice.
//!
//! Each kind of rule fills one part of an outcome. Of the rules of a kind that apply, one must remain after the
//! overrides (`over`): two are a conflict of the notice file, none is a gap where one is needed. Order in the file
//! means nothing. (Assistance is different: several may apply, and [`Overlap`] says what then holds.)

use super::answers::{choice, place_of};
use super::condition::Condition;
use super::date_expr::{DateExpr, Span};
use super::yuan::Yuan;
use crate::packed;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

choice! {
    /// The way a person goes.
    Route {
        /// 集中缴费: within the central period.
        Central = "central",
        /// 新生儿: newborn.
        Newborn = "newborn",
        /// 退出其他制度补办: left another scheme.
        Left = "left",
        /// 集中期外: late.
        Late = "late",
        /// 期外新认定困难: recognised after the period.
        LateGroup = "late_group",
        /// By the school.
        School = "school",
        /// No way.
        None = "none",
    }
}

choice! {
    /// What a way leads to.
    WayKind {
        /// Cover here, for money or free.
        Cover = "cover",
        /// The notice gives no amount or no way.
        Unstated = "unstated",
        /// Belongs to another plan or place.
        NotCovered = "not_covered",
    }
}

choice! {
    /// What has to be done by the deadline.
    Action {
        /// Pay.
        Pay = "pay",
        /// Register (nothing to pay).
        Register = "register",
    }
}

choice! {
    /// What holds before a window opens.
    Before {
        /// Paying is not possible yet.
        Closed = "closed",
        /// The notice does not say when paying starts.
        Unstated = "unstated",
    }
}

choice! {
    /// How firmly the notice gives an amount.
    Basis {
        /// In so many words; a rate counts.
        Stated = "stated",
        /// Only elsewhere in the notice.
        Inferred = "inferred",
    }
}

choice! {
    /// Something a resident would ask and the notice does not say.
    Unstated {
        /// The amount.
        Fee = "fee",
        /// Whether a fund pays for this person.
        Assistance = "assistance",
        /// The last day.
        Deadline = "deadline",
        /// Whether and how late payment goes.
        Late = "late",
        /// When cover starts.
        BenefitFrom = "benefit.from",
        /// When cover ends.
        BenefitTo = "benefit.to",
        /// Whether there is a waiting period.
        Wait = "wait",
        /// Getting money back.
        Refund = "refund",
        /// Where and how to register.
        Register = "register",
        /// Whether the person belongs here.
        Residence = "residence",
    }
}

choice! {
    /// Whether an extra premium has to be paid.
    Required {
        /// Compulsory.
        Yes = "yes",
        /// Free to choose.
        No = "no",
        /// The notice does not say.
        Unstated = "unstated",
    }
}

choice! {
    /// Whether the day from which a wait counts is its first day.
    FirstDay {
        /// Day 1 of the wait.
        Counted = "counted",
        /// The day before day 1.
        NotCounted = "not_counted",
    }
}

choice! {
    /// How a percentage is rounded.
    Round {
        /// Away from zero.
        Up = "up",
        /// Towards zero.
        Down = "down",
        /// Half away from zero (四舍五入).
        HalfUp = "half_up",
    }
}

choice! {
    /// What holds where several assistances apply at once. They are never added up.
    Overlap {
        /// The notice does not say: an open reading `overlap`, the lower payable recommended; free settles it.
        Open = "open",
        /// Only the highest assistance counts.
        Highest = "highest",
    }
}

/// The amount of a newborn's birth year and the like that nobody is charged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "author", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Waived {
    /// All of it.
    All,
    /// So much of it, in yuan.
    Amount(Yuan),
}

/// What an assistance gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "author", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Gives {
    /// All of the fee (全额资助).
    All,
    /// A fixed amount in yuan (定额资助).
    Amount(Yuan),
    /// All but what the person pays, in yuan (个人缴纳).
    Pays(Yuan),
    /// A share of the fee (按比例资助).
    Percent(Percent),
    /// The notice does not say what this group gets: the fee stands and `assistance` is named as not stated.
    Unstated,
}

/// A share of an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "author", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Percent {
    /// The rate in percent: `"90"`.
    pub rate: Yuan,
    /// Of this amount in yuan; without it of what is left of the fee.
    #[serde(default)]
    pub of: Option<Yuan>,
    /// How the result is rounded; without it the result must be exact to the fen.
    #[serde(default)]
    pub round: Option<Rounding>,
}

/// To which amount, and which way, a result is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "author", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Rounding {
    /// The unit in yuan: `"1"` for whole yuan, `"0.1"` for jiao.
    pub to: Yuan,
    /// The direction.
    pub mode: Round,
}

impl Rounding {
    /// The amount rounded to this unit.
    #[must_use]
    pub fn apply(self, amount: Decimal) -> Decimal {
        use rust_decimal::RoundingStrategy::{AwayFromZero, MidpointAwayFromZero, ToZero};
        let strategy = match self.mode {
            Round::Up => AwayFromZero,
            Round::Down => ToZero,
            Round::HalfUp => MidpointAwayFromZero,
        };
        amount
            .checked_div(self.to.0)
            .and_then(|units| units.round_dp_with_strategy(0, strategy).checked_mul(self.to.0))
            .unwrap_or(amount)
    }
}

packed! {
    /// Days of each month on which paying is possible, both included: `days = { first = 1, last = 25 }`.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "author", derive(schemars::JsonSchema))]
    #[serde(deny_unknown_fields)]
    pub struct Days {
        /// First payable day of the month.
        pub first: u8,
        /// Last payable day of the month.
        pub last: u8,
    }
}

/// A stretch of time in which a way can be taken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "author", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Window {
    /// The period with this id: its days and its monthly days.
    pub period: Option<String>,
    /// First day; without it, any.
    pub from: Option<DateExpr>,
    /// Last day; without it, none is stated.
    pub to: Option<DateExpr>,
    /// Payable days of each month.
    pub days: Option<Days>,
    /// What holds before the first day; `closed` where not given.
    pub before: Option<Before>,
    /// Only under this condition.
    pub when: Condition,
    /// The clauses this stretch of time rests on, cited while it is still ahead or open.
    pub clauses: Vec<String>,
}

/// A way a person goes: who, when, by which route. A way whose windows are all past no longer applies.
///
/// Without windows it applies on any day. Of the ways that apply one must remain after the overrides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "author", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Way {
    /// Name of the rule, unique among all rules.
    pub id: String,
    /// The clauses it rests on.
    #[serde(default)]
    pub clauses: Vec<String>,
    /// Whom it is for.
    #[serde(default)]
    pub when: Condition,
    /// The ways it overrides, by id.
    #[serde(default)]
    pub over: Vec<String>,
    /// The route.
    pub route: Route,
    /// What it leads to; `cover` where not given.
    #[serde(default)]
    pub kind: Option<WayKind>,
    /// When it can be taken.
    #[serde(default)]
    pub windows: Vec<Window>,
    /// What has to be done; `pay` where not given.
    #[serde(default)]
    pub action: Option<Action>,
    /// What the notice does not say on this way.
    #[serde(default)]
    pub unstated: Vec<Unstated>,
    /// What to say, in plain Chinese: above all where to go or whom to ask.
    #[serde(default)]
    pub notes: Vec<String>,
}

/// The fee (个人缴费) on a way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "author", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Fee {
    /// Name of the rule, unique among all rules.
    pub id: String,
    /// The clauses it rests on.
    #[serde(default)]
    pub clauses: Vec<String>,
    /// When it holds.
    #[serde(default)]
    pub when: Condition,
    /// The fee rules it overrides, by id.
    #[serde(default)]
    pub over: Vec<String>,
    /// The person's standard fee in yuan; without it the notice gives no amount.
    #[serde(default)]
    pub standard: Option<Yuan>,
    /// The government share in yuan that this person pays as well.
    #[serde(default)]
    pub fiscal: Option<Yuan>,
    /// What nobody is charged.
    #[serde(default)]
    pub waived: Option<Waived>,
    /// How firmly the amount is given; `stated` where not given.
    #[serde(default)]
    pub basis: Option<Basis>,
    /// What the notice does not say about this fee.
    #[serde(default)]
    pub unstated: Vec<Unstated>,
    /// What to say, in plain Chinese.
    #[serde(default)]
    pub notes: Vec<String>,
}

/// Assistance (资助): a fund pays for the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "author", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Assist {
    /// Name of the rule, unique among all rules.
    pub id: String,
    /// The clauses it rests on.
    #[serde(default)]
    pub clauses: Vec<String>,
    /// When it holds.
    #[serde(default)]
    pub when: Condition,
    /// The assistance rules it overrides, by id.
    #[serde(default)]
    pub over: Vec<String>,
    /// What it gives.
    pub gives: Gives,
    /// Who pays it, as the notice names them.
    #[serde(default)]
    pub by: Option<String>,
    /// Layers of relief are applied in order, each to what the one before left; 1 where not given.
    #[serde(default)]
    pub layer: Option<u8>,
    /// What to say, in plain Chinese.
    #[serde(default)]
    pub notes: Vec<String>,
}

/// When cover starts and ends (待遇享受期).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "author", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Benefit {
    /// Name of the rule, unique among all rules.
    pub id: String,
    /// The clauses it rests on.
    #[serde(default)]
    pub clauses: Vec<String>,
    /// When it holds.
    #[serde(default)]
    pub when: Condition,
    /// The benefit rules it overrides, by id.
    #[serde(default)]
    pub over: Vec<String>,
    /// First day of cover; without it the notice does not say. A wait moves it.
    #[serde(default)]
    pub from: Option<DateExpr>,
    /// First day of cover under the later reading, where there are two.
    #[serde(default)]
    pub from_safe: Option<DateExpr>,
    /// Last day of cover; without it the notice does not say.
    #[serde(default)]
    pub to: Option<DateExpr>,
    /// The level of benefits (待遇档次), where the notice has several.
    #[serde(default)]
    pub level: Option<String>,
    /// What to say, in plain Chinese.
    #[serde(default)]
    pub notes: Vec<String>,
}

/// A waiting period (待遇等待期).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "author", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Wait {
    /// Name of the rule, unique among all rules.
    pub id: String,
    /// The clauses it rests on.
    #[serde(default)]
    pub clauses: Vec<String>,
    /// When it holds.
    #[serde(default)]
    pub when: Condition,
    /// The wait rules it overrides, by id.
    #[serde(default)]
    pub over: Vec<String>,
    /// How long; without it there is none (an exemption).
    #[serde(default)]
    pub length: Option<Span>,
    /// How it grows with missed years.
    #[serde(default)]
    pub grows: Option<Growth>,
    /// How paying back shortens it.
    #[serde(default)]
    pub less: Option<Less>,
    /// From when it counts; `payment` where not given.
    #[serde(default)]
    pub from: Option<DateExpr>,
    /// Whether that day is the first day of the wait. Without it both readings are shown, but for a fixed day.
    #[serde(default)]
    pub first_day: Option<FirstDay>,
    /// What to say, in plain Chinese.
    #[serde(default)]
    pub notes: Vec<String>,
}

packed! {
    /// Growth of a wait by missed years (断保年数).
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[cfg_attr(feature = "author", derive(schemars::JsonSchema))]
    #[serde(deny_unknown_fields)]
    pub struct Growth {
        /// Added for each missed year counted, in the unit of the wait's length.
        pub add: Span,
        /// So many missed years add nothing.
        #[serde(default)]
        pub beyond: u32,
        /// The whole wait is never longer than this.
        #[serde(default)]
        pub cap: Option<Span>,
    }
}

/// Shortening of a wait by paying back missed years (补缴).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "author", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Less {
    /// The notice's own number question that says how many are paid back.
    pub number: String,
    /// Taken off for each, in the unit of the wait's length; never below the wait's own `length`.
    pub each: Span,
}

/// A premium of its own beside the fee (意外伤害补充保险 and the like). Never part of `payable`; no assistance covers it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "author", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Extra {
    /// Name of the rule, unique among all rules.
    pub id: String,
    /// The clauses it rests on.
    #[serde(default)]
    pub clauses: Vec<String>,
    /// When it holds.
    #[serde(default)]
    pub when: Condition,
    /// The extra rules it overrides, by id.
    #[serde(default)]
    pub over: Vec<String>,
    /// Which premium: rules of one premium exclude each other. The rule's id where not given.
    #[serde(default)]
    pub premium: Option<String>,
    /// Its name.
    pub label: String,
    /// Its amount in yuan; without it this person is exempt.
    #[serde(default)]
    pub amount: Option<Yuan>,
    /// Whether it has to be paid.
    pub required: Required,
}

/// A first registration (参保登记) that has to come before payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "author", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Register {
    /// Name of the rule, unique among all rules.
    pub id: String,
    /// The clauses it rests on.
    #[serde(default)]
    pub clauses: Vec<String>,
    /// Who has to.
    #[serde(default)]
    pub when: Condition,
    /// The register rules it overrides, by id.
    #[serde(default)]
    pub over: Vec<String>,
    /// Working days until paying is possible, at the least. Of days off only weekends are known.
    pub working_days_min: u8,
    /// Working days until paying is possible, at the most.
    pub working_days_max: u8,
}

/// Something to say beside an outcome. Notes never make two outcomes different.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "author", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// The clauses it rests on.
    #[serde(default)]
    pub clauses: Vec<String>,
    /// Said where this holds, or may still hold.
    #[serde(default)]
    pub when: Condition,
    /// The sentence, in plain Chinese.
    pub text: String,
}

/// What every rule that can be overridden has at its head.
pub trait RuleHead {
    /// The rule's name.
    fn id(&self) -> &str;
    /// The clauses it rests on.
    fn clauses(&self) -> &[String];
    /// When it holds.
    fn when(&self) -> &Condition;
    /// The rules it overrides.
    fn over(&self) -> &[String];
    /// What is said where it applies.
    fn notes(&self) -> &[String];
}

macro_rules! rule_head {
    ($($name:ident $($notes:ident)?),+) => { $(
        impl RuleHead for $name {
            fn id(&self) -> &str { &self.id }
            fn clauses(&self) -> &[String] { &self.clauses }
            fn when(&self) -> &Condition { &self.when }
            fn over(&self) -> &[String] { &self.over }
            fn notes(&self) -> &[String] { rule_head!(@notes self $($notes)?) }
        }
    )+ };
    (@notes $rule:ident) => { &[] };
    (@notes $rule:ident $notes:ident) => { &$rule.$notes };
}

rule_head!(Way notes, Fee notes, Assist notes, Benefit notes, Wait notes, Extra, Register);
