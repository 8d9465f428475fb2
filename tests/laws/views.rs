//! Looking into a run: the views show what is there, and change nothing.

use crate::common::*;
use np_playground::algorithm::Algorithm;
use np_playground::config::ValidConfig;
use np_playground::diagnostics::predicted_class;
use np_playground::error::Error;
use np_playground::metrics::Status;
use np_playground::trainer::Trainer;
use serde_json::json;

fn look_at_everything(trainer: &Trainer) {
    trainer.test_answers(10);
    trainer.first_weights(64, false);
    trainer
        .predict(&[7; 14 * 14])
        .expect("an image of its size");
    for layer in 0..3 {
        trainer.covariance(layer, 64).expect("a layer");
    }
}

/// Long enough to leave some mistakes and to have moved R.
fn trained(name: &str, config: &ValidConfig) -> Trainer {
    let mut trainer = trainer(config, algorithm(name), 0);
    trainer.run();
    trainer
}

#[test]
fn views_between_pieces_of_work_change_nothing() {
    let config = config(json!({}));
    for algorithm in Algorithm::all() {
        let (mut watched, mut alone) = (
            trainer(&config, algorithm, 0),
            trainer(&config, algorithm, 0),
        );
        while watched.advance() == Status::Running {
            look_at_everything(&watched);
        }
        alone.run();
        assert_eq!(watched.weights_hash(), alone.weights_hash(), "{algorithm}");
        assert_eq!(watched.history(), alone.history(), "{algorithm}");
    }
}

#[test]
fn the_confusion_matrix_counts_what_the_accuracy_says() {
    let config = config(json!({"batch_size": 10, "lr": 0.01, "epochs": 4}));
    for name in ["bp", "danp"] {
        let trainer = trained(name, &config);
        let answers = trainer.test_answers(1000);
        let right = answers.confusion.diag().sum();
        assert_eq!(answers.confusion.sum(), 30);
        assert_eq!(
            trainer.history().test_acc.last(),
            Some(&(f64::from(right) / 30.0))
        );
        assert_eq!(answers.mistakes.len() as u32, 30 - right, "{name}");
        for class in answers.confusion.rows() {
            assert_eq!(class.sum(), 3, "three test images of each class");
        }
    }
}

#[test]
fn what_is_shown_as_a_mistake_is_answered_so() {
    let config = config(json!({"batch_size": 10, "lr": 0.003}));
    let trainer = trained("dnp", &config);
    let mistakes = trainer.test_answers(5).mistakes;
    assert_eq!(mistakes.len(), 5);
    for mistake in mistakes {
        let output = trainer.predict(&mistake.pixels).expect("an image");
        let sum: f32 = output.iter().sum();
        assert!((sum - 1.0).abs() < 1e-5, "{sum}");
        let answer = predicted_class(ndarray::aview1(&output));
        assert_eq!(answer, usize::from(mistake.answer));
        assert_ne!(mistake.truth, mistake.answer);
        // Class c has its bright row c + 2.
        let brightness = |row: usize| -> u32 {
            let row = &mistake.pixels[14 * row..][..14];
            row.iter().copied().map(u32::from).sum()
        };
        let brightest = (0..14).max_by_key(|&row| brightness(row));
        assert_eq!(brightest, Some(2 + usize::from(mistake.truth)));
    }
}

#[test]
fn the_first_weights_are_those_on_the_pixels() {
    let config = config(json!({"decor_lr": 0.01}));
    for name in ["bp", "danp"] {
        let trainer = trained(name, &config);
        let layer = &trainer.network().layers[0];
        let expected = match layer.decorrelation() {
            Some(r) => layer.weights().dot(&r),
            None => layer.weights().to_owned(),
        };
        assert_close(&trainer.first_weights(64, false), &expected);
        assert_eq!(trainer.first_weights(5, false).dim(), (5, 196));
    }
}

fn assert_close(found: &ndarray::Array2<f32>, expected: &ndarray::Array2<f32>) {
    assert_eq!(found.dim(), expected.dim());
    let difference = (found - expected).mapv(f32::abs);
    assert!(difference.iter().all(|&d| d < 1e-5), "{difference}");
}

#[test]
fn what_was_learned_is_nothing_at_the_start_and_adds_up_to_the_weights() {
    let config = config(json!({"decor_lr": 0.01}));
    for name in ["np", "dnp"] {
        let start = trainer(&config, algorithm(name), 0);
        assert!(start.first_weights(64, true).iter().all(|&w| w == 0.0));
        let end = trained(name, &config);
        let sum = start.first_weights(64, false) + end.first_weights(64, true);
        assert_close(&sum, &end.first_weights(64, false));
        assert_ne!(end.first_weights(64, true).sum(), 0.0);
    }
}

/// All inputs shown, the squares off the diagonal have the mean that the history tells.
#[test]
fn the_covariance_is_what_the_decorrelation_loss_measures() {
    let config = config(json!({"decor_lr": 0.02, "epochs": 20}));
    let mean_square = |matrix: &ndarray::Array2<f32>| {
        let n = matrix.nrows();
        let off = matrix.indexed_iter().filter(|((i, j), _)| i != j);
        off.map(|(_, &m)| f64::from(m) * f64::from(m)).sum::<f64>() / (n * (n - 1)) as f64
    };
    let trainer = trained("danp", &config);
    let losses = &trainer.history().decorrelation_loss[20];
    for (layer, inputs) in [(0, 196), (1, 12), (2, 9)] {
        let covariance = trainer.covariance(layer, 196).expect("a layer");
        let after = covariance.after.expect("R");
        assert_eq!(after.dim(), (inputs, inputs));
        let (found, told) = (mean_square(&after), losses[layer].expect("several inputs"));
        assert!((found - told).abs() < 1e-4 * told, "{found}, {told}");
        assert!(found < mean_square(&covariance.before), "layer {layer}");
    }
}

#[test]
fn of_a_wide_layer_some_inputs_are_shown_at_even_distances() {
    let trainer = trained("anp", &config(json!({})));
    let few = trainer.covariance(0, 49).expect("a layer");
    assert_eq!((few.width, few.after), (196, None));
    assert!(few.inputs.iter().copied().eq((0..196).step_by(4)));
    let all = trainer.covariance(0, 196).expect("a layer").before;
    for ((i, j), &m) in few.before.indexed_iter() {
        assert!((m - all[[4 * i, 4 * j]]).abs() < 1e-6);
    }
}

#[test]
fn what_cannot_be_looked_at_is_said() {
    let trainer = trained("np", &config(json!({})));
    let error = trainer.predict(&[0; 784]).expect_err("another size");
    assert!(error.to_string().contains("196"), "{error}");
    let error = trainer.covariance(3, 64).expect_err("three layers");
    assert!(matches!(error, Error::IdxShape { .. }));
    assert!(error.to_string().contains("from 1 to 3"), "{error}");
}
