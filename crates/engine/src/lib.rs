//! Answers + notice + day → outcomes.
//!
//! The engine is pure: no clock, no locale, no I/O, no floats, no panics, no web dependency. What is not known (an
//! answer not given, a clause open to two readings) is not guessed: it splits the case, and all branches are followed.
//! So what comes out is every outcome still possible, each with what it rests on.
//!
//! ```text
//! Notice --Program::new--> Program --evaluate(day, answers)--> Response
//! ```
//!
//! | module | room |
//! |---|---|
//! | [`contract`] | the public request and response |
//! | [`answers`] | answers, read strictly; contradictions |
//! | `diagram` | decision diagrams over ranges: the sets the engine computes with |
//! | `dates` | date expressions as monotone functions of one unknown day |
//! | [`program`] | a notice made ready for evaluation |
//! | `decide` | rules to one diagram of decisions |
//! | `outcome` | a decision to an outcome |
//! | `view` | decisions as sets of outcomes; what can still change them |
//! | `rests` | what each outcome rests on |
//! | [`evaluate`](mod@evaluate) | the whole way, and what to ask next |
//! | [`household`](mod@household) | several people's responses side by side |
//! | [`proof`] | the proofs of a notice: no gap, no conflict |
//! | [`questions`] | how many questions it takes, beside the fewest possible |

pub mod answers;
pub mod bake;
pub mod contract;
mod dates;
mod decide;
mod diagram;
pub mod evaluate;
pub mod household;
mod money;
mod outcome;
pub mod program;
pub mod proof;
pub mod questions;
mod rests;
mod view;
mod why;

pub use answers::{Answers, CustomAnswer, RequestError};
pub use contract::{Outcome, Response};
pub use dates::{is_over, is_too_early};
pub use evaluate::{ask, evaluate};
pub use program::Program;
