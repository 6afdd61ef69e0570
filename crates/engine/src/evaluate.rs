//! The whole way from answers to the response, and what to ask next.

use crate::answers::{Answers, LooseRequest, RequestError};
use crate::contract::{Kind, Outcome, Response, Today, When};
use crate::dates::{Day, calendar, number};
use crate::decide::{Case, Decision, End, NOBODY, Place, Trouble, answer_of};
use crate::diagram::{Diagrams, MixMap, Ref};
use crate::outcome::{fingerprint, merge, merge_range, outcome, same};
use crate::program::{Program, var};
use canbao_policy::model::{
    Answer, Condition, Event, Group, LastYear, Left, OtherPlan, QuestionKind, Residence, Route, Student,
};
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
    let response = |over, settled, ask, outcomes| Response {
        notice: program.id().to_owned(),
        on,
        over,
        settled,
        ask,
        outcomes,
    };
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

/// As [`evaluate`], for a request as it came. The caller has found the program by the request's notice id.
///
/// # Errors
/// As [`evaluate`], and on an unknown key or value.
pub fn evaluate_request(program: &Program, request: &LooseRequest) -> Result<Response, RequestError> {
    let (_, on) = request.head()?;
    let answers = Answers::read(&request.answers, program.notice())?;
    evaluate(program, on, &answers)
}

/// Whether a condition of the notice holds for these answers on this day; `None` while it is not settled.
#[must_use]
pub fn holds(program: &Program, on: NaiveDate, answers: &Answers, condition: &Condition) -> Option<bool> {
    let test = program.test(condition)?;
    let mut case = Case::new(program, on, answers);
    let payment = case.on;
    case.test(&test, Place { way: None, payment }).value().map(|v| v != 0)
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
            names.push(leaf(program, &case.decisions[at]));
        }
    }
    names.sort_unstable();
    names.dedup();
    Ok(names)
}

/// The rules of a decision by their ids: `way · fee · assistance · benefit · wait`.
pub(crate) fn leaf(program: &Program, decision: &Decision) -> String {
    let notice = &program.notice;
    let mut ids: Vec<&str> = vec![&notice.ways[decision.way].id];
    if let Some(fee) = &decision.fee {
        ids.push(&notice.fees[fee.fee].id);
        let taken = |at: &usize| fee.taken >> at & 1 == 1;
        ids.extend((0..notice.assists.len()).filter(taken).map(|at| notice.assists[at].id.as_str()));
        if fee.unstated {
            ids.push("assistance?");
        }
    }
    ids.extend(decision.benefit.map(|at| notice.benefits[at].id.as_str()));
    ids.extend(decision.wait.map(|wait| notice.waits[wait.rule].id.as_str()));
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
        notes: vec!["这份通知的参保年度已经结束,金额和日期只是历史。新一年的通知不在本工具收录之内,请问当地医保经办机构。".to_owned()],
    }
}

/// An outcome under some readings: which options of which reading variables.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Branch {
    outcome: usize,
    readings: Vec<(u8, u32)>,
}

/// The decisions as outcomes: a diagram over the answers whose terminals are sets of outcomes under the readings.
struct View {
    outcomes: Vec<Outcome>,
    by_fingerprint: MixMap<u64, Vec<usize>>,
    leaves: Vec<Vec<Branch>>,
    root: Ref,
    below: Vec<Ref>,
    /// Unknown days that an outcome's dates depend on, by outcome.
    ranged: Vec<(usize, u8)>,
}

