//! What a layer receives: a matrix, or, where most of a batch is zero, lists of the
//! numbers that are not.

use crate::linalg::{Gemm, SparseColumns, SparseRows, block, row_range, row_range_mut};
use ndarray::{Array2, ArrayView2, ArrayViewMut2};
use std::ops::Range;

/// The input of a layer for one batch, (batch, inputs in use).
#[derive(Debug, Clone)]
pub enum LayerInput<'a> {
    /// Every number.
    Matrix(ArrayView2<'a, f32>),
    /// Those that are not zero, of these rows.
    Lists(&'a Lists, Range<usize>),
}

/// A batch that is mostly zero, by sample and, for the weight gradient, by input.
#[derive(Debug, Default)]
pub struct Lists {
    by_sample: SparseRows,
    by_input: SparseColumns,
    inputs: usize,
    /// What the whole numbers of the lists are multiplied with.
    scale: f32,
}

impl<'a> LayerInput<'a> {
    /// (batch, inputs in use).
    pub fn dim(&self) -> (usize, usize) {
        match self {
            Self::Matrix(x) => x.dim(),
            Self::Lists(lists, rows) => (rows.len(), lists.inputs),
        }
    }

    /// The matrix.
    ///
    /// # Panics
    /// If the input is kept as lists.
    pub fn matrix(self) -> ArrayView2<'a, f32> {
        match self {
            Self::Matrix(x) => x,
            Self::Lists(..) => panic!("an input of lists is read as a matrix"),
        }
    }

    /// These rows of it.
    #[inline(never)]
    pub(super) fn rows(self, rows: Range<usize>) -> Self {
        match self {
            Self::Matrix(x) => Self::Matrix(row_range(x, rows)),
            Self::Lists(lists, _) => Self::Lists(lists, rows),
        }
    }

    /// out = beta out + X b, with b (inputs in use, n) whose rows lie one behind the other.
    #[inline(never)]
    pub(crate) fn times(
        &self,
        b: ArrayView2<f32>,
        beta: f32,
        out: ArrayViewMut2<f32>,
        gemm: &mut Gemm,
    ) {
        match self {
            Self::Matrix(x) => gemm.product(1.0, x.view(), b, beta, out),
            Self::Lists(lists, rows) => {
                let a = (&lists.by_sample, rows.clone());
                gemm.sparse_product(lists.scale, a, b, beta, out);
            }
        }
    }

    /// out = scale eᵀ X of the whole batch, with e (batch, units) and out column-major in memory.
    pub(super) fn outer_product(
        &self,
        scale: f32,
        e: ArrayView2<f32>,
        out: ArrayViewMut2<f32>,
        gemm: &mut Gemm,
    ) {
        match self {
            Self::Matrix(x) => gemm.product(scale, e.t(), x.view(), 0.0, out),
            Self::Lists(lists, _) => gemm.transposed_sparse_product(
                scale * lists.scale,
                &lists.by_input,
                e,
                out.reversed_axes(),
            ),
        }
    }
}

/// The input X_0 of a pass, with room for `capacity` samples.
#[derive(Debug)]
pub(super) struct Input {
    rows: usize,
    in_use: usize,
    matrix: Array2<f32>,
    lists: Lists,
    as_lists: bool,
}

impl Input {
    pub fn new(capacity: usize, inputs: usize) -> Self {
        Self {
            rows: 0,
            in_use: inputs,
            matrix: Array2::zeros((capacity, inputs)),
            lists: Lists::default(),
            as_lists: false,
        }
    }

    /// Makes room for samples with up to `longest` inputs that are not zero.
    pub fn reserve_lists(&mut self, longest: usize) {
        let (rows, inputs) = self.matrix.dim();
        self.lists.by_sample = SparseRows::with_capacity(rows, rows * longest);
        self.lists.by_input = SparseColumns::with_capacity(rows, inputs, longest);
    }

    pub fn capacity(&self) -> usize {
        self.matrix.nrows()
    }

    /// Takes `rows` samples into use and returns their input (rows, inputs) to be filled.
    pub fn start(&mut self, rows: usize) -> ArrayViewMut2<'_, f32> {
        self.rows = rows;
        self.in_use = self.matrix.ncols();
        self.as_lists = false;
        row_range_mut(self.matrix.view_mut(), 0..rows)
    }

    /// The same as lists of whole numbers, to be multiplied with `scale`.
    pub fn start_lists(&mut self, scale: f32) -> &mut SparseRows {
        self.as_lists = true;
        self.lists.inputs = self.matrix.ncols();
        self.lists.scale = scale;
        self.lists.by_sample.clear();
        &mut self.lists.by_sample
    }

    /// Prepares a weight gradient, of the first `inputs` inputs only.
    pub fn restrict(&mut self, inputs: usize) {
        self.in_use = inputs;
        if self.as_lists {
            self.lists.inputs = inputs;
            self.lists.by_input.fill(&self.lists.by_sample, inputs);
        }
    }

    pub fn view(&self) -> LayerInput<'_> {
        if self.as_lists {
            LayerInput::Lists(&self.lists, 0..self.lists.by_sample.rows())
        } else {
            LayerInput::Matrix(block(self.matrix.view(), 0..self.rows, 0..self.in_use))
        }
    }
}
