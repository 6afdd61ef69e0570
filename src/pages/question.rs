//! One question a page.

use crate::app::{State, Step};
use crate::components::{Look, bullets, fields, folded, heading, tap};
use crate::html::Html;
use crate::questions::{Form, Question};
use crate::text;
use canbao_engine::Program;
use canbao_engine::answers::Loose;
use canbao_policy::model::Notice;

/// The question with this key.
pub fn page(h: &mut Html, state: &State, key: &str) {
    let (Some(program), Some(question)) = (state.program, state.question(key)) else { return };
    let notice = program.notice();
    if state.to_ask().contains(&key) {
        h.line("p.progress@ask-count", &text::at_most_left(state.at_most_left()));
    }
    h.open("fieldset[aria-describedby=hint]");
    h.attr("data-question", key);
    h.open("legend");
    heading(h, &question.ask);
    h.close();
    crate::components::maybe(h, "p.hint#hint", question.hint.as_deref());
    answers(h, state.session.person.answers.get(key), &question, notice);
    h.close();
    h.open("div.beside");
    tap(h, Look::Quiet, "unknown", "", Step::Skip(key), text::UNKNOWN);
    reason(h, program, key);
    super::warnings(h, state);
    tap(h, Look::Small, "see-result", "", Step::Result, text::SEE_RESULT);
    h.close();
}

fn answers(h: &mut Html, given: Option<&Loose>, question: &Question, notice: &Notice) {
    let key = question.key.as_str();
    match &question.form {
        Form::Choice(choices) => {
            let given = match given {
                Some(Loose::Text(name)) => name,
                Some(Loose::Bool(true)) => "true",
                Some(Loose::Bool(false)) => "false",
                _ => "",
            };
            h.open("div.answers");
            for choice in choices {
                let look = if choice.name == given { Look::Chosen } else { Look::Answer };
                tap(h, look, "answer-", &choice.name, Step::Answer(key, &choice.name), &choice.label);
            }
            h.close();
        }
        Form::Date => fields::date(h, key, given),
        Form::Number { least, most, unit } => fields::number(h, key, given, (*least, *most), unit),
        Form::Groups => fields::groups(h, notice, given),
    }
}

/// The clauses that look at the answer.
fn reason(h: &mut Html, program: &Program, key: &str) {
    let lines: Vec<String> =
        program.why(key).map(|clause| text::result::clause(&clause.label, &clause.summary)).collect();
    if lines.is_empty() {
        return;
    }
    folded(h, "why", "", text::WHY_ASKED);
    h.line("p.hint", text::WHY_ASKED_LEAD);
    bullets(h, &lines);
    h.close();
}
