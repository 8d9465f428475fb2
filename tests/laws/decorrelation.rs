//! x* = R x, R <- R - alpha C R, and what R = I means.

use crate::common::*;
use ndarray::{Array2, ArrayView2, ArrayViewMut2};
use np_playground::activation::Activation;
use np_playground::algorithm::Algorithm;
use np_playground::config::Change;
use np_playground::decorrelation::{Decorrelator, Form, decorrelation_loss};
use np_playground::linalg::Gemm;
use np_playground::network::Network;
use np_playground::rng::{Rng, Stream};
use np_playground::trainer::Trainer;
use serde_json::json;

/// (batch, inputs): fewer, as many and more samples than inputs.
const SHAPES: [(usize, usize); 6] = [(1, 1), (3, 7), (8, 8), (9, 8), (40, 6), (100, 33)];

fn update(r: ArrayViewMut2<f32>, x_star: ArrayView2<f32>, alpha: f32, kappa: f32, form: Form) {
    let (rows, n) = x_star.dim();
    // Room for both forms: a batch of more samples than inputs would take the covariance.
    let mut decorrelator = Decorrelator::new(rows.max(n + 1), &[n]);
    assert!(decorrelator.update(r, x_star, alpha, kappa, form, &mut Gemm::default()));
}

/// R - alpha C R as it is defined, in f64.
fn definition(r: &Array2<f32>, x_star: ArrayView2<f32>, alpha: f32, kappa: f32) -> Array2<f64> {
    let (r, x) = (r.mapv(f64::from), x_star.mapv(f64::from));
    let (alpha, kappa) = (f64::from(alpha), f64::from(kappa));
    let mut c = x.t().dot(&x) / x.nrows() as f64;
    for ((i, j), c) in c.indexed_iter_mut() {
        *c = if i == j {
            kappa * (*c - 1.0)
        } else {
            (1.0 - kappa) * *c
        };
    }
    &r - &(c.dot(&r) * alpha)
}

#[test]
fn both_forms_of_the_update_are_its_definition() {
    for (rows, n) in SHAPES {
        let rng = &mut Rng::new(rows as u32, Stream::Init);
        let x_star = rng.normal_matrix(rows, n, 1.0);
        let start = Array2::eye(n) + rng.normal_matrix(n, n, 0.3);
        for kappa in [0.0, 0.3, 1.0] {
            let wanted = definition(&start, x_star.view(), 0.1, kappa);
            let largest = wanted
                .iter()
                .fold(0.0, |largest: f64, w| largest.max(w.abs()));
            for form in [Form::Factored, Form::Covariance] {
                let mut r = start.clone();
                update(r.view_mut(), x_star.view(), 0.1, kappa, form);
                for (got, wanted) in r.iter().zip(&wanted) {
                    let error = (f64::from(*got) - wanted).abs() / largest;
                    assert!(
                        error < 2e-6,
                        "{form:?}, {rows} x {n}, kappa {kappa}: {error}"
                    );
                }
            }
        }
    }
}

#[test]
fn the_form_with_fewer_multiply_adds_is_taken() {
    for (rows, n) in SHAPES {
        let work = |form| {
            let (mut gemm, mut r) = (Gemm::default(), Array2::eye(n));
            let x_star = Array2::zeros((rows, n));
            Decorrelator::new(rows.max(n + 1), &[n]).update(
                r.view_mut(),
                x_star.view(),
                0.1,
                0.0,
                form,
                &mut gemm,
            );
            gemm.multiply_adds()
        };
        let least = work(Form::Factored).min(work(Form::Covariance));
        assert_eq!(work(Form::cheaper(rows, n)), least, "{rows} x {n}");
    }
}

#[test]
fn updates_on_the_same_batch_lower_the_decorrelation_loss() {
    let mut rng = Rng::new(3, Stream::Init);
    let x = rng
        .normal_matrix(50, 8, 1.0)
        .dot(&rng.normal_matrix(8, 8, 0.5));
    let mut r = Array2::eye(8);
    let loss = |r: &Array2<f32>| {
        decorrelation_loss(x.dot(&r.t()).view(), 8, &mut Gemm::default()).expect("8 inputs")
    };
    let before = loss(&r);
    for _ in 0..300 {
        let x_star = x.dot(&r.t());
        update(r.view_mut(), x_star.view(), 0.05, 0.0, Form::Factored);
    }
    assert!(loss(&r) < 0.01 * before, "{before} to {}", loss(&r));
}

#[test]
fn whitening_brings_every_mean_square_to_one() {
    let mut rng = Rng::new(3, Stream::Init);
    let x = rng
        .normal_matrix(50, 6, 1.0)
        .dot(&rng.normal_matrix(6, 6, 0.5));
    let mut r = Array2::eye(6);
    for _ in 0..2000 {
        let x_star = x.dot(&r.t());
        update(r.view_mut(), x_star.view(), 0.05, 0.5, Form::Covariance);
    }
    let x_star = x.dot(&r.t());
    let m = x_star.t().dot(&x_star) / 50.0;
    for ((i, j), m) in m.indexed_iter() {
        assert!(
            (m - if i == j { 1.0 } else { 0.0 }).abs() < 0.05,
            "{i} {j}: {m}"
        );
    }
}

