//! The JSON Schemas of what the project reads and writes, generated from its types.
//!
//! The response's comes from the contract's types. A request is read by hand, so that every mistake in it gets an
//! answer in Chinese; its schema is put together here from the same lists of values that the reading uses, one arm for
//! each answer there is, so a new answer does not compile without its schema.

use crate::args::SchemaKind;
use canbao_engine::RequestError;
use canbao_engine::answers::MAX_MISSED_YEARS;
use canbao_engine::contract::Response;
use canbao_policy::author;
use canbao_policy::model::{Answer, Group, LastYear, Left, OtherPlan, Residence, Student};
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

/// The schemas' files in `schema/`.
pub const FILES: &[(SchemaKind, &str)] = &[
    (SchemaKind::Notice, "notice.schema.json"),
    (SchemaKind::Request, "request.schema.json"),
    (SchemaKind::Response, "response.schema.json"),
];

const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The text of a schema's file.
#[must_use]
pub fn text_of(kind: SchemaKind) -> String {
    match kind {
        SchemaKind::Notice => author::schema_text(),
        SchemaKind::Request => format!("{:#}\n", request()),
        SchemaKind::Response => format!("{:#}\n", response()),
    }
}

/// A request.
#[must_use]
pub fn request() -> Value {
    let answers: Map<String, Value> =
        Answer::ALL.iter().map(|&answer| (answer.as_str().to_owned(), answer_schema(answer))).collect();
    json!({
        "$schema": DRAFT,
        "title": "Request",
        "description": "A person's answers, for a notice, on a day.",
        "type": "object",
        "properties": {
            "notice": {"type": "string", "description": "The notice's id: `<GB/T 2260 code>-<coverage year>`."},
            "on": day("The day of asking, and of paying if that is possible: a calendar date in Beijing time."),
            "answers": {
                "type": "object",
                "description": "A key absent is a question not answered yet, never a default.",
                "properties": answers,
                "additionalProperties": {
                    "type": ["string", "boolean", "integer"],
                    "description": "An answer to a question that only this notice has."
                }
            }
        },
        "required": ["notice", "on"],
        "additionalProperties": false
    })
}

fn day(description: &str) -> Value {
    json!({"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "description": description})
}

fn yes_no(description: &str) -> Value {
    json!({"type": "boolean", "description": description})
}

fn number(min: u32, max: u32, description: &str) -> Value {
    json!({"type": "integer", "minimum": min, "maximum": max, "description": description})
}

fn choice<T: Copy>(all: &[T], name: fn(T) -> &'static str, description: &str) -> Value {
    let names: Vec<&str> = all.iter().map(|&value| name(value)).collect();
    json!({"type": "string", "enum": names, "description": description})
}

fn answer_schema(answer: Answer) -> Value {
    match answer {
        Answer::Residence => {
            choice(Residence::ALL, Residence::as_str, "户籍 and home: 本县户籍 / 居住证 / 长住无证 / neither")
        }
        Answer::OtherPlan => {
            choice(OtherPlan::ALL, OtherPlan::as_str, "What the person is covered by today, for this coverage year")
        }
        Answer::BirthDate => day("Date of birth"),
        Answer::Groups => json!({
            "type": "array",
            "items": choice(Group::ALL, Group::as_str, "A group of the departments' lists"),
            "description": "Groups confirmed by the departments' lists; empty: none of them"
        }),
        Answer::RecognisedOn => day("The earliest recognition among those groups that the notice assists"),
        Answer::Left => choice(Left::ALL, Left::as_str, "What other scheme or situation the person left"),
        Answer::LeftOn => day(
            "The last insured day, or the day of discharge, release, admission, the beginning of community correction",
        ),
        Answer::EmployeeTwoYears => yes_no("连续参加职工医保满 2 年"),
        Answer::EmployeeMonths => number(0, 12, "Months of employee contributions within the coverage year"),
        Answer::EmployeeGap => yes_no("An unpaid month within the coverage year before leaving"),
        Answer::EmployeeMonthsLastYear => {
            number(0, 12, "Months of employee contributions in the year before the coverage year")
        }
        Answer::LastYear => choice(LastYear::ALL, LastYear::as_str, "Cover in the year before the coverage year"),
        Answer::MissedYears => {
            number(1, MAX_MISSED_YEARS, "Consecutive years without cover up to and including last year")
        }
        Answer::NoClaims => yes_no("Last year's resident plan paid nothing for this person"),
        Answer::Student => choice(Student::ALL, Student::as_str, "大中专学生"),
        Answer::ParentInsured => yes_no("A parent is in the province's basic medical insurance"),
    }
}

/// A response, or the error in its place.
#[must_use]
pub fn response() -> Value {
    let mut generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let response = generator.subschema_for::<Response>();
    let error = generator.subschema_for::<RequestError>();
    json!({
        "$schema": DRAFT,
        "title": "Response",
        "description": "Everything that is still possible for a person on a day; or what is wrong with the request.",
        "anyOf": [
            response,
            {
                "type": "object",
                "properties": {"error": error},
                "required": ["error"],
                "additionalProperties": false
            }
        ],
        "$defs": generator.take_definitions(true)
    })
}
