//! Backpropagation is the derivative of the loss; the mean of many estimates of node
//! perturbation points where it points.

use crate::common::*;
use ndarray::IndexLonger;
use np_playground::activation::Activation;
use np_playground::diagnostics::alignment;
use np_playground::loss::Loss;
use np_playground::network::{Gradient, Network};
use np_playground::noise::{NoiseKind, SeededNoise};
use np_playground::rng::{Rng, Stream};

const SIZES: [usize; 4] = [6, 5, 4, 3];

/// The central difference of the mean loss in one parameter.
fn slope(network: &mut Network, data: &Batch, parameter: impl Fn(&mut Network) -> &mut f32) -> f64 {
    const STEP: f32 = 1.0 / 512.0;
    let value = *parameter(network);
    let mut mean_loss = |value: f32| {
        *parameter(network) = value;
        pass(network, data, None)
            .loss()
            .iter()
            .map(|&loss| f64::from(loss))
            .sum::<f64>()
            / data.0.nrows() as f64
    };
    let (above, below) = (mean_loss(value + STEP), mean_loss(value - STEP));
    *parameter(network) = value;
    (above - below) / f64::from(2.0 * STEP)
}

/// Largest difference between backpropagation and central differences in layer `l`, over
/// the largest entry of the gradient of all layers.
fn error_of_layer(l: usize, network: &mut Network, data: &Batch, gradient: &Gradient) -> f64 {
    let largest = gradient
        .iter()
        .flat_map(|layer| layer.weights.iter().chain(&layer.bias));
    let largest = largest.fold(0.0, |largest: f64, g| largest.max(f64::from(g.abs())));
    let mut worst: f64 = 0.0;
    for ((i, j), &g) in gradient[l].weights.indexed_iter() {
        let slope = slope(network, data, |network| {
            network.layers[l].weights_mut().index([i, j])
        });
        worst = worst.max((slope - f64::from(g)).abs());
    }
    for (i, &g) in gradient[l].bias.indexed_iter() {
        let slope = slope(network, data, |network| {
            network.layers[l].bias_mut().index(i)
        });
        worst = worst.max((slope - f64::from(g)).abs());
    }
    worst / largest
}

/// A network none of whose hidden units is so near to 0 that the steps of a central
/// difference cross the bend of its activation.
fn network_off_the_bends(
    hidden: Activation,
    loss: Loss,
    decorrelated: bool,
    data: &Batch,
) -> Network {
    let networks = (1..).map(|seed| network(&SIZES, hidden, loss, decorrelated, seed));
    let off_the_bends = |network: &Network| {
        let pass = pass(network, data, None);
        let hidden_layers = 0..network.layers.len() - 1;
        hidden_layers
            .flat_map(|l| pass.preactivation(l).to_owned())
            .all(|a| a.abs() > 0.02)
    };
    networks
        .take(100)
        .find(off_the_bends)
        .expect("one in a few is")
}