#[test]
fn a_single_input_has_no_decorrelation_loss() {
    assert_eq!(
        decorrelation_loss(Array2::ones((3, 1)).view(), 1, &mut Gemm::default()),
        None
    );
}

/// The squares of x* overflow long before x* itself: that is no loss, and no infinite one.
#[test]
fn a_decorrelation_loss_that_is_not_finite_is_none() {
    let loss = |x_star: f32| {
        let x_star = Array2::from_elem((3, 2), x_star);
        decorrelation_loss(x_star.view(), 2, &mut Gemm::default())
    };
    assert!(loss(1e18).is_some_and(f64::is_finite));
    for x_star in [1e20, f32::INFINITY, f32::NAN] {
        assert_eq!(loss(x_star), None, "{x_star}");
    }
}

/// R stops being symmetric with its second update, and from then on R x and Rᵀ x differ.
#[test]
fn the_decorrelated_input_is_r_x_and_not_its_transpose() {
    let sizes = [6, 5, 3];
    let mut network = Network::new(
        &sizes,
        Activation::LeakyRelu,
        CROSS_ENTROPY,
        true,
        &mut Rng::new(1, Stream::Init),
    );
    let data = batch(&sizes, 4, 1);
    for _ in 0..2 {
        let clean = pass(&network, &data, None);
        for (l, layer) in network.layers.iter_mut().enumerate() {
            let r = layer.decorrelation_mut().expect("R");
            update(
                r,
                clean.decorrelated_input(l).matrix(),
                0.5,
                0.0,
                Form::Factored,
            );
        }
    }
    let clean = pass(&network, &data, None);
    for (l, layer) in network.layers.iter().enumerate() {
        let r = layer.decorrelation().expect("R");
        let distance = |other: Array2<f32>| {
            (&clean.decorrelated_input(l).matrix() - &other)
                .mapv(f32::abs)
                .sum()
        };
        let (right, transposed) = (
            clean.input(l).matrix().dot(&r.t()),
            clean.input(l).matrix().dot(&r),
        );
        assert!(distance(right) < 1e-4, "layer {l}");
        assert!(distance(transposed) > 1e-2, "layer {l}");
    }
}

fn run_without_decorrelating(name: &str, keys: &serde_json::Value) -> Trainer {
    let config = config(keys.clone());
    let mut trainer = trainer(&config, algorithm(name), 3);
    let still = Change {
        decor_lr: Some(0.0),
        ..Change::default()
    };
    trainer.change(still).expect("nothing has been done");
    trainer.run();
    trainer
}

#[test]
fn with_r_the_identity_every_d_rule_is_the_plain_one_to_the_bit() {
    for keys in [
        json!({}),
        json!({"optimizer": "sgd", "lr": 0.1, "num_noise_iters": 3, "noise": "rademacher"}),
        json!({"output": "linear", "loss": "mse", "activation": "tanh"}),
    ] {
        for algorithm in Algorithm::all().filter(|a| a.decorrelated()) {
            let name = algorithm.name();
            let plain = run_without_decorrelating(algorithm.plain().name(), &keys);
            let decorrelated = run_without_decorrelating(name, &keys);
            assert_eq!(
                weight_bits(&plain.network()),
                weight_bits(&decorrelated.network()),
                "{name} {keys}"
            );
            assert_eq!(
                plain.history().train_loss,
                decorrelated.history().train_loss,
                "{name} {keys}"
            );
            for layer in &decorrelated.network().layers {
                assert_eq!(
                    layer.decorrelation(),
                    Some(Array2::eye(layer.inputs()).view()),
                    "{name} {keys}"
                );
            }
        }
    }
    let two_noisy = json!({"baseline": "noisy", "algorithms": ["np", "dnp", "anp", "danp"]});
    for name in ["np", "anp"] {
        let plain = run_without_decorrelating(name, &two_noisy);
        let decorrelated = run_without_decorrelating(&format!("d{name}"), &two_noisy);
        assert_eq!(
            weight_bits(&plain.network()),
            weight_bits(&decorrelated.network()),
            "{name}, two noisy passes"
        );
    }
}

#[test]
fn the_first_step_of_a_d_rule_moves_the_weights_as_the_plain_one_and_then_r() {
    let config = config(json!({"decor_lr": 0.1}));
    for decorrelated in Algorithm::all().filter(|algorithm| algorithm.decorrelated()) {
        let plain = decorrelated.plain();
        let [mut a, mut b] = [plain, decorrelated].map(|algorithm| trainer(&config, algorithm, 3));
        a.step();
        b.step();
        assert_eq!(
            weight_bits(&a.network()),
            weight_bits(&b.network()),
            "{plain}"
        );
        let network = b.network();
        let r = network.layers[0].decorrelation().expect("R");
        assert_ne!(r, Array2::<f32>::eye(r.nrows()), "{plain}");
    }
}
