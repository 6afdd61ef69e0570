//! Where the notices come from.
//!
//! In a checkout the files under `policies/` count, so that an author sees what is on the page and not what was built
//! yesterday. Anywhere else the program has the notices of its build inside. Either way a notice is read when the
//! first request asks for it.

use crate::text;
use canbao_engine::program::Fault;
use canbao_engine::{Program, RequestError};
use canbao_policy::author::{self, Locator, Read, Severity};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// A file of a notice, by its place under the folder of notices: `<code>-<pinyin>/<year>.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeFile {
    /// The id that its path stands for.
    pub id: String,
    /// Its path.
    pub path: PathBuf,
}

/// The file of golden cases that belongs to a notice's file.
#[must_use]
pub fn cases_beside(notice: &Path) -> PathBuf {
    notice.with_extension("cases.toml")
}

/// The notice's file that a file of golden cases belongs to, if it is named like one.
#[must_use]
pub fn notice_beside(cases: &Path) -> Option<PathBuf> {
    let name = cases.file_name()?.to_str()?.strip_suffix(".cases.toml")?;
    Some(cases.with_file_name(format!("{name}.toml")))
}

/// Whether a file is one of golden cases, by its name.
#[must_use]
pub fn is_cases(path: &Path) -> bool {
    notice_beside(path).is_some()
}

/// Where notices are looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A folder of files.
    Folder(PathBuf),
    /// What was put into this program when it was built.
    Baked,
}

impl Source {
    /// The folder given, or `policies/` here or further up, or what is built in.
    #[must_use]
    pub fn find(given: Option<&Path>) -> Self {
        if let Some(folder) = given {
            return Self::Folder(folder.to_owned());
        }
        let Ok(here) = std::env::current_dir() else {
            return Self::Baked;
        };
        let folder = here
            .ancestors()
            .map(|folder| folder.join("policies"))
            // A folder of that name may be somebody else's.
            .find(|folder| files(folder).is_ok_and(|files| !files.is_empty()));
        folder.map_or(Self::Baked, |folder| Self::Folder(relative(&here, folder)))
    }

    /// The files there are; none for what is built in.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn files(&self) -> io::Result<Vec<NoticeFile>> {
        match self {
            Self::Folder(folder) => files(folder),
            Self::Baked => Ok(Vec::new()),
        }
    }
}

/// A path as people write it, from the folder they are in.
fn relative(here: &Path, path: PathBuf) -> PathBuf {
    path.strip_prefix(here).map(Path::to_owned).unwrap_or(path)
}

