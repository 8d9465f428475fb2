//! Forward gradient (FG) with perturbed activities: the exact derivative of each sample's
//! loss along the noise, by one pass of tangents (Baydin et al., 2022; Ren et al., 2022).
//!
//! E_l = -v_l j, v = eps / sigma, j the derivative of the loss along v. It is what node
//! perturbation tends to as sigma goes to 0: its error with dL = -j sigma.

use super::{About, Batch, Rule};
use crate::network::{Change, Gradient, Perturbed};

/// Forward gradient.
pub struct ForwardGradient;

impl Rule for ForwardGradient {
    fn about(&self) -> &'static About {
        &About {
            ids: ["fg", "dfg"],
            labels: ["FG", "DFG"],
            title: "Forward gradient",
            words: "Asks by derivatives how the loss would change along the noise: node perturbation without the error of a finite step.",
            equation: r"E_l = -v_l \frac{\partial L}{\partial v}",
            source: "Baydin et al., 2022; Ren et al., 2022",
            paper: false,
            derivatives: true,
            noisy_baseline: false,
            moves_dead_inputs: false,
        }
    }

    fn noisy_passes(&self, _layers: usize) -> usize {
        1
    }

    fn estimate(&self, batch: &mut Batch<'_>, gradient: &mut Gradient) {
        batch.mean_over_noise(gradient, |batch| {
            batch.run_noisy_pass(Perturbed::AllLayers, Change::Tangent);
            batch.add_noise_times_loss_diff(0..batch.layers());
        });
    }
}
