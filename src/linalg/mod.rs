//! The few kernels worth tuning. The only place for `unsafe`.
//!
//! Every result is a fixed sequence of IEEE operations: sums run in one order,
//! multiplication and addition are never fused, no function of the host is
//! called. So wasm and native code give the same bits.

mod gemm;
pub mod math;
mod simd;
mod sparse;

pub use gemm::Gemm;
pub use sparse::{Entry, SparseRows};

use ndarray::{ArrayView1, ArrayView2};

/// Whether no number is infinite or NaN: those, and only those, have all bits of
/// the exponent set. A maximum of integers, so that it becomes SIMD.
pub fn all_finite(values: ArrayView2<f32>) -> bool {
    let largest = |column: ArrayView1<f32>| {
        let magnitude = |x: &f32| (x.to_bits() & 0x7fff_ffff) as i32;
        match column.to_slice() {
            Some(column) => column.iter().map(magnitude).fold(0, i32::max),
            None => column.iter().map(magnitude).fold(0, i32::max),
        }
    };
    values
        .columns()
        .into_iter()
        .all(|column| largest(column) < 0x7f80_0000)
}
