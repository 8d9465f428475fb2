//! A fully connected layer: its numbers and all products with them.
//!
//! Nobody else knows how they lie in memory (column-major), that a batch may come as
//! lists of what is not zero, or that inputs which are zero in every training image are
//! left out of training (the *live* ones stand first; see [`Layer::order_inputs`]).
//! A rule asks for the products by what they mean:
//!
//! | product | method |
//! | --- | --- |
//! | X* = X Rᵀ, A = X* Wᵀ + b, X_l = f(A) | [`Layer::forward`] |
//! | dX* = dX Rᵀ, dA = dX* Wᵀ + eps, dX_l | [`Layer::propagate`] |
//! | the same with noise on the weights | [`Layer::propagate_weight_noise`] |
//! | (E W) R | [`Layer::input_error`] |
//! | Eᵀ X*, sums of E | [`Layer::gradient`] |
//! | R - alpha C R | [`Layer::decorrelate`] |
//!
//! A convolution would fit here as an enum of two kinds of `Layer`, or a trait with these
//! six methods: its input is cut into patches (one row a place, `inputs` = kernel x kernel x
//! channels), on which each of the products is the one of this file, with batch x places
//! in the place of the batch; `input_error` adds the patches up again where they overlap.
//! R then decorrelates patches, and N counts every place. Passes, rules, optimizers and checkpoints would not notice: they hold
//! (rows, units) buffers and (units, inputs) gradients, whatever a row stands for.

use super::initialisation::he_normal;
use super::input::LayerInput;
use super::layer_gradient::LayerGradient;
use super::noisy_pass::{Change, LayerChange};
use super::pass::{LayerPass, LayerRows};
use crate::activation::Activation;
use crate::decorrelation::{Decorrelator, Form};
use crate::linalg::{
    Gemm, NUMBER, add_scaled, block, block_mut, col_range, col_range_mut, fill_rows, numbers,
    numbers_mut, row_range, row_range_mut, rows,
};
use crate::rng::Rng;
use ndarray::{
    Array1, Array2, ArrayView1, ArrayView2, ArrayViewMut1, ArrayViewMut2, Axis, ShapeBuilder, s,
};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Layer l: x* = R x, a = W x* + b, x_l = f(a).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Layer {
    /// W, (units, inputs); column-major in memory.
    weights: Array2<f32>,
    bias: Array1<f32>,
    /// R, (inputs, inputs); column-major in memory.
    decorrelation: Option<Array2<f32>>,
    activation: Activation,
    /// How many inputs, from the first, are not zero in some training sample.
    live: usize,
}

impl Layer {
    /// He-normal weights, biases of zero, R = I if `decorrelated`.
    pub fn new(
        inputs: usize,
        units: usize,
        activation: Activation,
        decorrelated: bool,
        rng: &mut Rng,
    ) -> Self {
        Self {
            weights: he_normal(units, inputs, rng),
            bias: Array1::zeros(units),
            decorrelation: decorrelated.then(|| Array2::eye(inputs).reversed_axes()),
            activation,
            live: inputs,
        }
    }

    /// A layer of these numbers: W (units, inputs), b (units), R (inputs, inputs) if any.
    pub fn from_parts(
        weights: &Array2<f32>,
        bias: Array1<f32>,
        decorrelation: Option<&Array2<f32>>,
        activation: Activation,
    ) -> Self {
        Self {
            live: weights.ncols(),
            weights: column_major(weights),
            bias,
            decorrelation: decorrelation.map(column_major),
            activation,
        }
    }

    /// N_{l-1}.
    pub fn inputs(&self) -> usize {
        self.weights.ncols()
    }

    /// N_l.
    pub fn units(&self) -> usize {
        self.weights.nrows()
    }

    /// f.
    pub fn activation(&self) -> Activation {
        self.activation
    }

