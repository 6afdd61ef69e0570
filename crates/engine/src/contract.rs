//! The public contract: one response shape, used by the command line, the JavaScript API and the golden cases.
//!
//! Money is a decimal string in yuan, a date is `YYYY-MM-DD` in Beijing time. Fields are added, never renamed.

use canbao_policy::model::{Action, Basis, ChannelId, Route, Unstated, Yuan};
use chrono::NaiveDate;
use serde::{Serialize, Serializer};
use std::borrow::Cow;

/// Everything that is still possible for a person on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Response {
    /// The notice's id.
    pub notice: String,
    /// The day of asking.
    #[serde(serialize_with = "day::one")]
    pub on: NaiveDate,
    /// Whether the coverage year has ended.
    pub over: bool,
    /// Whether one outcome is left and nothing more can change it.
    pub settled: bool,
    /// The answers that can still change the outcome, best next question first.
    pub ask: Vec<String>,
    /// Every distinct outcome, the one to plan by first. Never empty.
    pub outcomes: Vec<Outcome>,
}

/// What an outcome amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// There is something to pay.
    Pay,
    /// Nothing to pay.
    Free,
    /// The notice gives no amount or no way: ask.
    Unstated,
    /// Belongs to another plan or place.
    NotCovered,
}

/// Whether it can be done on the day of asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Today {
    /// Yes.
    Open,
    /// No: a later day exists, or the notice says no.
    Closed,
    /// Under one reading only; what holds under the other is another outcome.
    Disputed,
    /// The notice has no sentence about this day for this person.
    Unstated,
    /// Nothing to pay and no limit for registering.
    NotNeeded,
}

/// One distinct outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Outcome {
    /// What it amounts to.
    pub kind: Kind,
    /// The way the person goes.
    pub route: Route,
    /// What it rests on among unanswered answers and open readings; all of these hold.
    pub when: Vec<When>,
    /// The amounts; `null` where none can be given.
    pub fee: Option<FeeSum>,
    /// Separate premiums, never part of `payable`.
    pub extras: Vec<ExtraPremium>,
    /// Last days for a first registration before payment.
    pub register_by: Option<SafeLatest>,
    /// The last day.
    pub deadline: Option<Deadline>,
    /// Whether it can be done on the day of asking.
    pub today: Today,
    /// The next payable day when closed.
    #[serde(serialize_with = "day::maybe")]
    pub opens: Option<NaiveDate>,
    /// Payable stretches from the day of asking, both ends included; an end not stated is `null`.
    #[serde(serialize_with = "day::stretches")]
    pub periods: Vec<(Option<NaiveDate>, Option<NaiveDate>)>,
    /// Cover; `null` where paying buys none in this year.
    pub benefit: Option<BenefitSpan>,
    /// The waiting period.
    pub wait: Option<WaitSpan>,
    /// Ways to pay.
    pub channels: Vec<ChannelId>,
    /// Clause labels in the notice's order.
    pub cites: Vec<String>,
    /// What the notice does not say.
    pub unstated: Vec<Unstated>,
    /// What else to say, in plain Chinese.
    pub notes: Vec<String>,
}

impl Outcome {
    /// The safe last day to register first, where it is past on the day of asking: then paying may come too late, though
    /// it can be done today. (山阴 三(一)1: a registration opens payment one or two working days later.)
    ///
    /// ```
    /// # use canbao_engine::{Answers, evaluate};
    /// # use canbao_policy::model::{LastYear, OtherPlan, Residence};
    /// let program = canbao_baked::program("140621-2025").expect("a notice");
    /// let first_time = Answers {
    ///     residence: Some(Residence::Local),
    ///     other_plan: Some(OtherPlan::None),
    ///     birth_date: "1980-05-20".parse().ok(),
    ///     groups: Some(Default::default()),
    ///     last_year: Some(LastYear::Never),
    ///     ..Answers::default()
    /// };
    /// for (on, late) in [("2025-02-21", None), ("2025-02-25", Some("2025-02-21"))] {
    ///     let on = on.parse().expect("a day");
    ///     let response = evaluate(&program, on, &first_time).expect("a response");
    ///     assert_eq!(response.outcomes[0].registered_late(on).map(|day| day.to_string()).as_deref(), late);
    /// }
    /// ```
    #[must_use]
    pub fn registered_late(&self, on: NaiveDate) -> Option<NaiveDate> {
        self.register_by?.safe.filter(|safe| *safe < on)
    }

