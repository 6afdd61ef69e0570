//! The flags that make WebAssembly small and old enough, shared by the app and the JavaScript API.
//!
//! WeChat on old Android phones is Chromium 86, which knows neither reference types nor multiple values. The standard
//! library shipped with Rust is compiled with both, so it is rebuilt from source for the first version of WebAssembly
//! plus the four extensions Chromium 86 has, and for size on the way. docs/adr/0002 has the measurements.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::command::{command, run};
use crate::kept::kept;
use crate::paths;

/// Compiler flags for everything that ends up in a browser. Cargo's `web` profile holds the stable half.
const RUSTFLAGS: &[&str] = &[
    "-Ctarget-cpu=mvp",
    "-Ctarget-feature=+bulk-memory,+sign-ext,+nontrapping-fptoint,+mutable-globals",
    // A panic ends the program at once, without a message: its formatting code would be a quarter of the download.
    "-Zunstable-options",
    "-Cpanic=immediate-abort",
    "-Zlocation-detail=none",
];

/// The same extensions for wasm-opt. It rejects a module that uses any other one, so a build that slipped past the
/// compiler flags fails here and not on somebody's phone.
const WASM_OPT: &[&str] = &[
    "--mvp-features",
    "--enable-bulk-memory",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-mutable-globals",
    "--strip-debug",
    "--strip-producers",
];

/// Makes a command, whether cargo itself or Trunk which calls cargo, compile for old browsers.
pub fn for_old_browsers(command: &mut Command) -> &mut Command {
    command
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
        .env("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", RUSTFLAGS.join(" "))
        .env("CARGO_TARGET_DIR", paths::wasm_target())
        // Either would replace the flags above.
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
}

/// What a module is optimised for.
#[derive(Clone, Copy)]
pub enum For {
    /// The download: the app.
    Size,
    /// The work: the JavaScript API.
    Speed,
}

/// Optimises a module in place, and refuses one that Chromium 86 could not run.
pub fn optimise(module: &Path, aim: For) -> Result<()> {
    if let Some(name) = module.file_name() {
        eprintln!("build: optimising {}", name.display());
    }
    let level: &[&str] = match aim {
        // Moving large functions into their one caller makes what is compressed larger, moving the smallest into all of
        // theirs makes it smaller. Flat code is put into blocks and loops anew, more alike than the compiler's. What the
        // skipped passes save is less than what the rest then compresses worse by. Low memory is the far end of the stack,
        // which the linker puts before all data: no address of anything lies there.
        For::Size => &[
            "--gufa",
            "-Oz",
            "--flatten",
            "--rereloop",
            "-Oz",
            "-Oz",
            "--optimize-instructions",
            "-Oz",
            "--low-memory-unused",
            "--one-caller-inline-max-function-size=20",
            "--always-inline-max-function-size=4",
            "--skip-pass=code-folding",
            "--skip-pass=simplify-locals",
            "--skip-pass=memory-packing",
        ],
        For::Speed => &["-O3"],
    };
    let optimised = kept(&[level.concat().as_bytes(), &std::fs::read(module)?], || {
        // A module lists the extensions it was compiled with, and wasm-opt would allow those beside the ones named above.
        // With names kept, the passes that follow come out smaller when compressed.
        wasm_opt(module, &["--strip-target-features", "-g"])?;
        wasm_opt(module, &[level, WASM_OPT].concat()).with_context(|| {
            format!(
                "{} uses something that Chromium 86 lacks: was it compiled with the flags in xtask/src/wasm.rs?",
                module.display()
            )
        })?;
        Ok(std::fs::read(module)?)
    })?;
    Ok(std::fs::write(module, optimised)?)
}

fn wasm_opt(module: &Path, arguments: &[&str]) -> Result<()> {
    run(command("node")
        .arg(paths::node().join("node_modules/binaryen/bin/wasm-opt"))
        .args(arguments)
        .arg(module)
        .arg("-o")
        .arg(module))
}
