//! The few kernels worth tuning. The only place for `unsafe`.
//!
//! Every result is a fixed sequence of IEEE operations: sums run in one order,
//! multiplication and addition are never fused, no function of the host is
//! called. So wasm and native code give the same bits.
//!
//! Unless the build has relaxed SIMD ([`FUSES`]): then a product and its sum are one
//! operation where the processor has it, and the bits depend on the processor.

mod gemm;
pub mod math;
mod part;
mod pieces;
mod simd;
mod sparse;

pub use gemm::Gemm;
pub use part::{block, block_mut, col_range, col_range_mut, row_range, row_range_mut};
pub use pieces::{NUMBER, Pieces};
pub use simd::rotate_left;
pub use sparse::{Entry, SparseColumns, SparseRows};

use crate::error::{Error, Problem, Result};
use ndarray::{ArrayView1, ArrayView2, ArrayViewMut2};
use serde::{Deserialize, Serialize};

/// Whether products and sums may be fused: the build with relaxed SIMD.
pub const FUSES: bool = cfg!(all(target_arch = "wasm32", target_feature = "relaxed-simd"));

/// How the matrix products round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arithmetic {
    /// After each product and each sum: the same bits in every browser and natively.
    Exact,
    /// By relaxed SIMD, once for a product and its sum where the processor can: faster, with
    /// bits that depend on the processor. For browsers only.
    Fast,
}

impl Arithmetic {
    /// What this build computes with.
    pub const BUILT: Self = match FUSES {
        false => Self::Exact,
        true => Self::Fast,
    };

    /// # Errors
    /// [`Error::Config`] if this build computes otherwise: a result says how it was computed.
    pub fn require(self) -> Result<()> {
        if self == Self::BUILT {
            return Ok(());
        }
        let allowed = match Self::BUILT {
            Self::Exact => "exact (fast is the arithmetic of browsers with relaxed SIMD)",
            Self::Fast => "fast (this is the build with relaxed SIMD)",
        };
        Err(Error::Config(vec![Problem::new(
            "arithmetic",
            &serde_json::json!(self),
            allowed,
        )]))
    }
}

/// The rows of a matrix that lie one behind the other, as slices: for loops over rows of
/// ten numbers, in which views would cost more than the numbers.
///
/// # Panics
/// If they lie otherwise, or have no numbers.
pub fn rows<'a>(matrix: &'a ArrayView2<f32>) -> impl Iterator<Item = &'a [f32]> {
    let numbers = matrix.as_slice().expect("rows one behind the other");
    numbers.chunks_exact(matrix.ncols())
}

/// The same, to be written.
///
/// # Panics
/// As [`rows`].
pub fn rows_mut<'a>(matrix: &'a mut ArrayViewMut2<f32>) -> impl Iterator<Item = &'a mut [f32]> {
    let cols = matrix.ncols();
    let numbers = matrix.as_slice_mut().expect("rows one behind the other");
    numbers.chunks_exact_mut(cols)
}

/// All numbers of a matrix whose rows lie one behind the other.
///
/// # Panics
/// If they lie otherwise.
#[inline(never)]
pub fn numbers(matrix: ArrayView2<'_, f32>) -> &[f32] {
    matrix.to_slice().expect("rows one behind the other")
}

/// The same, to be written.
///
/// # Panics
/// As [`numbers`].
#[inline(never)]
pub fn numbers_mut(matrix: ArrayViewMut2<'_, f32>) -> &mut [f32] {
    matrix.into_slice().expect("rows one behind the other")
}

/// Every row of a matrix becomes `row`.
///
/// # Panics
/// As [`rows`].
#[inline(never)]
pub fn fill_rows(mut matrix: ArrayViewMut2<f32>, row: &[f32]) {
    rows_mut(&mut matrix).for_each(|out| out.copy_from_slice(row));
}

/// out += factor b.
///
/// # Panics
/// As [`numbers`].
#[inline(never)]
pub fn add_scaled(out: ArrayViewMut2<f32>, factor: f32, b: ArrayView2<f32>) {
    let sums = numbers_mut(out).iter_mut().zip(numbers(b));
    sums.for_each(|(out, b)| *out += factor * b);
}

/// All numbers of a matrix that fills its piece of memory, in the order in which they lie there.
/// One of no numbers, as of images without a lit pixel, has no order.
///
/// # Panics
/// If there are gaps between them.
#[inline(never)]
pub fn in_memory(matrix: ArrayView2<'_, f32>) -> &[f32] {
    if matrix.is_empty() {
        return &[];
    }
    matrix.to_slice_memory_order().expect("no gaps in memory")
}

/// The same, to be written.
///
/// # Panics
/// As [`in_memory`].
#[inline(never)]
pub fn in_memory_mut(matrix: ArrayViewMut2<'_, f32>) -> &mut [f32] {
    if matrix.is_empty() {
        return &mut [];
    }
    matrix.into_slice_memory_order().expect("no gaps in memory")
}

/// Whether no number is infinite or NaN.
pub fn all_finite(values: ArrayView2<f32>) -> bool {
    let largest = |column: ArrayView1<f32>| {
        let mut largest = Largest::default();
        match column.to_slice() {
            Some(column) => column.iter().for_each(|x| largest.see(*x)),
            None => column.iter().for_each(|x| largest.see(*x)),
        }
        largest
    };
    let mut columns = values.columns().into_iter();
    columns.all(|column| largest(column).is_finite())
}

/// The largest magnitude seen, as bits: infinite and NaN are those, and only those,
/// that have all bits of the exponent set. A maximum of integers, so that it becomes SIMD.
#[derive(Debug, Clone, Copy, Default)]
pub struct Largest(i32);

impl Largest {
    /// Takes notice of `x`.
    #[inline(always)]
    pub fn see(&mut self, x: f32) {
        self.0 = self.0.max((x.to_bits() & 0x7fff_ffff) as i32);
    }

    /// Whether nothing that was seen is infinite or NaN.
    pub fn is_finite(self) -> bool {
        self.0 < 0x7f80_0000
    }
}

/// sum x², in eight sums side by side, which become SIMD, and are added up in the end.
pub fn sum_of_squares(values: &[f32]) -> f32 {
    const SUMS: usize = 8;
    let mut sums = [0.0_f32; SUMS];
    let mut chunks = values.chunks_exact(SUMS);
    for chunk in &mut chunks {
        for (sum, x) in sums.iter_mut().zip(chunk) {
            *sum += x * x;
        }
    }
    for (sum, x) in sums.iter_mut().zip(chunks.remainder()) {
        *sum += x * x;
    }
    sums.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Array2;

    #[test]
    fn sums_of_squares_are_right_at_every_length() {
        for len in 0..40_u32 {
            let values: Vec<f32> = (0..len).map(|x| x as f32).collect();
            let wanted: u32 = (0..len).map(|x| x * x).sum();
            assert_eq!(sum_of_squares(&values), wanted as f32);
        }
    }

    #[test]
    fn what_is_not_finite_is_seen() {
        for (x, finite) in [
            (0.0, true),
            (-f32::MAX, true),
            (f32::NEG_INFINITY, false),
            (f32::NAN, false),
        ] {
            let values = Array2::from_shape_fn((3, 5), |at| if at == (1, 4) { x } else { 1.0 });
            assert_eq!(all_finite(values.view()), finite, "{x}");
            assert_eq!(all_finite(values.t()), finite, "{x}");
        }
    }
}
