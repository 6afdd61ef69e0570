//! One outcome: what it comes to, until when, what to do, and why.
//!
//! It shows the engine's fields one by one and draws no conclusion from them.

use super::{View, bullets, element, folded, group, label, named, nothing, para, part, phones, steps, text};
use crate::questions::find;
use crate::session::Session;
use crate::spoken::named as value_named;
use crate::text::{self as all_text, format, result as words};
use canbao_engine::contract::{Deadline, FeeSum, Kind, Outcome, Today, When};
use canbao_engine::evaluate::{Said, holds};
use canbao_engine::{Answers, Program};
use canbao_policy::model::{Action, Answer, Channel, Route, Unstated, Yuan};
use chrono::NaiveDate;

/// How the engine names being in none of the groups that matter, beside the list of them.
const NO_GROUP: &str = "none";

/// What an outcome is shown with.
#[derive(Clone, Copy)]
pub struct Setting<'a> {
    /// The notice.
    pub program: &'a Program,
    /// The day of asking.
    pub on: NaiveDate,
    /// The answers.
    pub answers: &'a Answers,
    /// The same, as they were given.
    pub session: &'a Session,
}

impl Setting<'_> {
    /// Whether something is said to this person on the ways of a route, or of any, as far as is known.
    pub fn holds(self, route: Option<Route>, said: Said) -> Option<bool> {
        holds(self.program, self.on, self.answers, route, said)
    }
}

/// The outcome to plan by: all of it.
pub fn first(setting: Setting<'_>, outcome: &Outcome, title: Option<&str>) -> View {
    let mut all = head(outcome, title, "result");
    all.extend(body(setting, outcome, "result"));
    all.push(folded("why-result", words::WHY, cited(setting, outcome)));
    article("first", outcome, all)
}

/// Another outcome that is still possible: what it comes to and rests on, the rest folded.
pub fn other(setting: Setting<'_>, outcome: &Outcome, number: usize) -> View {
    let id = format!("other-{number}");
    let mut all = head(outcome, None, &id);
    all.push(rests_on(setting, outcome));
    let mut more = body(setting, outcome, &id);
    more.extend(cited(setting, outcome));
    all.push(folded(&format!("{id}-more"), words::MORE, more));
    article("other", outcome, all)
}

/// What an outcome comes to, in a few words.
pub fn headline(outcome: &Outcome) -> String {
    match &outcome.fee {
        Some(fee) if outcome.kind == Kind::Pay => words::pay(&fee.payable.to_string()),
        _ => words::headline(outcome.kind).to_owned(),
    }
}

fn article(class: &str, outcome: &Outcome, children: Vec<View>) -> View {
    let kind = match outcome.kind {
        Kind::Pay => "pay",
        Kind::Free => "free",
        Kind::Unstated => "unstated",
        Kind::NotCovered => "not_covered",
    };
    let attributes = [("class", class), ("data-kind", kind), ("data-route", outcome.route.as_str())];
    element("article", &attributes, children)
}

fn head(outcome: &Outcome, title: Option<&str>, id: &str) -> Vec<View> {
    let title = title.map_or_else(nothing, |title| para("over-headline", title));
    let mut line = vec![label("span", &[("data-testid", &format!("{id}-kind"))], words::headline(outcome.kind))];
    if let (Kind::Pay, Some(fee)) = (outcome.kind, &outcome.fee) {
        line.push(label("b", &[("data-testid", &format!("{id}-amount"))], &fee.payable.to_string()));
        line.push(text(words::YUAN));
    }
    let headline = element("h2", &[("class", "headline")], line);
    vec![title, headline, words::route(outcome.route).map_or_else(nothing, |route| para("route", route))]
}

fn body(setting: Setting<'_>, outcome: &Outcome, id: &str) -> Vec<View> {
    vec![
        days(setting, outcome, id),
        notes(outcome),
        outcome.fee.as_ref().map_or_else(nothing, |fee| sum(fee, outcome.kind)),
        extras(outcome),
        cover(setting, outcome),
        channels(setting, outcome),
        papers(setting, outcome),
        unstated(setting, outcome),
    ]
}

/// What the outcome rests on, in words.
pub fn rests_on(setting: Setting<'_>, outcome: &Outcome) -> View {
    if outcome.when.is_empty() {
        return nothing();
    }
    let lines = outcome.when.iter().map(|when| resting(setting, when)).collect();
    let mut resting = vec![para("hint", words::RESTS_ON)];
    resting.extend(bullets(lines));
    group("rests-on", resting)
}

