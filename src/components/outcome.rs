//! One outcome: what it comes to, until when, what to do, and why.
//!
//! It shows the engine's fields one by one and draws no conclusion from them.

use super::calendar::calendar;
use super::sum::sum;
use super::{bullets, folded, list, maybe, name, part, phones, printed, steps};
use crate::html::Html;
use crate::questions::{Form, find, group_entry};
use crate::session::{Session, text_of};
use crate::spoken::named as value_named;
use crate::text::{self as all_text, format, result as words};
use canbao_engine::answers::Loose;
use canbao_engine::contract::{Deadline, EarliestSafe, InVain, Kind, Outcome, Today, When, Word};
use canbao_engine::evaluate::{Said, holds};
use canbao_engine::{Answers, Program};
use canbao_policy::model::{Action, Answer, Channel, Group, Route, Unstated};
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
pub fn first(h: &mut Html, setting: Setting<'_>, outcome: &Outcome, in_vain: Option<InVain>, title: Option<&str>) {
    let id = "result";
    article(h, "article.first", outcome);
    maybe(h, "p.over-headline", title);
    head(h, outcome, id);
    days(h, setting, outcome, in_vain, id);
    if asks_first(outcome.kind) {
        part(h, words::NOTES);
        bullets(h, &outcome.notes);
        h.close();
        unstated(h, setting, outcome);
        contacts(h, setting.program);
    }
    if let Some(fee) = &outcome.fee {
        sum(h, fee, outcome.kind);
    }
    months(h, setting.on, outcome, id);
    to_do(h, setting, outcome);
    lists(h, setting, outcome);
    extras(h, outcome);
    cover(h, setting, outcome);
    if !asks_first(outcome.kind) {
        part(h, words::NOTES);
        bullets(h, &outcome.notes);
        h.close();
        unstated(h, setting, outcome);
    }
    folded(h, "rests-on", "", words::RESTS_ON);
    premises(h, setting, outcome);
    h.close();
    printed(h, "why-result", "", words::WHY);
    cited(h, setting, outcome);
    h.close();
    h.close();
}

/// Whether what there is to do is to ask somebody: then that comes first.
pub fn asks_first(kind: Kind) -> bool {
    matches!(kind, Kind::Unstated | Kind::NotCovered)
}

/// Whether the notice knows no way for this person: what follows a payment does not matter then.
fn leads_nowhere(outcome: &Outcome) -> bool {
    asks_first(outcome.kind) && outcome.route == Route::None
}

/// Another outcome that is still possible: what it comes to and rests on, the rest folded.
pub fn other(h: &mut Html, setting: Setting<'_>, outcome: &Outcome, number: usize) {
    let id = &["other-", &number.to_string()].concat();
    article(h, "article.other", outcome);
    head(h, outcome, id);
    let wait = outcome.wait.as_ref().map(|wait| words::wait_of(&format::length(&wait.length)));
    maybe(h, "p.route", wait.as_deref());
    rests_on(h, setting, outcome);
    folded(h, id, "-more", words::MORE);
    body(h, setting, outcome, id);
    cited(h, setting, outcome);
    h.close();
    h.close();
}

/// What an outcome comes to, in a few words.
pub fn headline(outcome: &Outcome) -> String {
    match &outcome.fee {
        Some(fee) if outcome.kind == Kind::Pay => words::pay(&fee.payable.to_string()),
        _ => words::headline(outcome.kind).to_owned(),
    }
}

/// What another outcome comes to, in a few words: those that are `alike` are shown under one fold.
pub struct Beside {
    /// The same for all that differ in how long the wait is and in nothing that is said here.
    pub alike: String,
    /// With how long it is.
    pub own: String,
}

