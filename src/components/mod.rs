//! What pages are made of: plain functions that write into [`Html`].
//!
//! The names given with `@` and [`name`] become `data-testid`: tests find things by what they are for, whatever they
//! are called and wherever they stand.

pub mod calendar;
pub mod fields;
pub mod outcome;
mod sum;

use crate::app::Step;
use crate::html::Html;

/// The page's heading. It takes the focus when the page appears.
pub fn heading(h: &mut Html, text: &str) {
    h.line("h1@heading[tabindex=-1]", text);
}

/// Names the element just opened for tests.
pub fn name(h: &mut Html, group: &str, id: &str) {
    h.attr_of("data-testid", &[group, id]);
}

/// Begins a part of a page under a heading of its own.
pub fn section(h: &mut Html, title: &str) {
    h.open("section");
    h.line("h2", title);
}

/// Begins a smaller part. It is left out where nothing follows.
pub fn part(h: &mut Html, title: &str) {
    h.open("div.part");
    h.line("h3", title);
    h.optional();
}

/// Begins a part that opens on a tap. It is left out where nothing follows.
pub fn folded(h: &mut Html, group: &str, id: &str, title: &str) {
    foldable(h, "details", group, id, title);
}

/// The same, but it stands open on paper.
pub fn printed(h: &mut Html, group: &str, id: &str, title: &str) {
    foldable(h, "details.printed", group, id, title);
}

fn foldable(h: &mut Html, spec: &'static str, group: &str, id: &str, title: &str) {
    h.open(spec);
    name(h, group, id);
    h.line("summary", title);
    h.optional();
}

/// Begins a list. It is left out where nothing follows.
pub fn list(h: &mut Html, spec: &'static str) {
    h.open(spec);
    h.optional();
}

/// A list of these.
pub fn bullets(h: &mut Html, items: &[String]) {
    items_of(h, "ul", items);
}

/// Things to do in this order.
pub fn steps(h: &mut Html, items: &[String]) {
    items_of(h, "ol", items);
}

fn items_of(h: &mut Html, spec: &'static str, items: &[String]) {
    list(h, spec);
    for item in items {
        h.line("li", item);
    }
    h.close();
}

/// A paragraph, where there is something to say.
pub fn maybe(h: &mut Html, spec: &'static str, text: Option<&str>) {
    if let Some(text) = text {
        h.line(spec, text);
    }
}

/// How a button looks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// One of several answers.
    Answer,
    /// The answer given before.
    Chosen,
    /// The way on.
    Main,
    /// Beside the way on.
    Quiet,
    /// In the frame or a list.
    Small,
    /// Does something with the page.
    Action,
}

/// Begins a button that takes a step: it stands in the page as text, and whoever hears the tap reads it there. Named
/// by `group` and `id`; more attributes and the words follow.
pub fn button(h: &mut Html, look: Look, group: &str, id: &str, step: Step<'_>) {
    h.open(match look {
        Look::Answer => "button.answer[type=button]",
        Look::Chosen => "button.answer.chosen[type=button][aria-pressed=true]",
        Look::Main => "button.main[type=button]",
        Look::Quiet => "button.quiet[type=button]",
        Look::Small => "button.small[type=button]",
        Look::Action => "button.action[type=button]",
    });
    name(h, group, id);
    h.attr("data-step", step.words().join(" ").trim_end());
}

/// A button with its words.
pub fn tap(h: &mut Html, look: Look, group: &str, id: &str, step: Step<'_>, words: &str) {
    button(h, look, group, id, step);
    h.text(words);
    h.close();
}

/// A phone number to tap. Where several are written together, each is one.
pub fn phones(h: &mut Html, text: &str) {
    for number in text.split(['、', '，', ',', '/', ';', '；']) {
        let number = number.trim();
        if !number.is_empty() {
            let dialled: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
            h.open("a.phone");
            h.attr_of("href", &["tel:", &dialled]);
            h.text(&crate::text::result::call(number));
            h.close();
        }
    }
}
