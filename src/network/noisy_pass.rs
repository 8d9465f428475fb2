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
//!
//! A pass of *tangents* is the same with dX_l = f'(A_l) dA_l and dL = -E_L · dA_L: what
//! the differences would be if the noise were infinitely small, scaled up again.

use super::layer_gradient::{Gradient, LayerGradient};
use super::{Network, Pass};
use crate::linalg::{Gemm, add_scaled, numbers, numbers_mut, row_range, row_range_mut, rows};
use crate::noise::{NoiseSource, Site};
use ndarray::{Array1, Array2, ArrayView1, ArrayView2, ArrayViewMut2, s};
use std::ops::Range;

/// What a number costs that is drawn, in multiply-adds.
const DRAW: usize = 40;

/// Which layers' pre-activations receive noise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Perturbed {
    /// Every layer, the output layer included.
    AllLayers,
    /// This layer (from 0) only; the layers below it do as in the compared pass.
    Only(usize),
}

/// How activations and losses follow the pre-activations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// As they do: f(A + dA) - f(A).
    Difference,
    /// As their derivatives say: f'(A) dA.
    Tangent,
}

/// Buffers of a noisy pass for up to as many samples as the compared pass holds.
#[derive(Debug)]
pub struct NoisyPass {
    rows: usize,
    noisy: Range<usize>,
    layers: Vec<LayerChange>,
    loss_diff: Array1<f32>,
    /// Room for a layer's (rows, inputs).
    scratch: Vec<f32>,
}

/// What a noisy pass changes in one layer.
#[derive(Debug)]
pub(super) struct LayerChange {
    noise: Array2<f32>,
    preactivation: Array2<f32>,
    activation: Array2<f32>,
}

impl LayerChange {
    fn new(capacity: usize, units: usize) -> Self {
        let buffer = || Array2::zeros((capacity, units));
        Self {
            noise: buffer(),
            preactivation: buffer(),
            activation: buffer(),
        }
    }

    /// dA of these rows starts as the noise.
    pub fn start_with_noise(&mut self, rows: Range<usize>) {
        let noise = row_range(self.noise.view(), rows.clone());
        let da = row_range_mut(self.preactivation.view_mut(), rows);
        numbers_mut(da).copy_from_slice(numbers(noise));
    }

    pub fn preactivation_mut(&mut self, rows: Range<usize>) -> ArrayViewMut2<'_, f32> {
        row_range_mut(self.preactivation.view_mut(), rows)
    }

    pub fn preactivation_and_activation(
        &mut self,
        rows: Range<usize>,
    ) -> (ArrayView2<'_, f32>, ArrayViewMut2<'_, f32>) {
        (
            row_range(self.preactivation.view(), rows.clone()),
            row_range_mut(self.activation.view_mut(), rows),
        )
    }
}