impl View {
    fn new(case: &mut Case, root: Ref) -> Result<Self, RequestError> {
        let mut view = Self {
            outcomes: Vec::new(),
            by_fingerprint: MixMap::default(),
            leaves: Vec::new(),
            root,
            below: Vec::new(),
            ranged: Vec::new(),
        };
        let decided = case.diagrams.below(root);
        let ranges = event_ranges(case, root, &decided);
        let mut drawn: MixMap<u32, (Outcome, Vec<u8>)> = MixMap::default();
        for at in &decided {
            let Some(value) = at.value() else { continue };
            let decision = match case.end(value) {
                End::Nobody => continue,
                End::Trouble(trouble) => return Err(faulty(case.program, trouble)),
                End::Decision(at) => case.decisions[at].clone(),
            };
            drawn.insert(value, draw(case, &decision, ranges.get(&value)));
        }
        // Answers above, readings below: each diagram of readings becomes a leaf.
        let first_reading = case.program.layout.readings;
        let mut replaced: MixMap<Ref, Ref> = MixMap::default();
        for at in decided {
            let node = case.diagrams.node(at);
            if let Some((var, edges)) = node
                && var < first_reading
            {
                let mut edges = edges.to_vec();
                for edge in &mut edges {
                    edge.to = *replaced.entry(edge.to).or_insert_with(|| edge.to);
                }
                let to = case.diagrams.make(var, &edges);
                replaced.insert(at, to);
            } else if at.value() == Some(NOBODY) {
                replaced.insert(at, at);
            } else {
                let to = view.leaf(case, at, &drawn);
                replaced.insert(at, to);
            }
        }
        view.root = replaced.get(&root).copied().unwrap_or(root);
        view.below = case.diagrams.below(view.root);
        let reachable: Vec<usize> =
            view.below.iter().filter_map(|at| at.value()).filter(|&v| v != NOBODY).map(|v| v as usize).collect();
        view.keep(&reachable, &mut case.diagrams);
        if view.outcomes.is_empty() {
            return Err(RequestError::new("contradiction", "这些回答互相矛盾,没有人能同时符合,请核对", &[]));
        }
        Ok(view)
    }

    /// Drops outcomes that only unreachable leaves have, and puts the rest in the order in which to show them.
    fn keep(&mut self, reachable: &[usize], diagrams: &mut Diagrams) {
        let mut order: Vec<usize> = Vec::new();
        let mut leaves: Vec<usize> = Vec::new();
        first_seen(diagrams, self.root, &mut vec![], &mut leaves);
        for leaf in leaves.iter().chain(reachable) {
            for branch in &self.leaves[*leaf] {
                if !order.contains(&branch.outcome) {
                    order.push(branch.outcome);
                }
            }
        }
        let place = |old: usize| order.iter().position(|&o| o == old);
        let mut outcomes = Vec::with_capacity(order.len());
        for &old in &order {
            outcomes.push(self.outcomes[old].clone());
        }
        self.outcomes = outcomes;
        for leaf in &mut self.leaves {
            leaf.retain_mut(|branch| place(branch.outcome).is_some_and(|new| {
                branch.outcome = new;
                true
            }));
        }
        self.ranged = self.ranged.iter().filter_map(|&(old, var)| place(old).map(|new| (new, var))).collect();
    }

    fn intern(&mut self, outcome: Outcome) -> usize {
        let same_print = self.by_fingerprint.entry(fingerprint(&outcome)).or_default();
        for &at in same_print.iter() {
            if same(&self.outcomes[at], &outcome) {
                return at;
            }
        }
        same_print.push(self.outcomes.len());
        self.outcomes.push(outcome);
        self.outcomes.len() - 1
    }

    /// The outcomes under the readings below a diagram, merged where they differ only in dates with a pair.
    fn leaf(&mut self, case: &mut Case, at: Ref, drawn: &MixMap<u32, (Outcome, Vec<u8>)>) -> Ref {
        let mut paths = Vec::new();
        reading_paths(&case.diagrams, at, &mut Vec::new(), &mut paths);
        let mut merged: Vec<(Outcome, Vec<Vec<(u8, u32)>>, Vec<u8>)> = Vec::new();
        for (value, path) in paths {
            let Some((outcome, ranged)) = drawn.get(&value) else { continue };
            match merged.iter_mut().find_map(|entry| merge(&entry.0, outcome).map(|both| (entry, both))) {
                Some((entry, both)) => {
                    entry.0 = both;
                    entry.1.push(path);
                    entry.2.extend(ranged);
                }
                None => merged.push((outcome.clone(), vec![path], ranged.clone())),
            }
        }
        let shut = |today: Today| matches!(today, Today::Closed | Today::Unstated);
        if merged.iter().any(|m| m.0.today == Today::Open) && merged.iter().any(|m| shut(m.0.today)) {
            for entry in &mut merged {
                if entry.0.today == Today::Open {
                    entry.0.today = Today::Disputed;
                }
            }
            merged.sort_by_key(|m| m.0.today != Today::Disputed);
        }
        let branches = merged
            .into_iter()
            .map(|(outcome, paths, ranged)| {
                let outcome = self.intern(outcome);
                for var in ranged {
                    if !self.ranged.contains(&(outcome, var)) {
                        self.ranged.push((outcome, var));
                    }
                }
                Branch { outcome, readings: common(&paths) }
            })
            .collect::<Vec<_>>();
        let at = self.leaves.iter().position(|leaf| *leaf == branches).unwrap_or_else(|| {
            self.leaves.push(branches);
            self.leaves.len() - 1
        });
        Ref::terminal(u32::try_from(at).unwrap_or(0))
    }

