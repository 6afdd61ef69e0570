//! Decision diagrams over ranges: the sets the engine computes with.
//!
//! A diagram says, for every combination of values of some variables, which terminal holds. A node tests one variable;
//! its edges cut the variable's whole numbers into ranges. Variables are tested in one fixed order and equal diagrams
//! are one diagram (hash consing), so unions, intersections and comparisons are exact, and cheap as long as the
//! diagrams are small. Dates are day numbers, choices are indices, yes-no is 0 and 1: one representation for all.

#[cfg(not(target_arch = "wasm32"))]
use std::cell::Cell;
use std::hash::Hasher;

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

    /// As a key of a [`Table`].
    pub(crate) fn key(self) -> u64 {
        u64::from(self.0)
    }

    /// As a value of a [`Table`].
    pub(crate) fn raw(self) -> u32 {
        self.0
    }

    /// Back from [`Self::raw`].
    pub(crate) fn from_raw(raw: u32) -> Self {
        Self(raw)
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

/// A map from numbers to numbers: the only one the engine needs, so that the wasm carries one kind of map.
#[derive(Default)]
pub(crate) struct Table {
    slots: Vec<(u64, u32)>,
    len: usize,
}

/// No key: two references or a hash with all bits set do not occur.
const EMPTY: u64 = u64::MAX;

impl Table {
    fn slot(&self, key: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize & mask;
        while self.slots[at].0 != key && self.slots[at].0 != EMPTY {
            at = (at + 1) & mask;
        }
        at
    }

    pub(crate) fn get(&self, key: u64) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        let (found, value) = self.slots[self.slot(key)];
        (found != EMPTY).then_some(value)
    }

    /// Empties it, and keeps its room where that is no larger than what was in it needed.
    fn clear(&mut self) {
        if self.len > 0 {
            if self.len * 8 < self.slots.len() {
                self.slots = Vec::new();
            } else {
                self.slots.fill((EMPTY, 0));
            }
            self.len = 0;
        }
    }

    pub(crate) fn insert(&mut self, key: u64, value: u32) {
        *self.place(key) = value;
    }

    /// Where the value of a key stands: [`NONE`] for one that had none.
    #[inline(never)]
    pub(crate) fn place(&mut self, key: u64) -> &mut u32 {
        if (self.len + 1) * 4 > self.slots.len() * 3 {
            let larger = vec![(EMPTY, 0); (self.slots.len() * 4).max(16)];
            let old = std::mem::replace(&mut self.slots, larger);
            for entry in old.into_iter().filter(|entry| entry.0 != EMPTY) {
                let at = self.slot(entry.0);
                self.slots[at] = entry;
            }
        }
        let at = self.slot(key);
        let slot = &mut self.slots[at];
        if slot.0 == EMPTY {
            *slot = (key, NONE);
            self.len += 1;
        }
        &mut slot.1
    }
}

/// A number for each diagram below one and itself.
pub(crate) struct Places {
    nodes: Vec<u32>,
    terminals: Table,
}

impl Places {
    /// None yet.
    pub(crate) fn below(root: Ref) -> Self {
        // A node is made after its parts, so theirs are lower numbers.
        let count = if root.value().is_some() { 0 } else { root.index() + 1 };
        Self { nodes: vec![NONE; count], terminals: Table::default() }
    }

    pub(crate) fn get(&self, at: Ref) -> Option<u32> {
        match at.value() {
            None => Some(self.nodes[at.index()]).filter(|&number| number != NONE),
            Some(_) => self.terminals.get(at.key()),
        }
    }

    pub(crate) fn set(&mut self, at: Ref, number: u32) {
        match at.value() {
            None => self.nodes[at.index()] = number,
            Some(_) => self.terminals.insert(at.key(), number),
        }
    }
}

/// Several diagrams as one key.
pub(crate) fn hash(tuple: &[Ref]) -> u64 {
    let mut hash = Mix::default();
    tuple.iter().for_each(|part| hash.write_u64(part.key()));
    hash.finish() & !(1 << 63)
}