/// What another outcome comes to; where it comes to what the first does, what sets it apart as well.
pub fn beside(on: NaiveDate, outcome: &Outcome, first: &Outcome) -> Beside {
    let headline = headline(outcome);
    let same = |text: String| Beside { own: text.clone(), alike: text };
    if headline != self::headline(first) {
        return same(headline);
    }
    let besides = |own: &str| words::besides(&headline, own);
    // What can be done today anyhow is not set apart by being in time.
    let can_be_done = first.strictly_late(on) && outcome.today == Today::Open;
    if outcome.today != first.today && outcome.today != Today::NotNeeded && !can_be_done {
        // Of two that cost nothing, one is to be registered for.
        let idle = first.today == Today::NotNeeded;
        let today = if idle { words::TO_REGISTER } else { today(on, outcome) }.to_owned();
        let opens = outcome.opens.map(|day| words::opens(&format::day(day)));
        return same(besides(&opens.map_or(today.clone(), |opens| [&today, "，", &opens].concat())));
    }
    let length = |outcome: &Outcome| outcome.wait.as_ref().map(|wait| wait.length.clone());
    match (length(outcome), length(first)) {
        (own, other) if own == other => {
            let route = route(outcome).filter(|_| outcome.route != first.route);
            same(route.map_or_else(|| besides(words::OTHER_PREMISES), |route| words::by_route(&headline, Some(route))))
        }
        (Some(length), other) => Beside {
            own: besides(&words::wait_of(&format::length(&length))),
            alike: besides(if other.is_some() { words::OTHER_WAIT } else { words::A_WAIT }),
        },
        (None, _) => same(besides(words::NO_WAIT)),
    }
}

fn article(h: &mut Html, spec: &'static str, outcome: &Outcome) {
    h.open(spec);
    let kind = match outcome.kind {
        Kind::Pay => "pay",
        Kind::Free => "free",
        Kind::Unstated => "unstated",
        Kind::NotCovered => "not_covered",
    };
    h.attr("data-kind", kind);
    h.attr("data-route", outcome.route.as_str());
}

fn head(h: &mut Html, outcome: &Outcome, id: &str) {
    h.open("h2.headline");
    h.open("span");
    name(h, id, "-kind");
    h.text(words::headline(outcome.kind));
    h.close();
    if let (Kind::Pay, Some(fee)) = (outcome.kind, &outcome.fee) {
        h.open("b");
        name(h, id, "-amount");
        h.text(&fee.payable.to_string());
        h.close();
        h.text(words::YUAN);
    }
    h.close();
    maybe(h, "p.route", route(outcome));
}

/// The way it goes. Who has nothing to do does not go any.
pub fn route(outcome: &Outcome) -> Option<&'static str> {
    let idle = outcome.today == Today::NotNeeded && outcome.route == Route::Central;
    words::route(outcome.route).filter(|_| !idle)
}

fn body(h: &mut Html, setting: Setting<'_>, outcome: &Outcome, id: &str) {
    days(h, setting, outcome, outcome.in_vain(), id);
    if let Some(fee) = &outcome.fee {
        sum(h, fee, outcome.kind);
    }
    folded(h, id, "-periods", words::PERIODS);
    periods(h, outcome);
    h.close();
    to_do(h, setting, outcome);
    lists(h, setting, outcome);
    extras(h, outcome);
    cover(h, setting, outcome);
    part(h, words::NOTES);
    bullets(h, &outcome.notes);
    h.close();
    unstated(h, setting, outcome);
}

/// What the outcome rests on, in words.
fn rests_on(h: &mut Html, setting: Setting<'_>, outcome: &Outcome) {
    h.open("div.rests-on");
    h.line("p.hint", words::RESTS_ON);
    h.optional();
    premises(h, setting, outcome);
    h.close();
}

fn premises(h: &mut Html, setting: Setting<'_>, outcome: &Outcome) {
    list(h, "ul");
    for when in &outcome.when {
        h.line("li", &resting(setting, when));
    }
    h.close();
}

fn resting(setting: Setting<'_>, when: &When) -> String {
    let notice = setting.program.notice();
    match when {
        When::Answer { answer, is, not } => {
            let Some(question) = find(answer, notice, &setting.session.person.answers) else {
                return answer.to_string();
            };
            let name = |value: &Word| match value.split_once('/') {
                Some((from, to)) => words::range(from, to, |end| value_named(&question, end, notice)),
                None => value_named(&question, value, notice),
            };
            if let Form::Choice(choices) = &question.form
                && choices.len() == is.len()
            {
                return words::answered(question.label(), &[words::ANY_ANSWER.to_owned()], &[]);
            }
            let named_only = is.iter().filter(|value| *value != NO_GROUP || answer != Answer::Groups.as_str());
            let is: Vec<String> = named_only.map(name).collect();
            let not: Vec<String> = not.iter().map(name).collect();
            words::answered(question.label(), &is, &not)
        }
        When::Reading { reading, is } => {
            if let Some(own) = notice.readings.iter().find(|own| own.id == *reading) {
                let options = own.options.iter().filter(|option| is.iter().any(|id| *id == option.id));
                return words::read_as(&own.question, &options.map(|option| option.label.as_str()).collect::<Vec<_>>());
            }
            let Some((question, options)) = words::engine_reading(reading) else { return reading.to_string() };
            let options = options.iter().filter(|(id, _)| is.iter().any(|is| is == id));
            words::read_as(question, &options.map(|(_, label)| *label).collect::<Vec<_>>())
        }
    }
}

