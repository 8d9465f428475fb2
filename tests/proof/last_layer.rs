//! Node perturbation of the last layer alone: the layers below keep their first
//! weights. A rule for a test, which shows that a rule is one file and one line.
//!
//! E_L = eps_L dL / sigma², and E_l = 0 below.

use super::{About, Batch, Rule};
use crate::network::{Change, Gradient, Perturbed};

/// Node perturbation of the last layer.
pub struct LastLayer;

impl Rule for LastLayer {
    fn about(&self) -> &'static About {
        &About {
            ids: ["last_layer", "d-last_layer"],
            labels: ["LAST", "D-LAST"],
            title: "Last-layer perturbation",
            words: "Adds noise to the last layer alone & leaves all others as they are.",
            equation: r"E_L = \varepsilon_L \frac{L - \tilde L}{\sigma^2}",
            source: "The tests of this page.",
            paper: false,
            derivatives: false,
            noisy_baseline: true,
            moves_dead_inputs: false,
        }
    }

    fn noisy_passes(&self, _layers: usize) -> usize {
        1
    }

    fn estimate(&self, batch: &mut Batch<'_>, gradient: &mut Gradient) {
        batch.mean_over_noise(gradient, |batch| {
            let last = batch.layers() - 1;
            batch.run_noisy_pass(Perturbed::Only(last), Change::Difference);
            batch.add_noise_times_loss_diff(last..last + 1);
        });
    }
}
