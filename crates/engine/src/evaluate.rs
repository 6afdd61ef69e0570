//! The whole way from answers to the response, and what to ask next.

use crate::answers::{Answers, LooseRequest, RequestError};
use crate::contract::Response;
use crate::program::Program;
use chrono::NaiveDate;

/// Every outcome still possible for these answers on this day.
///
/// # Errors
/// When the answers contradict each other, or the notice file is faulty (which `canbao check` finds before it ships).
pub fn evaluate(_program: &Program, _on: NaiveDate, _answers: &Answers) -> Result<Response, RequestError> {
    Err(RequestError::new("bad_notice", "not built yet", &[]))
}

/// As [`evaluate`], for a request as it came. The caller has found the program by the request's notice id.
///
/// # Errors
/// As [`evaluate`], and on an unknown key or value.
pub fn evaluate_request(program: &Program, request: &LooseRequest) -> Result<Response, RequestError> {
    let (_, on) = request.head()?;
    let answers = Answers::read(&request.answers, program.notice())?;
    evaluate(program, on, &answers)
}

/// The leaves of the notice that a request reaches: which rules decide, by their ids.
///
/// # Errors
/// As [`evaluate`].
pub fn leaves(_program: &Program, _on: NaiveDate, _answers: &Answers) -> Result<Vec<String>, RequestError> {
    Ok(Vec::new())
}
