//! Choosing a place and a year.

use crate::app::{App, State, Step};
use crate::components::{Look, View, all, button, group, heading, label, nothing, para, section};
use crate::text;

/// The notices by province and place, the newest year first.
pub fn page(app: App, state: &State) -> View {
    let resume =
        if state.program.is_some() { button(app, Look::Main, "resume", text::RESUME, Step::Resume) } else { nothing() };
    let lost = if state.lost.is_some() {
        label("p", &[("role", "alert"), ("class", "problem")], text::NOTICE_LOST)
    } else {
        nothing()
    };
    let mut page = vec![
        heading(text::COUNTIES_TITLE),
        para("lead", text::COUNTIES_LEAD),
        lost,
        resume,
        para("pick", text::COUNTIES_PICK),
    ];
    page.extend(provinces().into_iter().map(|province| section(province, places(app, province))));
    page.push(para("hint", text::NOT_LISTED));
    all(page)
}

fn provinces() -> Vec<&'static str> {
    let mut provinces: Vec<&str> = canbao_baked::index().iter().map(|entry| entry.province).collect();
    provinces.sort_unstable();
    provinces.dedup();
    provinces
}

/// The index lists a place's newest year first, and so does this.
fn places(app: App, province: &str) -> Vec<View> {
    let entries = canbao_baked::index().iter().filter(|entry| entry.province == province);
    let places = entries.map(|entry| {
        let step = Step::Choose(entry.id);
        let city = entry.city.unwrap_or_default();
        let label = format!("{city} {}", entry.name);
        let label = format!("{} · {}", label.trim(), text::county_year(entry.year));
        button(app, Look::Answer, &format!("county-{}", entry.id), &label, step)
    });
    vec![group("answers", places.collect())]
}
