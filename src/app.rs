//! What is on screen, and every step a person can take from there.
//!
//! A page is a plain function of [`State`]. A tap is a [`Step`], which stands as text on the button that takes it;
//! [`State::take`] changes the state and says in [`Order`]s what is left to do outside, so that all of it runs in a
//! test without a browser. What comes next, and what comes out, is the engine's to say.

use crate::action::{Action, Host};
use crate::components::fields;
pub use crate::components::fields::Problem;
use crate::pages::{self, Late};
use crate::questions::{Question, find};
use crate::session::{Person, Session};
use canbao_engine::answers::{Loose, RequestError};
use canbao_engine::{Answers, Program, ask, is_over};
use canbao_policy::model::Answer;
use canbao_policy::words;
use chrono::NaiveDate;
use std::cell::OnceCell;
use std::hint::black_box;

/// A page of the app.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// Choosing a county and year.
    #[default]
    Counties,
    /// The question with this key.
    Question(String),
    /// The result, with the answers.
    Result,
    /// The household.
    Family,
    /// About.
    About,
}

impl Place {
    /// Its name, and for a question the key.
    fn words(&self) -> [&str; 2] {
        match self {
            Self::Counties => ["counties", ""],
            Self::Question(key) => ["question ", key],
            Self::Result => ["result", ""],
            Self::Family => ["family", ""],
            Self::About => ["about", ""],
        }
    }

    fn parse(text: &str) -> Self {
        match text {
            "result" => Self::Result,
            "family" => Self::Family,
            "about" => Self::About,
            _ => text.strip_prefix("question ").map_or(Self::Counties, |key| Self::Question(key.to_owned())),
        }
    }
}

