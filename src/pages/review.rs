//! What the person answered, each answer with a way to change it.

use crate::app::{App, State, Step};
use crate::components::{Look, View, button, described_button, element, label, para};
use crate::questions::find;
use crate::spoken::spoken;
use crate::text;
use canbao_policy::model::{Answer, Notice};

/// Every question answered or left open.
pub fn part(app: App, state: &State) -> View {
    let Some(program) = &state.program else { return para("hint", text::ANSWERS_EMPTY) };
    let notice = program.notice();
    let own = notice.questions.iter().map(|question| question.id.as_str());
    let keys = Answer::ALL.iter().map(|answer| answer.as_str()).chain(own);
    let rows: Vec<View> = keys.filter_map(|key| row(app, state, notice, key)).collect();
    if rows.is_empty() {
        return para("hint", text::ANSWERS_EMPTY);
    }
    element("ul", &[("class", "review")], rows)
}

/// One answer; nothing where there is none.
pub fn row(app: App, state: &State, notice: &Notice, key: &str) -> Option<View> {
    let given = state.session.answers.get(key);
    if given.is_none() && !state.session.skipped.contains_key(key) {
        return None;
    }
    let question = find(key, notice, &state.session.answers)?;
    let value = given.map_or_else(|| text::LEFT_OPEN.to_owned(), |value| spoken(&question, value, notice));
    let change = format!("{}：{}", text::CHANGE, question.label);
    let id = format!("change-{key}");
    let row = vec![
        label("span", &[("class", "name")], &question.label),
        label("span", &[("class", "value"), ("data-testid", &format!("review-{key}"))], &value),
        described_button(app, Look::Small, &id, text::CHANGE, &change, Step::Ask(key.to_owned())),
    ];
    Some(element("li", &[], row))
}

/// Several questions, to be turned to one by one.
pub fn to_ask(app: App, state: &State, notice: &Notice, keys: &[String]) -> Vec<View> {
    let questions = keys.iter().filter_map(|key| find(key, notice, &state.session.answers));
    questions
        .map(|question| {
            let id = format!("ask-{}", question.key);
            button(app, Look::Answer, &id, &question.ask, Step::Ask(question.key.clone()))
        })
        .collect()
}
