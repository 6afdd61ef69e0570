//! A question as it is put to a person: its words, and the form its answer takes.
//!
//! The contract's questions and a notice's own ones look alike from here on, so pages know no question by name.

use crate::session::text_of;
use crate::text;
use crate::text::questions::{self as words, About};
use canbao_engine::answers::{Loose, MAX_MISSED_YEARS};
use canbao_policy::map::Map;
use canbao_policy::model::{
    Answer, Group, GroupEntry, LastYear, Left, Notice, OtherPlan, QuestionKind, Residence, Student,
};

/// A question of the contract or of the notice.
#[derive(Clone, Debug)]
pub struct Question {
    /// Its key in requests.
    pub key: String,
    /// The question.
    pub ask: String,
    /// One sentence of help.
    pub hint: Option<String>,
    /// Its name in the list of answers.
    pub label: String,
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
    /// Its spelling in requests.
    pub value: &'static str,
    /// The spelling, where it is the notice's.
    pub own: Option<String>,
    /// Its words.
    pub label: String,
}

impl Choice {
    fn new(value: &'static str, label: impl Into<String>) -> Self {
        Self { value, own: None, label: label.into() }
    }

    /// Its spelling in requests.
    pub fn name(&self) -> &str {
        self.own.as_deref().unwrap_or(self.value)
    }

    /// What is answered by it.
    pub fn answer(&self) -> Loose {
        match self.name() {
            "true" => Loose::Bool(true),
            "false" => Loose::Bool(false),
            name => Loose::Text(name.to_owned()),
        }
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
            label: words::label(answer).to_owned(),
            form: form(answer, about),
        });
    }
    let own = notice.questions.iter().find(|question| question.id == key)?;
    let form = match &own.kind {
        QuestionKind::Choice(choices) => Form::Choice(
            choices.iter().map(|c| Choice { value: "", own: Some(c.id.clone()), label: c.label.clone() }).collect(),
        ),
        QuestionKind::YesNo => yes_no([text::YES, text::NO]),
        QuestionKind::Number(most) => Form::Number { least: 0, most: *most, unit: "" },
    };
    Some(Question { key: key.to_owned(), ask: own.ask.clone(), hint: own.hint.clone(), label: own.ask.clone(), form })
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

/// The groups that the notice has no entry for.
pub fn groups_not_named(notice: &Notice) -> impl Iterator<Item = Group> + '_ {
    Group::ALL.iter().copied().filter(|&group| group_entry(notice, group).is_none())
}

/// What the notice says of a group.
pub fn group_entry(notice: &Notice, group: Group) -> Option<&GroupEntry> {
    notice.groups.iter().find(|entry| entry.id == group)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_question_of_the_contract_can_be_put() {
        for entry in canbao_baked::index() {
            let notice = canbao_baked::notice(entry.id).expect("a baked notice decodes");
            for answer in Answer::ALL {
                let question = find(answer.as_str(), &notice, &Map::default()).expect("a question");
                assert!(!question.ask.is_empty() && !question.label.is_empty());
            }
            for own in &notice.questions {
                assert!(find(&own.id, &notice, &Map::default()).is_some(), "{}: {}", entry.id, own.id);
            }
            assert!(find("no_such_question", &notice, &Map::default()).is_none());
        }
    }
}
