//! What a rule has at hand to estimate a gradient, and the steps that rules share.

use super::Rule;
use crate::linalg::{
    Gemm, NUMBER, in_memory, in_memory_mut, row_range, row_range_mut, rows, rows_mut,
    sum_of_squares,
};
use crate::network::{Change, Gradient, Network, NoisyPass, Pass, Perturbed};
use crate::noise::NoiseSource;
use ndarray::{Array1, Array2, ArrayView2, ArrayViewMut2};
use std::ops::Range;

/// The buffers of gradient estimation.
#[derive(Debug)]
pub struct Estimator {
    noisy: NoisyPass,
    errors: Vec<Array2<f32>>,
    factor: Array1<f32>,
    /// Noise of the weights; empty until a rule asks for it.
    weight_noise: Gradient,
    /// Whether the last estimate was made of errors.
    of_errors: bool,
}

/// Looks on while an estimate is made: at every noisy pass, and at the noise of its weights
/// where it has that.
pub type Witness<'a> = dyn FnMut(&NoisyPass, Option<&Gradient>) + 'a;

/// An estimate to be made.
pub struct Task<'a> {
    /// The rule.
    pub rule: &'a dyn Rule,
    /// The matrices of its [`Rule::init`].
    pub state: &'a [Array2<f32>],
    /// The network.
    pub network: &'a Network,
    /// The forward pass of the batch.
    pub baseline: &'a Pass,
    /// sigma, the standard deviation of `source`.
    pub noise_std: f32,
    /// Noise samples K; a rule without noise takes no notice.
    pub samples: usize,
}

/// What a rule has at hand.
pub struct Batch<'a> {
    /// The network.
    pub network: &'a Network,
    /// The pass that noisy ones are compared with.
    pub baseline: &'a Pass,
    /// The matrices of [`Rule::init`].
    pub state: &'a [Array2<f32>],
    /// Variance of the noise that the two passes differ by: sigma², or 2 sigma²
    /// when both are noisy.
    pub noise_variance: f32,
    samples: usize,
    noisy: &'a mut NoisyPass,
    errors: &'a mut [Array2<f32>],
    factor: &'a mut Array1<f32>,
    weight_noise: &'a mut Gradient,
    of_errors: &'a mut bool,
    witness: &'a mut Witness<'a>,
    source: &'a mut dyn NoiseSource,
    gemm: &'a mut Gemm,
}

impl Estimator {
    /// Buffers for batches of up to `capacity` samples.
    pub fn new(network: &Network, capacity: usize) -> Self {
        let errors = |layer: &crate::network::Layer| Array2::zeros((capacity, layer.units()));
        Self {
            noisy: NoisyPass::new(network, capacity),
            errors: network.layers.iter().map(errors).collect(),
            factor: Array1::zeros(capacity),
            weight_noise: Vec::new(),
            of_errors: false,
        }
    }

    /// Makes the estimate, of the gradient of the batch's mean loss, into `gradient`.
    pub fn estimate(
        &mut self,
        task: &Task<'_>,
        source: &mut dyn NoiseSource,
        gemm: &mut Gemm,
        gradient: &mut Gradient,
    ) {
        self.watched(task, source, gemm, gradient, &mut |_, _| {});
    }

    /// The same, while `witness` looks on.
    pub fn watched(
        &mut self,
        task: &Task<'_>,
        source: &mut dyn NoiseSource,
        gemm: &mut Gemm,
        gradient: &mut Gradient,
        witness: &mut Witness<'_>,
    ) {
        self.of_errors = false;
        let sources_of_noise = if task.baseline.is_noisy() { 2.0 } else { 1.0 };
        let mut batch = Batch {
            network: task.network,
            baseline: task.baseline,
            state: task.state,
            noise_variance: sources_of_noise * task.noise_std * task.noise_std,
            samples: task.samples,
            noisy: &mut self.noisy,
            errors: &mut self.errors,
            factor: &mut self.factor,
            weight_noise: &mut self.weight_noise,
            of_errors: &mut self.of_errors,
            witness,
            source,
            gemm,
        };
        task.rule.estimate(&mut batch, gradient);
    }

    /// E_l of every layer (samples, units), summed over the noise samples, of which the last
    /// estimate was made; none where the rule gave the gradient itself.
    pub fn errors(&self) -> Option<&[Array2<f32>]> {
        self.of_errors.then_some(&self.errors)
    }
}

