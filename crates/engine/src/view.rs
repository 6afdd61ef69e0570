//! Decisions as sets of outcomes, and what can still change them.
//!
//! The diagram of decisions tests answers first and readings last. What is below the last answer is what the notice
//! leaves open: its decisions become outcomes, and those that differ only in dates become one. So a diagram over the
//! answers remains whose leaves are sets of outcomes. An answer matters if two of its values lead to different leaves
//! for somebody.

use crate::answers::{Answers, RequestError};
use crate::contract::{Outcome, Today};
use crate::dates::{Day, LIFE};
use crate::decide::{Case, End, NOBODY, answer_of};
use crate::diagram::{Diagrams, Edge, Interner, Ref, Table, both};
use crate::outcome::{Draft, Writer, also, draft, fingerprint, merge, merge_range, open_today, same};
use crate::program::var;
use crate::rests::rests;
use canbao_policy::model::{Event, LastYear, Left};

/// For some reading variables, which options (bits).
pub(crate) type Options = Vec<(u8, u32)>;

/// An outcome under some readings.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct Branch {
    pub(crate) outcome: usize,
    pub(crate) readings: Options,
}

/// A node of the view: its variable and edges, or its leaf.
#[derive(Clone, Copy)]
pub(crate) enum Vertex {
    /// Contradicting answers.
    Nobody,
    /// A set of outcomes.
    Leaf(usize),
    /// A question: its variable and the range of its edges.
    Ask(u8, usize, usize),
}

/// An outcome as drawn from a decision, with the unknown days that its dates depend on.
struct Drawn {
    outcome: Draft,
    print: u64,
    ranged: Vec<u8>,
}

/// The diagram over the answers, flat: parts before wholes, the root last.
pub(crate) struct View {
    pub(crate) outcomes: Vec<Draft>,
    pub(crate) leaves: Vec<Vec<Branch>>,
    known: Interner<Draft>,
    leaf_index: Interner<Vec<Branch>>,
    pub(crate) vertices: Vec<Vertex>,
    /// Edges: up to and including this value, to this vertex.
    pub(crate) edges: Vec<(i32, usize)>,
    /// Outcomes whose dates depend on an unknown day, with its variable.
    ranged: Vec<(usize, u8)>,
}

impl View {
    pub(crate) fn new(case: &mut Case, root: Ref) -> Result<Self, RequestError> {
        let mut view = Self {
            outcomes: Vec::new(),
            leaves: Vec::new(),
            vertices: Vec::new(),
            edges: Vec::new(),
            known: Interner::default(),
            leaf_index: Interner::default(),
            ranged: Vec::new(),
        };
        let below = case.diagrams.below(root);
        let ranges = event_ranges(case, &below);
        let mut drawn: Vec<Option<Drawn>> = Vec::new();
        drawn.resize_with(case.decisions().len(), || None);
        for at in &below {
            let Some(value) = at.value() else { continue };
            let decision = match case.end(value) {
                End::Nobody => continue,
                End::Trouble(_) => return Err(faulty()),
                End::Decision(at) => at,
            };
            let (outcome, ranged) = draw(case, decision, &ranges[decision]);
            let print = fingerprint(&outcome);
            drawn[decision] = Some(Drawn { outcome, print, ranged });
        }
        // Answers above, readings below: each diagram of readings right below an answer becomes a leaf.
        let first_reading = case.program.layout.readings;
        let is_answer = |d: &Diagrams, at: Ref| d.node(at).is_some_and(|n| n.0 < first_reading);
        let mut replaced = Table::default();
        let mut tops: Vec<Ref> = Vec::new();
        if !is_answer(&case.diagrams, root) {
            tops.push(root);
        }
        for &at in below.iter().rev() {
            if let Some((var, edges)) = case.diagrams.node(at)
                && var < first_reading
            {
                tops.extend(edges.iter().map(|e| e.to).filter(|&to| !is_answer(&case.diagrams, to)));
            }
        }
        for at in tops {
            if at.value() != Some(NOBODY) && replaced.get(at.key()).is_none() {
                let to = view.leaf(case, at, &drawn);
                replaced.insert(at.key(), to.raw());
            }
        }
        view.outcomes = std::mem::take(&mut view.known).items;
        view.leaves = std::mem::take(&mut view.leaf_index).items;
        for &at in &below {
            if !is_answer(&case.diagrams, at) {
                continue;
            }
            let Some((var, edges)) = case.diagrams.node(at) else { continue };
            let mut edges = edges.to_vec();
            for edge in &mut edges {
                edge.to = replaced.get(edge.to.key()).map_or(edge.to, Ref::from_raw);
            }
            let to = case.diagrams.make(var, &edges);
            replaced.insert(at.key(), to.raw());
        }
        let root = replaced.get(root.key()).map_or(root, Ref::from_raw);
        view.flatten(&case.diagrams, root);
        view.arrange();
        if view.outcomes.is_empty() {
            return Err(RequestError::new("contradiction", "这些回答互相矛盾,没有人能同时符合,请核对", &[]));
        }
        Ok(view)
    }

