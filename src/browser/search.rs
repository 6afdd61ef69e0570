//! Typing into the search on the list of counties: what does not match is hidden, and said where nothing is left.

use super::{clock, page};
use canbao_app::search::matches;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

/// Where one types.
const FIELD: &str = "data-search";
/// What may be found, by what it says there.
const ENTRY: &str = "data-find";
/// What holds such entries, and goes when none of them is left.
const GROUPS: &str = "[data-group]";
const LEFT: &str = "[data-find]:not([hidden])";

/// Hides what does not match what is typed from now on, and what has been typed already, if anything: says whether it
/// has.
pub fn listen() -> bool {
    page::on_typing(FIELD, sift);
    let typed = field().map(|field| field.value()).unwrap_or_default();
    if !typed.is_empty() {
        date_links();
        sift(&typed);
    }
    !typed.is_empty()
}

/// The list stays that the file had, made for no day: its links get the one that the address asks for.
fn date_links() {
    let Some(day) = clock::asked() else { return };
    for link in page::all("main a") {
        if let Some(way) = link.get_attribute("href") {
            let _ = link.set_attribute("href", &[&way, "?on=", &day.to_string()].concat());
        }
    }
}

/// The field, where there is one.
pub fn field() -> Option<HtmlInputElement> {
    page::first(&["[", FIELD, "]"].concat())?.dyn_into().ok()
}

/// Hides what does not match.
fn sift(typed: &str) {
    for entry in page::all(&["[", ENTRY, "]"].concat()) {
        show(&entry, entry.get_attribute(ENTRY).is_some_and(|names| matches(typed, &names)));
    }
    for group in page::all(GROUPS) {
        show(&group, matches!(group.query_selector(LEFT), Ok(Some(_))));
    }
    let found = !page::all(LEFT).is_empty();
    let words = page::all("#not-found").pop().and_then(|place| place.get_attribute("data-text"));
    page::write("#not-found", if found { "" } else { words.as_deref().unwrap_or_default() });
}

fn show(element: &Element, shown: bool) {
    let _ = if shown { element.remove_attribute("hidden") } else { element.set_attribute("hidden", "") };
}
