//! In however many turns the work of a run is done, it is the same work, and the same bits.

use crate::common::*;
use np_playground::algorithm::Algorithm;
use np_playground::config::{Change, ValidConfig};
use np_playground::dataset::Dataset;
use np_playground::metrics::Status;
use np_playground::trainer::Trainer;
use serde_json::{Value, json};

/// Images of 14 x 14 pixels, of which those are lit that `is_lit` names by image and pixel.
fn drawn(count: usize, is_lit: impl Fn(usize, usize) -> bool) -> Dataset {
    let places = (0..count).flat_map(|i| (0..196).map(move |p| (i, p)));
    let pixels: Vec<u8> = places.map(|(i, p)| 200 * u8::from(is_lit(i, p))).collect();
    let labels: Vec<u8> = (0..count).map(|i| (i % 10) as u8).collect();
    let images = idx_file(0x803, &[count as u32, 14, 14], &pixels);
    Dataset::from_idx(&images, &idx_file(0x801, &[count as u32], &labels)).expect("a whole file")
}

/// Images of which a third is ink, so that batches are kept as lists.
fn ink(count: usize) -> Dataset {
    drawn(count, |i, p| (p + 5 * i).is_multiple_of(3))
}

/// Of a network that is cut everywhere where there is something to cut: two updates an epoch, of 50
/// and 40 samples.
fn wide(keys: Value) -> ValidConfig {
    let mut all = json!({
        "train_size": 90, "test_size": 60, "hidden_sizes": [45, 40], "batch_size": 50,
        "num_noise_iters": 2, "decor_lr": 0.01,
    });
    let given = keys.as_object().expect("an object").clone();
    all.as_object_mut().expect("an object").extend(given);
    config(all)
}

fn started(config: &ValidConfig, algorithm: Algorithm, images: fn(usize) -> Dataset) -> Trainer {
    Trainer::new(config, algorithm, 3, &images(90), &images(60), || 0.0).expect("enough images")
}

fn dense(count: usize) -> Dataset {
    images(count as u32, 1)
}

fn checkpoint(trainer: &Trainer) -> Vec<u8> {
    trainer.checkpoint().expect("a state")
}

/// Everything that the run has come to, in turns of so many multiply-adds, and how many they were.
fn end_in_turns(mut trainer: Trainer, multiply_adds: u64) -> (Vec<u8>, usize) {
    let mut turns = 1;
    while trainer.advance_by(multiply_adds) == Status::Running {
        turns += 1;
    }
    (checkpoint(&trainer), turns)
}

#[test]
fn turns_of_any_length_lead_to_the_same_state() {
    for algorithm in Algorithm::all() {
        let mut configs = vec![
            (wide(json!({})), ink as fn(usize) -> Dataset),
            (
                wide(json!({"activation": "tanh", "kappa": 0.5, "noise": "rademacher"})),
                dense,
            ),
            (
                wide(json!({"loss": "mse", "output": "linear", "optimizer": "sgd"})),
                dense,
            ),
            (wide(json!({"hidden_sizes": []})), ink),
        ];
        if algorithm.rule().about().noisy_baseline {
            configs.push((
                wide(json!({"baseline": "noisy", "algorithms": ["np"]})),
                ink,
            ));
        }
        for (config, images) in configs {
            let run = || started(&config, algorithm, images);
            let (whole, pieces) = end_in_turns(run(), u64::MAX);
            // Measured before, two epochs of two updates and measured: twelve pieces of work, or fewer where
            // one chunk holds every test image.
            assert!(pieces <= 12, "{pieces}");
            for multiply_adds in [1, 20_000, 300_000] {
                let (cut, turns) = end_in_turns(run(), multiply_adds);
                assert!(
                    cut == whole,
                    "{algorithm} in turns of {multiply_adds}, {config:?}"
                );
                assert!(turns > pieces, "{turns} turns, {pieces} pieces");
            }
        }
    }
}

#[test]
fn a_checkpoint_from_the_middle_of_an_update_leads_to_the_same_bits() {
    let config = wide(json!({}));
    for algorithm in Algorithm::all() {
        let mut whole = started(&config, algorithm, ink);
        whole.step();
        let before = checkpoint(&whole);
        whole.step();
        let after = checkpoint(&whole);
        let mut trainer = started(&config, algorithm, ink);
        trainer.step();
        let (mut repeated, mut ended) = (0, 0);
        while !trainer.has_done(2) {
            trainer.advance_by(1);
            let bytes = checkpoint(&trainer);
            let mut other =
                Trainer::restore(&bytes, &ink(90), &ink(60), || 0.0).expect("a checkpoint");
            // Where the network has begun to change, it is not to be taken without coming to an end.
            trainer.settle();
            match trainer.has_done(2) || trainer.progress().step == 2 {
                false => {
                    assert!(bytes == before, "{algorithm}: the update is lost");
                    repeated += 1;
                }
                true => ended += 1,
            }
            if trainer.progress().step < 2 {
                other.step();
                assert!(checkpoint(&other) == after, "{algorithm}: and repeated");
            }
        }
        assert!(checkpoint(&trainer) == after, "{algorithm}");
        assert!(
            repeated > 3 && ended > 0,
            "{algorithm}: {repeated} and {ended}"
        );
    }
}

#[test]
fn a_rate_that_comes_in_the_middle_of_an_update_holds_from_the_next_on() {
    for algorithm in Algorithm::all() {
        let mut trainer = started(&wide(json!({})), algorithm, ink);
        trainer.step();
        trainer.advance_by(1);
        let progress = trainer.progress();
        assert_eq!((progress.step, progress.next), (1, 2), "{algorithm}");
        let change = |update| Change {
            update,
            lr: Some(0.02),
            noise_std: Some(0.1),
            ..Change::default()
        };
        let refused = trainer.change(change(1)).expect_err("it has begun");
        assert!(
            refused.to_string().contains("an update from 2 on"),
            "{refused}"
        );
        trainer.change(change(2)).expect("it has not begun");
        trainer.run();
        let mut replayed = started(&wide(json!({"changes": [change(2)]})), algorithm, ink);
        replayed.run();
        assert_eq!(
            json!(trainer.result()),
            json!(replayed.result()),
            "{algorithm}"
        );
    }
}

/// Images that leave a third of the pixels dark.
fn dim(count: usize) -> Dataset {
    drawn(count, |i, p| p < 130 && (p + i).is_multiple_of(2))
}

#[test]
fn a_layer_with_dead_inputs_may_take_another_form_than_one_of_its_whole_width() {
    // Of 196 inputs the factored form of C R is the cheaper one for ninety samples, of 130 the other.
    let config =
        config(json!({"train_size": 90, "test_size": 60, "batch_size": 90, "hidden_sizes": [20]}));
    for algorithm in Algorithm::all() {
        let mut trainer = started(&config, algorithm, dim);
        trainer.change_of(Default::default(), 0);
        assert_eq!(trainer.run(), Status::Finished, "{algorithm}");
    }
}
