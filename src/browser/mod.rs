//! Everything that touches the outside: the clock, the store, the history, the page.
//!
//! The rest of the app gets plain values and never sees the browser. Whatever can be missing or throw (storage in a
//! private window, history in a frame) fails softly here: the app goes on with less.

pub mod clock;
pub mod history;
pub mod page;
pub mod storage;