    fn flatten(&mut self, diagrams: &Diagrams, root: Ref) {
        let mut place = Table::default();
        for at in diagrams.below(root) {
            let vertex = match (at.value(), diagrams.node(at)) {
                (Some(NOBODY), _) => Vertex::Nobody,
                (Some(leaf), _) => Vertex::Leaf(leaf as usize),
                (None, Some((var, edges))) => {
                    let start = self.edges.len();
                    self.edges.extend(edges.iter().map(|e| (e.high, place.get(e.to.key()).unwrap_or(0) as usize)));
                    Vertex::Ask(var, start, self.edges.len())
                }
                (None, None) => continue,
            };
            place.insert(at.key(), self.vertices.len() as u32);
            self.vertices.push(vertex);
        }
    }

    /// The variable of a vertex; none for leaves.
    pub(crate) fn var(&self, at: usize) -> Option<u8> {
        match self.vertices[at] {
            Vertex::Ask(var, ..) => Some(var),
            _ => None,
        }
    }

    /// The edges of a vertex.
    pub(crate) fn edges(&self, at: usize) -> &[(i32, usize)] {
        match self.vertices[at] {
            Vertex::Ask(_, start, end) => &self.edges[start..end],
            _ => &[],
        }
    }

    fn nobody(&self, at: usize) -> bool {
        matches!(self.vertices[at], Vertex::Nobody)
    }

    pub(crate) fn root(&self) -> usize {
        self.vertices.len().saturating_sub(1)
    }

    /// Drops outcomes that no leaf has any more, and puts the rest in the order in which to show them: along a walk that
    /// takes the usual answer first.
    fn arrange(&mut self) {
        let mut seen = vec![false; self.vertices.len()];
        let mut stack = vec![self.root()];
        let mut place: Vec<Option<usize>> = vec![None; self.outcomes.len()];
        let mut order = Vec::new();
        while let Some(at) = stack.pop() {
            if std::mem::replace(&mut seen[at], true) {
                continue;
            }
            if let Vertex::Leaf(leaf) = self.vertices[at] {
                for branch in &self.leaves[leaf] {
                    if place[branch.outcome].is_none() {
                        place[branch.outcome] = Some(order.len());
                        order.push(branch.outcome);
                    }
                }
            }
            stack.extend(self.edges(at).iter().rev().map(|e| e.1).filter(|&to| !seen[to]));
        }
        let mut outcomes: Vec<Option<Draft>> = std::mem::take(&mut self.outcomes).into_iter().map(Some).collect();
        self.outcomes = order.iter().filter_map(|&old| outcomes[old].take()).collect();
        for leaf in &mut self.leaves {
            leaf.retain_mut(|branch| {
                let new = place[branch.outcome];
                branch.outcome = new.unwrap_or(0);
                new.is_some()
            });
        }
        self.ranged = self.ranged.iter().filter_map(|&(old, var)| place[old].map(|new| (new, var))).collect();
    }

    fn intern(&mut self, outcome: &Draft, print: u64) -> usize {
        let one = |known: &mut Draft, new: &Draft| {
            let one = same(known, new);
            if one {
                also(known, new);
            }
            one
        };
        self.known.intern_by(print, outcome.clone(), one) as usize
    }

