//! The page itself: what was tapped and typed, where the focus is, the title.

use canbao_app::pages::PARTS;
use gloo::events::{EventListener, EventListenerOptions};
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, Event, HtmlElement, HtmlInputElement, NodeList, UiEvent};

/// Where the app stands in the page. What stood there before it started is the page's own.
const ROOT: &str = "#app";

/// The same while the page has just come, which is a class.
const FRESH: &str = "#app.fresh";

/// How long a page counts as fresh: the second tap of a double tap comes sooner, and nobody reads a question so fast.
const FRESH_MS: u32 = 350;

/// The page.
pub fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// The first element that matches.
pub fn first(selector: &str) -> Option<Element> {
    document()?.query_selector(selector).ok()?
}

/// All elements that match.
pub fn all(selector: &str) -> Vec<Element> {
    let list = document().and_then(|document| document.query_selector_all(selector).ok());
    let element = |list: &NodeList, at| list.get(at)?.dyn_into().ok();
    list.map(|list| (0..list.length()).filter_map(|at| element(&list, at)).collect()).unwrap_or_default()
}

/// The elements of the page, as [`PARTS`] has them.
fn part(at: usize) -> Option<Element> {
    first(&[ROOT, ">", PARTS[at]].concat())
}

/// What stands in the page now, by its parts: made natively, it is the same text that the app would put there.
pub fn standing() -> [String; 3] {
    [0, 1, 2].map(|at| part(at).map(|part| part.inner_html()).unwrap_or_default())
}

/// The question that stands in the page.
pub fn question() -> Option<String> {
    first("[data-question]")?.get_attribute("data-question")
}

/// Puts what differs from before into the page: nothing is parsed, styled and laid out again that stays the same. The
/// middle comes anew where `moved` says so, whatever it was: what was typed or opened in it belongs to the page before.
pub fn put(parts: &[String; 3], before: &[String; 3], moved: bool) {
    for at in 0..parts.len() {
        if let Some(place) = part(at)
            && (parts[at] != before[at] || moved && PARTS[at] == "main")
        {
            place.set_inner_html(&parts[at]);
        }
    }
}

/// The way from this page's address to the folder with all pages, which the page states.
pub fn way_to_root() -> String {
    first("html").and_then(|html| html.get_attribute("data-root")).unwrap_or_default()
}

/// Says in the page that the app takes every tap now.
pub fn ready() {
    set("html", "data-ready", "app");
}

/// Once the new page is on screen: its heading gets the focus, so that it is read out and the keyboard starts there. What
/// of it waits is laid out in the frames after that.
pub fn begin_at_heading(waiting: &'static str) {
    fresh(true);
    if !waiting.is_empty() {
        waits(waiting);
    }
    leptos::prelude::request_animation_frame(|| {
        Timeout::new(FRESH_MS, || fresh(false)).forget();
        if let Some(window) = web_sys::window() {
            window.scroll_to_with_x_and_y(0.0, 0.0);
        }
        focus("h1");
    });
}

fn fresh(is: bool) {
    set(ROOT, "class", if is { "fresh" } else { "" });
}

/// What below the first screen waits to be laid out: less with each frame that has been shown. Not by the class that
/// others watch: they are to see one change for a page.
fn waits(what: &'static str) {
    set("html", "data-waits", what);
    if let Some((_, less)) = what.split_once(' ') {
        leptos::prelude::request_animation_frame(move || {
            Timeout::new(0, move || waits(less)).forget();
        });
    }
}

/// Moves the focus to the first element that matches.
pub fn focus(selector: &str) {
    if let Some(element) = first(selector).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// The window's title.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Gives the first element that matches an attribute. Once for all who do, for its weight.
#[inline(never)]
fn set(selector: &str, name: &str, value: &str) {
    if let Some(element) = first(selector) {
        let _ = element.set_attribute(name, value);
    }
}

/// Writes a text into the first element that matches.
pub fn write(selector: &str, text: &str) {
    if let Some(element) = first(selector) {
        element.set_text_content(Some(text));
    }
}

/// Says what is wrong with what was typed, and marks the field to mend: it and no other.
pub fn refuse(message: &str, at: &str) {
    write("#problem", message);
    set("[aria-invalid=true]", "aria-invalid", "false");
    // What is no input, such as a button, cannot be wrong.
    set(&["input", at].concat(), "aria-invalid", "true");
    focus(at);
}

/// Calls this with the `data-step` of everything tapped, as long as the page lives.
pub fn on_tap(taken: impl Fn(&str) + 'static) {
    on_click(move |event| {
        if let Some((_, step)) = holder(event, "data-step") {
            taken(&step);
        }
    });
}

/// Calls this with the `data-form` of every form sent and what was typed or ticked in it, in its order. Its button is
/// heard, which the keyboard presses too, and no form is sent (`assets/boot.js`): a browser takes a while for that, and
/// in a frame with `sandbox="allow-scripts"` it does not do it.
pub fn on_send(sent: impl Fn(&str, &[String]) + 'static) {
    on_click(move |event| {
        let pressed = holder(event, "type").is_some_and(|(_, kind)| kind == "submit");
        if let Some((form, name)) = holder(event, "data-form").filter(|_| pressed) {
            event.prevent_default();
            sent(&name, &typed(&form));
        }
    });
}

/// Calls this with what stands in the text field with this attribute after each change by typing, also while an input
/// method has not settled on a character.
pub fn on_typing(attribute: &'static str, typed: impl Fn(&str) + 'static) {
    listen("input", move |event| {
        let field = holder(event, attribute).and_then(|(field, _)| field.dyn_into::<HtmlInputElement>().ok());
        if let Some(field) = field {
            typed(&field.value());
        }
    });
}

/// Calls this after every move of the browser through its history.
pub fn on_move(moved: impl Fn() + 'static) {
    if let Some(window) = web_sys::window() {
        EventListener::new(&window, "popstate", move |_| moved()).forget();
    }
}

/// A tap too soon is the second of a double tap and was not meant for what stands there now, be it a box to tick. The
/// keyboard and screen readers press without a pointer; their clicks count none.
fn on_click(heard: impl Fn(&Event) + 'static) {
    listen("click", move |event| {
        if event.unchecked_ref::<UiEvent>().detail() == 0 || first(FRESH).is_none() {
            heard(event);
        } else {
            event.prevent_default();
        }
    });
}

fn listen(name: &'static str, heard: impl FnMut(&Event) + 'static) {
    if let Some(document) = document() {
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(&document, name, options, heard).forget();
    }
}

/// The element that an event happened on, or the nearest around it, that has an attribute; with what that says.
fn holder(event: &Event, attribute: &str) -> Option<(Element, String)> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let holder = target.closest(&["[", attribute, "]"].concat()).ok()??;
    let value = holder.get_attribute(attribute)?;
    Some((holder, value))
}

/// The values of a form's texts and ticked boxes.
fn typed(form: &Element) -> Vec<String> {
    let inputs = form.query_selector_all("input[type=text],input:checked").ok();
    let input = |list: &NodeList, at| list.get(at)?.dyn_into::<HtmlInputElement>().ok();
    let values = |list: NodeList| (0..list.length()).filter_map(|at| Some(input(&list, at)?.value())).collect();
    inputs.map(values).unwrap_or_default()
}
