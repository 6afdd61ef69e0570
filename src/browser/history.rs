//! The browser's back and forward: one entry for each page of the app, each a text.
//!
//! The address never changes, so no answer and no question is ever in it.

use wasm_bindgen::JsValue;
use web_sys::History;

fn history() -> Option<History> {
    web_sys::window()?.history().ok()
}

/// The entry the browser is at, if it is one of ours: after a reload it is.
pub fn current() -> Option<String> {
    history()?.state().ok()?.as_string()
}

/// Adds an entry after the current one.
pub fn push(entry: &str) {
    if let Some(history) = history() {
        let _ = history.push_state_with_url(&JsValue::from_str(entry), "", None);
    }
}

/// Puts an entry in place of the current one.
pub fn replace(entry: &str) {
    if let Some(history) = history() {
        let _ = history.replace_state_with_url(&JsValue::from_str(entry), "", None);
    }
}

/// Goes back one entry.
pub fn back() {
    if let Some(history) = history() {
        let _ = history.back();
    }
}
