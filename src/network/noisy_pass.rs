//! A noisy pass, kept as its difference from the pass it is compared with.
//!
//! Both passes have the same input, so they differ only by what the noise does:
//!
//! dX_0 = 0, dX*_{l-1} = dX_{l-1} R_lᵀ, dA_l = dX*_{l-1} W_lᵀ + eps_l,
//! dX_l = f(A_l + dA_l) - f(A_l).
//!
//! Carrying the differences forward costs no more than a second pass and less:
//! the first layer needs no product at all, and a pass with noise in layer l only
//! starts there. And dA, dX and the loss difference are never small differences
//! of large numbers, so they keep their bits in f32.

use super::{Layer, Network, NoiseSource, Pass};
use crate::linalg::Gemm;
use ndarray::{Array1, Array2, ArrayView1, ArrayView2, ArrayViewMut2, s};

/// Which layers' pre-activations receive noise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Perturbed {
    /// Every layer, the output layer included.
    AllLayers,
    /// This layer (from 0) only; the layers below it do as in the compared pass.
    Only(usize),
}

/// Buffers of a noisy pass for up to as many samples as the compared pass holds.
#[derive(Debug)]
pub struct NoisyPass {
    rows: usize,
    noise: Vec<Array2<f32>>,
    preactivation_diff: Vec<Array2<f32>>,
    activation_diff: Vec<Array2<f32>>,
    decorrelated_diff: Vec<Array2<f32>>,
    loss_diff: Array1<f32>,
}

impl NoisyPass {
    /// Buffers for up to `capacity` samples through `network`.
    pub fn new(network: &Network, capacity: usize) -> Self {
        let units = |layer: &Layer| Array2::zeros((capacity, layer.units()));
        let inputs = |layer: &Layer| Array2::zeros((capacity, layer.inputs()));
        let hidden = &network.layers[1..];
        Self {
            rows: 0,
            noise: network.layers.iter().map(units).collect(),
            preactivation_diff: network.layers.iter().map(units).collect(),
            activation_diff: network.layers.iter().map(units).collect(),
            decorrelated_diff: hidden
                .iter()
                .filter(|layer| layer.decorrelation.is_some())
                .map(inputs)
                .collect(),
            loss_diff: Array1::zeros(capacity),
        }
    }

    /// Draws fresh noise for the `perturbed` layers and runs the pass. Where
    /// `baseline` has noise of its own, the drawn noise less that noise is what
    /// the two passes differ by, and what [`NoisyPass::noise`] then holds.
    pub fn run(
        &mut self,
        network: &Network,
        baseline: &Pass,
        perturbed: Perturbed,
        source: &mut dyn NoiseSource,
        gemm: &mut Gemm,
    ) {
        self.rows = baseline.rows();
        let layers = network.layers.len();
        let (first, noisy) = match perturbed {
            Perturbed::AllLayers => (0, 0..layers),
            Perturbed::Only(l) => (l, l..l + 1),
        };
        for l in noisy.clone() {
            let mut noise = self.noise[l].slice_mut(s![..self.rows, ..]);
            source.fill(l, noise.view_mut());
            if let Some(own) = baseline.noise(l) {
                noise -= &own;
            }
        }
        for l in first..layers {
            self.forward_layer(network, baseline, l, l == first, noisy.contains(&l), gemm);
        }
        network.loss.difference(
            baseline.preactivation(layers - 1),
            baseline.output(),
            self.preactivation_diff[layers - 1].slice(s![..self.rows, ..]),
            self.activation_diff[layers - 1].slice(s![..self.rows, ..]),
            baseline.targets(),
            self.loss_diff.slice_mut(s![..self.rows]),
        );
    }

    fn forward_layer(
        &mut self,
        network: &Network,
        baseline: &Pass,
        l: usize,
        first: bool,
        noisy: bool,
        gemm: &mut Gemm,
    ) {
        let (rows, layer) = (self.rows, &network.layers[l]);
        let mut da = self.preactivation_diff[l].slice_mut(s![..rows, ..]);
        if noisy {
            da.assign(&self.noise[l].slice(s![..rows, ..]));
        }
        if !first {
            let mut input_diff = self.activation_diff[l - 1].slice(s![..rows, ..]);
            if let Some(r) = &layer.decorrelation {
                let mut decorrelated = self.decorrelated_diff[l - 1].slice_mut(s![..rows, ..]);
                gemm.product(1.0, input_diff, r.t(), 0.0, decorrelated.view_mut());
                input_diff = self.decorrelated_diff[l - 1].slice(s![..rows, ..]);
            }
            let beta = if noisy { 1.0 } else { 0.0 };
            gemm.product(1.0, input_diff, layer.weights.t(), beta, da.view_mut());
        }
        let dx = self.activation_diff[l].slice_mut(s![..rows, ..]);
        layer.activation.difference(
            baseline.preactivation(l),
            baseline.activation(l),
            da.view(),
            dx,
        );
    }

    /// eps_l of layer `l` (from 0), (rows, units): the noise that the two passes differ by.
    pub fn noise(&self, l: usize) -> ArrayView2<'_, f32> {
        self.noise[l].slice(s![..self.rows, ..])
    }

    /// dA_l = A~_l - A_l of layer `l` (from 0), noise included, (rows, units).
    pub fn preactivation_diff(&self, l: usize) -> ArrayView2<'_, f32> {
        self.preactivation_diff[l].slice(s![..self.rows, ..])
    }

    /// dX_l = X~_l - X_l of layer `l` (from 0), (rows, units).
    pub fn activation_diff(&self, l: usize) -> ArrayView2<'_, f32> {
        self.activation_diff[l].slice(s![..self.rows, ..])
    }

    /// Room for what has the shape of dX* of layer `l` (from 1), (rows, inputs),
    /// between two passes.
    pub(crate) fn scratch(&mut self, l: usize, rows: usize) -> ArrayViewMut2<'_, f32> {
        self.decorrelated_diff[l - 1].slice_mut(s![..rows, ..])
    }

    /// dL = L - L~ of each sample (clean minus noisy), (rows).
    pub fn loss_diff(&self) -> ArrayView1<'_, f32> {
        self.loss_diff.slice(s![..self.rows])
    }
}
