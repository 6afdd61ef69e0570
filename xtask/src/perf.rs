//! How the page feels on an old phone and a slow line, beside a page of publicodes that asks the same: measured in
//! Chromium by `tests/node/perf/perf.mjs`, which also has the table. Nothing here is a test, because a timing on a busy
//! machine proves nothing; it only fails when a page does not work.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, Result};

use crate::bundle::{self, Files};
use crate::command::{command, run};
use crate::{build, minify, paths, serve, setup};

/// What the bundle is made from.
const SOURCES: [&str; 10] = [
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "assets",
    "crates",
    "index.html",
    "policies",
    "src",
    "style",
    "xtask/src",
];

/// Measures the bundle, and builds it first where it is missing or older than its sources.
pub fn perf(arguments: &[String]) -> Result<()> {
    setup::for_build()?;
    setup::for_browsers()?;
    let other = publicodes()?;
    if is_stale()? {
        build::build()?;
    }
    let (page, other) = (serve::serve(&paths::dist(), 0)?, serve::serve(&other, 0)?);
    run(command("node").current_dir(paths::node()).arg("perf/perf.mjs").args([page.url(), other.url()]).args(arguments))
}

/// Bundles the page of publicodes as this project bundles its own, and returns its folder.
fn publicodes() -> Result<PathBuf> {
    let source = paths::node().join("perf/publicodes");
    setup::npm(&source)?;
    let script = minify::bundled(&source.join("page.jsx"))?;
    let page = fs::read(source.join("index.html")).context("the page of publicodes is missing")?;
    let files = Files::from([("index.html".to_owned(), page), ("page.js".to_owned(), script)]);
    let folder = paths::root().join("target/perf/publicodes");
    bundle::write(&files, &folder)?;
    Ok(folder)
}

/// Whether there is no bundle, or a source is newer.
fn is_stale() -> Result<bool> {
    let Ok(built) = paths::dist().join("index.html").metadata() else { return Ok(true) };
    let built = built.modified()?;
    for source in SOURCES {
        if newest(&paths::root().join(source))? > built {
            return Ok(true);
        }
    }
    Ok(false)
}

/// When the newest file of a folder was changed.
fn newest(path: &Path) -> Result<SystemTime> {
    let mut newest = path.metadata().with_context(|| format!("cannot look at {}", path.display()))?.modified()?;
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            newest = newest.max(self::newest(&entry?.path())?);
        }
    }
    Ok(newest)
}
