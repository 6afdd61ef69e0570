//! What this is, what it is not, what happens to the answers, and which notices it knows.

use crate::components::{View, all, bullets, heading, para, section};
use crate::text;

/// About.
pub fn page() -> View {
    let entry = |entry: &canbao_baked::Entry| match entry.issued {
        Some(issued) => format!("{}（{issued}）", entry.title),
        None => entry.title.to_owned(),
    };
    let privacy = text::PRIVACY.iter().map(|&line| line.to_owned()).collect();
    all(vec![
        heading(text::ABOUT_TITLE),
        para("lead", text::ABOUT_WHAT),
        para("", text::ABOUT_NOT),
        para("", text::ABOUT_SILENT),
        section(text::PRIVACY_TITLE, bullets(privacy)),
        section(text::SOURCES_TITLE, bullets(canbao_baked::index().iter().map(entry).collect())),
    ])
}