fn resting(setting: Setting<'_>, when: &When) -> String {
    let notice = setting.program.notice();
    match when {
        When::Answer { answer, is, not } => {
            let Some(question) = find(answer, notice, &setting.session.answers) else { return answer.clone() };
            let name = |value: &String| match value.split_once('/') {
                Some((from, to)) => words::range(from, to, |end| value_named(&question, end, notice)),
                None => value_named(&question, value, notice),
            };
            let named_only = is.iter().filter(|value| value.as_str() != NO_GROUP || answer != Answer::Groups.as_str());
            let is: Vec<String> = named_only.map(name).collect();
            let not: Vec<String> = not.iter().map(name).collect();
            words::answered(&question.label, &is, &not)
        }
        When::Reading { reading, is } => {
            if let Some(own) = notice.readings.iter().find(|own| own.id == *reading) {
                let options = own.options.iter().filter(|option| is.contains(&option.id));
                return words::read_as(&own.question, &options.map(|option| option.label.as_str()).collect::<Vec<_>>());
            }
            let Some((question, options)) = words::engine_reading(reading) else { return reading.clone() };
            let options = options.iter().filter(|(id, _)| is.iter().any(|is| is == id));
            words::read_as(question, &options.map(|(_, label)| *label).collect::<Vec<_>>())
        }
    }
}

/// Today, the last day, registering first, and all days on which it can be done.
fn days(setting: Setting<'_>, outcome: &Outcome, id: &str) -> View {
    if outcome.kind == Kind::NotCovered {
        return nothing();
    }
    let action =
        outcome.deadline.map_or(if outcome.kind == Kind::Free { Action::Register } else { Action::Pay }, |d| d.action);
    let class = match outcome.today {
        Today::Open | Today::NotNeeded => "today good",
        Today::Closed => "today bad",
        Today::Disputed | Today::Unstated => "today unsure",
    };
    let mut lines = vec![named(&format!("{id}-today"), class, words::today(outcome.today, action))];
    if let Some(day) = outcome.opens {
        lines.push(named(&format!("{id}-opens"), "", &words::opens(&format::day_of_week(day))));
    }
    if let Some(deadline) = outcome.deadline {
        lines.push(last_day(setting.on, deadline, id));
    }
    if let Some(register) = outcome.register_by {
        let mut about = Vec::new();
        if let Some(safe) = register.safe {
            about.push(para("", &words::register_by(&format::day_of_week(safe))));
        }
        if let Some(latest) = register.latest.filter(|latest| Some(*latest) != register.safe) {
            about.push(para("hint", &words::register_by_wide(&format::day(latest))));
        }
        lines.push(part(words::REGISTER_BY, about));
    }
    let periods: Vec<String> = outcome.periods.iter().map(|&(from, to)| format::stretch(from, to)).collect();
    lines.push(folded(&format!("{id}-periods"), words::PERIODS, bullets(periods)));
    group("days", lines)
}

fn last_day(on: NaiveDate, deadline: Deadline, id: &str) -> View {
    let Some(day) = deadline.safe.or(deadline.latest) else { return nothing() };
    let wide = deadline.latest.filter(|latest| *latest != day);
    let wide = wide.map_or_else(nothing, |latest| para("hint", &words::deadline_wide(&format::day(latest))));
    let (iso, id) = (day.to_string(), format!("{id}-deadline"));
    let time = label("time", &[("datetime", &iso), ("data-testid", &id)], &format::day_of_week(day));
    let left = label("p", &[("class", "left")], &format::days_left(on, day));
    group("deadline", vec![label("h3", &[], words::deadline(deadline.action)), time, left, wide])
}

/// From the standard fee to what the person pays.
fn sum(fee: &FeeSum, kind: Kind) -> View {
    let row = |class: &str, name: &str, sign: &str, amount: Yuan| {
        element(
            "div",
            &[("class", class)],
            vec![label("dt", &[], name), label("dd", &[], &words::amount(sign, &amount.to_string()))],
        )
    };
    let mut rows = vec![row("", words::STANDARD, "", fee.standard)];
    if fee.fiscal != Yuan::ZERO {
        rows.push(row("", words::FISCAL, "+", fee.fiscal));
    }
    if fee.assistance != Yuan::ZERO {
        let name = fee.assisted_by.as_ref().map_or_else(|| words::ASSISTANCE.to_owned(), |by| words::assisted_by(by));
        rows.push(row("", &name, "−", fee.assistance));
    }
    if fee.waived != Yuan::ZERO {
        rows.push(row("", words::WAIVED, "−", fee.waived));
    }
    if kind == Kind::Pay || kind == Kind::Free {
        rows.push(row("total", words::PAYABLE, "", fee.payable));
    }
    let basis = words::basis(fee.basis).map_or_else(nothing, |basis| para("hint", basis));
    part(words::SUM, vec![element("dl", &[], rows), basis])
}

fn extras(outcome: &Outcome) -> View {
    let lines = outcome
        .extras
        .iter()
        .map(|extra| words::extra(&extra.label, &extra.amount.to_string(), words::required(extra.required)));
    part(words::EXTRAS, bullets(lines.collect()))
}

