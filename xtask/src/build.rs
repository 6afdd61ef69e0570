//! The production build: the app in two parts, a page for each notice, the JavaScript API, made into what a real host
//! should serve: optimised, named by content, with the policy in every page, compressed.

use std::fs::File;

use anyhow::{Context, Result};

use crate::command::{command, path_with, run};
use crate::{app, bundle, embed, inline, minify, missing, offline, paths, sdk, setup, single, site, staff};

/// Builds everything into `dist/`.
pub fn build() -> Result<()> {
    let _lock = locked()?;
    let mut files = app::build()?;
    let api = sdk::build()?;
    files.insert("index.html".to_owned(), template()?.into_bytes());
    for (name, place) in [("main.css", "style/main.css"), ("late.css", "style/late.css"), ("boot.js", "assets/boot.js")]
    {
        files.insert(name.to_owned(), std::fs::read(paths::root().join(place))?);
    }
    files.extend(offline::named()?);
    let within = [("main.css", STYLE), ("boot.js", BOOT), ("canbao-app.js", SCRIPT)];
    let mut files = site::pages(inline::page(bundle::page(minify::files(files)?)?, &within)?)?;
    files.insert(missing::NAME.to_owned(), missing::page(&files, &missing::script()?)?);
    let mut files = offline::keep(files)?;
    files.extend(offline::install()?);
    for (name, content) in bundle::read(&api)? {
        files.insert(format!("sdk/{name}"), content);
    }
    files.extend(embed::files()?);
    files.extend(staff::build()?);
    files.extend(single::files(&app::whole()?)?);
    bundle::write(&files, &paths::dist())
}

/// Waits until no other build runs: two at once would write into each other's folders. It ends with what is returned.
///
/// # Errors
/// When the lock cannot be made.
pub fn locked() -> Result<File> {
    std::fs::create_dir_all(paths::root().join("target"))?;
    let lock = File::create(paths::root().join("target/xtask-build.lock"))?;
    if lock.try_lock().is_err() {
        eprintln!("build: waiting for another `cargo x build` to end");
        lock.lock()?;
    }
    Ok(lock)
}

/// The app's whole style: what stands in every page, and what comes after the questions.
///
/// # Errors
/// When a file of it is missing.
pub fn style() -> Result<String> {
    let part = |name: &str| {
        let place = paths::root().join("style").join(name);
        std::fs::read_to_string(&place).with_context(|| format!("cannot read {}", place.display()))
    };
    Ok([part("main.css")?, part("late.css")?].concat())
}

/// What the page names, as [`template`] has it.
pub const STYLE: &str = "<link rel=\"stylesheet\" href=\"./main.css\">";
/// As [`STYLE`].
pub const PROGRAM: &str =
    "<link rel=\"preload\" as=\"fetch\" type=\"application/wasm\" crossorigin href=\"./canbao-app_bg.wasm\">";
/// As [`STYLE`].
pub const BOOT: &str = "<script src=\"./boot.js\" defer></script>";
/// As [`STYLE`]: wasm-bindgen's script, behind [`BOOT`], which takes the first tap.
pub const SCRIPT: &str = "<script src=\"./canbao-app.js\" defer></script>";
/// As [`STYLE`]: for browsers that run no script, which would add it later (assets/boot.js, with the reason for
/// `crossorigin`).
pub const LATE_STYLE: &str = "<link rel=\"stylesheet\" crossorigin href=\"./late.css\">";

/// index.html with its links for Trunk turned into those of the production bundle.
pub fn template() -> Result<String> {
    let read =
        |name: &str| std::fs::read_to_string(paths::root().join(name)).with_context(|| format!("cannot read {name}"));
    let mut page = read("index.html")?;
    // In the page itself: as a file it would take the line from the program, with headers longer than the picture.
    let picture = read("assets/icon.svg")?.trim().replace('"', "'").replace('#', "%23");
    let icon = format!("<link rel=\"icon\" href=\"data:image/svg+xml,{picture}\">");
    // What is fetched first stands first.
    let links = [("css", ""), ("css", ""), ("icon", icon.as_str()), ("rust", &[PROGRAM, STYLE].concat())];
    for (kind, link) in links {
        let start = page.find(&format!("<link data-trunk rel=\"{kind}\"")).context("index.html lost a link")?;
        let end = page[start..].find('>').context("a link of index.html does not end")? + start + 1;
        page.replace_range(start..end, link);
    }
    let page = page.replace("<noscript>", &["<noscript>", LATE_STYLE].concat());
    Ok(page.replace("<script data-trunk src=\"assets/boot.js\" defer></script>", &[BOOT, SCRIPT].concat()))
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