    /// The outcomes under the readings below a diagram, merged where they differ only in dates with a pair.
    fn leaf(&mut self, case: &Case, at: Ref, drawn: &[Option<Drawn>]) -> Ref {
        let mut paths = Vec::new();
        reading_paths(&case.diagrams, at, &mut Vec::new(), &mut paths);
        let mut branches = Vec::with_capacity(paths.len());
        if let [(value, path)] = paths.as_slice() {
            if let Some(Some(drawn)) = drawn.get(*value as usize) {
                let outcome = if drawn.ranged.is_empty() {
                    self.intern(&drawn.outcome, drawn.print)
                } else {
                    let mut outcome = drawn.outcome.clone();
                    open_today(&mut outcome, case.on);
                    let print = fingerprint(&outcome);
                    self.intern(&outcome, print)
                };
                self.note_ranges(outcome, &drawn.ranged);
                branches.push(Branch { outcome, readings: path.clone() });
            }
        } else {
            self.merge_paths(case, paths, drawn, &mut branches);
        }
        Ref::terminal(self.leaf_index.intern(branches))
    }

    fn note_ranges(&mut self, outcome: usize, vars: &[u8]) {
        for &var in vars {
            if !self.ranged.contains(&(outcome, var)) {
                self.ranged.push((outcome, var));
            }
        }
    }

    fn merge_paths(
        &mut self,
        case: &Case,
        paths: Vec<(u32, Options)>,
        drawn: &[Option<Drawn>],
        branches: &mut Vec<Branch>,
    ) {
        let mut merged: Vec<(Draft, Vec<Options>, Vec<u8>)> = Vec::new();
        for (value, path) in paths {
            let Some(Some(Drawn { outcome, ranged, .. })) = drawn.get(value as usize) else { continue };
            match merged.iter_mut().find_map(|entry| merge(&entry.0, outcome).map(|both| (entry, both))) {
                Some((entry, both)) => {
                    entry.0 = both;
                    entry.1.push(path);
                    entry.2.extend(ranged);
                }
                None => merged.push((outcome.clone(), vec![path], ranged.clone())),
            }
        }
        // Disputed: open under one reading only. Counting days the wide way opens a way for a day longer; any other
        // reading disputes today only where the other side is shut.
        let shut = |today: Today| matches!(today, Today::Closed | Today::Unstated);
        let other_shut = merged.iter().any(|m| shut(m.0.today));
        // Where every reading leaves the same days to pay, something else than today is in dispute.
        let same_days = merged.iter().all(|m| m.0.same_days(&merged[0].0));
        let mut any = false;
        for entry in &mut merged {
            let only_wide = common(&entry.1).contains(&(case.program.layout.counting, 0b01));
            if entry.0.today == Today::Open && (other_shut || (only_wide && !same_days)) {
                entry.0.today = Today::Disputed;
                any = true;
            }
        }
        if any {
            let (disputed, rest) = merged.into_iter().partition(|m| m.0.today == Today::Disputed);
            merged = disputed;
            merged.extend::<Vec<_>>(rest);
        }
        for (mut outcome, paths, ranged) in merged {
            if !ranged.is_empty() {
                open_today(&mut outcome, case.on);
            }
            let print = fingerprint(&outcome);
            let outcome = self.intern(&outcome, print);
            self.note_ranges(outcome, &ranged);
            branches.push(Branch { outcome, readings: common(&paths) });
        }
    }