/// Today, what paying is still good for, the last day, and registering first.
fn days(h: &mut Html, setting: Setting<'_>, outcome: &Outcome, in_vain: Option<InVain>, id: &str) {
    if outcome.kind == Kind::NotCovered {
        return;
    }
    h.open("div.days");
    h.open(match outcome.today {
        Today::Open | Today::NotNeeded => "p.today.good",
        Today::Closed => "p.today.bad",
        Today::Disputed | Today::Unstated => "p.today.unsure",
    });
    name(h, id, "-today");
    h.text(today(setting.on, outcome));
    h.close();
    // Beside the amount: who reads no further would pay for nothing.
    maybe(h, "p.problem", in_vain.map(|sure| words::in_vain(sure, setting.program.notice().notice.year)).as_deref());
    if let Some(day) = outcome.opens {
        h.open("p");
        name(h, id, "-opens");
        h.text(&words::opens(&format::day_of_week(day)));
        h.close();
    }
    if let Some(deadline) = outcome.deadline {
        last_day(h, setting.on, deadline, wide(setting.on, outcome), id);
    }
    if let Some(safe) = outcome.registered_late(setting.on) {
        h.line("p.problem", &words::register_by_past(&format::day_of_week(safe)));
    }
    h.close();
}

/// Whether it can be done today.
pub fn today(on: NaiveDate, outcome: &Outcome) -> &'static str {
    let action = match outcome.deadline {
        Some(deadline) => deadline.action,
        None if outcome.kind == Kind::Free => Action::Register,
        None => Action::Pay,
    };
    match outcome.today {
        Today::Disputed if outcome.strictly_late(on) => words::PERHAPS_LATE,
        _ if outcome.registers_only() => words::REGISTER_SOON,
        today => words::today(today, action),
    }
}

/// What is said of a later last day than the safe one. Where the outcome holds for several days of birth, leaving or
/// recognition, its dates are those of several people.
pub fn wide(on: NaiveDate, outcome: &Outcome) -> fn(&str) -> String {
    let days = [Answer::BirthDate, Answer::LeftOn, Answer::RecognisedOn].map(Answer::as_str);
    let is_day = |when: &When| matches!(when, When::Answer { answer, .. } if days.contains(&&**answer));
    if outcome.when.iter().any(is_day) {
        words::deadline_of_others
    } else if outcome.strictly_late(on) {
        words::deadline_wide_today
    } else {
        words::deadline_wide
    }
}

/// That and until when who has never been insured registers first.
pub fn first_time(on: NaiveDate, outcome: &Outcome) -> Option<String> {
    if let Some(safe) = outcome.registered_late(on) {
        return Some(words::register_by_past(&format::day_of_week(safe)));
    }
    Some(words::register_first(&format::day_of_week(outcome.register_by?.safe?)))
}

/// All days on which it can be done, as stretches of time.
fn periods(h: &mut Html, outcome: &Outcome) {
    list(h, "ul");
    for &(from, to) in &outcome.periods {
        h.line("li", &format::stretch(from, to));
    }
    h.close();
}

/// All days on which it can be done: as words, and as the months on a wall.
fn months(h: &mut Html, on: NaiveDate, outcome: &Outcome, id: &str) {
    if outcome.kind == Kind::NotCovered {
        return;
    }
    h.open("div.part");
    name(h, id, "-periods");
    h.line("h3", words::PERIODS);
    h.optional();
    periods(h, outcome);
    calendar(h, on, &outcome.periods, outcome.last_day(on));
    h.close();
}

/// Everything to do, in its order: register, pay; and what to bring.
fn to_do(h: &mut Html, setting: Setting<'_>, outcome: &Outcome) {
    h.open("div.to-do");
    h.optional();
    register(h, setting.on, outcome);
    channels(h, setting, outcome);
    h.close();
    papers(h, setting, outcome);
}

fn register(h: &mut Html, on: NaiveDate, outcome: &Outcome) {
    let Some(register) = outcome.register_by.filter(|_| outcome.registered_late(on).is_none()) else { return };
    part(h, words::REGISTER_BY);
    if let Some(safe) = register.safe {
        h.line("p", &words::register_by(&format::day_of_week(safe)));
    }
    if let Some(latest) = register.latest.filter(|latest| Some(*latest) != register.safe) {
        h.line("p.hint", &words::register_by_wide(&format::day(latest)));
    }
    h.close();
}

