//! The browser's back and forward, one entry for each page of the app.
//!
//! An entry's state holds which page it was and how many of ours lie before it; the address never changes, so no
//! answer and no question is ever in it.

use wasm_bindgen::JsValue;
use web_sys::History;

/// An entry: how many entries of ours lie before it, and the page's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Entries of the app before this one.
    pub depth: u32,
    /// The page.
    pub page: String,
}

impl Entry {
    fn to_text(&self) -> String {
        format!("{} {}", self.depth, self.page)
    }

    fn parse(text: &str) -> Option<Self> {
        let (depth, page) = text.split_once(' ')?;
        Some(Self { depth: depth.parse().ok()?, page: page.to_owned() })
    }
}

fn history() -> Option<History> {
    web_sys::window()?.history().ok()
}

/// The entry the browser is at, if it is one of ours: after a reload it is.
pub fn current() -> Option<Entry> {
    Entry::parse(&history()?.state().ok()?.as_string()?)
}

/// Adds an entry after the current one.
pub fn push(entry: &Entry) {
    if let Some(history) = history() {
        let _ = history.push_state_with_url(&JsValue::from_str(&entry.to_text()), "", None);
    }
}

/// Puts an entry in place of the current one.
pub fn replace(entry: &Entry) {
    if let Some(history) = history() {
        let _ = history.replace_state_with_url(&JsValue::from_str(&entry.to_text()), "", None);
    }
}

/// Goes back one entry. [`on_move`] reports the arrival.
pub fn back() {
    if let Some(history) = history() {
        let _ = history.back();
    }
}

/// Calls this after every move of the browser through the history, with the entry arrived at.
pub fn on_move(arrived: impl Fn(Option<Entry>) + 'static) {
    // Listens as long as the page lives, so the handle that could end it is let go.
    let _ = leptos::prelude::window_event_listener(leptos::ev::popstate, move |_| arrived(current()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_survives_as_text() {
        let entry = Entry { depth: 3, page: "question birth_date".to_owned() };
        assert_eq!(Entry::parse(&entry.to_text()), Some(entry));
        assert_eq!(Entry::parse("somebody else's"), None);
    }
}
