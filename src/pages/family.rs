//! The household on one page, to look at and to print: what each one pays, the sum, whose last day comes first.
//!
//! Everybody's answers go to the engine one by one; what is certain of the responses, and the sum, is the engine's to
//! say.

use super::warnings;
use crate::action::{Action, Host};
use crate::app::{State, Step};
use crate::components::outcome::{first_time, today};
use crate::components::{Look, button, folded, heading, list, maybe, name, section, tap};
use crate::handout;
use crate::html::Html;
use crate::questions::find;
use crate::session::{LONGEST_NAME, MOST_PERSONS, Person};
use crate::spoken::spoken;
use crate::text::{UNKEPT, family as words, format, result};
use canbao_engine::contract::InVain;
use canbao_engine::household::{Household, Standing, household};
use canbao_engine::{Answers, Response, evaluate, is_over};
use canbao_policy::model::{Answer, Notice};
use chrono::NaiveDate;

/// The household.
pub fn page(h: &mut Html, state: &State) {
    let Some(program) = state.program else { return };
    let notice = program.notice();
    let persons = state.session.persons();
    let response = |person: &&Person| {
        let answers = Answers::read(&person.answers, notice).ok()?;
        evaluate(program, state.on, &answers).ok()
    };
    let responses: Vec<Option<Response>> = persons.iter().map(response).collect();
    let household = household(&responses);
    h.open("div.family");
    if super::result::early(h, program, state.on) {
        return h.close();
    }
    heading(h, words::TITLE);
    h.line("p.hint", &result::asked_on(&format::day(state.on)));
    warnings(h, state);
    let year = notice.notice.year;
    let over = is_over(year, state.on).then(|| result::over_title(year));
    if let Some(over) = &over {
        h.open("div.over@over");
        h.line("p", &words::over(over, result::OVER_LEAD));
        h.close();
    } else {
        total(h, &household, &responses);
        deadlines(h, state.on, &household, &persons);
    }
    section(h, words::EACH);
    for ((person, response), standing) in persons.iter().zip(&responses).zip(&household.standings) {
        one(h, state, person, response.as_ref(), standing, over.as_deref(), persons.len());
    }
    h.close();
    // Nothing is asked any more, and nothing can be planned by what stands here.
    if over.is_some() {
        return h.close();
    }
    if state.host != Host::WeChat {
        tap(h, Look::Action, "print", "", Step::Do(Action::Print), words::PRINT);
    }
    add(h, state, notice);
    h.close();
}

/// What a person is called.
fn called(person: &Person) -> String {
    words::name(person.number, &person.name)
}

/// The sum of what is certain, and what is not in it.
fn total(h: &mut Html, household: &Household, responses: &[Option<Response>]) {
    let Household { counted, open, .. } = *household;
    h.open("div.total-box@total");
    if counted == 0 {
        h.line("p", words::NO_TOTAL);
    } else {
        h.open("p.headline");
        h.line("span", words::TOTAL);
        h.line("b@total-amount", &household.payable.to_string());
        h.text(result::YUAN);
        h.close();
        h.line("p@total-counted", &words::counted(counted, open));
    }
    let elsewhere = responses.len() - counted - open;
    maybe(h, "p", (elsewhere > 0).then(|| words::elsewhere(elsewhere)).as_deref());
    let extras = responses.iter().flatten().any(|r| r.outcomes.iter().any(|outcome| !outcome.extras.is_empty()));
    maybe(h, "p.hint", extras.then_some(words::WITHOUT_EXTRAS));
    h.close();
}

/// Who has to be quick: a line for each day.
fn deadlines(h: &mut Html, on: NaiveDate, household: &Household, persons: &[&Person]) {
    if household.by_deadline.is_empty() {
        return;
    }
    section(h, words::DEADLINES);
    list(h, "ol@deadlines");
    let day_of = |at: usize| household.standings[at].act_by;
    for together in household.by_deadline.chunk_by(|&one, &other| day_of(one) == day_of(other)) {
        let names: Vec<String> = together.iter().map(|&at| called(persons[at])).collect();
        if let Some(day) = together.first().and_then(|&at| day_of(at)) {
            h.line("li", &words::deadline(&format::day_of_week(day), &format::days_left(on, day), &names));
        }
    }
    h.close();
    h.line("p.hint", words::DEADLINES_LEAD);
    h.close();
}

