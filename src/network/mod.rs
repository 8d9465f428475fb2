//! The multi-layer network: layers, their activations, and passes through them.

mod initialisation;
mod input;
mod layer;
mod layer_gradient;
mod noisy_pass;
mod pass;

pub use input::{LayerInput, Lists};
pub use layer::Layer;
pub(crate) use layer::column_major;
pub use layer_gradient::{Gradient, LayerGradient};
pub use noisy_pass::{Change, NoisyPass, Perturbed};
pub use pass::Pass;

use crate::activation::Activation;
use crate::linalg::Gemm;
use crate::loss::Loss;
use crate::rng::Rng;

/// A network of fully connected layers and the loss at its end.
#[derive(Debug, Clone, PartialEq)]
pub struct Network {
    /// The layers 1..=L, input side first.
    pub layers: Vec<Layer>,
    /// The loss of a sample.
    pub loss: Loss,
}

impl Network {
    /// A network of `sizes` = [N_0, ..., N_L] units with He-normal weights,
    /// biases of zero and, if `decorrelated`, R = I in every layer.
    pub fn new(
        sizes: &[usize],
        hidden: Activation,
        loss: Loss,
        decorrelated: bool,
        rng: &mut Rng,
    ) -> Self {
        let last = sizes.len() - 2;
        let layer = |(l, pair): (usize, &[usize])| {
            let activation = if l == last { loss.output } else { hidden };
            Layer::new(pair[0], pair[1], activation, decorrelated, rng)
        };
        Self {
            layers: sizes.windows(2).enumerate().map(layer).collect(),
            loss,
        }
    }

    /// Units of every layer, the input first: [N_0, ..., N_L].
    pub fn sizes(&self) -> Vec<usize> {
        let inputs = self.layers.first().map(Layer::inputs);
        inputs
            .into_iter()
            .chain(self.layers.iter().map(Layer::units))
            .collect()
    }

    /// N = N_1 + ... + N_L: the units that receive noise, the output layer's included.
    pub fn noisy_units(&self) -> usize {
        self.layers.iter().map(Layer::units).sum()
    }

    /// A gradient of zeros.
    pub fn zero_gradient(&self) -> Gradient {
        self.layers.iter().map(Layer::zero_gradient).collect()
    }

    /// A forward pass over the samples that `pass` holds: decorrelated inputs,
    /// pre-activations, activations and losses of every layer and sample. A pass
    /// with noise of its own adds it to every pre-activation.
    pub fn forward(&self, pass: &mut Pass, gemm: &mut Gemm) {
        pass.run(self, gemm);
    }
}
