//! Direct feedback alignment: the error of the output goes to every hidden layer straight,
//! through a fixed random matrix D_l of its own (Nokland, 2016).
//!
//! E_L = - dL/dA_L;  E_l = (E_L D_l) f'(A_l)  for l < L, D_l ~ N(0, 1 / N_L).

use super::{About, Batch, Rule};
use crate::network::{Gradient, Network};
use crate::rng::Rng;
use ndarray::Array2;

/// Direct feedback alignment.
pub struct DirectFeedbackAlignment;

impl Rule for DirectFeedbackAlignment {
    fn about(&self) -> &'static About {
        &About {
            ids: ["direct_fa", "d-direct_fa"],
            labels: ["Direct FA", "D-Direct FA"],
            title: "Direct feedback alignment",
            words: "Sends the error of the output straight to every hidden layer, each through a fixed random matrix of its own.",
            equation: r"E_l = E_L D_l f'(A_l)",
            source: "Nøkland, 2016",
            paper: false,
            derivatives: true,
            noisy_baseline: false,
            moves_dead_inputs: false,
        }
    }

    fn noisy_passes(&self, _layers: usize) -> usize {
        0
    }

    /// D_l, (N_L, N_l), of every hidden layer.
    fn init(&self, network: &Network, rng: &mut Rng) -> Vec<Array2<f32>> {
        let sizes = network.sizes();
        let (outputs, hidden) = (sizes[sizes.len() - 1], &sizes[1..sizes.len() - 1]);
        let std = 1.0 / (outputs as f32).sqrt();
        hidden
            .iter()
            .map(|&units| rng.normal_matrix(outputs, units, std))
            .collect()
    }

    fn own_numbers(&self, hidden: &[usize], classes: usize) -> usize {
        classes * hidden.iter().sum::<usize>()
    }

    fn estimate(&self, batch: &mut Batch<'_>, gradient: &mut Gradient) {
        batch.exactly(gradient, |batch| {
            let last = batch.layers() - 1;
            batch.write_output_error();
            for (l, feedback) in batch.state.iter().enumerate() {
                batch.send_back(last, l, feedback);
            }
        });
    }
}
