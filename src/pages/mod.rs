//! One module for each page a person sees, and the frame around them. A page is a plain function of the state: the
//! same in the browser, in a test and in a static file.

mod about;
mod counties;
mod family;
#[cfg(not(target_arch = "wasm32"))]
pub mod file;
mod question;
mod result;
mod review;
#[cfg(not(target_arch = "wasm32"))]
mod sheet;

use crate::app::{Place, State, Step};
use crate::components::{Look, bullets, folded, heading, tap};
use crate::html::Html;
use crate::text;
use canbao_policy::model::Answer;
use canbao_policy::words;

/// The pages that come after the questions. In the browser they are in a part of the program of its own, which is
/// fetched when the first question is on screen; whatever is needed only by them must be reached only through here, or
/// it is in the first part. (A call that forgets it makes `cargo x size` fail.)
#[derive(Debug)]
pub struct Late {
    result: fn(&mut Html, &State),
    counties: fn(&mut Html, &State),
    family: fn(&mut Html, &State),
    about: fn(&mut Html, &State),
}

/// The late pages.
pub static LATE: Late =
    Late { result: result::page, counties: counties::page, family: family::page, about: about::page };

/// In place of a late page that has not arrived.
fn waiting(h: &mut Html) {
    h.open("div[role=status]");
    heading(h, text::LATE_TITLE);
    h.line("p.hint", text::LATE_LEAD);
    tap(h, Look::Main, "again", "", Step::Again, text::LATE_AGAIN);
    h.close();
}

/// The page for the state, as HTML.
///
/// ```
/// use canbao_app::{app::State, pages};
/// assert!(pages::page(&State::default()).contains("data-step=\"about\""));
/// ```
pub fn page(state: &State) -> String {
    let mut page = String::new();
    for (tag, part) in PARTS.into_iter().zip(parts(state)) {
        page.extend(["<", tag, ">", &part, "</", tag, ">"]);
    }
    page
}

/// The elements that a page is made of.
pub const PARTS: [&str; 3] = ["header", "main", "footer"];

/// What stands in each of [`PARTS`]. From one question to the next only the middle one changes.
pub fn parts(state: &State) -> [String; 3] {
    [bar, middle, foot].map(|write| {
        let mut h = Html::default();
        write(&mut h, state);
        h.finish()
    })
}

fn middle(h: &mut Html, state: &State) {
    match (&state.place, state.late) {
        (Place::Question(key), _) => question::page(h, state, key),
        (Place::Counties, Some(late)) => (late.counties)(h, state),
        (Place::Result, Some(late)) => (late.result)(h, state),
        (Place::Family, Some(late)) => (late.family)(h, state),
        (Place::About, Some(late)) => (late.about)(h, state),
        (_, None) => waiting(h),
    }
}

/// The window's title for the state.
pub fn title(state: &State) -> String {
    match &state.place {
        Place::Counties => text::title(text::COUNTIES_TITLE),
        Place::About => text::title(text::ABOUT_TITLE),
        Place::Result => text::title(text::result::TITLE),
        Place::Family => text::title(text::family::TITLE),
        // Where one is tells a page from the one before. What is asked would stay in the browser's list of pages seen.
        Place::Question(_) => text::title(&text::page_of(state.depth + 1, &subject(state))),
    }
}

/// What of the page lies below the first screen and waits to be laid out: it comes piece by piece with the next frames,
/// so that nobody waits for it (`data-waits` in style/late.css).
pub fn waits(state: &State) -> &'static str {
    match &state.place {
        Place::Result => "outcome rest ",
        Place::Question(key) if key == Answer::Groups.as_str() => "rest ",
        _ => "",
    }
}

/// The place and year that all this is about.
fn subject(state: &State) -> String {
    let identity = state.program.as_ref().map(|program| &program.notice().notice);
    identity.map_or_else(String::new, |identity| text::place_and_year(&identity.place.name, identity.year))
}

fn bar(h: &mut Html, state: &State) {
    h.open("div.bar");
    if state.depth > 0 {
        tap(h, Look::Small, "back", "", Step::Back, text::BACK);
    }
    match state.place {
        Place::Counties | Place::About => h.line("p.subject", text::NAME),
        Place::Question(_) | Place::Result if !state.session.others.is_empty() => {
            let person = &state.session.person;
            let name = text::family::name(person.number, &person.name);
            h.line("p.subject@subject", &text::family::about(&name, &subject(state)));
        }
        _ => h.line("p.subject", &subject(state)),
    }
    // assets/boot.js turns large type on and off, before and without the app too. Both words are there; the style shows
    // the one for what a tap would change to.
    h.open("button.small@larger[type=button][data-larger]");
    h.line("span.larger", text::LARGER);
    h.line("span.smaller", text::SMALLER);
    h.close();
    h.close();
}

fn foot(h: &mut Html, state: &State) {
    h.open("div.foot");
    if state.place != Place::Counties {
        h.open("a.small@to-counties");
        address(h, state, if state.root.is_empty() { &["./"] } else { &[] });
        h.text(text::TO_COUNTIES);
        h.close();
    }
    if state.program.is_some() {
        if state.place != Place::Family {
            tap(h, Look::Small, "family", "", Step::Family, text::family::FAMILY);
        }
        tap(h, Look::Small, "forget", "", Step::Forget, text::FORGET);
    }
    if state.place != Place::About {
        tap(h, Look::Small, "about", "", Step::About, text::ABOUT);
    }
    h.close();
}