/// When it pays for treatment, and the wait before.
fn cover(setting: Setting<'_>, outcome: &Outcome) -> View {
    let mut lines = Vec::new();
    if let Some(wait) = &outcome.wait {
        lines.push(para("wait", &words::wait(&format::length(&wait.length))));
        let ends = match (wait.ends.earliest, wait.ends.safe) {
            (Some(earliest), Some(safe)) if earliest != safe => {
                Some(words::wait_ends_two(&format::day(earliest), &format::day(safe)))
            }
            (earliest, safe) => safe.or(earliest).map(|day| words::wait_ends(&format::day(day))),
        };
        lines.extend(ends.map(|ends| para("", &ends)));
        let paid = outcome.opens.unwrap_or(setting.on);
        lines.push(para("hint", &words::as_if_paid(&format::day(paid))));
        if outcome.benefit.is_none() && outcome.kind != Kind::NotCovered {
            lines.push(para("problem", &words::no_cover(setting.program.notice().notice.year)));
        }
    }
    if let Some(benefit) = &outcome.benefit {
        let from = match (benefit.from.earliest, benefit.from.safe) {
            (Some(earliest), Some(safe)) if earliest != safe => {
                Some(words::cover_from_two(&format::day(earliest), &format::day(safe)))
            }
            (earliest, safe) => safe.or(earliest).map(|day| words::cover_from(&format::day(day))),
        };
        lines.extend(from.map(|from| para("", &from)));
        lines.extend(benefit.to.map(|to| para("", &words::cover_to(&format::day(to)))));
        lines.extend(benefit.level.as_ref().map(|level| para("", &words::level(level))));
    }
    part(words::COVER, lines)
}

fn notes(outcome: &Outcome) -> View {
    part(words::NOTES, bullets(outcome.notes.clone()))
}

/// What the notice does not say, in its own words where the notice file has them, with whom to ask.
fn unstated(setting: Setting<'_>, outcome: &Outcome) -> View {
    let silences = &setting.program.notice().silences;
    let line = |about: &Unstated| {
        let silence = silences.iter().find(|silence| silence.about == *about);
        silence.map_or_else(|| words::unstated(*about).to_owned(), |s| words::silence(&s.text, &s.ask))
    };
    part(words::UNSTATED, bullets(outcome.unstated.iter().map(line).collect()))
}

fn channels(setting: Setting<'_>, outcome: &Outcome) -> View {
    let known = &setting.program.notice().channels;
    let mut bare: Vec<&str> = Vec::new();
    let mut ways = vec![nothing()];
    for id in &outcome.channels {
        let Some(at) = known.iter().position(|channel| channel.id == *id) else { continue };
        let channel = &known[at];
        let lines = channel_lines(setting, outcome.route, at, channel);
        if lines.is_empty() {
            bare.push(&channel.name);
        } else {
            ways.push(folded(&format!("channel-{}", id.as_str()), &channel.name, lines));
        }
    }
    if outcome.channels.is_empty() {
        return nothing();
    }
    if let Some(first) = ways.first_mut() {
        *first = para("channel", &bare.join(all_text::LIST_SEPARATOR));
    }
    part(words::CHANNELS, ways)
}

fn channel_lines(setting: Setting<'_>, route: Route, at: usize, channel: &Channel) -> Vec<View> {
    let mut lines = steps(channel.steps.clone());
    let own = own_steps(setting, route, at, channel);
    if own.len() > 1 {
        lines.push(para("hint", words::CHANNEL_BY_PERSON));
    }
    lines.extend(bullets(own));
    lines.extend(channel.place.as_ref().map(|place| para("", place)));
    if channel.cash {
        lines.push(para("", words::CASH));
    }
    lines.extend(channel.phone.as_deref().map(phones).unwrap_or_default());
    lines
}

/// The step for this person: the first that holds, and those before it that may hold.
fn own_steps(setting: Setting<'_>, route: Route, at: usize, channel: &Channel) -> Vec<String> {
    let mut own = Vec::new();
    for (number, audience) in channel.audiences.iter().enumerate() {
        match setting.holds(Some(route), Said::Audience(at, number)) {
            Some(false) => {}
            None => own.push(audience.step.clone()),
            Some(true) => {
                own.push(audience.step.clone());
                break;
            }
        }
    }
    own
}

fn papers(setting: Setting<'_>, outcome: &Outcome) -> View {
    if outcome.kind == Kind::NotCovered {
        return nothing();
    }
    let papers = setting
        .program
        .notice()
        .papers
        .iter()
        .enumerate()
        .filter(|(at, _)| setting.holds(Some(outcome.route), Said::Paper(*at)) != Some(false));
    let lines = papers.map(|(_, paper)| words::paper(&paper.label, &paper.items.join(all_text::LIST_SEPARATOR)));
    part(words::PAPERS, bullets(lines.collect()))
}

/// The clauses behind it.
fn cited(setting: Setting<'_>, outcome: &Outcome) -> Vec<View> {
    let known = &setting.program.notice().clauses;
    let lines = outcome.cites.iter().map(|label| {
        let summary = known.iter().find(|clause| clause.label == *label).map_or("", |clause| clause.summary.as_str());
        words::clause(label, summary)
    });
    bullets(lines.collect())
}
