//! The learning rules: how each estimates the gradient of a batch's mean loss.
//!
//! Most rules give an error E_l of every layer (batch, units), and the rest is common:
//!
//! gW_l = -(1/B) E_lᵀ X*_{l-1},  gb_l = -(1/B) sum over samples of E_l,
//!
//! with the input X* of the clean pass: [`Batch::mean_over_noise`] and [`Batch::exactly`]
//! take the errors and write the gradient. Averages over K noise samples sum their errors
//! first, so that K samples still cost one product here.
//!
//! To add a rule: write its file with a `Rule`, and put its line into [`RULES`], below. The
//! page, links, the command and the tests know it then.

mod about;
mod batch;

pub use about::About;
pub use batch::{Batch, Estimator, Task, Witness};

use crate::network::{Gradient, Network};
use crate::rng::Rng;
use ndarray::Array2;
use serde::{Deserialize, Serialize};

/// Makes a module of each rule's file, and the list of the rules.
macro_rules! rules {
    ($($file:ident::$rule:ident,)*) => {
        $(mod $file;)*

        /// Every rule; the first is the one that the others are compared with.
        pub const RULES: &[&dyn Rule] = &[$(&$file::$rule),*];
    };
}

rules! {
    backprop::Backprop,
    node_perturbation::NodePerturbation,
    iterative::IterativeNodePerturbation,
    activity_based::ActivityBasedNodePerturbation,
    weight_perturbation::WeightPerturbation,
    forward_gradient::ForwardGradient,
    feedback_alignment::FeedbackAlignment,
    direct_feedback::DirectFeedbackAlignment,
}

/// Backpropagation: the exact gradient that alignment is measured against.
pub const EXACT: &dyn Rule = RULES[0];

/// Node perturbation: how a loss along the noise is measured where a rule asks for its slope.
pub const MEASURED: &dyn Rule = &node_perturbation::NodePerturbation;

/// What a noisy pass is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Baseline {
    /// A pass without noise.
    Clean,
    /// Another noisy pass: for systems that cannot switch their noise off.
    Noisy,
}

/// A learning rule.
pub trait Rule: Sync {
    /// Its names, its words, and what it needs.
    fn about(&self) -> &'static About;

    /// Noisy passes that one noise sample takes in a network of `layers` layers;
    /// 0 for a rule without noise.
    fn noisy_passes(&self, layers: usize) -> usize;

    /// Matrices of the rule's own, drawn once from a stream of their own, and kept in
    /// checkpoints.
    fn init(&self, _network: &Network, _rng: &mut Rng) -> Vec<Array2<f32>> {
        Vec::new()
    }

    /// How many numbers [`Rule::init`] makes for a network with these `hidden` layers.
    fn own_numbers(&self, _hidden: &[usize], _classes: usize) -> usize {
        0
    }

    /// Writes the estimate of the gradient of the batch's mean loss, averaged over the
    /// batch's noise samples. An estimate that takes long is made in turns, in each of which this
    /// is called: whatever changes something is a method of the batch, which does it once.
    fn estimate(&self, batch: &mut Batch<'_>, gradient: &mut Gradient);
}