    /// The answers that can still change the outcome, best next question first.
    fn ask(&self, case: &Case, answers: &Answers) -> Vec<String> {
        if self.root.value().is_some() && self.ranged.is_empty() {
            return Vec::new();
        }
        let program = case.program;
        let layout = program.layout;
        // How likely each node is on a random walk from the root, every range of a variable as likely as any other.
        let mut weight: MixMap<Ref, u32> = MixMap::default();
        weight.insert(self.root, 1 << 30);
        let mut scores = vec![0u64; usize::from(layout.overlap) + 1];
        let mut memo = MixMap::default();
        let is_group = |var: u8| (layout.groups..layout.recognised_on).contains(&var);
        let top = |at: Ref| case.diagrams.node(at).map(|n| n.0);
        if top(self.root).is_some_and(is_group) {
            scores[usize::from(layout.groups)] += 1 << 30;
        }
        for &at in self.below.iter().rev() {
            let here = weight.get(&at).copied().unwrap_or(0);
            let Some((var, edges)) = case.diagrams.node(at) else {
                if let Some(leaf) = at.value().filter(|&v| v != NOBODY).and_then(|v| self.leaves.get(v as usize)) {
                    for &(outcome, var) in &self.ranged {
                        if leaf.iter().any(|branch| branch.outcome == outcome) {
                            scores[usize::from(var)] += u64::from(here.max(1));
                        }
                    }
                }
                continue;
            };
            let alive = edges.iter().filter(|e| e.to != Ref::terminal(NOBODY)).count();
            let share = here / u32::try_from(alive.max(1)).unwrap_or(1);
            let mut matters = false;
            for (i, a) in edges.iter().enumerate() {
                if a.to == Ref::terminal(NOBODY) {
                    continue;
                }
                *weight.entry(a.to).or_default() += share;
                if !is_group(var) && top(a.to).is_some_and(is_group) {
                    scores[usize::from(layout.groups)] += u64::from(share.max(1));
                }
                matters = matters || edges[..i].iter().any(|b| differ(&case.diagrams, a.to, b.to, &mut memo));
            }
            if matters && !is_group(var) {
                scores[usize::from(var)] += u64::from(here.max(1));
            } else if matters {
                scores[usize::from(layout.groups) + 1] |= 1;
            }
        }
        // The groups are one question: it counts only if one of them matters.
        if scores[usize::from(layout.groups) + 1] == 0 {
            scores[usize::from(layout.groups)] = 0;
        }
        scores[usize::from(layout.groups) + 1] = 0;
        let mut ask: Vec<(u64, &str)> = Vec::new();
        for (var, score) in scores.into_iter().enumerate() {
            let var = u8::try_from(var).unwrap_or(u8::MAX);
            let askable = match var {
                var::LEFT_ON => !matches!(answers.left, None | Some(Left::None)),
                var::MISSED_YEARS => answers.last_year == Some(LastYear::None),
                _ => true,
            };
            if score > 0
                && askable
                && let Some(key) = answer_of(program, var)
            {
                ask.push((score, key));
            }
        }
        ask.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        ask.into_iter().map(|(_, key)| key.to_owned()).collect()
    }

    /// The outcomes, each with what it rests on.
    fn finish(mut self, case: &Case) -> Vec<Outcome> {
        let count = self.outcomes.len();
        if count > 1 || self.root.value().is_none() {
            let whens: Vec<Vec<When>> = Rests::new(case, &self).all(count);
            for (outcome, when) in self.outcomes.iter_mut().zip(whens) {
                outcome.when = when;
            }
        }
        self.outcomes
    }
}

