//! The shell of the app: Leptos around the pages of the library, in a browser.

#[cfg(target_arch = "wasm32")]
mod browser;

/// Starts the app in its page: with the page's notice as it was baked, if the page has one, and the step of what was
/// tapped before the app had arrived. `assets/boot.js` calls it.
///
/// # Errors
/// When the notice is damaged.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn start(notice: Option<Vec<u8>>, tapped: Option<String>) -> Result<(), wasm_bindgen::JsError> {
    Ok(browser::shell::start(notice.as_deref(), tapped.as_deref())?)
}

fn main() {
    #[cfg(not(target_arch = "wasm32"))]
    eprintln!("this program runs in a browser: `cargo x serve`");
}
