//! Decisions as sets of outcomes, and what can still change them.
//!
//! The diagram of decisions tests answers first and readings last. What is below the last answer is what the notice
//! leaves open: its decisions become outcomes, and those that differ only in dates become one. So a diagram over the
//! answers remains whose leaves are sets of outcomes. An answer matters if two of its values lead to different leaves
//! for somebody.

use crate::answers::{Answers, RequestError};
use crate::contract::{Outcome, Today, Word};
use crate::dates::{Day, LIFE};
use crate::decide::{Case, End, NOBODY, answer_of};
use crate::diagram::{Diagrams, Edge, Interner, Mix, NONE, Places, Ref, Table, both};
use crate::outcome::{Draft, Drawer, Writer, draft, fingerprint, open_today};
use crate::program::var;
use crate::rests::rests;
use canbao_policy::model::{Event, LastYear, Left};
use std::hash::{Hash, Hasher};

/// Under which options of the open readings something holds: which readings it rests on, by their place, and of each the
/// options, four bits for each reading.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) struct Options {
    named: u16,
    chosen: u64,
}

/// So many readings of its own a notice may have, beside the two that every notice has, and so many options each.
pub(crate) const MAX_READINGS: usize = 14;
pub(crate) const MAX_OPTIONS: usize = 4;

impl Options {
    /// What rests on these options, from `low` to `high`, of one reading more.
    fn with(self, reading: u8, low: i32, high: i32) -> Self {
        let bits = (low..=high.min(MAX_OPTIONS as i32 - 1)).fold(0u64, |bits, option| bits | 1 << option);
        Self { named: self.named | 1 << reading, chosen: self.chosen | bits << (4 * reading) }
    }

    /// What rests on the one or the other: on the readings that both name.
    pub(crate) fn either(self, other: Self) -> Self {
        let mut both = Self { named: self.named & other.named, chosen: self.chosen | other.chosen };
        for reading in (0..16).filter(|reading| both.named >> reading & 1 == 0) {
            both.chosen &= !(0b1111 << (4 * reading));
        }
        both
    }

    /// The options of a reading, bit by bit, if it is named.
    pub(crate) fn of(self, reading: u8) -> Option<u64> {
        (self.named >> reading & 1 == 1).then_some(self.chosen >> (4 * reading) & 0b1111)
    }
}

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

/// The unknown days of the person, each as the range in which it lies; a known one as [`KNOWN`].
type Ranges = [(Day, Day); 3];

const KNOWN: (Day, Day) = (0, 0);

/// The events of [`Ranges`], in their order.
const EVENTS: [Event; 3] = [Event::BirthDate, Event::LeftOn, Event::RecognisedOn];

/// Beside the events of [`Ranges`]: the number of missed years, bit by bit.
const MISSED: u8 = 1 << EVENTS.len();

/// One outcome below a diagram of readings, from one decision or several.
#[derive(Clone, Copy)]
struct Group {
    /// Of [`View::drafts`].
    outcome: u32,
    readings: Options,
    /// What of [`EVENTS`] and [`MISSED`] its dates depend on, bit by bit.
    ranged: u8,
    /// The decision; from the number of decisions on, a place in [`View::joined`].
    source: u32,
}

/// The diagram over the answers, flat: parts before wholes, the root last.
pub(crate) struct View {
    pub(crate) outcomes: Vec<Draft>,
    /// For each outcome where it comes from: its first and its last place in [`Self::sources`].
    ends: Vec<(u32, u32)>,
    /// As [`Group::source`], with the place of the next of the same outcome.
    sources: Vec<(u32, u32)>,
    pub(crate) leaves: Vec<Vec<Branch>>,
    known: Interner<Draft>,
    leaf_index: Interner<Vec<Branch>>,
    /// Those of the leaf under way.
    branches: Vec<Branch>,
    pub(crate) vertices: Vec<Vertex>,
    /// Edges: up to and including this value, to this vertex.
    pub(crate) edges: Vec<(i32, usize)>,
    /// For each outcome what its dates depend on, as [`Group::ranged`].
    ranged: Vec<u8>,
    drawer: Drawer,
    drafts: Vec<Draft>,
    /// For each draft the outcome that it is: as it stands, opened today, disputed, and both; [`NONE`] where it was not yet.
    became: Vec<[u32; 4]>,
    /// What two drafts come to: the number of the one they become plus one, or 0 where they stay two.
    merged: Table,
    /// What was drawn from decisions, by the ranges that its dates depend on, and the one before of the same decision.
    drawn: Vec<(Ranges, Group, u32)>,
    /// For each decision the last that was drawn from it.
    last_drawn: Vec<u32>,
    /// The outcomes below each diagram of readings met so far, by its ranges.
    groups: Vec<Group>,
    /// Those of diagrams under way, innermost last.
    stack: Vec<Group>,
    /// Where they lie, by the place in [`Self::met`].
    spans: Vec<(usize, usize)>,
    met: Table,
    /// Two sources as one.
    joined: Vec<(u32, u32)>,
}

