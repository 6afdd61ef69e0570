//! The result: what to plan by, what else is possible, whom to ask, where it comes from; the answers beside it.

use super::review;
use crate::action::{Action, Host};
use crate::app::{State, Step};
use crate::components::outcome::{self, Setting};
use crate::components::{Look, button, folded, heading, list, maybe, phones, section, tap};
use crate::handout;
use crate::html::Html;
use crate::text::{self, format, handout as take_along, result as words};
use canbao_engine::answers::RequestError;
use canbao_engine::contract::When;
use canbao_engine::evaluate::Said;
use canbao_engine::{Program, Response, evaluate};
use canbao_policy::model::Topic;

/// The result for everything said so far.
pub fn page(h: &mut Html, state: &State) {
    let Some(program) = state.program else { return };
    let Ok(answers) = state.answers() else { return };
    match evaluate(program, state.on, &answers) {
        Ok(response) => {
            let setting = Setting { program, on: response.on, answers: &answers, session: &state.session };
            found(h, state, setting, &response);
        }
        Err(error) => trouble(h, state, &error),
    }
}

fn found(h: &mut Html, state: &State, setting: Setting<'_>, response: &Response) {
    h.open("div.result");
    super::warnings(h, state);
    if response.over {
        over(h, setting.program);
    } else {
        heading(h, words::TITLE);
    }
    h.line("p.hint", &words::asked_on(&format::day(response.on)));
    let is_one = response.outcomes.len() == 1;
    if !is_one {
        several(h, state, response);
    }
    if let (Some(first), false) = (response.outcomes.first(), response.over) {
        outcome::first(h, setting, first, (!is_one).then_some(words::PLAN_BY));
    }
    others(h, setting, response);
    if is_one && !response.ask.is_empty() {
        // One outcome, but questions are left that may still change it.
        h.open("div.several-box");
        to_go_on(h, state, response);
        h.close();
    }
    actions(h, state, setting, response);
    // Where all there is to do is to ask, the offices stand in the outcome.
    if response.over || !response.outcomes.first().is_some_and(|first| outcome::asks_first(first.kind)) {
        h.open("div.offices");
        outcome::contacts(h, setting.program);
        h.close();
    }
    information(h, setting);
    source(h, setting);
    h.close();
    h.open("div.answers-given");
    section(h, text::ANSWERS_TITLE);
    review::part(h, state);
    h.close();
    h.close();
}

/// The other outcomes, folded under what they come to.
fn others(h: &mut Html, setting: Setting<'_>, response: &Response) {
    let headlines: Vec<String> = response.outcomes.iter().map(outcome::headline).collect();
    for (at, headline) in headlines.iter().enumerate().skip(1) {
        let alike = || (1..headlines.len()).filter(|&other| headlines[other] == *headline);
        if alike().next() != Some(at) {
            continue;
        }
        folded(h, "also-possible", "", &words::also_possible(headline, alike().count()));
        for number in alike() {
            outcome::other(h, setting, &response.outcomes[number], number);
        }
        h.close();
    }
}

/// A year that is over: said first.
fn over(h: &mut Html, program: &Program) {
    let identity = &program.notice().notice;
    let newer =
        canbao_baked::index().iter().any(|entry| entry.code == identity.place.code && entry.year > identity.year);
    h.open("div.over@over[data-kind=over]");
    heading(h, &words::over_title(identity.year));
    h.line("p@result-kind", words::OVER_LEAD);
    h.line("p", if newer { words::OVER_NEWER } else { words::OVER_NO_NEWER });
    h.close();
}

/// Several outcomes: how many, why, and what would settle them.
fn several(h: &mut Html, state: &State, response: &Response) {
    h.open("div.several-box");
    h.line("p.several@several", &words::several(&handout::amounts(response)));
    let labels = depends_on(state, response);
    if !labels.is_empty() {
        h.line("p@depends-on", &words::depends_on(&labels));
    }
    if response.ask.is_empty() {
        h.line("p", words::SEVERAL_READINGS);
    } else {
        to_go_on(h, state, response);
    }
    h.close();
}

/// The questions that some outcome rests on, by their names.
fn depends_on(state: &State, response: &Response) -> Vec<String> {
    let mut labels = Vec::new();
    for when in response.outcomes.iter().flat_map(|outcome| &outcome.when) {
        if let When::Answer { answer, .. } = when
            && let Some(question) = state.question(answer)
            && !labels.contains(&question.label)
        {
            labels.push(question.label);
        }
    }
    labels
}