fn faulty(program: &Program, trouble: &Trouble) -> RequestError {
    RequestError::new("bad_notice", format!("通知数据有误:{}", crate::proof::describe(program, trouble)), &[])
}

/// An outcome with the unknown days that its dates depend on.
fn draw(case: &mut Case, decision: &Decision, ranges: Option<&Vec<(Event, Day, Day)>>) -> (Outcome, Vec<u8>) {
    let events = case.events;
    let Some(ranges) = ranges.filter(|r| !r.is_empty()) else { return (outcome(case, decision, events), Vec::new()) };
    let at = |pick: fn(&(Event, Day, Day)) -> Option<Day>| {
        ranges.iter().fold(events, |e, range| pick(range).map_or(e, |day| e.with(range.0, day)))
    };
    let low = outcome(case, decision, at(|r| (r.1 > Day::MIN).then_some(r.1)));
    let high = outcome(case, decision, at(|r| Some(r.2)));
    if same(&low, &high) {
        return (low, Vec::new());
    }
    let mut ranged = Vec::new();
    for range in ranges {
        let only = outcome(case, decision, at(|r| Some(r.2)).with(range.0, if range.1 > Day::MIN { range.1 } else { range.2 - 1 }));
        if !same(&only, &high) {
            ranged.push(match range.0 {
                Event::BirthDate => var::BIRTH_DATE,
                Event::LeftOn => var::LEFT_ON,
                Event::RecognisedOn | Event::Payment => case.program.layout.recognised_on,
            });
        }
    }
    (merge_range(&low, &high), ranged)
}

/// For each decision the ranges of unknown days under which it is reached.
fn event_ranges(case: &Case, root: Ref, below: &[Ref]) -> MixMap<u32, Vec<(Event, Day, Day)>> {
    let mut ranges: MixMap<u32, Vec<(Event, Day, Day)>> = MixMap::default();
    if root.value().is_some() && case.events.birth.is_some() && case.events.left.is_some() && case.events.recognised.is_some() {
        return ranges;
    }
    for (event, var) in [
        (Event::BirthDate, var::BIRTH_DATE),
        (Event::LeftOn, var::LEFT_ON),
        (Event::RecognisedOn, case.program.layout.recognised_on),
    ] {
        if case.events.get(event).is_some() {
            continue;
        }
        let mut hull: MixMap<Ref, (Day, Day)> = MixMap::default();
        hull.insert(root, (Day::MIN, case.on));
        let widen = |hull: &mut MixMap<Ref, (Day, Day)>, at: Ref, low: Day, high: Day| {
            let entry = hull.entry(at).or_insert((low, high));
            *entry = (entry.0.min(low), entry.1.max(high));
        };
        for &at in below.iter().rev() {
            let Some(&(low, high)) = hull.get(&at) else { continue };
            match case.diagrams.node(at) {
                None => {
                    if let Some(value) = at.value() {
                        ranges.entry(value).or_default().push((event, low, high));
                    }
                }
                Some((v, edges)) => {
                    let mut from = Day::MIN;
                    for edge in edges {
                        if v != var {
                            widen(&mut hull, edge.to, low, high);
                        } else if from <= high {
                            widen(&mut hull, edge.to, low.max(from), high.min(edge.high));
                        }
                        from = edge.high.saturating_add(1);
                    }
                }
            }
        }
    }
    ranges
}

/// The terminals below a diagram of readings, each with the options under which it holds, recommended ones first.
fn reading_paths(diagrams: &Diagrams, at: Ref, path: &mut Vec<(u8, u32)>, paths: &mut Vec<(u32, Vec<(u8, u32)>)>) {
    match diagrams.node(at) {
        None => paths.extend(at.value().map(|value| (value, path.clone()))),
        Some((var, edges)) => {
            let mut from = 0;
            for edge in edges {
                let high = edge.high.clamp(0, 31);
                let options = (from..=high).fold(0u32, |bits, option| bits | 1 << option);
                path.push((var, options));
                reading_paths(diagrams, edge.to, path, paths);
                path.pop();
                from = high + 1;
            }
        }
    }
}

