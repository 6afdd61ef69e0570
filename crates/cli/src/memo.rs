//! Answers already given.
//!
//! A roster repeats itself: thousands of people differ in nothing that a request holds, and hundreds of thousands share a
//! few hundred answers. The engine is a pure function, so the same text has the same answer, and recalling it costs a
//! fiftieth of working it out. Each answer is held once, however many requests lead to it. Two generations bound the
//! memory: when the young one is full it becomes the old one, and the old one is forgotten.

use foldhash::fast::RandomState;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// How much text one generation holds.
const GENERATION: usize = 32 << 20;

/// What an entry takes beside its text.
const ENTRY: usize = 64;

type Entries = HashMap<Box<[u8]>, Rc<[u8]>, RandomState>;

/// Requests and their answers, by their exact text.
#[derive(Debug, Default)]
pub struct Memo {
    young: Entries,
    old: Entries,
    answers: HashSet<Rc<[u8]>, RandomState>,
    size: usize,
}

impl Memo {
    /// Appends the answer to this request, if it is known.
    pub fn recall(&mut self, request: &[u8], out: &mut Vec<u8>) -> bool {
        let Some(answer) = self.young.get(request).or_else(|| self.old.get(request)) else {
            return false;
        };
        out.extend_from_slice(answer);
        true
    }

    /// Keeps an answer for later.
    pub fn keep(&mut self, request: &[u8], answer: &[u8]) {
        if self.size > GENERATION {
            self.old = std::mem::take(&mut self.young);
            self.answers.clear();
            self.size = 0;
        }
        let answer = if let Some(known) = self.answers.get(answer) {
            Rc::clone(known)
        } else {
            let new: Rc<[u8]> = answer.into();
            self.answers.insert(Rc::clone(&new));
            self.size += answer.len() + ENTRY;
            new
        };
        self.size += request.len() + ENTRY;
        self.young.insert(request.into(), answer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recalled(memo: &mut Memo, request: &[u8]) -> Option<Vec<u8>> {
        let mut out = b"before ".to_vec();
        memo.recall(request, &mut out).then_some(out)
    }

    #[test]
    fn recalls_what_it_kept() {
        let mut memo = Memo::default();
        assert_eq!(recalled(&mut memo, b"a"), None);
        memo.keep(b"a", b"1");
        memo.keep(b"b", b"1");
        memo.keep(b"c", b"2");
        assert_eq!(recalled(&mut memo, b"a"), Some(b"before 1".to_vec()));
        assert_eq!(recalled(&mut memo, b"b"), Some(b"before 1".to_vec()));
        assert_eq!(recalled(&mut memo, b"c"), Some(b"before 2".to_vec()));
        assert_eq!(recalled(&mut memo, b"d"), None);
        assert_eq!(memo.answers.len(), 2);
    }

    #[test]
    fn forgets_before_it_grows() {
        let mut memo = Memo::default();
        for number in 0u8..100 {
            memo.keep(&[number], &vec![number; GENERATION / 4]);
        }
        assert!(recalled(&mut memo, &[99]).is_some());
        assert_eq!(recalled(&mut memo, &[0]), None);
        assert!(memo.young.len() + memo.old.len() <= 12);
        assert!(memo.answers.len() <= memo.young.len());
    }
}
