//! One module for each page a person sees, and the frame around them.

mod about;
mod counties;
mod question;
mod result;
mod review;

use crate::app::{App, Place, State, Step};
use crate::browser::page;
use crate::components::{Look, View, all, bullets, button, element, folded, group, nothing, para};
use crate::text;
use leptos::prelude::*;

/// The whole app: the page for the state, made anew at every move.
pub fn show(app: App) -> impl IntoView {
    move || {
        app.state.with(|state| {
            if state.moves > 0 {
                page::begin_at_heading();
            }
            let whole = framed(app, state);
            // Two alternating kinds, so that no element of the page before is used again with what was typed into it.
            if state.moves.is_multiple_of(2) { whole.shown() } else { all(vec![whole]).shown() }
        })
    }
}

fn framed(app: App, state: &State) -> View {
    let page = match &state.place {
        Place::Counties => counties::page(app, state),
        Place::Question(key) => question::page(app, state, key),
        Place::Result => result::page(app, state),
        Place::About => about::page(),
    };
    page::set_title(&title(state));
    let frame = vec![
        element("header", &[], vec![bar(app, state)]),
        element("main", &[], vec![page]),
        element("footer", &[], vec![foot(app, state)]),
    ];
    group("app", frame)
}

fn title(state: &State) -> String {
    let name = match &state.place {
        Place::Counties => text::COUNTIES_TITLE,
        Place::About => text::ABOUT_TITLE,
        Place::Result => text::result::TITLE,
        Place::Question(_) => return format!("{} - {}", subject(state), text::NAME),
    };
    format!("{name} - {}", text::NAME)
}

/// The place and year that all this is about.
fn subject(state: &State) -> String {
    let identity = state.program.as_ref().map(|program| &program.notice().notice);
    identity.map_or_else(String::new, |identity| text::place_and_year(&identity.place.name, identity.year))
}

fn bar(app: App, state: &State) -> View {
    let back = if state.depth > 0 { button(app, Look::Small, "back", text::BACK, Step::Back) } else { nothing() };
    let subject = match state.place {
        Place::Counties | Place::About => text::NAME.to_owned(),
        _ => subject(state),
    };
    group("bar", vec![back, para("subject", &subject)])
}

fn foot(app: App, state: &State) -> View {
    let mut links = Vec::new();
    if state.place != Place::Counties {
        links.push(button(app, Look::Small, "to-counties", text::TO_COUNTIES, Step::Counties));
    }
    if state.program.is_some() {
        links.push(button(app, Look::Small, "forget", text::FORGET, Step::Forget));
    }
    if state.place != Place::About {
        links.push(button(app, Look::Small, "about", text::ABOUT, Step::About));
    }
    group("foot", links)
}

/// What is wrong with the copy of the notice: said wherever the notice is used.
fn warnings(state: &State) -> View {
    let warnings = state.program.as_ref().map(|program| program.notice().notice.warnings.clone()).unwrap_or_default();
    if warnings.is_empty() {
        return nothing();
    }
    let title = text::copy_warning(warnings.len());
    group("warning", vec![folded("warnings", &title, bullets(warnings))])
}
