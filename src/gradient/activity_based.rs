//! Activity-based node perturbation (ANP): one noisy pass with noise in every
//! layer; what the units did, not the noise they were given, takes the credit.
//! The noise itself is never read.
//!
//! E_l = N dL dA_l / ||dA||², N units and the norm over all layers.

use super::{About, Batch, Rule};
use crate::network::{Change, Gradient, Perturbed};

/// Activity-based node perturbation.
pub struct ActivityBasedNodePerturbation;

impl Rule for ActivityBasedNodePerturbation {
    fn about(&self) -> &'static About {
        &About {
            ids: ["anp", "danp"],
            labels: ["ANP", "DANP"],
            title: "Activity-based node perturbation",
            words: "Like node perturbation, but looks at how far each unit's activity moved; it never reads the noise.",
            equation: r"E_l = N (L - \tilde L) \frac{\delta A_l}{\|\delta A\|^2}",
            source: "methods, activity-based node perturbation",
            paper: true,
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
            batch.run_noisy_pass(Perturbed::AllLayers, Change::Difference);
            batch.add_normalised_activity_diff(0..batch.layers());
        });
    }
}
