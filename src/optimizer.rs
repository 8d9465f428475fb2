//! The optimizers: p is a weight or bias, g its gradient estimate, lr the rate.
//!
//! SGD: p <- p - lr g.
//! Adam (Kingma and Ba, 2015, with Keras' place for epsilon), t = 1, 2, ...:
//! m <- 0.9 m + 0.1 g;  v <- 0.999 v + 0.001 g²;
//! p <- p - lr sqrt(1 - 0.999^t) / (1 - 0.9^t) m / (sqrt(v) + 1e-7).
//!
//! Decorrelation matrices are never touched.

use crate::config::OptimizerKind;
use crate::gradient::{Gradient, zero_gradient};
use crate::linalg::all_finite;
use crate::network::Network;
use serde::{Deserialize, Serialize};

const BETA1: f64 = 0.9;
const BETA2: f64 = 0.999;
const EPSILON: f32 = 1e-7;

/// An optimizer and what it remembers.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Optimizer {
    /// Stochastic gradient descent.
    Sgd,
    /// Adam.
    Adam(Moments),
}

/// The running means of Adam.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Moments {
    mean: Gradient,
    square: Gradient,
    beta1_power: f64,
    beta2_power: f64,
}

impl Optimizer {
    /// An optimizer at its start.
    pub fn new(kind: OptimizerKind, network: &Network) -> Self {
        match kind {
            OptimizerKind::Sgd => Self::Sgd,
            OptimizerKind::Adam => Self::Adam(Moments {
                mean: zero_gradient(network),
                square: zero_gradient(network),
                beta1_power: 1.0,
                beta2_power: 1.0,
            }),
        }
    }

    /// One step down `gradient`. Returns the first layer (from 0) whose weights or
    /// biases stopped being finite, if any.
    pub fn step(&mut self, network: &mut Network, gradient: &Gradient, lr: f32) -> Option<usize> {
        let mut update = self.update_rule(lr);
        let mut broken = None;
        for (l, (layer, gradient)) in network.layers.iter_mut().zip(gradient).enumerate() {
            let weights = layer.weights.as_slice_mut().unwrap_or_default();
            let finite = update.apply(
                l,
                Part::Weights,
                weights,
                gradient.weights.as_slice().unwrap_or_default(),
            );
            let bias = layer.bias.as_slice_mut().unwrap_or_default();
            let finite = update.apply(
                l,
                Part::Bias,
                bias,
                gradient.bias.as_slice().unwrap_or_default(),
            ) && finite;
            if !finite && broken.is_none() {
                broken = Some(l);
            }
        }
        broken
    }

    fn update_rule(&mut self, lr: f32) -> Update<'_> {
        match self {
            Self::Sgd => Update {
                rate: lr,
                moments: None,
            },
            Self::Adam(moments) => {
                moments.beta1_power *= BETA1;
                moments.beta2_power *= BETA2;
                let rate = f64::from(lr) * (1.0 - moments.beta2_power).sqrt()
                    / (1.0 - moments.beta1_power);
                Update {
                    rate: rate as f32,
                    moments: Some(moments),
                }
            }
        }
    }
}

#[derive(Clone, Copy)]
enum Part {
    Weights,
    Bias,
}

struct Update<'a> {
    rate: f32,
    moments: Option<&'a mut Moments>,
}

impl Update<'_> {
    fn apply(&mut self, l: usize, part: Part, values: &mut [f32], gradient: &[f32]) -> bool {
        let rate = self.rate;
        match &mut self.moments {
            None => values
                .iter_mut()
                .zip(gradient)
                .for_each(|(p, g)| *p -= rate * g),
            Some(moments) => {
                let (mean, square) = (
                    slice_of(&mut moments.mean, l, part),
                    slice_of(&mut moments.square, l, part),
                );
                let (keep1, keep2) = (BETA1 as f32, BETA2 as f32);
                let (take1, take2) = ((1.0 - BETA1) as f32, (1.0 - BETA2) as f32);
                for (((p, g), m), v) in values.iter_mut().zip(gradient).zip(mean).zip(square) {
                    *m = keep1 * *m + take1 * g;
                    *v = keep2 * *v + take2 * (g * g);
                    *p -= rate * *m / (v.sqrt() + EPSILON);
                }
            }
        }
        all_finite(values)
    }
}

fn slice_of(gradient: &mut Gradient, l: usize, part: Part) -> &mut [f32] {
    match part {
        Part::Weights => gradient[l].weights.as_slice_mut().unwrap_or_default(),
        Part::Bias => gradient[l].bias.as_slice_mut().unwrap_or_default(),
    }
}
