//! One missing bracket swallows the rest of a TOML file, and every later line looks wrong.
//!
//! A heading at the beginning of a line ends what was open, for a person who reads the file. So each part from heading to
//! heading is also parsed alone: one that is open at its own end has the missing bracket. It is reported once, its rest
//! is blanked out, and the other parts are read as if nothing had happened. Places stay the same throughout.

use super::text::{self, Say};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A text without brackets or quotes left open, and where they were.
pub(crate) struct Mended {
    pub(crate) text: String,
    pub(crate) open: Vec<(Range<usize>, Say)>,
}

/// Blanks out what is left open.
pub(crate) fn mend(text: &str) -> Mended {
    let mut mended = Mended { text: text.to_owned(), open: Vec::new() };
    if left_open(text).is_none() {
        return mended;
    }
    for part in parts(text) {
        let Some(source) = text.get(part.clone()) else {
            continue;
        };
        let Some(say) = left_open(source) else {
            continue;
        };
        let (document, _) = DeTable::parse_recoverable(source);
        let mut last = None;
        last_value(document.get_ref(), source, &mut last);
        let Some((key, value)) = last else { continue };
        mended.open.push((part.start + value.start..part.start + value.end, say));
        let blank = part.start + key..part.end;
        let spaces: String =
            text.get(blank.clone()).unwrap_or("").bytes().map(|b| if b == b'\n' { '\n' } else { ' ' }).collect();
        if mended.text.is_char_boundary(blank.start) && mended.text.is_char_boundary(blank.end) {
            mended.text.replace_range(blank, &spaces);
        }
    }
    mended
}

/// What the parser found open at the end.
fn left_open(text: &str) -> Option<Say> {
    let (_, errors) = DeTable::parse_recoverable(text);
    let open = errors.iter().find(|error| {
        let message = error.message();
        (message.starts_with("unclosed array") && !message.contains("table"))
            || message.starts_with("unclosed inline table")
            || message.starts_with("invalid multi-line")
    })?;
    Some(text::toml(open.message(), "", ""))
}

/// From heading to heading.
fn parts(text: &str) -> Vec<Range<usize>> {
    let mut starts = vec![0];
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let heading = line.split('#').next().unwrap_or("").trim_end();
        let is_heading = heading.starts_with('[')
            && heading.ends_with(']')
            && heading.chars().all(|c| c.is_ascii_alphanumeric() || "[]._-".contains(c));
        if is_heading && at > 0 {
            starts.push(at);
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// The value that ends last, as the start of its key and its own span: the open one swallowed all after it.
fn last_value(table: &DeTable<'_>, source: &str, last: &mut Option<(usize, Range<usize>)>) {
    let starts_with =
        |value: &Spanned<DeValue<'_>>, sign: char| source.get(value.span()).is_some_and(|text| text.starts_with(sign));
    for (key, value) in table.iter() {
        match value.get_ref() {
            DeValue::Table(inner) if !starts_with(value, '{') => last_value(inner, source, last),
            DeValue::Array(items) if items.iter().any(|item| item.get_ref().is_table() && starts_with(item, '[')) => {
                for inner in items.iter().filter_map(|item| item.get_ref().as_table()) {
                    last_value(inner, source, last);
                }
            }
            _ => {
                if last.as_ref().is_none_or(|(_, span)| value.span().end > span.end) {
                    *last = Some((key.span().start, value.span()));
                }
            }
        }
    }
}
