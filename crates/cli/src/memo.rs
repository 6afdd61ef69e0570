//! Answers already given.
//!
//! A roster repeats itself: thousands of people differ in nothing that a request holds. The engine is a pure function,
//! so the same text has the same answer, and recalling it costs a tenth of working it out. Two generations bound the
//! memory: when the young one is full it becomes the old one, and the old one is forgotten.

use foldhash::fast::RandomState;
use std::collections::HashMap;

/// How much text one generation holds.
const GENERATION: usize = 16 << 20;

/// After so many requests it shows whether they repeat themselves. If fewer than one in [`SELDOM`] did, looking each of
/// them up costs more than it saves.
const TRIAL: u32 = 20_000;
const SELDOM: u32 = 50;

/// Requests and their answers, by their exact text.
#[derive(Debug, Default)]
pub struct Memo {
    young: HashMap<Box<[u8]>, Box<[u8]>, RandomState>,
    old: HashMap<Box<[u8]>, Box<[u8]>, RandomState>,
    size: usize,
    kept: u32,
    recalled: u32,
}

impl Memo {
    /// Appends the answer to this request, if it is known.
    pub fn recall(&mut self, request: &[u8], out: &mut Vec<u8>) -> bool {
        if self.is_useless() {
            return false;
        }
        let Some(answer) = self.young.get(request).or_else(|| self.old.get(request)) else {
            return false;
        };
        out.extend_from_slice(answer);
        self.recalled = self.recalled.saturating_add(1);
        true
    }

    fn is_useless(&self) -> bool {
        self.kept >= TRIAL && self.recalled < self.kept / SELDOM
    }

    /// Keeps an answer for later.
    pub fn keep(&mut self, request: &[u8], answer: &[u8]) {
        if self.is_useless() {
            return;
        }
        if self.size > GENERATION {
            self.old = std::mem::take(&mut self.young);
            self.size = 0;
        }
        self.kept = self.kept.saturating_add(1);
        self.size += request.len() + answer.len();
        self.young.insert(request.into(), answer.into());
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
        assert_eq!(recalled(&mut memo, b"a"), Some(b"before 1".to_vec()));
        assert_eq!(recalled(&mut memo, b"b"), None);
    }

    #[test]
    fn forgets_before_it_grows() {
        let mut memo = Memo::default();
        let answer = vec![b'x'; GENERATION / 4];
        for number in 0u8..100 {
            memo.keep(&[number], &answer);
        }
        assert!(recalled(&mut memo, &[99]).is_some());
        assert_eq!(recalled(&mut memo, &[0]), None);
        assert!(memo.young.len() + memo.old.len() <= 12);
    }

    #[test]
    fn gives_up_on_a_roster_without_repetitions() {
        let mut memo = Memo::default();
        for number in 0..2 * TRIAL {
            memo.keep(&number.to_le_bytes(), b"1");
        }
        assert_eq!(memo.young.len(), TRIAL as usize);
    }
}
