//! The single-file edition: the app with a county's newest notice, or with all of them, in one HTML file that opens
//! from a folder or a chat attachment, with no host and no network. docs/adr/0014 has the reasons.

use std::fmt::Write as _;
use std::io::Write as _;

use anyhow::{Context, Result, ensure};
use canbao_app::pages::file::{self, File};
use serde_json::json;

use crate::bundle::Files;
use crate::inline::{self, base64, hash};
use crate::{build, minify, paths, site};

/// The name of the file with every county.
pub const ALL: &str = "canbao.html";

/// What such a file may do: run what stands in it, and talk to nobody.
const POLICY: &str = "default-src 'none'; img-src data: blob:; base-uri 'none'; form-action 'none'";

/// Hides what shares an address: a file has none that anybody else could open.
const NO_ADDRESS: &str = "[data-step=\"do share\"]{display:none}";

/// Hides what leads out of a file about one county.
const ALONE: &str =
    "[data-testid=to-counties]{display:none}.sources a{pointer-events:none;color:inherit;text-decoration:none}";

/// The program as these files carry it: one module, and the script that starts it as a classic one.
pub struct Program {
    /// The module.
    pub wasm: Vec<u8>,
    /// The script.
    pub script: String,
}

/// The name of the file about one place.
pub fn name(code: &str) -> String {
    format!("canbao-{code}.html")
}

/// All of these files.
///
/// # Errors
/// When the page has changed in a way that is not known here.
pub fn files(program: &Program) -> Result<Files> {
    let asset = |name: &str| Ok::<_, anyhow::Error>(std::fs::read_to_string(paths::root().join(name))?);
    let loaders = [asset("assets/single.js")?, asset("assets/boot.js")?].concat();
    let script = [&*program.script, "\n", &minify::code("single.js", &loaders)?].concat();
    let style = minify::code("main.css", &build::style()?)?;
    let template = minify::page(&build::template()?);
    let put = |file: &File, words: &str, more: &str, parts: &[(String, &[u8])]| {
        whole(&template, file, words, &[&style, NO_ADDRESS, more].concat(), &script, parts)
    };

    let mut all = vec![(String::new(), &*program.wasm)];
    let mut files = Files::new();
    let mut newest = "";
    for entry in canbao_baked::index() {
        let part = (format!("{}/{}/", entry.code, entry.year), canbao_baked::text(entry).as_bytes());
        // A place's newest year comes first.
        if entry.code != newest {
            let notice = Box::leak(Box::new(canbao_baked::program(entry.id)?));
            let page = put(&file::notice(notice, ""), &file::single(notice), ALONE, &[all[0].clone(), part.clone()])?;
            files.insert(name(entry.code), page);
        }
        newest = entry.code;
        all.push(part);
    }
    files.insert(ALL.to_owned(), put(&file::counties(), file::SINGLE_ALL, "", &all)?);
    Ok(files)
}

/// One file: the page with everything in it.
fn whole(
    template: &str,
    file: &File,
    words: &str,
    style: &str,
    script: &str,
    parts: &[(String, &[u8])],
) -> Result<Vec<u8>> {
    for mark in ["</script", "<!--"] {
        ensure!(!script.contains(mark), "a script in a page may not contain {mark}");
    }
    let mut page = template.to_owned();
    let mut put = |mark: &str, text: &str| {
        ensure!(page.matches(mark).count() == 1, "index.html needs one {mark}");
        page = page.replace(mark, text);
        Ok(())
    };
    put(build::STYLE, &format!("<style>{style}</style>"))?;
    put(build::PROGRAM, "")?;
    put(build::LATE_STYLE, "")?;
    put(build::BOOT, "")?;
    put(build::SCRIPT, "")?;
    let policy = format!("{POLICY}; style-src {}; script-src {} 'unsafe-eval'", hash(style), hash(script));
    let title = "<title>参保</title>";
    put(title, &[&inline::policy(&policy), title].concat())?;
    put("<div id=\"app\">", &format!("<p id=\"offline\" data-testid=\"offline\">{words}</p><div id=\"app\">"))?;

    let page = String::from_utf8(site::filled(&page, "", None, file)?)?;
    let mut bytes = Vec::new();
    for (_, part) in parts {
        bytes.extend_from_slice(part);
    }
    let sizes = json!(parts.iter().map(|(name, part)| json!([name, part.len()])).collect::<Vec<_>>());
    let mut end = String::new();
    write!(
        end,
        "<script type=\"text/plain\" id=\"packed\" data-parts='{sizes}'>{}</script><script>{script}</script></body>",
        base64(&deflated(&bytes)?)
    )?;
    let (before, after) = page.rsplit_once("</body>").context("index.html has no end")?;
    Ok([before, &end, after].concat().into_bytes())
}

fn deflated(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}
