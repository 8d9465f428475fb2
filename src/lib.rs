//! Learning without backpropagation: node perturbation and its relatives.
//!
//! (to come)

pub mod algorithm;
pub mod checkpoint;
pub mod config;
pub mod dataset;
pub mod decorrelation;
pub mod diagnostics;
pub mod error;
pub mod gradient;
pub mod linalg;
pub mod loss;
pub mod metrics;
pub mod network;
pub mod optimizer;
pub mod rng;
pub mod trainer;
#[cfg(target_arch = "wasm32")]
mod wasm;

pub use error::{Error, Result};
