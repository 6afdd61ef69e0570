//! From what was built to what a host serves: file names that change with the content, and every file compressed once at
//! build time as hard as it goes.
//!
//! Trunk can hash names too, but it hashes the module before wasm-opt and wasm-bindgen have run, so a change of either
//! would keep the name of a file that browsers were told never to ask for again.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, anyhow};

use crate::headers::{is_compressible, named_by_content, sha256};
use crate::kept::kept;

/// File contents by their path in the bundle, with `/` between folders.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Reads a folder with everything below it.
pub fn read(folder: &Path) -> Result<Files> {
    fn visit(folder: &Path, prefix: &str, files: &mut Files) -> Result<()> {
        for entry in std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
            let entry = entry?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                visit(&entry.path(), &format!("{name}/"), files)?;
            } else {
                files.insert(name, std::fs::read(entry.path())?);
            }
        }
        Ok(())
    }
    let mut files = Files::new();
    visit(folder, "", &mut files)?;
    Ok(files)
}

/// Names every file that the page mentions by its content.
pub fn page(mut files: Files) -> Result<Files> {
    const PAGE: &str = "index.html";
    let page = files.remove(PAGE).context("index.html is missing")?;
    let mut page = String::from_utf8(page).context("index.html is not UTF-8")?;

    // Modules first: scripts mention their names, and a name has to be settled before the text around it is hashed.
    // What the page mentions, and what those scripts mention: the late part of the program is fetched by a script, and
    // so is a script that comes later, which has to be named before the one that loads it.
    let scripts: String = files
        .iter()
        .filter(|(name, _)| name.ends_with(".js") && mentions(&page, name))
        .map(|(_, content)| String::from_utf8_lossy(content))
        .collect();
    let mut names: Vec<String> =
        files.keys().filter(|name| mentions(&page, name) || mentions(&scripts, name)).cloned().collect();
    names.sort_by_key(|name| (!name.ends_with(".wasm"), name.ends_with(".js"), mentions(&page, name)));
    let mut renamed: Vec<(String, String)> = Vec::new();
    for name in names {
        let mut content = files.remove(&name).unwrap_or_default();
        if name.ends_with(".js") || name.ends_with(".css") {
            let mut text = String::from_utf8(content).with_context(|| format!("{name} is not UTF-8"))?;
            for (old, new) in &renamed {
                text = text.replace(old, new);
            }
            content = text.into_bytes();
        }
        let new = named_by_content(&name, &content);
        page = page.replace(&format!("./{name}"), &format!("./{new}"));
        files.insert(new.clone(), content);
        renamed.push((name, new));
    }

    files.insert(PAGE.to_owned(), page.into_bytes());
    Ok(files)
}

/// Whether the page refers to a file beside it.
fn mentions(page: &str, name: &str) -> bool {
    page.match_indices(&format!("./{name}")).any(|(at, found)| {
        !page[at + found.len()..].starts_with(|next: char| next.is_alphanumeric() || matches!(next, '.' | '-' | '_'))
    })
}

/// The list of all files with the SHA-256 of each: `sha256sum -c SHA256SUMS` compares a host's copy with it.
pub const LIST: &str = "SHA256SUMS";

/// Writes the files with their compressed forms beside them and the list of all, replacing the folder in one go.
pub fn write(files: &Files, folder: &Path) -> Result<()> {
    let fresh = folder.with_extension("new");
    if fresh.exists() {
        std::fs::remove_dir_all(&fresh)?;
    }
    eprintln!("build: compressing {} files", files.len());
    let mut list = BTreeMap::new();
    for (name, content) in files.iter().filter(|(name, _)| *name != LIST) {
        let path = fresh.join(name);
        std::fs::create_dir_all(path.parent().unwrap_or(&fresh))?;
        std::fs::write(&path, content)?;
        list.insert(name.clone(), sha256(content));
        if is_compressible(name) {
            for (suffix, packed) in [("br", brotli(content)?), ("gz", gzip(content)?)] {
                if packed.len() < content.len() {
                    let name = format!("{name}.{suffix}");
                    list.insert(name.clone(), sha256(&packed));
                    std::fs::write(fresh.join(name), packed)?;
                }
            }
        }
    }
    let list: String = list.iter().map(|(name, sum)| format!("{sum}  {name}\n")).collect();
    std::fs::write(fresh.join(LIST), list)?;
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    std::fs::rename(&fresh, folder)?;
    Ok(())
}

