//! Bakes every notice under policies/ into one blob and an index of it.
//!
//! A notice that does not read must never ship, so a build for the browser stops at it, with the diagnostics as the
//! reason. A native build goes on without that notice and keeps the diagnostics: it contains `canbao check`, the very
//! tool to mend the notice with, and a test of this crate fails for as long as one is broken.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use canbao_policy::author;
use canbao_policy::bake::bake;
use canbao_policy::model::Notice;

fn main() {
    if let Err(message) = run() {
        for line in message.lines() {
            println!("cargo::error={line}");
        }
    }
}

fn run() -> Result<(), String> {
    let here = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(|e| e.to_string())?);
    let folder = here.join("../../policies");
    println!("cargo::rerun-if-changed={}", folder.display());
    println!("cargo::rerun-if-changed=build.rs");

    let mut notices = Vec::new();
    let mut broken = Vec::new();
    for file in notice_files(&folder).map_err(|e| format!("{}: {e}", folder.display()))? {
        match read(&file) {
            Ok(notice) => notices.push(notice),
            Err(diagnostics) => broken.push((shown(&file), diagnostics)),
        }
    }
    if !broken.is_empty() && env::var("CARGO_CFG_TARGET_FAMILY").is_ok_and(|f| f == "wasm") {
        let all: Vec<&str> = broken.iter().map(|(_, text)| text.as_str()).collect();
        return Err(all.join("\n"));
    }
    for (file, _) in &broken {
        println!("cargo::warning={file} does not read and is left out; `cargo canbao check` says why");
    }
    notices.sort_by(|a, b| {
        let key = |n: &Notice| (n.notice.place.code.clone(), std::cmp::Reverse(n.notice.year));
        key(a).cmp(&key(b))
    });
    if let Some(twice) = notices.windows(2).find(|pair| pair[0].id() == pair[1].id()) {
        return Err(format!("two files under policies/ are both the notice {}", twice[0].id()));
    }
    write(&notices, &broken)
}

/// `policies/<code>-<pinyin>/<year>.toml`, without the golden cases beside them.
fn notice_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for place in fs::read_dir(folder)? {
        let place = place?.path();
        if !place.is_dir() {
            continue;
        }
        for file in fs::read_dir(place)? {
            let file = file?.path();
            let name = file.file_name().and_then(|n| n.to_str()).unwrap_or_default();
            if name.ends_with(".toml") && !name.ends_with(".cases.toml") {
                files.push(file);
            }
        }
    }
    files.sort();
    Ok(files)
}

fn shown(file: &Path) -> String {
    let parts: Vec<_> = file.components().rev().take(2).collect();
    let mut text = String::from("policies");
    for part in parts.iter().rev() {
        let _ = write!(text, "/{}", part.as_os_str().to_string_lossy());
    }
    text
}

fn read(file: &Path) -> Result<Notice, String> {
    let text = fs::read_to_string(file).map_err(|e| format!("{}: {e}", shown(file)))?;
    let read = author::read(&text, &shown(file));
    let sound = read.is_sound();
    match read.notice {
        Some(notice) if sound => Ok(notice),
        _ => Err(read.diagnostics.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")),
    }
}

fn write(notices: &[Notice], broken: &[(String, String)]) -> Result<(), String> {
    let mut blob = Vec::new();
    let mut index = String::from("static ENTRIES: &[Entry] = &[\n");
    for notice in notices {
        let start = blob.len();
        blob.extend(bake(notice));
        let head = &notice.notice;
        let _ = writeln!(
            index,
            "    Entry {{ id: {:?}, code: {:?}, name: {:?}, pinyin: {:?}, province: {:?}, city: {:?}, year: {}, \
             title: {:?}, issued: {:?}, start: {start}, end: {} }},",
            notice.id(),
            head.place.code,
            head.place.name,
            head.place.pinyin,
            head.place.province,
            head.place.city,
            head.year,
            head.title,
            head.issued.map(|day| day.to_string()),
            blob.len(),
        );
    }
    index.push_str("];\n");
    let _ = writeln!(index, "static BROKEN: &[(&str, &str)] = &{broken:?};");

    let out = PathBuf::from(env::var("OUT_DIR").map_err(|e| e.to_string())?);
    fs::write(out.join("notices.bin"), blob).map_err(|e| e.to_string())?;
    fs::write(out.join("index.rs"), index).map_err(|e| e.to_string())
}