fn one(
    h: &mut Html,
    state: &State,
    person: &Person,
    response: Option<&Response>,
    standing: &Standing,
    over: Option<&str>,
    of: usize,
) {
    let number = &person.number.to_string();
    let called = &called(person);
    let ask = response.map_or(&[][..], |response| &response.ask);
    let left = ask.iter().filter(|key| !person.skipped.contains_key(key)).count();
    h.open("article.person");
    name(h, "person-", number);
    h.line("h3", called);
    h.open("p.sum");
    name(h, "sum-", number);
    h.text(&over.map_or_else(|| in_a_line(response, standing, left), str::to_owned));
    h.close();
    if let Some(response) = response.filter(|_| over.is_none()) {
        besides(h, state, response, standing, left == 0);
    }
    maybe(h, "p.hint", (left == 0 && !ask.is_empty()).then(|| words::skipped(ask.len())).as_deref());
    let what = if left == 0 { words::SEE } else { words::GO_ON };
    button(h, Look::Answer, "see-", number, Step::Person(number));
    h.attr("aria-label", &words::of(called, what));
    h.text(what);
    h.close();
    folded(h, "edit-", number, words::CHANGE);
    h.open("form[novalidate]");
    h.attr("data-form", number);
    nickname(h, number, &person.name);
    h.line("button.answer[type=submit]", words::RENAME);
    h.close();
    if of > 1 {
        tap(h, Look::Quiet, "remove-", number, Step::Remove(number), words::REMOVE);
    }
    h.close();
    h.close();
}

/// What has to be known beside the amount: that it buys nothing any more, that something is to be registered, until when.
fn besides(h: &mut Html, state: &State, response: &Response, standing: &Standing, answered: bool) {
    // What may still be is not said of somebody who is about to answer.
    let in_vain = response.in_vain().filter(|sure| answered || *sure != InVain::Perhaps);
    let in_vain = in_vain.zip(state.program).map(|(sure, program)| result::in_vain(sure, program.notice().notice.year));
    maybe(h, "p.problem", in_vain.as_deref());
    let on = response.on;
    let first = response.outcomes.first().filter(|_| standing.kind.is_some());
    if let Some(first) = first.filter(|first| first.registers_only()) {
        h.line("p", today(on, first));
    }
    if standing.disputed {
        h.line("p.problem", result::PERHAPS_LATE);
    } else if let Some((day, action)) = standing.deadline {
        h.line("p", &words::last_day(action, &format::day_of_week(day), &format::days_left(on, day)));
    }
    // It says of itself whom it is for.
    maybe(h, "p", response.outcomes.iter().find_map(|outcome| first_time(on, outcome)).as_deref());
}

/// What it comes to, in one line.
fn in_a_line(response: Option<&Response>, standing: &Standing, left: usize) -> String {
    let Some(response) = response else { return words::TROUBLE.to_owned() };
    match handout::amounts(response).as_slice() {
        [one] if standing.kind.is_some() => one.clone(),
        _ if left > 0 => words::unfinished(left),
        several => result::several(several),
    }
}

/// One more person: a nickname, and what need not be asked again.
fn add(h: &mut Html, state: &State, notice: &Notice) {
    section(h, words::ADD);
    if (1..=MOST_PERSONS).all(|number| state.session.person(number).is_some()) {
        h.line("p@full", &words::full(MOST_PERSONS));
    } else {
        h.open("form.add[novalidate][data-form=new]");
        h.line("p.hint", words::ADD_LEAD);
        nickname(h, "new", "");
        let shared = state.session.shared().and_then(|value| {
            let question = find(Answer::Residence.as_str(), notice, &state.session.person.answers)?;
            Some(words::shared(&spoken(&question, value, notice)))
        });
        maybe(h, "p.hint@shared", shared.as_deref());
        h.line("button.main@add[type=submit]", words::ADD_BUTTON);
        h.close();
    }
    match state.unkept {
        true => h.line("p.problem@unkept", UNKEPT),
        false => h.line("p.hint", words::KEPT_HERE),
    }
    h.close();
}

