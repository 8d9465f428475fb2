//! Runs: all rules learn, divergence is a result, and a checkpoint loses nothing.

use crate::common::*;
use np_playground::algorithm::Algorithm;
use np_playground::config::ValidConfig;
use np_playground::dataset::Dataset;
use np_playground::error::Error;
use np_playground::metrics::{Quantity, Status};
use np_playground::trainer::Trainer;
use serde_json::json;

fn finished(config: &ValidConfig, algorithm: Algorithm) -> Trainer {
    let mut trainer = trainer(config, algorithm, 0);
    assert_eq!(trainer.run(), Status::Finished, "{algorithm}");
    trainer
}

fn bytes(trainer: &Trainer) -> Vec<u8> {
    trainer
        .checkpoint()
        .expect("a checkpoint can always be taken")
}

#[test]
fn every_rule_learns_at_every_depth() {
    for hidden_sizes in [json!([]), json!([16]), json!([12, 12, 12])] {
        let config = config(json!({
            "hidden_sizes": hidden_sizes, "epochs": 40, "lr": 0.01, "batch_size": 10,
            // One draw of weight noise a batch says too little.
            "overrides": {"wp": {"num_noise_iters": 30}, "dwp": {"num_noise_iters": 30}},
        }));
        for algorithm in Algorithm::all() {
            let trainer = finished(&config, algorithm);
            let accuracy = &trainer.history().test_acc;
            let (first, last) = (accuracy[0], accuracy[config.epochs]);
            assert!(
                last > 0.5 && last > first,
                "{algorithm}, {hidden_sizes}: {first} to {last}"
            );
        }
    }
}

#[test]
fn the_noise_rules_train_units_that_have_no_derivative() {
    let config = config(json!({
        "activation": "step", "epochs": 60, "lr": 0.01, "noise_std": 0.2, "batch_size": 10, "hidden_sizes": [30],
    }));
    let hidden = |trainer: &Trainer| trainer.network().layers[0].weights().to_owned();
    let untrained = |name| hidden(&trainer(&config, algorithm(name), 0));
    assert_eq!(hidden(&finished(&config, algorithm("bp"))), untrained("bp"));
    for name in ["np", "inp", "danp"] {
        let trainer = finished(&config, algorithm(name));
        assert_ne!(hidden(&trainer), untrained(name), "{name}");
        assert!(
            trainer.history().test_acc[60] > 0.5,
            "{name}: {:?}",
            trainer.history().test_acc
        );
    }
}

#[test]
fn a_history_has_a_row_for_the_untrained_network_and_each_epoch() {
    let config = config(json!({"epochs": 3}));
    for algorithm in Algorithm::all() {
        let trainer = finished(&config, algorithm);
        let history = trainer.history();
        assert_eq!(history.epoch, [0, 1, 2, 3]);
        assert!(history.train_loss[0].is_none() && history.train_acc[0].is_none());
        assert!(history.train_loss[1..].iter().all(Option::is_some));
        let steps = 4; // 70 images in batches of 20
        let passes = 1 + algorithm.rule().noisy_passes(3) as u64;
        assert_eq!(
            history.forward_passes,
            [0, 1, 2, 3].map(|epoch| epoch * steps * passes),
            "{algorithm}"
        );
        assert!(
            history
                .multiply_adds
                .windows(2)
                .all(|pair| pair[0] < pair[1])
        );
        let angle = history.alignment_deg[3]
            .network
            .expect("no gradient is zero");
        let exact = algorithm.plain().name() == "bp";
        assert!(
            if exact {
                angle < 1e-3
            } else {
                (1.0..100.0).contains(&angle)
            },
            "{algorithm}: {angle}"
        );
        assert!(
            history
                .decorrelation_loss
                .iter()
                .all(|layers| layers.len() == 3)
        );
    }
}

#[test]
fn a_run_that_diverges_is_a_result() {
    // 1e10 is no rate that a configuration may have, but one that a browser's slider might send.
    let config = config(
        json!({"optimizer": "sgd", "activation": "relu", "output": "linear", "loss": "mse"}),
    );
    for algorithm in Algorithm::all() {
        let mut trainer = trainer(&config, algorithm, 0);
        trainer.epoch();
        change_rate(&mut trainer, 1e10);
        let Status::Diverged(diverged) = trainer.run() else {
            panic!("{algorithm} survived")
        };
        assert!(
            (1..=8).contains(&diverged.step) && (1..=3).contains(&diverged.layer),
            "{algorithm}: {diverged:?}"
        );
        assert!(
            diverged.epoch == 1 + (diverged.step - 1) / 4,
            "{algorithm}: {diverged:?}"
        );
        let (hash, rows) = (trainer.weights_hash(), trainer.history().len());
        assert_eq!(
            trainer.advance(),
            Status::Diverged(diverged),
            "it stays where it is"
        );
        assert_eq!(
            (trainer.weights_hash(), trainer.history().len()),
            (hash, rows)
        );
        let result = json!(trainer.result());
        assert_eq!(
            (&result["status"], &result["diverged"]["step"]),
            (&json!("diverged"), &json!(diverged.step))
        );
    }
}