/// Two numbers as one key.
pub(crate) fn both(a: u32, b: u32) -> u64 {
    u64::from(a) << 32 | u64::from(b)
}

/// Equal things as one number.
pub(crate) struct Interner<T> {
    pub(crate) items: Vec<T>,
    /// Another item with the same hash.
    next: Vec<u32>,
    heads: Table,
}

impl<T> Default for Interner<T> {
    fn default() -> Self {
        Self { items: Vec::new(), next: Vec::new(), heads: Table::default() }
    }
}

impl<T> Interner<T> {
    /// The number of the thing that has this hash and is `alike`; where there is none yet, it is made.
    pub(crate) fn intern(&mut self, hash: u64, alike: impl Fn(&T) -> bool, make: impl FnOnce() -> T) -> u32 {
        let key = hash & !(1 << 63);
        let head = self.heads.place(key);
        let mut at = *head;
        while at != NONE {
            if alike(&self.items[at as usize]) {
                return at;
            }
            at = self.next[at as usize];
        }
        let new = self.items.len() as u32;
        self.next.push(std::mem::replace(head, new));
        self.items.push(make());
        new
    }
}

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
    /// Another node with the same hash.
    next: u32,
}

/// No number: what has none yet, the end of a list.
pub(crate) const NONE: u32 = u32::MAX;

/// All diagrams of one evaluation.
#[derive(Default)]
pub(crate) struct Diagrams {
    nodes: Vec<Node>,
    edges: Vec<Edge>,
    unique: Table,
    /// Edges of nodes under way, innermost last.
    scratch: Vec<Edge>,
    /// The room of a product that came to its end, for the next one.
    spare: Product,
    /// What was and-ed, or-ed and negated before: the conditions of a notice's rules repeat each other.
    anded: Table,
    ored: Table,
    negated: Table,
}

#[cfg(not(target_arch = "wasm32"))]
thread_local! {
    /// The room of an evaluation that came to its end, for the next one: pages of memory new from the system cost as much
    /// as a sixth of the work of an evaluation with nothing answered. WebAssembly keeps what it once had.
    static SPARE: Cell<Option<Diagrams>> = const { Cell::new(None) };
}

/// How two diagrams that end in true and false are put together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Operation {
    And,
    Or,
}

/// What [`Diagrams::marks`] found.
pub(crate) struct Marks {
    nodes: Vec<u64>,
    of: fn(u32) -> u64,
}

impl Marks {
    /// The bits of all terminals of a diagram.
    pub(crate) fn of(&self, at: Ref) -> u64 {
        at.value().map_or_else(|| self.nodes[at.index()], self.of)
    }
}

/// Beyond every variable: what a terminal is tested at.
const BOTTOM: u8 = u8::MAX;

/// Walks along the edges of a node, or along the one edge of a diagram that does not test the variable. The last edge ends
/// at `i32::MAX`, and nothing walks on from there.
#[derive(Clone, Copy)]
struct Walk {
    at: u32,
    edge: Edge,
}

/// Diagrams being followed side by side: the tuples met so far and what they came to.
#[derive(Default)]
struct Product {
    tuples: Vec<Ref>,
    results: Vec<Ref>,
    walks: Vec<Walk>,
    /// From a hash to the last tuple with it, and from a tuple to the one before with the same hash; both only once
    /// there are too many tuples to look through.
    heads: Table,
    next: Vec<u32>,
}

/// So many tuples are looked through.
const FEW: usize = 8;

impl Product {
    fn clear(&mut self) {
        self.tuples.clear();
        self.results.clear();
        self.walks.clear();
        self.heads.clear();
        self.next.clear();
    }

