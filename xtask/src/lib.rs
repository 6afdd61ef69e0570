//! Everything that is done to Canbao rather than by it: setting up a machine, building, serving, testing, measuring.
//!
//! It is one Rust program instead of a folder of shell scripts, so that it is checked, formatted and documented like
//! the rest, and it is a library as well, so that the browser tests serve the bundle with the very server that
//! `cargo x serve` runs.

pub mod app;
pub mod archive;
pub mod bench;
pub mod build;
pub mod bundle;
pub mod command;
pub mod deny;
pub mod embed;
pub mod fuzz;
pub mod headers;
pub mod inline;
pub mod kept;
pub mod minify;
pub mod missing;
mod names;
pub mod offline;
pub mod paths;
pub mod perf;
pub mod sdk;
pub mod serve;
pub mod setup;
pub mod single;
pub mod site;
pub mod size;
pub mod staff;
pub mod test;
pub mod wasm;
