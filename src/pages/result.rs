//! The result: what to plan by, what else is possible, whom to ask, where it comes from; the answers beside it.

use super::review;
use crate::app::{App, State, Step};
use crate::components::outcome::{self, Setting};
use crate::components::{
    Look, View, all, bullets, button, element, folded, group, heading, named, nothing, para, part, phones, section,
};
use crate::text::{self, format, result as words};
use canbao_engine::answers::RequestError;
use canbao_engine::evaluate::Said;
use canbao_engine::{Program, Response};
use canbao_policy::model::Topic;

/// The result for everything said so far.
pub fn page(app: App, state: &State) -> View {
    let Some(program) = &state.program else { return nothing() };
    match (state.response(app.on()), state.answers()) {
        (Some(Ok(response)), Ok(answers)) => {
            let setting = Setting { program, on: response.on, answers: &answers, session: &state.session };
            found(app, state, setting, &response)
        }
        (Some(Err(error)), _) | (_, Err(error)) => trouble(app, state, &error),
        (None, _) => nothing(),
    }
}

fn found(app: App, state: &State, setting: Setting<'_>, response: &Response) -> View {
    let mut main = vec![super::warnings(state)];
    if response.over {
        main.push(over(setting.program));
    } else {
        main.push(heading(words::TITLE));
    }
    main.push(para("hint", &words::asked_on(&format::day(response.on))));
    if response.outcomes.len() > 1 {
        main.push(several(app, state, setting, response));
    }
    let title = (response.outcomes.len() > 1).then_some(words::PLAN_BY);
    if let (Some(first), false) = (response.outcomes.first(), response.over) {
        main.push(outcome::first(setting, first, title));
    }
    main.extend(others(setting, response));
    if response.outcomes.len() == 1 {
        main.extend(more_to_ask(app, state, setting, response));
    }
    main.push(contacts(setting.program));
    main.extend(information(setting));
    main.push(source(setting.program));
    let review = section(text::ANSWERS_TITLE, vec![review::part(app, state)]);
    all(vec![group("result", main), group("answers-given", vec![review])])
}

/// The other outcomes, folded under what they come to.
fn others(setting: Setting<'_>, response: &Response) -> Vec<View> {
    let mut by_headline: Vec<(String, Vec<View>)> = Vec::new();
    for (number, outcome) in response.outcomes.iter().enumerate().skip(1) {
        let headline = outcome::headline(outcome);
        let card = outcome::other(setting, outcome, number);
        match by_headline.iter_mut().find(|(known, _)| *known == headline) {
            Some((_, cards)) => cards.push(card),
            None => by_headline.push((headline, vec![card])),
        }
    }
    let fold = |(headline, cards): (String, Vec<View>)| {
        folded("also-possible", &words::also_possible(&headline, cards.len()), cards)
    };
    by_headline.into_iter().map(fold).collect()
}

/// A year that is over: said first.
fn over(program: &Program) -> View {
    let identity = &program.notice().notice;
    let newer =
        canbao_baked::index().iter().any(|entry| entry.code == identity.place.code && entry.year > identity.year);
    let next = if newer { words::OVER_NEWER } else { words::OVER_NO_NEWER };
    let lines =
        vec![heading(&words::over_title(identity.year)), named("result-kind", "", words::OVER_LEAD), para("", next)];
    element("div", &[("class", "over"), ("data-kind", "over"), ("data-testid", "over")], lines)
}

/// Several outcomes: how many, why, and what would settle them.
fn several(app: App, state: &State, setting: Setting<'_>, response: &Response) -> View {
    let mut headlines: Vec<String> = Vec::new();
    for outcome in &response.outcomes {
        let headline = outcome::headline(outcome);
        if !headlines.contains(&headline) {
            headlines.push(headline);
        }
    }
    let mut lines = vec![named("several", "several", &words::several(&headlines))];
    if response.ask.is_empty() {
        lines.push(para("", words::SEVERAL_READINGS));
    } else {
        lines.extend(to_go_on(app, state, setting, response));
    }
    lines.extend(response.outcomes.first().map(|first| outcome::rests_on(setting, first)));
    group("several-box", lines)
}

/// On to the questions that are left; those left open before can be taken up one by one.
fn to_go_on(app: App, state: &State, setting: Setting<'_>, response: &Response) -> Vec<View> {
    let left = state.to_ask(response).len();
    if left > 0 {
        let label = words::go_on(left);
        return vec![para("", words::SEVERAL_ANSWERS), button(app, Look::Main, "continue", &label, Step::Resume)];
    }
    let questions = review::to_ask(app, state, setting.program.notice(), &response.ask);
    vec![para("", words::SEVERAL_SKIPPED), folded("skipped", &words::skipped(response.ask.len()), questions)]
}

/// One outcome, but questions are left that may still change it.
fn more_to_ask(app: App, state: &State, setting: Setting<'_>, response: &Response) -> Vec<View> {
    if response.ask.is_empty() {
        return Vec::new();
    }
    vec![group("several-box", to_go_on(app, state, setting, response))]
}

fn contacts(program: &Program) -> View {
    let offices = program.notice().contacts.iter().map(|contact| {
        let mut lines = vec![para("office", &contact.office)];
        lines.extend(contact.about.as_ref().map(|about| para("hint", about)));
        lines.extend(contact.phone.as_deref().map(phones).unwrap_or_default());
        group("contact", lines)
    });
    section(words::CONTACTS, offices.collect())
}

/// Everything else that matters to this person, folded by topic.
fn information(setting: Setting<'_>) -> Vec<View> {
    let infos = &setting.program.notice().infos;
    let of_topic = |topic: &Topic| {
        let said = |at: usize| setting.holds(None, Said::Info(at)) != Some(false);
        let lines = infos.iter().enumerate().filter(|(at, info)| info.topic == *topic && said(*at));
        let lines = bullets(lines.map(|(_, info)| info.text.clone()).collect());
        folded(&format!("info-{}", topic.as_str()), words::topic(*topic), lines)
    };
    Topic::ALL.iter().map(of_topic).collect()
}

/// The notice: title, number, date.
fn source(program: &Program) -> View {
    let identity = &program.notice().notice;
    let lines = [
        Some(identity.title.clone()),
        identity.document.as_deref().map(words::document),
        identity.issuer.as_deref().map(words::issuer),
        identity.issued.map(|day| words::issued(&format::day(day))),
        identity.source.clone(),
    ];
    let mut lines = bullets(lines.into_iter().flatten().collect());
    lines.push(para("hint", words::SOURCE_LAST));
    section(words::SOURCE, lines)
}

/// No result: answers that contradict each other, or a notice that cannot be evaluated.
pub fn trouble(app: App, state: &State, error: &RequestError) -> View {
    let rows: Vec<View> = match &state.program {
        Some(program) => {
            error.answers.iter().filter_map(|key| review::row(app, state, program.notice(), key)).collect()
        }
        None => Vec::new(),
    };
    if rows.is_empty() {
        let lines = vec![heading(text::BROKEN_TITLE), para("lead", text::BROKEN_LEAD), part("", phones("12393"))];
        return group("trouble", lines);
    }
    let rows = element("ul", &[("class", "review")], rows);
    all(vec![
        heading(text::CONFLICT_TITLE),
        para("lead", text::CONFLICT_LEAD),
        named("conflict", "problem", &error.message),
        rows,
    ])
}