    /// The answers that can still change the outcome, best next question first.
    pub(crate) fn ask(&self, case: &Case, answers: &Answers) -> Vec<String> {
        if self.vertices.len() == 1 && self.ranged.is_empty() {
            return Vec::new();
        }
        let layout = case.program.layout;
        // How likely each vertex is on a random walk from the root, every range of a variable as likely as any other.
        let mut weight = vec![0u64; self.vertices.len()];
        weight[self.root()] = 1 << 40;
        let mut scores = vec![0u64; usize::from(layout.overlap) + 1];
        let mut memo = Table::default();
        let is_group = |var: u8| (layout.groups..layout.recognised_on).contains(&var);
        let (mut group_score, mut group_matters) = (0, false);
        if self.var(self.root()).is_some_and(is_group) {
            group_score += 1 << 40;
        }
        for at in (0..self.vertices.len()).rev() {
            let here = weight[at];
            let (var, edges) = match self.vertices[at] {
                Vertex::Nobody => continue,
                Vertex::Leaf(leaf) => {
                    for &(outcome, var) in &self.ranged {
                        if self.leaves[leaf].iter().any(|branch| branch.outcome == outcome) {
                            scores[usize::from(var)] += here.max(1);
                        }
                    }
                    continue;
                }
                Vertex::Ask(var, start, end) => (var, &self.edges[start..end]),
            };
            let alive = edges.iter().filter(|e| !self.nobody(e.1)).count() as u64;
            let share = here / alive.max(1);
            for &(_, to) in edges {
                if !self.nobody(to) {
                    weight[to] += share;
                    if !is_group(var) && self.var(to).is_some_and(is_group) {
                        group_score += share.max(1);
                    }
                }
            }
            if is_group(var) && group_matters {
                continue;
            }
            let matters = (1..edges.len()).any(|i| (0..i).any(|j| self.differ(edges[i].1, edges[j].1, &mut memo)));
            if matters && is_group(var) {
                group_matters = true;
            } else if matters {
                scores[usize::from(var)] += here.max(1);
            }
        }
        // The groups are one question.
        if group_matters {
            scores[usize::from(layout.groups)] = group_score.max(1);
        }
        // What follows from a question is not asked before it.
        let layout = case.program.layout;
        let mut follow = |first: u8, then: u8| {
            let first = scores[usize::from(first)];
            if first > 0 {
                let then = &mut scores[usize::from(then)];
                *then = (*then).min(first.saturating_sub(1));
            }
        };
        follow(layout.groups, layout.recognised_on);
        follow(var::LEFT, var::EMPLOYEE_TWO_YEARS);
        follow(var::LEFT, var::EMPLOYEE_MONTHS);
        follow(var::LEFT, var::EMPLOYEE_GAP);
        follow(var::LEFT, var::EMPLOYEE_MONTHS_LAST_YEAR);
        let mut ask: Vec<(u64, u8)> = Vec::new();
        for (var, score) in scores.into_iter().enumerate() {
            let var = u8::try_from(var).unwrap_or(u8::MAX);
            let askable = match var {
                var::LEFT_ON => !matches!(answers.left, None | Some(Left::None)),
                var::MISSED_YEARS => answers.last_year == Some(LastYear::None),
                _ => true,
            };
            if score > 0 && askable {
                ask.push((u64::MAX - score, var));
            }
        }
        ask.sort_unstable();
        ask.into_iter().filter_map(|(_, var)| answer_of(case.program, var)).map(str::to_owned).collect()
    }

    /// Whether two vertices end differently for somebody.
    fn differ(&self, a: usize, b: usize, memo: &mut Table) -> bool {
        if a == b || self.nobody(a) || self.nobody(b) {
            return false;
        }
        let (x, y) = (self.var(a), self.var(b));
        if x.is_none() && y.is_none() {
            return true;
        }
        let key = both(a.min(b) as u32, a.max(b) as u32);
        if let Some(known) = memo.get(key) {
            return known != 0;
        }
        let var = x.unwrap_or(u8::MAX).min(y.unwrap_or(u8::MAX));
        let (whole_a, whole_b) = ([(i32::MAX, a)], [(i32::MAX, b)]);
        let xs = if x == Some(var) { self.edges(a) } else { &whole_a };
        let ys = if y == Some(var) { self.edges(b) } else { &whole_b };
        let (mut i, mut j) = (0, 0);
        let mut result = false;
        while let (Some(p), Some(q)) = (xs.get(i), ys.get(j)) {
            if self.differ(p.1, q.1, memo) {
                result = true;
                break;
            }
            let high = p.0.min(q.0);
            i += usize::from(p.0 == high);
            j += usize::from(q.0 == high);
        }
        memo.insert(key, u32::from(result));
        result
    }

    /// The outcomes, each with what it rests on.
    pub(crate) fn finish(self, case: &mut Case) -> Vec<Outcome> {
        let mut writer = Writer::default();
        let mut outcomes: Vec<Outcome> = self.outcomes.iter().map(|draft| writer.write(case, draft)).collect();
        if self.outcomes.len() > 1 || self.vertices.len() > 1 {
            for (outcome, when) in outcomes.iter_mut().zip(rests(case, &self)) {
                outcome.when = when;
            }
        }
        outcomes
    }
}

fn faulty() -> RequestError {
    RequestError::new("bad_notice", "通知数据有误,请运行 canbao check 查看", &[])
}

/// An event whose day is unknown, with the range of days under which a decision is reached.
type EventRange = (Event, Day, Day);

