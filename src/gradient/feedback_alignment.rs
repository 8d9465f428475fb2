//! Feedback alignment (FA): backpropagation with fixed random matrices B_l in the place of
//! W_l R_l on the way back (Lillicrap et al., 2016).
//!
//! E_L = - dL/dA_L;  E_{l-1} = (E_l B_l) f'(A_{l-1})  for l = L..2, B_l ~ N(0, 1 / N_{l-1}).

use super::{About, Batch, Rule};
use crate::network::{Gradient, Network};
use crate::rng::Rng;
use ndarray::Array2;

/// Feedback alignment.
pub struct FeedbackAlignment;

impl Rule for FeedbackAlignment {
    fn about(&self) -> &'static About {
        &About {
            ids: ["fa", "d-fa"],
            labels: ["FA", "D-FA"],
            title: "Feedback alignment",
            words: "Sends the error backwards through fixed random matrices; the weights learn to agree with them.",
            equation: r"E_{l-1} = E_l B_l f'(A_{l-1})",
            source: "Lillicrap et al., 2016",
            paper: false,
            derivatives: true,
            noisy_baseline: false,
            moves_dead_inputs: false,
        }
    }

    fn noisy_passes(&self, _layers: usize) -> usize {
        0
    }

    /// B_l, (N_l, N_{l-1}), of every layer but the first.
    fn init(&self, network: &Network, rng: &mut Rng) -> Vec<Array2<f32>> {
        let sizes = network.sizes();
        let layers = sizes[1..].windows(2);
        layers
            .map(|pair| rng.normal_matrix(pair[1], pair[0], 1.0 / (pair[0] as f32).sqrt()))
            .collect()
    }

    fn own_numbers(&self, hidden: &[usize], classes: usize) -> usize {
        let above = hidden.iter().skip(1).chain([&classes]);
        hidden.iter().zip(above).map(|(n, m)| n * m).sum()
    }

    fn estimate(&self, batch: &mut Batch<'_>, gradient: &mut Gradient) {
        batch.exactly(gradient, |batch| {
            batch.write_output_error();
            for (l, feedback) in batch.state.iter().enumerate().rev() {
                batch.send_back(l + 1, l, feedback);
            }
        });
    }
}
