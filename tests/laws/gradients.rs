//! Backpropagation is the derivative of the loss; the mean of many estimates of node
//! perturbation points where it points.

use crate::common::*;
use np_playground::config::NoiseKind;
use np_playground::diagnostics::alignment;
use np_playground::gradient::Gradient;
use np_playground::loss::Loss;
use np_playground::network::{Activation, Network};
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
            &mut network.layers[l].weights[[i, j]]
        });
        worst = worst.max((slope - f64::from(g)).abs());
    }
    for (i, &g) in gradient[l].bias.indexed_iter() {
        let slope = slope(network, data, |network| &mut network.layers[l].bias[i]);
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
    let mut noise = Noise {
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
fn the_mean_of_many_np_and_inp_estimates_points_along_the_gradient() {
    for name in ["np", "dnp", "inp", "dinp"] {
        for kind in [NoiseKind::Gaussian, NoiseKind::Rademacher] {
            for loss in [CROSS_ENTROPY, SQUARED_ERROR] {
                let angle = angle_of_mean(name, kind, loss, 20_000);
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
    let mut noise = Noise::gaussian(11, 1e-3);
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
