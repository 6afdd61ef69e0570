//! The production build: Trunk compiles and links the page together, then this project's own steps make it what a
//! real host should serve: optimised, named by content, with its policy in it, compressed.

use std::fs::File;

use anyhow::{Context, Result};

use crate::command::{command, path_with, run};
use crate::{bundle, minify, paths, sdk, setup, wasm};

/// Builds everything into `dist/`.
pub fn build() -> Result<()> {
    // Two builds at once would write into each other's folders. The lock ends with the file's handle.
    std::fs::create_dir_all(paths::root().join("target"))?;
    let lock = File::create(paths::root().join("target/xtask-build.lock"))?;
    if lock.try_lock().is_err() {
        eprintln!("build: waiting for another `cargo x build` to end");
        lock.lock()?;
    }
    let staged = paths::root().join("target/trunk-release");
    run(wasm::for_old_browsers(trunk()?.args(["build", "--release", "--locked", "--dist"]).arg(&staged)))
        .context("the app did not build")?;
    wasm::optimise(&staged.join("canbao-app_bg.wasm"), wasm::For::Size)?;
    let api = sdk::build()?;

    let mut files = bundle::page(minify::files(bundle::read(&staged)?)?)?;
    for (name, content) in bundle::read(&api)? {
        files.insert(format!("sdk/{name}"), content);
    }
    bundle::write(&files, &paths::dist())
}

/// Development with live reload, on Trunk's own server: a quick unoptimised build on every change.
pub fn watch(arguments: &[String]) -> Result<()> {
    run(trunk()?.env("CARGO_TARGET_DIR", paths::wasm_target()).arg("serve").args(arguments))
}

/// Trunk, with wasm-bindgen where it looks for it.
fn trunk() -> Result<std::process::Command> {
    let mut trunk = command(setup::TRUNK.path()?);
    trunk.env("PATH", path_with(&setup::WASM_BINDGEN.folder()?)?).env("TRUNK_SKIP_VERSION_CHECK", "true");
    // Trunk reads NO_COLOR as a flag and accepts only `true` or `false` in it.
    trunk.env_remove("NO_COLOR");
    Ok(trunk)
}
