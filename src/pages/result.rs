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
use canbao_engine::{Program, Response, evaluate, is_too_early};
use canbao_policy::model::Topic;
use chrono::NaiveDate;

/// The result for everything said so far.
pub fn page(h: &mut Html, state: &State) {
    let Some(program) = state.program else { return };
    let Ok(answers) = state.answers() else { return };
    if early(h, program, state.on) {
        return;
    }
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
        outcome::first(h, setting, first, response.in_vain(), (!is_one).then_some(words::PLAN_BY));
    }
    others(h, setting, response);
    if is_one && !response.ask.is_empty() {
        // One outcome, but questions are left that may still change it.
        h.open("div.several-box");
        to_go_on(h, state, response);
        h.close();
    }
    // What a year that is over came to is of no use to anybody.
    if !response.over {
        actions(h, state, setting, response);
    }
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
    maybe(h, "p.problem@unkept", state.unkept.then_some(text::UNKEPT));
    review::part(h, state);
    h.close();
    h.close();
}

/// The other outcomes, folded under what they come to.
fn others(h: &mut Html, setting: Setting<'_>, response: &Response) {
    let Some((first, others)) = response.outcomes.split_first() else { return };
    let others: Vec<_> = others.iter().map(|outcome| (outcome, outcome::beside(setting.on, outcome, first))).collect();
    for (at, (_, beside)) in others.iter().enumerate() {
        let alike = || others.iter().enumerate().filter(|(_, (_, other))| other.alike == beside.alike);
        if alike().next().is_none_or(|(first, _)| first != at) {
            continue;
        }
        let one_length = alike().all(|(_, (_, other))| other.own == beside.own);
        let headline = if one_length { &beside.own } else { &beside.alike };
        folded(h, "also-possible", "", &words::also_possible(headline, alike().count()));
        for (number, (outcome, _)) in alike() {
            outcome::other(h, setting, outcome, number + 1);
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

/// Where the device's day lies before any notice of the year can have been there, its clock is wrong: nothing it would
/// lead to is shown. Says whether it is so.
pub fn early(h: &mut Html, program: &Program, on: NaiveDate) -> bool {
    let year = program.notice().notice.year;
    let early = is_too_early(year, on);
    if early {
        h.open("div.over@early[data-kind=early]");
        heading(h, words::EARLY_TITLE);
        h.line("p", &words::early(&format::day(on), year));
        h.close();
        h.open("div.offices");
        outcome::contacts(h, program);
        h.close();
    }
    early
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
            && !labels.iter().any(|label| label == question.label())
        {
            labels.push(question.label().to_owned());
        }
    }
    labels
}

/// On to the questions that are left; those left open before can be taken up one by one.
fn to_go_on(h: &mut Html, state: &State, response: &Response) {
    let left = state.at_most_left();
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
        if let Some(file) = handout::calendar(setting.program, response) {
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
    tap(h, Look::Quiet, "invite", "", Step::Family, text::family::INVITE);
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
    let given = |key: &&String| {
        state.session.person.answers.contains_key(key) || state.session.person.skipped.contains_key(key)
    };
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Visit;
    use crate::pages::{LATE, page};
    use canbao_engine::Answers;
    use canbao_engine::answers::Loose;
    use canbao_engine::contract::InVain;
    use canbao_engine::contract::{Kind, Today};
    use canbao_policy::model::{self, Unstated};

    const NOTICE: &str = "141123-2026";

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    /// The result for these answers, and its page.
    fn asked(on: &str, host: Host, answers: &[(&str, &str)]) -> (Response, String) {
        asked_of(NOTICE, on, host, answers)
    }

    /// The same of another notice.
    fn asked_of(notice: &str, on: &str, host: Host, answers: &[(&str, &str)]) -> (Response, String) {
        let program = crate::testing::program(notice);
        let mut state = State::start(Visit { program: Some(program), on: day(on), ..Visit::default() });
        state.late = Some(&LATE);
        state.host = host;
        for (key, value) in answers {
            let value = match *key {
                "groups" => Loose::List(value.split(',').filter(|v| !v.is_empty()).map(text_value).collect()),
                "parent_insured" => Loose::Bool(*value == "true"),
                _ => text_value(value),
            };
            state.session.person.answers.insert((*key).to_owned(), value);
        }
        state.take(Step::Result, day(on));
        let answers = state.answers().expect("answers");
        (evaluate(program, day(on), &answers).expect("a response"), page(&state))
    }

    fn text_value(value: &str) -> Loose {
        Loose::Text(value.to_owned())
    }

    const PERSON: [(&str, &str); 3] = [("residence", "local"), ("other_plan", "none"), ("birth_date", "1980-05-20")];

    /// Hunan 二(四)1: born 90 days before the last day of the period. Everybody can pay; with or without a wait is disputed.
    #[test]
    fn on_a_disputed_day_nothing_is_said_that_does_not_hold() {
        let newborn = [
            ("residence", "local"),
            ("other_plan", "none"),
            ("birth_date", "2025-11-02"),
            ("groups", ""),
            ("left", "none"),
            ("student", "none"),
            ("last_year", "never"),
        ];
        let (response, page) = asked_of("43xxxx-2026", "2026-01-31", Host::Browser, &newborn);
        assert_eq!((response.outcomes[0].today, response.outcomes[1].today), (Today::Disputed, Today::Open));
        let last = format::day(day("2026-01-31"));
        assert!(page.contains(&words::deadline_wide_today(&last)) && !page.contains(&words::deadline_wide(&last)));
        // Yesterday, the safe day, is no day on which it can be done.
        assert!(
            page.contains("<td>30</td>") && page.contains("<td class=\"can last\" aria-current=\"date\">31<"),
            "{page}"
        );
        let copied = handout::as_text(crate::testing::program("43xxxx-2026"), &response);
        // Whoever it is handed on to may read it on another day.
        let perhaps = words::PERHAPS_LATE.replacen("今天", &last, 1).replace("今天", "当天");
        assert!(copied.contains(&perhaps) && !copied.contains("今天"), "{copied}");
        assert!(copied.contains(&words::deadline_wide_today(&last)) && !copied.contains("1月30日"), "{copied}");
        // Each of the others says in what it differs.
        assert!(page.contains(words::PERHAPS_LATE) && page.contains(words::A_WAIT), "{page}");
        let central = words::by_route(&outcome::headline(&response.outcomes[0]), Some("集中缴费期内办理"));
        assert!(page.contains(&words::also_possible(&central, 1)), "{page}");
    }

    /// Hunan 二(五): a way is a name and no half of a sentence, and who has nothing to do goes none.
    #[test]
    fn a_fold_names_the_way_as_its_outcome_does() {
        let left = [
            ("residence", "local"),
            ("other_plan", "none"),
            ("birth_date", "1980-05-20"),
            ("groups", "dibao"),
            ("left", "employee"),
            ("left_on", "2026-02-10"),
        ];
        let (_, page) = asked_of("43xxxx-2026", "2026-06-01", Host::Browser, &left);
        assert!(page.contains("要交 400 元（集中缴费期之后新认定的困难群众）"), "{page}");
        let student = [
            ("residence", "local"),
            ("other_plan", "none"),
            ("groups", "tekun"),
            ("student", "here"),
            ("last_year", "resident"),
        ];
        let (response, page) = asked_of("43xxxx-2026", "2025-12-10", Host::Browser, &student);
        assert!(response.outcomes.iter().any(|outcome| outcome.route == model::Route::Central), "{response:?}");
        assert!(page.contains("也可能：不用交钱，但前提不一样") && !page.contains("集中缴费期内办理"), "{page}");
    }

    /// Hunan 二(五): the amount rests on how that clause is read, not on what it gives.
    #[test]
    fn the_clause_in_dispute_is_among_the_reasons() {
        let elsewhere = [
            ("residence", "permit"),
            ("other_plan", "none"),
            ("birth_date", "1980-05-20"),
            ("groups", "tekun"),
            ("left", "none"),
            ("student", "none"),
            ("last_year", "resident"),
        ];
        let (response, page) = asked_of("43xxxx-2026", "2025-12-01", Host::Browser, &elsewhere);
        let full =
            response.outcomes.iter().find(|outcome| outcome.fee.as_ref().is_some_and(|fee| fee.assistance.0.is_zero()));
        assert!(!full.expect("an outcome without assistance").cites.iter().any(|label| &**label == "二(五)"));
        let reasons = page.matches("二(五)：").count();
        assert_eq!(reasons, response.outcomes.len(), "{page}");
    }

    /// 兴县 七(二): whether the days 1 to 25 bind after the period disputes the day, weeks before the last one.
    #[test]
    fn a_day_disputed_by_another_reading_is_not_said_to_be_late() {
        let released = [PERSON.as_slice(), &[("groups", ""), ("left", "prison"), ("left_on", "2026-03-10")]].concat();
        let (response, page) = asked("2026-03-28", Host::Browser, &released);
        assert_eq!(response.outcomes[0].today, Today::Disputed);
        let disputed = words::today(Today::Disputed, model::Action::Pay);
        assert!(page.contains(disputed) && !page.contains(words::PERHAPS_LATE), "{page}");
        let copied = handout::as_text(crate::testing::program(NOTICE), &response);
        assert!(copied.contains("2026年3月28日还能不能办") && !copied.contains("今天"), "{copied}");
        assert!(page.contains(&words::deadline_wide(&format::day(day("2026-06-10")))), "{page}");
    }

    /// A notice's sentence on what it is silent about may be on somebody else.
    #[test]
    fn what_the_notice_does_not_say_of_others_is_not_said_of_this_person() {
        let hunan = |on: &str, answers: &[(&str, &str)]| {
            let home = [("residence", "local"), ("other_plan", "none"), ("birth_date", "1980-05-20")];
            asked_of("43xxxx-2026", on, Host::Browser, &[&home[..], answers].concat())
        };
        let known = [("groups", "dibao"), ("recognised_on", "2025-06-01"), ("left", "none"), ("last_year", "resident")];
        let plain = [("groups", ""), ("left", "none"), ("last_year", "resident")];
        let left = [("groups", "dibao"), ("left", "employee"), ("left_on", "2026-01-20"), ("last_year", "employee")];
        let silences = &crate::testing::program("43xxxx-2026").notice().silences;
        for (on, answers, about) in [
            ("2026-03-01", &known[..], Unstated::Fee),
            ("2026-06-01", &plain, Unstated::Deadline),
            ("2026-02-15", &left, Unstated::Assistance),
        ] {
            let (response, page) = hunan(on, answers);
            assert!(response.outcomes.iter().any(|outcome| outcome.unstated.contains(&about)), "{about:?}");
            assert!(page.contains(words::unstated(about)), "{about:?}: {page}");
            for silence in silences.iter().filter(|silence| silence.about == about) {
                assert!(!page.contains(&silence.text), "{}", silence.text);
            }
        }
    }

    /// Hunan 二(四): free, and to be registered for, without a day.
    #[test]
    fn a_newborn_who_pays_nothing_is_to_be_registered_all_the_same() {
        let answers = [
            ("residence", "local"),
            ("other_plan", "none"),
            ("birth_date", "2026-04-10"),
            ("groups", ""),
            ("parent_insured", "true"),
        ];
        let (response, page) = asked_of("43xxxx-2026", "2026-08-01", Host::Browser, &answers);
        let copied = handout::as_text(crate::testing::program("43xxxx-2026"), &response);
        assert!(page.contains(words::REGISTER_SOON) && copied.contains(words::REGISTER_SOON), "{copied}: {page}");
    }

    /// Hunan 二(六)1: paid on the last day of September, the 90 days end before the year does, and later they do not.
    #[test]
    fn copied_text_says_the_wait_and_that_it_may_outlast_the_year() {
        let answers = [
            ("residence", "local"),
            ("other_plan", "none"),
            ("birth_date", "1980-05-20"),
            ("groups", ""),
            ("left", "none"),
            ("last_year", "resident"),
        ];
        for (on, in_vain) in [("2026-09-30", false), ("2026-11-30", true)] {
            let (response, page) = asked_of("43xxxx-2026", on, Host::Browser, &answers);
            let copied = handout::as_text(crate::testing::program("43xxxx-2026"), &response);
            // Before anything that one has to scroll to.
            let days = page.split("class=\"part\"").next().expect("a beginning");
            assert_eq!(days.contains(&words::in_vain(InVain::AfterWait, 2026)), in_vain, "{on}: {days}");
            for text in [page, copied] {
                assert!(text.contains(&words::wait(&format::length("P90D"))), "{text}");
                assert_eq!(text.contains(&words::in_vain(InVain::AfterWait, 2026)), in_vain, "{on}: {text}");
            }
        }
    }

    /// 兴县 七(一): the 90 days end on the 19th or the 20th.
    #[test]
    fn copied_text_tells_of_both_last_days() {
        let newborn = [("residence", "local"), ("other_plan", "none"), ("birth_date", "2025-12-20"), ("groups", "")];
        let (response, _) = asked("2026-03-18", Host::Browser, &newborn);
        let copied = handout::as_text(crate::testing::program(NOTICE), &response);
        assert!(copied.contains(&format::day_of_week(day("2026-03-19"))), "{copied}");
        assert!(copied.contains(&words::deadline_wide(&format::day(day("2026-03-20")))), "{copied}");
    }

    /// 山阴: a newborn's registration is free as well as what a person in a group has nothing to do for.
    #[test]
    fn what_is_free_but_to_be_registered_for_is_no_offer() {
        let answers = [("residence", "local"), ("other_plan", "none"), ("groups", "tekun"), ("left", "none")];
        let (_, page) = asked_of("140621-2025", "2025-01-20", Host::Browser, &answers);
        let fold = words::also_possible(&words::besides(words::headline(Kind::Free), words::TO_REGISTER), 1);
        assert!(page.contains(&fold), "{page}");
    }

    /// 山阴 三(一)1: who registers on the last day can pay only after it.
    #[test]
    fn a_day_of_registration_that_is_past_is_not_told_as_one_to_come() {
        let first_time = [
            ("residence", "local"),
            ("other_plan", "none"),
            ("birth_date", "1980-05-20"),
            ("groups", ""),
            ("left", "none"),
            ("student", "none"),
            ("last_year", "never"),
        ];
        let page = |on| asked_of("140621-2025", on, Host::Browser, &first_time).1;
        let last = format::day_of_week(day("2025-02-21"));
        for (on, is_past) in [("2025-02-21", false), ("2025-02-22", true), ("2025-02-25", true)] {
            let page = page(on);
            assert_eq!(page.contains(&words::register_by_past(&last)), is_past, "{on}");
            assert_eq!(page.contains(&words::register_by(&last)), !is_past, "{on}");
        }
    }

    fn person(groups: &str) -> Vec<(&str, &str)> {
        PERSON.into_iter().chain([("groups", groups)]).collect()
    }

    #[test]
    fn a_day_before_there_can_be_a_notice_gives_no_result() {
        let (response, page) = asked("2024-12-31", Host::Browser, &person(""));
        assert!(response.outcomes.iter().any(|outcome| outcome.fee.is_some()));
        assert!(page.contains(&words::early(&format::day(day("2024-12-31")), 2026)), "{page}");
        assert!(page.contains("class=\"office\""), "whom to ask");
        assert!(!page.contains("result-amount"));
        assert!(asked("2025-01-01", Host::Browser, &person("")).1.contains("result-amount"));
    }

    #[test]
    fn the_result_has_all_its_parts() {
        let (response, page) = asked("2026-02-10", Host::Browser, &person("dibao"));
        let first = response.outcomes.first().expect("an outcome");
        let fee = first.fee.as_ref().expect("a fee");
        let last = first.deadline.and_then(|deadline| deadline.safe).expect("a last day");
        for part in [
            format!("data-testid=\"result-amount\">{}</b>", fee.payable),
            format!("datetime=\"{last}\""),
            "data-testid=\"sum-picture\"".to_owned(),
            "<table class=\"month\">".to_owned(),
            words::LISTS.to_owned(),
            words::CHANNELS.to_owned(),
            words::WHY.to_owned(),
        ] {
            assert!(page.contains(&part), "{part} is missing");
        }
        let notice = crate::testing::program(NOTICE).notice();
        let office = notice.groups.iter().find(|group| group.id.as_str() == "dibao").expect("a group");
        assert!(page.contains(&words::confirmed_by(&office.name, office.confirmed_by.as_deref())));
        for clause in &first.cites {
            assert!(page.contains(&format!("<li>{clause}")), "clause {clause} is missing");
        }
    }

    #[test]
    fn a_result_that_is_open_says_what_it_depends_on_and_asks_on() {
        let (response, page) = asked("2026-02-10", Host::Browser, &PERSON);
        assert!(response.outcomes.len() > 1);
        for outcome in &response.outcomes {
            assert!(page.contains(&outcome::headline(outcome)));
        }
        assert!(page.contains("data-testid=\"depends-on\""));
        assert!(page.contains("data-testid=\"continue\""));
    }

    #[test]
    fn waits_of_different_length_are_one_fold_with_each_length_in_it() {
        let program = crate::testing::program("140621-2025");
        let on = day("2024-11-10");
        let mut state = State::start(Visit { program: Some(program), on, ..Visit::default() });
        state.late = Some(&LATE);
        state.take(Step::Result, on);
        let page = page(&state);
        let folds: Vec<&str> =
            page.split("<summary>").skip(1).filter_map(|rest| rest.split("</summary>").next()).collect();
        assert!(folds.iter().any(|fold| fold.contains(words::A_WAIT)), "{folds:?}");
        assert!(!folds.iter().any(|fold| fold.contains(&words::wait_of(""))), "{folds:?}");
        let response = evaluate(program, on, &Answers::default()).expect("a response");
        for wait in response.outcomes.iter().skip(1).filter_map(|outcome| outcome.wait.as_ref()) {
            assert!(page.contains(&words::wait_of(&format::length(&wait.length))), "{}", wait.length);
        }
    }

    #[test]
    fn a_year_that_is_over_says_so_first_and_shows_no_amount() {
        let (_, page) = asked("2027-02-10", Host::Browser, &person(""));
        let main = page.split("<main>").nth(1).expect("a main part");
        let before = main.split("data-testid=\"over\"").next().expect("a part before");
        assert!(!before.contains("<h1"), "{before}");
        assert!(!page.contains("result-amount") && !page.contains("data-step=\"do "));
        assert!(!page.contains("data-testid=\"invite\""), "nobody else is asked anything either");
    }

    #[test]
    fn a_person_who_belongs_elsewhere_is_told_so_before_anything_else() {
        let (response, page) = asked("2026-02-10", Host::Browser, &[("residence", "away")]);
        let first = response.outcomes.first().expect("an outcome");
        let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text} is missing"));
        assert!(at(first.notes.first().expect("a note")) < at(words::CONTACTS));
        assert_eq!(page.matches(words::CONTACTS).count(), 1);
        assert!(!page.contains("<table"));
    }

    #[test]
    fn who_is_sent_nowhere_reads_nothing_of_what_follows_a_payment() {
        let silence = |about| {
            let silences = &crate::testing::program(NOTICE).notice().silences;
            silences
                .iter()
                .find(|silence| silence.about == about)
                .map(|silence| silence.text.as_str())
                .expect("a silence")
        };
        let pages = ["employee", "other", "none"].map(|other_plan| {
            let answers = [("other_plan", other_plan), ("residence", "local"), ("birth_date", "1980-05-20")];
            asked("2026-02-10", Host::Browser, &answers.into_iter().chain([("groups", "dibao")]).collect::<Vec<_>>()).1
        });
        for (page, pays) in pages.iter().zip([false, false, true]) {
            for part in [words::PAPERS, words::LISTS, silence(Unstated::BenefitFrom), silence(Unstated::BenefitTo)] {
                assert_eq!(page.contains(part), pays, "{part} on {page}");
            }
        }
        assert!(pages[1].contains(words::unstated(Unstated::Fee)), "what to ask is still said");
    }

    #[test]
    fn wechat_is_offered_only_what_works_there() {
        let steps = |host| {
            let page = asked("2026-02-10", host, &person("")).1;
            let steps = page.split("data-step=\"do ").skip(1).filter_map(|rest| rest.split('"').next());
            (steps.map(str::to_owned).collect::<Vec<_>>(), page.contains("data-testid=\"in-wechat\""))
        };
        assert_eq!(steps(Host::WeChat), (vec!["copy".to_owned()], true));
        assert_eq!(steps(Host::Browser), (["print", "save", "copy", "share"].map(str::to_owned).into(), false));
        assert_eq!(steps(Host::Sharing).0, steps(Host::Browser).0);
    }
}
