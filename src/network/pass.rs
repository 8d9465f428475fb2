//! A forward pass: everything that it computes, kept for what follows.

use super::input::{Input, LayerInput};
use super::{Layer, Network};
use crate::linalg::{Gemm, SparseRows, block, block_mut, row_range, row_range_mut};
use crate::noise::{NoiseSource, Site};
use ndarray::{Array1, Array2, ArrayView1, ArrayView2, ArrayViewMut2, s};
use std::ops::Range;

/// A batch and the pass over it. Buffers hold `capacity` samples; the first
/// `rows` of them are in use.
///
/// The pass that others are compared with is normally clean. For systems that
/// are noisy themselves it has noise of its own, see [`Pass::draw_noise`].
#[derive(Debug)]
pub struct Pass {
    rows: usize,
    input: Input,
    targets: Array2<f32>,
    layers: Vec<LayerPass>,
    loss: Array1<f32>,
}

/// Some rows of what a pass computes in one layer.
pub(super) struct LayerRows<'a> {
    /// X*, if the layer decorrelates.
    pub decorrelated: Option<ArrayViewMut2<'a, f32>>,
    /// The pass's own noise.
    pub noise: Option<ArrayView2<'a, f32>>,
    pub preactivation: ArrayViewMut2<'a, f32>,
    pub activation: ArrayViewMut2<'a, f32>,
}

/// What a pass computes in one layer.
#[derive(Debug)]
pub struct LayerPass {
    rows: usize,
    inputs: usize,
    decorrelated: Option<Array2<f32>>,
    noise: Option<Array2<f32>>,
    preactivation: Array2<f32>,
    activation: Array2<f32>,
}

impl LayerPass {
    fn new(layer: &Layer, capacity: usize, noisy: bool) -> Self {
        let buffer = |width| Array2::zeros((capacity, width));
        Self {
            rows: 0,
            inputs: layer.inputs(),
            decorrelated: layer.decorrelation().map(|_| buffer(layer.inputs())),
            noise: noisy.then(|| buffer(layer.units())),
            preactivation: buffer(layer.units()),
            activation: buffer(layer.units()),
        }
    }

    /// Takes `rows` samples of so many inputs into use.
    pub(super) fn start(&mut self, rows: usize, inputs: usize) {
        (self.rows, self.inputs) = (rows, inputs);
    }

    /// These rows, to be computed.
    pub(super) fn rows_mut(&mut self, rows: Range<usize>) -> LayerRows<'_> {
        let x_star = self.decorrelated.as_mut();
        let noise = self.noise.as_ref();
        LayerRows {
            decorrelated: x_star.map(|x| block_mut(x.view_mut(), rows.clone(), 0..self.inputs)),
            noise: noise.map(|noise| row_range(noise.view(), rows.clone())),
            preactivation: row_range_mut(self.preactivation.view_mut(), rows.clone()),
            activation: row_range_mut(self.activation.view_mut(), rows),
        }
    }

    /// X*, (rows, inputs in use), if the layer decorrelates.
    pub(super) fn decorrelated(&self) -> Option<ArrayView2<'_, f32>> {
        let x_star = self.decorrelated.as_ref();
        x_star.map(|x_star| block(x_star.view(), 0..self.rows, 0..self.inputs))
    }

    /// X*, the input as the weights see it: `input` itself if the layer does not decorrelate.
    pub(super) fn decorrelated_input<'a>(&'a self, input: LayerInput<'a>) -> LayerInput<'a> {
        self.decorrelated().map_or(input, LayerInput::Matrix)
    }

    pub(super) fn preactivation(&self) -> ArrayView2<'_, f32> {
        row_range(self.preactivation.view(), 0..self.rows)
    }

    pub(super) fn activation(&self) -> ArrayView2<'_, f32> {
        row_range(self.activation.view(), 0..self.rows)
    }
}

impl Pass {
    /// Buffers for up to `capacity` samples through `network`; `noisy` when the
    /// pass has noise of its own.
    pub fn new(network: &Network, capacity: usize, noisy: bool) -> Self {
        let sizes = network.sizes();
        let layers = network.layers.iter();
        Self {
            rows: 0,
            input: Input::new(capacity, sizes[0]),
            targets: Array2::zeros((capacity, sizes[sizes.len() - 1])),
            layers: layers
                .map(|layer| LayerPass::new(layer, capacity, noisy))
                .collect(),
            loss: Array1::zeros(capacity),
        }
    }

    /// Makes room for batches of samples with up to `longest` inputs that are not zero.
    pub fn with_lists(mut self, longest: usize) -> Self {
        self.input.reserve_lists(longest);
        self
    }

    /// Most samples that fit.
    pub fn capacity(&self) -> usize {
        self.input.capacity()
    }

