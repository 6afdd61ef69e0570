//! What stays on this device between two visits: one text for each notice, and which notice was the last.
//!
//! Private windows, full disks and some embedded browsers throw on any use of the store. Then nothing is kept, which
//! costs the person a reload's worth of answers and nothing else.

use gloo::events::EventListener;
use web_sys::Storage;

/// Holds the id of the last notice; with a slash and an id behind it, the text of that notice.
const LAST: &str = "canbao";
const TEXT: &str = "canbao/";

fn store() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// The text kept for a notice; for no notice, that of the last one. Before there was one for each notice, there was one
/// text. Empty where none is kept; none where the browser does not let us look, which says nothing about what is kept.
pub fn load(notice: Option<&str>) -> Option<String> {
    let store = store()?;
    let last = store.get_item(LAST).ok()?;
    let Some(notice) = notice.or(last.as_deref()) else { return Some(String::new()) };
    Some(store.get_item(&[TEXT, notice].concat()).ok()?.or(last).unwrap_or_default())
}

/// Keeps the text of a notice, and says whether the browser did.
pub fn keep(notice: &str, text: &str) -> bool {
    let keep = |store: Storage| {
        // Written only where it is another: each writing goes to all other windows.
        if store.get_item(LAST).ok()?.as_deref() != Some(notice) {
            store.set_item(LAST, notice).ok()?;
        }
        store.set_item(&[TEXT, notice].concat(), text).ok()
    };
    store().and_then(keep).is_some()
}

/// Forgets every text.
pub fn forget() {
    let Some(store) = store() else { return };
    for at in (0..store.length().unwrap_or_default()).rev() {
        if let Some(name) = store.key(at).ok().flatten().filter(|name| name == LAST || name.starts_with(TEXT)) {
            let _ = store.remove_item(&name);
        }
    }
}

/// Calls this whenever another window may have changed what is kept: when it says so, and when the person comes back to
/// this one, which may have slept meanwhile.
pub fn on_change(changed: impl Fn() + Clone + 'static) {
    let Some(window) = web_sys::window() else { return };
    for event in ["storage", "focus", "pageshow", "visibilitychange"] {
        let changed = changed.clone();
        EventListener::new(&window, event, move |_| changed()).forget();
    }
}