#[test]
fn a_run_whose_last_update_leaves_no_finite_test_loss_has_diverged_there() {
    let config = config(json!({
        "optimizer": "sgd", "output": "linear", "loss": "mse", "batch_size": 70, "epochs": 1,
    }));
    for algorithm in Algorithm::all() {
        let mut trainer = trainer(&config, algorithm, 0);
        trainer.epoch();
        change_rate(&mut trainer, 1e10);
        let Status::Diverged(diverged) = trainer.run() else {
            panic!("{algorithm} has finished")
        };
        let place = (diverged.epoch, diverged.step, diverged.quantity);
        assert_eq!(place, (1, 1, Quantity::Loss), "{algorithm}");
        assert!((1..=3).contains(&diverged.layer), "{algorithm}");
        assert_eq!(trainer.history().len(), 1, "the untrained network's row");
        assert_eq!(trainer.advance(), Status::Diverged(diverged), "it stays");
    }
}

#[test]
fn a_decorrelation_matrix_that_diverges_is_named() {
    let config = config(json!({"decor_lr": 1.0, "epochs": 100, "lr": 1e-6}));
    let mut trainer = trainer(&config, algorithm("dbp"), 0);
    let Status::Diverged(diverged) = trainer.run() else {
        panic!("it survived")
    };
    assert_eq!(
        (diverged.quantity, diverged.layer),
        (Quantity::Decorrelation, 1)
    );
}

/// What whitening does to a pixel that no training image uses is seen in no loss.
#[test]
fn a_decorrelation_matrix_that_diverges_where_no_image_has_light_is_named() {
    let pixels: Vec<u8> = (0..20 * 100)
        .map(|p| if p % 10 == 9 { 0 } else { (p * 7 % 256) as u8 })
        .collect();
    let labels: Vec<u8> = (0..20).map(|i| i % 10).collect();
    let images = idx_file(0x803, &[20, 10, 10], &pixels);
    let images = Dataset::from_idx(&images, &idx_file(0x801, &[20], &labels)).expect("whole files");
    let config = config(json!({
        "dataset": "own", "train_size": 20, "test_size": 20, "batch_size": 20,
        "kappa": 1.0, "decor_lr": 0.1, "epochs": 1000, "lr": 1e-6,
    }));
    let algorithm = algorithm("dbp");
    let mut trainer = Trainer::new(&config, algorithm, 0, &images, &images, || 0.0).expect("a run");
    let Status::Diverged(diverged) = trainer.run() else {
        panic!("it survived")
    };
    let place = (diverged.quantity, diverged.layer);
    assert_eq!(place, (Quantity::Decorrelation, 1));
    // 1.1 to the power of 931 is more than f32 can hold.
    assert_eq!(diverged.step, 931);
}

#[test]
fn going_on_from_a_checkpoint_gives_the_same_bits_wherever_it_was_taken() {
    let (train, test) = (images(70, 1), images(30, 2));
    for keys in [
        json!({}),
        json!({"optimizer": "sgd", "noise": "rademacher", "num_noise_iters": 2, "kappa": 0.5}),
    ] {
        let config = config(keys);
        for algorithm in Algorithm::all() {
            let whole = finished(&config, algorithm);
            let mut stopped = trainer(&config, algorithm, 0);
            while stopped.advance() == Status::Running {
                stopped = Trainer::restore(&bytes(&stopped), &train, &test, || 0.0)
                    .expect("a checkpoint");
            }
            assert_eq!(stopped.weights_hash(), whole.weights_hash(), "{algorithm}");
            assert_eq!(stopped.history(), whole.history(), "{algorithm}");
        }
    }
}

#[test]
fn a_checkpoint_keeps_changed_rates_and_the_end_of_a_run() {
    let (train, test) = (images(70, 1), images(30, 2));
    let config = config(json!({}));
    let mut trainer = trainer(&config, algorithm("danp"), 0);
    trainer.step();
    change_rate(&mut trainer, 0.5);
    let restored = Trainer::restore(&bytes(&trainer), &train, &test, || 0.0).expect("a checkpoint");
    assert_eq!(
        (restored.rates(), restored.rates().lr),
        (trainer.rates(), 0.5)
    );
    assert_eq!(restored.result().changes, trainer.result().changes);
    trainer.run();
    let restored = Trainer::restore(&bytes(&trainer), &train, &test, || 0.0).expect("a checkpoint");
    assert_eq!(restored.status(), trainer.status());
    assert_eq!(json!(restored.result()), json!(trainer.result()));
}

#[test]
fn a_damaged_checkpoint_is_refused() {
    let (train, test) = (images(70, 1), images(30, 2));
    let bytes = bytes(&trainer(&config(json!({})), algorithm("np"), 0));
    let restore = |bytes: &[u8]| match Trainer::restore(bytes, &train, &test, || 0.0) {
        Ok(_) => panic!("it was accepted"),
        Err(error) => error,
    };
    for cut in [0, 10, 40, bytes.len() - 1] {
        assert!(
            matches!(restore(&bytes[..cut]), Error::Checkpoint { .. }),
            "cut at {cut}"
        );
    }
    for place in [0, 30, 70, bytes.len() / 2, bytes.len() - 1] {
        let mut damaged = bytes.clone();
        damaged[place] ^= 1;
        assert!(
            matches!(restore(&damaged), Error::Checkpoint { .. }),
            "changed at {place}"
        );
    }
}

#[test]
fn a_checkpoint_needs_the_images_it_was_made_with() {
    let bytes = bytes(&trainer(&config(json!({})), algorithm("np"), 0));
    let error = Trainer::restore(&bytes, &images(60, 1), &images(30, 2), || 0.0)
        .err()
        .expect("too few images");
    assert_eq!(error.code(), "dataset_too_small");
}
