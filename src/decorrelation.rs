//! Decorrelation: learning R so that the entries of x* = R x are uncorrelated.
//!
//! After each batch, from the clean pass, with M = X*ᵀ X* / B:
//!
//! C = (1 - kappa) offdiag(M) + kappa (diag(M) - I),  R <- R - alpha C R.

use crate::linalg::{
    Gemm, NUMBER, all_finite, block_mut, col_range, col_range_mut, row_range, row_range_mut,
};
use ndarray::{Array1, Array2, ArrayView2, ArrayViewMut2, s};

/// How the product C R is computed; both give the same within rounding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// C R = (1 - kappa) X*ᵀ (X* R) / B + diag(...) R: two products of B rows,
    /// 2 B n² multiply-adds.
    Factored,
    /// C itself, of which half is computed since it is symmetric, then C R:
    /// B n (n + 1) / 2 + n³ multiply-adds.
    Covariance,
}

impl Form {
    /// The form with fewer multiply-adds for `rows` samples of `inputs` entries.
    pub fn cheaper(rows: usize, inputs: usize) -> Self {
        if Self::Factored.multiply_adds(rows, inputs)
            <= Self::Covariance.multiply_adds(rows, inputs)
        {
            Form::Factored
        } else {
            Form::Covariance
        }
    }

    /// Multiply-adds of one update from `rows` samples of `inputs` entries.
    pub fn multiply_adds(self, rows: usize, inputs: usize) -> u64 {
        let (b, n) = (rows as u64, inputs as u64);
        match self {
            Form::Factored => 2 * b * n * n,
            Form::Covariance => b * n * (n + 1) / 2 + n * n * n,
        }
    }
}

/// The update of decorrelation matrices, with its buffers.
#[derive(Debug, Default)]
pub struct Decorrelator {
    product: Array2<f32>,
    covariance: Array2<f32>,
    diagonal: Array1<f32>,
}

impl Decorrelator {
    /// Buffers for batches of up to `capacity` samples and layers with so many `inputs` in use.
    pub fn new(capacity: usize, inputs: &[usize]) -> Self {
        let widest = inputs.iter().copied().max().unwrap_or(0);
        let covariance = inputs
            .iter()
            .copied()
            .filter(|&n| Form::cheaper(capacity, n) == Form::Covariance)
            .max();
        let covariance = covariance.unwrap_or(0);
        Self {
            product: Array2::zeros((capacity.max(covariance), widest)),
            covariance: Array2::zeros((covariance, covariance)),
            diagonal: Array1::zeros(widest),
        }
    }

    /// R <- R - alpha C R with C from `x_star` (batch, n); R (n, n). It is cut into pieces.
    /// Returns false when R is found not to be finite.
    ///
    /// # Panics
    /// If `x_star` has more rows or columns than there are buffers for.
    pub fn update(
        &mut self,
        mut r: ArrayViewMut2<f32>,
        x_star: ArrayView2<f32>,
        alpha: f32,
        kappa: f32,
        form: Form,
        gemm: &mut Gemm,
    ) -> bool {
        match form {
            Form::Factored => self.update_factored(r.view_mut(), x_star, alpha, kappa, gemm),
            Form::Covariance => {
                self.update_by_covariance(r.view_mut(), x_star, alpha, kappa, gemm);
            }
        }
        !gemm.pieces.is_next(r.len()) || all_finite(r.view())
    }

    fn update_factored(
        &mut self,
        mut r: ArrayViewMut2<f32>,
        x_star: ArrayView2<f32>,
        alpha: f32,
        kappa: f32,
        gemm: &mut Gemm,
    ) {
        let (rows, n) = x_star.dim();
        let mut product = block_mut(self.product.view_mut(), 0..rows, 0..n);
        let mut cut = gemm.pieces.cut(rows, n * n);
        while let Some(rows) = cut.next(&mut gemm.pieces) {
            let x_star = row_range(x_star.view(), rows.clone());
            let product = row_range_mut(product.view_mut(), rows);
            gemm.product(1.0, x_star, r.view(), 0.0, product);
        }
        if gemm.pieces.is_next(NUMBER * (rows + n) * n) {
            let mut mean_square = self.diagonal.slice_mut(s![..n]);
            mean_square.fill(0.0);
            for row in x_star.rows() {
                mean_square.zip_mut_with(&row, |sum, x| *sum += x * x);
            }
            // (1 - kappa) X*ᵀ X* R / B holds the diagonal of M with the factor 1 - kappa;
            // C wants kappa (m_i - 1) there.
            mean_square.map_inplace(|sum| {
                let m = *sum / rows as f32;
                *sum = 1.0 - alpha * (kappa * (m - 1.0) - (1.0 - kappa) * m);
            });
            let keep = mean_square;
            for mut column in r.columns_mut() {
                column *= &keep;
            }
        }
        let scale = -alpha * (1.0 - kappa) / rows as f32;
        let mut cut = gemm.pieces.cut(n, rows * n);
        while let Some(cols) = cut.next(&mut gemm.pieces) {
            let product = col_range(product.view(), cols.clone());
            let r = col_range_mut(r.view_mut(), cols);
            gemm.product(scale, x_star.t(), product, 1.0, r);
        }
    }

    fn update_by_covariance(
        &mut self,
        mut r: ArrayViewMut2<f32>,
        x_star: ArrayView2<f32>,
        alpha: f32,
        kappa: f32,
        gemm: &mut Gemm,
    ) {
        let n = x_star.ncols();
        let mut c = block_mut(self.covariance.view_mut(), 0..n, 0..n);
        let mut before = block_mut(self.product.view_mut(), 0..n, 0..n);
        gemm.gram(1.0 / x_star.nrows() as f32, x_star, c.view_mut());
        if gemm.pieces.is_next(NUMBER * n * n) {
            for (i, mut row) in c.rows_mut().into_iter().enumerate() {
                let m = row[i];
                row *= 1.0 - kappa;
                row[i] = kappa * (m - 1.0);
            }
            before.assign(&r);
        }
        let mut cut = gemm.pieces.cut(n, n * n);
        while let Some(cols) = cut.next(&mut gemm.pieces) {
            let before = col_range(before.view(), cols.clone());
            let r = col_range_mut(r.view_mut(), cols);
            gemm.product(-alpha, c.view(), before, 1.0, r);
        }
    }
}

/// Decorrelation loss of a layer: the mean of the squared off-diagonal entries of
/// M = X*ᵀ X* / B, (n, n), where `x_star` (batch, n or fewer) may lack inputs that are zero
/// in every sample; `None` for a single input, which has none, and where M is too large for f32.
pub fn decorrelation_loss(x_star: ArrayView2<f32>, n: usize, gemm: &mut Gemm) -> Option<f64> {
    let (rows, given) = x_star.dim();
    if n < 2 {
        return None;
    }
    let mut m = Array2::zeros((given, given));
    gemm.gram(1.0 / rows as f32, x_star, m.view_mut());
    m.diag_mut().fill(0.0);
    let sum: f64 = m.iter().map(|&m| f64::from(m) * f64::from(m)).sum();
    sum.is_finite().then_some(sum / (n * (n - 1)) as f64)
}
