//! Notices in a compact binary.
//!
//! The app carries every notice; TOML would need its reader in the wasm. Baking is the model's own serialization in
//! postcard, so it has no walk of its own and cannot drift from the model.

use crate::model::Notice;

/// Why bytes are no notice: they were baked by another version of the model, or damaged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BakeError(postcard::Error);

impl core::fmt::Display for BakeError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "the notice's data is damaged ({}); load the page again, or rebuild the app", self.0)
    }
}

impl std::error::Error for BakeError {}

/// The notice as compact bytes.
///
/// # Errors
/// When the notice is too large for the format; no notice is.
pub fn bake(notice: &Notice) -> Result<Vec<u8>, BakeError> {
    postcard::to_allocvec(notice).map_err(BakeError)
}

/// The notice that [`bake`] made these bytes from.
///
/// # Errors
/// When the bytes are not what [`bake`] makes.
///
/// ```
/// assert!(canbao_policy::bake::unbake(&[1, 2, 3]).is_err());
/// ```
pub fn unbake(bytes: &[u8]) -> Result<Notice, BakeError> {
    postcard::from_bytes(bytes).map_err(BakeError)
}
