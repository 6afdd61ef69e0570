//! In place of `wasm-streams`, which carries bodies of requests and answers to and from a server in pieces.
//!
//! Leptos brings it through its server functions. This app has no server; but the crate exports classes to JavaScript,
//! which keeps all of it in the module whether or not anybody calls it. Here is what Leptos' code for server functions
//! names, so that it compiles: streams with nothing in them. Nothing of the app gets here.

use futures_util::stream::{Empty, Stream, empty};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::ReadableStream as Raw;

/// A stream with nothing in it.
#[derive(Debug)]
pub struct ReadableStream(Raw);

impl ReadableStream {
    /// Takes a browser's stream, and will read nothing from it.
    #[must_use]
    pub fn from_raw(raw: Raw) -> Self {
        Self(raw)
    }

    /// A browser's stream without anything of this one.
    pub fn from_stream<S: Stream<Item = Result<JsValue, JsValue>> + 'static>(_: S) -> Self {
        Self(Raw::new().unwrap_or_else(JsCast::unchecked_into))
    }

    /// The browser's stream.
    #[must_use]
    pub fn into_raw(self) -> Raw {
        self.0
    }

    /// Nothing.
    #[must_use]
    pub fn into_stream(self) -> Empty<Result<JsValue, JsValue>> {
        empty()
    }
}
