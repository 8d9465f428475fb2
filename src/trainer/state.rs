//! Everything that changes while a run goes on, and what it was started from.

use crate::config::Rates;
use crate::metrics::{History, Status};
use crate::network::Layer;
use crate::optimizer::Optimizer;
use ndarray::Array2;
use serde::{Deserialize, Serialize};

/// The state of a run. A checkpoint holds it and the layers.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct State {
    pub config: String,
    pub algorithm: String,
    pub seed: u32,
    /// Of the last update.
    pub rates: Rates,
    pub pixels: Vec<u16>,
    /// Matrices of the rule's own.
    pub rule: Vec<Array2<f32>>,
    pub optimizer: Optimizer,
    pub phase: Phase,
    pub epoch: u32,
    pub step: u32,
    pub sums: Sums,
    pub forward_passes: u64,
    pub multiply_adds: u64,
    pub seconds: f64,
    pub history: History,
    pub status: Status,
}

/// What a checkpoint is read as; written, both are borrowed.
pub(super) type Checkpoint = (State, Vec<Layer>);

/// The next piece of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Phase {
    /// A mini-batch, from this position of the epoch's order.
    Train { from: usize },
    /// A chunk of the test set, from this image.
    Evaluate { from: usize },
    /// The measurements on the probe batch, which end the epoch.
    Probe,
}

/// Loss and right answers summed over an epoch's batches and over the test set.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub(super) struct Sums {
    pub train_loss: f64,
    pub train_correct: usize,
    pub test_loss: f64,
    pub test_correct: usize,
}
