//! `canbao`, the command line for policy staff, batch users and tests.
//!
//! The library holds all of it, so that tests and other tools use the same readers and the same matching rules; the
//! binary only starts it.

pub mod args;
pub mod cases;
pub mod check;
pub mod clock;
pub mod commands;
pub mod eval;
pub mod matching;
pub mod material;
pub mod memo;
pub mod render;
pub mod schemas;
pub mod skeleton;
pub mod source;
mod table;
pub mod text;
