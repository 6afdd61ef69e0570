//! The engine as a JavaScript API for portals: a stub that proves the pipeline, until the engine arrives.

use wasm_bindgen::prelude::*;

/// Echoes a request.
#[wasm_bindgen]
pub fn evaluate(request: String) -> String {
    request
}
