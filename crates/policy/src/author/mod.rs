//! Reading notices from TOML, for authors.
//!
//! Authors are policy staff, no programmers. So the reader finds all mistakes of a file in one go, says where each is and
//! what to do, in plain Chinese ([`text`]). It works in three steps:
//!
//! 1. The TOML parser, recovering from its own errors ([`mend`]).
//! 2. One generic walk of the document along the JSON Schema of the model ([`shape`]).
//! 3. Checks of what the values mean: names, dates, money, conditions, rules. Each looks up what it needs in the
//!    walked document, as the model's own types; a table with a mistake in it is left out, the others are still checked.
//!
//! What no look at the file alone can find (a rule that never applies, conflicts, gaps, sums) is proved by
//! `canbao-engine`, and shown at the place of the rule through [`Locator`].

mod check;
mod conditions;
mod dates;
mod diagnostic;
mod locate;
mod mend;
mod money;
mod names;
mod near;
mod rules;
mod schema;
mod shape;
mod source;
mod text;

pub use diagnostic::{Diagnostic, Severity};
pub use locate::Locator;
pub use schema::{schema, schema_text};

use crate::model::Notice;
use check::Check;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use shape::Doc;
use source::Source;
use toml::de::DeTable;

/// What was read from one notice file.
#[derive(Clone, Debug)]
pub struct Read {
    /// The notice, if the file has the shape of one. It may still have errors: see [`Read::is_sound`].
    pub notice: Option<Notice>,
    /// All mistakes found, in the order of the file.
    pub diagnostics: Vec<Diagnostic>,
    /// Where rules and readings are in the file, for findings about them made elsewhere.
    pub locator: Locator,
}

impl Read {
    /// Whether there is a notice without errors; warnings are allowed.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.notice.is_some() && self.diagnostics.iter().all(|found| found.severity != Severity::Error)
    }
}

/// Reads one notice and finds everything that is wrong with it. `file_name` is only shown.
///
/// ```
/// let read = canbao_policy::author::read("[[wya]]", "2026.toml");
/// assert!(read.notice.is_none());
/// assert_eq!(read.diagnostics.len(), 2, "an unknown table, and no `[notice]`");
/// ```
#[must_use]
pub fn read(text: &str, file_name: &str) -> Read {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let source = Source::new(text, file_name);
    let mended = mend::mend(text);
    let (document, broken) = DeTable::parse_recoverable(&mended.text);
    let whole = broken.is_empty() && mended.open.is_empty();
    let doc = Doc::of(&document);
    let mut check = Check::new(&doc, &source);
    check.toml(&broken, mended.open);
    check.shape(whole);
    if whole {
        let shaped = check.is_sound();
        names::check(&mut check, shaped);
        dates::check(&mut check);
        conditions::check(&mut check);
        rules::check(&mut check);
        money::check(&mut check);
    }
    let mut notice = None;
    if whole && doc.mistakes.is_empty() && doc.missing.is_empty() {
        match Notice::deserialize(document.clone().into_deserializer()) {
            Ok(read) => notice = Some(read),
            Err(error) => check.error(error.span().unwrap_or(0..0), text::unreadable(error.message())),
        }
    }
    Read { notice, diagnostics: check.finish(), locator: Locator::new(&doc, source.clone()) }
}