    /// The result for the last tuple, if it was met before; else it becomes the next known one.
    fn known(&mut self, width: usize) -> Option<Ref> {
        let known = self.results.len();
        let (before, last) = self.tuples.split_at(self.tuples.len() - width);
        // Only tuples that are followed stay in the list, in the order of their results.
        if known <= FEW {
            if let Some(at) = before.chunks_exact(width).position(|tuple| tuple == last) {
                return Some(self.results[at]);
            }
            if known < FEW {
                return None;
            }
            for (at, tuple) in self.tuples.chunks_exact(width).enumerate() {
                self.next.push(std::mem::replace(self.heads.place(hash(tuple)), at as u32));
            }
            return None;
        }
        let head = self.heads.place(hash(last));
        let mut at = *head;
        while at != NONE {
            let place = at as usize;
            if before[place * width..(place + 1) * width] == *last {
                return Some(self.results[place]);
            }
            at = self.next[place];
        }
        self.next.push(std::mem::replace(head, known as u32));
        None
    }
}

impl Diagrams {
    /// None yet, with the room that another evaluation has left.
    pub(crate) fn begin() -> Self {
        #[cfg(not(target_arch = "wasm32"))]
        return SPARE.take().unwrap_or_default();
        #[cfg(target_arch = "wasm32")]
        Self::default()
    }

    /// Forgets all, and leaves the room for the next evaluation.
    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn end(&mut self) {
        let mut room = std::mem::take(self);
        room.nodes.clear();
        room.edges.clear();
        room.scratch.clear();
        for table in [&mut room.unique, &mut room.anded, &mut room.ored, &mut room.negated] {
            table.clear();
        }
        SPARE.set(Some(room));
    }

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

    fn walk(&self, at: Ref, var: u8) -> Walk {
        if self.top(at) == var {
            let first = self.nodes[at.index()].first;
            Walk { at: first, edge: self.edges[first as usize] }
        } else {
            Walk { at: 0, edge: Edge { high: i32::MAX, to: at } }
        }
    }

    /// On to the next edge, for who stands on one that ends at `high`.
    fn walk_on(&self, walk: &mut Walk, high: i32) {
        if walk.edge.high == high {
            walk.at += 1;
            walk.edge = self.edges[walk.at as usize];
        }
    }

    /// The node with these edges, which go up in `high` and end at `i32::MAX`; their targets test later variables.
    pub(crate) fn make(&mut self, var: u8, edges: &[Edge]) -> Ref {
        let start = self.scratch.len();
        self.scratch.extend_from_slice(edges);
        self.make_from(var, start)
    }

    /// A node whose edges lead elsewhere; a terminal stays.
    pub(crate) fn lead(&mut self, at: Ref, elsewhere: &dyn Fn(Ref) -> Ref) -> Ref {
        if at.value().is_some() {
            return at;
        }
        let Node { var, first, len, .. } = self.nodes[at.index()];
        let start = self.scratch.len();
        let edges = &self.edges[first as usize..(first + len) as usize];
        self.scratch.extend(edges.iter().map(|edge| Edge { high: edge.high, to: elsewhere(edge.to) }));
        self.make_from(var, start)
    }

    /// As [`Self::make`], with the edges from `start` on of the scratch, which it takes off.
    fn make_from(&mut self, var: u8, start: usize) -> Ref {
        let mut len = start;
        for i in start..self.scratch.len() {
            let edge = self.scratch[i];
            if len > start && self.scratch[len - 1].to == edge.to {
                self.scratch[len - 1].high = edge.high;
            } else {
                self.scratch[len] = edge;
                len += 1;
            }
        }
        self.scratch.truncate(len);
        if len == start + 1 {
            let only = self.scratch[start].to;
            self.scratch.truncate(start);
            return only;
        }
        let mut hash = Mix::default();
        hash.write_u64(u64::from(var));
        for edge in &self.scratch[start..] {
            hash.write_u64(u64::from(edge.high.cast_unsigned()) << 32 | u64::from(edge.to.0));
        }
        #[allow(clippy::cast_possible_truncation, reason = "diagrams of a notice are far below 2^31 nodes and edges")]
        let (index, first, count) = (self.nodes.len() as u32, self.edges.len() as u32, (len - start) as u32);
        let key = hash.finish() & !(1 << 63);
        let head = self.unique.place(key);
        let mut candidate = *head;
        while candidate != NONE {
            let node = self.nodes[candidate as usize];
            let old = &self.edges[node.first as usize..(node.first + node.len) as usize];
            if node.var == var && *old == self.scratch[start..] {
                self.scratch.truncate(start);
                return Ref(candidate);
            }
            candidate = node.next;
        }
        self.nodes.push(Node { var, first, len: count, next: std::mem::replace(head, index) });
        self.edges.extend(self.scratch.drain(start..));
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
        let start = self.scratch.len();
        for v in 0..values {
            let high = if v + 1 == values { i32::MAX } else { v.cast_signed() };
            self.scratch.push(Edge { high, to: Ref::terminal(mask >> v & 1) });
        }
        if values == 0 { Ref::FALSE } else { self.make_from(var, start) }
    }

