//! A question as it is put to a person: its words, and the form its answer takes.
//!
//! The contract's questions and a notice's own ones look alike from here on, so pages know no question by name.

use crate::session::text_of;
use crate::text;
use crate::text::questions::{self as words, About};
use canbao_engine::answers::{Loose, MAX_MISSED_YEARS, parse_day};
use canbao_policy::map::Map;
use canbao_policy::model::{
    Answer, Group, GroupEntry, LastYear, Left, Notice, OtherPlan, QuestionKind, Residence, Student,
};
use canbao_policy::words;

/// A question of the contract or of the notice.
#[derive(Clone, Debug)]
pub struct Question {
    /// Its key in requests.
    pub key: String,
    /// The question.
    pub ask: String,
    /// One sentence of help.
    pub hint: Option<String>,
    /// How it is answered.
    pub form: Form,
}

/// How a question is answered.
#[derive(Clone, Debug)]
pub enum Form {
    /// One of these.
    Choice(Vec<Choice>),
    /// A day.
    Date,
    /// A whole number in this range, with what it counts.
    Number {
        /// At least this.
        least: u32,
        /// At most this.
        most: u32,
        /// What it counts.
        unit: &'static str,
    },
    /// Any of the groups, or none.
    Groups,
}

/// One possible answer.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Its spelling in requests; a yes-no question has `true` and `false`.
    pub name: String,
    /// Its words.
    pub label: String,
}

impl Choice {
    fn new(name: &str, label: impl Into<String>) -> Self {
        Self { name: name.to_owned(), label: label.into() }
    }
}

impl Question {
    /// Its name in the list of answers, which only late pages have.
    pub fn label(&self) -> &str {
        Answer::parse(&self.key).map_or(&self.ask, |answer| words::label(answer))
    }

    /// The answer with this spelling, if it is one: several values have commas between.
    pub fn read(&self, text: &str) -> Option<Loose> {
        Some(match &self.form {
            Form::Choice(choices) => match choices.iter().find(|choice| choice.name == text)?.name.as_str() {
                "true" => Loose::Bool(true),
                "false" => Loose::Bool(false),
                name => Loose::Text(name.to_owned()),
            },
            Form::Date => Loose::Text(words![parse_day(text)?]),
            Form::Number { least, most, .. } => {
                let number: u32 = text.parse().ok()?;
                (*least <= number && number <= *most).then(|| Loose::Int(number.into()))?
            }
            Form::Groups => {
                let names = text.split(',').filter(|name| !name.is_empty());
                let groups = names.map(|name| Group::parse(name).map(|group| Loose::Text(group.as_str().to_owned())));
                Loose::List(groups.collect::<Option<_>>()?)
            }
        })
    }
}

/// The question with this key, in the words for this notice and these answers.
pub fn find(key: &str, notice: &Notice, answers: &Map<Loose>) -> Option<Question> {
    let left = answers.get(Answer::Left.as_str()).and_then(|value| Left::parse(text_of(value)));
    let about = About { place: &notice.notice.place.name, year: notice.notice.year, left };
    if let Some(answer) = Answer::parse(key) {
        return Some(Question {
            key: key.to_owned(),
            ask: words::ask(answer, about),
            hint: words::hint(answer, about),
            form: form(answer, about),
        });
    }
    let own = notice.questions.iter().find(|question| question.id == key)?;
    let form = match &own.kind {
        QuestionKind::Choice(list) => choices(list.iter().map(|c| Choice::new(&c.id, c.label.as_str()))),
        QuestionKind::YesNo => yes_no([text::YES, text::NO]),
        QuestionKind::Number(most) => Form::Number { least: 0, most: *most, unit: "" },
    };
    Some(Question { key: key.to_owned(), ask: own.ask.clone(), hint: own.hint.clone(), form })
}

fn form(answer: Answer, about: About<'_>) -> Form {
    let place = about.place;
    match answer {
        Answer::Residence => {
            choices(Residence::ALL.iter().map(|&v| Choice::new(v.as_str(), words::residence(v, place))))
        }
        Answer::OtherPlan => choices(OtherPlan::ALL.iter().map(|&v| Choice::new(v.as_str(), words::other_plan(v)))),
        Answer::Left => choices(Left::ALL.iter().map(|&v| Choice::new(v.as_str(), words::left(v)))),
        Answer::LastYear => choices(LastYear::ALL.iter().map(|&v| Choice::new(v.as_str(), words::last_year(v)))),
        Answer::Student => choices(Student::ALL.iter().map(|&v| Choice::new(v.as_str(), words::student(v, place)))),
        Answer::EmployeeTwoYears | Answer::EmployeeGap | Answer::NoClaims | Answer::ParentInsured => {
            yes_no(words::yes_no(answer))
        }
        Answer::BirthDate | Answer::RecognisedOn | Answer::LeftOn => Form::Date,
        Answer::EmployeeMonths | Answer::EmployeeMonthsLastYear => {
            Form::Number { least: 0, most: 12, unit: words::unit(answer) }
        }
        Answer::MissedYears => Form::Number { least: 1, most: MAX_MISSED_YEARS, unit: words::unit(answer) },
        Answer::Groups => Form::Groups,
    }
}

