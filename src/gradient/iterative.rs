//! Iterative node perturbation (INP): a noisy pass for each layer, with noise in
//! that layer only, so that no layer's effect hides another's.
//!
//! E_l = N_l dL⁽ˡ⁾ dA_l⁽ˡ⁾ / ||dA_l⁽ˡ⁾||², from the pass whose noise was in l.

use super::{About, Batch, Rule};
use crate::network::{Change, Gradient, Perturbed};

/// Iterative node perturbation.
pub struct IterativeNodePerturbation;

impl Rule for IterativeNodePerturbation {
    fn about(&self) -> &'static About {
        &About {
            ids: ["inp", "dinp"],
            labels: ["INP", "DINP"],
            title: "Iterative node perturbation",
            words: "Adds noise to one layer at a time, a noisy pass for each, so that the change of the loss belongs to that layer alone.",
            equation: r"E_l = N_l (L - \tilde L) \frac{\delta A_l}{\|\delta A_l\|^2}",
            source: "methods, iterative node perturbation",
            paper: true,
            derivatives: false,
            noisy_baseline: false,
            moves_dead_inputs: false,
        }
    }

    fn noisy_passes(&self, layers: usize) -> usize {
        layers
    }

    fn estimate(&self, batch: &mut Batch<'_>, gradient: &mut Gradient) {
        batch.mean_over_noise(gradient, |batch| {
            for l in 0..batch.layers() {
                batch.run_noisy_pass(Perturbed::Only(l), Change::Difference);
                batch.add_normalised_activity_diff(l..l + 1);
            }
        });
    }
}
