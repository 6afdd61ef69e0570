//! What a page of somebody else needs to show the app in a frame: the script that portals name, and the one that the
//! app's page loads while it stands in a frame. Their names never change: one is written into pages that nobody here
//! can edit, the other lies in the folder with all pages. A host has them asked for each time.

use anyhow::Result;

use crate::bundle::Files;
use crate::{minify, paths};

/// The script that portals put into their pages.
pub const LOADER: &str = "embed.js";

/// The script that the app's page loads in a frame.
pub const FRAME: &str = "frame.js";

/// Both, minified.
pub fn files() -> Result<Files> {
    let assets = paths::root().join("assets");
    Ok(Files::from([
        (LOADER.to_owned(), minify::for_any_browser(&assets.join(LOADER))?),
        (FRAME.to_owned(), minify::script(&assets.join(FRAME))?),
    ]))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Set-up brings esbuild, which a test of Rust alone need not have.
    fn loader() -> String {
        std::fs::read_to_string(paths::root().join("assets").join(LOADER)).expect("the loader")
    }

    #[test]
    fn the_loader_may_not_bring_the_app_into_a_page_of_others() {
        for word in ["import", "fetch", "XMLHttpRequest", "eval", "innerHTML", "document.write", "Storage", "cookie"] {
            let code: String = loader().lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            assert!(!code.contains(word), "embed.js says {word}");
        }
    }
}
