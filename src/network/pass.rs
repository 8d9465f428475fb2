//! A forward pass: everything that it computes, kept for what follows.

use super::Network;
use crate::linalg::{Gemm, SparseColumns, SparseRows};
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
///
/// The input is a matrix, or, where most of it is zero, [`SparseInput`]. Training
/// may leave out inputs that are zero in every sample, if they are the last ones.
#[derive(Debug)]
pub struct Pass {
    rows: usize,
    inputs_in_use: usize,
    sparse: SparseInput,
    input: Array2<f32>,
    targets: Array2<f32>,
    decorrelated: Vec<Array2<f32>>,
    noise: Vec<Array2<f32>>,
    preactivation: Vec<Array2<f32>>,
    activation: Vec<Array2<f32>>,
    loss: Array1<f32>,
}

/// A batch that is mostly zero, by sample and, for the weight gradient, by input.
#[derive(Debug, Default)]
struct SparseInput {
    by_sample: SparseRows,
    by_column: SparseColumns,
    scale: f32,
    in_use: bool,
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
            inputs_in_use: sizes[0],
            sparse: SparseInput::default(),
            input: Array2::zeros((capacity, sizes[0])),
            targets: Array2::zeros((capacity, sizes[sizes.len() - 1])),
            decorrelated: buffers(decorrelated, super::Layer::inputs),
            noise: buffers(noisy, super::Layer::units),
            preactivation: buffers(true, super::Layer::units),
            activation: buffers(true, super::Layer::units),
            loss: Array1::zeros(capacity),
        }
    }

    /// Makes room for batches of samples with up to `longest` inputs that are not zero.
    pub fn with_sparse_input(mut self, longest: usize) -> Self {
        let (rows, inputs) = self.input.dim();
        self.sparse = SparseInput {
            by_sample: SparseRows::with_capacity(rows, rows * longest),
            by_column: SparseColumns::with_capacity(rows, inputs, longest),
            scale: 1.0,
            in_use: false,
        };
        self
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
        self.use_inputs(self.input.ncols(), false);
        (
            self.input.slice_mut(s![..rows, ..]),
            self.targets.slice_mut(s![..rows, ..]),
        )
    }

    /// Like [`Pass::start`], for an input of `rows` samples that is mostly zero:
    /// `scale` times the whole numbers that are to be filled in.
    pub fn start_sparse(
        &mut self,
        rows: usize,
        scale: f32,
    ) -> (&mut SparseRows, ArrayViewMut2<'_, f32>) {
        self.rows = rows;
        self.use_inputs(self.input.ncols(), true);
        self.sparse.scale = scale;
        (
            &mut self.sparse.by_sample,
            self.targets.slice_mut(s![..rows, ..]),
        )
    }

    fn use_inputs(&mut self, inputs: usize, sparse: bool) {
        self.inputs_in_use = inputs;
        self.sparse.in_use = sparse;
    }

    /// Prepares a training step, in which only the first `inputs` inputs are not
    /// zero in any sample: its products leave the others out.
    pub fn restrict_inputs(&mut self, inputs: usize) {
        self.inputs_in_use = inputs;
        let SparseInput {
            by_sample,
            by_column,
            in_use,
            ..
        } = &mut self.sparse;
        if *in_use {
            by_column.fill(by_sample, inputs);
        }
    }

    /// How many inputs of layer `l` (from 0) are in use, counted from the first.
    pub fn inputs_in_use(&self, l: usize) -> usize {
        if l == 0 {
            self.inputs_in_use
        } else {
            self.activation[l - 1].ncols()
        }
    }

    fn sparse_input(&self, l: usize) -> Option<&SparseInput> {
        (l == 0 && self.sparse.in_use).then_some(&self.sparse)
    }

    /// The input of layer `l` (from 0) by column, and its scale, if it is sparse as
    /// the weights see it.
    pub fn sparse_input_by_column(&self, l: usize) -> Option<(&SparseColumns, f32)> {
        let decorrelated = !self.decorrelated.is_empty();
        let input = self.sparse_input(l).filter(|_| !decorrelated);
        input.map(|sparse| (&sparse.by_column, sparse.scale))
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

    /// X*_{l-1}, the input of layer `l` (from 0) behind its decorrelation, (rows,
    /// inputs in use).
    ///
    /// # Panics
    /// If that input is sparse: it is then [`Pass::sparse_input_by_column`].
    pub fn decorrelated_input(&self, l: usize) -> ArrayView2<'_, f32> {
        let in_use = s![..self.rows, ..self.inputs_in_use(l)];
        match self.decorrelated.get(l) {
            Some(decorrelated) => decorrelated.slice(in_use),
            None => self.input(l),
        }
    }

    /// X_{l-1}, the activations that layer `l` (from 0) receives, (rows, inputs in use).
    ///
    /// # Panics
    /// If that input is sparse.
    pub fn input(&self, l: usize) -> ArrayView2<'_, f32> {
        assert!(
            self.sparse_input(l).is_none(),
            "a sparse input read as a dense one"
        );
        let input = if l == 0 {
            &self.input
        } else {
            &self.activation[l - 1]
        };
        input.slice(s![..self.rows, ..self.inputs_in_use(l)])
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
        let inputs = self.inputs_in_use(l);
        if let Some(r) = &layer.decorrelation {
            let mut decorrelated = std::mem::take(&mut self.decorrelated[l]);
            let out = decorrelated.slice_mut(s![..rows, ..inputs]);
            self.times_input(
                l,
                r.slice(s![..inputs, ..inputs]).reversed_axes(),
                0.0,
                out,
                gemm,
            );
            self.decorrelated[l] = decorrelated;
        }
        let mut preactivation = std::mem::take(&mut self.preactivation[l]);
        let mut a = preactivation.slice_mut(s![..rows, ..]);
        a.assign(&layer.bias);
        if let Some(noise) = self.noise(l) {
            a += &noise;
        }
        let weights = layer.weights.slice(s![.., ..inputs]).reversed_axes();
        if layer.decorrelation.is_some() {
            gemm.product(1.0, self.decorrelated_input(l), weights, 1.0, a.view_mut());
        } else {
            self.times_input(l, weights, 1.0, a.view_mut(), gemm);
        }
        let mut activation = std::mem::take(&mut self.activation[l]);
        layer
            .activation
            .apply(a.view(), activation.slice_mut(s![..rows, ..]));
        self.activation[l] = activation;
        self.preactivation[l] = preactivation;
    }

    /// out = beta out + X_{l-1} b, by the sparse product where X_0 is sparse.
    fn times_input(
        &self,
        l: usize,
        b: ArrayView2<f32>,
        beta: f32,
        out: ArrayViewMut2<f32>,
        gemm: &mut Gemm,
    ) {
        match self.sparse_input(l) {
            Some(input) => gemm.sparse_product(input.scale, &input.by_sample, b, beta, out),
            None => gemm.product(1.0, self.input(l), b, beta, out),
        }
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
