//! The learning rules: how each estimates the gradient.
//!
//! A rule gives the error E_l of every layer (batch, units); the rest is common:
//!
//! gW_l = -(1/B) E_lᵀ X*_{l-1},  gb_l = -(1/B) sum over samples of E_l,
//!
//! with the input X* of the clean pass. Averages over K noise samples sum their
//! errors first, so that K samples still cost one product here.
//!
//! To add a rule: write its file with a `Rule`, and name it in [`RULES`].

mod activity_based;
mod backprop;
mod iterative;
mod node_perturbation;

use crate::linalg::{Gemm, rows, sum_of_squares};
use crate::network::{Network, NoiseSource, NoisyPass, Pass, Perturbed};
use ndarray::{Array1, Array2, ArrayView2, ShapeBuilder, s};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Every rule; the first is the one that the others are compared with.
pub const RULES: &[&dyn Rule] = &[
    &backprop::Backprop,
    &node_perturbation::NodePerturbation,
    &iterative::IterativeNodePerturbation,
    &activity_based::ActivityBasedNodePerturbation,
];

/// Backpropagation: the exact gradient that alignment is measured against.
pub const EXACT: &dyn Rule = RULES[0];

/// A learning rule.
pub trait Rule: Sync {
    /// Its name in configurations: `"np"`.
    fn name(&self) -> &'static str;

    /// Its name in words: `"Node perturbation"`.
    fn title(&self) -> &'static str;

    /// Noisy passes that one noise sample takes in a network of `layers` layers;
    /// 0 for a rule without noise.
    fn noisy_passes(&self, layers: usize) -> usize;

    /// Whether it can compare two noisy passes where no clean one exists.
    fn noisy_baseline(&self) -> bool;

    /// Adds the errors of one noise sample to the estimator's.
    fn add_errors(&self, sample: &mut Sample<'_>);
}

/// What a rule has at hand to compute its errors.
pub struct Sample<'a> {
    /// The network.
    pub network: &'a Network,
    /// The pass that noisy ones are compared with.
    pub baseline: &'a Pass,
    /// Variance of the noise that the two passes differ by: sigma², or 2 sigma²
    /// when both are noisy.
    pub noise_variance: f32,
    /// The noisy pass that was run last.
    pub noisy: &'a mut NoisyPass,
    /// E_l of every layer, (capacity, units).
    pub errors: &'a mut [Array2<f32>],
    factor: &'a mut Array1<f32>,
    source: &'a mut dyn NoiseSource,
    gemm: &'a mut Gemm,
}

impl Sample<'_> {
    /// Runs a noisy pass with fresh noise in the `perturbed` layers.
    pub fn run_noisy_pass(&mut self, perturbed: Perturbed) {
        self.noisy.run(
            self.network,
            self.baseline,
            perturbed,
            self.source,
            self.gemm,
        );
    }

    /// E_l += eps_l dL / variance, for layer `l` (from 0).
    pub fn add_noise_times_loss_diff(&mut self, l: usize) {
        let loss_diff = self.noisy.loss_diff();
        self.factor
            .iter_mut()
            .zip(loss_diff)
            .for_each(|(factor, dl)| *factor = dl / self.noise_variance);
        add_scaled_rows(&mut self.errors[l], self.noisy.noise(l), self.factor);
    }

    /// E_l += N dL dA_l / ||dA||² for every layer of `layers` (from 0); N counts
    /// their units, and the norm is over all of them, per sample. Where nothing
    /// moved, nothing was learned: the error is zero.
    pub fn add_normalised_activity_diff(&mut self, layers: Range<usize>) {
        self.factor.fill(0.0);
        for l in layers.clone() {
            let moved = self.noisy.preactivation_diff(l);
            for (da, norm) in rows(&moved).zip(self.factor.iter_mut()) {
                *norm += sum_of_squares(da);
            }
        }
        let units: usize = layers.clone().map(|l| self.network.layers[l].units()).sum();
        for (factor, dl) in self.factor.iter_mut().zip(self.noisy.loss_diff()) {
            *factor = if *factor > 0.0 {
                units as f32 * dl / *factor
            } else {
                0.0
            };
        }
        for l in layers {
            add_scaled_rows(
                &mut self.errors[l],
                self.noisy.preactivation_diff(l),
                self.factor,
            );
        }
    }

    /// The error of backpropagation through the decorrelation of layer `l` (from
    /// 1): E_{l-1} = ((E_l W_l) R_l) f'(A_{l-1}).
    pub fn backpropagate(&mut self, l: usize) {
        let (rows, layer) = (self.baseline.rows(), &self.network.layers[l]);
        let (below, error) = self.errors.split_at_mut(l);
        let error = error[0].slice(s![..rows, ..]);
        let mut below = below[l - 1].slice_mut(s![..rows, ..]);
        match &layer.decorrelation {
            Some(r) => {
                let mut decorrelated = self.noisy.scratch(l, rows);
                self.gemm.product(
                    1.0,
                    error,
                    layer.weights.view(),
                    0.0,
                    decorrelated.view_mut(),
                );
                self.gemm
                    .product(1.0, decorrelated.view(), r.view(), 0.0, below.view_mut());
            }
            None => self
                .gemm
                .product(1.0, error, layer.weights.view(), 0.0, below.view_mut()),
        }
        let (a, x) = (
            self.baseline.preactivation(l - 1),
            self.baseline.activation(l - 1),
        );
        self.network.layers[l - 1]
            .activation
            .backpropagate(a, x, below);
    }
}

