//! What this is, what it is not, what happens to the answers, and which notices it knows.

use crate::app::State;
use crate::components::{heading, section};
use crate::html::Html;
use crate::text;

/// About.
pub fn page(h: &mut Html, _: &State) {
    heading(h, text::ABOUT_TITLE);
    h.line("p.lead", text::ABOUT_WHAT);
    h.line("p", text::ABOUT_NOT);
    h.line("p", text::ABOUT_SILENT);
    section(h, text::PRIVACY_TITLE);
    h.open("ul");
    for line in text::PRIVACY {
        h.line("li", line);
    }
    h.close();
    h.close();
    section(h, text::SOURCES_TITLE);
    h.open("ul");
    for entry in canbao_baked::index() {
        h.line("li", &text::source(entry.title, entry.issued));
    }
    h.close();
    h.close();
}
