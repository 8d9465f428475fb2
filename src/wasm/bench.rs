//! The yardstick: what this engine's plain SIMD arithmetic can do at most, so that a
//! speed measured beside it says how well the hardware is used.

use super::clock::seconds;
use std::arch::wasm32::{f32x4_add, f32x4_mul, f32x4_splat};
use std::hint::black_box;
use wasm_bindgen::prelude::*;

/// Chains that run side by side: a product and a sum take about six cycles one after
/// the other, and a core starts two of each a cycle. With the two constants they
/// fill the sixteen registers without spilling.
const CHAINS: usize = 12;
const LANES: usize = 4;

/// GFLOP/s of `iterations` rounds of independent products and sums in registers,
/// without any memory: the ceiling of simd128 arithmetic on one core.
#[wasm_bindgen]
pub fn peak_gflops(iterations: u32) -> f64 {
    // x = 0.999 x + 0.001 stays between 0 and 1: neither overflow nor denormal numbers.
    let (factor, summand) = (f32x4_splat(black_box(0.999)), f32x4_splat(black_box(0.001)));
    let mut chains: [_; CHAINS] = std::array::from_fn(|i| f32x4_splat(i as f32 / CHAINS as f32));
    let started = seconds();
    for _ in 0..iterations {
        for x in &mut chains {
            *x = f32x4_add(f32x4_mul(*x, factor), summand);
        }
    }
    let elapsed = seconds() - started;
    black_box(chains);
    let operations = f64::from(iterations) * (CHAINS * LANES * 2) as f64;
    operations / elapsed / 1e9
}
