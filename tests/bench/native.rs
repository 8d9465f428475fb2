//! `npm run bench:native`: the kernels and whole updates, without a browser.

#[cfg(not(target_arch = "wasm32"))]
#[path = "native/kernels.rs"]
mod kernels;
#[cfg(not(target_arch = "wasm32"))]
#[path = "native/updates.rs"]
mod updates;

#[cfg(not(target_arch = "wasm32"))]
criterion::criterion_main!(kernels::benches, updates::benches);

/// In wasm the browser's benchmarks measure.
#[cfg(target_arch = "wasm32")]
fn main() {}
