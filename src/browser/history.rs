//! The browser's back and forward: one entry for each page of the app, each a text.
//!
//! The address never changes, so no answer and no question is ever in it. Where the device keeps nothing, what was said
//! is carried in the entries, below the first line: a reload finds it there.

use std::cell::RefCell;
use wasm_bindgen::JsValue;
use web_sys::History;

thread_local! {
    static CARRIED: RefCell<String> = const { RefCell::new(String::new()) };
}

fn history() -> Option<History> {
    web_sys::window()?.history().ok()
}

fn state() -> Option<String> {
    history()?.state().ok()?.as_string()
}

/// The entry the browser is at, if it is one of ours: after a reload it is.
pub fn current() -> Option<String> {
    let mut state = state()?;
    state.truncate(state.find('\n').unwrap_or(state.len()));
    Some(state)
}

/// What is carried in the entry.
pub fn carried() -> String {
    let state = state().unwrap_or_default();
    state.split_once('\n').map_or_else(String::new, |(_, carried)| carried.to_owned())
}

/// Carries a text from here on, or none.
pub fn carry(text: &str) {
    let changed = CARRIED.with_borrow_mut(|carried| std::mem::replace(carried, text.to_owned()) != text);
    if changed && let Some(entry) = current() {
        replace(&entry);
    }
}

/// An entry with what is carried.
fn entry(entry: &str) -> JsValue {
    CARRIED.with_borrow(|carried| match carried.as_str() {
        "" => JsValue::from_str(entry),
        carried => JsValue::from_str(&[entry, "\n", carried].concat()),
    })
}

/// Adds an entry after the current one.
pub fn push(entry: &str) {
    if let Some(history) = history() {
        let _ = history.push_state_with_url(&self::entry(entry), "", None);
    }
}

/// Puts an entry in place of the current one.
pub fn replace(entry: &str) {
    if let Some(history) = history() {
        let _ = history.replace_state_with_url(&self::entry(entry), "", None);
    }
}

/// Goes back one entry.
pub fn back() {
    if let Some(history) = history() {
        let _ = history.back();
    }
}
