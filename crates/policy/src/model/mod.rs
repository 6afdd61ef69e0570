//! The notice as types.
//!
//! The tables mirror how notices are written: who is meant, what it costs, who pays less, until when, with what
//! consequences. Every rule has the same head (`id`, `clauses`, `when`, `over`) and is independent of the order in the
//! file. Nothing in here knows a county.

mod answers;
mod condition;
mod date_expr;
mod notice;
mod rules;
mod yuan;

pub use answers::{Answer, Group, LastYear, Left, OtherPlan, Residence, Student, place_of};
pub use condition::{Age, Condition, Count, Dates, Range};
pub use date_expr::{DateExpr, DateExprError, Event, Span, SpanUnit};
pub use notice::{
    Audience, Channel, ChannelId, Clause, Contact, GroupEntry, Identity, Info, Notice, Paper, Period, Place, Question,
    QuestionChoice, QuestionKind, Reading, ReadingOption, Silence, Topic,
};
pub use rules::{
    Action, Assist, Basis, Before, Benefit, Days, Extra, Fee, FirstDay, Gives, Growth, Less, Note, Overlap, Percent,
    Register, Required, Round, Rounding, Route, RuleHead, Unstated, Wait, Waived, Way, WayKind, Window,
};
pub use yuan::{Yuan, YuanError};