/// The notices of a folder, by id.
///
/// # Errors
/// When the folder cannot be read.
pub fn files(folder: &Path) -> io::Result<Vec<NoticeFile>> {
    let mut found = Vec::new();
    for place in fs::read_dir(folder)? {
        let place = place?.path();
        if place.is_dir() {
            for file in fs::read_dir(&place)? {
                let path = file?.path();
                if let Some(id) = id_of(&path) {
                    found.push(NoticeFile { id, path });
                }
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

/// The id that a path stands for: `141123-xingxian/2026.toml` is `141123-2026`.
pub(crate) fn id_of(path: &Path) -> Option<String> {
    let year: u16 = path.file_name()?.to_str()?.strip_suffix(".toml")?.parse().ok()?;
    let (code, _) = path.parent()?.file_name()?.to_str()?.split_once('-')?;
    (code.len() == 6).then(|| format!("{code}-{year}"))
}

/// Reads a notice's file, with all that its author has to know.
///
/// # Errors
/// When there is no such file, or it is no text; ready to print.
pub fn read(path: &Path) -> Result<Read, String> {
    let content = fs::read_to_string(path).map_err(|error| text::cannot_read(path, &error))?;
    Ok(author::read(&content, &path.display().to_string()))
}

/// Makes the notice of a file ready for evaluation.
///
/// # Errors
/// With everything that is wrong with it, ready to print.
pub fn program(path: &Path) -> Result<Program, String> {
    let read = read(path)?;
    let sound = read.is_sound();
    match read.notice {
        Some(notice) if sound => Program::new(notice).map_err(|faults| shown(&read.locator, &faults)),
        _ => Err(join(read.diagnostics.iter().filter(|found| found.severity == Severity::Error))),
    }
}

/// The faults of a notice as its author reads them.
pub(crate) fn shown(locator: &Locator, faults: &[Fault]) -> String {
    let found = faults.iter().map(|fault| {
        locator.finding(Severity::Error, &[&fault.rule], &text::fault(&fault.rule, &fault.message), text::FAULT_HELP)
    });
    join(found)
}

fn join(lines: impl Iterator<Item = impl ToString>) -> String {
    lines.map(|line| line.to_string()).collect::<Vec<_>>().join("\n")
}

enum Slot {
    File(PathBuf),
    Baked,
    Ready(Box<Program>),
    Bad(RequestError),
}

/// The notices by id, each made ready when it is first asked for.
pub struct Library {
    slots: HashMap<String, Slot>,
}

impl Library {
    /// All notices of a source. None of them is read yet.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn open(source: &Source) -> io::Result<Self> {
        let slots = match source {
            Source::Folder(_) => source.files()?.into_iter().map(|file| (file.id, Slot::File(file.path))).collect(),
            Source::Baked => canbao_baked::index().iter().map(|entry| (entry.id.to_owned(), Slot::Baked)).collect(),
        };
        Ok(Self { slots })
    }

    /// Adds the notice of a file, wherever it lies.
    ///
    /// # Errors
    /// With everything that is wrong with it, ready to print.
    pub fn add(&mut self, path: &Path) -> Result<(), String> {
        let program = program(path)?;
        self.slots.insert(program.id().to_owned(), Slot::Ready(Box::new(program)));
        Ok(())
    }

    /// The ids there are, sorted.
    #[must_use]
    pub fn ids(&self) -> Vec<&str> {
        let mut ids: Vec<&str> = self.slots.keys().map(String::as_str).collect();
        ids.sort_unstable();
        ids
    }

    /// The notice with this id, made ready.
    ///
    /// # Errors
    /// When there is none (`unknown_notice`), or its file is faulty (`bad_notice`).
    pub fn program(&mut self, id: &str) -> Result<&Program, RequestError> {
        let Some(slot) = self.slots.get_mut(id) else {
            return Err(RequestError::new("unknown_notice", text::unknown_notice(id), &[]));
        };
        let loaded = match slot {
            Slot::File(path) => {
                let program = program(path).and_then(|program| {
                    let path_is_right = program.id() == id;
                    if path_is_right { Ok(program) } else { Err(text::wrong_path(path, program.id())) }
                });
                Some(program)
            }
            Slot::Baked => Some(canbao_baked::program(id).map_err(|error| error.to_string())),
            Slot::Ready(_) | Slot::Bad(_) => None,
        };
        if let Some(loaded) = loaded {
            *slot = match loaded {
                Ok(program) => Slot::Ready(Box::new(program)),
                Err(message) => Slot::Bad(RequestError::new("bad_notice", text::bad_notice(id, &message), &[])),
            };
        }
        match slot {
            Slot::Ready(program) => Ok(program),
            Slot::Bad(error) => Err(error.clone()),
            Slot::File(_) | Slot::Baked => Err(RequestError::new("bad_notice", text::bad_notice(id, ""), &[])),
        }
    }

    /// The notice with this id, made ready, to keep.
    ///
    /// # Errors
    /// As [`Self::program`].
    pub fn take(mut self, id: &str) -> Result<Program, RequestError> {
        self.program(id)?;
        match self.slots.remove(id) {
            Some(Slot::Ready(program)) => Ok(*program),
            _ => Err(RequestError::new("bad_notice", text::bad_notice(id, ""), &[])),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stands_for_an_id() {
        let id = |path: &str| id_of(Path::new(path));
        assert_eq!(id("policies/123456-somewhere/2030.toml").as_deref(), Some("123456-2030"));
        assert_eq!(id("policies/12xxxx-some-where/2030.toml").as_deref(), Some("12xxxx-2030"));
        assert_eq!(id("policies/123456-somewhere/2030.cases.toml"), None);
        assert_eq!(id("policies/somewhere/2030.toml"), None);
    }

    #[test]
    fn cases_lie_beside_their_notice() {
        let notice = Path::new("a/2030.toml");
        assert_eq!(notice_beside(&cases_beside(notice)).as_deref(), Some(notice));
        assert!(!is_cases(notice));
    }
}
