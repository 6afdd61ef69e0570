//! What was said so far: the notice, and for each person of the household the answers and what they left open.
//!
//! Kept as a small text on the device, so that a reload or a return to WeChat loses nothing. Answers are held as they
//! would come in a request and are read by the engine's own strict reader, the one place that knows what is valid.

use canbao_engine::answers::Loose;
use canbao_policy::map::Map;
use canbao_policy::model::Answer;
use canbao_policy::words;

/// A household's people have the numbers from 1 to this: as many as one page shows well.
pub const MOST_PERSONS: u32 = 8;

/// So many characters a nickname has at most.
pub const LONGEST_NAME: usize = 8;

/// What was said about one notice.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Session {
    /// The notice's id.
    pub notice: Option<String>,
    /// The person asked about now.
    pub person: Person,
    /// The rest of the household.
    pub others: Vec<Person>,
}

/// One person of a household.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// From 1 to [`MOST_PERSONS`].
    pub number: u32,
    /// The nickname; empty where nobody gave one.
    pub name: String,
    /// The answers, by key.
    pub answers: Map<Loose>,
    /// The questions answered with "I don't know": not asked again.
    pub skipped: Map<()>,
}

impl Default for Person {
    fn default() -> Self {
        Self { number: 1, name: String::new(), answers: Map::default(), skipped: Map::default() }
    }
}

/// Questions that only make sense after another: when that one is answered differently, these are forgotten.
const FOLLOW_UPS: [(&str, &[&str]); 3] = [
    ("groups", &["recognised_on"]),
    ("left", &["left_on", "employee_two_years", "employee_months", "employee_gap", "employee_months_last_year"]),
    ("last_year", &["missed_years", "no_claims"]),
];

impl Person {
    /// Gives an answer, in place of an earlier one.
    pub fn answer(&mut self, key: &str, value: Loose) {
        if self.answers.get(key) != Some(&value) {
            self.forget_follow_ups(key);
        }
        self.skipped.remove(key);
        self.answers.insert(key.to_owned(), value);
    }

    /// Leaves a question open.
    pub fn skip(&mut self, key: &str) {
        if self.answers.remove(key).is_some() {
            self.forget_follow_ups(key);
        }
        self.skipped.insert(key.to_owned(), ());
    }

    fn forget_follow_ups(&mut self, key: &str) {
        let follow_ups = FOLLOW_UPS.iter().filter(|(parent, _)| *parent == key).flat_map(|(_, keys)| keys.iter());
        for &follow_up in follow_ups {
            self.answers.remove(follow_up);
            self.skipped.remove(follow_up);
        }
    }
}

/// What a household has in common: where it is registered and lives. Everything else is each person's own.
const SHARED: Answer = Answer::Residence;

impl Session {
    /// A new session on this notice.
    pub fn begin(notice: &str) -> Self {
        Self { notice: Some(notice.to_owned()), ..Self::default() }
    }

    /// The person with this number.
    pub fn person(&self, number: u32) -> Option<&Person> {
        [&self.person].into_iter().chain(&self.others).find(|person| person.number == number)
    }

    /// Everybody, by number.
    pub fn persons(&self) -> Vec<&Person> {
        (1..=MOST_PERSONS).filter_map(|number| self.person(number)).collect()
    }

    /// Turns to another person; to nobody, if there is none with this number.
    pub fn turn_to(&mut self, number: u32) {
        if let Some(other) = self.others.iter_mut().find(|other| other.number == number) {
            std::mem::swap(other, &mut self.person);
        }
    }

    /// What the next person begins with: the answer that a household shares, as it was given first.
    pub fn shared(&self) -> Option<&Loose> {
        self.persons().iter().find_map(|person| person.answers.get(SHARED.as_str()))
    }

    /// Adds a person and turns to it. Nothing happens where the household is full.
    pub fn add(&mut self, name: &str) {
        let Some(number) = (1..=MOST_PERSONS).find(|&number| self.person(number).is_none()) else { return };
        let mut person = Person { number, name: nickname(name), ..Person::default() };
        if let Some(value) = self.shared() {
            person.answer(SHARED.as_str(), value.clone());
        }
        self.others.push(std::mem::replace(&mut self.person, person));
    }

    /// Gives a person another nickname.
    pub fn rename(&mut self, number: u32, name: &str) {
        if let Some(person) = self.others.iter_mut().chain([&mut self.person]).find(|person| person.number == number) {
            person.name = nickname(name);
        }
    }