impl View {
    pub(crate) fn new(case: &mut Case, root: Ref) -> Result<Self, RequestError> {
        let mut view = Self {
            outcomes: Vec::new(),
            ends: Vec::new(),
            sources: Vec::new(),
            leaves: Vec::new(),
            vertices: Vec::new(),
            edges: Vec::new(),
            known: Interner::default(),
            leaf_index: Interner::default(),
            branches: Vec::new(),
            ranged: Vec::new(),
            drawer: Drawer::default(),
            drafts: Vec::new(),
            became: Vec::new(),
            merged: Table::default(),
            drawn: Vec::new(),
            last_drawn: vec![NONE; case.decisions().len()],
            groups: Vec::new(),
            stack: Vec::new(),
            spans: Vec::new(),
            met: Table::default(),
            joined: Vec::new(),
        };
        let below = case.diagrams.below(root);
        if below.iter().any(|at| at.value().is_some_and(|value| matches!(case.end(value), End::Trouble(_)))) {
            return Err(faulty());
        }
        // Answers above, readings below: each diagram of readings right below an answer becomes a leaf.
        let first_reading = case.program.layout.readings;
        let is_answer = |d: &Diagrams, at: Ref| d.node(at).is_some_and(|n| n.0 < first_reading);
        let mut replaced = Places::below(root);
        let mut met: Vec<Ranges> = Vec::new();
        for (at, ranges) in tops(case, root, &below) {
            let number = met.iter().position(|known| *known == ranges).unwrap_or_else(|| {
                met.push(ranges);
                met.len() - 1
            }) as u32;
            let to = view.leaf(case, at, ranges, number);
            replaced.set(at, to.raw());
        }
        // What is reached on no day that can be is nobody's.
        let nobody = Ref::terminal(NOBODY);
        view.outcomes = std::mem::take(&mut view.known).items;
        view.leaves = std::mem::take(&mut view.leaf_index).items;
        for &at in &below {
            if !is_answer(&case.diagrams, at) {
                continue;
            }
            let to = case.diagrams.lead(at, &|to| replaced.get(to).map_or(nobody, Ref::from_raw));
            replaced.set(at, to.raw());
        }
        let root = replaced.get(root).map_or(nobody, Ref::from_raw);
        view.flatten(&case.diagrams, root);
        view.arrange();
        if view.outcomes.is_empty() {
            return Err(RequestError::new("contradiction", "这些回答互相矛盾，没有人能同时符合，请核对", &[]));
        }
        Ok(view)
    }

