//! What is done with a page outside the app: printed, copied, saved, handed on.
//!
//! Copying goes the old way, over a selected text: it works in frames, on pages without https and in every WeChat, and
//! it says at once whether it did. The clipboard API asks for permission in all three.

use super::page;
use canbao_app::action::{Action, Host};
use gloo::events::EventListener;
use js_sys::{Array, Reflect};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Blob, BlobPropertyBag, HtmlAnchorElement, HtmlDocument, HtmlElement, HtmlTextAreaElement, Navigator, ShareData, Url,
};

/// What has to be open on paper.
const PRINTED: &str = ".first .printed:not([open])";
/// Marks what was opened for it.
const OPENED: &str = "data-opened";

fn navigator() -> Option<Navigator> {
    Some(web_sys::window()?.navigator())
}

/// What the app runs in.
pub fn host() -> Host {
    let Some(navigator) = navigator() else { return Host::default() };
    if navigator.user_agent().is_ok_and(|name| name.contains("MicroMessenger")) {
        Host::WeChat
    } else if Reflect::has(&navigator, &JsValue::from_str("share")).unwrap_or_default() {
        Host::Sharing
    } else {
        Host::Browser
    }
}

/// Opens what has to be open on paper whenever the page is printed, and shuts it again.
pub fn listen() {
    let Some(window) = web_sys::window() else { return };
    EventListener::new(&window, "beforeprint", |_| open_for_paper()).forget();
    EventListener::new(&window, "afterprint", |_| shut_again()).forget();
}

fn open_for_paper() {
    for details in page::all(PRINTED) {
        let _ = details.set_attribute("open", "");
        let _ = details.set_attribute(OPENED, "");
    }
}

fn shut_again() {
    for details in page::all(&["[", OPENED, "]"].concat()) {
        let _ = details.remove_attribute("open");
        let _ = details.remove_attribute(OPENED);
    }
}

/// Does this with the page.
pub fn carry_out(action: Action) {
    let Some(button) = page::first(&["[data-step=\"do ", action.as_str(), "\"]"].concat()) else { return };
    let value = |name: &str| button.get_attribute(name).unwrap_or_default();
    let done = match action {
        Action::Print => {
            // Old Safari tells nobody that it prints.
            open_for_paper();
            let _ = web_sys::window().map(|window| window.print());
            true
        }
        Action::Save => save(&value("data-name"), &value("data-text")).is_some(),
        Action::Copy => {
            let text = page::first("#copied").and_then(|text| text.text_content()).unwrap_or_default();
            let done = copied(&text).unwrap_or_default();
            if !done {
                select();
            }
            done
        }
        Action::Share => share().unwrap_or_default(),
    };
    page::write("#done", &value(if done { "data-done" } else { "data-failed" }));
    if done && let Ok(button) = button.dyn_into::<HtmlElement>() {
        let _ = button.focus();
    }
}

/// Saves a text as a file.
fn save(name: &str, text: &str) -> Option<()> {
    let options = BlobPropertyBag::new();
    options.set_type("text/calendar;charset=utf-8");
    let parts = Array::of1(&JsValue::from_str(text));
    let file = Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
    let address = Url::create_object_url_with_blob(&file).ok()?;
    let link: HtmlAnchorElement = page::document()?.create_element("a").ok()?.dyn_into().ok()?;
    link.set_attribute("href", &address).ok()?;
    link.set_download(name);
    link.click();
    // The address is not taken back: some browsers read it long after the click, and it is a kilobyte.
    Some(())
}

/// Copies a text, and says whether the browser did.
fn copied(text: &str) -> Option<bool> {
    let document: HtmlDocument = page::document()?.dyn_into().ok()?;
    let area: HtmlTextAreaElement = document.create_element("textarea").ok()?.dyn_into().ok()?;
    area.set_attribute("class", "unseen").ok()?;
    area.set_read_only(true);
    area.set_value(text);
    document.body()?.append_child(&area).ok()?;
    area.select();
    let done = document.exec_command("copy");
    area.remove();
    done.ok()
}

/// Shows the text to copy, selected: to be copied by hand.
fn select() {
    if let Some(area) = page::first("#copied") {
        if let Ok(Some(details)) = area.closest("details") {
            let _ = details.set_attribute("open", "");
        }
        if let Ok(area) = area.dyn_into::<HtmlTextAreaElement>() {
            let _ = area.focus();
            area.select();
        }
    }
}

/// Hands on the page's address, without what stands behind it: to another app, or to be pasted.
fn share() -> Option<bool> {
    let location = web_sys::window()?.location();
    let address = [location.origin().ok()?, location.pathname().ok()?].concat();
    if host() != Host::Sharing {
        return copied(&address);
    }
    let data = ShareData::new();
    data.set_url(&address);
    data.set_title(&page::document()?.title());
    // Whoever thinks better of it is no error.
    let ignored = Closure::new(|_| {});
    let _ = navigator()?.share_with_data(&data).catch(&ignored);
    ignored.forget();
    Some(true)
}
