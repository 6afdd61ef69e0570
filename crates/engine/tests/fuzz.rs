//! Random and hostile requests: an answer or an error, never a panic.
//!
//! Portals send what their users type, and strangers send what they like. The run is bounded and seeded, so it is a
//! test like any other. Most requests are a sound one with something broken in it, because pure noise is turned away at
//! the door; the rest is text cut, doubled and scrambled byte by byte.

mod common;

use canbao_engine::answers::{Answers, LooseRequest, RequestError};
use canbao_engine::evaluate::{evaluate_request, leaves};
use common::{Rng, World, request, worlds};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::time::{Duration, Instant};

/// Requests tried, and when to stop on a slow machine.
const REQUESTS: usize = 40_000;
const PATIENCE: Duration = Duration::from_secs(8);

/// Days that are no days, and days at the ends of the calendar.
const DAYS: [&str; 24] = [
    "9999-12-31",
    "0001-01-01",
    "0000-00-00",
    "0000-01-01",
    "2026-02-29",
    "2024-02-29",
    "2026-02-30",
    "2026-13-01",
    "2026-00-10",
    "2026-1-1",
    "2026-01-01T00:00:00Z",
    "20260101",
    "",
    " 2026-01-01",
    "2026-01-01 ",
    "-001-01-01",
    "+2026-01-01",
    "99999-01-01",
    "2026年1月1日",
    "2026-01-01",
    "1900-01-01",
    "2100-12-31",
    "2025-12-31",
    "1582-10-10",
];

fn hostile(rng: &mut Rng, depth: usize) -> Value {
    match rng.below(if depth == 0 { 12 } else { 15 }) {
        0 => Value::Null,
        1 => json!(rng.chance(50)),
        2 => json!(rng.pick(&[i64::MIN, -1, 0, 1, 12, 13, 150, 151, i64::from(i32::MAX), i64::MAX])),
        3 => json!(u64::MAX),
        4 => json!(rng.pick(&[0.5, -0.0, 3.0, 1e16, 1e300, 9_007_199_254_740_993.0])),
        5..=7 => json!(rng.pick(&DAYS)),
        8 => json!(rng.pick(&[
            "none",
            "employee",
            "local",
            "never",
            "dibao",
            "new_here",
            "NONE",
            "无",
            "\u{0}",
            "\u{1f469}"
        ])),
        9 => json!("x".repeat(rng.below(5000))),
        10 => json!(["dibao", "dibao", "tekun"]),
        11 => json!([]),
        12 => Value::Array((0..rng.below(5)).map(|_| hostile(rng, depth - 1)).collect()),
        13 => json!({"nested": hostile(rng, depth - 1)}),
        _ => {
            let items = (0..rng.below(4)).map(|at| (format!("k{at}"), hostile(rng, depth - 1)));
            Value::Object(items.collect())
        }
    }
}

