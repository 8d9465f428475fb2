//! An update rehearsed: it is the update that comes, to the bit, and the run does not notice.

use crate::common::*;
use crate::seen::{Changed, Seen, parameters};
use np_playground::algorithm::Algorithm;
use np_playground::config::ValidConfig;
use np_playground::metrics::Status;
use np_playground::trainer::Trainer;
use np_playground::trainer::inspect::{PLACES, View};
use serde_json::{Value, json};

/// Settings between them with every activation, both optimizers, several noise samples, and
/// eight layers.
fn settings() -> Vec<Value> {
    let deep =
        json!({"hidden_sizes": [9, 8, 7, 6, 7, 8, 9], "activation": "tanh", "num_noise_iters": 2});
    vec![
        json!({}),
        json!({"activation": "relu", "optimizer": "sgd", "lr": 0.01, "num_noise_iters": 3}),
        json!({"activation": "step", "noise_std": 0.2, "noise": "rademacher"}),
        json!({"loss": "mse", "output": "linear", "kappa": 0.3}),
        deep,
    ]
}

fn view(sample: usize, pass: usize) -> View {
    View {
        sample,
        pass,
        ..View::default()
    }
}

fn seen(trainer: &Trainer, name: &str, view: View) -> Seen {
    Seen::of(&trainer.update_of(view), algorithm(name).decorrelated())
}

/// In the middle of an epoch, with an R that does something.
fn begun(name: &str, config: &ValidConfig) -> Trainer {
    let mut trainer = trainer(config, algorithm(name), 0);
    trainer.step();
    trainer.step();
    trainer
}

fn names() -> impl Iterator<Item = &'static str> {
    Algorithm::all().map(Algorithm::name)
}

#[test]
fn looking_at_updates_between_pieces_of_work_changes_nothing() {
    let config = config(json!({}));
    for algorithm in Algorithm::all() {
        let (mut watched, mut alone) = (
            trainer(&config, algorithm, 0),
            trainer(&config, algorithm, 0),
        );
        while watched.advance() == Status::Running {
            let before = watched.weights_hash();
            watched.update_of(view(3, 1));
            watched.along(view(3, 1), Some(0), 2.0);
            watched.change_of(view(3, 1), 1);
            assert_eq!(watched.weights_hash(), before, "{algorithm}");
        }
        watched.update_of(view(0, 0));
        alone.run();
        assert_eq!(watched.weights_hash(), alone.weights_hash(), "{algorithm}");
        assert_eq!(watched.history(), alone.history(), "{algorithm}");
    }
}

fn bits(numbers: &[f32]) -> Vec<u32> {
    numbers.iter().map(|x| x.to_bits()).collect()
}

#[test]
fn the_weights_that_are_foretold_come_to_the_bit() {
    let both_baselines = settings()
        .into_iter()
        .map(|keys| (keys, false))
        .chain([(json!({"baseline": "noisy", "algorithms": ["np"]}), true)]);
    for (keys, noisy) in both_baselines {
        let config = config(keys.clone());
        let algorithms = Algorithm::all();
        for algorithm in algorithms.filter(|a| !noisy || a.rule().about().noisy_baseline) {
            let mut trainer = begun(algorithm.name(), &config);
            for _ in 0..3 {
                let layers = trainer.network().layers.len();
                let told: Vec<_> = (0..layers)
                    .map(|l| Changed::of(&trainer.change_of(view(1, 0), l), &trainer.network(), l))
                    .collect();
                let before = trainer.network();
                trainer.step();
                for (l, told) in told.iter().enumerate() {
                    let place = format!("{algorithm}, {keys}, layer {l}");
                    assert_eq!(bits(&told.before), bits(&parameters(&before, l)), "{place}");
                    assert_eq!(
                        bits(&told.after),
                        bits(&parameters(&trainer.network(), l)),
                        "{place}"
                    );
                }
            }
        }
    }
}

#[test]
fn the_new_r_is_the_one_that_the_input_is_shown_by() {
    for name in ["danp", "dbp", "dwp"] {
        let mut trainer = begun(name, &config(json!({"decor_lr": 0.02})));
        let now = seen(&trainer, name, view(4, 0));
        let told = Changed::of(&trainer.change_of(view(4, 0), 0), &trainer.network(), 0);
        let x = ndarray::Array1::from(now.pixels.iter().map(|p| p / 255.0).collect::<Vec<_>>());
        let by_r = |trainer: &Trainer| {
            let network = trainer.network();
            network.layers[0]
                .decorrelation()
                .expect("R")
                .dot(&x)
                .to_vec()
        };
        assert_near(&now.decorrelated[0], &by_r(&trainer));
        trainer.step();
        assert_near(&told.decorrelated[0], &by_r(&trainer));
    }
}

fn assert_near(found: &[f32], expected: &[f32]) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() < 1e-5, "{found} {expected}");
    }
}