/// Whose lists the outcome rests on: those of the groups that the person named, or would have to be in.
fn lists(h: &mut Html, setting: Setting<'_>, outcome: &Outcome) {
    if leads_nowhere(outcome) {
        return;
    }
    let mut named: Vec<&str> = Vec::new();
    if let Some(Loose::List(given)) = setting.session.person.answers.get(Answer::Groups.as_str()) {
        named.extend(given.iter().map(text_of));
    }
    for when in &outcome.when {
        if let When::Answer { answer, is, .. } = when
            && answer == Answer::Groups.as_str()
        {
            named.extend(is.iter().map(|name| &**name).filter(|name| !named.contains(name)).collect::<Vec<_>>());
        }
    }
    part(h, words::LISTS);
    list(h, "ul");
    for group in named.iter().filter_map(|name| Group::parse(name)) {
        if let Some(entry) = group_entry(setting.program.notice(), group) {
            h.line("li", &words::confirmed_by(&entry.name, entry.confirmed_by.as_deref()));
        }
    }
    h.close();
    h.close();
}

/// The offices to ask.
pub fn contacts(h: &mut Html, program: &Program) {
    part(h, words::CONTACTS);
    for contact in &program.notice().contacts {
        h.open("div.contact");
        h.line("p.office", &contact.office);
        maybe(h, "p.hint", contact.about.as_deref());
        phones(h, contact.phone.as_deref().unwrap_or_default());
        h.close();
    }
    h.close();
}

fn last_day(h: &mut Html, on: NaiveDate, deadline: Deadline, wide: fn(&str) -> String, id: &str) {
    let Some(day) = deadline.safe.or(deadline.latest) else { return };
    h.open("div.deadline");
    h.line("h3", words::deadline(deadline.action));
    h.open("time");
    h.attr("datetime", &day.to_string());
    name(h, id, "-deadline");
    h.text(&format::day_of_week(day));
    h.close();
    h.line("p.left", &format::days_left(on, day));
    if let Some(latest) = deadline.latest.filter(|latest| *latest != day) {
        h.line("p.hint", &wide(&format::day(latest)));
    }
    h.close();
}

fn extras(h: &mut Html, outcome: &Outcome) {
    part(h, words::EXTRAS);
    list(h, "ul");
    for extra in &outcome.extras {
        h.line("li", &words::extra(&extra.label, &extra.amount.to_string(), words::required(extra.required)));
    }
    h.close();
    h.close();
}

/// When it pays for treatment, and the wait before: one point of time after the other.
fn cover(h: &mut Html, setting: Setting<'_>, outcome: &Outcome) {
    part(h, words::COVER);
    list(h, "ol.line");
    let paid = outcome.opens.unwrap_or(setting.on);
    let begins = outcome.benefit.as_ref().and_then(|benefit| benefit.from.earliest);
    // Cover that begins with the payment, or the day after, would begin later with a later one.
    let with_payment = begins.is_some_and(|day| day == paid || day.pred_opt() == Some(paid));
    if outcome.kind == Kind::Pay && (outcome.wait.is_some() || with_payment) {
        h.line("li", &words::as_if_paid(&format::day(paid)));
    }
    if let Some(wait) = &outcome.wait {
        h.open("li.wait");
        h.line("b", &words::wait(&format::length(&wait.length)));
        one_or_two(h, wait.ends, words::wait_ends, words::wait_ends_two);
        h.close();
    }
    if let Some(benefit) = &outcome.benefit {
        h.open("li.cover");
        h.optional();
        one_or_two(h, benefit.from, words::cover_from, words::cover_from_two);
        maybe(h, "p", benefit.level.as_deref().map(words::level).as_deref());
        h.close();
        if let Some(to) = benefit.to {
            h.line("li.end", &words::cover_to(&format::day(to)));
        }
    }
    h.close();
    h.close();
}

/// A day, in the words for one or for the earlier and the safe one.
fn one_or_two(h: &mut Html, day: EarliestSafe, one: fn(&str) -> String, two: fn(&str, &str) -> String) {
    let line = match (day.earliest, day.safe) {
        (Some(earliest), Some(safe)) if earliest != safe => two(&format::day(earliest), &format::day(safe)),
        (None, None) => return,
        (earliest, safe) => one(&format::day(safe.or(earliest).unwrap_or_default())),
    };
    h.line("p", &line);
}

