//! The whole way from answers to the response, and what to ask next.

use crate::answers::{Answers, LooseRequest, RequestError};
use crate::contract::{Kind, Outcome, Response, Today};
use crate::dates::number;
use crate::decide::{Case, Decision, End, Place};
use crate::program::Program;
use crate::view::View;
use canbao_policy::model::Route;
use chrono::NaiveDate;

/// Every outcome still possible for these answers on this day.
///
/// # Errors
/// When the answers contradict each other, or the notice file is faulty (which `canbao check` finds before it ships).
///
/// ```
/// use canbao_engine::{Answers, Program, evaluate};
/// use canbao_policy::model::Notice;
/// # fn program() -> Option<Program> { None }
/// // `program` comes from a notice, once; the day and the answers from the person.
/// if let Some(program) = program() {
///     let day = "2026-03-10".parse().expect("a day of the calendar");
///     let response = evaluate(&program, day, &Answers::default()).expect("no contradiction");
///     assert!(!response.outcomes.is_empty());
/// }
/// ```
pub fn evaluate(program: &Program, on: NaiveDate, answers: &Answers) -> Result<Response, RequestError> {
    answers.check(program.notice().notice.year, on)?;
    let response =
        |over, settled, ask, outcomes| Response { notice: program.id().to_owned(), on, over, settled, ask, outcomes };
    if number(on) > program.year_end {
        return Ok(response(true, true, Vec::new(), vec![over()]));
    }
    let mut case = Case::new(program, on, answers);
    let root = case.decide();
    let view = View::new(&mut case, root)?;
    let ask = view.ask(&case, answers);
    let settled = view.outcomes.len() == 1 && ask.is_empty();
    let outcomes = view.finish(&case);
    Ok(response(false, settled, ask, outcomes))
}

/// What to ask next: the answers that can still change the outcome, in an order that comes to an end soon. The same as
/// the response's `ask`, without the outcomes, which are the larger part of the work and of the code.
///
/// # Errors
/// As [`evaluate`].
pub fn ask(program: &Program, on: NaiveDate, answers: &Answers) -> Result<Vec<String>, RequestError> {
    answers.check(program.notice().notice.year, on)?;
    if number(on) > program.year_end {
        return Ok(Vec::new());
    }
    let mut case = Case::new(program, on, answers);
    let root = case.decide();
    Ok(View::new(&mut case, root)?.ask(&case, answers))
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

/// Something that a notice says to some people only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// An entry of `infos`.
    Info(usize),
    /// An entry of `papers`.
    Paper(usize),
    /// An entry of `channels`, and one of its `audiences`.
    Audience(usize, usize),
}

/// Whether something is said to a person with these answers on this day, on the ways of a route (of any, where none is
/// given); `None` while it is not settled, or where there is no such entry.
#[must_use]
pub fn holds(program: &Program, on: NaiveDate, answers: &Answers, route: Option<Route>, said: Said) -> Option<bool> {
    let test = match said {
        Said::Info(at) => program.infos.get(at),
        Said::Paper(at) => program.papers.get(at),
        Said::Audience(channel, at) => program.audiences.get(channel).and_then(|audiences| audiences.get(at)),
    }?;
    let case = Case::new(program, on, answers);
    let payment = case.on;
    let mut known = None;
    for (way, rule) in program.ways.iter().enumerate() {
        if route.is_none_or(|route| rule.route == route) {
            let here = case.certain(test, Place { way: Some(way), payment })?;
            if known.is_some_and(|before| before != here) {
                return None;
            }
            known = Some(here);
        }
    }
    known
}

/// The leaves of the notice that a request reaches: which rules decide, by their ids.
///
/// # Errors
/// As [`evaluate`].
pub fn leaves(program: &Program, on: NaiveDate, answers: &Answers) -> Result<Vec<String>, RequestError> {
    answers.check(program.notice().notice.year, on)?;
    if number(on) > program.year_end {
        return Ok(Vec::new());
    }
    let mut case = Case::new(program, on, answers);
    let root = case.decide();
    let mut names: Vec<String> = Vec::new();
    for at in case.diagrams.below(root) {
        if let Some(End::Decision(at)) = at.value().map(|v| case.end(v)) {
            names.push(leaf(program, &case.decisions()[at]));
        }
    }
    names.sort_unstable();
    names.dedup();
    Ok(names)
}

/// The rules of a decision by their ids: `way · fee · assistance · benefit · wait`.
pub(crate) fn leaf(program: &Program, decision: &Decision) -> String {
    // A baked program has no ids of rules; `canbao check`, which asks, reads the notice.
    let notice = &program.notice;
    let mut ids: Vec<&str> = notice.ways.get(decision.way).map(|rule| rule.id.as_str()).into_iter().collect();
    if let Some(fee) = &decision.fee {
        ids.extend(notice.fees.get(fee.fee).map(|rule| rule.id.as_str()));
        let taken = notice.assists.iter().enumerate().filter(|(at, _)| fee.taken >> at & 1 == 1);
        ids.extend(taken.map(|(_, rule)| rule.id.as_str()));
        if fee.unstated {
            ids.push("assistance?");
        }
    }
    ids.extend(decision.benefit.and_then(|at| notice.benefits.get(at)).map(|rule| rule.id.as_str()));
    ids.extend(decision.wait.and_then(|wait| notice.waits.get(wait.rule)).map(|rule| rule.id.as_str()));
    ids.join(" · ")
}

/// After the coverage year: history, never a price.
fn over() -> Outcome {
    Outcome {
        kind: Kind::Unstated,
        route: Route::None,
        when: Vec::new(),
        fee: None,
        extras: Vec::new(),
        register_by: None,
        deadline: None,
        today: Today::Closed,
        opens: None,
        periods: Vec::new(),
        benefit: None,
        wait: None,
        channels: Vec::new(),
        cites: Vec::new(),
        unstated: Vec::new(),
        notes: vec![
            "这份通知的参保年度已经结束，金额和日期只是历史。新一年的通知不在本工具收录之内，请问当地医保经办机构。"
                .to_owned(),
        ],
    }
}
