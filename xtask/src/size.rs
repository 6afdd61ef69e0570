//! The weight of the first visit, as a budget that fails the tests: what a phone on a slow line downloads before the
//! page works, all of it, at brotli 11.

use anyhow::{Result, ensure};

use crate::{bundle, paths};

/// Bytes that the whole page shall weigh.
const GOAL: usize = 80_000;

/// Bytes that the whole page may weigh until it reaches the goal. This ceiling only ever goes down: lower it to the
/// weight printed whenever a change makes the page lighter.
pub const BUDGET: usize = 122_000;

/// Folders of the bundle that a first visit does not touch.
const LATER: [&str; 1] = ["sdk/"];

/// Prints the bundle's weight by part and fails above the budget.
pub fn check() -> Result<()> {
    let mut parts = [("HTML", 0), ("CSS", 0), ("JavaScript", 0), ("WebAssembly", 0), ("other", 0)];
    for (name, content) in bundle::read(&paths::dist())? {
        let is_compressed_copy = name.ends_with(".br") || name.ends_with(".gz");
        if is_compressed_copy || LATER.iter().any(|folder| name.starts_with(folder)) {
            continue;
        }
        let part = match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
            "html" => 0,
            "css" => 1,
            "js" => 2,
            "wasm" => 3,
            _ => 4,
        };
        parts[part].1 += bundle::brotli(&content)?.len().min(content.len());
    }
    let total: usize = parts.iter().map(|(_, bytes)| bytes).sum();
    println!("first visit, brotli 11, bytes:");
    for (part, bytes) in parts {
        println!("  {part:<12}{bytes:>8}");
    }
    println!("  {:<12}{total:>8} of {BUDGET}", "total");
    if total > GOAL {
        println!("  the goal of {GOAL} is not met yet: {} too many", total - GOAL);
    }
    ensure!(
        total <= BUDGET,
        "the page weighs {} bytes more than it may: `cargo x size` after each change shows what a part costs",
        total - BUDGET
    );
    Ok(())
}
