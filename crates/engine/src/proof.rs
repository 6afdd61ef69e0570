//! The proofs of a notice: for every combination of answers, on every day, exactly one way and fee.
//!
//! Evaluated with nothing answered, the engine follows everything that can happen on a day. A fault that is reachable
//! there is a fault of the notice; the walk that reaches it, with the fewest answers, is a request that shows it.

use crate::answers::Answers;
use crate::dates::calendar;
use crate::decide::{Case, End, NOBODY, Trouble};
use crate::diagram::Ref;
use crate::evaluate::leaf;
use crate::program::{Program, var};
use canbao_policy::model::{Answer, Group, QuestionKind};
use chrono::NaiveDate;
use std::collections::{BTreeSet, HashMap};

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindingKind {
    /// No rule applies where one must.
    Gap,
    /// Two rules apply where one may.
    Conflict,
    /// A rule can never apply.
    NeverApplies,
    /// The amounts do not add up.
    Sum,
}

/// A fault of a notice, with the smallest request that shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is about.
    pub kind: FindingKind,
    /// The rules concerned, by id.
    pub rules: Vec<String>,
    /// What is wrong and what to do, in plain Chinese.
    pub message: String,
    /// The request that shows it: day and answers.
    pub request: Option<(NaiveDate, Answers)>,
}

/// What was proved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    /// The faults; empty: proved.
    pub findings: Vec<Finding>,
    /// Days looked at.
    pub days: usize,
    /// Every leaf there is (see [`crate::evaluate::leaves`]) with a request that reaches it.
    pub leaves: Vec<(String, NaiveDate, Answers)>,
}

/// A trouble in plain Chinese.
pub(crate) fn describe(program: &Program, trouble: &Trouble) -> String {
    let notice = &program.notice;
    match trouble {
        Trouble::NoWay => "这样的人在这一天没有任何缴费办法（[[way]]）适用，请补一条".to_owned(),
        Trouble::NoFee { way } => {
            format!("缴费办法“{}”没有适用的缴费标准（[[fee]]），请补一条", notice.ways[*way].id)
        }
        Trouble::Ways(a, b) => format!(
            "缴费办法“{}”和“{}”同时适用，请用 over 写明哪一条优先，或把条件写得互不重叠",
            notice.ways[*a].id, notice.ways[*b].id
        ),
        Trouble::Rules(kind, a, b) => {
            let (a, b) = rule_ids(program, kind, *a, *b);
            format!("[[{kind}]]“{a}”和“{b}”同时适用，请用 over 写明哪一条优先，或把条件写得互不重叠")
        }
    }
}

fn rule_ids<'p>(program: &'p Program, kind: &str, a: usize, b: usize) -> (&'p str, &'p str) {
    let n = &program.notice;
    match kind {
        "fee" => (&n.fees[a].id, &n.fees[b].id),
        "benefit" => (&n.benefits[a].id, &n.benefits[b].id),
        "wait" => (&n.waits[a].id, &n.waits[b].id),
        "register" => (&n.registers[a].id, &n.registers[b].id),
        _ => (&n.extras[a].id, &n.extras[b].id),
    }
}

fn concerned(program: &Program, trouble: &Trouble) -> (FindingKind, Vec<String>) {
    let ways = &program.notice.ways;
    match trouble {
        Trouble::NoWay => (FindingKind::Gap, Vec::new()),
        Trouble::NoFee { way } => (FindingKind::Gap, vec![ways[*way].id.clone()]),
        Trouble::Ways(a, b) => (FindingKind::Conflict, vec![ways[*a].id.clone(), ways[*b].id.clone()]),
        Trouble::Rules(kind, a, b) => {
            let (a, b) = rule_ids(program, kind, *a, *b);
            (FindingKind::Conflict, vec![a.to_owned(), b.to_owned()])
        }
    }
}

