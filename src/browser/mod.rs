//! Everything that touches the outside: the clock, the store, the history, the page, and Leptos, which keeps the page
//! in step with the state.
//!
//! The library gets plain values and never sees the browser. Whatever can be missing or throw (storage in a private
//! window, history in a frame) fails softly here: the app goes on with less.

mod actions;
mod clock;
mod history;
mod page;
mod search;
pub mod shell;
mod storage;
