//! Node perturbation (NP): one noisy pass with noise in every layer; noise that
//! lowered the loss is what the units should have done.
//!
//! E_l = eps_l dL / sigma²  (with two noisy passes: (eps2_l - eps1_l) dL / (2 sigma²)).

use super::{About, Batch, Rule};
use crate::network::{Change, Gradient, Perturbed};

/// Node perturbation.
pub struct NodePerturbation;

impl Rule for NodePerturbation {
    fn about(&self) -> &'static About {
        &About {
            ids: ["np", "dnp"],
            labels: ["NP", "DNP"],
            title: "Node perturbation",
            words: "Adds noise to every unit at once, and credits each unit's noise with the change of the loss.",
            equation: r"E_l = \varepsilon_l \frac{L - \tilde L}{\sigma^2}",
            source: "methods, node perturbation",
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
            batch.add_noise_times_loss_diff(0..batch.layers());
        });
    }
}
