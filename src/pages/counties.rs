//! Choosing a place and a year.

use crate::app::State;
use crate::components::{heading, section};
use crate::html::Html;
use crate::text;

/// The notices by province and place, the newest year first.
pub fn page(h: &mut Html, state: &State) {
    heading(h, text::COUNTIES_TITLE);
    h.line("p.lead", text::COUNTIES_LEAD);
    let last = state.session.notice.as_deref();
    if let Some(last) = canbao_baked::index().iter().find(|entry| Some(entry.id) == last) {
        h.open("a.main@resume");
        address(h, state, last);
        h.text(text::RESUME);
        h.close();
    }
    h.line("p.pick", text::COUNTIES_PICK);
    for province in provinces() {
        section(h, province);
        places(h, state, province);
        h.close();
    }
    h.line("p.hint", text::NOT_LISTED);
}

fn provinces() -> Vec<&'static str> {
    let mut provinces: Vec<&str> = canbao_baked::index().iter().map(|entry| entry.province).collect();
    provinces.sort_unstable();
    provinces.dedup();
    provinces
}

/// The index lists a place's newest year first, and so does this.
fn places(h: &mut Html, state: &State, province: &str) {
    h.open("div.answers");
    for entry in canbao_baked::index().iter().filter(|entry| entry.province == province) {
        let name = text::county_and_year(entry.city, entry.name, entry.year);
        h.open("a.answer");
        crate::components::name(h, "county-", entry.id);
        address(h, state, entry);
        h.text(&name);
        h.close();
    }
    h.close();
}

/// The page of a notice.
fn address(h: &mut Html, state: &State, entry: &canbao_baked::Entry) {
    h.attr_of("href", &[&state.root, entry.code, "/", &entry.year.to_string(), "/"]);
}
