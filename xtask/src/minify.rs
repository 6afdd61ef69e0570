//! Makes scripts, styles and the page shorter without changing what they do, and keeps their syntax within what old
//! browsers read: esbuild knows which that is, for scripts and styles; Trunk's own minifier does not.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::bundle::Files;
use crate::command::command;
use crate::paths;

/// The oldest browsers that the page supports: WeChat on Android, and those of the same years.
const TARGET: &str = "--target=chrome86,safari14,firefox78";

/// Safari 14 has a bug in destructuring that esbuild cannot write around; it concerns default values in the parameters
/// of nested functions, which wasm-bindgen does not write.
const DESTRUCTURING: &str = "--supported:destructuring=true";

/// Minifies every file of a kind that can be.
pub fn files(mut files: Files) -> Result<Files> {
    for (name, content) in &mut files {
        let shorter: fn(&str, &str) -> Result<String> =
            match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
                "html" => |_, text| Ok(page(text)),
                "js" | "css" => code,
                _ => continue,
            };
        let text = std::str::from_utf8(content).with_context(|| format!("{name} is not UTF-8"))?;
        *content = shorter(name, text)?.into_bytes();
    }
    Ok(files)
}

/// esbuild, told to minify for old browsers.
fn esbuild() -> Command {
    let mut esbuild = minifier();
    esbuild.args([TARGET, DESTRUCTURING]);
    esbuild
}

fn minifier() -> Command {
    let mut esbuild = command(paths::node().join("node_modules/.bin/esbuild"));
    esbuild.args(["--minify", "--charset=utf8", "--legal-comments=none", "--log-level=warning"]);
    esbuild
}

/// A script for the pages of others, in a syntax that every browser reads: what cannot be said in it is an error.
pub fn for_any_browser(script: &Path) -> Result<Vec<u8>> {
    output_of(minifier().arg("--target=es5").arg(script))
}

/// Minifies a script or a stylesheet; the name's extension tells which.
pub fn code(name: &str, text: &str) -> Result<String> {
    let loader = if name.ends_with(".css") { "--loader=css" } else { "--loader=js" };
    let mut esbuild = esbuild()
        .arg(loader)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start esbuild: `cargo x setup` installs it")?;
    if let Some(mut stdin) = esbuild.stdin.take() {
        stdin.write_all(text.as_bytes())?;
    }
    let output = esbuild.wait_with_output()?;
    ensure!(output.status.success(), "esbuild could not read {name}");
    String::from_utf8(output.stdout).with_context(|| format!("esbuild did not print text for {name}"))
}

/// A script with everything that it imports in one minified classic script, without the warnings in it: those of
/// wasm-bindgen are of calls that are not made here, and of a host that does not name WebAssembly, which works too.
pub fn bundled(script: &Path) -> Result<Vec<u8>> {
    let output = esbuild()
        .args(["--bundle", "--format=iife", "--jsx=automatic", "--define:process.env.NODE_ENV=\"production\""])
        .arg("--pure:console.warn")
        .arg(script)
        .output()
        .context("cannot start esbuild: `cargo x setup` installs it")?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(output.stdout)
}

/// A module with everything that it imports in one minified module.
pub fn module(script: &Path) -> Result<Vec<u8>> {
    output_of(esbuild().args(["--bundle", "--format=esm"]).arg(script))
}

/// A classic script for the app's own page, minified.
pub fn script(script: &Path) -> Result<Vec<u8>> {
    output_of(esbuild().arg(script))
}

/// What esbuild printed.
fn output_of(esbuild: &mut Command) -> Result<Vec<u8>> {
    let output = esbuild.output().context("cannot start esbuild: `cargo x setup` installs it")?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(output.stdout)
}

/// Takes comments and indentation out of the page, but for marks such as `<!--app-->`. Only fit for this project's own page, which has no `<pre>`.
pub fn page(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::new();
    while let Some((before, after)) = rest.split_once("<!--") {
        kept.push_str(before);
        let (comment, after) = after.split_once("-->").unwrap_or((after, ""));
        if !comment.contains(char::is_whitespace) {
            kept.extend(["<!--", comment, "-->"]);
        }
        rest = after;
    }
    kept.push_str(rest);
    kept.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_page_loses_comments_and_indentation_only() {
        assert_eq!(super::page("<p>\n  一 <!-- two\n lines --> 二<!--x-->\n\n</p>\n"), "<p>\n一  二<!--x-->\n</p>");
    }
}