/// What the notice does not say, with whom to ask: in the notice file's own words, but for what may be unstated for many
/// sorts of people and is told there of some.
fn unstated(h: &mut Html, setting: Setting<'_>, outcome: &Outcome) {
    let silences = &setting.program.notice().silences;
    part(h, words::UNSTATED);
    list(h, "ul");
    let follows = [Unstated::BenefitFrom, Unstated::BenefitTo, Unstated::Wait, Unstated::Refund];
    for about in outcome.unstated.iter().filter(|about| !(leads_nowhere(outcome) && follows.contains(about))) {
        match silences.iter().find(|silence| silence.about == *about) {
            Some(silence) => {
                let of_some = matches!(about, Unstated::Fee | Unstated::Assistance | Unstated::Deadline);
                let text = if of_some { words::unstated(*about) } else { &silence.text };
                h.line("li", &words::silence(text, &silence.ask));
            }
            None => h.line("li", words::unstated(*about)),
        }
    }
    h.close();
    h.close();
}

fn channels(h: &mut Html, setting: Setting<'_>, outcome: &Outcome) {
    let known = &setting.program.notice().channels;
    let open = outcome.channels.iter().filter_map(|id| known.iter().position(|channel| channel.id == *id));
    let with_steps: Vec<(&Channel, Vec<&str>)> =
        open.map(|at| (&known[at], own_steps(setting, outcome.route, at, &known[at]))).collect();
    let is_bare = |(channel, own): &&(&Channel, Vec<&str>)| {
        own.is_empty()
            && channel.steps.is_empty()
            && channel.place.is_none()
            && channel.phone.is_none()
            && !channel.cash
    };
    part(h, words::CHANNELS);
    let bare: Vec<&str> = with_steps.iter().filter(is_bare).map(|(channel, _)| channel.name.as_str()).collect();
    if !bare.is_empty() {
        h.line("p.channel", &bare.join(all_text::LIST_SEPARATOR));
    }
    for (channel, own) in &with_steps {
        printed(h, "channel-", channel.id.as_str(), &channel.name);
        steps(h, &channel.steps);
        if own.len() > 1 {
            h.line("p.hint", words::CHANNEL_BY_PERSON);
        }
        list(h, "ul");
        for step in own {
            h.line("li", step);
        }
        h.close();
        maybe(h, "p", channel.place.as_deref());
        if channel.cash {
            h.line("p", words::CASH);
        }
        phones(h, channel.phone.as_deref().unwrap_or_default());
        h.close();
    }
    h.close();
}

/// The step for this person: the first that holds, and those before it that may hold.
fn own_steps<'a>(setting: Setting<'_>, route: Route, at: usize, channel: &'a Channel) -> Vec<&'a str> {
    let mut own = Vec::new();
    for (number, audience) in channel.audiences.iter().enumerate() {
        let is_for = setting.holds(Some(route), Said::Audience(at, number));
        if is_for != Some(false) {
            own.push(audience.step.as_str());
        }
        if is_for == Some(true) {
            break;
        }
    }
    own
}

fn papers(h: &mut Html, setting: Setting<'_>, outcome: &Outcome) {
    if leads_nowhere(outcome) {
        return;
    }
    part(h, words::PAPERS);
    list(h, "ul");
    for (at, paper) in setting.program.notice().papers.iter().enumerate() {
        if setting.holds(Some(outcome.route), Said::Paper(at)) != Some(false) {
            h.line("li", &words::paper(&paper.label, &paper.items.join(all_text::LIST_SEPARATOR)));
        }
    }
    h.close();
    h.close();
}

/// The clauses it rests on, with those that it takes in one of several ways.
fn cited(h: &mut Html, setting: Setting<'_>, outcome: &Outcome) {
    let notice = setting.program.notice();
    let known = &notice.clauses;
    let mut cites: Vec<&str> = outcome.cites.iter().map(|label| &**label).collect();
    for when in &outcome.when {
        if let When::Reading { reading, .. } = when
            && let Some(own) = notice.readings.iter().find(|own| own.id == *reading)
        {
            cites.extend(
                own.clauses.iter().map(|label| &**label).filter(|label| !cites.contains(label)).collect::<Vec<_>>(),
            );
        }
    }
    list(h, "ul");
    for label in cites {
        let summary = known.iter().find(|clause| clause.label == label).map_or("", |clause| clause.summary.as_str());
        h.line("li", &words::clause(label, summary));
    }
    h.close();
}
