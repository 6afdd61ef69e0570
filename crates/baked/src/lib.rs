//! Every notice in `policies/`, inside the program.
//!
//! The app, the JavaScript API and the command line all carry the notices and read no file at run time. They are baked
//! here once, at build time, into one text with a small index: choosing a place needs the index only, and a notice is
//! decoded when it is asked for.

use canbao_engine::Program;
use canbao_engine::bake::{BakeError, unbake};
use std::fmt;

include!(concat!(env!("OUT_DIR"), "/index.rs"));

static ALL: &str = include_str!(concat!(env!("OUT_DIR"), "/notices.txt"));

/// A notice in the index: enough to choose it by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The public id: `<code>-<coverage year>`.
    pub id: &'static str,
    /// The place's six characters of GB/T 2260; `x` where unknown.
    pub code: &'static str,
    /// The place's name.
    pub name: &'static str,
    /// Its pinyin without tones, syllables apart.
    pub pinyin: &'static str,
    /// Its province.
    pub province: &'static str,
    /// Its city (地级市), where known.
    pub city: Option<&'static str>,
    /// The coverage year.
    pub year: i32,
    /// The notice's title.
    pub title: &'static str,
    /// Its date of issue, `YYYY-MM-DD`, where known.
    pub issued: Option<&'static str>,
    /// Who issued it, where known.
    pub issuer: Option<&'static str>,
    /// How many things are wrong with the copy.
    pub warnings: usize,
    start: usize,
    end: usize,
}

/// Why a notice could not be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoadError {
    /// There is none with this id.
    Unknown,
    /// Its text is damaged.
    Damaged(BakeError),
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => f.write_str("there is no notice with this id"),
            Self::Damaged(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for LoadError {}

/// The notices there are, by place code, the newest year of a place first.
///
/// ```
/// for entry in canbao_baked::index() {
///     assert!(canbao_baked::program(entry.id).is_ok());
/// }
/// ```
#[must_use]
pub fn index() -> &'static [Entry] {
    ENTRIES
}

/// The notices that were left out because they do not read: file and diagnostics. Always empty in a browser, where
/// the build stops at them.
#[must_use]
pub fn broken() -> &'static [(&'static str, &'static str)] {
    BROKEN
}

/// A program as [`canbao_engine::bake`] made it.
#[must_use]
pub fn text(entry: &Entry) -> &'static str {
    ALL.get(entry.start..entry.end).unwrap_or_default()
}

/// The notice with this id, ready for evaluation. It is decoded now.
///
/// # Errors
/// When there is none, or its text is damaged.
pub fn program(id: &str) -> Result<Program, LoadError> {
    let entry = index().iter().find(|entry| entry.id == id).ok_or(LoadError::Unknown)?;
    unbake(text(entry)).map_err(LoadError::Damaged)
}

/// The notice with this id as its file has it, with every condition. Not in a browser, which has no reader of files.
///
/// # Errors
/// When there is none.
#[cfg(not(target_arch = "wasm32"))]
pub fn notice(id: &str) -> Result<canbao_policy::model::Notice, LoadError> {
    let files: &[&str] = include!(concat!(env!("OUT_DIR"), "/files.rs"));
    let at = index().iter().position(|entry| entry.id == id).ok_or(LoadError::Unknown)?;
    canbao_policy::author::read(files[at], id).notice.ok_or(LoadError::Unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_notice_reads() {
        let messages: Vec<&str> = broken().iter().map(|(_, text)| *text).collect();
        assert!(messages.is_empty(), "{}", messages.join("\n"));
    }

    /// Cut off, or one character another: an error or another program, and no panic.
    #[test]
    fn damaged_text_is_refused_in_peace() {
        for entry in index() {
            let text = super::text(entry);
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            for &at in places.iter().step_by(7) {
                assert!(unbake(&text[..at]).is_err(), "{} cut at {at}", entry.id);
            }
            for (&at, other) in places.iter().step_by(5).zip("=>A]|az<~医".chars().cycle()) {
                let rest = text[at..].chars().as_str();
                let rest = &rest[rest.chars().next().map_or(0, char::len_utf8)..];
                let _ = unbake(&[&text[..at], &other.to_string(), rest].concat());
            }
        }
    }

    /// What evaluation and the pages look at survives the packed form: baked again, it is the same text.
    #[test]
    fn baking_loses_nothing() {
        for (at, entry) in index().iter().enumerate() {
            let program = program(entry.id).expect("decodes");
            let text = canbao_engine::bake::bake(program);
            assert!(super::text(entry) == text, "{}", entry.id);
            let fresh = Program::new(notice(entry.id).expect("reads")).expect("sound");
            assert!(canbao_engine::bake::bake(fresh) == text, "{} ({at})", entry.id);
        }
    }

    #[test]
    fn the_index_says_what_the_notices_say() {
        for entry in index() {
            let notice = notice(entry.id).expect("decodes");
            assert_eq!(notice.id(), entry.id);
            assert_eq!(notice.notice.title, entry.title);
            assert_eq!(notice.notice.place.name, entry.name);
        }
    }

    #[test]
    fn an_unknown_id_is_an_error() {
        assert_eq!(notice("000000-1999"), Err(LoadError::Unknown));
    }
}