    /// Takes `rows` samples into use and returns their input X_0 (rows, N_0) and
    /// targets (rows, N_L; each row sums to 1 for cross-entropy) to be filled.
    ///
    /// # Panics
    /// If `rows` is more than the capacity.
    pub fn start(&mut self, rows: usize) -> (ArrayViewMut2<'_, f32>, ArrayViewMut2<'_, f32>) {
        self.rows = rows;
        (
            self.input.start(rows),
            row_range_mut(self.targets.view_mut(), 0..rows),
        )
    }

    /// Like [`Pass::start`], for an input of `rows` samples that is mostly zero:
    /// `scale` times the whole numbers that are to be filled in.
    pub fn start_lists(
        &mut self,
        rows: usize,
        scale: f32,
    ) -> (&mut SparseRows, ArrayViewMut2<'_, f32>) {
        self.rows = rows;
        (
            self.input.start_lists(scale),
            row_range_mut(self.targets.view_mut(), 0..rows),
        )
    }

    /// Prepares training on the samples: inputs of `network` that are zero in every
    /// training sample are left out from here on.
    pub fn leave_out_dead_inputs(&mut self, network: &Network) {
        self.input.restrict(network.layers[0].live_inputs());
    }

    /// Draws this pass's own noise, layer by layer; it has none before, and keeps this one until
    /// it draws another or is silenced ([`Pass::silence`]).
    pub fn draw_noise(&mut self, source: &mut dyn NoiseSource) {
        for (l, layer) in self.layers.iter_mut().enumerate() {
            if let Some(noise) = &mut layer.noise {
                source.fill(
                    Site::Units(l),
                    row_range_mut(noise.view_mut(), 0..self.rows),
                );
            }
        }
    }

    /// Takes this pass's own noise away: the next pass is clean.
    pub fn silence(&mut self) {
        let noise = self
            .layers
            .iter_mut()
            .filter_map(|layer| layer.noise.as_mut());
        noise.for_each(|noise| noise.fill(0.0));
    }

    /// Whether the pass has noise of its own.
    pub fn is_noisy(&self) -> bool {
        self.layers.iter().any(|layer| layer.noise.is_some())
    }

    /// Layers that it goes through, L.
    pub fn layers(&self) -> usize {
        self.layers.len()
    }

    /// Samples in use, B.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The targets, (rows, N_L).
    pub fn targets(&self) -> ArrayView2<'_, f32> {
        row_range(self.targets.view(), 0..self.rows)
    }

    /// X_{l-1}, what layer `l` (from 0) receives: the batch, or the activations below.
    pub fn input(&self, l: usize) -> LayerInput<'_> {
        match l.checked_sub(1) {
            None => self.input.view(),
            Some(below) => LayerInput::Matrix(self.activation(below)),
        }
    }

    /// X*_{l-1}, the input of layer `l` (from 0) behind its decorrelation.
    pub fn decorrelated_input(&self, l: usize) -> LayerInput<'_> {
        self.layers[l].decorrelated_input(self.input(l))
    }

    pub(crate) fn layer(&self, l: usize) -> &LayerPass {
        &self.layers[l]
    }

    /// This pass's own noise in layer `l` (from 0), (rows, units); none in a clean pass.
    pub fn noise(&self, l: usize) -> Option<ArrayView2<'_, f32>> {
        let noise = self.layers[l].noise.as_ref();
        noise.map(|noise| row_range(noise.view(), 0..self.rows))
    }

    /// A_l, the pre-activations of layer `l` (from 0), (rows, units).
    pub fn preactivation(&self, l: usize) -> ArrayView2<'_, f32> {
        self.layers[l].preactivation()
    }

    /// X_l, the activations of layer `l` (from 0), (rows, units).
    pub fn activation(&self, l: usize) -> ArrayView2<'_, f32> {
        self.layers[l].activation()
    }

    /// The network's output X_L, (rows, N_L).
    pub fn output(&self) -> ArrayView2<'_, f32> {
        self.activation(self.layers.len() - 1)
    }

    /// The loss of each sample, (rows).
    pub fn loss(&self) -> ArrayView1<'_, f32> {
        self.loss.slice(s![..self.rows])
    }

    /// Runs the pass through `network`.
    pub(super) fn run(&mut self, network: &Network, gemm: &mut Gemm) {
        let mut below = self.input.view();
        let mut last = None;
        for (layer, at) in network.layers.iter().zip(&mut self.layers) {
            at.start(self.rows, below.dim().1);
            let mut cut = gemm.pieces.cut(self.rows, layer.work());
            while let Some(rows) = cut.next(&mut gemm.pieces) {
                let below = below.clone().rows(rows.clone());
                layer.forward(&below, at.rows_mut(rows), gemm);
            }
            let at: &LayerPass = at;
            below = LayerInput::Matrix(at.activation());
            last = Some(at);
        }
        if let Some(last) = last.filter(|_| gemm.pieces.is_next(self.rows)) {
            network.loss.of_pass(
                last.preactivation(),
                last.activation(),
                row_range(self.targets.view(), 0..self.rows),
                self.loss.slice_mut(s![..self.rows]),
            );
        }
    }
}
