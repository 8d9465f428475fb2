//! How well an estimate points where the exact gradient points, and how often
//! the network is right.

use crate::metrics::Alignment;
use crate::network::Gradient;
use ndarray::{ArrayView1, ArrayView2};

/// The angle in degrees between `estimate` and `exact`, over the weights of each
/// layer and of all layers together:
/// cos angle = <estimate, exact> / (||estimate|| ||exact||), summed in f64.
pub fn alignment(estimate: &Gradient, exact: &Gradient) -> Alignment {
    let products = products(estimate, exact);
    Alignment {
        network: Products::sum(&products).angle(),
        layers: products.iter().map(Products::angle).collect(),
    }
}

/// The inner products over the weights of each layer.
pub(crate) fn products(estimate: &Gradient, exact: &Gradient) -> Vec<Products> {
    let layers = estimate.iter().zip(exact);
    layers
        .map(|(estimate, exact)| Products::of(estimate.weights.iter(), exact.weights.iter()))
        .collect()
}

/// The inner products of two vectors a and b with themselves and each other.
#[derive(Clone, Copy, Default)]
pub(crate) struct Products {
    pub aa: f64,
    pub bb: f64,
    pub ab: f64,
}

impl Products {
    fn of<'a>(a: impl Iterator<Item = &'a f32>, b: impl Iterator<Item = &'a f32>) -> Self {
        a.zip(b).fold(Self::default(), |sum, (&a, &b)| {
            let (a, b) = (f64::from(a), f64::from(b));
            sum.plus(&Self {
                aa: a * a,
                bb: b * b,
                ab: a * b,
            })
        })
    }

    /// Those of all layers together.
    pub fn sum(products: &[Self]) -> Self {
        products.iter().fold(Self::default(), Self::plus)
    }

    fn plus(self, other: &Self) -> Self {
        Self {
            aa: self.aa + other.aa,
            bb: self.bb + other.bb,
            ab: self.ab + other.ab,
        }
    }

    /// The cosine of the angle between them; none where one of the two is zero or not finite.
    pub fn cos(&self) -> Option<f64> {
        let norms = self.aa.sqrt() * self.bb.sqrt();
        (norms > 0.0 && norms.is_finite()).then(|| (self.ab / norms).clamp(-1.0, 1.0))
    }

    fn angle(&self) -> Option<f64> {
        // libm's, not the system's: the same bits everywhere.
        self.cos().map(|cos| libm::acos(cos).to_degrees())
    }
}

/// The class that an output speaks for: the largest entry, the first of equals.
pub fn predicted_class(output: ArrayView1<f32>) -> usize {
    let better =
        |best: (usize, f32), (i, &x): (usize, &f32)| if x > best.1 { (i, x) } else { best };
    output
        .iter()
        .enumerate()
        .fold((0, f32::NEG_INFINITY), better)
        .0
}

/// How many rows of `output` (batch, classes) speak for their label.
pub fn correct(output: ArrayView2<f32>, labels: impl Iterator<Item = u8>) -> usize {
    output
        .rows()
        .into_iter()
        .zip(labels)
        .filter(|(row, label)| predicted_class(*row) == usize::from(*label))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::LayerGradient;
    use ndarray::{Array1, Array2, array};

    fn gradient(weights: Array2<f32>) -> Gradient {
        let bias = Array1::zeros(weights.nrows());
        vec![LayerGradient { weights, bias }]
    }

    #[test]
    fn angles_of_known_vectors() {
        let east = gradient(array![[2.0, 0.0]]);
        let angle = |weights| alignment(&gradient(weights), &east).network;
        assert_eq!(angle(array![[5.0, 0.0]]), Some(0.0));
        assert_eq!(angle(array![[0.0, 3.0]]), Some(90.0));
        assert_eq!(angle(array![[-1.0, 0.0]]), Some(180.0));
        assert!(angle(array![[1.0, 1.0]]).is_some_and(|a| (a - 45.0).abs() < 1e-6));
        assert_eq!(angle(array![[0.0, 0.0]]), None);
    }

    #[test]
    fn the_first_of_equals_is_predicted() {
        let output = array![[0.1, 0.5, 0.5], [0.9, 0.0, 0.1]];
        assert_eq!(predicted_class(output.row(0)), 1);
        assert_eq!(correct(output.view(), [1_u8, 2].into_iter()), 1);
    }
}
