//! Material for publicity staff, from the same data as the answers.
//!
//! A county hangs up posters, writes to village groups and speaks through loudspeakers. What it says there has to be what
//! its residents are told when they ask, so no number is typed by hand: the engine works all of them out.

pub mod amounts;
