//! What each outcome rests on: the values of unanswered questions, and the options of open readings, under which it holds.
//!
//! Sets of outcomes are bit sets over the view's vertices. Answers above a question are free, so an outcome does not
//! rest on a question if some path reaches it past that question; otherwise it rests on the values whose edges reach it.

use crate::contract::{When, Word};
use crate::dates::calendar;
use crate::decide::{Case, answer_of};
use crate::program::var;
use crate::view::{Options, Vertex, View};
use canbao_policy::model::{
    Answer, Group, LastYear, Left, OtherPlan, QuestionChoice, QuestionKind, Residence, Student,
};

/// Sets of outcomes, one row for each vertex.
struct Rows {
    words: usize,
    bits: Vec<u64>,
}

impl Rows {
    fn row(&self, at: usize) -> &[u64] {
        &self.bits[at * self.words..(at + 1) * self.words]
    }
}

fn has(bits: &[u64], at: usize) -> bool {
    bits[at / 64] >> (at % 64) & 1 == 1
}

fn add_all(to: &mut [u64], from: &[u64]) {
    for (a, b) in to.iter_mut().zip(from) {
        *a |= b;
    }
}

/// For each outcome what it rests on.
pub(crate) fn rests(case: &Case, view: &View) -> Vec<Vec<When>> {
    let layout = case.program.layout;
    let count = view.outcomes.len();
    let words = count.div_ceil(64);
    // Which outcomes are below each vertex.
    let mut reach = Rows { words, bits: vec![0; words * view.vertices.len()] };
    for at in 0..view.vertices.len() {
        let (before, from_here) = reach.bits.split_at_mut(at * words);
        let row = &mut from_here[..words];
        match view.vertices[at] {
            Vertex::Nobody => {}
            Vertex::Leaf(leaf) => {
                for branch in &view.leaves[leaf] {
                    row[branch.outcome / 64] |= 1 << (branch.outcome % 64);
                }
            }
            Vertex::Ask(..) => {
                for &(_, to) in view.edges(at) {
                    add_all(row, &before[to * words..(to + 1) * words]);
                }
            }
        }
    }
    let mut whens: Vec<Vec<When>> = (0..count).map(|_| Vec::with_capacity(USUALLY)).collect();
    let is_group = |v: u8| (layout.groups..layout.recognised_on).contains(&v);
    let mut above: Vec<Option<u8>> = vec![None; view.vertices.len()];
    let mut testing: Vec<Vec<usize>> = vec![Vec::new(); usize::from(layout.readings)];
    for at in 0..view.vertices.len() {
        let Some(var) = view.var(at) else { continue };
        testing[usize::from(var)].push(at);
        for &(_, to) in view.edges(at) {
            above[to] = Some(above[to].map_or(var, |known| known.min(var)));
        }
    }
    let free = free(view, &reach, &above, &testing);
    let rests = Rests { case, view, reach, above, testing, free };
    let (groups, plain): (Vec<u8>, Vec<u8>) =
        (0..layout.readings).filter(|&var| !rests.testing(var).is_empty()).partition(|&var| is_group(var));
    for var in plain {
        rests.plain(var, &mut whens);
    }
    if !groups.is_empty() {
        rests.groups(&groups, &mut whens);
    }
    rests.readings(&mut whens);
    whens
}

/// So many things an outcome may rest on without a second look for room.
const USUALLY: usize = 8;

/// For each variable the outcomes that some path reaches without testing it.
fn free(view: &View, reach: &Rows, above: &[Option<u8>], testing: &[Vec<usize>]) -> Rows {
    let words = reach.words;
    // A vertex is on such a path for the variables between the one above it and its own; most variables are never tested.
    let mut before = Vec::with_capacity(testing.len() + 1);
    let mut tested = Vec::new();
    for (var, at) in testing.iter().enumerate() {
        before.push(tested.len());
        if !at.is_empty() {
            tested.push(var);
        }
    }
    let mut free = Rows { words, bits: vec![0; words * testing.len()] };
    for at in 0..view.vertices.len() {
        let from = above[at].map_or(0, |above| before[usize::from(above)] + 1);
        let to = view.var(at).map_or(tested.len(), |var| before[usize::from(var)]);
        for &var in tested.get(from..to).unwrap_or_default() {
            add_all(&mut free.bits[var * words..(var + 1) * words], reach.row(at));
        }
    }
    free
}

struct Rests<'v, 'c> {
    case: &'v Case<'c>,
    view: &'v View,
    reach: Rows,
    /// The first variable tested right above each vertex; none above the root.
    above: Vec<Option<u8>>,
    /// For each variable the vertices that test it.
    testing: Vec<Vec<usize>>,
    /// For each variable the outcomes that some path reaches without testing it.
    free: Rows,
}

