//! What a notice is.
//!
//! A county's yearly notice (通知) on resident medical insurance (城乡居民基本医疗保险) is data. This crate holds the one
//! model of that data ([`model`]), reads it from TOML with diagnostics that a policy author can act on (`author`, a
//! feature, never in the wasm), and packs it into a compact text that the app carries ([`pack`]). Reading and packing
//! share the model, so there is no second walk over the data that could disagree with the first.

pub mod map;
pub mod model;
pub mod pack;
pub mod sentence;

#[cfg(feature = "author")]
pub mod author;
