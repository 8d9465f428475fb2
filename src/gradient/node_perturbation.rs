//! Node perturbation (NP): one noisy pass with noise in every layer; noise that
//! lowered the loss is what the units should have done.
//!
//! E_l = eps_l dL / sigma²  (with two noisy passes: (eps2_l - eps1_l) dL / (2 sigma²)).

use super::{Rule, Sample};
use crate::network::Perturbed;

/// Node perturbation.
pub struct NodePerturbation;

impl Rule for NodePerturbation {
    fn name(&self) -> &'static str {
        "np"
    }

    fn title(&self) -> &'static str {
        "Node perturbation"
    }

    fn noisy_passes(&self, _layers: usize) -> usize {
        1
    }

    fn noisy_baseline(&self) -> bool {
        true
    }

    fn add_errors(&self, sample: &mut Sample<'_>) {
        sample.run_noisy_pass(Perturbed::AllLayers);
        for l in 0..sample.network.layers.len() {
            sample.add_noise_times_loss_diff(l);
        }
    }
}