    fn flatten(&mut self, diagrams: &Diagrams, root: Ref) {
        let mut place = Places::below(root);
        for at in diagrams.below(root) {
            let vertex = match (at.value(), diagrams.node(at)) {
                (Some(NOBODY), _) => Vertex::Nobody,
                (Some(leaf), _) => Vertex::Leaf(leaf as usize),
                (None, Some((var, edges))) => {
                    let start = self.edges.len();
                    self.edges.extend(edges.iter().map(|e| (e.high, place.get(e.to).unwrap_or(0) as usize)));
                    Vertex::Ask(var, start, self.edges.len())
                }
                (None, None) => continue,
            };
            place.set(at, self.vertices.len() as u32);
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
        self.ends = order.iter().map(|&old| self.ends[old]).collect();
        for leaf in &mut self.leaves {
            leaf.retain_mut(|branch| {
                let new = place[branch.outcome];
                branch.outcome = new.unwrap_or(0);
                new.is_some()
            });
        }
        self.ranged = order.iter().map(|&old| self.ranged[old]).collect();
    }

    /// The number of the outcome that a draft becomes; equal ones are one.
    fn number(&mut self, draft: u32, disputed: bool, opened: Option<Day>) -> usize {
        let draft = draft as usize;
        self.became.resize(self.drafts.len(), [NONE; 4]);
        let known = &mut self.became[draft][usize::from(disputed) * 2 + usize::from(opened.is_some())];
        if *known == NONE {
            let mut outcome = self.drafts[draft];
            if disputed {
                outcome.today = Today::Disputed;
            }
            if let Some(on) = opened {
                open_today(&mut outcome, on);
            }
            let drawer = &self.drawer;
            let alike = |known: &Draft| drawer.same(known, &outcome);
            *known = self.known.intern(fingerprint(&outcome), alike, || outcome);
        }
        *known as usize
    }

    /// Notes where an outcome comes from.
    fn comes_from(&mut self, at: usize, source: u32) {
        let new = self.sources.len() as u32;
        if at == self.ends.len() {
            self.ends.push((new, new));
            self.ranged.push(0);
        } else {
            let last = &mut self.ends[at].1;
            let known = &mut self.sources[*last as usize];
            if known.0 == source {
                return;
            }
            (known.1, *last) = (new, new);
        }
        self.sources.push((source, NONE));
    }

    /// The outcomes under the readings below a diagram, merged where they differ only in dates with a pair. What is open
    /// under one reading only is disputed, and comes first: counting days the wide way opens a way for a day longer; any
    /// other reading disputes today only where the other side is shut.
    fn leaf(&mut self, case: &Case, at: Ref, ranges: Ranges, number: u32) -> Ref {
        let layout = case.program.layout;
        let (start, end) = self.groups(case, at, &ranges, number);
        let today = |view: &Self, at: usize| view.drafts[view.groups[at].outcome as usize].today;
        let shut = |view: &Self, at: usize| matches!(today(view, at), Today::Closed | Today::Unstated);
        let other_shut = (start..end).any(|at| shut(self, at));
        // Where the strict last day is not past, something else than today is in dispute.
        let late = |view: &Self, at: usize| view.drafts[view.groups[at].outcome as usize].late(case.on);
        let mut branches = std::mem::take(&mut self.branches);
        for disputed in [true, false] {
            for at in start..end {
                let group = self.groups[at];
                let only_wide = group.readings.of(layout.counting - layout.readings) == Some(0b01);
                let open_under_one =
                    end - start > 1 && today(self, at) == Today::Open && (other_shut || (only_wide && late(self, at)));
                if open_under_one != disputed {
                    continue;
                }
                let outcome = self.number(group.outcome, disputed, (group.ranged != 0).then_some(case.on));
                self.comes_from(outcome, group.source);
                self.ranged[outcome] |= group.ranged;
                branches.push(Branch { outcome, readings: group.readings });
            }
        }
        let mut mix = Mix::default();
        branches.hash(&mut mix);
        let leaf = self.leaf_index.intern(mix.finish(), |known| *known == branches, || branches.clone());
        branches.clear();
        self.branches = branches;
        Ref::terminal(leaf)
    }

    /// The outcomes below a diagram of readings for days in these ranges, recommended ones first; each diagram is
    /// followed once.
    fn groups(&mut self, case: &Case, at: Ref, ranges: &Ranges, number: u32) -> (usize, usize) {
        let key = both(number, at.raw());
        if let Some(known) = self.met.get(key) {
            return self.spans[known as usize];
        }
        let start = self.stack.len();
        match (at.value(), case.diagrams.node(at)) {
            (Some(value), _) => {
                if let End::Decision(decision) = case.end(value) {
                    let group = self.draw(case, decision, ranges);
                    self.stack.push(group);
                }
            }
            (None, Some((var, edges))) => {
                let mut low = 0;
                for edge in edges {
                    let (from, to) = self.groups(case, edge.to, ranges, number);
                    for below in from..to {
                        let mut group = self.groups[below];
                        group.readings = group.readings.with(var - case.program.layout.readings, low, edge.high);
                        self.add(case, start, group);
                    }
                    low = edge.high.saturating_add(1);
                }
            }
            (None, None) => {}
        }
        let first = self.groups.len();
        self.groups.extend(self.stack.drain(start..));
        let span = (first, self.groups.len());
        self.met.insert(key, self.spans.len() as u32);
        self.spans.push(span);
        span
    }

    /// Adds an outcome to the others from `start` on of the stack: as one with another from which it differs only in dates
    /// with a pair, or after them.
    fn add(&mut self, case: &Case, start: usize, group: Group) {
        for at in start..self.stack.len() {
            if let Some(both) = self.merge(self.stack[at].outcome, group.outcome) {
                let known = &mut self.stack[at];
                known.outcome = both;
                known.readings = known.readings.either(group.readings);
                known.ranged |= group.ranged;
                if known.source != group.source {
                    self.joined.push((known.source, group.source));
                    known.source = (case.decisions().len() + self.joined.len() - 1) as u32;
                }
                return;
            }
        }
        self.stack.push(group);
    }

    /// Two drafts as one, if they differ only in dates with a pair; the same two meet again and again.
    fn merge(&mut self, a: u32, b: u32) -> Option<u32> {
        if a == b {
            return Some(a);
        }
        let known = self.merged.place(both(a, b));
        if *known == NONE {
            let one = self.drawer.merge(&self.drafts[a as usize], &self.drafts[b as usize]);
            *known = one.map_or(0, |draft| {
                self.drafts.push(draft);
                self.drafts.len() as u32
            });
        }
        known.checked_sub(1)
    }

    /// The outcome of a decision, with the unknown days that its dates depend on.
    fn draw(&mut self, case: &Case, decision: usize, ranges: &Ranges) -> Group {
        let mut used = *ranges;
        if used != [KNOWN; 3] {
            let events = case.program.events_used(&case.decisions()[decision]);
            for (range, event) in used.iter_mut().zip(EVENTS) {
                if !events.contains(&event) {
                    *range = KNOWN;
                }
            }
        }
        let last = self.last_drawn[decision];
        let mut at = last;
        while let Some(&(known, group, before)) = self.drawn.get(at as usize) {
            if known == used {
                return group;
            }
            at = before;
        }
        let (outcome, mut ranged) = draw_days(&mut self.drawer, case, decision, &used);
        // A wait that outlasts the year stands for all longer ones.
        if case.decisions()[decision].wait.is_some_and(|wait| wait.more) {
            ranged |= MISSED;
        }
        self.drafts.push(outcome);
        let outcome = self.drafts.len() as u32 - 1;
        let group = Group { outcome, readings: Options::default(), ranged, source: decision as u32 };
        self.last_drawn[decision] = self.drawn.len() as u32;
        self.drawn.push((used, group, last));
        group
    }

    /// The decisions that an outcome comes from, in the place of those in the list.
    fn decisions(&self, count: usize, outcome: usize, decisions: &mut Vec<usize>) {
        decisions.clear();
        let mut open = Vec::new();
        let mut at = self.ends[outcome].0;
        while let Some(&(source, next)) = self.sources.get(at as usize) {
            let mut under_way = Some(source);
            while let Some(source) = under_way.or_else(|| open.pop()) {
                under_way = None;
                match (source as usize).checked_sub(count) {
                    Some(joined) => {
                        let (first, second) = self.joined[joined];
                        open.push(second);
                        under_way = Some(first);
                    }
                    None if decisions.contains(&(source as usize)) => {}
                    None => decisions.push(source as usize),
                }
            }
            at = next;
        }
    }

    /// The answers that can still change the outcome, best next question first.
    pub(crate) fn ask(&self, case: &Case, answers: &Answers) -> Vec<String> {
        if self.vertices.len() == 1 && self.ranged.iter().all(|&bits| bits == 0) {
            return Vec::new();
        }
        let layout = case.program.layout;
        // How likely each vertex is on a random walk from the root, every range of a variable as likely as any other.
        let mut weight = vec![0u64; self.vertices.len()];
        weight[self.root()] = 1 << 40;
        let mut scores = vec![0u64; usize::from(layout.overlap) + 1];
        let ranged_vars = [var::BIRTH_DATE, var::LEFT_ON, layout.recognised_on, var::MISSED_YEARS];
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
                    for branch in &self.leaves[leaf] {
                        for (bit, &var) in ranged_vars.iter().enumerate() {
                            if self.ranged[branch.outcome] >> bit & 1 == 1 {
                                scores[usize::from(var)] += here.max(1);
                            }
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
        ask.into_iter().filter_map(|(_, var)| answer_of(case.program, var)).map(Word::into_owned).collect()
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
    pub(crate) fn finish(self, case: &Case) -> Vec<Outcome> {
        let mut writer = Writer::default();
        let count = case.decisions().len();
        let mut outcomes: Vec<Outcome> = Vec::with_capacity(self.outcomes.len());
        let mut decisions = Vec::new();
        for (at, draft) in self.outcomes.iter().enumerate() {
            self.decisions(count, at, &mut decisions);
            outcomes.push(writer.write(case, &self.drawer, draft, &decisions));
        }
        if self.outcomes.len() > 1 || self.vertices.len() > 1 {
            for (outcome, when) in outcomes.iter_mut().zip(rests(case, &self)) {
                outcome.when = when;
            }
        }
        outcomes
    }
}

fn faulty() -> RequestError {
    RequestError::new("bad_notice", "通知数据有误，请运行 cargo canbao check 查看", &[])
}

/// The outcome of a decision over ranges of unknown days, and on which of them its dates depend.
fn draw_days(drawer: &mut Drawer, case: &Case, decision: usize, ranges: &Ranges) -> (Draft, u8) {
    let mut open = 0u8;
    let (mut low, mut high) = (case.events, case.events);
    for (bit, (&(first, last), event)) in ranges.iter().zip(EVENTS).enumerate() {
        if (first, last) != KNOWN {
            (low, high) = (low.with(event, first.max(case.on - LIFE)), high.with(event, last));
            open |= 1 << bit;
        }
    }
    let at_high = draft(drawer, case, decision, high);
    if open == 0 {
        return (at_high, 0);
    }
    let at_low = draft(drawer, case, decision, low);
    if drawer.same(&at_low, &at_high) {
        return (at_low, 0);
    }
    let mut ranged = open;
    if !open.is_power_of_two() {
        for (bit, event) in EVENTS.into_iter().enumerate() {
            if let Some(day) = low.get(event).filter(|_| open >> bit & 1 == 1) {
                let other = draft(drawer, case, decision, high.with(event, day));
                ranged &= !(u8::from(drawer.same(&other, &at_high)) << bit);
            }
        }
    }
    (drawer.merge_range(&at_low, &at_high), ranged)
}

/// The diagrams of readings right below the answers, those first met first, each with the ranges of unknown days under
/// which it is reached: the hull of the days on the paths to it.
fn tops(case: &Case, root: Ref, below: &[Ref]) -> Vec<(Ref, Ranges)> {
    let first_reading = case.program.layout.readings;
    let mut place = Places::below(root);
    for (at, &diagram) in below.iter().enumerate() {
        place.set(diagram, at as u32);
    }
    let mut hulls: Vec<Option<Ranges>> = vec![None; below.len()];
    if let Some(root) = hulls.last_mut() {
        *root = Some(EVENTS.map(|event| if case.events.get(event).is_some() { KNOWN } else { (Day::MIN, case.on) }));
    }
    let vars = EVENTS.map(|event| case.event_var(event));
    let mut order = Vec::new();
    for (at, &diagram) in below.iter().enumerate().rev() {
        let Some(hull) = hulls[at] else { continue };
        let node = case.diagrams.node(diagram).filter(|node| node.0 < first_reading);
        let Some((var, edges)) = node else {
            if diagram.value() != Some(NOBODY) {
                order.push((diagram, hull));
            }
            continue;
        };
        let event = vars.iter().position(|&v| v == var);
        let mut from = Day::MIN;
        for &Edge { high, to } in edges {
            let mut here = hull;
            let mut possible = true;
            if let Some((low, last)) = event.map(|event| &mut here[event]) {
                (*low, *last) = ((*low).max(from), (*last).min(high));
                possible = low <= last;
            }
            if possible && let Some(to) = place.get(to) {
                let known = &mut hulls[to as usize];
                *known = Some(match *known {
                    None => here,
                    Some(before) => std::array::from_fn(|at| {
                        let (a, b) = (before[at], here[at]);
                        (a.0.min(b.0), a.1.max(b.1))
                    }),
                });
            }
            from = high.saturating_add(1);
        }
    }
    order
}