/// For each reading that every path names, the options of all paths together.
fn common(paths: &[Vec<(u8, u32)>]) -> Vec<(u8, u32)> {
    let Some(first) = paths.first() else { return Vec::new() };
    let all = |var: u8| {
        paths.iter().try_fold(0, |bits, path| path.iter().find(|(v, _)| *v == var).map(|(_, options)| bits | options))
    };
    first.iter().filter_map(|&(var, _)| all(var).map(|options| (var, options))).collect()
}

/// Whether two diagrams end differently for somebody.
fn differ(diagrams: &Diagrams, a: Ref, b: Ref, memo: &mut MixMap<(Ref, Ref), bool>) -> bool {
    let nobody = Ref::terminal(NOBODY);
    if a == b || a == nobody || b == nobody {
        return false;
    }
    let (x, y) = (diagrams.node(a), diagrams.node(b));
    if x.is_none() && y.is_none() {
        return true;
    }
    let key = (a.min(b), a.max(b));
    if let Some(&known) = memo.get(&key) {
        return known;
    }
    let var = x.map_or(u8::MAX, |n| n.0).min(y.map_or(u8::MAX, |n| n.0));
    let parts = |node: Option<(u8, &[crate::diagram::Edge])>, whole: Ref| match node {
        Some((v, edges)) if v == var => edges.to_vec(),
        _ => vec![crate::diagram::Edge { high: i32::MAX, to: whole }],
    };
    let (xs, ys) = (parts(x, a), parts(y, b));
    let (mut i, mut j) = (0, 0);
    let mut result = false;
    while let (Some(p), Some(q)) = (xs.get(i), ys.get(j)) {
        if differ(diagrams, p.to, q.to, memo) {
            result = true;
            break;
        }
        let high = p.high.min(q.high);
        i += usize::from(p.high == high);
        j += usize::from(q.high == high);
    }
    memo.insert(key, result);
    result
}

/// Leaves in the order of a walk that takes the usual answer first.
fn first_seen(diagrams: &Diagrams, at: Ref, seen: &mut Vec<Ref>, leaves: &mut Vec<usize>) {
    if seen.contains(&at) {
        return;
    }
    match diagrams.node(at) {
        None => {
            if let Some(value) = at.value().filter(|&v| v != NOBODY) {
                seen.push(at);
                leaves.push(value as usize);
            }
        }
        Some((_, edges)) => {
            seen.push(at);
            for edge in edges {
                first_seen(diagrams, edge.to, seen, leaves);
            }
        }
    }
}

/// A set of outcomes.
type Bits = Vec<u64>;

fn has(bits: &Bits, at: usize) -> bool {
    bits[at / 64] >> (at % 64) & 1 == 1
}

fn add_all(to: &mut Bits, from: &Bits) {
    for (a, b) in to.iter_mut().zip(from) {
        *a |= b;
    }
}

/// What each outcome rests on.
struct Rests<'v, 'c> {
    case: &'v Case<'c>,
    view: &'v View,
    words: usize,
    reach: MixMap<Ref, Bits>,
}

impl<'v, 'c> Rests<'v, 'c> {
    fn new(case: &'v Case<'c>, view: &'v View) -> Self {
        let words = view.outcomes.len().div_ceil(64);
        let mut rests = Self { case, view, words, reach: MixMap::default() };
        rests.reach = rests.reachable(&|_, _, _| true);
        rests
    }

    /// Which outcomes can be reached from each diagram along edges that are let through (variable, lowest, highest value).
    fn reachable(&self, through: &dyn Fn(u8, i32, i32) -> bool) -> MixMap<Ref, Bits> {
        let mut reach: MixMap<Ref, Bits> = MixMap::default();
        for &at in &self.view.below {
            let mut bits = vec![0u64; self.words];
            match self.case.diagrams.node(at) {
                None => {
                    let leaf = at.value().filter(|&v| v != NOBODY).and_then(|v| self.view.leaves.get(v as usize));
                    for branch in leaf.into_iter().flatten() {
                        bits[branch.outcome / 64] |= 1 << (branch.outcome % 64);
                    }
                }
                Some((var, edges)) => {
                    let mut low = i32::MIN;
                    for edge in edges {
                        if through(var, low, edge.high)
                            && let Some(below) = reach.get(&edge.to)
                        {
                            add_all(&mut bits, below);
                        }
                        low = edge.high.saturating_add(1);
                    }
                }
            }
            reach.insert(at, bits);
        }
        reach
    }

