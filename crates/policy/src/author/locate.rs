//! Where things are in the file, for findings about them that are made elsewhere: the engine proves that rules conflict,
//! leave a gap or never apply, and knows their names only.

use super::check::RULES;
use super::diagnostic::{Diagnostic, Severity};
use super::shape::Doc;
use super::source::Source;
use super::text::Say;
use std::collections::BTreeMap;
use std::ops::Range;

/// Finds rules and readings of a file by name.
#[derive(Clone, Debug)]
pub struct Locator {
    source: Source,
    rules: BTreeMap<String, Range<usize>>,
    readings: BTreeMap<String, Range<usize>>,
    head: Range<usize>,
}

impl Locator {
    pub(crate) fn new(doc: &Doc<'_>, source: Source) -> Self {
        let collect = |kinds: &[&str]| {
            let mut places = BTreeMap::new();
            for at in kinds.iter().flat_map(|kind| doc.of_kind(kind)) {
                if let Some((id_at, id)) = doc.text(at, "id") {
                    places.entry(id.to_owned()).or_insert_with(|| doc.here(id_at));
                }
            }
            places
        };
        let head = doc.of_kind("Identity").next().map_or(0..0, |at| doc.here(at));
        Self { rules: collect(&RULES), readings: collect(&["Reading"]), head, source }
    }

    /// The place of a rule's name, as bytes of the file.
    ///
    /// ```
    /// let read = canbao_policy::author::read("[[way]]\nid = \"newborn\"\n", "2026.toml");
    /// assert_eq!(read.locator.rule("newborn"), Some(13..22));
    /// assert_eq!(read.locator.rule("late"), None);
    /// ```
    #[must_use]
    pub fn rule(&self, id: &str) -> Option<Range<usize>> {
        self.rules.get(id).cloned()
    }

    /// The place of a reading's name, as bytes of the file.
    #[must_use]
    pub fn reading(&self, id: &str) -> Option<Range<usize>> {
        self.readings.get(id).cloned()
    }

    /// A finding about some rules or readings: shown at the first that the file has, the others beside it; about none, at the
    /// notice's heading.
    ///
    /// ```
    /// use canbao_policy::author::{Severity, read};
    /// let read = read("[[way]]\nid = \"newborn\"\n", "2026.toml");
    /// let found = read.locator.finding(Severity::Error, &["newborn"], "永远不会适用", "放宽 `when`。");
    /// assert_eq!((found.line, found.column), (2, 6));
    /// ```
    #[must_use]
    pub fn finding(&self, severity: Severity, names: &[&str], what: &str, hint: &str) -> Diagnostic {
        let mut places = names.iter().filter_map(|name| self.rule(name).or_else(|| self.reading(name)));
        let say = Say { what: what.to_owned(), hint: hint.to_owned() };
        let first = places.next().unwrap_or_else(|| self.head.clone());
        let found = Diagnostic::new(&self.source, severity, first, say);
        places.fold(found, |found, place| found.also(&self.source, place, String::new()))
    }
}