/// Something a person does. Its words are what `data-step` holds on the button: `answer residence local`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// Goes on with what was answered before.
    Resume,
    /// Answers a question: its key and the value; several values with commas between.
    Answer(&'a str, &'a str),
    /// Leaves a question open.
    Skip(&'a str),
    /// Turns to a question.
    Ask(&'a str),
    /// Looks at the result.
    Result,
    /// Looks at the household.
    Family,
    /// Turns to the person with this number and goes on there.
    Person(&'a str),
    /// Removes the person with this number.
    Remove(&'a str),
    /// Reads about the app.
    About,
    /// Goes back.
    Back,
    /// Has everything said so far deleted, of everybody and for every notice.
    Forget,
    /// Tries again to fetch the late pages.
    Again,
    /// Does something with the page.
    Do(Action),
}

impl<'a> Step<'a> {
    /// Its verb, then what it is about.
    pub fn words(self) -> [&'a str; 3] {
        match self {
            Self::Resume => ["resume", "", ""],
            Self::Answer(key, value) => ["answer", key, value],
            Self::Skip(key) => ["skip", key, ""],
            Self::Ask(key) => ["ask", key, ""],
            Self::Result => ["result", "", ""],
            Self::Family => ["family", "", ""],
            Self::Person(number) => ["person", number, ""],
            Self::Remove(number) => ["remove", number, ""],
            Self::About => ["about", "", ""],
            Self::Back => ["back", "", ""],
            Self::Forget => ["forget", "", ""],
            Self::Again => ["again", "", ""],
            Self::Do(action) => ["do", action.as_str(), ""],
        }
    }

    /// The step with these words.
    pub fn parse(text: &'a str) -> Option<Self> {
        let (verb, rest) = text.split_once(' ').unwrap_or((text, ""));
        let (first, second) = rest.split_once(' ').unwrap_or((rest, ""));
        Some(match verb {
            "resume" => Self::Resume,
            "answer" => Self::Answer(first, second),
            "skip" => Self::Skip(first),
            "ask" => Self::Ask(first),
            "result" => Self::Result,
            "family" => Self::Family,
            "person" => Self::Person(first),
            "remove" => Self::Remove(first),
            "about" => Self::About,
            "back" => Self::Back,
            "forget" => Self::Forget,
            "again" => Self::Again,
            "do" => Self::Do(Action::parse(first)?),
            _ => return None,
        })
    }
}

/// What a step leaves to be done outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Order {
    /// Add this entry to the browser's history, after the one it is at.
    Push(String),
    /// Put this entry in place of the one it is at.
    Replace(String),
    /// Go back one entry.
    Back,
    /// Keep this text on the device for the notice with this id.
    Keep(&'static str, String),
    /// Delete all that was kept, of every notice.
    Forget,
    /// Fetch the late pages.
    Fetch,
    /// Do this with the page.
    Do(Action),
}

/// How the page was come to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Visit<'a> {
    /// The notice that the page is about.
    pub program: Option<&'static Program>,
    /// The way from its address to the folder with all pages.
    pub root: &'a str,
    /// The text kept on the device for it; without a notice, the one kept last.
    pub kept: &'a str,
    /// The same, where the device would not keep it and the browser's history carries it.
    pub carried: &'a str,
    /// The browser's place in the history, if that is one of ours, as after a reload.
    pub entry: Option<&'a str>,
    /// The question that stands in the page.
    pub standing: Option<&'a str>,
    /// What was tapped in the page before the app had arrived.
    pub tapped: Option<&'a str>,
    /// The day of asking.
    pub on: NaiveDate,
    /// Whether it is the address that asks for that day.
    pub dated: bool,
}

/// What is on screen.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// The page.
    pub place: Place,
    /// Pages of ours before it in the history.
    pub depth: u32,
    /// What was said so far.
    pub(crate) session: Session,
    /// The text with it as it was last found on the device; empty where there was none.
    pub(crate) seen: String,
    /// The notice that the page is about, ready for evaluation; none where a county is still to be chosen.
    pub(crate) program: Option<&'static Program>,
    /// The way from this page's address to the folder with all pages: `../../`.
    pub(crate) root: String,
    /// The pages that are not needed for questions, once they have arrived.
    pub late: Option<&'static Late>,
    /// What can still change the outcome, best next question first, or why nothing comes out. None without a notice.
    /// Looked at when it is needed: see [`State::open`].
    pub(crate) open: OnceCell<Option<Result<Vec<String>, RequestError>>>,
    /// The day of asking.
    pub(crate) on: NaiveDate,
    /// Whether it is the address that asks for that day: then links to other pages do so too.
    pub(crate) dated: bool,
    /// What the app runs in.
    pub host: Host,
    /// Whether the device refused to keep what was said.
    pub unkept: bool,
    /// See [`State::stands`].
    pub(crate) stands: bool,
    /// What was tapped before the app had arrived, until it is taken.
    pub(crate) tapped: String,
    /// See [`State::catch_up`].
    pub(crate) caught_up: bool,
    /// Counts how often the page changed.
    pub moves: u32,
}

impl State {
    /// The app as the person left it, up to what [`State::catch_up`] does.
    pub fn start(visit: Visit<'_>) -> Self {
        let Visit { program, root, kept, carried, entry, standing, tapped, on, dated } = visit;
        let mut state = Self { program, root: root.to_owned(), on, dated, ..Self::default() };
        state.tapped.push_str(tapped.unwrap_or_default());
        if kept.is_empty() && !carried.is_empty() {
            state.begin(carried);
            state.unkept = !std::mem::take(&mut state.seen).is_empty();
        } else {
            state.begin(kept);
        }
        if let Some(entry) = entry.and_then(parse_entry) {
            state.stand(entry);
            return state;
        }
        // Who begins can answer what stands there: what is open is looked at once, in a moment or after that.
        let begins = state.seen.is_empty()
            && !state.unkept
            && program.is_some_and(|program| !is_over(program.notice().notice.year, on));
        let first = standing.filter(|key| begins && state.question(key).is_some());
        state.stands = first.is_some();
        state.place = first.map_or_else(|| state.next(), |key| Place::Question(key.to_owned()));
        state
    }

    /// Whether the page is left as it stands in its file, for a moment: nobody has looked at what is open.
    pub fn stands(&self) -> bool {
        self.stands && self.moves == 0
    }

    /// What is left for the moment after the start, and comes before anything else: to take the step that was tapped
    /// before the app had arrived, or else to turn to what is asked today, which may be another question than the one in
    /// the file. Later there is nothing to do.
    pub fn catch_up(&mut self, on: NaiveDate) -> Vec<Order> {
        if std::mem::replace(&mut self.caught_up, true) {
            return Vec::new();
        }
        let tapped = std::mem::take(&mut self.tapped);
        let step = Step::parse(&tapped);
        match (&self.place, step.and_then(|step| self.answered(step))) {
            // The question in the file was answered, whatever today's is.
            (Place::Question(_), Some(place)) => self.place = place,
            _ if self.stands() => self.place = self.next(),
            _ => {}
        }
        self.stands = false;
        let mut orders = vec![Order::Replace(self.entry())];
        if let Some(step) = step {
            orders.extend(self.take(step, on));
        }
        orders
    }

    /// Takes a step on a day. A step that does not belong to the page shown, such as the second tap on an answer, does
    /// nothing.
    pub fn take(&mut self, step: Step<'_>, on: NaiveDate) -> Vec<Order> {
        self.turn_to(on);
        match step {
            Step::Resume => self.go_on(),
            Step::Answer(key, value) => match self.asked(key).and_then(|question| question.read(value)) {
                Some(value) => {
                    self.session.person.answer(key, value);
                    self.look_on();
                    self.kept_and_on()
                }
                None => Vec::new(),
            },
            Step::Skip(key) => {
                if self.asked(key).is_none() {
                    return Vec::new();
                }
                self.session.person.skip(key);
                self.look_on();
                self.kept_and_on()
            }
            Step::Ask(key) => self.go(Place::Question(key.to_owned())),
            Step::Result => self.go(Place::Result),
            Step::Family => self.go(Place::Family),
            Step::Person(number) => {
                self.turn_to_person(number.parse().unwrap_or_default());
                self.kept_and_on()
            }
            Step::Remove(number) => {
                self.session.remove(number.parse().unwrap_or_default());
                self.look_on();
                self.kept_here()
            }
            Step::About => self.go(Place::About),
            Step::Back if self.depth > 0 => vec![Order::Back],
            Step::Back => Vec::new(),
            Step::Again => vec![Order::Fetch],
            Step::Forget => {
                self.begin("");
                let mut orders = self.go_on();
                orders.push(Order::Forget);
                orders
            }
            Step::Do(action) => vec![Order::Do(action)],
        }
    }

    /// At a question, makes the pages that may come next, to no effect. A browser compiles what runs for the first time;
    /// this way it does so while the person reads, and not when they tap.
    pub fn rehearse(&self) {
        let Place::Question(key) = &self.place else { return };
        let mut next = self.clone();
        next.take(Step::Skip(key), self.on);
        black_box(pages::parts(&next));
        next.place = Place::Result;
        black_box(pages::parts(&next));
    }

    /// Takes what a person typed or ticked in a form: the values of its inputs in their order, without the boxes left
    /// empty. The form of a question has its key for a name; on the household's page there is one with a nickname for
    /// each person, named by number, and one for a person to come.
    ///
    /// # Errors
    /// With what is wrong and where. Nothing has changed then.
    pub fn send(&mut self, key: &str, typed: &[String], on: NaiveDate) -> Result<Vec<Order>, Problem> {
        self.turn_to(on);
        if self.place == Place::Family {
            let name = typed.first().map_or("", String::as_str);
            return Ok(match key.parse() {
                Ok(number) => {
                    self.session.rename(number, name);
                    self.kept_here()
                }
                Err(_) => {
                    self.session.add(name);
                    self.look_on();
                    self.kept_and_on()
                }
            });
        }
        let Some(question) = self.asked(key) else { return Ok(Vec::new()) };
        let value = fields::read(&question.form, typed)?;
        let session = self.session.clone();
        let open = std::mem::take(&mut self.open);
        self.session.person.answer(key, value);
        self.look_on();
        if let Some(code) = self.fault(key) {
            self.session = session;
            self.open = open;
            return Err(fields::refused(&question.form, code, on));
        }
        Ok(self.kept_and_on())
    }

    /// Another window of the app may have kept something since: `kept` is what is on the device now. It is looked at
    /// before every step and when the person comes back to this window. So each step changes what all windows know, and
    /// none puts back what another has changed, added or deleted. The person shown here stays the same.
    ///
    /// A browser that keeps nothing always has what was seen first, and all stays as it is.
    pub fn meet(&mut self, kept: &str, on: NaiveDate) {
        let Some(program) = self.program.filter(|_| kept != self.seen) else { return };
        let mut stored = Session::parse(kept);
        if stored.notice.as_deref() != Some(program.id()) {
            // Deleted there, if it was there before.
            if self.seen.is_empty() {
                return;
            }
            stored = Session::begin(program.id());
        }
        stored.turn_to(self.session.person.number);
        if stored.persons() == self.session.persons() {
            self.seen = kept.to_owned();
            return;
        }
        self.on = on;
        self.begin(kept);
        self.session.turn_to(stored.person.number);
        self.tidy();
        let place = std::mem::take(&mut self.place);
        self.place = self.possible(place);
        self.moves += 1;
    }

    /// The person came back to this window, perhaps on another day: what a page of results says is made anew then. A
    /// question stays as it is, with what was typed into it, and its answer is looked at on the new day.
    pub fn wake(&mut self, on: NaiveDate) {
        if self.on != on && !matches!(self.place, Place::Question(_)) {
            self.turn_to(on);
            let place = std::mem::take(&mut self.place);
            self.place = self.possible(place);
            self.moves += 1;
        }
    }

    /// The browser moved through its history, to this entry.
    pub fn arrive(&mut self, entry: Option<&str>, on: NaiveDate) {
        self.turn_to(on);
        let first = || (0, self.session.person.number, self.next());
        self.stand(entry.and_then(parse_entry).unwrap_or_else(first));
        self.moves += 1;
    }

    /// The id of the notice that the page is about.
    pub fn notice(&self) -> Option<&'static str> {
        Some(self.program?.id())
    }

    /// The answers as the engine takes them.
    ///
    /// # Errors
    /// When one of them is none: never for answers given on these pages.
    pub(crate) fn answers(&self) -> Result<Answers, RequestError> {
        let Some(program) = self.program else { return Ok(Answers::default()) };
        Answers::read(&self.session.person.answers, program.notice())
    }

    /// The questions left, without those that the person leaves open.
    pub(crate) fn to_ask(&self) -> Vec<&str> {
        let Some(Ok(open)) = self.open() else { return Vec::new() };
        open.iter().map(String::as_str).filter(|&key| !self.session.person.skipped.contains_key(key)).collect()
    }

    /// How many questions are left at most: the answer to one may open another, which the engine does not name before.
    pub(crate) fn at_most_left(&self) -> usize {
        let to_ask = self.to_ask();
        let opened = [(Answer::Left, Answer::LeftOn), (Answer::LastYear, Answer::MissedYears)].into_iter().filter(
            |(first, then)| {
                let asked = |answer: &Answer| to_ask.contains(&answer.as_str());
                asked(first)
                    && !asked(then)
                    && self.program.is_some_and(|program| program.why(then.as_str()).next().is_some())
            },
        );
        to_ask.len() + opened.count()
    }

    /// The question with this key, in the words for this notice.
    pub(crate) fn question(&self, key: &str) -> Option<Question> {
        find(key, self.program?.notice(), &self.session.person.answers)
    }

    /// The question with this key, if it is the one on screen.
    fn asked(&self, key: &str) -> Option<Question> {
        match &self.place {
            Place::Question(shown) if shown == key => self.question(key),
            _ => None,
        }
    }

    /// Whether the engine finds the answer just given wrong by itself, and how: to be mended where it was typed.
    fn fault(&self, key: &str) -> Option<&'static str> {
        let Some(Err(error)) = self.open() else { return None };
        (error.code != "contradiction" && error.answers.iter().any(|named| named == key)).then_some(error.code)
    }

    /// Makes sure that what is shown holds on this day: an app may stay open past midnight.
    fn turn_to(&mut self, on: NaiveDate) {
        if self.on != on {
            self.on = on;
            self.look_on();
        }
    }

    /// What is still open was for other answers or for another day.
    fn look_on(&mut self) {
        self.open.take();
    }

    /// What is still open with the answers given. It is the engine's work, and looked at once for all who ask.
    fn open(&self) -> Option<&Result<Vec<String>, RequestError>> {
        let look = || {
            let program = self.program?;
            Some(self.answers().and_then(|answers| ask(program, self.on, &answers)))
        };
        self.open.get_or_init(look).as_ref()
    }

    /// The page with the question that a step answers, where that was not answered before.
    fn answered(&self, step: Step<'_>) -> Option<Place> {
        let (Step::Answer(key, _) | Step::Skip(key)) = step else { return None };
        let is_new = !self.session.person.answers.contains_key(key) && self.question(key).is_some();
        is_new.then(|| Place::Question(key.to_owned()))
    }

    /// Takes up what was kept; of another notice, it is of no use here.
    fn begin(&mut self, kept: &str) {
        self.session = Session::parse(kept);
        self.seen.clear();
        let Some(program) = self.program else { return };
        if self.session.notice.as_deref() == Some(program.id()) {
            self.seen.push_str(kept);
        } else {
            self.session = Session::begin(program.id());
        }
        self.tidy();
    }

    /// Asks again what the notice does not understand: an answer kept for an older version of it.
    fn tidy(&mut self) {
        while let Err(error) = self.answers() {
            let answers = &mut self.session.person.answers;
            let before = answers.len();
            answers.retain(|key, _: &Loose| !error.answers.iter().any(|named| named == key));
            if answers.len() == before {
                answers.clear();
            }
        }
        self.look_on();
    }

    fn turn_to_person(&mut self, number: u32) {
        if self.session.person.number != number {
            self.session.turn_to(number);
            self.tidy();
        }
    }

    fn kept_and_on(&mut self) -> Vec<Order> {
        let mut orders = self.go_on();
        orders.extend(self.keep());
        orders
    }

    /// The page stays the same, and is made anew.
    fn kept_here(&mut self) -> Vec<Order> {
        self.moves += 1;
        self.keep().into_iter().collect()
    }

    fn keep(&self) -> Option<Order> {
        Some(Order::Keep(self.notice()?, self.session.to_text()))
    }

    /// Goes on to the next question, or to the result.
    fn go_on(&mut self) -> Vec<Order> {
        self.go(self.next())
    }

    fn next(&self) -> Place {
        match self.open() {
            None => Place::Counties,
            Some(Err(_)) => Place::Result,
            Some(Ok(_)) => self.to_ask().first().map_or(Place::Result, |&key| Place::Question(key.to_owned())),
        }
    }

    fn go(&mut self, place: Place) -> Vec<Order> {
        let place = self.possible(place);
        self.moves += 1;
        if self.place == place {
            return Vec::new();
        }
        self.depth += 1;
        self.place = place;
        vec![Order::Push(self.entry())]
    }

    fn stand(&mut self, (depth, person, place): (u32, u32, Place)) {
        self.turn_to_person(person);
        self.depth = depth;
        let Person { answers, skipped, .. } = &self.session.person;
        // Of answers that are gone, deleted in another window, there is no result.
        let gone = place == Place::Result && answers.is_empty() && skipped.is_empty();
        self.place = if gone { self.next() } else { self.possible(place) };
    }

    /// The page, or where there is no such page, the one to go on with: an entry of the browser's history may be of
    /// another version of the app or of the notice.
    fn possible(&self, place: Place) -> Place {
        let is_possible = match &place {
            Place::Question(key) => self.question(key).is_some(),
            Place::Result | Place::Family => self.program.is_some(),
            Place::About => true,
            Place::Counties => false,
        };
        if is_possible { place } else { self.next() }
    }

    /// This page in the browser's history. An entry holds how many of ours lie before it, the number of the person it
    /// is about, and which page it is; the address never changes, so no answer and no question is ever in it.
    fn entry(&self) -> String {
        let [name, key] = self.place.words();
        words![self.depth, " ", self.session.person.number, " ", name, key]
    }
}

