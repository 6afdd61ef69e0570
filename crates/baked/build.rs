//! Bakes every notice under policies/ into one text and an index of it.
//!
//! A notice that does not read must never ship, so a build for the browser stops at it, with the diagnostics as the
//! reason. A native build goes on without that notice and keeps the diagnostics: it contains `canbao check`, the very
//! tool to mend the notice with, and a test of this crate fails for as long as one is broken.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use canbao_engine::Program;
use canbao_engine::bake::bake;
use canbao_policy::author;
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
            Ok((notice, program)) => notices.push((notice, program, file)),
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
    notices.sort_by_key(|(n, ..)| (n.notice.place.code.clone(), std::cmp::Reverse(n.notice.year)));
    if let Some(twice) = notices.windows(2).find(|pair| pair[0].0.id() == pair[1].0.id()) {
        return Err(format!("two files under policies/ are both the notice {}", twice[0].0.id()));
    }
    write(notices, &broken)
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

fn read(file: &Path) -> Result<(Notice, Program), String> {
    let text = fs::read_to_string(file).map_err(|e| format!("{}: {e}", shown(file)))?;
    let read = author::read(&text, &shown(file));
    let sound = read.is_sound();
    let notice = match read.notice {
        Some(notice) if sound => notice,
        _ => return Err(read.diagnostics.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")),
    };
    let program = Program::new(notice.clone()).map_err(|faults| {
        let lines = faults.iter().map(|fault| format!("{}: {}: {}", shown(file), fault.rule, fault.message));
        lines.collect::<Vec<_>>().join("\n")
    })?;
    Ok((notice, program))
}

fn write(notices: Vec<(Notice, Program, PathBuf)>, broken: &[(String, String)]) -> Result<(), String> {
    let mut all = String::new();
    let mut index = String::from("static ENTRIES: &[Entry] = &[\n");
    let mut files = String::from("&[\n");
    for (notice, program, file) in notices {
        let start = all.len();
        all.push_str(&bake(program));
        let file = file.canonicalize().map_err(|e| e.to_string())?;
        let _ = writeln!(files, "    include_str!({file:?}),");
        let head = &notice.notice;
        let _ = writeln!(
            index,
            "    Entry {{ id: {:?}, code: {:?}, name: {:?}, pinyin: {:?}, province: {:?}, city: {:?}, year: {}, \
             title: {:?}, issued: {:?}, issuer: {:?}, warnings: {}, start: {start}, end: {} }},",
            notice.id(),
            head.place.code,
            head.place.name,
            head.place.pinyin,
            head.place.province,
            head.place.city,
            head.year,
            head.title,
            head.issued.map(|day| day.to_string()),
            head.issuer,
            head.warnings.len(),
            all.len(),
        );
    }
    index.push_str("];\n");
    let _ = writeln!(index, "static BROKEN: &[(&str, &str)] = &{broken:?};");

    let out = PathBuf::from(env::var("OUT_DIR").map_err(|e| e.to_string())?);
    files.push_str("]\n");
    fs::write(out.join("files.rs"), files).map_err(|e| e.to_string())?;
    fs::write(out.join("notices.txt"), all).map_err(|e| e.to_string())?;
    fs::write(out.join("index.rs"), index).map_err(|e| e.to_string())
}
