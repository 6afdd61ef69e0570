//! The weight of the first visit, as a budget that fails the tests: what a phone on a slow line downloads before the
//! page works, all of it, at brotli 11.

use anyhow::{Context, Result, ensure};

use crate::{bundle, embed, offline, paths};

/// Bytes that a first visit may weigh.
pub const BUDGET: usize = 80_000;

/// Bytes that the part after the first question may weigh, which is fetched while the person answers.
const LATE: usize = 60_000;

/// Bytes that the script may weigh which portals put into their pages.
const LOADER: usize = 2_048;

/// Bytes that the service worker may weigh, with its list.
const WORKER: usize = 2_048;

/// Bytes that a file handed on may weigh, as it is.
const SINGLE: usize = 300_000;

/// Prints what a first visit of the heaviest page downloads, by part, and fails above the budget.
pub fn check() -> Result<()> {
    let files = bundle::read(&paths::dist())?;
    let weigh = |name: &str| -> Result<usize> {
        let content = files.get(name).with_context(|| format!("{name} is missing"))?;
        Ok(bundle::brotli(content)?.len().min(content.len()))
    };
    let pages = files.keys().filter(|name| name.ends_with("index.html"));
    let mut heaviest: (usize, Vec<(String, usize)>) = (0, Vec::new());
    for page in pages {
        let text = String::from_utf8_lossy(&files[page]);
        let folder = page.strip_suffix("index.html").unwrap_or_default();
        let root = "../".repeat(folder.matches('/').count());
        let mut parts = vec![(page.clone(), weigh(page)?)];
        // What the page's head names is what it loads; links to other pages stand in its body.
        let head = text.split("</head>").next().unwrap_or_default();
        for value in head.split("=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let name = value.strip_prefix("./").or_else(|| value.strip_prefix(&root)).unwrap_or(value);
            if files.contains_key(name) {
                parts.push((name.to_owned(), weigh(name)?));
            }
        }
        let total = parts.iter().map(|(_, bytes)| bytes).sum();
        if total > heaviest.0 {
            heaviest = (total, parts);
        }
    }
    let (total, parts) = heaviest;
    ensure!(parts.len() >= 2, "a page loads a module: {parts:?}");
    println!("first visit of the heaviest page, brotli 11, bytes:");
    for (name, bytes) in &parts {
        println!("  {bytes:>8}  {name}");
    }
    println!("  {total:>8}  of {BUDGET}");
    let mut late = 0;
    let is_late = |name: &str| {
        name.starts_with("split_") && name.ends_with(".wasm") || name.starts_with("late-") && name.ends_with(".css")
    };
    for name in files.keys().filter(|name| is_late(name)) {
        late += weigh(name)?;
    }
    println!("  {late:>8}  of {LATE} fetched when the first question is on screen");
    ensure!(late > 0 && late <= LATE, "the late part weighs {late} bytes: did a page move, or its call?");
    ensure!(
        total <= BUDGET,
        "the page weighs {} bytes more than it may: `cargo x size` after each change shows what a part costs",
        total - BUDGET
    );
    let loader = weigh(embed::LOADER)?;
    println!("  {loader:>8}  of {LOADER} in the script for portals");
    ensure!(loader <= LOADER, "the script for portals weighs {loader} bytes");
    let worker = weigh(offline::WORKER)?;
    println!("  {worker:>8}  of {WORKER} in the service worker");
    ensure!(worker <= WORKER, "the service worker weighs {worker} bytes");
    let single: Vec<_> =
        files.iter().filter(|(name, _)| name.starts_with("canbao") && name.ends_with(".html")).collect();
    ensure!(single.len() > canbao_baked::index().len() / 2, "files of one piece are missing: {}", single.len());
    for (name, content) in single {
        println!("  {:>8}  of {SINGLE} in {name}", content.len());
        ensure!(content.len() <= SINGLE, "{name} weighs {} bytes", content.len());
    }
    Ok(())
}
