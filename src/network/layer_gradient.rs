//! The gradient of a layer's weights and biases, or anything of their shape.

use super::LayerInput;
use crate::linalg::Gemm;
use ndarray::{Array1, Array2, ArrayView2, ArrayViewMut2, Axis};
use serde::{Deserialize, Serialize};

/// The gradient of one layer, or something of its shape: weight noise, a mean of Adam.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LayerGradient {
    /// gW, (units, live inputs); column-major in memory, as the weights are.
    pub weights: Array2<f32>,
    /// gb, (units).
    pub bias: Array1<f32>,
}

/// The gradient of every layer.
pub type Gradient = Vec<LayerGradient>;

impl LayerGradient {
    /// Weights and biases, the latter as (1, units).
    pub fn parameters(&self) -> [ArrayView2<'_, f32>; 2] {
        [self.weights.view(), self.bias.view().insert_axis(Axis(0))]
    }

    /// X* gWᵀ + gb: as noise of the weights, what reaches each unit, (rows, units).
    pub(crate) fn reached(&self, x_star: LayerInput<'_>) -> Array2<f32> {
        let (rows, units) = (x_star.dim().0, self.bias.len());
        let mut out = Array2::zeros((rows, units));
        out.view_mut().assign(&self.bias);
        x_star.times(self.weights.t(), 1.0, out.view_mut(), &mut Gemm::default());
        out
    }

    /// Whether it has the shape of `other`.
    pub(crate) fn has_shape_of(&self, other: &Self) -> bool {
        self.weights.dim() == other.weights.dim() && self.bias.len() == other.bias.len()
    }

    /// The same, to be written.
    pub fn parameters_mut(&mut self) -> [ArrayViewMut2<'_, f32>; 2] {
        [
            self.weights.view_mut(),
            self.bias.view_mut().insert_axis(Axis(0)),
        ]
    }
}
