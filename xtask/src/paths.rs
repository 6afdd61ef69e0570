//! Where things are, said once: every other module asks here instead of joining strings of its own.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The workspace's root folder.
pub fn root() -> &'static Path {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own)
}

/// The production bundle: what a host serves.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// Cargo's target folder for the browser builds, apart from the native one so that neither waits for the other's lock.
pub fn wasm_target() -> PathBuf {
    root().join("target/wasm")
}

/// The folder with the committed npm lock, and the Node scripts that use what it installs.
pub fn node() -> PathBuf {
    root().join("tests/node")
}

/// Where tools that take minutes to build are kept, outside the checkout: `$XDG_CACHE_HOME/canbao` or
/// `~/.cache/canbao`.
pub fn cache() -> Result<PathBuf> {
    let base = match std::env::var_os("XDG_CACHE_HOME").filter(|value| !value.is_empty()) {
        Some(cache) => PathBuf::from(cache),
        None => std::env::home_dir()
            .context("no home directory is known: set XDG_CACHE_HOME to a folder for built tools")?
            .join(".cache"),
    };
    Ok(base.join("canbao"))
}