/// The outcome of a decision, with the unknown days that its dates depend on.
fn draw(case: &Case, decision: usize, ranges: &[EventRange]) -> (Draft, Vec<u8>) {
    let (draft, mut ranged) = draw_days(case, decision, ranges);
    // A wait that outlasts the year stands for all longer ones.
    if case.decisions()[decision].wait.is_some_and(|wait| wait.more) {
        ranged.push(var::MISSED_YEARS);
    }
    (draft, ranged)
}

fn draw_days(case: &Case, decision: usize, ranges: &[EventRange]) -> (Draft, Vec<u8>) {
    let events = case.events;
    let mut used: Vec<EventRange> = ranges.to_vec();
    if !used.is_empty() {
        let events = case.program.events_used(&case.decisions()[decision]);
        used.retain(|range| events.contains(&range.0));
    }
    if used.is_empty() {
        return (draft(case, decision, events), Vec::new());
    }
    let low_end = |range: &EventRange| range.1.max(case.on - LIFE);
    let low = used.iter().fold(events, |e, range| e.with(range.0, low_end(range)));
    let high = used.iter().fold(events, |e, range| e.with(range.0, range.2));
    let (at_low, at_high) = (draft(case, decision, low), draft(case, decision, high));
    if same(&at_low, &at_high) {
        return (at_low, Vec::new());
    }
    let mut ranged = Vec::new();
    for range in &used {
        if used.len() == 1 || !same(&draft(case, decision, high.with(range.0, low_end(range))), &at_high) {
            ranged.push(match range.0 {
                Event::BirthDate => var::BIRTH_DATE,
                Event::LeftOn => var::LEFT_ON,
                Event::RecognisedOn | Event::Payment => case.program.layout.recognised_on,
            });
        }
    }
    (merge_range(&at_low, &at_high), ranged)
}

/// For each decision the ranges of unknown days under which it is reached.
fn event_ranges(case: &Case, below: &[Ref]) -> Vec<Vec<EventRange>> {
    let mut ranges: Vec<Vec<EventRange>> = vec![Vec::new(); case.decisions().len()];
    let mut place = Table::default();
    for (at, diagram) in below.iter().enumerate() {
        place.insert(diagram.key(), at as u32);
    }
    for (event, var) in [
        (Event::BirthDate, var::BIRTH_DATE),
        (Event::LeftOn, var::LEFT_ON),
        (Event::RecognisedOn, case.program.layout.recognised_on),
    ] {
        if case.events.get(event).is_some() {
            continue;
        }
        // The hull of the days on the paths to each diagram; the root is the last of them.
        let mut hull: Vec<Option<(Day, Day)>> = vec![None; below.len()];
        if let Some(root) = hull.last_mut() {
            *root = Some((Day::MIN, case.on));
        }
        for (at, &diagram) in below.iter().enumerate().rev() {
            let Some((low, high)) = hull[at] else { continue };
            let Some((v, edges)) = case.diagrams.node(diagram) else {
                if let Some(End::Decision(decision)) = diagram.value().map(|value| case.end(value)) {
                    ranges[decision].push((event, low, high));
                }
                continue;
            };
            let mut from = Day::MIN;
            for &Edge { high: edge_high, to } in edges {
                let (first, last) = if v == var { (low.max(from), high.min(edge_high)) } else { (low, high) };
                if first <= last
                    && let Some(to) = place.get(to.key())
                {
                    let known = &mut hull[to as usize];
                    *known = Some(known.map_or((first, last), |(a, b)| (a.min(first), b.max(last))));
                }
                from = edge_high.saturating_add(1);
            }
        }
    }
    ranges
}

/// The terminals below a diagram of readings, each with the options under which it holds, recommended ones first.
fn reading_paths(diagrams: &Diagrams, at: Ref, path: &mut Options, paths: &mut Vec<(u32, Options)>) {
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
pub(crate) fn common(paths: &[Options]) -> Options {
    let Some(first) = paths.first() else { return Vec::new() };
    let all = |var: u8| {
        paths.iter().try_fold(0, |bits, path| path.iter().find(|(v, _)| *v == var).map(|(_, options)| bits | options))
    };
    first.iter().filter_map(|&(var, _)| all(var).map(|options| (var, options))).collect()
}
