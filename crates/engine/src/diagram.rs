//! Decision diagrams over ranges: the sets the engine computes with.
//!
//! A diagram says, for every combination of values of some variables, which terminal holds. A node tests one variable;
//! its edges cut the variable's whole numbers into ranges. Variables are tested in one fixed order and equal diagrams
//! are one diagram (hash consing), so unions, intersections and comparisons are exact, and cheap as long as the
//! diagrams are small. Dates are day numbers, choices are indices, yes-no is 0 and 1: one representation for all.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A diagram: a terminal or a node.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct Ref(u32);

const TERMINAL: u32 = 1 << 31;

impl Ref {
    pub(crate) const FALSE: Self = Self::terminal(0);
    pub(crate) const TRUE: Self = Self::terminal(1);

    pub(crate) const fn terminal(value: u32) -> Self {
        Self(value | TERMINAL)
    }

    pub(crate) fn value(self) -> Option<u32> {
        (self.0 & TERMINAL != 0).then_some(self.0 & !TERMINAL)
    }

    fn index(self) -> usize {
        self.0 as usize
    }
}

/// Multiply-and-rotate hashing: fast on small integers, and the same on every run.
#[derive(Default, Clone)]
pub(crate) struct Mix(u64);

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u64(u64::from(byte));
        }
    }
    fn write_u32(&mut self, value: u32) {
        self.write_u64(u64::from(value));
    }
    fn write_u64(&mut self, value: u64) {
        self.0 = (self.0.rotate_left(5) ^ value).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
    fn write_usize(&mut self, value: usize) {
        self.write_u64(value as u64);
    }
}

pub(crate) type MixMap<K, V> = HashMap<K, V, BuildHasherDefault<Mix>>;

/// An edge: up to and including `high` (from the edge before), go to `to`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Edge {
    pub(crate) high: i32,
    pub(crate) to: Ref,
}

#[derive(Clone, Copy)]
struct Node {
    var: u8,
    first: u32,
    len: u32,
}

/// All diagrams of one evaluation.
#[derive(Default)]
pub(crate) struct Diagrams {
    nodes: Vec<Node>,
    edges: Vec<Edge>,
    unique: MixMap<u64, Vec<u32>>,
}

/// Beyond every variable: what a terminal is tested at.
const BOTTOM: u8 = u8::MAX;

impl Diagrams {
    /// The variable tested first; `BOTTOM` for terminals.
    fn top(&self, at: Ref) -> u8 {
        if at.value().is_some() { BOTTOM } else { self.nodes[at.index()].var }
    }

    /// The variable and edges of a node; `None` for terminals.
    pub(crate) fn node(&self, at: Ref) -> Option<(u8, &[Edge])> {
        if at.value().is_some() {
            return None;
        }
        let node = self.nodes[at.index()];
        Some((node.var, &self.edges[node.first as usize..(node.first + node.len) as usize]))
    }

    /// The node with these edges, which go up in `high` and end at `i32::MAX`; their targets test later variables.
    pub(crate) fn make(&mut self, var: u8, edges: &[Edge]) -> Ref {
        let start = self.edges.len();
        for &edge in edges {
            if self.edges.len() > start
                && let Some(last) = self.edges.last_mut()
                && last.to == edge.to
            {
                last.high = edge.high;
            } else {
                self.edges.push(edge);
            }
        }
        if self.edges.len() == start + 1 {
            let only = self.edges[start].to;
            self.edges.truncate(start);
            return only;
        }
        let mut hash = Mix::default();
        hash.write_u64(u64::from(var));
        for edge in &self.edges[start..] {
            hash.write_u64(u64::from(edge.high.cast_unsigned()) << 32 | u64::from(edge.to.0));
        }
        let candidates = self.unique.entry(hash.finish()).or_default();
        for &index in candidates.iter() {
            let node = self.nodes[index as usize];
            let old = &self.edges[node.first as usize..(node.first + node.len) as usize];
            if node.var == var && old == &self.edges[start..] {
                self.edges.truncate(start);
                return Ref(index);
            }
        }
        #[allow(clippy::cast_possible_truncation, reason = "diagrams of a notice are far below 2^31 nodes")]
        let (index, node) = (
            self.nodes.len() as u32,
            Node { var, first: start as u32, len: (self.edges.len() - start) as u32 },
        );
        candidates.push(index);
        self.nodes.push(node);
        Ref(index)
    }

