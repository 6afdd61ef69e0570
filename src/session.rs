//! What a person has said so far: the notice, the answers, and what they left open.
//!
//! Kept as a small text on the device, so that a reload or a return to WeChat loses nothing. Answers are held as they
//! would come in a request and are read by the engine's own strict reader, the one place that knows what is valid.

use canbao_engine::answers::Loose;
use canbao_policy::map::Map;

/// A person's session.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Session {
    /// The notice's id.
    pub notice: Option<String>,
    /// The answers, by key.
    pub answers: Map<Loose>,
    /// The questions answered with "I don't know": not asked again.
    pub skipped: Map<()>,
}

/// Questions that only make sense after another: when that one is answered differently, these are forgotten.
const FOLLOW_UPS: [(&str, &[&str]); 3] = [
    ("groups", &["recognised_on"]),
    ("left", &["left_on", "employee_two_years", "employee_months", "employee_gap", "employee_months_last_year"]),
    ("last_year", &["missed_years", "no_claims"]),
];

impl Session {
    /// A new session on this notice.
    pub fn begin(notice: &str) -> Self {
        Self { notice: Some(notice.to_owned()), ..Self::default() }
    }

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

    /// The session as text: one line for each thing said.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        let mut line = |kind: &str, key: &str, value: &str| {
            for part in [kind, " ", key, " ", value, "\n"] {
                text.push_str(part);
            }
        };
        line("notice", self.notice.as_deref().unwrap_or_default(), "");
        for key in self.skipped.keys() {
            line("skipped", key, "");
        }
        for (key, value) in &self.answers {
            match value {
                Loose::Bool(value) => line("bool", key, if *value { "true" } else { "false" }),
                Loose::Int(value) => line("int", key, &value.to_string()),
                Loose::Text(value) => line("text", key, value),
                Loose::List(items) => {
                    let items: Vec<&str> = items.iter().map(text_of).collect();
                    line("list", key, &items.join(","));
                }
                Loose::Other => {}
            }
        }
        text
    }

    /// The session that [`Session::to_text`] wrote. What cannot be read is left out.
    pub fn parse(text: &str) -> Self {
        let mut session = Self::default();
        for line in text.lines() {
            let mut parts = line.splitn(3, ' ');
            let (Some(kind), Some(key), Some(value)) = (parts.next(), parts.next(), parts.next()) else { continue };
            let answer = match kind {
                "notice" => {
                    session.notice = Some(key.to_owned()).filter(|id| !id.is_empty());
                    continue;
                }
                "skipped" => {
                    session.skipped.insert(key.to_owned(), ());
                    continue;
                }
                "bool" => Loose::Bool(value == "true"),
                "int" => value.parse().map_or(Loose::Other, Loose::Int),
                "text" => Loose::Text(value.to_owned()),
                "list" => {
                    let items = value.split(',').filter(|item| !item.is_empty());
                    Loose::List(items.map(|item| Loose::Text(item.to_owned())).collect())
                }
                _ => continue,
            };
            session.answers.insert(key.to_owned(), answer);
        }
        session
    }
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

    #[test]
    fn a_session_survives_as_text() {
        let mut session = Session::begin("141123-2026");
        session.answer("residence", text("local"));
        session.answer("birth_date", text("1951-03-05"));
        session.answer("groups", Loose::List(vec![text("dibao"), text("edge")]));
        session.answer("no_claims", Loose::Bool(true));
        session.answer("missed_years", Loose::Int(2));
        session.skip("student");
        assert_eq!(Session::parse(&session.to_text()), session);

        let mut nobody = Session::begin("43xxxx-2026");
        nobody.answer("groups", Loose::List(Vec::new()));
        assert_eq!(Session::parse(&nobody.to_text()), nobody);
    }

    #[test]
    fn a_damaged_text_leaves_out_what_it_damaged() {
        let session = Session::parse("notice 141123-2026 \nnonsense\ntext residence local\nwhat is this");
        assert_eq!(session.notice.as_deref(), Some("141123-2026"));
        assert_eq!(session.answers.len(), 1);
        assert_eq!(Session::parse(""), Session::default());
    }

    #[test]
    fn a_changed_answer_takes_its_follow_ups_with_it() {
        let mut session = Session::begin("141123-2026");
        session.answer("left", text("soldier"));
        session.answer("left_on", text("2026-03-01"));
        session.answer("left", text("soldier"));
        assert!(session.answers.contains_key("left_on"), "nothing changed");
        session.answer("left", text("none"));
        assert!(!session.answers.contains_key("left_on"));
    }

    #[test]
    fn not_knowing_takes_an_answer_back() {
        let mut session = Session::begin("141123-2026");
        session.answer("last_year", text("none"));
        session.answer("missed_years", Loose::Int(2));
        session.skip("last_year");
        assert!(session.answers.is_empty());
        assert!(session.skipped.contains_key("last_year"));
        session.answer("last_year", text("resident"));
        assert!(session.skipped.is_empty());
    }
}