/// Brotli at its highest quality, in the mode that comes out shorter: that for fonts writes distances in another way, which
/// suits WebAssembly.
pub fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    use brotli::enc::backward_references::BrotliEncoderMode::{BROTLI_MODE_FONT, BROTLI_MODE_GENERIC};
    let pack = |mode| -> Result<Vec<u8>> {
        let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, mode, ..Default::default() };
        let mut packed = Vec::new();
        brotli::BrotliCompress(&mut &content[..], &mut packed, &parameters)?;
        Ok(packed)
    };
    kept(&[b"brotli", content], || {
        let (generic, font) = std::thread::scope(|both| {
            let font = both.spawn(|| pack(BROTLI_MODE_FONT));
            (pack(BROTLI_MODE_GENERIC), font.join())
        });
        let font = font.map_err(|_| anyhow!("brotli broke off"))??;
        let generic = generic?;
        Ok(if font.len() < generic.len() { font } else { generic })
    })
}

/// Gzip at its highest level, for hosts and browsers without brotli.
fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(list: &[(&str, &str)]) -> Files {
        list.iter().map(|(name, content)| ((*name).to_owned(), content.as_bytes().to_vec())).collect()
    }

    const PAGE: &str = "<title>x</title><link href=./app.js><link href=./app_bg.wasm>";

    #[test]
    fn a_changed_module_changes_the_name_of_the_script_that_loads_it() {
        let bundle = |wasm| {
            let input = files(&[("index.html", PAGE), ("app.js", "load('app_bg.wasm')"), ("app_bg.wasm", wasm)]);
            page(input).expect("a page").into_keys().collect::<Vec<_>>()
        };
        let (one, two) = (bundle("one"), bundle("two"));
        assert!(one[0].starts_with("app-") && one[1].starts_with("app_bg-"), "{one:?}");
        assert_ne!(one[0], two[0]);
        assert_ne!(one[1], two[1]);
        assert_eq!(one, bundle("one"));
    }

    #[test]
    fn a_part_that_only_a_script_mentions_is_named_by_its_content_too() {
        let script = "load('app_bg.wasm');late('./split_late.wasm')";
        let input =
            files(&[("index.html", PAGE), ("app.js", script), ("app_bg.wasm", "one"), ("split_late.wasm", "two")]);
        let bundle = page(input).expect("a page");
        let late = bundle.keys().find(|name| name.starts_with("split_late-")).expect("the part").clone();
        let script = bundle.iter().find(|(name, _)| name.ends_with(".js")).expect("the script").1;
        assert!(String::from_utf8_lossy(script).contains(&format!("'./{late}'")));
    }

    #[test]
    fn a_file_that_the_page_does_not_mention_keeps_its_name() {
        let bundle = page(files(&[("index.html", PAGE), ("app.json", "{}")])).expect("a page");
        assert!(bundle.contains_key("app.json"));
    }

    #[test]
    fn the_list_names_every_file_with_its_digest() {
        let folder = std::env::temp_dir().join(format!("canbao-list-{}", std::process::id()));
        let text = "一二三".repeat(50);
        write(&files(&[("index.html", &text), ("sdk/x.png", "abc")]), &folder).expect("files written");
        let found = read(&folder).expect("files read");
        std::fs::remove_dir_all(folder).expect("files removed");
        let list = String::from_utf8_lossy(&found[LIST]).into_owned();
        assert!(
            list.contains("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  sdk/x.png\n"),
            "{list}"
        );
        let named: Vec<&str> = list.lines().filter_map(|line| Some(line.split_once("  ")?.1)).collect();
        let all: Vec<&str> = found.keys().map(String::as_str).filter(|name| *name != LIST).collect();
        assert_eq!(named, all);
        assert!(named.contains(&"index.html.br"));
    }
}
