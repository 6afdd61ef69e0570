//! What stays on this device between two visits: one text.
//!
//! Private windows, full disks and some embedded browsers throw on any use of the store. Then nothing is kept, which
//! costs the person a reload's worth of answers and nothing else.

use web_sys::Storage;

const KEY: &str = "canbao";

fn store() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// The text kept last, if there is one.
pub fn load() -> Option<String> {
    store()?.get_item(KEY).ok()?
}

/// Keeps a text, if the browser lets us.
pub fn keep(text: &str) {
    if let Some(store) = store() {
        let _ = store.set_item(KEY, text);
    }
}

/// Forgets it.
pub fn forget() {
    if let Some(store) = store() {
        let _ = store.remove_item(KEY);
    }
}
