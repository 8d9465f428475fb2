//! SGD and Adam against their formulas.

use crate::common::*;
use np_playground::activation::Activation;
use np_playground::network::{Gradient, Network};
use np_playground::optimizer::{Optimizer, OptimizerKind};

/// A gradient of this constant, for `network`.
fn constant(network: &Network, value: f32) -> Gradient {
    let mut gradient = network.zero_gradient();
    for layer in &mut gradient {
        layer.weights.fill(value);
        layer.bias.fill(value);
    }
    gradient
}

fn one_weight() -> Network {
    let mut network = network(&[1, 1], Activation::Relu, SQUARED_ERROR, true, 1);
    network.layers[0].weights_mut().fill(0.0);
    network.layers[0].bias_mut().fill(0.0);
    network
}

#[test]
fn sgd_steps_down_the_gradient_by_its_rate() {
    let mut network = one_weight();
    let gradient = constant(&network, 0.5);
    Optimizer::new(OptimizerKind::Sgd, &network).step(&mut network, &gradient, 0.25);
    assert_eq!(
        (
            network.layers[0].weights()[[0, 0]],
            network.layers[0].bias()[0]
        ),
        (-0.125, -0.125)
    );
}

/// Gradients as small as epsilon tell where epsilon stands: outside the bias correction.
#[test]
fn adam_has_keras_place_for_epsilon() {
    let gradients = [3e-7_f32, -1e-6, 2e-8, 0.5];
    let mut network = one_weight();
    let mut optimizer = Optimizer::new(OptimizerKind::Adam, &network);
    let (mut p, mut m, mut v) = (0.0_f64, 0.0_f64, 0.0_f64);
    for (t, g) in (1..).zip(gradients) {
        let gradient = constant(&network, g);
        optimizer.step(&mut network, &gradient, 0.01);
        let g = f64::from(g);
        m = 0.9 * m + 0.1 * g;
        v = 0.999 * v + 0.001 * g * g;
        p -= 0.01 * (1.0 - 0.999_f64.powi(t)).sqrt() / (1.0 - 0.9_f64.powi(t)) * m
            / (v.sqrt() + 1e-7);
        for got in [
            network.layers[0].weights()[[0, 0]],
            network.layers[0].bias()[0],
        ] {
            assert!(
                (f64::from(got) - p).abs() < 1e-6 * p.abs(),
                "step {t}: {got} for {p}"
            );
        }
    }
}

#[test]
fn no_optimizer_touches_the_decorrelation_matrix() {
    for kind in [OptimizerKind::Sgd, OptimizerKind::Adam] {
        let mut network = one_weight();
        let before = network.clone();
        let gradient = constant(&network, 1.0);
        Optimizer::new(kind, &network).step(&mut network, &gradient, 0.1);
        assert_ne!(network, before);
        assert_eq!(
            network.layers[0].decorrelation(),
            before.layers[0].decorrelation()
        );
    }
}

#[test]
fn the_first_layer_that_stops_being_finite_is_named() {
    for kind in [OptimizerKind::Sgd, OptimizerKind::Adam] {
        let mut network = network(&[3, 2, 2], Activation::Relu, CROSS_ENTROPY, false, 1);
        let mut gradient = constant(&network, 0.1);
        let mut optimizer = Optimizer::new(kind, &network);
        assert_eq!(optimizer.step(&mut network, &gradient, 0.1), None);
        gradient[1].bias[1] = f32::INFINITY;
        assert_eq!(optimizer.step(&mut network, &gradient, 0.1), Some(1));
    }
}
