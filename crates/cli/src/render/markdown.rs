//! The sheet as Markdown.

use super::{Block, Sheet, months, payable_days};
use crate::text::sheet as say;
use std::fmt::Write as _;

/// Writes the sheet.
pub(super) fn write(sheet: &Sheet) -> String {
    let mut out = format!("# {}\n", plain(&sheet.title));
    for block in &sheet.blocks {
        out.push('\n');
        match block {
            Block::Heading(text) => {
                let _ = writeln!(out, "## {}", plain(text));
            }
            Block::Text(text) => {
                let _ = writeln!(out, "{}", plain(text));
            }
            Block::Warning(text) => {
                let _ = writeln!(out, "> ⚠ {}", plain(text));
            }
            Block::List(items) => {
                for item in items {
                    let _ = writeln!(out, "- {}", plain(item));
                }
            }
            Block::Table(heads, rows) => table(&mut out, heads, rows),
            Block::Calendar(stretches) => {
                let rows: Vec<Vec<String>> = months(stretches)
                    .iter()
                    .filter_map(|month| Some(vec![say::month(month.first()?.0), payable_days(month)]))
                    .collect();
                table(&mut out, &[say::MONTH.to_owned(), say::PAYABLE_DAYS.to_owned()], &rows);
            }
            Block::Signatures(signers) => {
                for signer in signers {
                    let _ = writeln!(out, "{}  ", say::line(signer));
                }
            }
        }
    }
    out
}

fn table(out: &mut String, heads: &[String], rows: &[Vec<String>]) {
    row(out, heads);
    let _ = writeln!(out, "|{}", "---|".repeat(heads.len()));
    for cells in rows {
        row(out, cells);
    }
}

fn row(out: &mut String, cells: &[String]) {
    out.push('|');
    for cell in cells {
        let _ = write!(out, " {} |", plain(cell).replace('|', "\\|").replace('\n', "<br>"));
    }
    out.push('\n');
}

/// Text that Markdown takes as it stands; code marks stay.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut code = false;
    for character in text.chars() {
        code ^= character == '`';
        if !code && matches!(character, '*' | '_' | '<' | '>' | '[' | ']' | '#' | '\\') {
            out.push('\\');
        }
        out.push(character);
    }
    out
}