    fn all(&self, count: usize) -> Vec<Vec<When>> {
        let layout = self.case.program.layout;
        let mut whens: Vec<Vec<When>> = vec![Vec::new(); count];
        let mut vars: Vec<u8> = self.view.below.iter().filter_map(|&at| self.case.diagrams.node(at).map(|n| n.0)).collect();
        vars.sort_unstable();
        vars.dedup();
        let (groups, plain): (Vec<u8>, Vec<u8>) =
            vars.into_iter().partition(|v| (layout.groups..layout.recognised_on).contains(v));
        for var in plain {
            self.plain(var, &mut whens);
        }
        if !groups.is_empty() {
            self.groups(&groups, &mut whens);
        }
        self.readings(&mut whens);
        whens
    }

    fn root(&self, reach: &MixMap<Ref, Bits>) -> Bits {
        reach.get(&self.view.root).cloned().unwrap_or_else(|| vec![0; self.words])
    }

    /// One question: the ranges of values under which each outcome can be reached.
    fn plain(&self, var: u8, whens: &mut [Vec<When>]) {
        let free = self.root(&self.reachable(&|v, _, _| v != var));
        let nobody = Ref::terminal(NOBODY);
        let mut cuts: Vec<i32> = vec![i32::MAX];
        let mut nodes = Vec::new();
        for &at in &self.view.below {
            if let Some((v, edges)) = self.case.diagrams.node(at)
                && v == var
            {
                cuts.extend(edges.iter().map(|e| e.high));
                nodes.push(edges);
            }
        }
        cuts.sort_unstable();
        cuts.dedup();
        for (outcome, when) in whens.iter_mut().enumerate() {
            if has(&free, outcome) {
                continue;
            }
            let mut ranges: Vec<(i32, i32)> = Vec::new();
            let mut low = i32::MIN;
            let mut everywhere = true;
            for &high in &cuts {
                let mut here = false;
                let mut alive = false;
                for edges in &nodes {
                    let to = edges[edges.partition_point(|e| e.high < high).min(edges.len() - 1)].to;
                    alive |= to != nobody;
                    here |= self.reach.get(&to).is_some_and(|bits| has(bits, outcome));
                }
                if here {
                    match ranges.last_mut() {
                        Some(last) if last.1.saturating_add(1) == low => last.1 = high,
                        _ => ranges.push((low, high)),
                    }
                } else if alive {
                    everywhere = false;
                }
                low = high.saturating_add(1);
            }
            if !everywhere && let Some(answer) = answer_of(self.case.program, var) {
                let is = ranges.into_iter().flat_map(|(low, high)| self.values(var, low, high)).collect();
                when.push(When::Answer { answer: answer.to_owned(), is, not: Vec::new() });
            }
        }
    }

    /// The values of a range, as text.
    fn values(&self, var: u8, low: i32, high: i32) -> Vec<String> {
        let program = self.case.program;
        let names: Vec<&str> = match var {
            var::RESIDENCE => Residence::ALL.iter().map(|v| v.as_str()).collect(),
            var::OTHER_PLAN => OtherPlan::ALL.iter().map(|v| v.as_str()).collect(),
            var::STUDENT => Student::ALL.iter().map(|v| v.as_str()).collect(),
            var::LEFT => Left::ALL.iter().map(|v| v.as_str()).collect(),
            var::LAST_YEAR => LastYear::ALL.iter().map(|v| v.as_str()).collect(),
            var::PARENT_INSURED | var::EMPLOYEE_TWO_YEARS | var::EMPLOYEE_GAP | var::NO_CLAIMS => vec!["false", "true"],
            v if v >= var::CUSTOM && v < program.layout.groups => {
                match program.notice.questions.get(usize::from(v - var::CUSTOM)).map(|q| &q.kind) {
                    Some(QuestionKind::Choice(choices)) => choices.iter().map(|c| c.id.as_str()).collect(),
                    Some(QuestionKind::YesNo) => vec!["false", "true"],
                    _ => Vec::new(),
                }
            }
            _ => Vec::new(),
        };
        if !names.is_empty() {
            let last = i32::try_from(names.len()).unwrap_or(0) - 1;
            let picked = low.max(0)..=high.min(last);
            return picked.filter_map(|at| usize::try_from(at).ok()).filter_map(|at| names.get(at)).map(|&n| n.to_owned()).collect();
        }
        let is_date = var == var::BIRTH_DATE || var == var::LEFT_ON || var == program.layout.recognised_on;
        let end = |value: i32, open: bool| {
            if open {
                "..".to_owned()
            } else if is_date {
                calendar(value).map_or_else(|| "..".to_owned(), |day| day.to_string())
            } else {
                value.to_string()
            }
        };
        let high = if is_date { high.min(self.case.on) } else { high };
        let first = if is_date { low } else { low.max(i32::from(var == var::MISSED_YEARS)) };
        if first == high {
            return vec![end(first, false)];
        }
        vec![format!("{}/{}", end(first, first == i32::MIN), end(high, high == i32::MAX))]
    }

