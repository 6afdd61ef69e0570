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
use crate::{build, minify, paths};

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

/// The page's script with its sentences, as it goes into the bundle.
pub fn named() -> Result<Files> {
    let assets = paths::root().join("assets");
    let [offline, unknown, newer, day] = file::OFFLINE;
    let words = json!({ "offline": offline, "unknown": unknown, "newer": newer, "day": day });
    let script = std::fs::read_to_string(assets.join(SCRIPT))?;
    Ok(Files::from([(SCRIPT.to_owned(), filled(script, &[("words", words.to_string())])?.into_bytes())]))
}

/// The manifest and its pictures. Their names never change, as browsers know an installed app by them.
pub fn install() -> Result<Files> {
    let style = build::style()?;
    let token = |name: &str| {
        let value = style.split_once(&format!(" {name}: ")).and_then(|(_, after)| after.split_once(';'));
        value.map(|(value, _)| value.to_owned()).with_context(|| format!("the style has no {name}"))
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
pub fn keep(files: Files) -> Result<Files> {
    let worker = minify::code(WORKER, &std::fs::read_to_string(paths::root().join("assets").join(WORKER))?)?;
    let Versioned { mut files, version, pages, kept } = versioned(files)?;
    let constants = [("version", json!(version)), ("pages", json!(pages)), ("files", json!(kept))];
    let worker = filled(worker, &constants.map(|(mark, value)| (mark, value.to_string())))?;
    files.insert(WORKER.to_owned(), worker.into_bytes());
    files.insert(VERSION.to_owned(), json!({ "version": version }).to_string().into_bytes());
    Ok(files)
}

/// Files with their version.
struct Versioned {
    /// All files; the pages say the version.
    files: Files,
    version: String,
    /// The pages by their folder, each with its digest.
    pages: BTreeMap<String, String>,
    /// What else is kept.
    kept: Vec<String>,
}

fn versioned(mut files: Files) -> Result<Versioned> {
    let kept: Vec<String> = files.keys().filter(|name| is_named_by_content(name)).cloned().collect();
    let mut pages = BTreeMap::new();
    for (name, content) in files.iter().filter(|(name, _)| is_page(name)) {
        let page = std::str::from_utf8(content).with_context(|| format!("{name} is not UTF-8"))?;
        pages.insert(name.clone(), without_version(page));
    }
    ensure!(!pages.is_empty(), "there is no page to keep");
    let all: Vec<String> = pages.values().map(|page| digest(page.as_bytes())).chain(kept.iter().cloned()).collect();
    let version = digest(all.join("\n").as_bytes())[..DIGITS].to_owned();

    let mut digests = BTreeMap::new();
    for (name, page) in pages {
        ensure!(page.matches(" data-root=").count() == 1, "{name} needs one data-root");
        let page = page.replace(" data-root=", &format!(" data-version=\"{version}\" data-root=")).into_bytes();
        digests.insert(name.strip_suffix(PAGE).unwrap_or(&name).to_owned(), digest(&page));
        files.insert(name, page);
    }
    Ok(Versioned { files, version, pages: digests, kept })
}

const PAGE: &str = "index.html";

/// Whether this is a page of the app: the choice of a county, a place, a year.
pub fn is_page(name: &str) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn files(notice: &str) -> Files {
        let page = "<html data-root=\"\"><title>x</title>";
        [("index.html", page), ("141123/index.html", page), ("sdk/index.html", page), ("frame.js", "x")]
            .into_iter()
            .map(|(name, content)| (name.to_owned(), content.as_bytes().to_vec()))
            .chain([(crate::headers::named_by_content("notice.bin", notice.as_bytes()), notice.into())])
            .collect()
    }

    /// The worker without esbuild, which a test of Rust alone need not have.
    fn listed(notice: &str) -> Versioned {
        versioned(files(notice)).expect("a version")
    }

    #[test]
    fn pages_and_what_is_named_by_content_are_kept() {
        let Versioned { pages, kept, .. } = listed("one");
        assert_eq!(pages.into_keys().collect::<Vec<_>>(), ["", "141123/"]);
        assert_eq!(kept.len(), 1, "{kept:?}");
    }

    #[test]
    fn the_version_changes_with_what_is_kept_and_only_then() {
        let one = listed("one").version;
        assert_ne!(one, listed("two").version);
        assert_eq!(one, listed("one").version);
        // As it is when the pages have a version already.
        let again = versioned(listed("one").files).expect("a version");
        assert_eq!(again.version, one);
        let page = String::from_utf8_lossy(&again.files["index.html"]).into_owned();
        assert_eq!(page.matches(&format!("data-version=\"{one}\"")).count(), 1, "{page}");
    }

    #[test]
    fn a_script_gets_each_value_once() {
        assert_eq!(filled("a(\"%x%\")".to_owned(), &[("x", "1".to_owned())]).expect("filled"), "a(1)");
        assert!(filled("a()".to_owned(), &[("x", "1".to_owned())]).is_err());
    }
}