    /// Removes a person, unless it is the only one.
    pub fn remove(&mut self, number: u32) {
        if self.person.number == number
            && let Some(other) = self.others.first().map(|other| other.number)
        {
            self.turn_to(other);
        }
        self.others.retain(|other| other.number != number);
    }

    /// The session as text: one line for each thing said, its kind first. Lines of kinds to come are for later versions
    /// to understand; this one leaves them out.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        let mut line = |kind: &str, key: &str, value: &str| {
            for part in [kind, " ", key, " ", value, "\n"] {
                text.push_str(part);
            }
        };
        line(FIRST_WORD, VERSION, "");
        line("notice", self.notice.as_deref().unwrap_or_default(), "");
        line("now", &words![self.person.number], "");
        for person in self.persons() {
            line("person", &words![person.number], &person.name);
            for key in person.skipped.keys() {
                line("skipped", key, "");
            }
            for (key, value) in &person.answers {
                match value {
                    Loose::Bool(value) => line("bool", key, if *value { "true" } else { "false" }),
                    Loose::Int(value) => line("int", key, &words![*value]),
                    Loose::Text(value) => line("text", key, value),
                    Loose::List(items) => {
                        let items: Vec<&str> = items.iter().map(text_of).collect();
                        line("list", key, &items.join(","));
                    }
                    Loose::Other => {}
                }
            }
        }
        text
    }

    /// The session that [`Session::to_text`] wrote, in this version or one before. What cannot be read is left out, and
    /// with a person that cannot be read, what it said: nobody gets another's answers.
    pub fn parse(text: &str) -> Self {
        let mut session = Self::default();
        let mut now = 0;
        // The first version had one person, and no line that says so.
        let mut persons: Vec<Person> = Vec::new();
        if !text.starts_with(FIRST_WORD) {
            persons.push(Person::default());
        }
        let mut reads = true;
        for line in text.lines() {
            let mut parts = line.splitn(3, ' ');
            let (Some(kind), Some(key), Some(value)) = (parts.next(), parts.next(), parts.next()) else { continue };
            match kind {
                "notice" => session.notice = Some(key.to_owned()).filter(|id| !id.is_empty()),
                "now" => now = key.parse().unwrap_or_default(),
                "person" => {
                    let number = key.parse().unwrap_or_default();
                    reads =
                        (1..=MOST_PERSONS).contains(&number) && persons.iter().all(|person| person.number != number);
                    if reads {
                        persons.push(Person { number, name: nickname(value), ..Person::default() });
                    }
                }
                _ => {
                    if let Some(person) = persons.last_mut().filter(|_| reads) {
                        read_line(person, kind, key, value);
                    }
                }
            }
        }
        let now = persons.iter().position(|person| person.number == now).unwrap_or_default();
        if now < persons.len() {
            session.person = persons.remove(now);
        }
        session.others = persons;
        session
    }
}

/// Every text begins with it, and then its version: but for those of the first version.
const FIRST_WORD: &str = "canbao";

/// The version of the text. A change that an older app would misread makes a new one.
const VERSION: &str = "2";

fn read_line(person: &mut Person, kind: &str, key: &str, value: &str) {
    let answer = match kind {
        "skipped" => {
            person.skipped.insert(key.to_owned(), ());
            return;
        }
        "bool" => Loose::Bool(value == "true"),
        "int" => value.parse().map_or(Loose::Other, Loose::Int),
        "text" => Loose::Text(value.to_owned()),
        "list" => {
            let items = value.split(',').filter(|item| !item.is_empty());
            Loose::List(items.map(|item| Loose::Text(item.to_owned())).collect())
        }
        _ => return,
    };
    person.answers.insert(key.to_owned(), answer);
}

/// A nickname as it is kept: one short line.
fn nickname(typed: &str) -> String {
    typed.trim().chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect()
}

