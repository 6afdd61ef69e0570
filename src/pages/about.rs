//! What this is, what it is not, what happens to the answers, and which notices it knows.

use super::address;
use super::counties::notes;
use crate::app::State;
use crate::components::{bullets, heading, section};
use crate::html::Html;
use crate::text;
use canbao_engine::answers::parse_day;

/// About.
pub fn page(h: &mut Html, state: &State) {
    heading(h, text::ABOUT_TITLE);
    h.line("p.lead", text::ABOUT_WHAT);
    section(h, text::DATA_TITLE);
    h.line("p", text::DATA);
    h.line("p", text::ABOUT_SILENT);
    h.close();
    section(h, text::NOT_TITLE);
    h.line("p", text::ABOUT_NOT);
    h.close();
    section(h, text::PRIVACY_TITLE);
    bullets(h, &text::PRIVACY.map(str::to_owned));
    h.close();
    section(h, text::SOURCES_TITLE);
    h.open("ul.sources@sources");
    for entry in canbao_baked::index() {
        h.open("li");
        h.open("a");
        address(h, state, &[entry.code, "/", &entry.year.to_string(), "/"]);
        h.text(entry.title);
        h.close();
        let issued = entry.issued.and_then(parse_day).map(text::format::day);
        h.line("small", &text::issued(entry.issuer, issued.as_deref()));
        notes(h, state, entry);
        h.close();
    }
    h.close();
    h.close();
    h.line("p.hint@version", &text::version(env!("CARGO_PKG_VERSION")));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_notice_is_named_with_its_page_and_its_date() {
        let mut h = Html::default();
        page(&mut h, &State { root: "../../".to_owned(), ..State::default() });
        let page = h.finish();
        for entry in canbao_baked::index() {
            assert!(page.contains(&format!("<a href=\"../../{}/{}/\">{}", entry.code, entry.year, entry.title)));
            let day = entry.issued.and_then(parse_day).map(text::format::day);
            assert!(day.is_none_or(|day| page.contains(&day)), "{}", entry.id);
            assert!(entry.issuer.is_none_or(|issuer| page.contains(issuer)), "{}", entry.id);
        }
        assert!(page.contains(env!("CARGO_PKG_VERSION")));
    }
}
