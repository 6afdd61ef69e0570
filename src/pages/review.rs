//! What the person answered, each answer with a way to change it.

use crate::app::{State, Step};
use crate::components::{Look, button, list, name, tap};
use crate::html::Html;
use crate::spoken::spoken;
use crate::text;
use canbao_policy::model::Answer;

/// Every question answered or left open.
pub fn part(h: &mut Html, state: &State) {
    let session = &state.session;
    if session.person.answers.is_empty() && session.person.skipped.is_empty() {
        return h.line("p.hint", text::ANSWERS_EMPTY);
    }
    list(h, "ul.review");
    for answer in Answer::ALL {
        row(h, state, answer.as_str());
    }
    if let Some(program) = &state.program {
        for question in &program.notice().questions {
            row(h, state, &question.id);
        }
    }
    h.close();
}

/// One answer; nothing where there is none.
pub fn row(h: &mut Html, state: &State, key: &str) {
    let given = state.session.person.answers.get(key);
    let (Some(program), Some(question)) = (&state.program, state.question(key)) else { return };
    if given.is_none() && !state.session.person.skipped.contains_key(key) {
        return;
    }
    h.open("li");
    h.line("span.name", question.label());
    h.open("span.value");
    name(h, "review-", key);
    match given {
        Some(value) => h.text(&spoken(&question, value, program.notice())),
        None => h.text(text::LEFT_OPEN),
    }
    h.close();
    button(h, Look::Small, "change-", key, Step::Ask(key));
    h.attr("aria-label", &text::change(question.label()));
    h.text(text::CHANGE);
    h.close();
    h.close();
}

/// Several questions, to be turned to one by one.
pub fn to_ask(h: &mut Html, state: &State, keys: &[String]) {
    for key in keys {
        if let Some(question) = state.question(key) {
            tap(h, Look::Answer, "ask-", key, Step::Ask(key), &question.ask);
        }
    }
}