/// A link to a page of ours, by its way from the folder with all pages; on the day that the address asks for.
fn address(h: &mut Html, state: &State, way: &[&str]) {
    let day = if state.dated { words!["?on=", state.on] } else { String::new() };
    h.attr_of("href", &[&state.root, &way.concat(), &day]);
}

/// What is wrong with the copy of the notice: said wherever the notice is used.
fn warnings(h: &mut Html, state: &State) {
    let Some(program) = state.program else { return };
    let warnings = &program.notice().notice.warnings;
    h.open("div.warning");
    h.optional();
    folded(h, "warnings", "", &text::copy_warning(warnings.len()));
    bullets(h, warnings);
    h.close();
    h.close();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Visit;
    use canbao_engine::answers::Loose;
    use chrono::{Days, NaiveDate};

    /// At the first question of a notice.
    fn begun(notice: &str, on: NaiveDate) -> State {
        let program = Some(crate::testing::program(notice));
        State { late: Some(&LATE), ..State::start(Visit { program, on, ..Visit::default() }) }
    }

    /// Every page that a person sees who takes the first answer, or none, to each question of each notice.
    fn every_page(mut look: impl FnMut(&State, &str)) {
        for entry in canbao_baked::index() {
            let start = NaiveDate::from_ymd_opt(entry.year - 1, 10, 1).expect("a day");
            for days in [0, 120, 400, 500] {
                let on = start + Days::new(days);
                for skip in [true, false] {
                    let mut state = begun(entry.id, on);
                    for _ in 0..40 {
                        look(&state, &page(&state));
                        let Place::Question(key) = state.place.clone() else { break };
                        let page = page(&state);
                        let value = page.split("data-step=\"answer ").nth(1).and_then(|rest| rest.split('"').next());
                        match value.and_then(|value| value.strip_prefix(&*key)) {
                            Some(value) if !skip => state.take(Step::Answer(&key, value.trim()), on),
                            _ => state.take(Step::Skip(&key), on),
                        };
                    }
                    assert_eq!(state.place, Place::Result, "{} asks too much", entry.id);
                    state.take(Step::Family, on);
                    look(&state, &page(&state));
                    state.send("new", &[], on).expect("a name can be left out");
                    state.take(Step::Family, on);
                    look(&state, &page(&state));
                    state.take(Step::About, on);
                    look(&state, &page(&state));
                }
            }
        }
    }

    /// The title is read out first: it has to tell a page from the one before.
    #[test]
    fn no_page_has_the_title_of_the_page_before() {
        let on = NaiveDate::from_ymd_opt(2026, 2, 10).expect("a day");
        let mut state = begun("141123-2026", on);
        let mut before = title(&state);
        for step in ["answer residence local", "answer other_plan none", "skip birth_date", "result", "family", "about"]
        {
            state.take(Step::parse(step).expect("a step"), on);
            assert_ne!(title(&state), before, "after {step}");
            before = title(&state);
        }
    }

    #[test]
    fn every_page_is_whole() {
        every_page(|state, page| {
            state.rehearse();
            for tag in
                ["main", "header", "footer", "h1", "button", "fieldset", "form", "div", "p", "ul", "li", "details"]
            {
                let opened = page.matches(&format!("<{tag}>")).count() + page.matches(&format!("<{tag} ")).count();
                assert_eq!(opened, page.matches(&format!("</{tag}>")).count(), "<{tag}> of {:?}", state.place);
            }
            assert_eq!(page.matches("<h1").count(), 1, "{page}");
            for empty in ["<ul></ul>", "<ol></ol>", "<p></p>", "<h3></h3>", "<div></div>"] {
                assert!(!page.contains(empty), "{empty} on {page}");
            }
        });
    }

    #[test]
    fn every_button_takes_a_step_that_leads_somewhere() {
        every_page(|state, page| {
            for text in page.split("data-step=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                let step = Step::parse(text).unwrap_or_else(|| panic!("{text} is no step"));
                if let Step::Answer(key, value) = step {
                    let question = state.question(key).unwrap_or_else(|| panic!("{key} is no question"));
                    assert!(question.read(value).is_some(), "{text}");
                }
            }
        });
    }

    #[test]
    fn the_answer_given_before_is_marked() {
        let on = NaiveDate::from_ymd_opt(2026, 2, 10).expect("a day");
        let mut state = begun("141123-2026", on);
        state.take(Step::Answer("residence", "permit"), on);
        state.take(Step::Ask("residence"), on);
        let marked = "aria-pressed=\"true\" data-testid=\"answer-permit\"";
        assert_eq!(page(&state).matches(marked).count(), 1);
        state.session.person.answers.insert("groups".to_owned(), Loose::List(vec![Loose::Text("dibao".to_owned())]));
        state.take(Step::Ask("groups"), on);
        assert_eq!(page(&state).matches("checked=").count(), 1);
    }
}