/// The equations of the paper, with the numbers that are shown.
#[test]
fn the_credit_is_what_the_equation_says_of_the_numbers_beside_it() {
    for name in ["np", "dnp", "anp", "danp", "inp", "fg"] {
        let trainer = begun(name, &config(json!({"noise_std": 0.05})));
        for pass in 0..3 {
            let seen = seen(&trainer, name, view(2, pass));
            let units = |l: std::ops::Range<usize>| -> usize {
                seen.layers[l].iter().map(|layer| layer.credit.len()).sum()
            };
            let square = |l: std::ops::Range<usize>| -> f32 {
                let moved = seen.disturbed[l].iter().flat_map(|d| &d.preactivation_diff);
                moved.map(|da| da * da).sum()
            };
            let layers = if name == "inp" { pass..pass + 1 } else { 0..3 };
            let dl = seen.loss_diffs[if name == "inp" { pass } else { 0 }];
            for l in layers.clone() {
                let (layer, disturbed) = (&seen.layers[l], &seen.disturbed[l]);
                for (u, credit) in layer.credit.iter().enumerate() {
                    let expected = match name {
                        "np" | "dnp" | "fg" => disturbed.noise[u] * dl / (0.05 * 0.05),
                        _ => {
                            let n = units(layers.clone()) as f32;
                            n * dl * disturbed.preactivation_diff[u] / square(layers.clone())
                        }
                    };
                    let size = expected.abs().max(1e-4);
                    assert!(
                        (credit - expected).abs() < 1e-4 * size,
                        "{name} {l} {u}: {credit} {expected}"
                    );
                }
            }
        }
    }
}

#[test]
fn rules_have_the_same_image_and_the_same_noise_in_the_same_update() {
    let config = config(json!({}));
    let of = |name: &str| {
        let trainer = trainer(&config, algorithm(name), 0);
        let at = View {
            update: Some(2),
            sample: 7,
            ..View::default()
        };
        seen(&trainer, name, at)
    };
    let np = of("np");
    for name in ["anp", "danp", "dnp", "fg"] {
        let other = of(name);
        assert_eq!(np.pixels, other.pixels);
        for (a, b) in np.disturbed.iter().zip(&other.disturbed) {
            assert_eq!(a.noise, b.noise, "{name}");
        }
        assert!(
            np.layers[0].credit != other.layers[0].credit || name == "dnp",
            "{name}"
        );
    }
}

#[test]
fn two_noisy_passes_are_shown_with_the_noise_of_each() {
    let config = config(json!({"baseline": "noisy", "algorithms": ["np", "anp"]}));
    for name in ["np", "danp"] {
        let trainer = begun(name, &config);
        let seen = seen(&trainer, name, view(5, 0));
        let clean = predicted(&trainer, &seen);
        for (layer, disturbed) in seen.layers.iter().zip(&seen.disturbed) {
            assert!(layer.own_noise.iter().any(|&noise| noise != 0.0));
            assert!(
                layer
                    .own_noise
                    .iter()
                    .zip(&disturbed.noise)
                    .all(|(a, b)| a != b)
            );
        }
        assert!(seen.layers[2].activation != clean, "{name}");
    }
}

fn predicted(trainer: &Trainer, seen: &Seen) -> Vec<f32> {
    let image: Vec<u8> = seen.pixels.iter().map(|&p| p as u8).collect();
    trainer.predict(&image).expect("an image of its size")
}

#[test]
fn along_the_noise_lie_the_clean_loss_and_that_of_the_pass() {
    for (name, keys) in [
        ("np", json!({"noise_std": 0.1})),
        ("danp", json!({"noise_std": 0.1, "num_noise_iters": 2})),
        ("inp", json!({"noise_std": 0.1})),
        ("wp", json!({"noise_std": 0.1})),
    ] {
        let trainer = begun(name, &config(keys));
        for pass in 0..2 {
            let seen = seen(&trainer, name, view(6, pass));
            let pass = pass % seen.loss_diffs.len();
            let along = trainer.along(view(6, pass), None, 1.0);
            assert_eq!(along.len(), PLACES);
            assert_near(&[along[20]], &[seen.loss]);
            assert_near(&[along[30]], &[seen.loss - seen.loss_diffs[pass]]);
        }
    }
    assert!(
        begun("bp", &config(json!({})))
            .along(view(6, 0), None, 1.0)
            .is_empty()
    );
}

/// What backpropagation says of the units, times the noise, is the slope of the loss along it.
#[test]
fn the_exact_credit_is_the_tangent_of_the_loss_along_the_noise() {
    for name in ["np", "danp", "inp", "wp", "dwp", "fg", "dfg"] {
        let keys = json!({"activation": "tanh", "noise_std": 0.01});
        let trainer = begun(name, &config(keys));
        let seen = seen(&trainer, name, view(3, 1));
        let along = trainer.along(view(3, 1), None, 1.0);
        // Pass 1 of INP has its noise in layer 1.
        let difference = f64::from(along[25] - along[15]);
        let slope = seen.slope();
        assert!(
            (difference - slope).abs() < 0.02 * slope.abs() + 2e-5,
            "{name} {difference} {slope}"
        );
        if name.ends_with("fg") {
            let told = f64::from(-seen.loss_diffs[0]);
            assert!(
                (told - slope).abs() < 1e-4 * slope.abs() + 1e-7,
                "{name} {told} {slope}"
            );
            let far = trainer.along(view(3, 1), None, 256.0);
            assert!(
                far.iter().all(|loss| *loss > 0.0),
                "a loss, no line: {far:?}"
            );
        }
    }
}

