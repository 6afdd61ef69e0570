//! Choosing a place and a year: a plain list of links, which hides what does not match as one types.
//!
//! The list says itself what it can be found by (`data-find`), so that finding needs nothing but the page.

use super::address;
use crate::app::State;
use crate::components::{heading, maybe, name, section};
use crate::html::Html;
use crate::text;
use canbao_baked::Entry;
use canbao_engine::is_over;

/// The place seen last, then every place by province and city.
pub fn page(h: &mut Html, state: &State) {
    let index = canbao_baked::index();
    heading(h, text::COUNTIES_TITLE);
    h.line("p.lead", text::COUNTIES_LEAD);
    let last = state.session.notice.as_deref();
    if let Some(last) = index.iter().find(|entry| Some(entry.id) == last) {
        h.open("a.main@resume");
        address(h, state, &[last.code, "/", &last.year.to_string(), "/"]);
        h.text(&text::resume(last.name, last.year));
        h.close();
    }
    h.open("label.search");
    h.line("span.pick", text::COUNTIES_PICK);
    h.void("input[type=search][autocomplete=off][data-search=][aria-describedby=not-found]");
    name(h, "search", "");
    h.attr("placeholder", text::SEARCH);
    h.close();
    h.open("p#not-found@not-found[role=status]");
    h.attr("data-text", text::NOT_FOUND);
    h.close();
    for province in distinct(index.iter().map(|entry| entry.province)) {
        let here: Vec<&Entry> = index.iter().filter(|entry| entry.province == province).collect();
        h.open("section[data-group=]");
        h.line("h2", province);
        for city in distinct(here.iter().map(|entry| entry.city)) {
            h.open("div.city[data-group=]");
            maybe(h, "h3", city);
            places(h, state, here.iter().copied().filter(|entry| entry.city == city));
            h.close();
        }
        h.close();
    }
    section(h, text::NOT_LISTED_TITLE);
    h.line("p", text::NOT_LISTED);
    h.close();
}

/// Each value once, in their order.
fn distinct<T: PartialEq>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut found = Vec::new();
    for value in values {
        if !found.contains(&value) {
            found.push(value);
        }
    }
    found
}

/// A place's newest year comes first in the index: it is the place's own link, the years before stand under it.
fn places<'a>(h: &mut Html, state: &State, entries: impl Iterator<Item = &'a Entry>) {
    h.open("ul.places");
    let mut code = "";
    for entry in entries {
        let newest = entry.code != code;
        if newest {
            if !code.is_empty() {
                h.close();
            }
            h.open("li");
            h.attr_of(
                "data-find",
                &[entry.name, "|", entry.pinyin, "|", entry.city.unwrap_or_default(), "|", entry.province],
            );
        }
        code = entry.code;
        h.open(if newest { "a.answer" } else { "a.small" });
        name(h, "county-", entry.id);
        match newest {
            true => address(h, state, &[entry.code, "/"]),
            false => address(h, state, &[entry.code, "/", &entry.year.to_string(), "/"]),
        }
        h.line("span", &text::county_and_year(entry.name, entry.year));
        notes(h, state, entry);
        h.close();
    }
    h.close();
    h.close();
}

/// What to know before one chooses a notice.
pub fn notes(h: &mut Html, state: &State, entry: &Entry) {
    maybe(h, "small.late", is_over(entry.year, state.on).then_some(text::YEAR_OVER));
    maybe(h, "small", (entry.warnings > 0).then(|| text::copy_warning(entry.warnings)).as_deref());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Visit;

    fn shown(on: &str) -> String {
        let mut h = Html::default();
        page(&mut h, &State { on: on.parse().expect("a day"), ..State::default() });
        h.finish()
    }

    #[test]
    fn every_notice_is_a_link() {
        let page = shown("2026-02-10");
        for (at, entry) in canbao_baked::index().iter().enumerate() {
            let newest = at == 0 || canbao_baked::index()[at - 1].code != entry.code;
            let year = if newest { String::new() } else { format!("{}/", entry.year) };
            let link = format!("data-testid=\"county-{}\" href=\"{}/{year}\"", entry.id, entry.code);
            assert_eq!(page.matches(&link).count(), 1, "{link} on {page}");
        }
        assert_eq!(page.matches("<li").count(), page.matches("</li>").count());
    }

    #[test]
    fn the_day_that_the_address_asks_for_goes_along() {
        let on = "2026-02-10".parse().expect("a day");
        let page = |root: &str, dated| {
            let visit = Visit { root, on, dated, kept: "notice 141123-2026 \n", ..Visit::default() };
            crate::pages::page(&State { late: Some(&crate::pages::LATE), ..State::start(visit) })
        };
        assert!(!page("", false).contains("on="));
        let dated = page("", true);
        let links = dated.matches("<a ").count();
        assert!(links > canbao_baked::index().len(), "{dated}");
        assert_eq!(dated.matches("/?on=2026-02-10\"").count(), links, "{dated}");
    }

    #[test]
    fn a_year_that_is_over_and_a_bad_copy_are_said_before_one_chooses() {
        let over = |on: &str| shown(on).matches(text::YEAR_OVER).count();
        let years = |last: i32| canbao_baked::index().iter().filter(|entry| entry.year <= last).count();
        assert_eq!((over("2026-12-31"), over("2027-01-01")), (years(2025), years(2026)));
        for entry in canbao_baked::index().iter().filter(|entry| entry.warnings > 0) {
            assert!(shown("2026-02-10").contains(&text::copy_warning(entry.warnings)));
        }
    }

    #[test]
    fn what_a_place_is_found_by_stands_in_the_page() {
        let page = shown("2026-02-10");
        let found: Vec<&str> = page.split("data-find=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        for entry in canbao_baked::index() {
            assert!(found.iter().any(|names| crate::search::matches(entry.name, names)), "{}", entry.id);
        }
        assert!(page.contains(crate::search::BETWEEN));
    }
}