impl Rests<'_, '_> {
    fn zero(&self) -> Vec<u64> {
        vec![0; self.reach.words]
    }

    fn testing(&self, var: u8) -> &[usize] {
        &self.testing[usize::from(var)]
    }

    /// The vertices where paths first come to a variable or past it.
    fn entries(&self, first: u8) -> Vec<usize> {
        let past = |at: usize| self.view.var(at).is_none_or(|v| v >= first);
        (0..self.view.vertices.len())
            .filter(|&at| past(at) && self.above[at].is_none_or(|above| above < first))
            .collect()
    }

    /// One question: the ranges of values under which each outcome can be reached.
    fn plain(&self, var: u8, whens: &mut [Vec<When>]) {
        let free = self.free.row(usize::from(var));
        let nodes: Vec<&[(i32, usize)]> = self.testing(var).iter().map(|&at| self.view.edges(at)).collect();
        let mut cuts: Vec<i32> = nodes.iter().flat_map(|edges| edges.iter().map(|e| e.0)).collect();
        cuts.sort_unstable();
        cuts.dedup();
        // For each range between cuts the outcomes it can lead to.
        let words = self.reach.words;
        let mut ranges = Rows { words, bits: vec![0; words * cuts.len()] };
        for edges in &nodes {
            let mut at = 0;
            for &(high, to) in *edges {
                while cuts.get(at).is_some_and(|&cut| cut <= high) {
                    add_all(&mut ranges.bits[at * words..(at + 1) * words], self.reach.row(to));
                    at += 1;
                }
            }
        }
        // An outcome rests on the question only if somewhere, where it is possible, some value of somebody excludes it.
        let mut rests = self.zero();
        for &at in self.testing(var) {
            for &(_, to) in self.view.edges(at) {
                if !matches!(self.view.vertices[to], Vertex::Nobody) {
                    let (possible, kept) = (self.reach.row(at), self.reach.row(to));
                    for ((rest, possible), kept) in rests.iter_mut().zip(possible).zip(kept) {
                        *rest |= possible & !kept;
                    }
                }
            }
        }
        let Some(answer) = answer_of(self.case.program, var) else { return };
        for (outcome, when) in whens.iter_mut().enumerate() {
            if has(free, outcome) || !has(&rests, outcome) {
                continue;
            }
            let mut is = Vec::new();
            let (mut low, mut from) = (i32::MIN, None);
            for (at, &high) in cuts.iter().enumerate() {
                if has(ranges.row(at), outcome) {
                    from = from.or(Some(low));
                } else if let Some(from) = from.take() {
                    self.values(var, from, low - 1, &mut is);
                }
                low = high.saturating_add(1);
            }
            if let Some(from) = from {
                self.values(var, from, i32::MAX, &mut is);
            }
            when.push(When::Answer { answer: answer.clone(), is, not: Vec::new() });
        }
    }

