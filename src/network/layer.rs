//! A fully connected layer.

use super::Activation;
use super::initialisation::he_normal;
use crate::rng::Rng;
use ndarray::{Array1, Array2, Axis, ShapeBuilder};
use serde::{Deserialize, Serialize};

/// Layer l: x* = R x, a = W x* + b, x_l = f(a).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Layer {
    /// W, (units N_l, inputs N_{l-1}); column-major in memory.
    pub weights: Array2<f32>,
    /// b, (units).
    pub bias: Array1<f32>,
    /// R, (inputs, inputs); column-major in memory; none when the algorithm does not decorrelate.
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
            decorrelation: decorrelated.then(|| column_major(&Array2::eye(inputs))),
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

    /// The same layer with its matrices in memory as the kernels want them.
    pub(crate) fn column_major(mut self) -> Self {
        self.weights = column_major(&self.weights);
        self.decorrelation = self.decorrelation.as_ref().map(column_major);
        self
    }

    /// Puts the inputs into another order: what input `order[i]` was, input i becomes.
    pub fn permute_inputs(&mut self, order: &[usize]) {
        self.weights = column_major(&self.weights.select(Axis(1), order));
        if let Some(r) = &mut self.decorrelation {
            *r = column_major(&r.select(Axis(0), order).select(Axis(1), order));
        }
    }
}

/// The same matrix with its columns one behind the other in memory.
pub(crate) fn column_major(matrix: &Array2<f32>) -> Array2<f32> {
    let mut copy = Array2::zeros(matrix.raw_dim().f());
    copy.assign(matrix);
    copy
}
