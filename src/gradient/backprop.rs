//! Backpropagation (BP): the exact gradient.
//!
//! E_L = - dL/dA_L;  E_{l-1} = ((E_l W_l) R_l) f'(A_{l-1})  for l = L..2.

use super::{Rule, Sample};
use ndarray::s;

/// Backpropagation.
pub struct Backprop;

impl Rule for Backprop {
    fn name(&self) -> &'static str {
        "bp"
    }

    fn title(&self) -> &'static str {
        "Backpropagation"
    }

    fn noisy_passes(&self, _layers: usize) -> usize {
        0
    }

    fn noisy_baseline(&self) -> bool {
        false
    }

    fn add_errors(&self, sample: &mut Sample<'_>) {
        let (network, pass) = (sample.network, sample.baseline);
        let last = network.layers.len() - 1;
        let error = sample.errors[last].slice_mut(s![..pass.rows(), ..]);
        network.loss.error(pass.output(), pass.targets(), error);
        for l in (1..=last).rev() {
            sample.backpropagate(l);
        }
    }
}