    /// Whether `low <= variable <= high`.
    pub(crate) fn between(&mut self, var: u8, low: i32, high: i32) -> Ref {
        if low > high {
            return Ref::FALSE;
        }
        let mut edges = [Edge { high: 0, to: Ref::FALSE }; 3];
        let mut len = 0;
        if low > i32::MIN {
            edges[len] = Edge { high: low - 1, to: Ref::FALSE };
            len += 1;
        }
        edges[len] = Edge { high, to: Ref::TRUE };
        len += 1;
        if high < i32::MAX {
            edges[len] = Edge { high: i32::MAX, to: Ref::FALSE };
            len += 1;
        }
        self.make(var, &edges[..len])
    }

    /// Whether the variable's value is in the bit set.
    pub(crate) fn one_of(&mut self, var: u8, mask: u32, values: u32) -> Ref {
        let edges: Vec<Edge> = (0..values)
            .map(|v| Edge {
                high: if v + 1 == values { i32::MAX } else { v.cast_signed() },
                to: Ref::terminal(mask >> v & 1),
            })
            .collect();
        if edges.is_empty() { Ref::FALSE } else { self.make(var, &edges) }
    }

    /// Combines two diagrams, terminal by terminal. `short` may answer early, before either is followed further; it
    /// must answer when both are terminals.
    pub(crate) fn combine(
        &mut self,
        a: Ref,
        b: Ref,
        short: &mut dyn FnMut(Ref, Ref) -> Option<Ref>,
        memo: &mut MixMap<(Ref, Ref), Ref>,
    ) -> Ref {
        if let Some(result) = short(a, b) {
            return result;
        }
        if let Some(&result) = memo.get(&(a, b)) {
            return result;
        }
        let (top_a, top_b) = (self.top(a), self.top(b));
        let var = top_a.min(top_b);
        let whole = |to| [Edge { high: i32::MAX, to }];
        let edges_a: Vec<Edge> = self.node(a).filter(|n| n.0 == var).map_or_else(|| whole(a).to_vec(), |n| n.1.to_vec());
        let edges_b: Vec<Edge> = self.node(b).filter(|n| n.0 == var).map_or_else(|| whole(b).to_vec(), |n| n.1.to_vec());
        let (mut i, mut j) = (0, 0);
        let mut edges = Vec::with_capacity(edges_a.len() + edges_b.len());
        while let (Some(x), Some(y)) = (edges_a.get(i), edges_b.get(j)) {
            let high = x.high.min(y.high);
            let to = self.combine(x.to, y.to, short, memo);
            edges.push(Edge { high, to });
            i += usize::from(x.high == high);
            j += usize::from(y.high == high);
        }
        let result = self.make(var, &edges);
        memo.insert((a, b), result);
        result
    }

    /// Both hold.
    pub(crate) fn and(&mut self, a: Ref, b: Ref) -> Ref {
        let mut short = |a, b| match (a, b) {
            (Ref::FALSE, _) | (_, Ref::FALSE) => Some(Ref::FALSE),
            (Ref::TRUE, other) | (other, Ref::TRUE) => Some(other),
            _ => (a == b).then_some(a),
        };
        match short(a, b) {
            Some(result) => result,
            None => self.combine(a, b, &mut short, &mut MixMap::default()),
        }
    }

    /// One holds or both.
    pub(crate) fn or(&mut self, a: Ref, b: Ref) -> Ref {
        let mut short = |a, b| match (a, b) {
            (Ref::TRUE, _) | (_, Ref::TRUE) => Some(Ref::TRUE),
            (Ref::FALSE, other) | (other, Ref::FALSE) => Some(other),
            _ => (a == b).then_some(a),
        };
        match short(a, b) {
            Some(result) => result,
            None => self.combine(a, b, &mut short, &mut MixMap::default()),
        }
    }

