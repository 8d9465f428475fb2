//! Arrays of numbers as they lie in a file, whatever their type, order and number of
//! dimensions: IDX, NPY and CIFAR are read through this.

use std::fmt::{self, Display, Formatter};
use std::num::ParseIntError;
use std::rc::Rc;
use std::str::FromStr;

/// The type of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    U8,
    I8,
    U16,
    I16,
    U32,
    I32,
    U64,
    I64,
    F32,
    F64,
}

impl Element {
    /// Bytes of a number.
    pub fn size(self) -> usize {
        match self {
            Self::U8 | Self::I8 => 1,
            Self::U16 | Self::I16 => 2,
            Self::U32 | Self::I32 | Self::F32 => 4,
            Self::U64 | Self::I64 | Self::F64 => 8,
        }
    }

    /// The number in `bytes`, the least byte first.
    fn number(self, bytes: [u8; 8]) -> f64 {
        let [a, b, c, d, ..] = bytes;
        match self {
            Self::U8 => f64::from(a),
            Self::I8 => f64::from(a as i8),
            Self::U16 => f64::from(u16::from_le_bytes([a, b])),
            Self::I16 => f64::from(i16::from_le_bytes([a, b])),
            Self::U32 => f64::from(u32::from_le_bytes([a, b, c, d])),
            Self::I32 => f64::from(i32::from_le_bytes([a, b, c, d])),
            Self::U64 => u64::from_le_bytes(bytes) as f64,
            Self::I64 => i64::from_le_bytes(bytes) as f64,
            Self::F32 => f64::from(f32::from_le_bytes([a, b, c, d])),
            Self::F64 => f64::from_le_bytes(bytes),
        }
    }

    /// The same where `f64` may not have all digits of a whole number.
    fn whole(self, bytes: [u8; 8]) -> Option<Whole> {
        let (size, below_zero) = match self {
            Self::U64 => (u64::from_le_bytes(bytes), false),
            Self::I64 => {
                let value = i64::from_le_bytes(bytes);
                (value.unsigned_abs(), value < 0)
            }
            _ => return None,
        };
        Some(Whole { below_zero, size })
    }
}

/// A whole number with all its digits, those below zero and above.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Whole {
    below_zero: bool,
    size: u64,
}

impl Whole {
    /// As `f64` has it, maybe the same as others next to it.
    pub fn value(self) -> f64 {
        let size = self.size as f64;
        if self.below_zero { -size } else { size }
    }
}

impl FromStr for Whole {
    type Err = ParseIntError;

    fn from_str(text: &str) -> Result<Self, ParseIntError> {
        let digits = text.strip_prefix('-');
        Ok(Self {
            below_zero: digits.is_some(),
            size: digits.unwrap_or(text).parse()?,
        })
    }
}

impl Display for Whole {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let sign = if self.below_zero { "-" } else { "" };
        write!(f, "{sign}{}", self.size)
    }
}

/// An array; its first dimension counts the items.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Numbers {
    bytes: Rc<Vec<u8>>,
    /// Where the first number starts in `bytes`.
    start: usize,
    element: Element,
    big_endian: bool,
    sizes: Vec<usize>,
    /// Bytes from one index of a dimension to the next.
    steps: Vec<usize>,
}

impl Numbers {
    /// The array of `sizes` that starts at `start`, its last dimension running fastest and
    /// the least byte of each number first; none if it would go beyond `bytes`.
    pub fn packed(
        bytes: &Rc<Vec<u8>>,
        start: usize,
        element: Element,
        sizes: &[usize],
    ) -> Option<Self> {
        let steps = steps(sizes.iter().rev(), element)?;
        let array = Self {
            bytes: Rc::clone(bytes),
            start,
            element,
            big_endian: false,
            sizes: sizes.to_vec(),
            steps: steps.into_iter().rev().collect(),
        };
        array.is_inside().then_some(array)
    }

    /// The same numbers with their greatest byte first.
    pub fn big_endian(self) -> Self {
        Self {
            big_endian: true,
            ..self
        }
    }

    /// The same numbers with their first dimension running fastest, as Fortran has it.
    pub fn first_fastest(self) -> Self {
        let steps = steps(self.sizes.iter(), self.element);
        Self {
            steps: steps.expect("the same sizes in another order"),
            ..self
        }
    }

    /// The length of each dimension.
    pub fn sizes(&self) -> &[usize] {
        &self.sizes
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        self.sizes.first().copied().unwrap_or(0)
    }

    /// `count` columns, from `first`, of an array with two dimensions.
    pub fn columns(&self, first: usize, count: usize) -> Self {
        Self {
            start: self.start + first * self.steps[1],
            sizes: vec![self.sizes[0], count],
            ..self.clone()
        }
    }

    /// An array with two dimensions whose rows are seen as arrays of `sizes`.
    pub fn reshaped(&self, sizes: &[usize]) -> Self {
        let inner = steps(sizes.iter().rev(), self.element).expect("sizes of a row");
        Self {
            sizes: [&self.sizes[..1], sizes].concat(),
            steps: std::iter::once(self.steps[0])
                .chain(inner.into_iter().rev())
                .collect(),
            ..self.clone()
        }
    }

