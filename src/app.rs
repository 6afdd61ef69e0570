//! The app's state and every step a person can take in it.
//!
//! The page is a plain function of [`State`]; a tap is a [`Step`]; [`App::take`] is the one place where a step changes
//! the state, the store and the browser's history. What comes next, and what comes out, is the engine's to say.

use crate::browser::history::{self, Entry};
use crate::browser::{clock, storage};
use crate::session::Session;
use canbao_engine::answers::{Loose, RequestError};
use canbao_engine::{Answers, Program, Response, evaluate};
use chrono::NaiveDate;
use leptos::prelude::*;
use std::sync::Arc;

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
    /// About.
    About,
}

impl Place {
    fn to_text(&self) -> String {
        match self {
            Self::Counties => "counties".to_owned(),
            Self::Question(key) => format!("question {key}"),
            Self::Result => "result".to_owned(),
            Self::About => "about".to_owned(),
        }
    }

    fn parse(text: &str) -> Self {
        match text {
            "result" => Self::Result,
            "about" => Self::About,
            _ => text.strip_prefix("question ").map_or(Self::Counties, |key| Self::Question(key.to_owned())),
        }
    }
}

/// Something a person does.
#[derive(Clone, Debug)]
pub enum Step {
    /// Begins with this notice.
    Choose(&'static str),
    /// Goes on with what was answered before.
    Resume,
    /// Answers a question.
    Answer(String, Loose),
    /// Leaves a question open.
    Skip(String),
    /// Turns to a question.
    Ask(String),
    /// Looks at the result.
    Result,
    /// Chooses another place.
    Counties,
    /// Reads about the app.
    About,
    /// Goes back.
    Back,
    /// Has everything said so far deleted.
    Forget,
}

/// What is on screen.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// The page.
    pub place: Place,
    /// Pages of ours before it in the history.
    pub depth: u32,
    /// What was said so far.
    pub session: Session,
    /// The session's notice, ready for evaluation.
    pub program: Option<Arc<Program>>,
    /// The last notice chosen could not be opened.
    pub lost: Option<&'static str>,
    /// Counts the moves from page to page.
    pub moves: u32,
}

impl State {
    /// Everything still possible, or why there is no answer.
    pub fn response(&self, on: NaiveDate) -> Option<Result<Response, RequestError>> {
        let program = self.program.as_ref()?;
        let answers = self.answers();
        Some(answers.and_then(|answers| evaluate(program, on, &answers)))
    }

    /// The answers as the engine takes them.
    ///
    /// # Errors
    /// When one of them is none: never for answers given on these pages.
    pub fn answers(&self) -> Result<Answers, RequestError> {
        let Some(program) = &self.program else { return Ok(Answers::default()) };
        Answers::read(&self.session.answers, program.notice())
    }

    /// The questions left, without those that the person leaves open.
    pub fn to_ask<'r>(&self, response: &'r Response) -> Vec<&'r str> {
        response.ask.iter().map(String::as_str).filter(|&key| !self.session.skipped.contains_key(key)).collect()
    }

    /// The page after an answer: the next question, or the result.
    fn next(&self, on: NaiveDate) -> Place {
        match self.response(on) {
            None => Place::Counties,
            Some(Err(_)) => Place::Result,
            Some(Ok(response)) => {
                self.to_ask(&response).first().map_or(Place::Result, |&key| Place::Question(key.to_owned()))
            }
        }
    }

    /// Opens the notice of a session; without it the session is of no use.
    fn open(&mut self, session: Session) {
        self.program = session.notice.as_deref().and_then(|id| canbao_baked::program(id).ok()).map(Arc::new);
        self.session = if self.program.is_some() { session } else { Session::default() };
        // Kept by an older version of the notice: what it no longer understands is asked again.
        while let Err(error) = self.answers() {
            let before = self.session.answers.len();
            self.session.answers.retain(|key, _| !error.answers.iter().any(|named| named == key));
            if self.session.answers.len() == before {
                self.session.answers.clear();
            }
        }
    }

    /// The page, or where there is no notice for it, the choice of one.
    fn possible(&self, place: Place) -> Place {
        match place {
            Place::Question(_) | Place::Result if self.program.is_none() => Place::Counties,
            place => place,
        }
    }
}