/// Which rules have been seen at work.
struct Used {
    ways: Vec<bool>,
    fees: Vec<bool>,
    assists: Vec<bool>,
    benefits: Vec<bool>,
    waits: Vec<bool>,
    extras: Vec<bool>,
    registers: Vec<bool>,
}

impl Used {
    fn never(&self, program: &Program) -> Vec<Finding> {
        let n = &program.notice;
        let mut findings = Vec::new();
        let mut look = |kind: &str, used: &[bool], ids: Vec<&str>| {
            for (id, _) in ids.into_iter().zip(used).filter(|(_, used)| !**used) {
                findings.push(Finding {
                    kind: FindingKind::NeverApplies,
                    rules: vec![id.to_owned()],
                    message: format!("[[{kind}]]“{id}”对任何人、任何一天都用不上，请检查它的条件，或删掉"),
                    request: None,
                });
            }
        };
        look("way", &self.ways, n.ways.iter().map(|r| r.id.as_str()).collect());
        look("fee", &self.fees, n.fees.iter().map(|r| r.id.as_str()).collect());
        look("assist", &self.assists, n.assists.iter().map(|r| r.id.as_str()).collect());
        look("benefit", &self.benefits, n.benefits.iter().map(|r| r.id.as_str()).collect());
        look("wait", &self.waits, n.waits.iter().map(|r| r.id.as_str()).collect());
        look("extra", &self.extras, n.extras.iter().map(|r| r.id.as_str()).collect());
        look("register", &self.registers, n.registers.iter().map(|r| r.id.as_str()).collect());
        findings
    }
}

/// Proves a notice on every day from a year before its first period to a year after the coverage year. (After the
/// coverage year nothing depends on the notice any more, so the proof ends with its last day.)
#[must_use]
pub fn prove(program: &Program) -> Proof {
    let n = &program.notice;
    let mut proof = Proof::default();
    let mut used = Used {
        ways: vec![false; n.ways.len()],
        fees: vec![false; n.fees.len()],
        assists: vec![false; n.assists.len()],
        benefits: vec![false; n.benefits.len()],
        waits: vec![false; n.waits.len()],
        extras: vec![false; n.extras.len()],
        registers: vec![false; n.registers.len()],
    };
    let mut troubles: Vec<Trouble> = Vec::new();
    let mut sums: Vec<usize> = Vec::new();
    let mut known: BTreeSet<String> = BTreeSet::new();
    for day in program.first_period.saturating_sub(366)..=program.year_end {
        let Some(on) = calendar(day) else { continue };
        proof.days += 1;
        let mut case = Case::new(program, on, &Answers::default());
        let root = case.decide();
        let below = case.diagrams.below(root);
        for &at in &below {
            let Some(value) = at.value().filter(|&v| v != NOBODY) else { continue };
            match case.end(value) {
                End::Nobody => {}
                End::Trouble(trouble) => {
                    if !troubles.contains(trouble) {
                        troubles.push(trouble.clone());
                        let (kind, rules) = concerned(program, trouble);
                        let message = describe(program, trouble);
                        let request = shortest(&case, root, &below, at).map(|answers| (on, answers));
                        proof.findings.push(Finding { kind, rules, message, request });
                    }
                }
                End::Decision(index) => {
                    let decision = &case.decisions()[index];
                    used.ways[decision.way] = true;
                    if let Some(fee) = &decision.fee {
                        used.fees[fee.fee] = true;
                        for (at, seen) in used.assists.iter_mut().enumerate() {
                            *seen |= fee.taken >> at & 1 == 1
                                || (fee.unstated && n.assists[at].gives == canbao_policy::model::Gives::Unstated);
                        }
                        if !fee.payable.is_whole_fen() && !sums.contains(&fee.fee) {
                            sums.push(fee.fee);
                            proof.findings.push(Finding {
                                kind: FindingKind::Sum,
                                rules: vec![n.fees[fee.fee].id.clone()],
                                message: format!(
                                    "个人缴费算出 {} 元，不到分，请写明怎样取整（round）",
                                    fee.payable.yuan()
                                ),
                                request: shortest(&case, root, &below, at).map(|answers| (on, answers)),
                            });
                        }
                    }
                    for (seen, at) in [
                        (&mut used.benefits, decision.benefit),
                        (&mut used.waits, decision.wait.map(|wait| wait.rule)),
                        (&mut used.registers, decision.register),
                    ] {
                        if let Some(at) = at {
                            seen[at] = true;
                        }
                    }
                    for at in decision.extras() {
                        used.extras[at] = true;
                    }
                    let name = leaf(program, decision);
                    if !known.contains(&name) {
                        known.insert(name.clone());
                        if let Some(answers) = shortest(&case, root, &below, at) {
                            proof.leaves.push((name, on, answers));
                        }
                    }
                }
            }
        }
    }
    // An exemption from the wait leaves no trace in a decision: it is at work if it can remain.
    for (at, wait) in program.waits.iter().enumerate() {
        used.waits[at] |= wait.length.is_none();
    }
    proof.findings.extend(used.never(program));
    proof
}

