//! The app as WebAssembly in two parts: the first asks questions, the `late` one is fetched when the first question is on
//! screen and has the pages after it.
//!
//! The cut follows what can be reached: what the first part calls by name is in the first part, what only
//! `canbao_app::pages::LATE` reaches is in the late one. docs/adr/0012 has what was tried and the reason for each flag.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::bundle::Files;
use crate::command::{cargo, command, run};
use crate::single::Program;
use crate::{bundle, inline, minify, names, paths, setup, wasm};

/// The name of everything that is built from the app.
const NAME: &str = "canbao-app";

/// What assets/boot.js starts the app by, once everything is one classic script: under the name that wasm-bindgen gives a
/// script without modules, as in a file that has everything in it. Where the script's own exports were kept, esbuild would
/// add what hands them to any kind of importer.
const ENTRY: &str = "import init, { start } from \"./canbao-app.js\"; self.wasm_bindgen = { default: init, start };";

/// Compiles the app and returns its script and modules.
pub fn build() -> Result<Files> {
    // What may be moved is found by relocations; the parts call each other through the table.
    let whole = compiled(&["--features", "split"], &["-Clink-args=--emit-relocs --export-table"])?;

    let folder = paths::wasm_target().join("app");
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    let (split, bound) = (folder.join("split"), folder.join("bound"));
    run(command(setup::WASM_SPLIT.path()?).args(["--target", "web", "--out-name", NAME]).arg(&whole).arg(&split))
        .context("the app could not be split")?;
    // wasm-bindgen's output has the name of its input, and would replace it.
    let first = split.join("first.wasm");
    std::fs::rename(split.join(format!("{NAME}.wasm")), &first)?;
    run(command(setup::WASM_BINDGEN.path()?)
        // Without this the table is not exported, and the late part finds nothing.
        .args(["--keep-lld-exports", "--no-typescript", "--omit-default-module-path", "--target", "web"])
        // Chromium 86 has it, and so has each Safari that can fetch the late part (15; it came with 14.1).
        .args(["--encode-into", "always", "--out-name", NAME, "--out-dir"])
        .arg(&bound)
        .arg(&first))?;
    std::fs::remove_file(first)?;

    let mut files = Files::new();
    for (folder, name) in modules(&split)?.into_iter().map(|name| (&split, name)).chain([(&bound, main_module())]) {
        wasm::optimise(&folder.join(&name), wasm::For::Size)?;
        files.insert(name.clone(), std::fs::read(folder.join(name))?);
    }
    let script = bound.join(format!("{NAME}.js"));
    let long = files.get(&main_module()).context("the app has no module")?;
    let (module, shorter) = names::shorten(long, &std::fs::read_to_string(&script)?)?;
    files.insert(main_module(), module);
    std::fs::write(&script, shorter)?;
    // The two scripts import each other, and stand in the page as one.
    for entry in std::fs::read_dir(&split)? {
        let entry = entry?;
        if entry.path().extension().is_some_and(|extension| extension == "js") {
            std::fs::write(bound.join(entry.file_name()), checked(std::fs::read_to_string(entry.path())?, &files)?)?;
        }
    }
    let entry = bound.join("entry.js");
    std::fs::write(&entry, ENTRY)?;
    files.insert(format!("{NAME}.js"), minify::bundled(&entry)?);
    Ok(files)
}

/// The script that fetches the late part as one that stands in a page of any folder, with the digest of what it is to
/// get.
fn checked(mut script: String, files: &Files) -> Result<String> {
    for (name, content) in files.iter().filter(|(name, _)| **name != main_module()) {
        let address = format!("new URL(\"./{name}\", import.meta.url)");
        ensure!(script.matches(&address).count() == 1, "the script of the parts does not fetch {name} as expected");
        let beside = format!("document.documentElement.dataset.root + \"./{name}\"");
        script = script.replace(&address, &format!("{beside}, {{ integrity: \"{}\" }}", inline::digest(content)));
    }
    Ok(script)
}

/// The app as one module and a classic script, for a file that has everything in it.
pub fn whole() -> Result<Program> {
    let module = compiled(&[], &[])?;
    let folder = paths::wasm_target().join("single");
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    run(command(setup::WASM_BINDGEN.path()?)
        .args(["--no-typescript", "--target", "no-modules", "--out-name", NAME, "--out-dir"])
        .arg(&folder)
        .arg(module))?;
    let module = folder.join(main_module());
    wasm::optimise(&module, wasm::For::Size)?;
    let script = std::fs::read_to_string(folder.join(format!("{NAME}.js")))?;
    let (wasm, script) = names::shorten(&std::fs::read(module)?, &script)?;
    Ok(Program { wasm, script: minify::code("single.js", &script)? })
}

/// Compiles the app with these arguments for cargo and the compiler, and returns the module's path.
fn compiled(arguments: &[&str], flags: &[&str]) -> Result<PathBuf> {
    let mut cargo = cargo();
    cargo.args(["rustc", "--locked", "--package", NAME, "--bin", NAME, "--target", "wasm32-unknown-unknown"]);
    cargo.args(["--profile", "web"]).args(arguments).arg("--").args(flags);
    run(wasm::for_old_browsers(&mut cargo)).context("the app did not build")?;
    Ok(paths::wasm_target().join(format!("wasm32-unknown-unknown/web/{NAME}.wasm")))
}

fn main_module() -> String {
    format!("{NAME}_bg.wasm")
}

fn modules(folder: &Path) -> Result<Vec<String>> {
    Ok(bundle::read(folder)?.into_keys().filter(|name| name.ends_with(".wasm")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_fetched_with_its_digest() {
        let files: Files = [("split_late.wasm", "late"), ("canbao-app_bg.wasm", "first")]
            .map(|(name, content)| (name.to_owned(), content.as_bytes().to_vec()))
            .into();
        let script = "fetch(new URL(\"./split_late.wasm\", import.meta.url));".to_owned();
        let expected = format!(
            "fetch(document.documentElement.dataset.root + \"./split_late.wasm\", {{ integrity: \"{}\" }});",
            inline::digest(b"late")
        );
        assert_eq!(checked(script, &files).expect("a script"), expected);
        assert!(checked("fetch(other)".to_owned(), &files).is_err());
    }
}
