//! The resident's app: one question a page, then what to pay, until when and where.
//!
//! It shows what the engine returns and decides nothing itself.
//!
//! | module | room |
//! |---|---|
//! | [`app`] | the state, and every step a person can take |
//! | [`session`] | what was said so far, kept on the device |
//! | [`questions`] | a question as it is put |
//! | [`spoken`] | answers in words |
//! | [`text`] | every sentence on screen |
//! | [`pages`] | one for each step a person sees |
//! | [`components`] | what pages are made of |
//! | [`browser`] | everything that touches the outside |

mod app;
mod browser;
mod components;
mod pages;
mod questions;
mod session;
mod spoken;
mod text;

fn main() {
    leptos::mount::mount_to_body(|| {
        let app = app::App::start();
        pages::show(app)
    });
}
