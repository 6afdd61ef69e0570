//! A file's text with its lines: diagnostics speak of lines and columns, the parser of byte offsets.

use std::ops::Range;
use std::rc::Rc;

/// A notice file's text and name.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    pub(crate) file: Rc<str>,
    pub(crate) text: Rc<str>,
    /// Byte offsets at which lines start.
    starts: Rc<[usize]>,
}

/// A place in the file, with the line it is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// From 1.
    pub(crate) line: usize,
    /// In characters, from 1.
    pub(crate) column: usize,
    /// Bytes of the file.
    pub(crate) span: Range<usize>,
    /// The line's text up to the place, the place, and what follows.
    pub(crate) text: [String; 3],
}

impl Source {
    pub(crate) fn new(text: &str, file: &str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { file: file.into(), text: text.into(), starts }
    }

    /// The place of these bytes; cut to the line they start on, moved to character boundaries where they are off.
    pub(crate) fn place(&self, span: Range<usize>) -> Place {
        let start = self.boundary(span.start);
        let line = self.starts.partition_point(|&at| at <= start).max(1);
        let line_start = self.starts.get(line - 1).copied().unwrap_or(0);
        let rest = self.text.get(line_start..).unwrap_or("");
        let line_text = rest.split('\n').next().unwrap_or("").trim_end_matches('\r');
        let line_end = line_start + line_text.len();
        let start = start.min(line_end);
        let end = self.boundary(span.end).clamp(start, line_end);
        let part = |range: Range<usize>| self.text.get(range).unwrap_or("").to_owned();
        let text = [part(line_start..start), part(start..end), part(end..line_end)];
        Place { line, column: text[0].chars().count() + 1, span: start..end, text }
    }

    /// The bytes of `needle` within `span`, or the whole span.
    pub(crate) fn within(&self, span: &Range<usize>, needle: &str) -> Range<usize> {
        match self.text.get(span.clone()).and_then(|text| text.find(needle)) {
            Some(at) => span.start + at..span.start + at + needle.len(),
            None => span.clone(),
        }
    }

    fn boundary(&self, at: usize) -> usize {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}