/// A sound request with something broken in it, as text.
fn broken(rng: &mut Rng, world: &World) -> String {
    let on = world.day(rng);
    let full = world.person(rng, on);
    let part = world.part(rng, &full);
    let mut value: Value = serde_json::from_str(&request(world, on, &part)).unwrap_or_default();
    let keys = world.keys();
    for _ in 0..rng.below(4) {
        match rng.below(12) {
            0 => value["on"] = json!(rng.pick(&DAYS)),
            1 => value["on"] = hostile(rng, 3),
            2 => value["notice"] = hostile(rng, 3),
            3 => value["answers"] = hostile(rng, 3),
            4 => value[rng.pick(&["on ", "ON", "", "answer", "__proto__"])] = hostile(rng, 2),
            at => {
                let key = if at == 5 { rng.pick(&["age", "", "residence ", "名字"]) } else { rng.pick(&keys) };
                let wrong = hostile(rng, 3);
                if let Some(answers) = value["answers"].as_object_mut() {
                    answers.insert(key.to_owned(), wrong);
                }
            }
        }
    }
    let mut text = value.to_string();
    match rng.below(12) {
        // A key that comes twice.
        0 => text = text.replacen('{', &format!("{{\"on\":{},", hostile(rng, 1)), 1),
        1 => {
            text = text.replacen(
                "\"answers\":{",
                &format!("\"answers\":{{\"{}\":{},", rng.pick(&keys), hostile(rng, 1)),
                1,
            )
        }
        2 => text.truncate((0..=rng.below(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)),
        3 => {
            let mut bytes = text.into_bytes();
            for _ in 0..=rng.below(6) {
                let at = rng.below(bytes.len());
                bytes[at] = u8::try_from(rng.below(256)).unwrap_or(0);
            }
            text = String::from_utf8_lossy(&bytes).into_owned();
        }
        // Numbers beyond any type.
        4 => text = text.replacen(':', ":1e999,\"x\":", 1),
        5 => text = text.replace(":1", ":-123456789012345678901234567890"),
        _ => {}
    }
    text
}

/// What becomes of a request.
fn send(world: &World, text: &str) -> Result<usize, RequestError> {
    let loose: LooseRequest =
        serde_json::from_str(text).map_err(|error| RequestError::new("bad_request", error.to_string(), &[]))?;
    let response = evaluate_request(&world.program, &loose)?;
    assert!(!response.outcomes.is_empty(), "no outcome: {text}");
    Ok(response.outcomes.len())
}

#[test]
fn nothing_panics() {
    let start = Instant::now();
    let mut rng = Rng::new(0xf022);
    let (mut answered, mut refused) = (0, 0);
    for at in 0..REQUESTS {
        let world = &worlds()[at % worlds().len()];
        let text = broken(&mut rng, world);
        match send(world, &text) {
            Ok(_) => answered += 1,
            Err(error) => {
                assert_ne!(error.code, "bad_notice", "{text}: {}", error.message);
                assert!(!error.message.is_empty(), "{text}");
                refused += 1;
            }
        }
        if start.elapsed() > PATIENCE {
            break;
        }
    }
    let all = answered + refused;
    assert!(
        all >= 100 && answered * 10 > all && refused * 10 > all,
        "{answered} answered, {refused} refused: one-sided"
    );
}

/// Every day of asking on its own and with every event on that day or at the ends of the calendar.
#[test]
fn no_day_is_too_far() {
    for world in worlds() {
        for on in DAYS {
            for day in DAYS {
                for key in ["birth_date", "left_on", "recognised_on"] {
                    let request = json!({"notice": world.id, "on": on, "answers": {key: day, "left": "employee"}});
                    let _ = send(world, &request.to_string());
                }
            }
            let Some(day) = canbao_engine::answers::parse_day(on) else { continue };
            assert!(leaves(&world.program, day, &Answers::default()).is_ok());
        }
    }
}

#[test]
fn depth_and_length_are_refused_or_ignored() {
    let world = &worlds()[0];
    let head = format!("{{\"notice\":\"{}\",\"on\":\"2026-01-01\",\"answers\":", world.id);
    for depth in [10, 100, 127, 128, 1_000, 100_000] {
        for (open, close) in [("[", "]"), ("{\"groups\":", "}")] {
            let deep = format!("{head}{}1{}}}", open.repeat(depth), close.repeat(depth));
            assert!(send(world, &deep).is_err(), "{depth} deep");
            let unclosed = format!("{head}{}", open.repeat(depth));
            assert!(send(world, &unclosed).is_err(), "{depth} deep, unclosed");
        }
    }
    let many = vec!["\"dibao\""; 100_000].join(",");
    assert!(send(world, &format!("{head}{{\"groups\":[{many}]}}}}")).is_ok(), "the same group many times");
    let mut keys = String::new();
    for at in 0..50_000 {
        let _ = write!(keys, "\"key{at}\":{at},");
    }
    assert!(send(world, &format!("{head}{{{keys}\"groups\":[]}}}}")).is_err(), "many unknown keys");
    for text in ["", "null", "[]", "0", "\"\"", "{}", "{\"notice\":null}", "\u{feff}{}", "{\"answers\":{}}"] {
        assert!(send(world, text).is_err(), "{text}");
    }
}