fn parse_entry(text: &str) -> Option<(u32, u32, Place)> {
    let (depth, rest) = text.split_once(' ')?;
    let (person, place) = rest.split_once(' ')?;
    Some((depth.parse().ok()?, person.parse().ok()?, Place::parse(place)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages;
    use crate::testing::program;
    use crate::text;

    const NOTICE: &str = "141123-2026";

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn on() -> NaiveDate {
        day("2026-02-10")
    }

    /// At the first question of a notice.
    fn begun(notice: &str, on: NaiveDate) -> State {
        let program = Some(program(notice));
        State { late: Some(&pages::LATE), ..State::start(Visit { program, on, ..Visit::default() }) }
    }

    fn asked(state: &State) -> &str {
        match &state.place {
            Place::Question(key) => key,
            _ => "",
        }
    }

    #[test]
    fn a_page_survives_as_an_entry_of_the_history() {
        let question = Place::Question("left_on".to_owned());
        for place in [Place::Counties, question, Place::Result, Place::Family, Place::About] {
            let state = State { depth: 3, place, ..State::default() };
            assert_eq!(parse_entry(&state.entry()), Some((3, 1, state.place)));
        }
        assert_eq!(parse_entry("1 2 no such page"), Some((1, 2, Place::Counties)));
        assert_eq!(parse_entry("somebody else's"), None);
    }

    #[test]
    fn an_entry_of_a_question_that_is_none_leads_on() {
        let place = |key: &str, program| {
            let entry = format!("3 1 question {key}");
            State::start(Visit { program, on: on(), entry: Some(&entry), ..Visit::default() }).place
        };
        let notice = Some(program(NOTICE));
        assert_eq!(place("birth_date", notice), Place::Question("birth_date".to_owned()));
        assert_eq!(place("no_such_question", notice), begun(NOTICE, on()).place);
        assert_eq!(place("birth_date", None), Place::Counties);
    }

    #[test]
    fn a_step_survives_as_text() {
        let steps = [
            Step::Resume,
            Step::Answer("residence", "local"),
            Step::Answer("groups", ""),
            Step::Skip("left_on"),
            Step::Ask("groups"),
            Step::Result,
            Step::Family,
            Step::Person("2"),
            Step::Remove("2"),
            Step::About,
            Step::Back,
            Step::Forget,
            Step::Again,
            Step::Do(Action::Print),
        ];
        for step in steps {
            assert_eq!(Step::parse(step.words().join(" ").trim_end()), Some(step));
        }
        assert_eq!(Step::parse("make coffee"), None);
        assert_eq!(Step::parse(""), None);
    }

    #[test]
    fn an_answer_is_kept_and_leads_to_the_next_question() {
        let mut state = begun(NOTICE, on());
        let first = asked(&state).to_owned();
        assert_eq!(first, "residence");
        let orders = state.take(Step::Answer("residence", "local"), on());
        assert_ne!(asked(&state), first);
        let [Order::Push(entry), Order::Keep(NOTICE, kept)] = orders.as_slice() else { panic!("{orders:?}") };
        assert_eq!(*entry, format!("1 1 question {}", asked(&state)));
        assert_eq!(Session::parse(kept), state.session);
    }

    #[test]
    fn the_second_tap_of_a_double_tap_does_nothing() {
        let mut state = begun(NOTICE, on());
        state.take(Step::Answer("residence", "local"), on());
        let (moves, session) = (state.moves, state.session.clone());
        for step in [Step::Answer("residence", "local"), Step::Answer("residence", "away"), Step::Skip("residence")] {
            assert_eq!(state.take(step, on()), []);
        }
        assert_eq!(state.send("birth_date", &["1980".into(), "5".into(), "20".into()], on()).ok(), Some(Vec::new()));
        assert_eq!((state.moves, state.session), (moves, session));
    }

    #[test]
    fn a_value_that_the_question_does_not_offer_does_nothing() {
        let mut state = begun(NOTICE, on());
        assert_eq!(state.take(Step::Answer("residence", "moon"), on()), []);
        assert_eq!(asked(&state), "residence");
    }

    #[test]
    fn what_is_typed_wrongly_changes_nothing() {
        let mut state = begun(NOTICE, on());
        state.take(Step::Ask("birth_date"), on());
        let mut say = |year: &str, month: &str, day: &str| {
            let sent = state.send("birth_date", &[year.into(), month.into(), day.into()], on());
            sent.map_err(|problem| problem.message)
        };
        assert_eq!(say("52", "3", "5"), Err(text::DATE_SHORT_YEAR.to_owned()));
        let later = say("2026", "3", "5").expect_err("it has not come yet");
        assert_eq!(later, text::date_after_today(&text::format::day(on())));
        assert!(say("1952", "3", "5").is_ok());
        assert_eq!(state.session.person.answers.get("birth_date"), Some(&Loose::Text("1952-03-05".to_owned())));
    }

    #[test]
    fn a_reload_comes_back_to_the_same_page_with_the_same_answers() {
        let mut state = begun(NOTICE, on());
        state.take(Step::Answer("residence", "local"), on());
        let (kept, entry) = (state.session.to_text(), state.entry());
        let program = state.program;
        let visit = Visit { program, kept: &kept, entry: Some(&entry), on: on(), ..Visit::default() };
        let again = State::start(visit);
        assert_eq!((&again.place, &again.session, again.depth), (&state.place, &state.session, state.depth));
    }

    #[test]
    fn where_the_answers_are_gone_a_reload_of_their_result_asks_again() {
        let mut state = begun(NOTICE, on());
        state.take(Step::Skip("residence"), on());
        state.take(Step::Result, on());
        let (kept, entry) = (state.session.to_text(), state.entry());
        let place = |kept| {
            State::start(Visit { program: state.program, kept, entry: Some(&entry), on: on(), ..Visit::default() })
                .place
        };
        assert_eq!(place(&kept), Place::Result);
        assert_eq!(place(""), Place::Question("residence".to_owned()));
    }

    #[test]
    fn what_was_tapped_before_the_app_had_arrived_counts() {
        let started = |tapped: &str, kept, on| {
            let visit = Visit { program: Some(program(NOTICE)), kept, on, ..Visit::default() };
            let standing = tapped.split(' ').nth(1);
            let mut state = State::start(Visit { standing, tapped: Some(tapped), ..visit });
            let orders = state.catch_up(on);
            assert_eq!(state.catch_up(on), [], "once");
            (state, orders)
        };
        let start = |tapped, kept| started(tapped, kept, on());
        let (state, orders) = start("answer residence local", "");
        assert_eq!(state.session.person.answers.get("residence"), Some(&Loose::Text("local".to_owned())));
        assert!(matches!(orders.as_slice(), [Order::Replace(_), Order::Push(_), Order::Keep(..)]), "{orders:?}");
        let (state, _) = start("skip residence", "");
        assert!(state.session.person.skipped.contains_key("residence"));
        // Another question than today's first one, and what makes no sense.
        let (state, _) = start("answer other_plan none", "");
        assert_eq!(state.session.person.answers.keys().collect::<Vec<_>>(), ["other_plan"]);
        for wrong in ["answer residence moon", "answer moon local", "forget", "x"] {
            assert_eq!(start(wrong, "").0.session.person.answers.len(), 0, "{wrong}");
        }
        // Nothing is asked any more once the year is over, whatever the file says.
        let (state, _) = started("answer residence local", "", day("2027-01-01"));
        assert_eq!((&state.place, state.session.person.answers.len()), (&Place::Result, 0));
        // What was said on an earlier visit is not overwritten by a tap on a question that the file shows anew.
        let (state, _) = start("answer residence away", "notice 141123-2026 \ntext residence local\n");
        assert_eq!(state.session.person.answers.get("residence"), Some(&Loose::Text("local".to_owned())));
    }

    /// The page stands in its file until somebody has looked, and then is the one for today.
    #[test]
    fn the_question_in_the_file_stands_until_what_is_open_is_looked_at() {
        let start = |standing, kept, on| {
            State::start(Visit { program: Some(program(NOTICE)), standing, kept, on, ..Visit::default() })
        };
        for in_file in ["residence", "other_plan"] {
            let mut state = start(Some(in_file), "", on());
            assert!(state.stands() && state.open.get().is_none());
            assert_eq!(asked(&state), in_file);
            let [Order::Replace(entry)] = &*state.catch_up(on()) else { panic!("an entry in the history") };
            assert!(entry.contains("residence"), "{entry}");
            assert!(!state.stands());
            assert_eq!(asked(&state), "residence");
        }
        // Whoever goes elsewhere comes back to what is asked today.
        let visit = Visit { program: Some(program(NOTICE)), on: on(), ..Visit::default() };
        let mut state = State::start(Visit { standing: Some("other_plan"), tapped: Some("about"), ..visit });
        let orders = state.catch_up(on());
        let [Order::Replace(first), Order::Push(_)] = orders.as_slice() else { panic!("{orders:?}") };
        assert!(first.contains("residence"), "{first}");
        // What is no question today, and what was said before.
        assert!(!start(Some("moon"), "", on()).stands());
        assert!(!start(Some("residence"), "", day("2027-01-01")).stands());
        let said = "notice 141123-2026 \ntext residence local\n";
        assert!(!start(Some("residence"), said, on()).stands());
        let visit = Visit { program: Some(program(NOTICE)), carried: said, ..Visit::default() };
        assert!(!State::start(Visit { standing: Some("residence"), on: on(), ..visit }).stands());
    }

    #[test]
    fn a_session_of_another_notice_is_no_use_here() {
        let program = Some(program(NOTICE));
        let kept = "notice 140823-2024 \ntext residence away\n";
        let state = State::start(Visit { program, kept, on: on(), ..Visit::default() });
        assert_eq!((&state.session, asked(&state)), (&Session::begin(NOTICE), "residence"));
    }

    #[test]
    fn going_back_shows_the_page_of_the_entry() {
        let mut state = begun(NOTICE, on());
        state.take(Step::Answer("residence", "local"), on());
        assert_eq!(state.take(Step::Back, on()), [Order::Back]);
        state.arrive(Some("1 1 question residence"), on());
        assert_eq!((asked(&state), state.depth), ("residence", 1));
        state.arrive(None, on());
        assert_eq!(state.depth, 0);
        assert_ne!(state.place, Place::Counties);
        assert_eq!(state.take(Step::Back, on()), []);
    }

    #[test]
    fn forgetting_leaves_nothing() {
        let mut state = begun(NOTICE, on());
        state.take(Step::Answer("residence", "local"), on());
        assert!(state.take(Step::Forget, on()).contains(&Order::Forget));
        assert_eq!((&state.session, asked(&state)), (&Session::begin(NOTICE), "residence"));
    }

    #[test]
    fn past_midnight_the_result_is_the_new_days() {
        let mut state = begun(NOTICE, on());
        let tomorrow = day("2026-02-11");
        state.take(Step::Result, tomorrow);
        assert!(pages::page(&state).contains(&text::result::asked_on(&text::format::day(tomorrow))));
    }

    #[test]
    fn without_a_notice_there_is_only_the_choice_of_one() {
        let mut state = State::start(Visit { kept: "notice 141123-2026 \n", on: on(), ..Visit::default() });
        let orders = state.catch_up(on());
        assert_eq!((&state.place, orders), (&Place::Counties, vec![Order::Replace("0 1 counties".to_owned())]));
        assert_eq!(state.session, Session::begin(NOTICE), "it is offered to go on with");
        assert_eq!(state.possible(Place::Result), Place::Counties);
        assert_eq!(state.possible(Place::About), Place::About);
    }

    #[test]
    fn answers_that_a_notice_no_longer_understands_are_asked_again() {
        for entry in canbao_baked::index() {
            let mut session = Session::begin(entry.id);
            session.person.answer("residence", Loose::Text("local".to_owned()));
            session.person.answer("a_question_of_last_week", Loose::Bool(true));
            let mut state = State { program: Some(program(entry.id)), ..State::default() };
            state.begin(&session.to_text());
            assert_eq!(state.session.person.answers.keys().collect::<Vec<_>>(), ["residence"]);
        }
    }

    /// What a window has left on the device.
    fn kept(orders: &[Order]) -> String {
        let text = orders.iter().find_map(|order| match order {
            Order::Keep(_, text) => Some(text.clone()),
            _ => None,
        });
        text.expect("something is kept")
    }

    fn residence(state: &State) -> Option<&Loose> {
        state.session.person.answers.get("residence")
    }

    #[test]
    fn a_second_person_is_asked_what_is_not_shared() {
        let mut state = begun(NOTICE, on());
        state.take(Step::Answer("residence", "local"), on());
        state.take(Step::Answer("other_plan", "none"), on());
        state.take(Step::Family, on());
        let orders = state.send("new", &["妈妈".into()], on()).expect("a name");
        assert_eq!((state.session.person.number, asked(&state)), (2, "other_plan"));
        assert_eq!(residence(&state), Some(&Loose::Text("local".to_owned())));
        assert!(kept(&orders).contains("person 2 妈妈"));
        assert_eq!(state.entry(), "4 2 question other_plan");
        state.take(Step::Person("1"), on());
        assert_eq!((state.session.person.number, asked(&state)), (1, "birth_date"));
    }

    #[test]
    fn going_back_shows_the_person_of_the_entry() {
        let mut state = begun(NOTICE, on());
        state.take(Step::Answer("residence", "local"), on());
        state.take(Step::Family, on());
        state.send("new", &["".into()], on()).expect("any name will do");
        state.arrive(Some("1 1 question other_plan"), on());
        assert_eq!((state.session.person.number, asked(&state)), (1, "other_plan"));
        state.take(Step::Family, on());
        state.take(Step::Remove("2"), on());
        state.arrive(Some("4 2 question other_plan"), on());
        assert_eq!((state.session.person.number, asked(&state)), (1, "other_plan"), "the other one is gone");
    }

    #[test]
    fn a_nickname_changes_nothing_else() {
        let mut state = begun(NOTICE, on());
        state.take(Step::Family, on());
        let orders = state.send("1", &["爷爷".into()], on()).expect("a name");
        assert_eq!((&state.place, state.session.person.name.as_str()), (&Place::Family, "爷爷"));
        assert!(kept(&orders).contains("person 1 爷爷"));
        state.send("no number", &[], on()).expect("any name will do");
        assert_eq!(state.session.persons().len(), 2);
    }

    #[test]
    fn two_windows_do_not_undo_each_other() {
        let mut one = begun(NOTICE, on());
        let stored = kept(&one.take(Step::Answer("residence", "local"), on()));
        let program = one.program;
        let visit = Visit { program, kept: &stored, on: on(), ..Visit::default() };
        let mut two = State { late: Some(&pages::LATE), ..State::start(visit) };
        // The second window adds a person; the first, which shows another, answers a question afterwards.
        two.take(Step::Family, on());
        let stored = kept(&two.send("new", &["妈妈".into()], on()).expect("a name"));
        one.meet(&stored, on());
        assert_eq!((one.session.person.number, asked(&one)), (1, "other_plan"));
        let stored = kept(&one.take(Step::Answer("other_plan", "none"), on()));
        assert!(stored.contains("妈妈"));
        two.meet(&stored, on());
        assert_eq!(two.session.person.number, 2);
        let first = two.session.person(1).expect("the first person");
        assert!(first.answers.contains_key("other_plan"));
        // Nothing new: the page, and what is being typed into it, stays.
        let moves = two.moves;
        two.meet(&stored, on());
        assert_eq!(two.moves, moves);
        // Removed there while it is shown here.
        one.meet(&stored, on());
        one.take(Step::Family, on());
        let stored = kept(&one.take(Step::Remove("2"), on()));
        two.meet(&stored, on());
        assert_eq!((two.session.person.number, two.session.others.len()), (1, 0));
    }

    #[test]
    fn what_another_window_deleted_does_not_come_back() {
        let mut state = begun(NOTICE, on());
        let stored = kept(&state.take(Step::Answer("residence", "local"), on()));
        state.meet(&stored, on());
        state.meet("", on());
        assert_eq!((residence(&state), asked(&state)), (None, "other_plan"));
    }

    #[test]
    fn a_browser_that_keeps_nothing_costs_no_answer() {
        let mut state = begun(NOTICE, on());
        state.take(Step::Answer("residence", "local"), on());
        for kept in ["", "140823-2024", "notice 140823-2024 \ntext residence away\n"] {
            state.meet(kept, on());
            assert!(residence(&state).is_some(), "{kept}");
        }
    }
}
