//! The invariants of docs/ARCHITECTURE.md that neither the compiler nor a lint holds.
//!
//! They look at the source text, at cargo's graph, at the style and at the notices. A line that is an exception by good
//! reason is named here, so that the next one is a decision and no accident.

mod cargo;
mod notices;
mod punctuation;
mod source;
mod style;
