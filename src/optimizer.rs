//! The optimizers: p is a weight or bias, g its gradient estimate, lr the rate.
//!
//! SGD: p <- p - lr g.
//! Adam (Kingma and Ba, 2015, with Keras' place for epsilon), t = 1, 2, ...:
//! m <- 0.9 m + 0.1 g;  v <- 0.999 v + 0.001 g²;
//! p <- p - lr sqrt(1 - 0.999^t) / (1 - 0.9^t) m / (sqrt(v) + 1e-7).
//!
//! Decorrelation matrices are never touched. A matrix, its gradient and its means lie in memory
//! alike, column by column.

use crate::linalg::{Largest, in_memory, in_memory_mut};
use crate::network::{Gradient, Network, column_major};
use ndarray::{ArrayView2, ArrayViewMut2};
use serde::{Deserialize, Serialize};

const BETA1: f64 = 0.9;
const BETA2: f64 = 0.999;
const EPSILON: f32 = 1e-7;

/// The optimizer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OptimizerKind {
    /// Stochastic gradient descent.
    Sgd,
    /// Adam.
    Adam,
}

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
                mean: network.zero_gradient(),
                square: network.zero_gradient(),
                beta1_power: 1.0,
                beta2_power: 1.0,
            }),
        }
    }

    /// One step down `gradient`. Returns the first layer (from 0) whose weights or
    /// biases stopped being finite, if any.
    pub fn step(&mut self, network: &mut Network, gradient: &Gradient, lr: f32) -> Option<usize> {
        let mut broken = None;
        let rate = self.rate(lr);
        for (l, (layer, gradient)) in network.layers.iter_mut().zip(gradient).enumerate() {
            let mut largest = Largest::default();
            let parameters = layer
                .parameters_mut()
                .into_iter()
                .zip(gradient.parameters());
            match self {
                Self::Sgd => parameters.for_each(|(p, g)| sgd(rate, p, g, &mut largest)),
                Self::Adam(Moments { mean, square, .. }) => {
                    let moments = mean[l]
                        .parameters_mut()
                        .into_iter()
                        .zip(square[l].parameters_mut());
                    for ((p, g), moments) in parameters.zip(moments) {
                        adam(rate, p, g, moments, &mut largest);
                    }
                }
            }
            if broken.is_none() && !largest.is_finite() {
                broken = Some(l);
            }
        }
        broken
    }

    fn rate(&mut self, lr: f32) -> f32 {
        match self {
            Self::Sgd => lr,
            Self::Adam(moments) => {
                moments.beta1_power *= BETA1;
                moments.beta2_power *= BETA2;
                let correction = (1.0 - moments.beta2_power).sqrt() / (1.0 - moments.beta1_power);
                (f64::from(lr) * correction) as f32
            }
        }
    }

    /// Whether it is of this `kind`, and what it remembers has the shape of `network`.
    pub(crate) fn fits(&self, kind: OptimizerKind, network: &Network) -> bool {
        let of_network = |gradient: &Gradient| {
            let shape = network.zero_gradient();
            let mut layers = gradient.iter().zip(&shape);
            gradient.len() == shape.len() && layers.all(|(layer, shape)| layer.has_shape_of(shape))
        };
        match (self, kind) {
            (Self::Sgd, OptimizerKind::Sgd) => true,
            (Self::Adam(moments), OptimizerKind::Adam) => {
                of_network(&moments.mean) && of_network(&moments.square)
            }
            _ => false,
        }
    }

    /// Puts what is remembered of the weights into memory as the weights are.
    pub(crate) fn column_major(mut self) -> Self {
        if let Self::Adam(Moments { mean, square, .. }) = &mut self {
            mean.iter_mut()
                .chain(square)
                .for_each(|layer| layer.weights = column_major(&layer.weights));
        }
        self
    }
}

type Values<'a> = ArrayViewMut2<'a, f32>;

fn sgd(rate: f32, values: Values<'_>, gradient: ArrayView2<f32>, largest: &mut Largest) {
    let mut seen = *largest;
    let values = in_memory_mut(values).iter_mut();
    for (p, &g) in values.zip(in_memory(gradient)) {
        *p -= rate * g;
        seen.see(*p);
    }
    *largest = seen;
}

/// The update of Adam, number by number; its rate holds the bias corrections.
fn adam(
    rate: f32,
    values: Values<'_>,
    gradient: ArrayView2<f32>,
    (mean, square): (Values<'_>, Values<'_>),
    largest: &mut Largest,
) {
    let (keep1, keep2) = (BETA1 as f32, BETA2 as f32);
    let (take1, take2) = ((1.0 - BETA1) as f32, (1.0 - BETA2) as f32);
    let mut seen = *largest;
    let values = in_memory_mut(values).iter_mut().zip(in_memory(gradient));
    let moments = in_memory_mut(mean).iter_mut().zip(in_memory_mut(square));
    for ((p, &g), (m, v)) in values.zip(moments) {
        *m = keep1 * *m + take1 * g;
        *v = keep2 * *v + take2 * (g * g);
        *p -= rate * *m / (v.sqrt() + EPSILON);
        seen.see(*p);
    }
    *largest = seen;
}
