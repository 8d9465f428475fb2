//! The scenes: a network of two weights, and the samples that it learns.

use super::Point;
use crate::activation::Activation;
use crate::error::{Error, Problem, Result};
use crate::loss::{Loss, LossKind};
use crate::network::{Layer, Network, Pass};
use crate::rng::{Rng, Stream};
use ndarray::{Array1, Array2, ArrayView1, array};
use serde_json::json;

const SQUARED_ERROR: Loss = Loss {
    kind: LossKind::Mse,
    output: Activation::Linear,
};

/// How many samples there are where there is a cloud of them.
const CLOUD: usize = 48;
/// Correlation of the two pixels.
const CORRELATION: f32 = 0.9;
/// What the two pixels together have to pass for the threshold to say yes.
const BAR: f32 = 0.5;
/// Samples that the threshold tells apart.
const TOLD_APART: usize = 12;

/// What is learned with two weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scene {
    /// Two units that see one lit pixel, with a weight each: noise on the units is noise
    /// on the weights.
    TwoUnits,
    /// One unit that sees two pixels, which vary together.
    TwoPixels,
    /// One unit with a hard threshold that sees two pixels; what it says is the answer.
    Threshold,
}

impl Scene {
    const ALL: [Self; 3] = [Self::TwoUnits, Self::TwoPixels, Self::Threshold];

    /// The scene called so.
    ///
    /// # Errors
    /// [`Error::Config`] if there is none.
    pub fn named(name: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|scene| scene.name() == name);
        found.ok_or_else(|| {
            let names = Self::ALL.map(Self::name).join(", ");
            let allowed = format!("one of {names}");
            Error::Config(vec![Problem::new("scene", &json!(name), allowed)])
        })
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::TwoUnits => "two-units",
            Self::TwoPixels => "two-pixels",
            Self::Threshold => "threshold",
        }
    }

    /// sigma of the noise.
    pub(super) fn noise_std(self) -> f32 {
        match self {
            Self::TwoUnits => 0.1,
            Self::TwoPixels => 0.1,
            Self::Threshold => 0.5,
        }
    }

    /// Noise samples an update, K.
    pub(super) fn draws(self) -> usize {
        match self {
            Self::TwoUnits | Self::TwoPixels => 1,
            Self::Threshold => 8,
        }
    }

    /// Where the weights begin.
    fn start(self) -> Point {
        match self {
            Self::TwoUnits => [-0.8, 0.7],
            Self::TwoPixels => [-0.75, 0.55],
            Self::Threshold => [-0.6, 0.9],
        }
    }

    /// The weights that have no loss.
    pub fn goal(self) -> Point {
        match self {
            Self::TwoUnits => [0.6, -0.3],
            Self::TwoPixels => [0.6, -0.3],
            Self::Threshold => [0.9, -0.4],
        }
    }

    /// The network at the start.
    pub(super) fn network(self, decorrelated: bool) -> Network {
        let [first, second] = self.start();
        let layer = |weights: Array2<f32>, bias, activation| {
            let r = decorrelated.then(|| Array2::eye(weights.ncols()));
            let bias = Array1::from_elem(weights.nrows(), bias);
            Layer::from_parts(&weights, bias, r.as_ref(), activation)
        };
        let layers = match self {
            Self::TwoUnits => vec![layer(array![[first], [second]], 0.0, Activation::Linear)],
            Self::TwoPixels => vec![layer(array![[first, second]], 0.0, Activation::Linear)],
            Self::Threshold => vec![
                layer(array![[first, second]], -BAR, Activation::Step),
                layer(array![[1.0]], 0.0, Activation::Linear),
            ],
        };
        Network {
            layers,
            loss: SQUARED_ERROR,
        }
    }

    /// A pass that holds the samples, and what they should be answered with.
    pub(super) fn pass(self, network: &Network, seed: u32) -> Pass {
        let samples = self.samples(seed);
        let mut pass = Pass::new(network, samples.nrows(), false);
        let (mut input, mut targets) = pass.start(samples.nrows());
        input.assign(&samples);
        let [first, second] = self.goal();
        for (sample, mut target) in samples.rows().into_iter().zip(targets.rows_mut()) {
            match self {
                Self::TwoUnits => target.assign(&array![first, second]),
                Self::TwoPixels => target[0] = first * sample[0] + second * sample[1],
                Self::Threshold => {
                    let above = first * sample[0] + second * sample[1] > BAR;
                    target[0] = if above { 1.0 } else { 0.0 };
                }
            }
        }
        pass
    }

    /// Where the answers change: of each sample [x, y, c], so that its answer is wrong at all
    /// weights (w, v) with x w + y v > c. None where answers change smoothly.
    pub(super) fn edges(self, seed: u32) -> Vec<[f32; 3]> {
        if self != Self::Threshold {
            return Vec::new();
        }
        let [first, second] = self.goal();
        let edge = |sample: ArrayView1<f32>| {
            let right = first * sample[0] + second * sample[1] > BAR;
            let away = if right { -1.0 } else { 1.0 };
            [sample[0], sample[1], BAR].map(|number| away * number)
        };
        self.samples(seed).rows().into_iter().map(edge).collect()
    }

    fn samples(self, seed: u32) -> Array2<f32> {
        let mut rng = Rng::new(seed, Stream::Subset);
        match self {
            Self::TwoUnits => array![[1.0]],
            Self::TwoPixels => {
                let mut cloud = rng.normal_matrix(CLOUD, 2, 1.0);
                let own = (1.0 - CORRELATION * CORRELATION).sqrt();
                for mut sample in cloud.rows_mut() {
                    sample[1] = CORRELATION * sample[0] + own * sample[1];
                }
                cloud
            }
            Self::Threshold => rng.normal_matrix(TOLD_APART, 2, 1.0),
        }
    }
}
