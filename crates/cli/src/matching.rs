//! Whether a response is what a golden case expects.
//!
//! A case pins what the text of the notice determines and nothing else, so objects match as subsets. The same rules are
//! written a second time in `tests/node/matching.mjs`, for the same cases in WebAssembly; they are few on purpose:
//!
//! | what | how it matches |
//! |---|---|
//! | object | every key that is expected has to be there, but for `level`, which is absent for `null`; `notes` never counts |
//! | array | exactly, in order |
//! | `cites`, `unstated`, `channels` | every element expected is in the actual one |
//! | `ask_contains`, `ask_lacks` | elements of `ask` |
//! | `outcomes_contain` | every outcome expected matches some actual one |
//! | anything else | exactly |

use crate::text;
use serde_json::{Map, Value};
use std::fmt;

/// One difference between what is expected and what came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// Where: `outcomes[0].fee.payable`.
    pub path: String,
    /// What the case expects.
    pub expected: String,
    /// What came.
    pub actual: String,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&text::mismatch(&self.path, &self.expected, &self.actual))
    }
}

/// The keys under which the elements expected need only be contained.
const CONTAINED: &[&str] = &["cites", "unstated", "channels"];

/// The key that a response leaves out where there is nothing to say.
const OPTIONAL: &str = "level";

/// The differences between what a case expects and a response; empty: it matches.
#[must_use]
pub fn compare(expected: &Map<String, Value>, response: &Value) -> Vec<Mismatch> {
    let mut found = Vec::new();
    for (key, expected) in expected {
        match key.as_str() {
            "ask_contains" => members(expected, &response["ask"], Membership::In, &mut found),
            "ask_lacks" => members(expected, &response["ask"], Membership::NotIn, &mut found),
            "outcomes_contain" => some_outcome(expected, &response["outcomes"], &mut found),
            _ => value(key, key, expected, &response[key], &mut found),
        }
    }
    found
}

