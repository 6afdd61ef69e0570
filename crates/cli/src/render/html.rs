//! The sheet as one HTML page that needs nothing else: no script, no font, no picture from elsewhere. It is made to be
//! printed on A4 and signed.

use super::{Block, Sheet, months};
use crate::text::sheet as say;
use chrono::Datelike;
use std::fmt::Write as _;

const STYLE: &str = include_str!("sheet.css");

/// Writes the sheet.
pub(super) fn write(sheet: &Sheet) -> String {
    let title = escaped(&sheet.title);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
    );
    let mut open = false;
    for block in &sheet.blocks {
        if let Block::Heading(text) = block {
            if std::mem::replace(&mut open, true) {
                out.push_str("</section>\n");
            }
            let _ = writeln!(out, "<section>\n<h2>{}</h2>", escaped(text));
        } else {
            piece(&mut out, block);
        }
    }
    out.push_str(if open { "</section>\n" } else { "" });
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn piece(out: &mut String, block: &Block) {
    match block {
        Block::Heading(_) => {}
        Block::Text(text) => {
            let _ = writeln!(out, "<p>{}</p>", inline(text));
        }
        Block::Warning(text) => {
            let _ = writeln!(out, "<p class=\"warning\">{}</p>", inline(text));
        }
        Block::List(items) => {
            out.push_str("<ul>\n");
            for item in items {
                let _ = writeln!(out, "<li>{}</li>", inline(item));
            }
            out.push_str("</ul>\n");
        }
        Block::Table(heads, rows) => table(out, heads, rows),
        Block::Calendar(stretches) => calendar(out, stretches),
        Block::Signatures(signers) => {
            out.push_str("<div class=\"signatures\">\n");
            for signer in signers {
                let _ = writeln!(out, "<p>{}</p>", escaped(&say::line(signer)));
            }
            out.push_str("</div>\n");
        }
    }
}

fn table(out: &mut String, heads: &[String], rows: &[Vec<String>]) {
    out.push_str("<div class=\"wide\"><table>\n<thead><tr>");
    for head in heads {
        let _ = write!(out, "<th scope=\"col\">{}</th>", escaped(head));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in rows {
        out.push_str("<tr>");
        for (at, cell) in row.iter().enumerate() {
            let name = if at == 0 { "th scope=\"row\"" } else { "td" };
            let close = if at == 0 { "th" } else { "td" };
            let _ = write!(out, "<{name}>{}</{close}>", inline(cell));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table></div>\n");
}

fn calendar(out: &mut String, stretches: &[(chrono::NaiveDate, chrono::NaiveDate)]) {
    out.push_str("<div class=\"calendar\">\n");
    for month in months(stretches) {
        let Some((first, _)) = month.first() else { continue };
        let _ = write!(out, "<table><caption>{}</caption>\n<thead><tr>", escaped(&say::month(*first)));
        for weekday in say::WEEKDAYS {
            let _ = write!(out, "<th scope=\"col\">{weekday}</th>");
        }
        out.push_str("</tr></thead>\n<tbody>\n<tr>");
        out.push_str(&"<td></td>".repeat(first.weekday().num_days_from_monday() as usize));
        for (day, payable) in &month {
            if day.day() > 1 && day.weekday() == chrono::Weekday::Mon {
                out.push_str("</tr>\n<tr>");
            }
            // Bold and framed, so that it shows without colour too.
            let _ = if *payable {
                write!(out, "<td class=\"payable\"><b>{}</b></td>", day.day())
            } else {
                write!(out, "<td>{}</td>", day.day())
            };
        }
        out.push_str("</tr>\n</tbody></table>\n");
    }
    out.push_str("</div>\n");
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Text of a cell: its lines, and names from the file as code.
fn inline(text: &str) -> String {
    let text = escaped(text).replace('\n', "<br>");
    let mut out = String::with_capacity(text.len());
    for (at, part) in text.split('`').enumerate() {
        if at % 2 == 1 {
            let _ = write!(out, "<code>{part}</code>");
        } else {
            out.push_str(part);
        }
    }
    out
}
