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
pub use sparse::SparseRows;

/// Whether no number is infinite or NaN: those, and only those, have all bits of
/// the exponent set. A maximum of integers, so that it becomes SIMD.
pub fn all_finite(values: &[f32]) -> bool {
    let magnitude = |x: &f32| (x.to_bits() & 0x7fff_ffff) as i32;
    values.iter().map(magnitude).fold(0, i32::max) < 0x7f80_0000
}
