//! A long work in turns, so that whoever drives it can stop or ask in between.
//!
//! The work is a list of pieces, always the same. In every turn its code runs from its start,
//! passes over the pieces that have been done, does the next few, and passes over the rest. What
//! is cut are matrices by rows or columns, and no sum: so the bits are the same in however many
//! turns the work is done.

use std::ops::Range;

/// What a number costs that is added up or put through a function, in multiply-adds.
pub const NUMBER: usize = 16;
/// Fewer rows or columns are not cut off: each piece reads the whole of the other matrix.
const FEWEST: usize = 32;
/// Cuts lie at multiples of this, where tiles and panels do.
const STEP: usize = 8;

/// The pieces of a work. By default, all are done at once.
#[derive(Debug)]
pub struct Pieces {
    /// How many have been done.
    done: usize,
    /// How many the code has passed in this turn.
    passed: usize,
    /// Most multiply-adds of a piece, as far as it can be cut.
    size: u64,
    /// Multiply-adds until the turn ends.
    left: u64,
}

impl Default for Pieces {
    fn default() -> Self {
        Self {
            done: 0,
            passed: 0,
            size: u64::MAX,
            left: u64::MAX,
        }
    }
}

impl Pieces {
    /// A turn of about so many multiply-adds: of the work that is under way, or of the next one.
    pub fn turn(&mut self, multiply_adds: u64) {
        if self.is_through() {
            (self.done, self.size) = (0, multiply_adds);
        }
        (self.passed, self.left) = (0, multiply_adds);
    }

    /// Whether it is this piece's turn, which costs so many multiply-adds. Every piece has to ask.
    #[inline(never)]
    pub fn is_next(&mut self, multiply_adds: usize) -> bool {
        let place = self.passed;
        self.passed += 1;
        if place < self.done || self.left == 0 {
            return false;
        }
        self.left = self.left.saturating_sub(multiply_adds as u64);
        self.done += 1;
        true
    }

    /// Whether every piece that the code has come to is done.
    pub fn is_through(&self) -> bool {
        self.passed == self.done
    }

    /// Cuts `count` rows or columns, each of so many multiply-adds, into pieces.
    #[inline(never)]
    pub fn cut(&self, count: usize, multiply_adds: usize) -> Cut {
        let most = (self.size / (multiply_adds as u64).max(1)).min(count as u64) as usize;
        let step = match most == count {
            true => count,
            false => (most / STEP * STEP).max(FEWEST),
        };
        Cut {
            rest: 0..count,
            step,
            multiply_adds,
        }
    }
}

/// Rows or columns that are cut into pieces.
#[derive(Debug)]
pub struct Cut {
    rest: Range<usize>,
    step: usize,
    multiply_adds: usize,
}

impl Cut {
    /// The next of them whose turn it is.
    #[inline(never)]
    pub fn next(&mut self, pieces: &mut Pieces) -> Option<Range<usize>> {
        while !self.rest.is_empty() {
            let end = self.rest.end.min(self.rest.start + self.step);
            let part = self.rest.start..end;
            self.rest.start = end;
            if pieces.is_next(self.multiply_adds * part.len()) {
                return Some(part);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pieces that are done in each turn of `multiply_adds`, of ten rows of 100 each and one more piece.
    fn turns(multiply_adds: u64, rows: usize) -> Vec<Vec<[usize; 2]>> {
        let mut pieces = Pieces::default();
        let mut turns = Vec::new();
        loop {
            pieces.turn(multiply_adds);
            let mut done = Vec::new();
            let mut cut = pieces.cut(rows, 100);
            while let Some(part) = cut.next(&mut pieces) {
                done.push([part.start, part.end]);
            }
            if pieces.is_next(1) {
                done.push([0, 0]);
            }
            turns.push(done);
            if pieces.is_through() {
                return turns;
            }
        }
    }

    #[test]
    fn every_piece_is_done_once_and_in_its_order() {
        assert_eq!(turns(u64::MAX, 70), [vec![[0, 70], [0, 0]]]);
        assert_eq!(turns(7_001, 70), [vec![[0, 70], [0, 0]]]);
        assert_eq!(turns(7_000, 70), [vec![[0, 70]], vec![[0, 0]]]);
        assert_eq!(turns(4_900, 70), [vec![[0, 48], [48, 70]], vec![[0, 0]]]);
        assert_eq!(turns(4_801, 70), [vec![[0, 48], [48, 70]], vec![[0, 0]]]);
        assert_eq!(
            turns(1, 70),
            [vec![[0, 32]], vec![[32, 64]], vec![[64, 70]], vec![[0, 0]]]
        );
        assert_eq!(turns(1, 0), [vec![[0, 0]]]);
    }

    #[test]
    fn a_work_that_is_through_is_followed_by_the_next() {
        let mut pieces = Pieces::default();
        pieces.turn(10);
        assert!(pieces.is_next(10) && !pieces.is_next(1) && !pieces.is_through());
        pieces.turn(10);
        assert!(!pieces.is_next(10) && pieces.is_next(1) && pieces.is_through());
        pieces.turn(20);
        assert!(pieces.is_next(10) && pieces.is_next(10) && pieces.is_through());
    }
}