/// The app: a handle on its state.
#[derive(Clone, Copy)]
pub struct App {
    /// What is on screen.
    pub state: RwSignal<State>,
}

impl App {
    /// The app as the person left it: after a reload the same page, otherwise the start.
    pub fn start() -> Self {
        let mut state = State::default();
        state.open(Session::parse(&storage::load().unwrap_or_default()));
        match history::current() {
            Some(entry) => {
                state.place = state.possible(Place::parse(&entry.page));
                state.depth = entry.depth;
            }
            None => history::replace(&Entry { depth: 0, page: state.place.to_text() }),
        }
        let app = Self { state: RwSignal::new(state) };
        history::on_move(move |entry| app.arrive(entry));
        app
    }

    /// The day of asking.
    pub fn on(self) -> NaiveDate {
        clock::today()
    }

    /// Takes a step.
    pub fn take(self, step: Step) {
        let on = self.on();
        match step {
            Step::Choose(id) => {
                self.state.update(|state| {
                    state.open(Session::begin(id));
                    state.lost = state.program.is_none().then_some(id);
                });
                self.keep();
                self.go(self.next(on));
            }
            Step::Resume => self.go(self.next(on)),
            Step::Answer(key, value) => self.say(|session| session.answer(&key, value)),
            Step::Skip(key) => self.say(|session| session.skip(&key)),
            Step::Ask(key) => self.go(Place::Question(key)),
            Step::Result => self.go(Place::Result),
            Step::Counties => self.go(Place::Counties),
            Step::About => self.go(Place::About),
            Step::Back => history::back(),
            Step::Forget => {
                self.state.update(|state| state.open(Session::default()));
                storage::forget();
                self.go(Place::Counties);
            }
        }
    }

    /// Whether the engine finds an answer wrong by itself, and how: to be mended where it was typed.
    pub fn fault(self, key: &str, value: &Loose) -> Option<&'static str> {
        let mut trial = self.state.get_untracked();
        trial.session.answers.insert(key.to_owned(), value.clone());
        let error = trial.response(self.on())?.err()?;
        (error.code != "contradiction" && error.answers.iter().any(|named| named == key)).then_some(error.code)
    }

    fn next(self, on: NaiveDate) -> Place {
        self.state.with_untracked(|state| state.next(on))
    }

    fn say(self, change: impl FnOnce(&mut Session)) {
        let on = self.on();
        // Quietly: the page changes once, when it moves on.
        self.state.update_untracked(|state| change(&mut state.session));
        self.keep();
        self.go(self.next(on));
    }

    fn keep(self) {
        self.state.with_untracked(|state| storage::keep(&state.session.to_text()));
    }

    /// Moves on to a page.
    fn go(self, place: Place) {
        self.state.update(|state| {
            state.depth += 1;
            state.moves += 1;
            state.place = place;
            history::push(&Entry { depth: state.depth, page: state.place.to_text() });
        });
    }

    /// The browser moved through its history.
    fn arrive(self, entry: Option<Entry>) {
        let entry = entry.unwrap_or(Entry { depth: 0, page: String::new() });
        self.state.update(|state| {
            state.place = state.possible(Place::parse(&entry.page));
            state.depth = entry.depth;
            state.moves += 1;
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_survives_as_text() {
        for place in [Place::Counties, Place::Question("left_on".to_owned()), Place::Result, Place::About] {
            assert_eq!(Place::parse(&place.to_text()), place);
        }
        assert_eq!(Place::parse("no such page"), Place::Counties);
    }

    #[test]
    fn without_a_notice_there_is_only_the_choice_of_one() {
        let mut state = State::default();
        state.open(Session::begin("000000-1999"));
        assert_eq!(state.session, Session::default());
        assert_eq!(state.possible(Place::Result), Place::Counties);
        assert_eq!(state.possible(Place::About), Place::About);
    }

    #[test]
    fn answers_that_a_notice_no_longer_understands_are_asked_again() {
        for entry in canbao_baked::index() {
            let mut session = Session::begin(entry.id);
            session.answer("residence", Loose::Text("local".to_owned()));
            session.answer("a_question_of_last_week", Loose::Bool(true));
            let mut state = State::default();
            state.open(session);
            assert_eq!(state.session.answers.keys().collect::<Vec<_>>(), ["residence"]);
        }
    }
}