    /// Follows several diagrams side by side, and puts in one what `end` makes of the parts that are reached together.
    /// `end` may answer early, before they are followed further, and must answer when all are terminals. It may also put
    /// something simpler in the place of a part whose further course means nothing.
    pub(crate) fn product(&mut self, roots: &[Ref], end: &mut dyn FnMut(&mut Self, &mut [Ref]) -> Option<Ref>) -> Ref {
        let mut product = std::mem::take(&mut self.spare);
        product.tuples.extend_from_slice(roots);
        let result = self.product_from(&mut product, roots.len(), end);
        product.clear();
        self.spare = product;
        result
    }

    /// The last tuple of the list, combined. It stays in the list only if it had to be followed.
    fn product_from(
        &mut self,
        product: &mut Product,
        width: usize,
        end: &mut dyn FnMut(&mut Self, &mut [Ref]) -> Option<Ref>,
    ) -> Ref {
        let start = product.tuples.len() - width;
        if let Some(result) = end(self, &mut product.tuples[start..]) {
            product.tuples.truncate(start);
            return result;
        }
        if let Some(result) = product.known(width) {
            product.tuples.truncate(start);
            return result;
        }
        let place = product.results.len();
        // Not known until it has been followed; nothing below leads back to it.
        product.results.push(Ref::FALSE);
        let var = product.tuples[start..].iter().map(|&at| self.top(at)).min().unwrap_or(BOTTOM);
        let (walks, scratch) = (product.walks.len(), self.scratch.len());
        product.walks.extend(product.tuples[start..].iter().map(|&at| self.walk(at, var)));
        loop {
            let here = &product.walks[walks..];
            let high = here.iter().fold(i32::MAX, |high, walk| high.min(walk.edge.high));
            product.tuples.extend(here.iter().map(|walk| walk.edge.to));
            let to = self.product_from(product, width, end);
            self.scratch.push(Edge { high, to });
            if high == i32::MAX {
                break;
            }
            product.walks[walks..].iter_mut().for_each(|walk| self.walk_on(walk, high));
        }
        product.walks.truncate(walks);
        let result = self.make_from(var, scratch);
        product.results[place] = result;
        result
    }

    /// Combines two diagrams, terminal by terminal; `short` as in [`Self::product`].
    pub(crate) fn combine(&mut self, a: Ref, b: Ref, short: &mut dyn FnMut(Ref, Ref) -> Option<Ref>) -> Ref {
        self.product(&[a, b], &mut |_, pair| short(pair[0], pair[1]))
    }

    /// Both hold.
    pub(crate) fn and(&mut self, a: Ref, b: Ref) -> Ref {
        self.apply(Operation::And, a, b)
    }

    /// One holds or both.
    pub(crate) fn or(&mut self, a: Ref, b: Ref) -> Ref {
        self.apply(Operation::Or, a, b)
    }