    /// Whether the last day is past under the strictest reading: what is done on the day of asking is in time under the
    /// widest alone.
    ///
    /// ```
    /// # use canbao_engine::{Answers, evaluate};
    /// # use canbao_policy::model::{OtherPlan, Residence};
    /// // 兴县 七(一): 90 days after the birth, which is day 1 or not.
    /// let program = canbao_baked::program("141123-2026").expect("a notice");
    /// let newborn = Answers {
    ///     residence: Some(Residence::Local),
    ///     other_plan: Some(OtherPlan::None),
    ///     birth_date: "2025-12-20".parse().ok(),
    ///     groups: Some(Default::default()),
    ///     ..Answers::default()
    /// };
    /// for (on, late) in [("2026-03-19", false), ("2026-03-20", true)] {
    ///     let on = on.parse().expect("a day");
    ///     let response = evaluate(&program, on, &newborn).expect("a response");
    ///     assert_eq!(response.outcomes[0].strictly_late(on), late);
    /// }
    /// ```
    #[must_use]
    pub fn strictly_late(&self, on: NaiveDate) -> bool {
        self.deadline.and_then(|deadline| deadline.safe).is_some_and(|safe| safe < on)
    }

    /// The last day that is left: under the strictest reading, and where it is past, under the widest.
    ///
    /// ```
    /// # use canbao_engine::{Answers, evaluate};
    /// # use canbao_policy::model::{OtherPlan, Residence};
    /// // The newborn of [`Outcome::strictly_late`].
    /// let program = canbao_baked::program("141123-2026").expect("a notice");
    /// let newborn = Answers {
    ///     residence: Some(Residence::Local),
    ///     other_plan: Some(OtherPlan::None),
    ///     birth_date: "2025-12-20".parse().ok(),
    ///     groups: Some(Default::default()),
    ///     ..Answers::default()
    /// };
    /// for (on, last) in [("2026-03-18", "2026-03-19"), ("2026-03-20", "2026-03-20")] {
    ///     let on = on.parse().expect("a day");
    ///     let response = evaluate(&program, on, &newborn).expect("a response");
    ///     assert_eq!(response.outcomes[0].last_day(on), last.parse().ok());
    /// }
    /// ```
    #[must_use]
    pub fn last_day(&self, on: NaiveDate) -> Option<NaiveDate> {
        let deadline = self.deadline?;
        deadline.safe.filter(|_| !self.strictly_late(on)).or(deadline.latest)
    }

    /// Whether what is left to do is to register: nothing to pay, and no last day stated for it (兴县 七(一)).
    ///
    /// ```
    /// # use canbao_engine::{Answers, evaluate};
    /// # use canbao_policy::model::{OtherPlan, Residence};
    /// let program = canbao_baked::program("141123-2026").expect("a notice");
    /// let on = "2026-02-10".parse().expect("a day");
    /// for (birth_date, registers_only) in [("2026-01-20", true), ("1980-05-20", false)] {
    ///     let answers = Answers {
    ///         residence: Some(Residence::Local),
    ///         other_plan: Some(OtherPlan::None),
    ///         birth_date: birth_date.parse().ok(),
    ///         groups: Some(Default::default()),
    ///         ..Answers::default()
    ///     };
    ///     let response = evaluate(&program, on, &answers).expect("a response");
    ///     assert_eq!(response.outcomes[0].registers_only(), registers_only);
    /// }
    /// ```
    #[must_use]
    pub fn registers_only(&self) -> bool {
        self.today == Today::NotNeeded && self.unstated.contains(&Unstated::Deadline)
    }

    /// Whether what is done on the day of asking brings no cover in the coverage year any more (Hunan 二(六)1: a wait
    /// that outlasts it).
    ///
    /// ```
    /// # use canbao_engine::{Answers, contract::InVain, evaluate};
    /// # use canbao_policy::model::{LastYear, Left, OtherPlan, Residence, Student};
    /// // 山阴 三(二)1: a month more for each further year missed.
    /// let program = canbao_baked::program("140621-2025").expect("a notice");
    /// let on = "2025-02-20".parse().expect("a day");
    /// for (missed_years, in_vain) in [(12, Some(InVain::AfterWait)), (1, None)] {
    ///     let answers = Answers {
    ///         residence: Some(Residence::Local),
    ///         other_plan: Some(OtherPlan::None),
    ///         birth_date: "1980-05-20".parse().ok(),
    ///         groups: Some(Default::default()),
    ///         left: Some(Left::None),
    ///         student: Some(Student::None),
    ///         last_year: Some(LastYear::None),
    ///         missed_years: Some(missed_years),
    ///         ..Answers::default()
    ///     };
    ///     let response = evaluate(&program, on, &answers).expect("a response");
    ///     assert_eq!(response.outcomes[0].in_vain(), in_vain);
    /// }
    /// ```
    #[must_use]
    pub fn in_vain(&self) -> Option<InVain> {
        if self.kind == Kind::NotCovered {
            return None;
        }
        let said = !self.unstated.contains(&Unstated::BenefitFrom);
        match &self.benefit {
            None if self.wait.is_some() => Some(InVain::AfterWait),
            // A day that is neither given nor left open by the notice lies after the year.
            Some(BenefitSpan { from: EarliestSafe { earliest: None, safe: None }, .. }) if said => {
                Some(InVain::AfterYear)
            }
            Some(BenefitSpan { from: EarliestSafe { earliest: Some(_), safe: None }, .. }) if said => {
                Some(InVain::Perhaps)
            }
            _ => None,
        }
    }

