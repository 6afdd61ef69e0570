//! The JavaScript API: crates/js as an ES module with TypeScript types, built with the flags of the app.
//!
//! wasm-bindgen's `web` output is the one form that browsers, bundlers and Node all read; crates/js/npm adds the entry
//! that fetches the module in a browser and reads it from disk in Node.

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::command::{cargo, command, run};
use crate::{paths, setup, wasm};

/// Builds the package and returns its folder.
pub fn build() -> Result<PathBuf> {
    package("api", &[])
}

/// The same, with what `cargo x bench` takes the engine's own time by.
pub fn timed() -> Result<PathBuf> {
    package("api-timed", &["--features", "timing"])
}

fn package(folder: &str, features: &[&str]) -> Result<PathBuf> {
    let mut cargo = cargo();
    cargo.args(["build", "--locked", "--package", "canbao-js", "--target", "wasm32-unknown-unknown"]);
    cargo.args(["--profile", "sdk"]).args(features);
    run(wasm::for_old_browsers(&mut cargo)).context("the JavaScript API did not build")?;

    // By no name of a profile: in a folder of that name Cargo keeps what it has built.
    let folder = paths::wasm_target().join(folder);
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    let module = paths::wasm_target().join("wasm32-unknown-unknown/sdk/canbao_js.wasm");
    run(command(setup::WASM_BINDGEN.path()?)
        .args(["--target", "web", "--out-name", "canbao", "--out-dir"])
        .arg(&folder)
        .arg(module))?;
    wasm::optimise(&folder.join("canbao_bg.wasm"), wasm::For::Speed)?;
    std::fs::remove_file(folder.join("canbao_bg.wasm.d.ts"))?;
    for entry in std::fs::read_dir(paths::root().join("crates/js/npm"))? {
        let entry = entry?;
        std::fs::copy(entry.path(), folder.join(entry.file_name()))?;
    }
    Ok(folder)
}
