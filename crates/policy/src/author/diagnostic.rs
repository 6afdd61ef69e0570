//! What is wrong with a notice file, where, and what to do about it, as a policy author reads it.

use super::source::{Place, Source};
use super::text::Say;
use std::fmt;
use std::ops::Range;
use std::rc::Rc;
use unicode_width::UnicodeWidthStr;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The notice cannot be used.
    Error,
    /// The notice can be used; somebody should look at it.
    Warning,
}

/// One mistake in a notice file. Its text (`to_string`) shows the line with a marker under the place.
///
/// ```
/// let read = canbao_policy::author::read("[notice]\nyear = \"2026\"\n", "2026.toml");
/// let shown = read.diagnostics[0].to_string();
/// assert!(shown.starts_with("2026.toml:1:1: error: "));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The place as bytes of the file.
    pub span: Range<usize>,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub hint: String,
    file: Rc<str>,
    text: [String; 3],
    related: Vec<(Place, String)>,
}

impl Diagnostic {
    pub(crate) fn new(source: &Source, severity: Severity, span: Range<usize>, say: Say) -> Self {
        let Place { line, column, span, text } = source.place(span);
        let Say { what, hint } = say;
        Self { severity, line, column, span, what, hint, file: source.file.clone(), text, related: Vec::new() }
    }

    /// With another place that belongs to it.
    pub(crate) fn also(mut self, source: &Source, span: Range<usize>, label: String) -> Self {
        self.related.push((source.place(span), label));
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        writeln!(f, "{}:{}:{}: {severity}: {}", self.file, self.line, self.column, self.what)?;
        let last = self.related.iter().map(|(place, _)| place.line).chain([self.line]).max().unwrap_or(1);
        let gutter = last.to_string().len();
        writeln!(f, "{:gutter$} |", "")?;
        snippet(f, gutter, self.line, &self.text, "")?;
        for (place, label) in &self.related {
            snippet(f, gutter, place.line, &place.text, label)?;
        }
        for (at, line) in self.hint.lines().enumerate() {
            writeln!(f, "{}{line}", if at == 0 { "help: " } else { "      " })?;
        }
        Ok(())
    }
}

/// The line with a marker under the place. Chinese characters are two columns wide on a terminal.
fn snippet(
    f: &mut fmt::Formatter<'_>,
    gutter: usize,
    line: usize,
    [before, place, after]: &[String; 3],
    label: &str,
) -> fmt::Result {
    let flat = |text: &str| text.replace('\t', "    ");
    let (before, place, after) = (flat(before), flat(place), flat(after));
    writeln!(f, "{line:gutter$} | {before}{place}{after}")?;
    let marker = "^".repeat(place.width().max(1));
    let space = if label.is_empty() { "" } else { " " };
    writeln!(f, "{:gutter$} | {}{marker}{space}{label}", "", " ".repeat(before.width()))
}
