//! A forward pass: everything that it computes, kept for what follows.

use super::input::{Input, LayerInput};
use super::{Layer, Network};
use crate::linalg::{Gemm, SparseRows};
use crate::noise::{NoiseSource, Site};
use ndarray::{Array1, Array2, ArrayView1, ArrayView2, ArrayViewMut2, s};

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

    /// A starts as b, plus the pass's own noise.
    pub(super) fn start_preactivation(&mut self, bias: &Array1<f32>) {
        let mut a = self.preactivation.slice_mut(s![..self.rows, ..]);
        a.assign(bias);
        if let Some(noise) = &self.noise {
            a += &noise.slice(s![..self.rows, ..]);
        }
    }

    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// X*, (rows, inputs in use), if the layer decorrelates.
    pub(super) fn decorrelated(&self) -> Option<ArrayView2<'_, f32>> {
        let x_star = self.decorrelated.as_ref();
        x_star.map(|x_star| x_star.slice(s![..self.rows, ..self.inputs]))
    }

    pub(super) fn decorrelated_mut(&mut self) -> Option<ArrayViewMut2<'_, f32>> {
        let x_star = self.decorrelated.as_mut();
        x_star.map(|x_star| x_star.slice_mut(s![..self.rows, ..self.inputs]))
    }

    /// X*, the input as the weights see it: `input` itself if the layer does not decorrelate.
    pub(super) fn decorrelated_input<'a>(&'a self, input: LayerInput<'a>) -> LayerInput<'a> {
        self.decorrelated().map_or(input, LayerInput::Matrix)
    }

    pub(super) fn decorrelated_and_preactivation(
        &mut self,
    ) -> (Option<ArrayView2<'_, f32>>, ArrayViewMut2<'_, f32>) {
        let x_star = self.decorrelated.as_ref();
        (
            x_star.map(|x_star| x_star.slice(s![..self.rows, ..self.inputs])),
            self.preactivation.slice_mut(s![..self.rows, ..]),
        )
    }

    pub(super) fn preactivation_and_activation(
        &mut self,
    ) -> (ArrayView2<'_, f32>, ArrayViewMut2<'_, f32>) {
        (
            self.preactivation.slice(s![..self.rows, ..]),
            self.activation.slice_mut(s![..self.rows, ..]),
        )
    }

    pub(super) fn preactivation(&self) -> ArrayView2<'_, f32> {
        self.preactivation.slice(s![..self.rows, ..])
    }

    pub(super) fn activation(&self) -> ArrayView2<'_, f32> {
        self.activation.slice(s![..self.rows, ..])
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
            self.targets.slice_mut(s![..rows, ..]),
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
            self.targets.slice_mut(s![..rows, ..]),
        )
    }

    /// Prepares training on the samples: inputs of `network` that are zero in every
    /// training sample are left out from here on.
    pub fn leave_out_dead_inputs(&mut self, network: &Network) {
        self.input.restrict(network.layers[0].live_inputs());
    }

    /// Draws this pass's own noise, layer by layer; without it the pass is clean.
    pub fn draw_noise(&mut self, source: &mut dyn NoiseSource) {
        for (l, layer) in self.layers.iter_mut().enumerate() {
            if let Some(noise) = &mut layer.noise {
                source.fill(Site::Units(l), noise.slice_mut(s![..self.rows, ..]));
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
        self.targets.slice(s![..self.rows, ..])
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
        noise.map(|noise| noise.slice(s![..self.rows, ..]))
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
            layer.forward(&below, at, gemm);
            let at: &LayerPass = at;
            below = LayerInput::Matrix(at.activation());
            last = Some(at);
        }
        if let Some(last) = last {
            network.loss.of_pass(
                last.preactivation(),
                last.activation(),
                self.targets.slice(s![..self.rows, ..]),
                self.loss.slice_mut(s![..self.rows]),
            );
        }
    }
}
