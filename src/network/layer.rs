//! A fully connected layer.

use super::Activation;
use super::initialisation::he_normal;
use crate::rng::Rng;
use ndarray::{Array1, Array2};
use serde::{Deserialize, Serialize};

/// Layer l: x* = R x, a = W x* + b, x_l = f(a).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Layer {
    /// W, (units N_l, inputs N_{l-1}).
    pub weights: Array2<f32>,
    /// b, (units).
    pub bias: Array1<f32>,
    /// R, (inputs, inputs); none when the algorithm does not decorrelate.
    pub decorrelation: Option<Array2<f32>>,
    /// f.
    pub activation: Activation,
}

impl Layer {
    /// He-normal weights, biases of zero, R = I if `decorrelated`.
    pub fn new(
        inputs: usize,
        units: usize,
        activation: Activation,
        decorrelated: bool,
        rng: &mut Rng,
    ) -> Self {
        Self {
            weights: he_normal(units, inputs, rng),
            bias: Array1::zeros(units),
            decorrelation: decorrelated.then(|| Array2::eye(inputs)),
            activation,
        }
    }

    /// N_{l-1}.
    pub fn inputs(&self) -> usize {
        self.weights.ncols()
    }

    /// N_l.
    pub fn units(&self) -> usize {
        self.weights.nrows()
    }
}