/// The text of an answer that is one.
pub fn text_of(value: &Loose) -> &str {
    match value {
        Loose::Text(text) => text,
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Loose {
        Loose::Text(text.to_owned())
    }

    fn numbers(session: &Session) -> Vec<u32> {
        session.persons().iter().map(|person| person.number).collect()
    }

    #[test]
    fn a_session_survives_as_text() {
        let mut session = Session::begin("141123-2026");
        let person = &mut session.person;
        person.answer("residence", text("local"));
        person.answer("birth_date", text("1951-03-05"));
        person.answer("groups", Loose::List(vec![text("dibao"), text("edge")]));
        person.answer("no_claims", Loose::Bool(true));
        person.answer("missed_years", Loose::Int(2));
        person.skip("student");
        assert_eq!(Session::parse(&session.to_text()), session);

        session.add("张 三");
        session.person.answer("groups", Loose::List(Vec::new()));
        session.add("");
        session.turn_to(2);
        assert_eq!(Session::parse(&session.to_text()).persons(), session.persons());
        assert_eq!(Session::parse(&session.to_text()).person.name, "张 三");
    }

    #[test]
    fn the_text_of_the_first_version_still_opens() {
        let session =
            Session::parse("notice 141123-2026 \nskipped student \ntext residence local\nint missed_years 2\n");
        assert_eq!(session.notice.as_deref(), Some("141123-2026"));
        assert_eq!((session.person.number, session.others.len()), (1, 0));
        assert_eq!(session.person.answers.keys().collect::<Vec<_>>(), ["missed_years", "residence"]);
        assert!(session.person.skipped.contains_key("student"));
    }

    #[test]
    fn a_damaged_text_leaves_out_what_it_damaged() {
        let session = Session::parse("notice 141123-2026 \nnonsense\ntext residence local\nwhat is this");
        assert_eq!(session.notice.as_deref(), Some("141123-2026"));
        assert_eq!(session.person.answers.len(), 1);
        assert_eq!(Session::parse(""), Session::default());
    }

    #[test]
    fn a_damaged_person_goes_and_the_rest_stays() {
        let kept = "canbao 2 \nnotice a-2026 \nnow 3 \nperson 1 \ntext residence local\n\
                    person ?2 x\ntext residence away\nperson 1 again\ntext residence permit\n\
                    person 3 妈\nbool no_claims true\n";
        let session = Session::parse(kept);
        assert_eq!((numbers(&session), session.person.name.as_str()), (vec![1, 3], "妈"));
        assert_eq!(session.others[0].answers.get("residence"), Some(&text("local")));
        assert_eq!(session.person.answers.len(), 1);
    }

    #[test]
    fn the_next_person_begins_with_what_the_household_shares() {
        let mut session = Session::begin("141123-2026");
        session.person.answer("residence", text("permit"));
        session.person.answer("birth_date", text("1951-03-05"));
        session.add("  爸爸\n的一个很长很长的名字");
        assert_eq!((session.person.number, session.person.name.as_str()), (2, "爸爸的一个很长很"));
        assert_eq!(session.person.answers.keys().collect::<Vec<_>>(), ["residence"]);
        assert_eq!(session.person.answers.get("residence"), Some(&text("permit")));
    }

    #[test]
    fn people_come_and_go_and_the_last_one_stays() {
        let mut session = Session::begin("141123-2026");
        session.person.answer("birth_date", text("1951-03-05"));
        for _ in 0..20 {
            session.add("");
        }
        assert_eq!(numbers(&session), (1..=8).collect::<Vec<_>>());
        session.remove(3);
        session.add("new");
        assert_eq!((numbers(&session).len(), session.person.number, session.person.name.as_str()), (8, 3, "new"));
        assert!(session.person.answers.is_empty());
        for number in 2..=8 {
            session.remove(number);
        }
        session.remove(1);
        assert_eq!(numbers(&session), [1]);
        assert!(session.person.answers.contains_key("birth_date"));
        session.turn_to(5);
        assert_eq!(session.person.number, 1);
    }

    #[test]
    fn a_changed_answer_takes_its_follow_ups_with_it() {
        let mut person = Person::default();
        person.answer("left", text("soldier"));
        person.answer("left_on", text("2026-03-01"));
        person.answer("left", text("soldier"));
        assert!(person.answers.contains_key("left_on"), "nothing changed");
        person.answer("left", text("none"));
        assert!(!person.answers.contains_key("left_on"));
    }

    #[test]
    fn not_knowing_takes_an_answer_back() {
        let mut person = Person::default();
        person.answer("last_year", text("none"));
        person.answer("missed_years", Loose::Int(2));
        person.skip("last_year");
        assert!(person.answers.is_empty());
        assert!(person.skipped.contains_key("last_year"));
        person.answer("last_year", text("resident"));
        assert!(person.skipped.is_empty());
    }
}