fn nickname(h: &mut Html, id: &str, value: &str) {
    h.open("label.nickname");
    h.line("span", words::NICKNAME);
    h.void("input[type=text][autocomplete=off]");
    h.attr("maxlength", &LONGEST_NAME.to_string());
    name(h, "nickname-", id);
    h.attr("value", value);
    h.close();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Visit;
    use crate::pages::{self, LATE};
    use canbao_policy::model::Action;

    fn day() -> NaiveDate {
        "2026-02-10".parse().expect("a day")
    }

    /// The page of a household kept like this, on a day.
    fn shown(kept: &str, on: NaiveDate) -> String {
        shown_of("141123-2026", kept, on)
    }

    /// The same of another notice.
    fn shown_of(id: &str, kept: &str, on: NaiveDate) -> String {
        let program = Some(crate::testing::program(id));
        let kept = &["canbao 2 \nnotice ", id, " \nperson 1 \n", kept].concat();
        let mut state = State { late: Some(&LATE), ..State::start(Visit { program, kept, on, ..Visit::default() }) };
        state.take(Step::Family, on);
        pages::page(&state)
    }

    /// The text of the element with this `data-testid`, up to the next end of one.
    fn text(page: &str, id: &str) -> String {
        let start = page.find(&format!("data-testid=\"{id}\"")).unwrap_or_else(|| panic!("no {id} on {page}"));
        let inner = page[start..].split_once('>').map_or("", |(_, rest)| rest);
        inner.split("</").next().unwrap_or_default().to_owned()
    }

    const ORDINARY: &str = "text residence local\ntext other_plan none\ntext birth_date 1980-05-20\nlist groups \n";

    #[test]
    fn certain_amounts_are_added_up_and_the_others_counted() {
        let kept = [ORDINARY, "person 2 妈妈\n", ORDINARY, "person 3 \ntext residence local\n"].concat();
        let page = shown(&kept, day());
        assert_eq!(text(&page, "total-amount"), "800");
        assert_eq!(text(&page, "total-counted"), words::counted(2, 1));
        assert_eq!(text(&page, "sum-1"), "要交 400 元");
        assert!(text(&page, "sum-3").contains("题"), "{page}");
        let names = [words::name(1, ""), words::name(2, "妈妈")];
        assert!(page.contains(&names.join("、")), "who has the same last day stands in one line");
    }

    /// Hunan 二(六)1: the 90 days outlast the year.
    #[test]
    fn who_would_pay_for_nothing_is_told_so() {
        let kept = [ORDINARY, "text left none\ntext last_year resident\n"].concat();
        for (on, in_vain) in [("2026-09-30", false), ("2026-11-30", true)] {
            let page = shown_of("43xxxx-2026", &kept, on.parse().expect("a day"));
            assert_eq!(text(&page, "sum-1"), "要交 1100 元");
            assert_eq!(page.contains(&result::in_vain(InVain::AfterWait, 2026)), in_vain, "{on}: {page}");
        }
    }

    /// Hunan 二(四)4: a soldier's cover would begin with the payment.
    #[test]
    fn nobody_is_told_that_paying_is_useless_where_it_may_not_be() {
        let on = "2026-11-30".parse().expect("a day");
        let [certain, perhaps] = [InVain::AfterWait, InVain::Perhaps].map(|sure| result::in_vain(sure, 2026));
        let last_year = "text last_year resident\n";
        for (more, said) in [("", false), ("skipped left \nskipped employee_months \nskipped employee_gap \n", true)] {
            let page = shown_of("43xxxx-2026", &[ORDINARY, last_year, more].concat(), on);
            assert!(page.contains(&perhaps) == said && !page.contains(&certain), "{more}: {page}");
        }
    }

    #[test]
    fn who_registers_is_told_so() {
        // 山阴 三(一)1: registering opens payment only one or two working days later.
        let first_time = [ORDINARY, "text left none\ntext student none\ntext last_year never\n"].concat();
        let page = shown_of("140621-2025", &first_time, "2025-02-10".parse().expect("a day"));
        let last = format::day_of_week("2025-02-21".parse().expect("a day"));
        assert!(page.contains(&result::register_first(&last)), "{page}");
        assert!(text(&page, "deadlines").contains(&last), "{page}");
        // The day in the list is explained also where the question is open.
        let open = first_time.replace("text last_year never\n", "skipped last_year \n");
        let page = shown_of("140621-2025", &open, "2025-02-10".parse().expect("a day"));
        assert!(page.contains(&result::register_first(&last)) && text(&page, "deadlines").contains(&last), "{page}");
        // 兴县 七(一): free, and yet to be registered.
        let newborn = ORDINARY.replace("1980-05-20", "2026-01-20");
        assert!(shown(&newborn, day()).contains(result::REGISTER_SOON));
    }

    /// 兴县 七(一): by the strict way of counting the 90 days ended the day before.
    #[test]
    fn who_may_be_late_already_is_told_so_and_comes_first() {
        let newborn = ORDINARY.replace("1980-05-20", "2025-12-20");
        let page = shown(&newborn, "2026-03-20".parse().expect("a day"));
        assert!(page.contains(result::PERHAPS_LATE), "{page}");
        let today = format::day_of_week("2026-03-20".parse().expect("a day"));
        assert!(!page.contains(&words::last_day(Action::Pay, &today, "")), "{page}");
        assert!(text(&page, "deadlines").contains(&today), "{page}");
    }

    #[test]
    fn a_person_alone_cannot_be_removed() {
        assert!(!shown(ORDINARY, day()).contains("data-step=\"remove"));
        let two = [ORDINARY, "person 2 \n"].concat();
        assert!(shown(&two, day()).contains("data-step=\"remove 2\""));
    }

    #[test]
    fn what_is_shared_is_said_before_a_person_is_added() {
        assert!(!shown("", day()).contains("data-testid=\"shared\""));
        assert!(shown(ORDINARY, day()).contains("data-testid=\"shared\""));
        let full: String = (1..=MOST_PERSONS).map(|number| format!("person {number} \n")).collect();
        assert!(shown(&full, day()).contains("data-testid=\"full\""));
    }

    #[test]
    fn a_year_that_is_over_has_no_sum() {
        let page = shown(ORDINARY, "2027-01-01".parse().expect("a day"));
        assert!(!page.contains("data-testid=\"total\"") && page.contains("data-testid=\"over\""));
        assert_eq!(text(&page, "sum-1"), result::over_title(2026));
        // There is no question to begin with, and nothing to take along.
        assert!(!page.contains("data-form=\"new\"") && !page.contains("data-step=\"do "), "{page}");
    }
}
