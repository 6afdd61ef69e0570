//! What all checks share: the document, its text, and what was found.

use super::diagnostic::{Diagnostic, Severity};
use super::shape::Doc;
use super::source::Source;
use super::text::{self, Say};
use std::collections::BTreeSet;
use std::ops::Range;

/// The model types that are rules.
pub(crate) const RULES: [&str; 7] = ["Way", "Fee", "Assist", "Benefit", "Wait", "Extra", "Register"];

/// One run of all checks.
pub(crate) struct Check<'a, 'd> {
    pub(crate) doc: &'a Doc<'d>,
    pub(crate) source: &'a Source,
    found: Vec<Diagnostic>,
}

impl<'a, 'd> Check<'a, 'd> {
    pub(crate) fn new(doc: &'a Doc<'d>, source: &'a Source) -> Self {
        Self { doc, source, found: Vec::new() }
    }

    pub(crate) fn error(&mut self, span: Range<usize>, say: Say) {
        self.found.push(Diagnostic::new(self.source, Severity::Error, span, say));
    }

    pub(crate) fn warn(&mut self, span: Range<usize>, say: Say) {
        self.found.push(Diagnostic::new(self.source, Severity::Warning, span, say));
    }

    /// With a second place that belongs to it.
    pub(crate) fn pair(
        &mut self,
        severity: Severity,
        span: Range<usize>,
        say: Say,
        other: Range<usize>,
        label: String,
    ) {
        self.found.push(Diagnostic::new(self.source, severity, span, say).also(self.source, other, label));
    }

    pub(crate) fn is_sound(&self) -> bool {
        self.found.is_empty()
    }

    /// The parser's errors, the first of each line: what follows is mostly its echo.
    pub(crate) fn toml(&mut self, broken: &[toml::de::Error], open: Vec<(Range<usize>, Say)>) {
        let mut lines = BTreeSet::new();
        for (span, say) in open {
            lines.insert(self.source.place(span.clone()).line);
            self.error(span, say);
        }
        let mut errors: Vec<_> = broken.iter().map(|error| (error.span().unwrap_or(0..0), error.message())).collect();
        errors.sort_by_key(|(span, _)| span.start);
        for (span, message) in errors {
            let place = self.source.place(span.clone());
            if lines.insert(place.line) {
                self.error(span, text::toml(message, &place.text[1], &place.text.concat()));
            }
        }
    }

    /// What the walk along the schema found. Where the TOML itself is broken, what is missing may be there after all,
    /// and what is on a broken line is not as it was meant.
    pub(crate) fn shape(&mut self, whole: bool) {
        let lines: BTreeSet<usize> = self.found.iter().map(|found| found.line).collect();
        for (span, say) in &self.doc.mistakes {
            if !lines.contains(&self.source.place(span.clone()).line) {
                self.error(span.clone(), say.clone());
            }
        }
        if whole {
            for (span, say) in &self.doc.missing {
                self.error(span.clone(), say.clone());
            }
        }
    }

    /// All that was found, in the order of the file.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        self.found.sort_by(|a, b| (a.span.start, a.severity, &a.what).cmp(&(b.span.start, b.severity, &b.what)));
        self.found.dedup();
        self.found
    }
}