impl Batch<'_> {
    /// Whether it is the turn of the next piece of the estimate, in which so many numbers of
    /// every sample are gone through.
    #[inline(never)]
    fn is_next(&mut self, numbers: usize) -> bool {
        let rows = self.baseline.rows();
        self.gemm.pieces.is_next(NUMBER * rows * numbers)
    }

    /// Units of these layers.
    #[inline(never)]
    fn units(&self, layers: Range<usize>) -> usize {
        let layers = self.network.layers[layers].iter();
        layers.map(|layer| layer.units()).sum()
    }

    /// The gradient of the errors that `add_errors` adds, once for each noise sample.
    pub fn mean_over_noise(&mut self, gradient: &mut Gradient, add_errors: impl Fn(&mut Self)) {
        if self.is_next(self.units(0..self.layers())) {
            self.errors.iter_mut().for_each(|errors| errors.fill(0.0));
        }
        for _ in 0..self.samples {
            add_errors(self);
        }
        self.write_gradient(self.samples, gradient);
    }

    /// The gradient of the errors that `write_errors` writes, by a rule without noise.
    pub fn exactly(&mut self, gradient: &mut Gradient, write_errors: impl FnOnce(&mut Self)) {
        write_errors(self);
        self.write_gradient(1, gradient);
    }

    /// gW_l = -(1 / B K) E_lᵀ X*_{l-1}, gb_l the same with ones for X*; E summed over K samples.
    fn write_gradient(&mut self, samples: usize, gradient: &mut Gradient) {
        *self.of_errors = true;
        let rows = self.baseline.rows();
        let scale = -1.0 / (rows * samples) as f32;
        for (l, (layer, gradient)) in self.network.layers.iter().zip(gradient).enumerate() {
            let errors = row_range(self.errors[l].view(), 0..rows);
            let (input, at) = (self.baseline.input(l), self.baseline.layer(l));
            layer.gradient(scale, errors, input, at, gradient, self.gemm);
        }
    }

    /// Layers of the network, L.
    pub fn layers(&self) -> usize {
        self.network.layers.len()
    }

    /// Runs a noisy pass with fresh noise in the `perturbed` layers.
    pub fn run_noisy_pass(&mut self, perturbed: Perturbed, change: Change) {
        self.noisy.run(
            self.network,
            self.baseline,
            perturbed,
            change,
            self.source,
            self.gemm,
        );
        (self.witness)(self.noisy, None);
    }

    /// E_l += eps_l dL / variance, for every layer of `layers` (from 0).
    pub fn add_noise_times_loss_diff(&mut self, layers: Range<usize>) {
        if !self.is_next(self.units(layers.clone())) {
            return;
        }
        let loss_diff = self.noisy.loss_diff();
        self.factor
            .iter_mut()
            .zip(loss_diff)
            .for_each(|(factor, dl)| *factor = dl / self.noise_variance);
        for l in layers {
            add_scaled_rows(&mut self.errors[l], self.noisy.noise(l), self.factor);
        }
    }

    /// E_l += N dL dA_l / ||dA||² for every layer of `layers` (from 0); N counts
    /// their units, and the norm is over all of them, per sample. Where nothing
    /// moved, nothing was learned: the error is zero.
    pub fn add_normalised_activity_diff(&mut self, layers: Range<usize>) {
        let units = self.units(layers.clone());
        if !self.is_next(2 * units) {
            return;
        }
        self.factor.fill(0.0);
        for l in layers.clone() {
            let moved = self.noisy.preactivation_diff(l);
            for (da, norm) in rows(&moved).zip(self.factor.iter_mut()) {
                *norm += sum_of_squares(da);
            }
        }
        for (factor, dl) in self.factor.iter_mut().zip(self.noisy.loss_diff()) {
            *factor = if *factor > 0.0 {
                units as f32 * dl / *factor
            } else {
                0.0
            };
        }
        for l in layers {
            let moved = self.noisy.preactivation_diff(l);
            add_scaled_rows(&mut self.errors[l], moved, self.factor);
        }
    }

    /// E_L = - dL/dA_L of the output layer.
    pub fn write_output_error(&mut self) {
        let (network, pass) = (self.network, self.baseline);
        if !self.is_next(pass.output().ncols()) {
            return;
        }
        let error = self.error_mut(self.layers() - 1);
        network.loss.error(pass.output(), pass.targets(), error);
    }

    /// E_{l-1} = ((E_l W_l) R_l) f'(A_{l-1}), for layer `l` (from 1): a step of
    /// backpropagation.
    pub fn backpropagate(&mut self, l: usize) {
        let layer = &self.network.layers[l];
        let (below, above) = self.errors.split_at_mut(l);
        let mut cut = self.gemm.pieces.cut(self.baseline.rows(), layer.work());
        while let Some(rows) = cut.next(&mut self.gemm.pieces) {
            let error = row_range(above[0].view(), rows.clone());
            let out = row_range_mut(below[l - 1].view_mut(), rows);
            layer.input_error(error, self.noisy.scratch(), out, self.gemm);
        }
        self.times_derivative(l - 1);
    }

    /// E_to = (E_from feedback) f'(A_to), for layers `to` < `from` (from 0); the rule's own
    /// matrix `feedback` is (units of `from`, units of `to`).
    pub fn send_back(&mut self, from: usize, to: usize, feedback: &Array2<f32>) {
        let (below, above) = self.errors.split_at_mut(from);
        let mut cut = self.gemm.pieces.cut(self.baseline.rows(), feedback.len());
        while let Some(rows) = cut.next(&mut self.gemm.pieces) {
            let error = row_range(above[0].view(), rows.clone());
            let out = row_range_mut(below[to].view_mut(), rows);
            self.gemm.product(1.0, error, feedback.view(), 0.0, out);
        }
        self.times_derivative(to);
    }

    /// E_l <- E_l f'(A_l).
    fn times_derivative(&mut self, l: usize) {
        let pass = self.baseline;
        if !self.is_next(self.units(l..l + 1)) {
            return;
        }
        let activation = self.network.layers[l].activation();
        activation.backpropagate(pass.preactivation(l), pass.activation(l), self.error_mut(l));
    }

    /// The gradient that `add_gradient` adds, once for each noise sample.
    pub fn sum_over_noise(
        &mut self,
        gradient: &mut Gradient,
        add_gradient: impl Fn(&mut Self, &mut Gradient),
    ) {
        let numbers = gradient.iter().map(|layer| layer.weights.len()).sum();
        if self.gemm.pieces.is_next(numbers) {
            let parameters = gradient.iter_mut().flat_map(|layer| layer.parameters_mut());
            parameters.for_each(|mut gradient| gradient.fill(0.0));
        }
        for _ in 0..self.samples {
            add_gradient(self, gradient);
        }
    }

    /// A draw of noise for every weight and bias, one for the whole batch; gradient += E
    /// (loss_noisy - loss_clean) / (K sigma²), with the batch's mean losses.
    pub fn add_weight_noise_times_loss(&mut self, gradient: &mut Gradient) {
        if self.weight_noise.is_empty() {
            *self.weight_noise = self.network.zero_gradient();
        }
        self.noisy.run_with_noisy_weights(
            self.network,
            self.baseline,
            self.weight_noise,
            self.source,
            self.gemm,
        );
        (self.witness)(self.noisy, Some(self.weight_noise));
        let numbers: usize = gradient.iter().map(|layer| layer.weights.len()).sum();
        if !self.gemm.pieces.is_next(NUMBER * numbers) {
            return;
        }
        let loss_diff = self.noisy.loss_diff();
        let mean: f64 =
            loss_diff.iter().map(|&dl| f64::from(dl)).sum::<f64>() / loss_diff.len() as f64;
        let factor = -mean / (self.samples as f64 * f64::from(self.noise_variance));
        for (gradient, noise) in gradient.iter_mut().zip(self.weight_noise.iter()) {
            let parameters = gradient.parameters_mut().into_iter();
            for (gradient, noise) in parameters.zip(noise.parameters()) {
                let sums = in_memory_mut(gradient).iter_mut().zip(in_memory(noise));
                sums.for_each(|(g, e)| *g += factor as f32 * e);
            }
        }
    }

    fn error_mut(&mut self, l: usize) -> ArrayViewMut2<'_, f32> {
        row_range_mut(self.errors[l].view_mut(), 0..self.baseline.rows())
    }
}

fn add_scaled_rows(errors: &mut Array2<f32>, signal: ArrayView2<f32>, factor: &Array1<f32>) {
    let mut errors = errors.view_mut();
    for ((error, signal), factor) in rows_mut(&mut errors).zip(rows(&signal)).zip(factor) {
        error
            .iter_mut()
            .zip(signal)
            .for_each(|(e, s)| *e += factor * s);
    }
}