    /// Whether that is so under every reading and answer.
    ///
    /// ```
    /// # use canbao_engine::{Answers, evaluate};
    /// // 闻喜 五(二): three months to wait from October on.
    /// let program = canbao_baked::program("140823-2024").expect("a notice");
    /// for (on, in_vain) in [("2024-09-10", false), ("2024-10-10", true)] {
    ///     let answers = Answers { last_year: Some(canbao_policy::model::LastYear::Resident), ..Answers::default() };
    ///     let response = evaluate(&program, on.parse().expect("a day"), &answers).expect("a response");
    ///     assert_eq!(response.outcomes.iter().any(|outcome| outcome.certainly_in_vain()), in_vain, "{on}");
    /// }
    /// ```
    #[must_use]
    pub fn certainly_in_vain(&self) -> bool {
        self.in_vain().is_some_and(|in_vain| in_vain != InVain::Perhaps)
    }
}

/// How sure it is that there is no cover in the coverage year any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InVain {
    /// The wait ends when the year does, or later.
    AfterWait,
    /// Cover begins after the year.
    AfterYear,
    /// Under one reading or answer only.
    Perhaps,
}

impl Response {
    /// [`Outcome::in_vain`] of the outcome to plan by, no firmer than all that is still possible: somebody who is told
    /// that paying is useless goes without cover.
    ///
    /// ```
    /// # use canbao_engine::{Answers, contract::InVain, evaluate};
    /// # use canbao_policy::model::{LastYear, Left, OtherPlan, Residence};
    /// let program = canbao_baked::program("43xxxx-2026").expect("a notice");
    /// let late = Answers {
    ///     residence: Some(Residence::Local),
    ///     other_plan: Some(OtherPlan::None),
    ///     birth_date: "1980-05-20".parse().ok(),
    ///     groups: Some(Default::default()),
    ///     left: Some(Left::None),
    ///     last_year: Some(LastYear::None),
    ///     ..Answers::default()
    /// };
    /// // Without that answer, 二(四)4 may hold, whose cover begins with the payment.
    /// let perhaps = Answers { left: None, ..late.clone() };
    /// let on = "2026-11-30".parse().expect("a day");
    /// for (answers, in_vain) in [(late, InVain::AfterWait), (perhaps, InVain::Perhaps)] {
    ///     assert_eq!(evaluate(&program, on, &answers).expect("a response").in_vain(), Some(in_vain));
    /// }
    /// ```
    #[must_use]
    pub fn in_vain(&self) -> Option<InVain> {
        let first = self.outcomes.first()?.in_vain()?;
        Some(if self.outcomes.iter().all(Outcome::certainly_in_vain) { first } else { InVain::Perhaps })
    }
}

/// `payable + assistance + waived = standard + fiscal`, always.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FeeSum {
    /// What the person pays, in yuan.
    pub payable: Yuan,
    /// The standard fee, in yuan.
    pub standard: Yuan,
    /// Paid for the person by a fund, in yuan.
    pub assistance: Yuan,
    /// Not charged to anyone, in yuan.
    pub waived: Yuan,
    /// The government share that a late payer pays as well, in yuan.
    pub fiscal: Yuan,
    /// How firmly the notice gives it.
    pub basis: Basis,
    /// Who pays the assistance.
    pub assisted_by: Option<String>,
}

/// A separate premium.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ExtraPremium {
    /// Which.
    pub id: String,
    /// Its name.
    pub label: String,
    /// In yuan.
    pub amount: Yuan,
    /// `null`: the notice does not say.
    pub required: Option<bool>,
}

/// A last day under the strictest and under the widest reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SafeLatest {
    /// Under the strictest.
    #[serde(serialize_with = "day::maybe")]
    pub safe: Option<NaiveDate>,
    /// Under the widest.
    #[serde(serialize_with = "day::maybe")]
    pub latest: Option<NaiveDate>,
}

