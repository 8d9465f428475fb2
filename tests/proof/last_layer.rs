//! Node perturbation of the last layer alone: the layers below keep their first
//! weights. A rule for a test, which shows that a rule is one file and one line.
//!
//! E_L = eps_L dL / sigma², and E_l = 0 below.

use super::{About, Rule, Sample};
use crate::network::Perturbed;

/// Node perturbation of the last layer.
pub struct LastLayer;

impl Rule for LastLayer {
    fn about(&self) -> About {
        About {
            labels: ["LAST", "D-LAST"],
            words: "Adds noise to the last layer alone & leaves all others as they are.",
            equation: r"E_L = \varepsilon_L \frac{L - \tilde L}{\sigma^2}",
            source: "The tests of this page.",
            paper: false,
            derivatives: false,
        }
    }

    fn name(&self) -> &'static str {
        "last_layer"
    }

    fn title(&self) -> &'static str {
        "Last-layer perturbation"
    }

    fn noisy_passes(&self, _layers: usize) -> usize {
        1
    }

    fn noisy_baseline(&self) -> bool {
        true
    }

    fn add_errors(&self, sample: &mut Sample<'_>) {
        let last = sample.network.layers.len() - 1;
        sample.run_noisy_pass(Perturbed::Only(last));
        sample.add_noise_times_loss_diff(last);
    }
}
