//! Backpropagation (BP): the exact gradient.
//!
//! E_L = - dL/dA_L;  E_{l-1} = ((E_l W_l) R_l) f'(A_{l-1})  for l = L..2.

use super::{About, Batch, Rule};
use crate::network::Gradient;

/// Backpropagation.
pub struct Backprop;

impl Rule for Backprop {
    fn about(&self) -> &'static About {
        &About {
            ids: ["bp", "dbp"],
            labels: ["BP", "DBP"],
            title: "Backpropagation",
            words: "Sends the exact error backwards through every layer: the rule to compare with.",
            equation: r"E_l = -\frac{\partial L}{\partial A_l}",
            source: "",
            paper: true,
            derivatives: true,
            noisy_baseline: false,
            moves_dead_inputs: false,
        }
    }

    fn noisy_passes(&self, _layers: usize) -> usize {
        0
    }

    fn estimate(&self, batch: &mut Batch<'_>, gradient: &mut Gradient) {
        batch.exactly(gradient, |batch| {
            batch.write_output_error();
            (1..batch.layers())
                .rev()
                .for_each(|l| batch.backpropagate(l));
        });
    }
}