/// The last day on which something can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Deadline {
    /// What has to be done.
    pub action: Action,
    /// Under the strictest reading.
    #[serde(serialize_with = "day::maybe")]
    pub safe: Option<NaiveDate>,
    /// Under the widest reading.
    #[serde(serialize_with = "day::maybe")]
    pub latest: Option<NaiveDate>,
}

/// A day under the earlier and under the later reading; `null` where the notice does not give it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EarliestSafe {
    /// Under the earlier.
    #[serde(serialize_with = "day::maybe")]
    pub earliest: Option<NaiveDate>,
    /// Under the later: plan by this.
    #[serde(serialize_with = "day::maybe")]
    pub safe: Option<NaiveDate>,
}

/// Cover.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BenefitSpan {
    /// First day.
    pub from: EarliestSafe,
    /// Last day.
    #[serde(serialize_with = "day::maybe")]
    pub to: Option<NaiveDate>,
    /// Level of benefits, where the notice has several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
}

/// A waiting period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WaitSpan {
    /// ISO 8601: `P90D`, `P3M`. The shortest, where it still depends on an unanswered number.
    pub length: String,
    /// Last day without cover.
    pub ends: EarliestSafe,
}

/// A word of the contract's own, or one of a notice. An outcome has dozens, nearly all of the first kind.
pub type Word = Cow<'static, str>;

/// One thing an outcome rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// An unanswered question: the values under which the outcome holds.
    Answer {
        /// The answer's key.
        answer: Word,
        /// The values: choices; ranges as `from/to`, open ends `..`; groups the person must be in.
        is: Vec<Word>,
        /// Groups the person must not be in.
        not: Vec<Word>,
    },
    /// An open reading: the options under which the outcome holds.
    Reading {
        /// The reading's id.
        reading: Word,
        /// The options.
        is: Vec<Word>,
    },
}

impl Serialize for When {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let mut map = serializer.serialize_map(None)?;
        match self {
            Self::Answer { answer, is, not } => {
                map.serialize_entry("answer", answer)?;
                map.serialize_entry("is", is)?;
                if !not.is_empty() {
                    map.serialize_entry("not", not)?;
                }
            }
            Self::Reading { reading, is } => {
                map.serialize_entry("reading", reading)?;
                map.serialize_entry("is", is)?;
            }
        }
        map.end()
    }
}

/// Days as text, digit by digit: a response holds dozens, and a roster a million times as many. chrono's own way through
/// the formatting machinery costs ten times as much.
mod day {
    use chrono::{Datelike, NaiveDate};
    use serde::{Serialize, Serializer};

    struct Day(NaiveDate);

    impl Serialize for Day {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let Some(year) = u32::try_from(self.0.year()).ok().filter(|year| *year < 10_000) else {
                return serializer.collect_str(&self.0);
            };
            let mut text = *b"0000-00-00";
            let numbers = [(3, 4, year), (6, 2, self.0.month()), (9, 2, self.0.day())];
            for (last, digits, mut number) in numbers {
                for at in 0..digits {
                    text[last - at] += (number % 10) as u8;
                    number /= 10;
                }
            }
            serializer.serialize_str(std::str::from_utf8(&text).unwrap_or_default())
        }
    }

    pub(super) fn one<S: Serializer>(day: &NaiveDate, serializer: S) -> Result<S::Ok, S::Error> {
        Day(*day).serialize(serializer)
    }

    pub(super) fn maybe<S: Serializer>(day: &Option<NaiveDate>, serializer: S) -> Result<S::Ok, S::Error> {
        day.map(Day).serialize(serializer)
    }

    pub(super) fn stretches<S: Serializer>(
        stretches: &[(Option<NaiveDate>, Option<NaiveDate>)],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(stretches.iter().map(|(from, to)| (from.map(Day), to.map(Day))))
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for When {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "When".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let texts =
            |about: &str| serde_json::json!({"type": "array", "items": {"type": "string"}, "description": about});
        schemars::json_schema!({
            "description": "One thing an outcome rests on.",
            "anyOf": [
                {
                    "type": "object",
                    "description": "An unanswered question.",
                    "properties": {
                        "answer": {"type": "string", "description": "The answer's key."},
                        "is": texts("The values under which the outcome holds: choices; ranges as `from/to`, open ends `..`; groups the person must be in."),
                        "not": texts("Groups the person must not be in."),
                    },
                    "required": ["answer", "is"],
                    "additionalProperties": false,
                },
                {
                    "type": "object",
                    "description": "An open reading.",
                    "properties": {
                        "reading": {"type": "string", "description": "The reading's id."},
                        "is": texts("The options under which the outcome holds."),
                    },
                    "required": ["reading", "is"],
                    "additionalProperties": false,
                },
            ],
        })
    }
}