/// The answers of the walk to a terminal that needs the fewest of them.
fn shortest(case: &Case, root: Ref, below: &[Ref], target: Ref) -> Option<Answers> {
    // The cost of getting from each diagram to the target, and the edge to take.
    let mut best: HashMap<Ref, (u32, usize)> = HashMap::new();
    best.insert(target, (0, 0));
    for &at in below {
        if let Some((_, edges)) = case.diagrams.node(at) {
            let cheapest =
                edges.iter().enumerate().filter_map(|(i, e)| best.get(&e.to).map(|(cost, _)| (cost + 1, i))).min();
            if let Some(choice) = cheapest {
                best.insert(at, choice);
            }
        }
    }
    let mut answers = Answers::default();
    let mut at = root;
    while at != target {
        let &(_, edge) = best.get(&at)?;
        let (var, edges) = case.diagrams.node(at)?;
        let low = if edge == 0 { i32::MIN } else { edges[edge - 1].high.saturating_add(1) };
        put(case, &mut answers, var, low, edges[edge].high);
        at = edges[edge].to;
    }
    Some(answers)
}

/// Gives an answer that lies in a range.
fn put(case: &Case, answers: &mut Answers, var: u8, low: i32, high: i32) {
    let program = case.program;
    let layout = program.layout;
    let index = usize::try_from(low.max(0)).unwrap_or(0);
    let yes = Some(low.max(0) > 0);
    let number = Some(u32::try_from(low.max(0)).unwrap_or(0));
    let value = match var {
        var::BIRTH_DATE | var::LEFT_ON if low == i32::MIN => high.min(case.on),
        v if v == layout.recognised_on && low == i32::MIN => high.min(case.on),
        var::MISSED_YEARS => low.max(1),
        _ => low.max(0),
    };
    match var {
        v if usize::from(v) < var::FIXED.len() => answers.put(var::FIXED[usize::from(v)], value),
        v if v < layout.groups => {
            if let Some(question) = program.notice.questions.get(usize::from(v - var::CUSTOM)) {
                use crate::answers::CustomAnswer;
                let answer = match &question.kind {
                    QuestionKind::Choice(choices) => choices.get(index).map(|c| CustomAnswer::Choice(c.id.clone())),
                    QuestionKind::YesNo => yes.map(CustomAnswer::YesNo),
                    QuestionKind::Number(_) => number.map(CustomAnswer::Number),
                };
                if let Some(answer) = answer {
                    answers.custom.insert(question.id.clone(), answer);
                }
            }
        }
        v if v < layout.recognised_on => {
            let groups = answers.groups.get_or_insert_default();
            if low.max(0) > 0
                && let Some(&group) = Group::ALL.get(usize::from(v - layout.groups))
            {
                groups.insert(group);
            }
        }
        v if v == layout.recognised_on => answers.put(Answer::RecognisedOn, value),
        _ => {}
    }
}
