//! The shell of the app: Leptos around the pages of the library, in a browser.

#[cfg(target_arch = "wasm32")]
mod browser;

/// Half the size of the standard library's allocator in the wasm, and quicker.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

fn main() {
    #[cfg(not(target_arch = "wasm32"))]
    eprintln!("this program runs in a browser: `cargo x serve`");
}
