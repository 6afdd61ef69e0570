//! Typing into the search on the list of counties: what does not match is hidden, and said where nothing is left.

use super::page;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

/// Where one types.
const FIELD: &str = "data-search";
/// What may be found, by what it says there.
const ENTRY: &str = "data-find";
/// What holds such entries, and goes when none of them is left.
const GROUPS: &str = "[data-group]";
const LEFT: &str = "[data-find]:not([hidden])";

/// Hides what does not match, from now on.
pub fn listen(matches: impl Fn(&str, &str) -> bool + 'static) {
    page::on_typing(FIELD, move |typed| sift(typed, &matches));
}

/// What has been typed so far, if anything.
pub fn typed() -> Option<String> {
    let field = page::first(&["[", FIELD, "]"].concat())?.dyn_into::<HtmlInputElement>().ok()?;
    Some(field.value()).filter(|typed| !typed.is_empty())
}

/// Hides what does not match.
pub fn sift(typed: &str, matches: impl Fn(&str, &str) -> bool) {
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