impl NoisyPass {
    /// Buffers for up to `capacity` samples through `network`.
    pub fn new(network: &Network, capacity: usize) -> Self {
        let units = network.layers.iter().map(super::Layer::units);
        let hidden = network.layers[1..].iter().map(super::Layer::inputs);
        Self {
            rows: 0,
            noisy: 0..0,
            layers: units.map(|n| LayerChange::new(capacity, n)).collect(),
            loss_diff: Array1::zeros(capacity),
            scratch: vec![0.0; capacity * hidden.max().unwrap_or(0)],
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
        change: Change,
        source: &mut dyn NoiseSource,
        gemm: &mut Gemm,
    ) {
        self.rows = baseline.rows();
        let layers = self.layers.len();
        let noisy = match perturbed {
            Perturbed::AllLayers => 0..layers,
            Perturbed::Only(l) => l..l + 1,
        };
        self.noisy = noisy.clone();
        for l in noisy.clone() {
            let mut noise = row_range_mut(self.layers[l].noise.view_mut(), 0..self.rows);
            if gemm.pieces.is_next(DRAW * noise.len()) {
                source.fill(Site::Units(l), noise.view_mut());
                if let Some(own) = baseline.noise(l) {
                    add_scaled(noise.view_mut(), -1.0, own);
                }
            }
        }
        let mut below: Option<&LayerChange> = None;
        let changes = network.layers.iter().zip(&mut self.layers);
        for (l, (layer, moved)) in changes.enumerate().skip(noisy.start) {
            let noisy = noisy.contains(&l);
            let mut cut = gemm.pieces.cut(self.rows, layer.work());
            while let Some(rows) = cut.next(&mut gemm.pieces) {
                let below = below.map(|below| row_range(below.activation.view(), rows.clone()));
                let at = (baseline.layer(l), rows);
                layer.propagate(below, noisy, change, at, moved, &mut self.scratch, gemm);
            }
            below = Some(moved);
        }
        if gemm.pieces.is_next(self.rows) {
            match change {
                Change::Difference => self.take_loss_difference(network, baseline),
                Change::Tangent => self.take_loss_tangent(network, baseline),
            }
        }
    }

    /// Draws fresh noise for every weight and bias, one draw for the whole batch, into
    /// `noise`, and runs the pass; R is not perturbed. (With noise on the weights there is
    /// none on the units: [`NoisyPass::noise`] stays as it was.)
    pub fn run_with_noisy_weights(
        &mut self,
        network: &Network,
        baseline: &Pass,
        noise: &mut Gradient,
        source: &mut dyn NoiseSource,
        gemm: &mut Gemm,
    ) {
        self.rows = baseline.rows();
        self.noisy = 0..self.layers.len();
        let mut below: Option<&LayerChange> = None;
        let changes = network.layers.iter().zip(&mut self.layers).zip(noise);
        for (l, ((layer, moved), noise)) in changes.enumerate() {
            if gemm.pieces.is_next(DRAW * noise.weights.len()) {
                let LayerGradient { weights, .. } = noise;
                source.fill(Site::Weights(l), weights.view_mut().reversed_axes());
                let [_, bias] = noise.parameters_mut();
                source.fill(Site::Biases(l), bias);
            }
            let (scratch, work) = (&mut self.scratch, 2 * layer.work());
            let mut cut = gemm.pieces.cut(self.rows, work);
            while let Some(rows) = cut.next(&mut gemm.pieces) {
                let below = below.map(|below| row_range(below.activation.view(), rows.clone()));
                let (at, input) = ((baseline.layer(l), rows), baseline.input(l));
                layer.propagate_weight_noise(below, input, noise, at, moved, scratch, gemm);
            }
            below = Some(moved);
        }
        if gemm.pieces.is_next(self.rows) {
            self.take_loss_difference(network, baseline);
        }
    }

    fn take_loss_difference(&mut self, network: &Network, baseline: &Pass) {
        let last = self.layers.len() - 1;
        network.loss.difference(
            baseline.preactivation(last),
            baseline.output(),
            row_range(self.layers[last].preactivation.view(), 0..self.rows),
            row_range(self.layers[last].activation.view(), 0..self.rows),
            baseline.targets(),
            self.loss_diff.slice_mut(s![..self.rows]),
        );
    }

    /// dL = E_L · dA_L of each sample; the output's change makes room for E_L, and is put back.
    fn take_loss_tangent(&mut self, network: &Network, baseline: &Pass) {
        let last = self.layers.len() - 1;
        let (da, mut room) = self.layers[last].preactivation_and_activation(0..self.rows);
        network
            .loss
            .error(baseline.output(), baseline.targets(), room.view_mut());
        let error = room.view();
        let samples = rows(&da).zip(rows(&error)).zip(&mut self.loss_diff);
        for ((da, error), loss_diff) in samples {
            *loss_diff = da.iter().zip(error).map(|(da, e)| da * e).sum();
        }
        let activation = network.layers[last].activation();
        activation.tangent(baseline.preactivation(last), baseline.output(), da, room);
    }

    /// The layers (from 0) whose units or weights had noise; below them nothing moved.
    pub fn noisy_layers(&self) -> Range<usize> {
        self.noisy.clone()
    }

    /// eps_l of layer `l` (from 0), (rows, units): the noise that the two passes differ by.
    pub fn noise(&self, l: usize) -> ArrayView2<'_, f32> {
        row_range(self.layers[l].noise.view(), 0..self.rows)
    }

    /// dA_l = A~_l - A_l of layer `l` (from 0), noise included, (rows, units).
    pub fn preactivation_diff(&self, l: usize) -> ArrayView2<'_, f32> {
        row_range(self.layers[l].preactivation.view(), 0..self.rows)
    }

    /// dX_l = X~_l - X_l of layer `l` (from 0), (rows, units).
    pub fn activation_diff(&self, l: usize) -> ArrayView2<'_, f32> {
        row_range(self.layers[l].activation.view(), 0..self.rows)
    }

    /// Room for a matrix of (rows, inputs) of any layer but the first, between two passes.
    pub(crate) fn scratch(&mut self) -> &mut [f32] {
        &mut self.scratch
    }

    /// dL = L - L~ of each sample (clean minus noisy), (rows).
    pub fn loss_diff(&self) -> ArrayView1<'_, f32> {
        self.loss_diff.slice(s![..self.rows])
    }
}
