//! One question a page.

use super::result::trouble;
use crate::app::{App, State, Step};
use crate::components::{
    Look, View, all, bullets, button, element, fields, folded, group, heading, label, named, nothing, para,
};
use crate::questions::{Form, Question, find};
use crate::text;
use canbao_engine::{Program, Response};
use canbao_policy::model::Notice;

/// The question with this key.
pub fn page(app: App, state: &State, key: &str) -> View {
    let response = state.response(app.on());
    let program = state.program.as_ref();
    let question = program.and_then(|program| find(key, program.notice(), &state.session.answers));
    let (Some(program), Some(question)) = (program, question) else {
        return super::result::page(app, state);
    };
    let notice = program.notice();
    let broken = match &response {
        Some(Err(error)) if error.code == "bad_notice" => trouble(app, state, error),
        _ => nothing(),
    };
    all(vec![
        broken,
        progress(state, key, response.and_then(Result::ok).as_ref()),
        asked(&question, answers(app, state, &question, notice)),
        group(
            "beside",
            vec![
                button(app, Look::Quiet, "unknown", text::UNKNOWN, Step::Skip(question.key.clone())),
                reason(program, key),
                super::warnings(state),
                button(app, Look::Small, "see-result", text::SEE_RESULT, Step::Result),
            ],
        ),
    ])
}

fn progress(state: &State, key: &str, response: Option<&Response>) -> View {
    let left = response.map(|response| state.to_ask(response)).unwrap_or_default();
    if !left.contains(&key) {
        return nothing();
    }
    named("ask-count", "progress", &text::at_most_left(left.len()))
}

fn asked(question: &Question, answers: View) -> View {
    let mut inner = vec![element("legend", &[], vec![heading(&question.ask)])];
    inner.extend(question.hint.as_ref().map(|hint| label("p", &[("id", "hint"), ("class", "hint")], hint)));
    inner.push(answers);
    element("fieldset", &[("aria-describedby", "hint"), ("data-question", &question.key)], inner)
}

fn answers(app: App, state: &State, question: &Question, notice: &Notice) -> View {
    let given = state.session.answers.get(&question.key);
    match &question.form {
        Form::Choice(choices) => {
            let buttons = choices.iter().map(|choice| {
                let answer = choice.answer();
                let look = if given == Some(&answer) { Look::Chosen } else { Look::Answer };
                let step = Step::Answer(question.key.clone(), answer);
                button(app, look, &format!("answer-{}", choice.name()), &choice.label, step)
            });
            group("answers", buttons.collect())
        }
        Form::Date => fields::date(app, &question.key, given),
        Form::Number { least, most, unit } => fields::number(app, &question.key, given, (*least, *most), unit),
        Form::Groups => fields::groups(app, notice, given),
    }
}

/// The clauses that look at the answer.
fn reason(program: &Program, key: &str) -> View {
    let lines: Vec<String> =
        program.why(key).map(|clause| text::result::clause(&clause.label, &clause.summary)).collect();
    if lines.is_empty() {
        return nothing();
    }
    let mut reason = vec![para("hint", text::WHY_ASKED_LEAD)];
    reason.extend(bullets(lines));
    folded("why", text::WHY_ASKED, reason)
}
