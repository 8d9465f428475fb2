//! A forward pass: everything that it computes, kept for what follows.

use super::Network;
use crate::linalg::Gemm;
use ndarray::{Array1, Array2, ArrayView1, ArrayView2, ArrayViewMut2, s};

/// Where the noise of a pass comes from.
pub trait NoiseSource {
    /// Fills `out` (batch, units of `layer`) with fresh noise; `layer` counts from 0.
    fn fill(&mut self, layer: usize, out: ArrayViewMut2<f32>);
}

/// A batch and the pass over it. Buffers hold `capacity` samples; the first
/// `rows` of them are in use.
///
/// The pass that others are compared with is normally clean. For systems that
/// are noisy themselves it has noise of its own, see [`Pass::draw_noise`].
#[derive(Debug)]
pub struct Pass {
    rows: usize,
    input: Array2<f32>,
    targets: Array2<f32>,
    decorrelated: Vec<Array2<f32>>,
    noise: Vec<Array2<f32>>,
    preactivation: Vec<Array2<f32>>,
    activation: Vec<Array2<f32>>,
    loss: Array1<f32>,
}

impl Pass {
    /// Buffers for up to `capacity` samples through `network`; `noisy` when the
    /// pass has noise of its own.
    pub fn new(network: &Network, capacity: usize, noisy: bool) -> Self {
        let buffers = |keep: bool, width: fn(&super::Layer) -> usize| -> Vec<Array2<f32>> {
            let buffer = |layer| Array2::zeros((capacity, width(layer)));
            network.layers.iter().filter(|_| keep).map(buffer).collect()
        };
        let sizes = network.sizes();
        let decorrelated = network
            .layers
            .iter()
            .any(|layer| layer.decorrelation.is_some());
        Self {
            rows: 0,
            input: Array2::zeros((capacity, sizes[0])),
            targets: Array2::zeros((capacity, sizes[sizes.len() - 1])),
            decorrelated: buffers(decorrelated, super::Layer::inputs),
            noise: buffers(noisy, super::Layer::units),
            preactivation: buffers(true, super::Layer::units),
            activation: buffers(true, super::Layer::units),
            loss: Array1::zeros(capacity),
        }
    }

    /// Most samples that fit.
    pub fn capacity(&self) -> usize {
        self.input.nrows()
    }

    /// Takes `rows` samples into use and returns their input X_0 (rows, N_0) and
    /// targets (rows, N_L; each row sums to 1 for cross-entropy) to be filled.
    ///
    /// # Panics
    /// If `rows` is more than the capacity.
    pub fn start(&mut self, rows: usize) -> (ArrayViewMut2<'_, f32>, ArrayViewMut2<'_, f32>) {
        self.rows = rows;
        (
            self.input.slice_mut(s![..rows, ..]),
            self.targets.slice_mut(s![..rows, ..]),
        )
    }

    /// Draws this pass's own noise, layer by layer; without it the pass is clean.
    pub fn draw_noise(&mut self, source: &mut dyn NoiseSource) {
        for (l, noise) in self.noise.iter_mut().enumerate() {
            source.fill(l, noise.slice_mut(s![..self.rows, ..]));
        }
    }

    /// Takes this pass's own noise away: the next pass is clean.
    pub fn silence(&mut self) {
        self.noise.iter_mut().for_each(|noise| noise.fill(0.0));
    }

    /// Samples in use, B.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The targets, (rows, N_L).
    pub fn targets(&self) -> ArrayView2<'_, f32> {
        self.targets.slice(s![..self.rows, ..])
    }

    /// X_{l-1}, the activations that layer `l` (from 0) receives, (rows, inputs).
    pub fn input(&self, l: usize) -> ArrayView2<'_, f32> {
        let input = if l == 0 {
            &self.input
        } else {
            &self.activation[l - 1]
        };
        input.slice(s![..self.rows, ..])
    }

    /// X*_{l-1}, the input of layer `l` (from 0) behind its decorrelation, (rows, inputs).
    pub fn decorrelated_input(&self, l: usize) -> ArrayView2<'_, f32> {
        match self.decorrelated.get(l) {
            Some(decorrelated) => decorrelated.slice(s![..self.rows, ..]),
            None => self.input(l),
        }
    }

    /// This pass's own noise in layer `l` (from 0), (rows, units); none in a clean pass.
    pub fn noise(&self, l: usize) -> Option<ArrayView2<'_, f32>> {
        self.noise
            .get(l)
            .map(|noise| noise.slice(s![..self.rows, ..]))
    }

    /// A_l, the pre-activations of layer `l` (from 0), (rows, units).
    pub fn preactivation(&self, l: usize) -> ArrayView2<'_, f32> {
        self.preactivation[l].slice(s![..self.rows, ..])
    }

    /// X_l, the activations of layer `l` (from 0), (rows, units).
    pub fn activation(&self, l: usize) -> ArrayView2<'_, f32> {
        self.activation[l].slice(s![..self.rows, ..])
    }

    /// The network's output X_L, (rows, N_L).
    pub fn output(&self) -> ArrayView2<'_, f32> {
        self.activation(self.activation.len() - 1)
    }

    /// The loss of each sample, (rows).
    pub fn loss(&self) -> ArrayView1<'_, f32> {
        self.loss.slice(s![..self.rows])
    }

    /// X* = X Rᵀ; A = X* Wᵀ + b (+ noise); X = f(A), of layer `l` (from 0).
    pub(super) fn forward_layer(&mut self, network: &Network, l: usize, gemm: &mut Gemm) {
        let (rows, layer) = (self.rows, &network.layers[l]);
        if let Some(r) = &layer.decorrelation {
            let input = if l == 0 {
                &self.input
            } else {
                &self.activation[l - 1]
            };
            let decorrelated = self.decorrelated[l].slice_mut(s![..rows, ..]);
            gemm.product(1.0, input.slice(s![..rows, ..]), r.t(), 0.0, decorrelated);
        }
        let mut a = self.preactivation[l].slice_mut(s![..rows, ..]);
        a.assign(&layer.bias);
        if let Some(noise) = self.noise.get(l) {
            a += &noise.slice(s![..rows, ..]);
        }
        let input = match self.decorrelated.get(l) {
            Some(decorrelated) => decorrelated,
            None if l == 0 => &self.input,
            None => &self.activation[l - 1],
        };
        gemm.product(
            1.0,
            input.slice(s![..rows, ..]),
            layer.weights.t(),
            1.0,
            a.view_mut(),
        );
        layer
            .activation
            .apply(a.view(), self.activation[l].slice_mut(s![..rows, ..]));
    }

    pub(super) fn compute_loss(&mut self, network: &Network) {
        let (rows, last) = (self.rows, network.layers.len() - 1);
        let (a, x) = (&self.preactivation[last], &self.activation[last]);
        network.loss.of_pass(
            a.slice(s![..rows, ..]),
            x.slice(s![..rows, ..]),
            self.targets.slice(s![..rows, ..]),
            self.loss.slice_mut(s![..rows]),
        );
    }
}
