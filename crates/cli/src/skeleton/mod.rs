//! Starting a notice: a file with everything a notice usually has, each thing explained, and the places to fill in.
//!
//! The places to fill in read `【填：…】`. A file that still has one is not finished, and `check` says where.

use crate::source::cases_beside;
use crate::text;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

const NOTICE: &str = include_str!("notice.toml");
const CASES: &str = include_str!("cases.toml");
const OPEN: &str = "【填";

/// The notice's file, with the code, the pinyin and the years written in.
#[must_use]
pub fn notice(code: &str, year: u16, pinyin: &str) -> String {
    fill(NOTICE, code, year, pinyin)
}

/// The file of its golden cases.
#[must_use]
pub fn cases(code: &str, year: u16) -> String {
    fill(CASES, code, year, "")
}

fn fill(template: &str, code: &str, year: u16, pinyin: &str) -> String {
    template
        .replace("{code}", code)
        .replace("{year}", &year.to_string())
        .replace("{last}", &(year - 1).to_string())
        .replace("{pinyin}", &pinyin.replace('-', " "))
}

/// Writes both files into a folder of notices, and never over anything.
///
/// # Errors
/// With what is in the way, ready to print.
pub fn write(folder: &Path, code: &str, year: u16, pinyin: Option<&str>) -> Result<(PathBuf, PathBuf), String> {
    let known = place(folder, code);
    let place = match (known, pinyin) {
        (Some(known), _) => known,
        (None, Some(pinyin)) => folder.join(format!("{code}-{pinyin}")),
        (None, None) => return Err(text::PINYIN_NEEDED.to_owned()),
    };
    let name = place.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
    let pinyin = name.split_once('-').map_or("", |(_, pinyin)| pinyin);
    let file = place.join(format!("{year}.toml"));
    let beside = cases_beside(&file);
    if let Some(there) = [&file, &beside].into_iter().find(|path| path.exists()) {
        return Err(text::exists(there));
    }
    fs::create_dir_all(&place).map_err(|error| text::cannot_write(&place, &error))?;
    for (path, content) in [(&file, notice(code, year, pinyin)), (&beside, cases(code, year))] {
        let written = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(path)
            .and_then(|mut file| file.write_all(content.as_bytes()));
        written.map_err(|error| text::cannot_write(path, &error))?;
    }
    Ok((file, beside))
}

/// The folder of a place that has a notice already.
fn place(folder: &Path, code: &str) -> Option<PathBuf> {
    let start = format!("{code}-");
    let entries = fs::read_dir(folder).ok()?.filter_map(Result::ok).map(|entry| entry.path());
    let mut found: Vec<PathBuf> = entries
        .filter(|path| path.is_dir() && path.file_name().is_some_and(|n| n.to_string_lossy().starts_with(&start)))
        .collect();
    found.sort();
    found.into_iter().next()
}

/// The places of a file that are not filled in yet: the line, and what to print. Comments may speak of them.
#[must_use]
pub fn unfilled(path: &Path) -> Vec<(usize, String)> {
    let content = fs::read_to_string(path).unwrap_or_default();
    let lines = content.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with('#'));
    let places = lines.filter_map(|(at, line)| {
        let start = line.find(OPEN)?;
        let rest = line.get(start..)?;
        let end = rest.find('】').map_or(rest.len(), |end| end + '】'.len_utf8());
        let column = line.get(..start)?.chars().count() + 1;
        Some((at + 1, text::not_filled(path, at + 1, column, rest.get(..end)?)))
    });
    places.collect()
}
