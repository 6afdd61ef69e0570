//! What the app needs to work without network, to notice a new version, and to be installed: the service worker with
//! the list of all files, `version.json`, the manifest and its pictures. docs/adr/0013 has the reasons.
//!
//! The version is a digest of all that is kept, so it changes when, and only when, something on screen may be another.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use canbao_app::pages::file;
use serde_json::json;

use crate::bundle::Files;
use crate::headers::{digest, is_named_by_content};
use crate::{minify, paths};

/// The service worker. Its name never changes: browsers compare what stands under it.
pub const WORKER: &str = "worker.js";

/// What an open page asks for to see whether it is the newest.
pub const VERSION: &str = "version.json";

/// What a page does about all this; named by content once it is in the bundle.
pub const SCRIPT: &str = "offline.js";

const MANIFEST: &str = "manifest.webmanifest";

/// The icon in sizes that browsers ask for: 180 is Apple's. They are made from assets/icon.svg by Chromium, once:
/// docs/adr/0013 says how.
const ICONS: [u32; 3] = [180, 192, 512];

/// Digits of a version: few, as they stand in every page.
const DIGITS: usize = 8;

/// The page's script with its sentences, as it goes into the bundle, and the icon that pages name.
pub fn named() -> Result<Files> {
    let assets = paths::root().join("assets");
    let [offline, unknown, newer] = file::OFFLINE;
    let words = json!({ "offline": offline, "unknown": unknown, "newer": newer });
    let script = std::fs::read_to_string(assets.join(SCRIPT))?;
    Ok(Files::from([
        (SCRIPT.to_owned(), filled(script, &[("words", words.to_string())])?.into_bytes()),
        ("icon.svg".to_owned(), std::fs::read(assets.join("icon.svg"))?),
    ]))
}

/// The manifest and its pictures. Their names never change, as browsers know an installed app by them.
pub fn install() -> Result<Files> {
    let style = std::fs::read_to_string(paths::root().join("style/main.css"))?;
    let token = |name: &str| {
        let value = style.split_once(&format!(" {name}: ")).and_then(|(_, after)| after.split_once(';'));
        value.map(|(value, _)| value.to_owned()).with_context(|| format!("style/main.css has no {name}"))
    };
    let [name, description] = file::APP;
    let icon = |size: u32, purpose: &str| json!({ "src": format!("icon-{size}.png"), "sizes": format!("{size}x{size}"), "type": "image/png", "purpose": purpose });
    let manifest = json!({
        "name": description,
        "short_name": name,
        "lang": "zh-CN",
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "theme_color": token("--good")?,
        "background_color": token("--page")?,
        // Nothing is lost when a round mask cuts the corners off.
        "icons": [icon(192, "any"), icon(512, "any"), icon(192, "maskable"), icon(512, "maskable")],
    });
    let mut files = Files::from([(MANIFEST.to_owned(), manifest.to_string().into_bytes())]);
    for size in ICONS {
        let name = format!("icon-{size}.png");
        files.insert(name.clone(), std::fs::read(paths::root().join("assets").join(&name))?);
    }
    Ok(files)
}

/// Adds the version to the pages, and the worker and `version.json` to the files. Everything among the files is kept
/// that is a page of the app or is named by its content.
///
/// # Errors
/// When there is no page, or one that does not say where it stands.
pub fn keep(mut files: Files) -> Result<Files> {
    let worker = minify::code(WORKER, &std::fs::read_to_string(paths::root().join("assets").join(WORKER))?)?;
    let kept: Vec<String> = files.keys().filter(|name| is_named_by_content(name)).cloned().collect();
    let pages: Vec<String> = files.keys().filter(|name| is_page(name)).cloned().collect();
    ensure!(!pages.is_empty(), "there is no page to keep");

    let mut version = kept.join("\n");
    for name in &pages {
        let page = String::from_utf8(files.remove(name).unwrap_or_default()).context("a page is not UTF-8")?;
        let page = without_version(&page);
        version.push_str(&digest(page.as_bytes()));
        files.insert(name.clone(), page.into_bytes());
    }
    let version = digest(version.as_bytes())[..DIGITS].to_owned();
    let mut digests = BTreeMap::new();
    for name in &pages {
        let page = String::from_utf8_lossy(&files[name]).into_owned();
        ensure!(page.matches(" data-root=").count() == 1, "{name} needs one data-root");
        let page = page.replace(" data-root=", &format!(" data-version=\"{version}\" data-root=")).into_bytes();
        digests.insert(name.strip_suffix(PAGE).unwrap_or(name).to_owned(), digest(&page));
        files.insert(name.clone(), page);
    }
    let constants = [("version", json!(version)), ("pages", json!(digests)), ("files", json!(kept))];
    files.insert(
        WORKER.to_owned(),
        filled(worker, &constants.map(|(mark, value)| (mark, value.to_string())))?.into_bytes(),
    );
    files.insert(VERSION.to_owned(), json!({ "version": version }).to_string().into_bytes());
    Ok(files)
}

const PAGE: &str = "index.html";

/// Whether this is a page of the app: the choice of a county, a place, a year.
fn is_page(name: &str) -> bool {
    let folder = name.strip_suffix(PAGE);
    folder.is_some_and(|folder| {
        canbao_baked::index().iter().any(|entry| folder.starts_with(entry.code)) || folder.is_empty()
    })
}

/// The page as it was before it was given a version.
fn without_version(page: &str) -> String {
    match page.split_once(" data-version=\"") {
        Some((before, after)) => [before, after.split_once('"').map_or("", |(_, after)| after)].concat(),
        None => page.to_owned(),
    }
}

/// Puts values in the place of the marks `"%name%"`.
fn filled(mut script: String, values: &[(&str, String)]) -> Result<String> {
    for (name, value) in values {
        let mark = format!("\"%{name}%\"");
        ensure!(script.matches(&mark).count() == 1, "the script needs one {mark}");
        script = script.replace(&mark, value);
    }
    Ok(script)
}
