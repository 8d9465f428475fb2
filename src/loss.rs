//! The loss of a sample, its difference between two passes, and its gradient.
//!
//! | loss | L of one sample (natural logarithm; y the target, x the output) |
//! | --- | --- |
//! | cross-entropy | - sum_i y_i ln x_i, with x = softmax(a) |
//! | mean squared error | (1 / N_L) sum_i (x_i - y_i)² |

use crate::activation::Activation;
use crate::linalg::math::Functions;
use crate::linalg::{numbers, numbers_mut, rows, rows_mut};

use ndarray::{ArrayView2, ArrayViewMut1, ArrayViewMut2};
use serde::{Deserialize, Serialize};

/// The loss of a sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LossKind {
    /// Cross-entropy.
    Ce,
    /// Mean squared error over the outputs.
    Mse,
}

/// A loss together with the output activation that it is taken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loss {
    /// Cross-entropy or mean squared error.
    pub kind: LossKind,
    /// The activation of the output layer; softmax for cross-entropy.
    pub output: Activation,
}

impl Loss {
    /// L of every sample from its pre-activations `a`, outputs `x` and targets
    /// `y`, all (batch, N_L); for cross-entropy a row of `y` sums to 1.
    pub fn of_pass(
        &self,
        a: ArrayView2<f32>,
        x: ArrayView2<f32>,
        y: ArrayView2<f32>,
        mut loss: ArrayViewMut1<f32>,
    ) {
        for (((a, x), y), loss) in rows(&a).zip(rows(&x)).zip(rows(&y)).zip(&mut loss) {
            *loss = match self.kind {
                LossKind::Ce => cross_entropy(a, x, y),
                LossKind::Mse => {
                    let sum: f32 = x.iter().zip(y).map(|(x, y)| (x - y) * (x - y)).sum();
                    sum / x.len() as f32
                }
            };
        }
    }

    /// dL = L - L~ of every sample: this pass less one whose pre-activations are
    /// `a + da` and outputs `x + dx`. Taken from the differences, not as the
    /// difference of two losses, so that it keeps its bits in f32:
    ///
    /// cross-entropy: y·da - ln(1 + sum_i x_i (exp(da_i) - 1));
    /// squared error: -(1 / N_L) sum_i dx_i (2 (x_i - y_i) + dx_i).
    pub fn difference(
        &self,
        a: ArrayView2<f32>,
        x: ArrayView2<f32>,
        da: ArrayView2<f32>,
        dx: ArrayView2<f32>,
        y: ArrayView2<f32>,
        mut loss_diff: ArrayViewMut1<f32>,
    ) {
        let before = rows(&a).zip(rows(&x)).zip(rows(&y));
        let differences = rows(&da).zip(rows(&dx)).zip(&mut loss_diff);
        for (((a, x), y), ((da, dx), out)) in before.zip(differences) {
            *out = match self.kind {
                LossKind::Ce => dot(da, y) - log_sum_exp_diff(a, x, da),
                LossKind::Mse => {
                    let terms = dx.iter().zip(x).zip(y);
                    let sum: f32 = terms.map(|((dx, x), y)| dx * (2.0 * (x - y) + dx)).sum();
                    -sum / x.len() as f32
                }
            };
        }
    }

    /// E_L = - dL/dA_L of every sample, (batch, N_L).
    ///
    /// Softmax with cross-entropy: y - x. Squared error: g = (2 / N_L) (y - x)
    /// for a linear output, x_i (g_i - sum_j x_j g_j) behind softmax.
    pub fn error(&self, x: ArrayView2<f32>, y: ArrayView2<f32>, mut error: ArrayViewMut2<f32>) {
        let scale = match self.kind {
            LossKind::Ce => 1.0,
            LossKind::Mse => 2.0 / x.ncols() as f32,
        };
        let outputs = numbers_mut(error.view_mut()).iter_mut().zip(numbers(x));
        outputs
            .zip(numbers(y))
            .for_each(|((e, x), y)| *e = scale * (y - x));
        if self.kind == LossKind::Mse && self.output == Activation::Softmax {
            for (e, x) in rows_mut(&mut error).zip(rows(&x)) {
                let mean = dot(e, x);
                e.iter_mut().zip(x).for_each(|(e, x)| *e = x * (*e - mean));
            }
        }
    }
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Minus sum_i y_i ln x_i; from the pre-activations where x_i is so small that its
/// logarithm is lost.
fn cross_entropy(a: &[f32], x: &[f32], y: &[f32]) -> f32 {
    let terms = a.iter().zip(x).zip(y).filter(|(_, y)| **y != 0.0);
    -terms
        .map(|((&a_i, &x_i), y)| {
            let surprise = if x_i > 1e-30 {
                Functions::new().ln(x_i)
            } else {
                a_i - log_sum_exp(a.iter().copied())
            };
            y * surprise
        })
        .sum::<f32>()
}

/// ln sum_i exp(a_i), without overflow.
fn log_sum_exp(a: impl Iterator<Item = f32> + Clone) -> f32 {
    let max = a.clone().fold(f32::NEG_INFINITY, f32::max);
    let functions = Functions::new();
    max + functions.ln(a.map(|a| functions.exp(a - max)).sum())
}

/// ln sum exp(a + da) - ln sum exp(a), given x = softmax(a).
fn log_sum_exp_diff(a: &[f32], x: &[f32], da: &[f32]) -> f32 {
    if da.iter().all(|da| da.abs() < 1.0) {
        let functions = Functions::new();
        let terms = da.iter().zip(x);
        libm::log1pf(terms.map(|(da, x)| x * functions.exp_minus_1(*da)).sum())
    } else {
        log_sum_exp(a.iter().zip(da).map(|(a, da)| a + da)) - log_sum_exp(a.iter().copied())
    }
}
