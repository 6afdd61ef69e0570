//! The shell of the app: Leptos around the pages of the library, in a browser.

#[cfg(target_arch = "wasm32")]
mod browser;

fn main() {
    #[cfg(not(target_arch = "wasm32"))]
    eprintln!("this program runs in a browser: `cargo x serve`");
}
