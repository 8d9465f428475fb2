//! Activity-based node perturbation (ANP): one noisy pass with noise in every
//! layer; what the units did, not the noise they were given, takes the credit.
//! The noise itself is never read.
//!
//! E_l = N dL dA_l / ||dA||², N units and the norm over all layers.

use super::{Rule, Sample};
use crate::network::Perturbed;

/// Activity-based node perturbation.
pub struct ActivityBasedNodePerturbation;

impl Rule for ActivityBasedNodePerturbation {
    fn name(&self) -> &'static str {
        "anp"
    }

    fn title(&self) -> &'static str {
        "Activity-based node perturbation"
    }

    fn noisy_passes(&self, _layers: usize) -> usize {
        1
    }

    fn noisy_baseline(&self) -> bool {
        true
    }

    fn add_errors(&self, sample: &mut Sample<'_>) {
        sample.run_noisy_pass(Perturbed::AllLayers);
        sample.add_normalised_activity_diff(0..sample.network.layers.len());
    }
}
