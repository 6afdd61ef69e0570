//! A page as a static file: readable before the program has arrived, and without it.
//!
//! The first question is in the file, made by the same function as in the browser; a tap on it is kept until the app
//! can take it. Below it stands what the notice says, without a question.

use super::{LATE, page, sheet};
use crate::app::{State, Visit};
use crate::text::{self, offline, sheet as words};
use canbao_engine::Program;
use chrono::NaiveDate;

/// What a static file is made of.
#[derive(Clone, Debug)]
pub struct File {
    /// The window's title, and the link card's.
    pub title: String,
    /// A sentence for link cards and search.
    pub description: String,
    /// The app's place: the page that it begins with.
    pub app: String,
    /// Under it: the words over what the notice says, and that itself. None where the page is about no notice.
    pub sheet: Option<(&'static str, String)>,
}

impl File {
    /// What is said while the app is on its way: that a tap was taken, that it cannot start, that scripts are off.
    pub fn waiting(&self) -> [String; 3] {
        let below = self.sheet.as_ref().map_or("", |_| words::READ_BELOW);
        [words::TAPPED.to_owned(), [words::FAILED, below].concat(), [words::NO_SCRIPT, below].concat()]
    }
}

/// The file of a notice, in a folder from which `root` leads to the one with all pages.
pub fn notice(program: &'static Program, root: &str) -> File {
    let identity = &program.notice().notice;
    // A day on which nobody knows anything yet; the app looks at today.
    let on = NaiveDate::from_ymd_opt(identity.year, 1, 1).unwrap_or_default();
    let state = State::start(Visit { program: Some(program), root, on, ..Visit::default() });
    File {
        title: words::title(&identity.place.name, identity.year),
        description: words::description(&identity.place.name, identity.year),
        app: page(&state),
        sheet: Some((words::FOLD, sheet::page(program))),
    }
}

/// The file with the choice of a county.
pub fn counties() -> File {
    counties_from("")
}

/// The same, in a folder from which `root` leads to the one with all pages.
pub fn counties_from(root: &str) -> File {
    let state = State::start(Visit { root, ..Visit::default() });
    File {
        title: text::title(text::COUNTIES_TITLE),
        description: words::DESCRIPTION.to_owned(),
        app: page(&State { late: Some(&LATE), ..state }),
        sheet: None,
    }
}

/// What a page says whose address is none, and its title.
pub const MISSING: [&str; 2] = [words::MISSING, words::MISSING_TITLE];

/// What a page says without network, with `{}` for the day on which its data was last the newest; where that day is not
/// known; where there is newer data than it has; and how it says a day.
pub const OFFLINE: [&str; 4] = [offline::OFFLINE, offline::UNKNOWN, offline::NEWER, offline::DAY];

/// What a file handed on says of itself that has one notice.
pub fn single(program: &Program) -> String {
    offline::single(program.notice().notice.issued.map(text::format::day).as_deref())
}

/// What a file handed on says of itself that has every notice.
pub const SINGLE_ALL: &str = offline::SINGLE_ALL;

/// The app's name, and what it is for, as an installed app.
pub const APP: [&str; 2] = [text::NAME, offline::INSTALLED];
