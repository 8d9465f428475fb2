//! Activation functions, their derivatives, and their differences.

use crate::linalg::math::Functions;
use crate::linalg::{numbers, numbers_mut, rows, rows_mut};
use ndarray::{ArrayView2, ArrayViewMut2};
use serde::{Deserialize, Serialize};

/// Slope of leaky ReLU below zero.
pub const LEAK: f32 = 0.2;

/// An activation function f.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Activation {
    /// f(a) = a for a > 0, else 0.2 a.
    LeakyRelu,
    /// f(a) = a for a > 0, else 0.
    Relu,
    /// f(a) = tanh a.
    Tanh,
    /// f(a) = 1 for a > 0, else 0: a hard threshold; its derivative is zero.
    Step,
    /// f(a) = a.
    Linear,
    /// f(a)_i = exp(a_i) / sum_j exp(a_j); for the output layer only.
    Softmax,
}

impl Activation {
    /// X = f(A), both (batch, units).
    pub fn apply(self, a: ArrayView2<f32>, x: ArrayViewMut2<f32>) {
        match self {
            Self::LeakyRelu => map(a, x, |a| if a > 0.0 { a } else { LEAK * a }),
            Self::Relu => map(a, x, |a| if a > 0.0 { a } else { 0.0 }),
            Self::Tanh => map(a, x, libm::tanhf),
            Self::Step => map(a, x, |a| if a > 0.0 { 1.0 } else { 0.0 }),
            Self::Linear => map(a, x, |a| a),
            Self::Softmax => softmax(a, x),
        }
    }

    /// dX = f(A + dA) - f(A), all (batch, units), given X = f(A).
    ///
    /// Where f is linear between the two points, dX is exactly slope * dA; where it
    /// is not, dX comes from an identity that does not subtract two near values, so
    /// that small noise keeps its bits in f32.
    pub fn difference(
        self,
        a: ArrayView2<f32>,
        x: ArrayView2<f32>,
        da: ArrayView2<f32>,
        mut dx: ArrayViewMut2<f32>,
    ) {
        match self {
            Self::LeakyRelu => map3(a, x, da, dx, |a, x, da| piecewise(LEAK, a, x, da)),
            Self::Relu => map3(a, x, da, dx, |a, x, da| piecewise(0.0, a, x, da)),
            // tanh p - tanh q = tanh(p - q) (1 - tanh p tanh q)
            Self::Tanh => map3(a, x, da, dx, |a, x, da| {
                libm::tanhf(da) * (1.0 - x * libm::tanhf(a + da))
            }),
            Self::Step => map3(
                a,
                x,
                da,
                dx,
                |a, x, da| if a + da > 0.0 { 1.0 - x } else { -x },
            ),
            Self::Linear => dx.assign(&da),
            Self::Softmax => softmax_difference(a, x, da, dx),
        }
    }

    /// dX = f'(A) dA, all (batch, units), given X = f(A).
    pub fn tangent(
        self,
        a: ArrayView2<f32>,
        x: ArrayView2<f32>,
        da: ArrayView2<f32>,
        mut dx: ArrayViewMut2<f32>,
    ) {
        if self == Self::Softmax {
            return softmax_tangent(x, da, dx);
        }
        dx.assign(&da);
        self.backpropagate(a, x, dx);
    }

    /// E <- E f'(A), all (batch, units), given X = f(A): a step of
    /// backpropagation through a hidden layer.
    ///
    /// Softmax has no derivative of its own unit alone; it stands in the output
    /// layer, whose error [`crate::loss::Loss::error`] gives.
    pub fn backpropagate(self, a: ArrayView2<f32>, x: ArrayView2<f32>, error: ArrayViewMut2<f32>) {
        match self {
            Self::LeakyRelu => scale(error, a, |a| if a > 0.0 { 1.0 } else { LEAK }),
            Self::Relu => scale(error, a, |a| if a > 0.0 { 1.0 } else { 0.0 }),
            Self::Tanh => scale(error, x, |x| 1.0 - x * x),
            Self::Step => scale(error, a, |_| 0.0),
            Self::Linear | Self::Softmax => {}
        }
    }
}

// Each of these is compiled for its function, so that the loops become SIMD.

fn map(a: ArrayView2<f32>, x: ArrayViewMut2<f32>, f: impl Fn(f32) -> f32) {
    let units = numbers_mut(x).iter_mut().zip(numbers(a));
    units.for_each(|(x, &a)| *x = f(a));
}

fn map3(
    a: ArrayView2<f32>,
    x: ArrayView2<f32>,
    da: ArrayView2<f32>,
    dx: ArrayViewMut2<f32>,
    f: impl Fn(f32, f32, f32) -> f32,
) {
    let before = numbers(a).iter().zip(numbers(x));
    let after = numbers_mut(dx).iter_mut().zip(numbers(da));
    after
        .zip(before)
        .for_each(|((dx, &da), (&a, &x))| *dx = f(a, x, da));
}