#[test]
fn backpropagation_is_the_derivative_of_the_loss() {
    for hidden in [Activation::LeakyRelu, Activation::Relu, Activation::Tanh] {
        for loss in [CROSS_ENTROPY, SQUARED_ERROR, SQUARED_ERROR_OF_SOFTMAX] {
            for decorrelated in [false, true] {
                let data = batch(&SIZES, 7, 3);
                let mut network = network_off_the_bends(hidden, loss, decorrelated, &data);
                let gradient = exact(&network, &pass(&network, &data, None));
                for l in 0..network.layers.len() {
                    let error = error_of_layer(l, &mut network, &data, &gradient);
                    assert!(
                        error < 2e-3,
                        "{hidden:?}, {loss:?}, R {decorrelated}, layer {l}: {error}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_hard_threshold_lets_backpropagation_train_the_output_layer_only() {
    let mut network = network(&SIZES, Activation::Step, CROSS_ENTROPY, true, 5);
    let data = batch(&SIZES, 7, 3);
    let gradient = exact(&network, &pass(&network, &data, None));
    let (output, hidden) = gradient.split_last().expect("layers");
    assert!(
        hidden
            .iter()
            .all(|layer| layer.weights.iter().chain(&layer.bias).all(|&g| g == 0.0))
    );
    assert!(output.weights.iter().any(|&g| g != 0.0));
    assert!(error_of_layer(2, &mut network, &data, &gradient) < 2e-3);
}

/// Degrees between the mean of `draws` estimates of a rule and the exact gradient.
fn angle_of_mean(name: &str, kind: NoiseKind, loss: Loss, draws: usize) -> f64 {
    let algorithm = algorithm(name);
    let network = network(&SIZES, Activation::Tanh, loss, algorithm.decorrelated(), 2);
    let clean = pass(&network, &batch(&SIZES, 5, 4), None);
    let mut noise = SeededNoise {
        rng: Rng::new(9, Stream::Noise),
        kind,
        std: 1e-3,
    };
    let mean = estimate(algorithm.rule(), &network, &clean, draws, &mut noise);
    alignment(&mean, &exact(&network, &clean))
        .network
        .expect("no gradient is zero")
}

#[test]
fn the_mean_of_many_estimates_points_along_the_gradient() {
    for name in ["np", "dnp", "inp", "dinp", "fg", "dfg", "wp", "dwp"] {
        for kind in [NoiseKind::Gaussian, NoiseKind::Rademacher] {
            for loss in [CROSS_ENTROPY, SQUARED_ERROR] {
                // Weights are more than units, and their noise averages out more slowly.
                let draws = if algorithm(name).plain().name() == "wp" {
                    60_000
                } else {
                    20_000
                };
                let angle = angle_of_mean(name, kind, loss, draws);
                assert!(angle < 3.0, "{name}, {kind:?}, {loss:?}: {angle} degrees");
            }
        }
    }
}

/// ANP divides by the activity that the noise caused further up, which is not independent
/// of it: a mean of many estimates stays away from the gradient.
#[test]
fn the_mean_of_many_anp_estimates_does_not() {
    for name in ["anp", "danp"] {
        let (some, more) = (
            angle_of_mean(name, NoiseKind::Gaussian, CROSS_ENTROPY, 5_000),
            angle_of_mean(name, NoiseKind::Gaussian, CROSS_ENTROPY, 20_000),
        );
        assert!((10.0..80.0).contains(&more), "{name}: {more} degrees");
        assert!(
            (some - more).abs() < 3.0,
            "{name}: {some} then {more} degrees"
        );
    }
}

#[test]
fn two_noisy_passes_point_along_the_gradient_too() {
    let network = network(&SIZES, Activation::Tanh, CROSS_ENTROPY, false, 2);
    let data = batch(&SIZES, 5, 4);
    let mut noise = gaussian(11, 1e-3);
    let mut sum = exact(&network, &pass(&network, &data, None));
    let exact = sum.clone();
    sum.iter_mut().for_each(|layer| layer.weights.fill(0.0));
    for _ in 0..20_000 {
        let first = pass(&network, &data, Some(&mut noise));
        let one = estimate(algorithm("np").rule(), &network, &first, 1, &mut noise);
        sum.iter_mut()
            .zip(&one)
            .for_each(|(sum, one)| sum.weights += &one.weights);
    }
    let angle = alignment(&sum, &exact)
        .network
        .expect("no gradient is zero");
    assert!(angle < 3.0, "{angle} degrees");
}

#[test]
fn more_noise_samples_come_closer_to_the_gradient() {
    for name in ["np", "inp", "anp"] {
        let angle = |draws| angle_of_mean(name, NoiseKind::Gaussian, CROSS_ENTROPY, draws);
        assert!(angle(1) > angle(100), "{name}");
    }
}

/// The largest difference of two gradients, over the largest entry.
fn distance(a: &Gradient, b: &Gradient) -> f32 {
    let entries = |gradient: &Gradient| -> Vec<f32> {
        let layers = gradient.iter();
        layers
            .flat_map(|layer| layer.weights.iter().chain(&layer.bias).copied())
            .collect()
    };
    let (a, b) = (entries(a), entries(b));
    let largest = b.iter().fold(0.0_f32, |largest, b| largest.max(b.abs()));
    let differences = a.iter().zip(&b).map(|(a, b)| (a - b).abs());
    differences.fold(0.0, f32::max) / largest
}

#[test]
fn node_perturbation_tends_to_the_forward_gradient_as_the_noise_shrinks() {
    for (np, fg) in [("np", "fg"), ("dnp", "dfg")] {
        for loss in [CROSS_ENTROPY, SQUARED_ERROR, SQUARED_ERROR_OF_SOFTMAX] {
            let decorrelated = algorithm(np).decorrelated();
            let network = network(&SIZES, Activation::Tanh, loss, decorrelated, 2);
            let clean = pass(&network, &batch(&SIZES, 5, 4), None);
            let apart = |std| {
                let [np, fg] = [np, fg].map(|name| {
                    let rule = algorithm(name).rule();
                    estimate(rule, &network, &clean, 2, &mut gaussian(3, std))
                });
                distance(&np, &fg)
            };
            let [far, near, nearer] = [0.1, 0.01, 1e-4].map(apart);
            assert!(
                near < 0.2 * far && nearer < 0.02 * near,
                "{np} {loss:?}: {far} {near} {nearer}"
            );
        }
    }
}

/// A hard threshold has a tangent of zero: only the output layer hears of the noise below.
#[test]
fn the_forward_gradient_sees_nothing_through_a_hard_threshold() {
    let network = network(&SIZES, Activation::Step, CROSS_ENTROPY, false, 5);
    let clean = pass(&network, &batch(&SIZES, 7, 3), None);
    let exact = exact(&network, &clean);
    let rule = algorithm("fg").rule();
    let mean = estimate(rule, &network, &clean, 20_000, &mut gaussian(3, 0.1));
    let [hidden, .., output] = [0, 1, 2].map(|l| mean[l].weights.mapv(f32::abs).sum());
    assert!(hidden < 0.1 * output, "{hidden} {output}");
    let angle = alignment(&mean, &exact).layers[2].expect("the output layer learns");
    assert!(angle < 3.0, "{angle}");
}

#[test]
fn feedback_alignment_with_the_weights_own_way_back_is_backpropagation() {
    for decorrelated in [false, true] {
        let network = network(&SIZES, Activation::Tanh, CROSS_ENTROPY, decorrelated, 2);
        let clean = pass(&network, &batch(&SIZES, 5, 4), None);
        let back = network.layers[1..]
            .iter()
            .map(|layer| match layer.decorrelation() {
                Some(r) => layer.weights().dot(&r),
                None => layer.weights().to_owned(),
            });
        let state: Vec<_> = back.collect();
        let rule = algorithm("fa").rule();
        let fa = estimate_with(
            rule,
            &state,
            1.0,
            &network,
            &clean,
            1,
            &mut gaussian(0, 1.0),
        );
        assert!(distance(&fa, &exact(&network, &clean)) < 1e-6);
    }
}

#[test]
fn in_a_network_of_two_layers_both_ways_of_feedback_are_one() {
    let network = network(&[6, 5, 3], Activation::Tanh, CROSS_ENTROPY, true, 2);
    let clean = pass(&network, &batch(&[6, 5, 3], 5, 4), None);
    let state = [Rng::new(4, Stream::Rule).normal_matrix(3, 5, 1.0)];
    let [fa, direct] = ["fa", "direct_fa"].map(|name| {
        let rule = algorithm(name).rule();
        estimate_with(
            rule,
            &state,
            1.0,
            &network,
            &clean,
            1,
            &mut gaussian(0, 1.0),
        )
    });
    assert_eq!(fa, direct);
}

#[test]
fn feedback_has_the_variance_of_its_fan_in() {
    let network = network(
        &[6, 200, 300, 10],
        Activation::Tanh,
        CROSS_ENTROPY,
        false,
        2,
    );
    for (name, shapes, fans) in [
        ("fa", [(300, 200), (10, 300)], [200.0_f32, 300.0]),
        ("direct_fa", [(10, 200), (10, 300)], [10.0, 10.0]),
    ] {
        let matrices = algorithm(name)
            .rule()
            .init(&network, &mut Rng::new(1, Stream::Rule));
        assert_eq!(matrices.len(), 2, "{name}");
        for ((matrix, shape), fan) in matrices.iter().zip(shapes).zip(fans) {
            assert_eq!(matrix.dim(), shape, "{name}");
            assert!((matrix.var(0.0) * fan - 1.0).abs() < 0.1, "{name}");
        }
    }
}