    fn apply(&mut self, operation: Operation, a: Ref, b: Ref) -> Ref {
        let (decides, neutral) = match operation {
            Operation::And => (Ref::FALSE, Ref::TRUE),
            Operation::Or => (Ref::TRUE, Ref::FALSE),
        };
        if a == decides || b == decides {
            return decides;
        }
        if a == neutral || a == b {
            return b;
        }
        if b == neutral {
            return a;
        }
        let key = both(a.raw().min(b.raw()), a.raw().max(b.raw()));
        let known = match operation {
            Operation::And => &self.anded,
            Operation::Or => &self.ored,
        };
        if let Some(result) = known.get(key) {
            return Ref(result);
        }
        let var = self.top(a).min(self.top(b));
        let (mut left, mut right) = (self.walk(a, var), self.walk(b, var));
        let start = self.scratch.len();
        loop {
            let high = left.edge.high.min(right.edge.high);
            let to = self.apply(operation, left.edge.to, right.edge.to);
            self.scratch.push(Edge { high, to });
            if high == i32::MAX {
                break;
            }
            self.walk_on(&mut left, high);
            self.walk_on(&mut right, high);
        }
        let result = self.make_from(var, start);
        let known = match operation {
            Operation::And => &mut self.anded,
            Operation::Or => &mut self.ored,
        };
        known.insert(key, result.0);
        result
    }

    /// Does not hold.
    pub(crate) fn not(&mut self, a: Ref) -> Ref {
        if let Some(result) = self.negated.get(a.key()) {
            return Ref(result);
        }
        let result = self.map(a, &mut |_, value| Ref::terminal(u32::from(value == 0)));
        self.negated.insert(a.key(), result.0);
        result
    }

    /// `then` where the condition holds, `other` where not.
    pub(crate) fn choose(&mut self, condition: Ref, then: Ref, other: Ref) -> Ref {
        match condition {
            Ref::TRUE => then,
            Ref::FALSE => other,
            _ if then == other => then,
            _ => self.product(&[condition, then, other], &mut |_, parts| match *parts {
                [Ref::TRUE, then, _] => Some(then),
                [Ref::FALSE, _, other] => Some(other),
                [_, then, other] => (then == other).then_some(then),
                _ => None,
            }),
        }
    }

    /// Puts another diagram, of variables not tested above, in the place of each terminal.
    pub(crate) fn map(&mut self, at: Ref, to: &mut dyn FnMut(&mut Self, u32) -> Ref) -> Ref {
        self.map_from(at, to, &mut Table::default())
    }

    fn map_from(&mut self, at: Ref, to: &mut dyn FnMut(&mut Self, u32) -> Ref, memo: &mut Table) -> Ref {
        if let Some(value) = at.value() {
            return to(self, value);
        }
        if let Some(result) = memo.get(at.key()) {
            return Ref(result);
        }
        let Node { var, first, len, .. } = self.nodes[at.index()];
        let start = self.scratch.len();
        for i in first..first + len {
            let edge = self.edges[i as usize];
            let mapped = self.map_from(edge.to, to, memo);
            self.scratch.push(Edge { high: edge.high, to: mapped });
        }
        let result = self.make_from(var, start);
        memo.insert(at.key(), result.0);
        result
    }

    /// For every diagram below this one and itself what the bits of its terminals come to together.
    pub(crate) fn marks(&self, root: Ref, of: fn(u32) -> u64) -> Marks {
        let mut marks = Marks { nodes: vec![0; self.nodes.len()], of };
        for at in self.below(root) {
            if let Some((_, edges)) = self.node(at) {
                marks.nodes[at.index()] = edges.iter().fold(0, |bits, edge| bits | marks.of(edge.to));
            }
        }
        marks
    }

    /// Every diagram below this one and itself, each once, parts before wholes.
    pub(crate) fn below(&self, root: Ref) -> Vec<Ref> {
        let mut seen = Places::below(root);
        let (mut nodes, mut order) = (Vec::new(), Vec::new());
        let mut see = |at: Ref, seen: &mut Places| {
            if seen.get(at).is_none() {
                seen.set(at, 0);
                if at.value().is_some() {
                    order.push(at);
                }
            }
        };
        see(root, &mut seen);
        for at in (0..seen.nodes.len() as u32).rev().map(Ref) {
            if seen.get(at).is_some()
                && let Some((_, edges)) = self.node(at)
            {
                nodes.push(at);
                edges.iter().for_each(|edge| see(edge.to, &mut seen));
            }
        }
        order.extend(nodes.into_iter().rev());
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
