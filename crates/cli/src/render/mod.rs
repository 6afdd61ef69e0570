//! A notice as a decision table for a signature.
//!
//! What a county signs has to be what its residents see, so the amounts and days in the table are not copied from the
//! file: the engine works them out, for an ordinary payer and for each group. The rules follow in words, each with its
//! clause, and what the text leaves open or does not say at all. The sheet is built once, as blocks, and written as HTML
//! or Markdown.

mod amounts;
mod html;
mod markdown;
mod sheet;

use crate::text::sheet as say;
use canbao_engine::Program;
use chrono::NaiveDate;

/// A piece of the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading of a section.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// Something to take note of.
    Warning(String),
    /// A list.
    List(Vec<String>),
    /// A table: heads, and rows of as many cells; lines of a cell are its parts.
    Table(Vec<String>, Vec<Vec<String>>),
    /// Payable stretches of days, as a calendar by month.
    Calendar(Vec<(NaiveDate, NaiveDate)>),
    /// Lines to sign on: what is signed.
    Signatures(Vec<String>),
}

/// The whole sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Its title.
    pub title: String,
    /// Its pieces, in order.
    pub blocks: Vec<Block>,
}

/// What the sheet is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One page that needs nothing else, for reading and printing.
    Html,
    /// For repositories and editors.
    Markdown,
}

/// A notice as a decision table.
#[must_use]
pub fn render(program: &Program, format: Format) -> String {
    let sheet = sheet::of(program);
    match format {
        Format::Html => html::write(&sheet),
        Format::Markdown => markdown::write(&sheet),
    }
}

/// The months of a calendar: each with its days, and whether each is payable.
pub(crate) fn months(stretches: &[(NaiveDate, NaiveDate)]) -> Vec<Vec<(NaiveDate, bool)>> {
    use chrono::Datelike;
    let Some(first) = stretches.iter().map(|s| s.0).min().and_then(|day| day.with_day(1)) else {
        return Vec::new();
    };
    let last = stretches.iter().map(|s| s.1).max().unwrap_or(first);
    let mut months: Vec<Vec<(NaiveDate, bool)>> = Vec::new();
    for day in first.iter_days() {
        if day.day() == 1 {
            // A calendar of more than three years would help nobody.
            if day > last || months.len() == 36 {
                break;
            }
            months.push(Vec::new());
        }
        if let Some(month) = months.last_mut() {
            month.push((day, stretches.iter().any(|(from, to)| (*from..=*to).contains(&day))));
        }
    }
    months
}

/// The days of a month that are payable, in words.
pub(crate) fn payable_days(month: &[(NaiveDate, bool)]) -> String {
    use chrono::Datelike;
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for (day, _) in month.iter().filter(|(_, payable)| *payable) {
        match runs.last_mut() {
            Some(run) if run.1 + 1 == day.day() => run.1 = day.day(),
            _ => runs.push((day.day(), day.day())),
        }
    }
    say::days_of_month(&runs)
}
