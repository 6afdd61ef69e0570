//! The page itself: where the focus is, and what was typed.

use wasm_bindgen::JsCast;
use web_sys::{Document, HtmlElement, HtmlInputElement};

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// Once the new page is on screen: its heading gets the focus, so that it is read out and the keyboard starts there.
pub fn begin_at_heading() {
    leptos::prelude::request_animation_frame(|| {
        if let Some(window) = web_sys::window() {
            window.scroll_to_with_x_and_y(0.0, 0.0);
        }
        focus("h1");
    });
}

/// Moves the focus to the first element that matches.
pub fn focus(selector: &str) {
    let found = document().and_then(|document| document.query_selector(selector).ok()?);
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// The window's title.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Writes a text into the element with this id.
pub fn write(id: &str, text: &str) {
    if let Some(element) = document().and_then(|document| document.get_element_by_id(id)) {
        element.set_text_content(Some(text));
    }
}

/// What was typed into the input with this id.
pub fn typed(id: &str) -> String {
    let input = document().and_then(|document| document.get_element_by_id(id));
    input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()).map(|input| input.value()).unwrap_or_default()
}

/// The values of the boxes with this name that are ticked.
pub fn ticked(name: &str) -> Vec<String> {
    let selector = format!("input[name={name}]:checked");
    let Some(boxes) = document().and_then(|document| document.query_selector_all(&selector).ok()) else {
        return Vec::new();
    };
    let values = (0..boxes.length()).filter_map(|at| boxes.get(at)?.dyn_into::<HtmlInputElement>().ok());
    values.map(|input| input.value()).collect()
}
