//! The engine as a JavaScript API for portals.
//!
//! The same request and response as everywhere, as plain objects. What JavaScript adds is kept out: `undefined` is a
//! question not answered, a `Date` (which has a time zone) is no answer, an error is thrown as an `Error` that carries
//! the same fields as on the command line. Notices are inside; one is decoded when it is first asked about.

mod request;

use canbao_engine::evaluate::evaluate_request;
use canbao_engine::{Program, RequestError};
use canbao_policy::model::{Answer, ChannelId, Group, Route, Unstated};
use serde::Serialize;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("types.d.ts");

thread_local! {
    static PROGRAMS: RefCell<Vec<Rc<Program>>> = const { RefCell::new(Vec::new()) };
}

/// Everything that is still possible for a person on a day.
///
/// # Errors
/// An `Error` with `code`, `message` and `answers`, when the request has no response.
#[wasm_bindgen(skip_typescript)]
pub fn evaluate(request: &JsValue) -> Result<JsValue, JsValue> {
    answer(request).map_err(|error| thrown(&error))
}

/// Evaluates a request so many times, to no effect: how long the engine takes without a call from JavaScript each time.
///
/// # Errors
/// As [`evaluate`].
#[cfg(feature = "timing")]
#[wasm_bindgen(skip_typescript)]
pub fn evaluations(request: &JsValue, times: u32) -> Result<(), JsValue> {
    let repeated = || {
        let request = request::read(request)?;
        let (id, on) = request.head()?;
        let program = program(id)?;
        let answers = canbao_engine::Answers::read(&request.answers, program.notice())?;
        for _ in 0..times {
            std::hint::black_box(canbao_engine::evaluate(&program, on, std::hint::black_box(&answers))?);
        }
        Ok(())
    };
    repeated().map_err(|error: RequestError| thrown(&error))
}

/// The notices there are: enough to choose one by.
#[wasm_bindgen(skip_typescript)]
pub fn notices() -> Result<JsValue, JsValue> {
    let entries: Vec<Entry> = canbao_baked::index().iter().map(Entry::of).collect();
    plain(&entries).map_err(|error| thrown(&error))
}

/// A notice as its file has it: clauses, channels, papers, contacts and the rest that an outcome refers to.
///
/// # Errors
/// An `Error` with `code` and `message`, when there is none.
#[wasm_bindgen(skip_typescript)]
pub fn notice(id: &str) -> Result<JsValue, JsValue> {
    program(id).and_then(|program| plain(program.notice())).map_err(|error| thrown(&error))
}

fn answer(request: &JsValue) -> Result<JsValue, RequestError> {
    let request = request::read(request)?;
    let (id, _) = request.head()?;
    plain(&evaluate_request(&*program(id)?, &request)?)
}

fn program(id: &str) -> Result<Rc<Program>, RequestError> {
    PROGRAMS.with_borrow_mut(|ready| {
        if let Some(program) = ready.iter().find(|program| program.id() == id) {
            return Ok(Rc::clone(program));
        }
        let program: Rc<Program> = Rc::new(canbao_baked::program(id).map_err(|error| match error {
            canbao_baked::LoadError::Unknown => {
                RequestError::new("unknown_notice", format!("没有编号为 `{id}` 的通知"), &[])
            }
            other => RequestError::new("bad_notice", other.to_string(), &[]),
        })?);
        keep_texts(&program);
        ready.push(Rc::clone(&program));
        Ok(program)
    })
}

/// Keeps a notice's texts on the side of JavaScript, where every response with one of them would decode it anew.
fn keep_texts(program: &Program) {
    let labels = program.notice().clauses.iter().map(|clause| clause.label.as_str());
    for text in program.notes().chain(labels) {
        wasm_bindgen::intern(text);
    }
    let names = [Answer::NAMES, ChannelId::NAMES, Route::NAMES, Unstated::NAMES, Group::NAMES];
    for name in names.concat() {
        wasm_bindgen::intern(name);
    }
}

/// A value as plain objects and arrays, with `null` where JSON has it.
fn plain(value: &impl Serialize) -> Result<JsValue, RequestError> {
    value
        .serialize(&serde_wasm_bindgen::Serializer::json_compatible())
        .map_err(|error| RequestError::new("bad_request", error.to_string(), &[]))
}

fn thrown(error: &RequestError) -> JsValue {
    let thrown = js_sys::Error::new(&error.message);
    thrown.set_name("RequestError");
    let answers: js_sys::Array = error.answers.iter().map(|answer| JsValue::from_str(answer)).collect();
    for (key, value) in [("code", JsValue::from_str(error.code)), ("answers", answers.into())] {
        // Setting a field of a fresh object always works.
        let _ = js_sys::Reflect::set(&thrown, &JsValue::from_str(key), &value);
    }
    thrown.into()
}

#[derive(Serialize)]
struct Entry {
    id: &'static str,
    code: &'static str,
    name: &'static str,
    pinyin: &'static str,
    province: &'static str,
    city: Option<&'static str>,
    year: i32,
    title: &'static str,
    issued: Option<&'static str>,
}

impl Entry {
    fn of(entry: &canbao_baked::Entry) -> Self {
        let canbao_baked::Entry { id, code, name, pinyin, province, city, year, title, issued, .. } = *entry;
        Self { id, code, name, pinyin, province, city, year, title, issued }
    }
}

#[cfg(test)]
mod tests {
    use canbao_policy::model::{
        Action, Answer, Basis, ChannelId, Group, LastYear, Left, OtherPlan, Residence, Route, Student, Topic, Unstated,
    };

    const TYPES: &str = include_str!("types.d.ts");

    /// The types are written by hand, to be read by people; every value of the contract has to be among them.
    #[test]
    fn the_types_know_every_value() {
        let mut missing = Vec::new();
        macro_rules! check {
            ($($choice:ident),+) => { $( for value in $choice::ALL {
                if !TYPES.contains(&format!("\"{}\"", value.as_str())) {
                    missing.push(value.as_str());
                }
            } )+ };
        }
        check!(Action, Basis, ChannelId, Group, LastYear, Left, OtherPlan, Residence, Route, Student, Topic, Unstated);
        missing.extend(Answer::ALL.iter().map(|a| a.as_str()).filter(|a| !TYPES.contains(&format!("  {a}?: "))));
        assert!(missing.is_empty(), "not in types.d.ts: {missing:?}");
    }
}
