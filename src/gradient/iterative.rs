//! Iterative node perturbation (INP): a noisy pass for each layer, with noise in
//! that layer only, so that no layer's effect hides another's.
//!
//! E_l = N_l dL⁽ˡ⁾ dA_l⁽ˡ⁾ / ||dA_l⁽ˡ⁾||², from the pass whose noise was in l.

use super::{Rule, Sample};
use crate::network::Perturbed;

/// Iterative node perturbation.
pub struct IterativeNodePerturbation;

impl Rule for IterativeNodePerturbation {
    fn name(&self) -> &'static str {
        "inp"
    }

    fn title(&self) -> &'static str {
        "Iterative node perturbation"
    }

    fn noisy_passes(&self, layers: usize) -> usize {
        layers
    }

    fn noisy_baseline(&self) -> bool {
        false
    }

    fn add_errors(&self, sample: &mut Sample<'_>) {
        for l in 0..sample.network.layers.len() {
            sample.run_noisy_pass(Perturbed::Only(l));
            sample.add_normalised_activity_diff(l..l + 1);
        }
    }
}
