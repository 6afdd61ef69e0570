//! Choosing a place and a year.

use crate::app::{State, Step};
use crate::components::{Look, heading, section, tap};
use crate::html::Html;
use crate::text;

/// The notices by province and place, the newest year first.
pub fn page(h: &mut Html, state: &State) {
    heading(h, text::COUNTIES_TITLE);
    h.line("p.lead", text::COUNTIES_LEAD);
    if state.lost {
        h.line("p.problem[role=alert]", text::NOTICE_LOST);
    }
    if state.program.is_some() {
        tap(h, Look::Main, "resume", "", Step::Resume, text::RESUME);
    }
    h.line("p.pick", text::COUNTIES_PICK);
    for province in provinces() {
        section(h, province);
        places(h, province);
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
fn places(h: &mut Html, province: &str) {
    h.open("div.answers");
    for entry in canbao_baked::index().iter().filter(|entry| entry.province == province) {
        let name = text::county_and_year(entry.city, entry.name, entry.year);
        tap(h, Look::Answer, "county-", entry.id, Step::Choose(entry.id), &name);
    }
    h.close();
}
