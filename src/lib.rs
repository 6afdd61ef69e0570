//! The resident's app: one question a page, then what to pay, until when and where.
//!
//! Everything that is shown and every step a person can take, as plain functions: no browser is needed to make a page,
//! so the same code serves the app, the static files and the tests. It shows what the engine returns and decides
//! nothing itself.
//!
//! | module | room |
//! |---|---|
//! | [`app`] | the state, and every step a person can take |
//! | [`action`] | what a button does outside the app |
//! | `session` | what was said so far, kept on the device |
//! | [`search`] | finding a county as one types |
//! | [`day`] | the day of asking |
//! | `questions` | a question as it is put |
//! | `spoken` | answers in words |
//! | `handout` | the result to take along: as text, as a calendar file |
//! | `text` | every sentence on screen |
//! | [`pages`] | one for each step a person sees |
//! | `components` | what pages are made of |
//! | [`html`] | how a page is written |
//!
//! The program beside it (`main.rs`, with `browser/`) is the shell: the only part that touches a browser.

pub mod action;
pub mod app;
mod components;
pub mod day;
mod handout;
pub mod html;
pub mod pages;
mod questions;
pub mod search;
mod session;
mod spoken;
mod text;

#[cfg(test)]
mod testing {
    use canbao_engine::Program;

    /// The program of a notice, for as long as the tests run.
    pub fn program(id: &str) -> &'static Program {
        Box::leak(Box::new(canbao_baked::program(id).expect("a notice")))
    }
}