/// On to the questions that are left; those left open before can be taken up one by one.
fn to_go_on(h: &mut Html, state: &State, response: &Response) {
    let left = state.to_ask().len();
    if left > 0 {
        h.line("p", words::SEVERAL_ANSWERS);
        return tap(h, Look::Main, "continue", "", Step::Resume, &words::go_on(left));
    }
    h.line("p", words::SEVERAL_SKIPPED);
    let (first, rest) = response.ask.split_at(response.ask.len().min(1));
    h.line("p.hint", words::TO_BE_EXACT);
    review::to_ask(h, state, first);
    folded(h, "skipped", "", &words::skipped(rest.len()));
    review::to_ask(h, state, rest);
    h.close();
}

/// What can be done with the result where the app runs: on paper, in the calendar, as text, to somebody else.
fn actions(h: &mut Html, state: &State, setting: Setting<'_>, response: &Response) {
    h.open("section.take-along");
    h.line("h2", take_along::TITLE);
    h.open("div.actions");
    if state.host != Host::WeChat {
        tap(h, Look::Action, "print", "", Step::Do(Action::Print), take_along::PRINT);
        let first = response.outcomes.first();
        if let Some(file) = first.and_then(|first| handout::calendar(setting.program, response.on, first)) {
            button(h, Look::Action, "save", "", Step::Do(Action::Save));
            h.attr_of("data-name", &[setting.program.id(), ".ics"]);
            h.attr("data-text", &file);
            h.attr("data-done", take_along::SAVED);
            h.text(take_along::SAVE);
            h.close();
        }
    }
    button(h, Look::Action, "copy", "", Step::Do(Action::Copy));
    h.attr("data-done", take_along::COPIED);
    h.attr("data-failed", take_along::NOT_COPIED);
    h.text(take_along::COPY);
    h.close();
    if state.host != Host::WeChat {
        button(h, Look::Action, "share", "", Step::Do(Action::Share));
        h.attr("data-done", if state.host == Host::Sharing { "" } else { take_along::LINK_COPIED });
        h.text(if state.host == Host::Sharing { take_along::SHARE } else { take_along::COPY_LINK });
        h.close();
    }
    h.close();
    h.line("p.done@done[id=done][role=status]", "");
    folded(h, "copied", "", take_along::READ);
    h.open("textarea[id=copied][readonly][rows=8]");
    h.attr("aria-label", take_along::READ);
    h.text(&handout::as_text(setting.program, response));
    h.close();
    h.close();
    if state.host == Host::WeChat {
        h.line("p.hint@in-wechat", take_along::IN_WECHAT);
    }
    h.close();
}

/// Everything else that matters to this person, folded by topic.
fn information(h: &mut Html, setting: Setting<'_>) {
    for &topic in Topic::ALL {
        folded(h, "info-", topic.as_str(), words::topic(topic));
        list(h, "ul");
        for (at, info) in setting.program.notice().infos.iter().enumerate() {
            if info.topic == topic && setting.holds(None, Said::Info(at)) != Some(false) {
                h.line("li", &info.text);
            }
        }
        h.close();
        h.close();
    }
}

/// The notice: title, number, date.
fn source(h: &mut Html, setting: Setting<'_>) {
    let identity = &setting.program.notice().notice;
    section(h, words::SOURCE);
    h.open("ul");
    h.line("li", &identity.title);
    maybe(h, "li", identity.document.as_deref().map(words::document).as_deref());
    maybe(h, "li", identity.issuer.as_deref().map(words::issuer).as_deref());
    maybe(
        h,
        "li",
        identity.issued.map(|day| words::issued(&format::day(day), format::ago(day, setting.on).as_deref())).as_deref(),
    );
    maybe(h, "li", identity.source.as_deref());
    h.close();
    h.line("p.hint", words::SOURCE_LAST);
    h.close();
}

/// No result: answers that contradict each other, or a notice that cannot be evaluated.
pub fn trouble(h: &mut Html, state: &State, error: &RequestError) {
    let given = |key: &&String| state.session.answers.contains_key(key) || state.session.skipped.contains_key(key);
    if !error.answers.iter().any(|key| given(&key)) {
        h.open("div.trouble");
        heading(h, text::BROKEN_TITLE);
        h.line("p.lead", text::BROKEN_LEAD);
        phones(h, text::HOTLINE);
        return h.close();
    }
    heading(h, text::CONFLICT_TITLE);
    h.line("p.lead", text::CONFLICT_LEAD);
    h.line("p.problem@conflict", &error.message);
    list(h, "ul.review");
    for key in &error.answers {
        review::row(h, state, key);
    }
    h.close();
}