#[derive(Clone, Copy, PartialEq)]
enum Membership {
    In,
    NotIn,
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn push(path: &str, expected: impl fmt::Display, actual: impl fmt::Display, found: &mut Vec<Mismatch>) {
    found.push(Mismatch { path: path.to_owned(), expected: expected.to_string(), actual: actual.to_string() });
}

fn members(expected: &Value, ask: &Value, membership: Membership, found: &mut Vec<Mismatch>) {
    for element in list(expected) {
        let is_in = list(ask).contains(element);
        match membership {
            Membership::In if !is_in => push("ask", text::to_contain(element), ask, found),
            Membership::NotIn if is_in => push("ask", text::to_lack(element), ask, found),
            Membership::In | Membership::NotIn => {}
        }
    }
}

fn some_outcome(expected: &Value, outcomes: &Value, found: &mut Vec<Mismatch>) {
    for (at, wanted) in list(expected).iter().enumerate() {
        let attempts = list(outcomes).iter().enumerate().map(|(position, outcome)| {
            let mut differences = Vec::new();
            value(&format!("outcomes[{position}]"), "", wanted, outcome, &mut differences);
            differences
        });
        // The nearest one says most about what is wrong.
        match attempts.min_by_key(Vec::len) {
            Some(nearest) if nearest.is_empty() => {}
            Some(nearest) => {
                let path = format!("outcomes_contain[{at}]");
                push(&path, wanted, text::no_such_outcome(list(outcomes).len()), found);
                found.extend(nearest);
            }
            None => push("outcomes", wanted, "[]", found),
        }
    }
}

fn value(path: &str, key: &str, expected: &Value, actual: &Value, found: &mut Vec<Mismatch>) {
    match (expected, actual) {
        (Value::Object(wanted), Value::Object(got)) => {
            for (key, wanted) in wanted {
                let path = format!("{path}.{key}");
                match got.get(key) {
                    _ if key == "notes" => {}
                    Some(actual) => value(&path, key, wanted, actual, found),
                    None if key == OPTIONAL => value(&path, key, wanted, &Value::Null, found),
                    // Misspelt, and with `null` it would match whatever comes.
                    None => push(&path, wanted, text::no_such_key(got.keys().map(String::as_str)), found),
                }
            }
        }
        (Value::Array(wanted), Value::Array(got)) if CONTAINED.contains(&key) => {
            for element in wanted.iter().filter(|element| !got.contains(element)) {
                push(path, text::to_contain(element), actual, found);
            }
        }
        (Value::Array(wanted), Value::Array(got)) if wanted.len() == got.len() => {
            for (at, (wanted, got)) in wanted.iter().zip(got).enumerate() {
                value(&format!("{path}[{at}]"), "", wanted, got, found);
            }
        }
        (Value::Array(wanted), Value::Array(got)) if wanted.iter().any(Value::is_object) => {
            push(path, text::elements(wanted.len()), text::elements(got.len()), found);
            // The elements that there are still say where it went wrong.
            for (at, (wanted, got)) in wanted.iter().zip(got).enumerate() {
                value(&format!("{path}[{at}]"), "", wanted, got, found);
            }
        }
        _ if expected == actual => {}
        _ => push(path, expected, actual, found),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[track_caller]
    fn check(expected: Value, paths: &[&str]) {
        let response = json!({
            "settled": false, "ask": ["groups", "left"],
            "outcomes": [
                {"kind": "pay", "fee": {"payable": "10", "fiscal": "0"}, "cites": ["一", "二"], "wait": null,
                 "periods": [["2030-01-01", null]], "notes": ["…"]},
                {"kind": "free", "fee": null, "cites": []}
            ]
        });
        let Value::Object(expected) = expected else { panic!("an object") };
        let found: Vec<String> = compare(&expected, &response).into_iter().map(|m| m.path).collect();
        assert_eq!(found, paths);
    }

    #[test]
    fn objects_match_as_subsets() {
        check(json!({"outcomes": [{"fee": {"payable": "10"}}, {"kind": "free"}]}), &[]);
        check(json!({"outcomes": [{"fee": {"payable": "11"}}, {}]}), &["outcomes[0].fee.payable"]);
        check(json!({"outcomes": [{"oops": 1}, {}]}), &["outcomes[0].oops"]);
    }

    #[test]
    fn a_key_that_no_response_has_matches_nothing() {
        check(json!({"outcomes": [{"wait": null, "level": null}, {"fee": null}]}), &[]);
        check(json!({"outcomes": [{"fee": null}, {}]}), &["outcomes[0].fee"]);
        check(json!({"outcomes": [{"wiat": null}, {"level": "低档"}]}), &["outcomes[0].wiat", "outcomes[1].level"]);
        check(json!({"outcomes": [{"fee": {"paybale": "10"}}, {}]}), &["outcomes[0].fee.paybale"]);
    }

    #[test]
    fn arrays_match_exactly_and_in_order() {
        check(json!({"ask": ["groups", "left"]}), &[]);
        check(json!({"ask": ["left", "groups"]}), &["ask[0]", "ask[1]"]);
        check(json!({"ask": ["groups"]}), &["ask"]);
        check(json!({"outcomes": [{"kind": "pay"}]}), &["outcomes"]);
        check(json!({"outcomes": [{"periods": [["2030-01-01", null]]}, {}]}), &[]);
        check(json!({"outcomes": [{"periods": [["2030-01-01", "2030-01-02"]]}, {}]}), &["outcomes[0].periods[0][1]"]);
    }

    #[test]
    fn some_arrays_only_have_to_contain() {
        check(json!({"outcomes": [{"cites": ["二"]}, {"cites": []}]}), &[]);
        check(json!({"outcomes": [{"cites": ["三"]}, {}]}), &["outcomes[0].cites"]);
    }

    #[test]
    fn notes_never_count() {
        check(json!({"outcomes": [{"notes": ["other"]}, {}]}), &[]);
    }

    #[test]
    fn questions_can_be_named_one_by_one() {
        check(json!({"ask_contains": ["left"], "ask_lacks": ["student"]}), &[]);
        check(json!({"ask_contains": ["student"]}), &["ask"]);
        check(json!({"ask_lacks": ["left"]}), &["ask"]);
    }

    #[test]
    fn outcomes_can_be_named_in_any_order() {
        check(json!({"outcomes_contain": [{"kind": "free"}, {"kind": "pay", "cites": ["一"]}]}), &[]);
        check(json!({"outcomes_contain": [{"kind": "not_covered"}]}), &["outcomes_contain[0]", "outcomes[0].kind"]);
    }
}