    /// The groups: which of them the person must be in, or must not.
    fn groups(&self, vars: &[u8], whens: &mut [Vec<When>]) {
        let layout = self.case.program.layout;
        let is_group = |v: u8| (layout.groups..layout.recognised_on).contains(&v);
        let name = |v: u8| Group::ALL.get(usize::from(v - layout.groups)).map_or("", |g| g.as_str()).to_owned();
        let none = self.root(&self.reachable(&|v, low, _| !is_group(v) || low <= 0));
        let single: Vec<Bits> = vars
            .iter()
            .map(|&only| {
                let through = |v: u8, low: i32, high: i32| !is_group(v) || if v == only { high >= 1 } else { low <= 0 };
                self.root(&self.reachable(&through))
            })
            .collect();
        let without: Vec<Bits> =
            vars.iter().map(|&v| self.root(&self.reachable(&|w, low, _| w != v || low <= 0))).collect();
        let with: Vec<Bits> =
            vars.iter().map(|&v| self.root(&self.reachable(&|w, _, high| w != v || high >= 1))).collect();
        for (outcome, when) in whens.iter_mut().enumerate() {
            let pick = |sets: &[Bits], wanted: bool| -> Vec<String> {
                vars.iter().zip(sets).filter(|(_, set)| has(set, outcome) == wanted).map(|(&v, _)| name(v)).collect()
            };
            let not = pick(&with, false);
            let mut is = Vec::new();
            if !has(&none, outcome) {
                is = pick(&single, true);
                if is.is_empty() {
                    is = pick(&without, false);
                }
            } else if !not.is_empty() {
                is.push("none".to_owned());
            }
            if !is.is_empty() || !not.is_empty() {
                when.push(When::Answer { answer: Answer::Groups.as_str().to_owned(), is, not });
            }
        }
    }

    fn readings(&self, whens: &mut [Vec<When>]) {
        let program = self.case.program;
        let layout = program.layout;
        for (outcome, when) in whens.iter_mut().enumerate() {
            let mut paths: Vec<Vec<(u8, u32)>> = Vec::new();
            for &at in &self.view.below {
                let leaf = at.value().filter(|&v| v != NOBODY).and_then(|v| self.view.leaves.get(v as usize));
                for branch in leaf.into_iter().flatten().filter(|b| b.outcome == outcome) {
                    paths.push(branch.readings.clone());
                }
            }
            for (var, options) in common(&paths) {
                let (id, names): (&str, Vec<String>) = if var == layout.counting {
                    ("day_count", vec!["wide".to_owned(), "strict".to_owned()])
                } else if var == layout.overlap {
                    ("overlap", vec!["lowest".to_owned(), "other".to_owned()])
                } else {
                    match program.notice.readings.get(usize::from(var - layout.readings)) {
                        Some(r) => (&r.id, r.options.iter().map(|o| o.id.clone()).collect()),
                        None => continue,
                    }
                };
                let is: Vec<String> = names
                    .iter()
                    .enumerate()
                    .filter(|(at, _)| if var == layout.overlap && *at == 1 { options & !1 != 0 } else { options >> at & 1 == 1 })
                    .map(|(_, name)| name.clone())
                    .collect();
                if is.len() < names.len() {
                    when.push(When::Reading { reading: id.to_owned(), is });
                }
            }
        }
    }
}