fn choices(list: impl Iterator<Item = Choice>) -> Form {
    Form::Choice(list.collect())
}

fn yes_no([yes, no]: [&'static str; 2]) -> Form {
    choices([Choice::new("true", yes), Choice::new("false", no)].into_iter())
}

/// What the notice says of a group.
pub fn group_entry(notice: &Notice, group: Group) -> Option<&GroupEntry> {
    notice.groups.iter().find(|entry| entry.id == group)
}

#[cfg(test)]
mod tests {
    use super::*;
    use canbao_policy::model::Unstated;

    #[test]
    fn every_question_of_the_contract_can_be_put() {
        for entry in canbao_baked::index() {
            let notice = canbao_baked::notice(entry.id).expect("a baked notice decodes");
            for answer in Answer::ALL {
                let question = find(answer.as_str(), &notice, &Map::default()).expect("a question");
                assert!(!question.ask.is_empty() && !question.label().is_empty());
            }
            for own in &notice.questions {
                assert!(find(&own.id, &notice, &Map::default()).is_some(), "{}: {}", entry.id, own.id);
            }
            assert!(find("no_such_question", &notice, &Map::default()).is_none());
        }
    }

    #[test]
    fn an_answer_is_read_as_its_question_wants_it() {
        let entry = canbao_baked::index().first().expect("a notice");
        let notice = canbao_baked::notice(entry.id).expect("a baked notice decodes");
        let read = |key: &str, text: &str| find(key, &notice, &Map::default()).and_then(|question| question.read(text));
        assert_eq!(read("residence", "local"), Some(text("local")));
        assert_eq!(read("residence", "mars"), None);
        assert_eq!(read("no_claims", "true"), Some(Loose::Bool(true)));
        assert_eq!(read("birth_date", "1952-02-30"), None);
        assert_eq!(read("birth_date", "1952-02-29"), Some(text("1952-02-29")));
        assert_eq!(read("missed_years", "2"), Some(Loose::Int(2)));
        assert_eq!(read("missed_years", "0"), None);
        assert_eq!(read("groups", ""), Some(Loose::List(Vec::new())));
        assert_eq!(read("groups", "dibao,edge"), Some(Loose::List(vec![text("dibao"), text("edge")])));
        assert_eq!(read("groups", "dibao,kings"), None);
    }

    /// It is said so beside each of them. At most there is more to say, and to ask (阳城 二(四): its list ends with 等).
    #[test]
    fn a_group_that_the_notice_does_not_name_changes_no_amount_and_no_day() {
        for entry in canbao_baked::index() {
            let program = canbao_baked::program(entry.id).expect("a notice");
            let days = [(entry.year - 1, 11), (entry.year, 2)]
                .map(|(year, month)| chrono::NaiveDate::from_ymd_opt(year, month, 10).expect("a day"));
            let outcomes = |groups: &str| {
                let mut answers = Map::default();
                answers.insert("residence".to_owned(), Loose::Text("local".to_owned()));
                answers.insert("groups".to_owned(), Loose::List(groups.split_whitespace().map(text).collect()));
                let answers = canbao_engine::Answers::read(&answers, program.notice()).expect("answers");
                let response = |on| canbao_engine::evaluate(&program, on, &answers).expect("a response");
                let mut outcomes: Vec<_> = days.into_iter().flat_map(|on| response(on).outcomes).collect();
                for outcome in &mut outcomes {
                    outcome.notes.clear();
                }
                outcomes
            };
            let without = outcomes("");
            for &group in Group::ALL.iter().filter(|&&group| group_entry(program.notice(), group).is_none()) {
                let mut with = outcomes(group.as_str());
                for (with, without) in with.iter_mut().zip(&without) {
                    // Where the list of groups is not complete (阳城 二(四) ends in 等), the outcome says so, with the clause.
                    let open = with.unstated.contains(&Unstated::Assistance);
                    if open && with.cites.iter().any(|cite| !without.cites.contains(cite)) {
                        with.unstated.retain(|about| *about != Unstated::Assistance);
                        with.cites.retain(|cite| without.cites.contains(cite));
                    }
                }
                assert_eq!(with, without, "{} {}", entry.id, group.as_str());
            }
        }
    }

    fn text(text: &str) -> Loose {
        Loose::Text(text.to_owned())
    }
}
