//! Reading a request out of JavaScript.
//!
//! A request is shallow: an object of texts, numbers, booleans and lists of texts. So it is read exactly that deep, by
//! hand: an object that contains itself, or one nested a thousand levels, is a wrong value like any other and not the
//! end of the stack.

use canbao_engine::RequestError;
use canbao_engine::answers::{Loose, LooseRequest};
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// The request in a JavaScript value.
pub(crate) fn read(value: &JsValue) -> Result<LooseRequest, RequestError> {
    let mut request = LooseRequest::default();
    for (key, value) in entries(value)? {
        match key.as_str() {
            "notice" => request.notice = Some(loose(&value)),
            "on" => request.on = Some(loose(&value)),
            "answers" => match entries(&value) {
                Ok(answers) => {
                    request.answers = answers
                        .iter()
                        .map(|(key, v)| (key.clone(), loose(v)))
                        .collect()
                }
                Err(_) => request.answers_malformed = true,
            },
            _ => request.unknown.push(key),
        }
    }
    Ok(request)
}

/// The fields of an object; `undefined` is no field, as in JSON.
fn entries(value: &JsValue) -> Result<Vec<(String, JsValue)>, RequestError> {
    let bad = || {
        RequestError::new(
            "bad_request",
            "请求要是一个对象:{ notice, on, answers }",
            &[],
        )
    };
    let object = value
        .dyn_ref::<Object>()
        .filter(|_| !Array::is_array(value))
        .ok_or_else(bad)?;
    let mut found = Vec::new();
    for key in Object::keys(object).iter() {
        // A field that throws when it is read.
        let value = Reflect::get(object, &key).map_err(|_| bad())?;
        if !value.is_undefined() {
            found.push((key.as_string().ok_or_else(bad)?, value));
        }
    }
    Ok(found)
}

fn loose(value: &JsValue) -> Loose {
    if Array::is_array(value) {
        Loose::List(
            Array::from(value)
                .iter()
                .map(|item| scalar(&item))
                .collect(),
        )
    } else {
        scalar(value)
    }
}

fn scalar(value: &JsValue) -> Loose {
    if let Some(text) = value.as_string() {
        Loose::Text(text)
    } else if let Some(value) = value.as_bool() {
        Loose::Bool(value)
    } else {
        value.as_f64().map_or(Loose::Other, whole)
    }
}

/// JavaScript has only floats: whole ones within the exact range are numbers.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::float_cmp,
    reason = "that is the question"
)]
fn whole(value: f64) -> Loose {
    let whole = value as i64;
    if whole.unsigned_abs() < (1 << 53) && whole as f64 == value {
        Loose::Int(whole)
    } else {
        Loose::Other
    }
}