    /// W, (units, inputs).
    pub fn weights(&self) -> ArrayView2<'_, f32> {
        self.weights.view()
    }

    /// W, to be written.
    pub fn weights_mut(&mut self) -> ArrayViewMut2<'_, f32> {
        self.weights.view_mut()
    }

    /// b, (units).
    pub fn bias(&self) -> ArrayView1<'_, f32> {
        self.bias.view()
    }

    /// b, to be written.
    pub fn bias_mut(&mut self) -> ArrayViewMut1<'_, f32> {
        self.bias.view_mut()
    }

    /// R, (inputs, inputs); none when the algorithm does not decorrelate.
    pub fn decorrelation(&self) -> Option<ArrayView2<'_, f32>> {
        self.decorrelation.as_ref().map(|r| r.view())
    }

    /// R, to be written.
    pub fn decorrelation_mut(&mut self) -> Option<ArrayViewMut2<'_, f32>> {
        self.decorrelation.as_mut().map(|r| r.view_mut())
    }

    /// The same layer with its matrices in memory as the products want them.
    pub(crate) fn column_major(mut self) -> Self {
        self.weights = column_major(&self.weights);
        self.decorrelation = self.decorrelation.as_ref().map(column_major);
        self
    }

    /// Puts the inputs into another order: what input `order[i]` was, input i becomes.
    /// Training may then leave out those behind the first `live`.
    pub fn order_inputs(&mut self, order: &[usize], live: usize) {
        let (w, n) = (&self.weights, order.len());
        self.weights = Array2::from_shape_fn((w.nrows(), n).f(), |(i, j)| w[[i, order[j]]]);
        if let Some(r) = &mut self.decorrelation {
            *r = Array2::from_shape_fn((n, n).f(), |(i, j)| r[[order[i], order[j]]]);
        }
        self.live = live;
    }

    /// Inputs that training uses, counted from the first.
    pub fn live_inputs(&self) -> usize {
        self.live
    }

    /// Whether its numbers are as many as its size asks for, with `live` inputs in use.
    pub(crate) fn is_whole(&self, decorrelated: bool, live: usize) -> bool {
        let (units, inputs) = self.weights.dim();
        let r = self.decorrelation.as_ref().map(Array2::dim);
        self.bias.len() == units
            && r == decorrelated.then_some((inputs, inputs))
            && self.live == live
    }

    /// A gradient of zeros.
    pub fn zero_gradient(&self) -> LayerGradient {
        LayerGradient {
            weights: Array2::zeros((self.units(), self.live).f()),
            bias: Array1::zeros(self.units()),
        }
    }

    /// What an optimizer changes, in the shape of a gradient: the weights of the live
    /// inputs (units, live) and the biases (1, units).
    pub(crate) fn parameters_mut(&mut self) -> [ArrayViewMut2<'_, f32>; 2] {
        [
            col_range_mut(self.weights.view_mut(), 0..self.live),
            self.bias.view_mut().insert_axis(Axis(0)),
        ]
    }

    /// What a row costs that passes through, in multiply-adds.
    pub(crate) fn work(&self) -> usize {
        let through_r = self.decorrelation.as_ref().map_or(0, Array2::nrows);
        self.inputs() * (self.units() + through_r) + NUMBER * self.units()
    }

    /// X* = X Rᵀ; A = X* Wᵀ + b (+ the pass's own noise); X_l = f(A), of some rows.
    pub(super) fn forward(&self, input: &LayerInput, at: LayerRows, gemm: &mut Gemm) {
        let (_, inputs) = input.dim();
        let (mut a, noise) = (at.preactivation, at.noise);
        fill_rows(a.view_mut(), in_line(&self.bias));
        if let Some(noise) = noise {
            add_scaled(a.view_mut(), 1.0, noise);
        }
        let weights = col_range(self.weights.view(), 0..inputs).reversed_axes();
        match (&self.decorrelation, at.decorrelated) {
            (Some(r), Some(mut x_star)) => {
                let r = block(r.view(), 0..inputs, 0..inputs);
                input.times(r.reversed_axes(), 0.0, x_star.view_mut(), gemm);
                gemm.product(1.0, x_star.view(), weights, 1.0, a.view_mut());
            }
            _ => input.times(weights, 1.0, a.view_mut(), gemm),
        }
        self.activation.apply(a.view(), at.activation);
    }

    /// dX* = dX Rᵀ; dA = dX* Wᵀ (+ eps if `noisy`); dX_l, the `change` of f: what a noisy
    /// pass adds to these rows of the pass `at`. Without `below`, dX is zero. `scratch` holds dX*.
    #[expect(
        clippy::too_many_arguments,
        reason = "a pass, what it is compared with, and room"
    )]
    pub(super) fn propagate(
        &self,
        below: Option<ArrayView2<f32>>,
        noisy: bool,
        change: Change,
        (at, rows): (&LayerPass, Range<usize>),
        moved: &mut LayerChange,
        scratch: &mut [f32],
        gemm: &mut Gemm,
    ) {
        if noisy {
            moved.start_with_noise(rows.clone());
        }
        if let Some(dx) = below {
            let beta = if noisy { 1.0 } else { 0.0 };
            let da = moved.preactivation_mut(rows.clone());
            match &self.decorrelation {
                Some(r) => {
                    let mut dx_star = room(scratch, dx.dim());
                    gemm.product(1.0, dx, r.t(), 0.0, dx_star.view_mut());
                    gemm.product(1.0, dx_star.view(), self.weights.t(), beta, da);
                }
                None => gemm.product(1.0, dx, self.weights.t(), beta, da),
            }
        }
        self.change_activation(change, at, rows, moved);
    }

    /// The same, where `noise` was added to the weights and biases and not to the units:
    /// dA = dX* Wᵀ + (X* + dX*) eWᵀ + eb. `input` is what these rows of the pass `at` received.
    #[expect(
        clippy::too_many_arguments,
        reason = "a pass, what it is compared with, and room"
    )]
    pub(super) fn propagate_weight_noise<'a>(
        &self,
        below: Option<ArrayView2<f32>>,
        input: LayerInput<'a>,
        noise: &LayerGradient,
        (at, rows): (&'a LayerPass, Range<usize>),
        moved: &mut LayerChange,
        scratch: &mut [f32],
        gemm: &mut Gemm,
    ) {
        let mut da = moved.preactivation_mut(rows.clone());
        fill_rows(da.view_mut(), in_line(&noise.bias));
        let x_star = at.decorrelated_input(input).rows(rows.clone());
        match below {
            None => x_star.times(noise.weights.t(), 1.0, da, gemm),
            Some(dx) => {
                let mut sum = room(scratch, dx.dim());
                match &self.decorrelation {
                    Some(r) => gemm.product(1.0, dx, r.t(), 0.0, sum.view_mut()),
                    None => numbers_mut(sum.view_mut()).copy_from_slice(numbers(dx)),
                }
                gemm.product(1.0, sum.view(), self.weights.t(), 1.0, da.view_mut());
                add_scaled(sum.view_mut(), 1.0, x_star.matrix());
                gemm.product(1.0, sum.view(), noise.weights.t(), 1.0, da);
            }
        }
        self.change_activation(Change::Difference, at, rows, moved);
    }

    fn change_activation(
        &self,
        change: Change,
        at: &LayerPass,
        rows: Range<usize>,
        moved: &mut LayerChange,
    ) {
        let (da, dx) = moved.preactivation_and_activation(rows.clone());
        let (a, x) = (at.preactivation(), at.activation());
        let (a, x) = (row_range(a.view(), rows.clone()), row_range(x.view(), rows));
        match change {
            Change::Difference => self.activation.difference(a, x, da, dx),
            Change::Tangent => self.activation.tangent(a, x, da, dx),
        }
    }

    /// The error of this layer's input: out = (E W) R, from E (batch, units).
    pub(crate) fn input_error(
        &self,
        error: ArrayView2<f32>,
        scratch: &mut [f32],
        out: ArrayViewMut2<f32>,
        gemm: &mut Gemm,
    ) {
        match &self.decorrelation {
            Some(r) => {
                let mut through_weights = room(scratch, out.dim());
                gemm.product(
                    1.0,
                    error,
                    self.weights.view(),
                    0.0,
                    through_weights.view_mut(),
                );
                gemm.product(1.0, through_weights.view(), r.view(), 0.0, out);
            }
            None => gemm.product(1.0, error, self.weights.view(), 0.0, out),
        }
    }

    /// gW = scale Eᵀ X*, gb = scale (sum of E over the batch); from E (batch, units), and the
    /// pass `at` that received `input`. It is cut into pieces.
    pub(crate) fn gradient<'a>(
        &self,
        scale: f32,
        errors: ArrayView2<f32>,
        input: LayerInput<'a>,
        at: &'a LayerPass,
        out: &mut LayerGradient,
        gemm: &mut Gemm,
    ) {
        let x_star = at.decorrelated_input(input);
        let (samples, inputs) = x_star.dim();
        let mut cut = gemm.pieces.cut(self.units(), samples * inputs);
        while let Some(units) = cut.next(&mut gemm.pieces) {
            let errors = col_range(errors.view(), units.clone());
            let out = row_range_mut(out.weights.view_mut(), units);
            x_star.outer_product(scale, errors, out, gemm);
        }
        if gemm.pieces.is_next(NUMBER * errors.len()) {
            out.bias.fill(0.0);
            rows(&errors).for_each(|row| {
                out.bias.iter_mut().zip(row).for_each(|(sum, e)| *sum += e);
            });
            out.bias *= scale;
        }
    }

    /// R <- R - alpha C R, with C from the pass `at`; see [`crate::decorrelation`]. Returns
    /// whether R is still finite, as it is where there is none. It is cut into pieces.
    pub(crate) fn decorrelate(
        &mut self,
        at: &LayerPass,
        alpha: f32,
        kappa: f32,
        decorrelator: &mut Decorrelator,
        gemm: &mut Gemm,
    ) -> bool {
        let (Some(r), Some(x_star)) = (&mut self.decorrelation, at.decorrelated()) else {
            return true;
        };
        let (rows, inputs) = x_star.dim();
        let mut finite = true;
        // Of an input that is always zero, C has -kappa on the diagonal and zeros elsewhere.
        if gemm.pieces.is_next(inputs) {
            let mut diagonal = r.diag_mut();
            let mut unused = diagonal.slice_mut(s![inputs..]);
            unused.map_inplace(|r| *r *= 1.0 + alpha * kappa);
            finite = unused.iter().all(|r| r.is_finite());
        }
        let in_use = block_mut(r.view_mut(), 0..inputs, 0..inputs);
        let form = Form::cheaper(rows, inputs);
        decorrelator.update(in_use, x_star, alpha, kappa, form, gemm) && finite
    }
}

/// The numbers of a vector.
fn in_line(vector: &Array1<f32>) -> &[f32] {
    vector.as_slice().expect("one behind the other")
}

/// A matrix of this shape in the first numbers of `scratch`.
fn room(scratch: &mut [f32], (rows, cols): (usize, usize)) -> ArrayViewMut2<'_, f32> {
    let numbers = &mut scratch[..rows * cols];
    ArrayViewMut2::from_shape((rows, cols), numbers).expect("as many numbers as the shape has")
}

/// The same matrix with its columns one behind the other in memory.
pub(crate) fn column_major(matrix: &Array2<f32>) -> Array2<f32> {
    let mut copy = Array2::zeros(matrix.raw_dim().f());
    copy.assign(matrix);
    copy
}
