//! The same app in a real Chromium 86, which is what WeChat on old Android phones runs.
//!
//! An npm package carries the browser and Node drives it (tests/node/chromium86.mjs); a test here says what to do and
//! gets back what it asked to read. Any error that the page reports, a violated security policy included, fails it.

use anyhow::{Context, Result};
use xtask::command::{command, output};
use xtask::{paths, serve};

/// One thing a person does, or a test reads, with elements named by `data-testid`.
#[derive(Clone, Copy, Debug)]
pub enum Step<'a> {
    /// Click this element once it is there.
    Click(&'a str),
    /// Fill this input with a value, as typing would.
    Fill(&'a str, &'a str),
    /// Read this element's text.
    Text(&'a str),
}

/// Serves the bundle, opens it with what follows its address, takes the steps, and returns the texts read.
pub fn run(rest: &str, steps: &[Step<'_>]) -> Result<Vec<String>> {
    let serving = serve::serve(&paths::dist(), 0)?;
    run_at(&format!("{}{rest}", serving.url()), steps)
}

/// Opens this address, takes the steps, and returns the texts read.
pub fn run_at(address: &str, steps: &[Step<'_>]) -> Result<Vec<String>> {
    let mut node = command("node");
    node.current_dir(paths::node()).arg("chromium86.mjs").arg(address);
    for step in steps {
        match step {
            Step::Click(id) => node.arg(format!("click:{id}")),
            Step::Fill(id, value) => node.arg(format!("fill:{id}={value}")),
            Step::Text(id) => node.arg(format!("text:{id}")),
        };
    }
    let texts = output(&mut node).context("the page does not work in Chromium 86")?;
    Ok(serde_json::from_str(&texts)?)
}