    /// Adds the values of a range.
    fn values(&self, var: u8, low: i32, high: i32, is: &mut Vec<Word>) {
        const YES_NO: &[&str] = &["false", "true"];
        let program = self.case.program;
        let mut choices: &[QuestionChoice] = &[];
        let names = match var {
            var::RESIDENCE => Residence::NAMES,
            var::OTHER_PLAN => OtherPlan::NAMES,
            var::STUDENT => Student::NAMES,
            var::LEFT => Left::NAMES,
            var::LAST_YEAR => LastYear::NAMES,
            var::PARENT_INSURED | var::EMPLOYEE_TWO_YEARS | var::EMPLOYEE_GAP | var::NO_CLAIMS => YES_NO,
            v if v >= var::CUSTOM && v < program.layout.groups => {
                match program.notice.questions.get(usize::from(v - var::CUSTOM)).map(|q| &q.kind) {
                    Some(QuestionKind::Choice(of)) => {
                        choices = of;
                        &[]
                    }
                    Some(QuestionKind::YesNo) => YES_NO,
                    _ => &[],
                }
            }
            _ => &[],
        };
        let count = names.len().max(choices.len());
        if count > 0 {
            for at in low.max(0)..=high.min(count as i32 - 1) {
                let at = at as usize;
                is.extend(names.get(at).map(|&name| Word::Borrowed(name)));
                is.extend(choices.get(at).map(|choice| Word::Owned(choice.id.clone())));
            }
            return;
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
        is.push(Word::Owned(if first == high {
            end(first, false)
        } else {
            format!("{}/{}", end(first, first == i32::MIN), end(high, high == i32::MAX))
        }));
    }

    /// The groups: which of them the person must be in, or must not.
    fn groups(&self, vars: &[u8], whens: &mut [Vec<When>]) {
        let view = self.view;
        let layout = self.case.program.layout;
        let is_group = |v: u8| (layout.groups..layout.recognised_on).contains(&v);
        let name =
            |v: u8| Word::Borrowed(Group::NAMES.get(usize::from(v - layout.groups)).copied().unwrap_or_default());
        let first = |at: usize| view.edges(at).first().map_or(at, |e| e.1);
        let last = |at: usize| view.edges(at).last().map_or(at, |e| e.1);
        let in_groups = |at: usize| view.var(at).is_some_and(is_group);
        // Of those entering the questions on groups: in none of them; in one of them only.
        let mut none = self.zero();
        let mut single: Vec<Vec<u64>> = vec![self.zero(); vars.len()];
        let out = |mut at: usize| {
            while in_groups(at) {
                at = first(at);
            }
            at
        };
        for entry in self.entries(layout.groups) {
            let end = out(entry);
            add_all(&mut none, self.reach.row(end));
            let mut tested = vec![false; vars.len()];
            let mut at = entry;
            while in_groups(at) {
                if let Some(i) = vars.iter().position(|&v| Some(v) == view.var(at)) {
                    tested[i] = true;
                    add_all(&mut single[i], self.reach.row(out(last(at))));
                }
                at = first(at);
            }
            for (i, tested) in tested.into_iter().enumerate() {
                if !tested {
                    add_all(&mut single[i], self.reach.row(end));
                }
            }
        }
        // With and without each group, whatever the others.
        let mut with: Vec<Vec<u64>> = Vec::with_capacity(vars.len());
        let mut without: Vec<Vec<u64>> = Vec::with_capacity(vars.len());
        for &v in vars {
            let free = self.free.row(usize::from(v));
            let (mut yes, mut no) = (free.to_vec(), free.to_vec());
            for &at in self.testing(v) {
                add_all(&mut yes, self.reach.row(last(at)));
                add_all(&mut no, self.reach.row(first(at)));
            }
            with.push(yes);
            without.push(no);
        }
        for (outcome, when) in whens.iter_mut().enumerate() {
            let pick = |sets: &[Vec<u64>], wanted: bool| -> Vec<Word> {
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
                is.push(Word::Borrowed("none"));
            }
            if !is.is_empty() || !not.is_empty() {
                when.push(When::Answer { answer: Word::Borrowed(Answer::Groups.as_str()), is, not });
            }
        }
    }

    fn readings(&self, whens: &mut [Vec<When>]) {
        let program = self.case.program;
        let layout = program.layout;
        let mut rest: Vec<Option<Options>> = vec![None; whens.len()];
        for vertex in &self.view.vertices {
            if let Vertex::Leaf(leaf) = vertex {
                for branch in &self.view.leaves[*leaf] {
                    let known = &mut rest[branch.outcome];
                    *known = Some(known.map_or(branch.readings, |known| known.either(branch.readings)));
                }
            }
        }
        for (when, options) in whens.iter_mut().zip(rest) {
            for var in layout.readings..=layout.overlap {
                let Some(options) = options.and_then(|options| options.of(var - layout.readings)) else { continue };
                // Of overlapping assistance it is told whether the first is taken, or another.
                let holds = |at: usize| options >> at & 1 == 1 || (var == layout.overlap && at == 1 && options > 1);
                // A reading that every notice has, or else one of its own.
                let every = match var {
                    _ if var == layout.counting => Some(("day_count", ["wide", "strict"])),
                    _ if var == layout.overlap => Some(("overlap", ["lowest", "other"])),
                    _ => None,
                };
                let reading = program.notice.readings.get(usize::from(var - layout.readings));
                let count =
                    every.map_or_else(|| reading.map_or(0, |reading| reading.options.len()), |(_, names)| names.len());
                if (0..count).all(holds) {
                    continue;
                }
                let held = (0..count).filter(|&at| holds(at));
                when.push(match (every, reading) {
                    (Some((id, names)), _) => {
                        When::Reading { reading: id.into(), is: held.map(|at| Word::Borrowed(names[at])).collect() }
                    }
                    (None, Some(reading)) => {
                        let is = held.map(|at| Word::Owned(reading.options[at].id.clone())).collect();
                        When::Reading { reading: Word::Owned(reading.id.clone()), is }
                    }
                    (None, None) => continue,
                });
            }
        }
    }
}