    /// The numbers of item `index`, its last dimension running fastest.
    pub fn item(&self, index: usize) -> impl Iterator<Item = f64> {
        let steps = self.steps.first().copied().unwrap_or(0);
        let start = self.start + index * steps;
        let count: usize = self.sizes.iter().skip(1).product();
        let mut place = vec![0; self.sizes.len()];
        let mut offset = start;
        (0..count).map(move |_| {
            let number = self.number(offset);
            // To the next place, as the wheels of a counter go.
            for dimension in (1..place.len()).rev() {
                place[dimension] += 1;
                offset += self.steps[dimension];
                if place[dimension] < self.sizes[dimension] {
                    break;
                }
                offset -= self.steps[dimension] * self.sizes[dimension];
                place[dimension] = 0;
            }
            number
        })
    }

    /// The number at `column` of item `row`, of two dimensions or of one, where `f64`
    /// may not have all of its digits.
    pub fn whole(&self, row: usize, column: usize) -> Option<Whole> {
        let places = [row, column].into_iter().zip(&self.steps);
        let offset: usize = places.map(|(at, step)| at * step).sum();
        self.element.whole(self.bytes(self.start + offset))
    }

    fn number(&self, offset: usize) -> f64 {
        if self.element.size() == 1 {
            // Most arrays are of bytes: this is the way of every pixel of MNIST.
            return self
                .element
                .number([self.bytes[offset], 0, 0, 0, 0, 0, 0, 0]);
        }
        self.element.number(self.bytes(offset))
    }

    /// Those of the number at `offset`, the least first.
    fn bytes(&self, offset: usize) -> [u8; 8] {
        let size = self.element.size();
        let mut bytes = [0; 8];
        bytes[..size].copy_from_slice(&self.bytes[offset..offset + size]);
        if self.big_endian {
            bytes[..size].reverse();
        }
        bytes
    }

    fn is_inside(&self) -> bool {
        // Items of nothing could be as many as a header likes.
        let something = self.sizes.iter().skip(1).all(|&size| size > 0);
        let count = self
            .sizes
            .iter()
            .try_fold(1_usize, |n, &s| n.checked_mul(s));
        let length = count.and_then(|count| count.checked_mul(self.element.size()));
        let end = length.and_then(|length| self.start.checked_add(length));
        something && end.is_some_and(|end| end <= self.bytes.len())
    }
}

/// Bytes from one index to the next of each dimension, the fastest first.
fn steps<'a>(sizes: impl Iterator<Item = &'a usize>, element: Element) -> Option<Vec<usize>> {
    let mut step = element.size();
    sizes
        .map(|&size| {
            let this = step;
            step = step.checked_mul(size)?;
            Some(this)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(array: &Numbers, index: usize) -> Vec<f64> {
        array.item(index).collect()
    }

    #[test]
    fn every_type_is_read() {
        let array = |bytes: &[u8], element| {
            let bytes = Rc::new(bytes.to_vec());
            Numbers::packed(&bytes, 0, element, &[bytes.len() / element.size()]).expect("whole")
        };
        assert_eq!(item(&array(&[200], Element::U8), 0), [200.0]);
        assert_eq!(item(&array(&[200], Element::I8), 0), [-56.0]);
        assert_eq!(item(&array(&[1, 2], Element::U16), 0), [513.0]);
        assert_eq!(item(&array(&[1, 2], Element::U16).big_endian(), 0), [258.0]);
        assert_eq!(item(&array(&[255, 255], Element::I16), 0), [-1.0]);
        let four = [254, 255, 255, 255];
        assert_eq!(item(&array(&four, Element::U32), 0), [4_294_967_294.0]);
        assert_eq!(item(&array(&four, Element::I32), 0), [-2.0]);
        assert_eq!(
            item(&array(&[3; 8], Element::U64), 0),
            [0x0303_0303_0303_0303_u64 as f64]
        );
        assert_eq!(
            item(&array(&(-5_i64).to_le_bytes(), Element::I64), 0),
            [-5.0]
        );
        assert_eq!(item(&array(&0.5_f32.to_le_bytes(), Element::F32), 0), [0.5]);
        assert_eq!(
            item(&array(&0.1_f64.to_be_bytes(), Element::F64).big_endian(), 0),
            [0.1]
        );
    }

    #[test]
    fn both_orders_give_the_same_items() {
        let rows = Rc::new((0..12).collect::<Vec<u8>>());
        let last = Numbers::packed(&rows, 0, Element::U8, &[2, 2, 3]).expect("whole");
        assert_eq!(item(&last, 1), [6.0, 7.0, 8.0, 9.0, 10.0, 11.0]);
        let first = last.clone().first_fastest();
        assert_eq!(item(&first, 1), [1.0, 5.0, 9.0, 3.0, 7.0, 11.0]);
    }

    #[test]
    fn what_is_too_short_is_no_array() {
        let bytes = Rc::new(vec![0; 10]);
        assert!(Numbers::packed(&bytes, 4, Element::U16, &[3]).is_some());
        assert!(Numbers::packed(&bytes, 5, Element::U16, &[3]).is_none());
        assert!(Numbers::packed(&bytes, 0, Element::F64, &[usize::MAX, 9]).is_none());
        assert!(Numbers::packed(&bytes, 0, Element::U8, &[usize::MAX, 0]).is_none());
    }
}