fn scale(error: ArrayViewMut2<f32>, by: ArrayView2<f32>, f: impl Fn(f32) -> f32) {
    let units = numbers_mut(error).iter_mut().zip(numbers(by));
    units.for_each(|(error, &by)| *error *= f(by));
}

fn softmax(a: ArrayView2<f32>, mut x: ArrayViewMut2<f32>) {
    let functions = Functions::new();
    for (a, x) in rows(&a).zip(rows_mut(&mut x)) {
        let max = a.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        x.iter_mut()
            .zip(a)
            .for_each(|(x, a)| *x = functions.exp(a - max));
        let scale = 1.0 / x.iter().sum::<f32>();
        x.iter_mut().for_each(|x| *x *= scale);
    }
}

/// dx_i = x_i (da_i - x·da).
fn softmax_tangent(x: ArrayView2<f32>, da: ArrayView2<f32>, mut dx: ArrayViewMut2<f32>) {
    for ((x, da), dx) in rows(&x).zip(rows(&da)).zip(rows_mut(&mut dx)) {
        let mean: f32 = x.iter().zip(da).map(|(x, da)| x * da).sum();
        let numbers = dx.iter_mut().zip(x).zip(da);
        numbers.for_each(|((dx, x), da)| *dx = x * (da - mean));
    }
}

/// x~_i - x_i = x_i (exp(da_i) - 1 - s) / (1 + s) with s = sum_j x_j (exp(da_j) - 1);
/// where the noise is large, the difference of the two softmaxes.
fn softmax_difference(
    a: ArrayView2<f32>,
    x: ArrayView2<f32>,
    da: ArrayView2<f32>,
    mut dx: ArrayViewMut2<f32>,
) {
    let functions = Functions::new();
    let before = rows(&a).zip(rows(&x));
    for ((a, x), (da, dx)) in before.zip(rows(&da).zip(rows_mut(&mut dx))) {
        if da.iter().all(|da| da.abs() < 1.0) {
            dx.iter_mut()
                .zip(da)
                .for_each(|(dx, da)| *dx = functions.exp_minus_1(*da));
            let s = dx.iter().zip(x).map(|(e, x)| e * x).sum::<f32>();
            let scale = 1.0 / (1.0 + s);
            dx.iter_mut()
                .zip(x)
                .for_each(|(dx, x)| *dx = x * (*dx - s) * scale);
        } else {
            let moved = a.iter().zip(da).map(|(a, da)| a + da);
            dx.iter_mut().zip(moved).for_each(|(dx, moved)| *dx = moved);
            let max = dx.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            dx.iter_mut().for_each(|a| *a = functions.exp(*a - max));
            let scale = 1.0 / dx.iter().sum::<f32>();
            dx.iter_mut()
                .zip(x)
                .for_each(|(dx, x)| *dx = *dx * scale - x);
        }
    }
}

#[inline(always)]
fn piecewise(leak: f32, a: f32, x: f32, da: f32) -> f32 {
    let moved = a + da;
    let there = if moved > 0.0 { moved } else { leak * moved };
    let slope = if a > 0.0 { 1.0 } else { leak };
    if (moved > 0.0) == (a > 0.0) {
        slope * da
    } else {
        there - x
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array2, array};

    const ALL: [Activation; 6] = [
        Activation::LeakyRelu,
        Activation::Relu,
        Activation::Tanh,
        Activation::Step,
        Activation::Linear,
        Activation::Softmax,
    ];

    fn apply(f: Activation, a: &Array2<f32>) -> Array2<f32> {
        let mut x = Array2::zeros(a.dim());
        f.apply(a.view(), x.view_mut());
        x
    }

    #[test]
    fn the_difference_is_the_difference_of_the_values() {
        let a = array![[0.3_f32, -0.7, 0.001, 1.9], [-0.02, 0.5, -3.0, 0.0]];
        for da in [
            array![[0.01_f32, 0.02, -0.01, 0.005], [0.03, -0.6, 0.01, 0.02]],
            array![[3.0_f32, 2.0, -4.0, 0.5], [1.0, -9.0, 4.0, 0.1]],
        ] {
            for f in ALL {
                let (x, moved) = (apply(f, &a), apply(f, &(&a + &da)));
                let mut dx = Array2::from_elem(a.dim(), f32::NAN);
                f.difference(a.view(), x.view(), da.view(), dx.view_mut());
                for (dx, wanted) in dx.iter().zip(&moved - &x) {
                    assert!((dx - wanted).abs() < 3e-7, "{f:?}: {dx} for {wanted}");
                }
            }
        }
    }

    #[test]
    fn softmax_sums_to_one_even_far_out() {
        let x = apply(
            Activation::Softmax,
            &array![[1000.0, 999.0, -1000.0], [-90.0, -91.0, -92.0]],
        );
        for row in x.rows() {
            assert!((row.sum() - 1.0).abs() < 1e-6 && row.iter().all(|x| x.is_finite()));
        }
    }
}