/// Of a pass of tangents, too, what the output moved by is shown, and not what its loss was made of.
#[test]
fn the_output_moves_as_its_derivatives_say() {
    for (name, keys) in [
        ("fg", json!({})),
        ("dfg", json!({"loss": "mse", "output": "linear"})),
    ] {
        let trainer = begun(name, &config(keys));
        let seen = seen(&trainer, name, view(3, 0));
        let (at, moved) = (&seen.layers[2].activation, &seen.disturbed[2]);
        let da = &moved.preactivation_diff;
        let wanted: Vec<f32> = if name == "dfg" {
            da.clone()
        } else {
            let mean: f32 = at.iter().zip(da).map(|(x, da)| x * da).sum();
            at.iter().zip(da).map(|(x, da)| x * (da - mean)).collect()
        };
        assert_near(&moved.activation_diff, &wanted);
    }
}

#[test]
fn through_a_hard_threshold_the_loss_goes_in_steps_and_its_tangent_is_zero() {
    let config = config(json!({"activation": "step", "noise_std": 0.3}));
    let trainer = begun("np", &config);
    let seen = seen(&trainer, "np", view(3, 0));
    assert!(
        seen.layers[..2]
            .iter()
            .all(|layer| layer.exact.iter().all(|&e| e == 0.0))
    );
    let mut along = trainer.along(view(3, 0), Some(0), 1.0);
    assert!(along.iter().any(|loss| *loss != along[20]), "it does move");
    along.dedup();
    assert!(along.len() < PLACES, "it stands still between two flips");
}

#[test]
fn a_mean_of_more_draws_holds_the_first_and_turns_to_the_gradient() {
    let trainer = begun("np", &config(json!({})));
    let of = |draws: usize| {
        let at = View {
            draws,
            ..View::default()
        };
        seen(&trainer, "np", at)
    };
    let all = [1, 4, 16, 64, 256].map(of);
    for seen in &all {
        assert_eq!(seen.disturbed[1].noise, all[0].disturbed[1].noise);
        assert_eq!(seen.exact_length, all[0].exact_length);
        assert_eq!(seen.loss_diffs.len(), seen.samples);
    }
    let cosines = all.map(|seen| seen.cos);
    assert!(cosines[4] > 0.7, "{cosines:?}");
    assert!(
        cosines[0] < cosines[2] && cosines[2] < cosines[4],
        "{cosines:?}"
    );
}

/// So asked once in a hundred updates, looking costs less than 3% of the work.
#[test]
fn a_view_costs_less_than_three_updates() {
    for (keys, name) in settings()
        .iter()
        .flat_map(|keys| names().map(move |name| (keys, name)))
    {
        let mut trainer = begun(name, &config(keys.clone()));
        let seen = seen(&trainer, name, view(0, 0));
        let before = trainer.multiply_adds();
        trainer.step();
        let update = (trainer.multiply_adds() - before) as f32;
        assert!(
            seen.multiply_adds < 3.0 * update,
            "{name} {keys}: {} of {update}",
            seen.multiply_adds
        );
    }
}

#[test]
fn samples_and_passes_are_counted_round_and_round() {
    let trainer = begun("inp", &config(json!({})));
    let list = |sample, pass| trainer.update_of(view(sample, pass));
    assert_eq!(list(21, 4), list(1, 1));
    assert_ne!(list(1, 1), list(1, 2));
}

/// The equation of a rule, with the numbers that are listed of one pass, gives its credit.
#[test]
fn the_numbers_of_the_equation_give_the_credit() {
    for (name, noisy) in [
        ("np", false),
        ("np", true),
        ("dnp", true),
        ("wp", false),
        ("dwp", false),
    ] {
        let baseline = if noisy { "noisy" } else { "clean" };
        let config = config(json!({"baseline": baseline, "algorithms": [name]}));
        let trainer = begun(name, &config);
        for sample in [0, 3] {
            let seen = seen(&trainer, name, view(sample, 0));
            let variance = seen.noise_std.powi(2) * if noisy { 2.0 } else { 1.0 };
            for (layer, disturbed) in seen.layers.iter().zip(&seen.disturbed) {
                let (noise, loss_diff) = match seen.of_errors {
                    true => (&disturbed.noise, seen.loss_diffs[0]),
                    false => (&disturbed.bias_noise, seen.batch_diffs[0]),
                };
                for (noise, credit) in noise.iter().zip(&layer.credit) {
                    let worked = noise * loss_diff / variance;
                    assert!(
                        (worked - credit).abs() <= 1e-3 * credit.abs().max(1e-3),
                        "{name}, {baseline}: {worked} is not {credit}"
                    );
                }
            }
        }
    }
}