    /// Does not hold.
    pub(crate) fn not(&mut self, a: Ref) -> Ref {
        self.map(a, &mut |_, value| Ref::terminal(u32::from(value == 0)))
    }

    /// `then` where the condition holds, `other` where not.
    pub(crate) fn choose(&mut self, condition: Ref, then: Ref, other: Ref) -> Ref {
        match condition {
            Ref::TRUE => return then,
            Ref::FALSE => return other,
            _ if then == other => return then,
            _ => {}
        }
        // Tag the branches apart, so that a terminal says which of them it came from.
        const NOTHING: u32 = TERMINAL - 1;
        let nothing = Ref::terminal(NOTHING);
        let mut keep = |c: Ref, x: Ref| match c {
            Ref::TRUE => Some(x),
            Ref::FALSE => Some(nothing),
            _ => None,
        };
        let first = self.combine(condition, then, &mut keep, &mut MixMap::default());
        let mut fill = |x: Ref, y: Ref| {
            if x == nothing {
                Some(y)
            } else {
                x.value().map(|_| x)
            }
        };
        self.combine(first, other, &mut fill, &mut MixMap::default())
    }

    /// Puts another diagram, of variables not tested above, in the place of each terminal.
    pub(crate) fn map(&mut self, at: Ref, to: &mut dyn FnMut(&mut Self, u32) -> Ref) -> Ref {
        self.map_from(at, to, &mut MixMap::default())
    }

    fn map_from(
        &mut self,
        at: Ref,
        to: &mut dyn FnMut(&mut Self, u32) -> Ref,
        memo: &mut MixMap<Ref, Ref>,
    ) -> Ref {
        if let Some(value) = at.value() {
            return to(self, value);
        }
        if let Some(&result) = memo.get(&at) {
            return result;
        }
        let Some((var, edges)) = self.node(at) else { return at };
        let mut edges = edges.to_vec();
        for edge in &mut edges {
            edge.to = self.map_from(edge.to, to, memo);
        }
        let result = self.make(var, &edges);
        memo.insert(at, result);
        result
    }

    /// Every diagram below this one and itself, each once, parts before wholes.
    pub(crate) fn below(&self, root: Ref) -> Vec<Ref> {
        let mut seen = vec![false; self.nodes.len()];
        let mut terminals: MixMap<Ref, ()> = MixMap::default();
        let mut order = Vec::new();
        let mut stack = vec![(root, false)];
        while let Some((at, done)) = stack.pop() {
            if done {
                order.push(at);
                continue;
            }
            match self.node(at) {
                None => {
                    if terminals.insert(at, ()).is_none() {
                        order.push(at);
                    }
                }
                Some((_, edges)) => {
                    if !std::mem::replace(&mut seen[at.index()], true) {
                        stack.push((at, true));
                        stack.extend(edges.iter().rev().map(|edge| (edge.to, false)));
                    }
                }
            }
        }
        order
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_combine_exactly() {
        let mut d = Diagrams::default();
        let low = d.between(0, i32::MIN, 10);
        let high = d.between(0, 5, i32::MAX);
        let both = d.and(low, high);
        assert_eq!(both, d.between(0, 5, 10));
        let not = d.not(both);
        assert_eq!(d.or(both, not), Ref::TRUE);
        assert_eq!(d.and(both, not), Ref::FALSE);
    }

    #[test]
    fn choose_keeps_the_values_of_both_branches() {
        let mut d = Diagrams::default();
        let c = d.one_of(1, 0b10, 2);
        let x = d.between(0, 0, 3);
        let picked = d.choose(c, Ref::terminal(7), x);
        let again = d.map(picked, &mut |_, v| Ref::terminal(u32::from(v == 7)));
        assert_eq!(again, c);
    }
}