fn add_scaled_rows(errors: &mut Array2<f32>, signal: ArrayView2<f32>, factor: &Array1<f32>) {
    for ((mut error, signal), &factor) in
        errors.rows_mut().into_iter().zip(signal.rows()).zip(factor)
    {
        error.scaled_add(factor, &signal);
    }
}

/// The gradient of one layer, or something of its shape.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LayerGradient {
    /// gW, (units, inputs); column-major in memory, as the weights are.
    pub weights: Array2<f32>,
    /// gb, (units).
    pub bias: Array1<f32>,
}

/// The gradient of every layer.
pub type Gradient = Vec<LayerGradient>;

/// A gradient of zeros for `network`.
pub fn zero_gradient(network: &Network) -> Gradient {
    let zeros = |layer: &crate::network::Layer| LayerGradient {
        weights: Array2::zeros(layer.weights.raw_dim().f()),
        bias: Array1::zeros(layer.units()),
    };
    network.layers.iter().map(zeros).collect()
}

/// The buffers of gradient estimation.
#[derive(Debug)]
pub struct Estimator {
    noisy: NoisyPass,
    errors: Vec<Array2<f32>>,
    factor: Array1<f32>,
}

impl Estimator {
    /// Buffers for batches of up to `capacity` samples.
    pub fn new(network: &Network, capacity: usize) -> Self {
        Self {
            noisy: NoisyPass::new(network, capacity),
            errors: network
                .layers
                .iter()
                .map(|layer| Array2::zeros((capacity, layer.units())))
                .collect(),
            factor: Array1::zeros(capacity),
        }
    }

    /// Estimates the gradient of the batch's mean loss by `rule`, averaged over
    /// `samples` noise samples (one for a rule without noise), into `gradient`.
    ///
    /// `baseline` is the forward pass of the batch; `noise_std` the sigma of `source`.
    #[expect(
        clippy::too_many_arguments,
        reason = "what an estimate is made of, each once"
    )]
    pub fn estimate(
        &mut self,
        rule: &dyn Rule,
        network: &Network,
        baseline: &Pass,
        source: &mut dyn NoiseSource,
        noise_std: f32,
        samples: usize,
        gemm: &mut Gemm,
        gradient: &mut Gradient,
    ) {
        let samples = if rule.noisy_passes(1) == 0 {
            1
        } else {
            samples
        };
        let sources_of_noise = if baseline.noise(0).is_some() {
            2.0
        } else {
            1.0
        };
        self.errors.iter_mut().for_each(|errors| errors.fill(0.0));
        for _ in 0..samples {
            rule.add_errors(&mut Sample {
                network,
                baseline,
                noise_variance: sources_of_noise * noise_std * noise_std,
                noisy: &mut self.noisy,
                errors: &mut self.errors,
                factor: &mut self.factor,
                source,
                gemm,
            });
        }
        let rows = baseline.rows();
        let scale = -1.0 / (rows * samples) as f32;
        for (l, gradient) in gradient.iter_mut().enumerate() {
            let errors = self.errors[l].slice(s![..rows, ..]);
            let weights = gradient
                .weights
                .slice_mut(s![.., ..baseline.inputs_in_use(l)]);
            match baseline.sparse_input_by_column(l) {
                Some((input, unit)) => {
                    let weights = weights.reversed_axes();
                    gemm.transposed_sparse_product(scale * unit, input, errors, weights);
                }
                None => gemm.product(
                    scale,
                    errors.t(),
                    baseline.decorrelated_input(l),
                    0.0,
                    weights,
                ),
            }
            gradient.bias.fill(0.0);
            errors
                .rows()
                .into_iter()
                .for_each(|row| gradient.bias += &row);
            gradient.bias *= scale;
        }
    }
}
