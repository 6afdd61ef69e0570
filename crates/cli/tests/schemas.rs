//! The JSON Schemas in `schema/` are those of today's types, and what goes in and comes out obeys them.

use std::fs;
use std::path::{Path, PathBuf};

use canbao_cli::cases::{CaseFile, find, with_program};
use canbao_cli::schemas::{FILES, request, response, text_of};
use canbao_cli::source::{Library, Source};
use canbao_engine::evaluate::evaluate_request;
use serde_json::{Value, json};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn the_files_are_up_to_date() {
    for (kind, name) in FILES {
        let file = fs::read_to_string(root().join("schema").join(name)).unwrap_or_default();
        // As values: the order of keys depends on what else is built beside.
        let value = |text: &str| serde_json::from_str::<Value>(text).ok();
        let same = value(&file).is_some() && value(&file) == value(&text_of(*kind));
        assert!(same, "schema/{name} is not what the types say: run `cargo canbao schema --write`");
    }
}

/// As much of JSON Schema as these schemas use; an unknown word in a schema fails.
fn valid(schema: &Value, value: &Value, root: &Value) -> Result<(), String> {
    let Some(words) = schema.as_object() else {
        return if schema == &json!(true) { Ok(()) } else { Err(format!("nothing is allowed here: {value}")) };
    };
    for (word, said) in words {
        let good = match word.as_str() {
            "$schema" | "title" | "description" | "$defs" | "format" | "minItems" | "maxItems" => true,
            "$ref" => {
                let name = said.as_str().and_then(|path| path.strip_prefix("#/$defs/")).expect("a definition");
                valid(&root["$defs"][name], value, root)?;
                true
            }
            "anyOf" | "oneOf" => said.as_array().expect("a list").iter().any(|one| valid(one, value, root).is_ok()),
            "const" => said == value,
            "enum" => said.as_array().expect("a list").contains(value),
            "type" => match said {
                Value::Array(types) => types.iter().any(|one| is(one, value)),
                one => is(one, value),
            },
            "required" => {
                said.as_array().expect("a list").iter().all(|key| value.get(key.as_str().unwrap_or("")).is_some())
            }
            "properties" => {
                for (key, schema) in said.as_object().expect("an object") {
                    if let Some(value) = value.get(key) {
                        valid(schema, value, root).map_err(|error| format!("{key}: {error}"))?;
                    }
                }
                true
            }
            "additionalProperties" => {
                let known = |key: &str| words.get("properties").is_some_and(|known| known.get(key).is_some());
                for (key, value) in value.as_object().into_iter().flatten().filter(|(key, _)| !known(key)) {
                    valid(said, value, root).map_err(|error| format!("{key}: {error}"))?;
                }
                true
            }
            "items" => value.as_array().is_none_or(|items| items.iter().all(|item| valid(said, item, root).is_ok())),
            "prefixItems" => {
                let schemas = said.as_array().expect("a list");
                value.as_array().is_none_or(|items| {
                    items.len() == schemas.len() && items.iter().zip(schemas).all(|(i, s)| valid(s, i, root).is_ok())
                })
            }
            "pattern" => value.as_str().is_none_or(|text| {
                let day = text.len() == 10 && text.bytes().filter(|byte| *byte == b'-').count() == 2;
                let money = text.parse::<canbao_policy::model::Yuan>().is_ok();
                if said.as_str().is_some_and(|pattern| pattern.contains("{4}-")) { day } else { money }
            }),
            "minimum" => value.as_i64() >= said.as_i64(),
            "maximum" => value.as_i64() <= said.as_i64(),
            other => return Err(format!("a word this test does not know: {other}")),
        };
        if !good {
            return Err(format!("{word} {said} does not allow {value}"));
        }
    }
    Ok(())
}

fn is(kind: &Value, value: &Value) -> bool {
    match kind.as_str() {
        Some("string") => value.is_string(),
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        Some("null") => value.is_null(),
        _ => false,
    }
}

#[test]
fn every_golden_request_and_its_response_obey_them() {
    let (asked, answered) = (request(), response());
    let policies = root().join("policies");
    let mut library = Library::open(&Source::Folder(policies.clone())).expect("the folder reads");
    let mut seen = 0;
    for path in find(&[policies]).expect("the folder reads") {
        let file = CaseFile::read(&path).expect("it reads");
        let run = with_program(&path, &file.notice, &mut library, |program| {
            for case in &file.cases {
                let result = match evaluate_request(program, &case.loose(&file.notice)) {
                    Ok(response) => {
                        let request = case.request(&file.notice);
                        assert_eq!(valid(&asked, &request, &asked), Ok(()), "{}: {request}", case.name);
                        serde_json::to_value(response).expect("JSON")
                    }
                    Err(error) => json!({"error": error}),
                };
                assert_eq!(valid(&answered, &result, &answered), Ok(()), "{}: {result:#}", case.name);
                seen += 1;
            }
        });
        run.expect("the notice is sound");
    }
    assert!(seen > 0);
}

#[test]
fn what_is_no_request_does_not_obey_them() {
    let schema = request();
    let with = |answers: Value| json!({"notice": "x", "on": "2030-01-01", "answers": answers});
    for bad in [
        json!({}),
        json!({"notice": "x", "on": "yesterday"}),
        json!({"notice": "x", "on": "2030-01-01", "more": 1}),
        with(json!({"residence": "moon"})),
        with(json!({"groups": ["moon"]})),
        with(json!({"employee_months": 13})),
        with(json!({"missed_years": 0})),
        with(json!({"birth_date": null})),
    ] {
        assert!(valid(&schema, &bad, &schema).is_err(), "{bad}");
    }
}
