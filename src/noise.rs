//! Where the noise of the noisy passes comes from.

use crate::rng::Rng;
use ndarray::ArrayViewMut2;
use serde::{Deserialize, Serialize};

/// The distribution of the noise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoiseKind {
    /// N(0, noise_std²).
    Gaussian,
    /// noise_std or -noise_std, each equally likely.
    Rademacher,
}

/// What noise is added to, in a layer counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Site {
    /// The pre-activations, (batch, units).
    Units(usize),
    /// The weights, (inputs, units): Wᵀ, as it lies in memory.
    Weights(usize),
    /// The biases, (1, units).
    Biases(usize),
}

/// A source of noise.
pub trait NoiseSource {
    /// Fills `out` with fresh noise for `site`, which tells its shape; its rows lie one
    /// behind the other.
    fn fill(&mut self, site: Site, out: ArrayViewMut2<f32>);
}

/// Noise from a stream of random numbers, of standard deviation `std`.
#[derive(Debug, Clone)]
pub struct SeededNoise {
    /// The stream.
    pub rng: Rng,
    /// Its distribution.
    pub kind: NoiseKind,
    /// sigma.
    pub std: f32,
}

impl NoiseSource for SeededNoise {
    fn fill(&mut self, _site: Site, mut out: ArrayViewMut2<f32>) {
        let out = out
            .as_slice_mut()
            .expect("the rows of a noise buffer lie one behind the other");
        match self.kind {
            NoiseKind::Gaussian => self.rng.fill_normal(out, self.std),
            NoiseKind::Rademacher => self.rng.fill_rademacher(out, self.std),
        }
    }
}
