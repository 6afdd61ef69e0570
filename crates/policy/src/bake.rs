//! Notices in a compact binary.
//!
//! The app carries every notice; TOML would need its reader in the wasm. Baking is generated from the model's own
//! definitions ([`crate::pack`]), so it has no walk of its own and cannot drift from the model.

use crate::model::Notice;
use crate::pack::{Pack, Reader};

/// Why bytes are no notice: they were baked by another version of the model, or damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BakeError;

impl core::fmt::Display for BakeError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("通知数据损坏;请重新打开网页,或重新构建")
    }
}

impl std::error::Error for BakeError {}

/// The notice as compact bytes.
#[must_use]
pub fn bake(notice: &Notice) -> Vec<u8> {
    let mut bytes = Vec::new();
    notice.pack(&mut bytes);
    bytes
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
    let mut reader = Reader::new(bytes);
    let notice = Notice::unpack(&mut reader);
    if reader.done() { Ok(notice) } else { Err(BakeError) }
}
