//! Changes of the rates on the way are part of the configuration: made while a run goes
//! on or standing there from the start, they give the same bits.

use crate::common::*;
use np_playground::algorithm::Algorithm;
use np_playground::config::{Change, ValidConfig};
use np_playground::error::Error;
use np_playground::metrics::Status;
use np_playground::trainer::Trainer;
use serde_json::{Value, json};

/// Of a run with four updates in each of three epochs.
fn long(changes: Value) -> ValidConfig {
    config(json!({"epochs": 3, "changes": changes}))
}

fn finished(config: &ValidConfig, algorithm: Algorithm, seed: u32) -> Trainer {
    let mut trainer = trainer(config, algorithm, seed);
    assert_eq!(trainer.run(), Status::Finished, "{algorithm}");
    trainer
}

/// Everything that was measured.
fn outcome(trainer: &Trainer) -> Value {
    json!(trainer.result())
}

#[test]
fn a_change_made_on_the_way_gives_the_bits_of_one_in_the_configuration() {
    for algorithm in Algorithm::all() {
        // Also between two epochs, where the test set and the probe batch are still to come.
        for pieces in 0..30 {
            let mut live = trainer(&long(json!([])), algorithm, 3);
            (0..pieces).for_each(|_| {
                live.advance();
            });
            if live.status() != Status::Running {
                break;
            }
            let change = Change {
                algorithm: Some(algorithm),
                update: live.progress().step,
                lr: Some(0.02),
                decor_lr: Some(0.03),
                noise_std: Some(0.1),
                ..Change::default()
            };
            live.change(change).expect("an update to come");
            live.run();
            let replayed = finished(&long(json!([change])), algorithm, 3);
            assert_eq!(outcome(&live), outcome(&replayed), "{algorithm} {change:?}");
        }
    }
}

#[test]
fn of_changes_in_one_place_the_last_holds_also_one_that_was_there_before() {
    let at = |rates: Value| -> Change {
        let mut change = rates;
        change["update"] = json!(5);
        serde_json::from_value(change).expect("a change")
    };
    let mut live = trainer(&long(json!([])), algorithm("np"), 3);
    live.epoch();
    for rates in [
        json!({"lr": 0.02, "noise_std": 0.1}),
        json!({"lr": 0.5}),
        json!({"lr": 0.02}),
    ] {
        live.change(at(rates)).expect("an update to come");
    }
    live.run();
    let one = json!([at(json!({"lr": 0.02, "noise_std": 0.1}))]);
    let replayed = finished(&long(one), algorithm("np"), 3);
    assert_eq!(outcome(&live), outcome(&replayed));
    let common = at(json!({"lr": 0.02, "noise_std": 0.1}));
    live.change(common).expect("an update that followed it");
}

#[test]
fn a_change_reaches_the_updates_from_its_place_on_and_no_earlier_ones() {
    let plain = finished(&long(json!([])), algorithm("danp"), 0);
    for (place, same_rows) in [
        (json!({"update": 0}), 1),
        (json!({"update": 4}), 2),
        (json!({"epoch": 1}), 2),
        (json!({"epoch": 1, "update": 3}), 2),
        (json!({"epoch": 2}), 3),
        (json!({"epoch": 3}), 4),
    ] {
        let mut change = place.clone();
        change["lr"] = json!(0.1);
        let changed = finished(&long(json!([change])), algorithm("danp"), 0);
        let losses = [&plain, &changed].map(|run| run.history().test_loss.clone());
        let same = losses[0].iter().zip(&losses[1]).take_while(|(a, b)| a == b);
        assert_eq!(same.count(), same_rows, "{place}");
        let seen = usize::from(same_rows < 4);
        assert_eq!(changed.result().changes.len(), seen, "{place}");
    }
}

#[test]
fn a_common_change_passes_by_who_has_a_rate_of_its_own() {
    let config = config(json!({
        "lr": 0.5, "noise_std": 0.25, "overrides": {"np": {"lr": 0.125}},
        "changes": [
            {"epoch": 1, "lr": 0.75, "noise_std": 1.0},
            {"algorithm": "anp", "update": 1, "lr": 0.0625},
            {"algorithm": "np", "epoch": 2, "lr": 0.375},
            {"algorithm": "np", "update": 8, "noise_std": 2.0},
        ],
    }));
    let rates = |name| -> Vec<(u64, f32, f32)> {
        let schedule = config.schedule(algorithm(name), 4);
        let told = schedule.iter();
        told.map(|(place, rates)| (*place, rates.lr, rates.noise_std))
            .collect()
    };
    assert_eq!(rates("bp"), [(4, 0.75, 1.0)]);
    assert_eq!(rates("np"), [(4, 0.125, 1.0), (8, 0.375, 2.0)]);
    assert_eq!(rates("anp"), [(1, 0.0625, 0.25), (4, 0.0625, 1.0)]);
}

#[test]
fn what_leaves_every_rate_as_it_was_is_no_change() {
    let changed = config(json!({
        "lr": 0.5, "overrides": {"np": {"lr": 0.125}},
        "changes": [
            {"epoch": 1, "lr": 0.75},
            {"epoch": 2, "lr": 0.75},
            {"algorithm": "bp", "update": 9, "lr": 0.25},
            {"algorithm": "bp", "update": 9, "lr": 0.75},
        ],
    }));
    let places = |name| -> Vec<u64> {
        let schedule = changed.schedule(algorithm(name), 4).into_iter();
        schedule.map(|(place, _)| place).collect()
    };
    assert_eq!(places("bp"), [4]);
    assert!(places("np").is_empty());
    let passed_by =
        json!({"overrides": {"np": {"lr": 0.01}}, "changes": [{"epoch": 1, "lr": 0.02}]});
    let result = finished(&config(passed_by), algorithm("np"), 0).result();
    assert!(result.changes.is_empty());
}

#[test]
fn a_change_of_what_has_been_done_is_refused() {
    let mut trainer = trainer(&long(json!([])), algorithm("np"), 0);
    (0..5).for_each(|_| {
        trainer.step();
    });
    let before = outcome(&trainer);
    let late = Change {
        epoch: 1,
        lr: Some(0.1),
        ..Change::default()
    };
    let Err(Error::Config(problems)) = trainer.change(late) else {
        panic!("it was accepted")
    };
    assert!(problems[0].message.contains("from 5 on"), "{problems:?}");
    assert_eq!(outcome(&trainer), before);
}

#[test]
fn changes_to_come_that_are_taken_back_leave_a_run_that_never_had_them() {
    let mut changed = trainer(&long(json!([{"epoch": 1, "lr": 0.1}])), algorithm("np"), 0);
    (0..5).for_each(|_| {
        changed.step();
    });
    let to_come = |algorithm| Change {
        algorithm,
        epoch: 1,
        update: 1,
        lr: Some(0.3),
        ..Change::default()
    };
    for of in [None, Some(algorithm("np")), Some(algorithm("bp"))] {
        changed.change(to_come(of)).expect("an update to come");
    }
    changed.forget_changes();
    let bytes = changed.checkpoint().expect("a checkpoint");
    let mut restored = Trainer::restore(&bytes, &images(70, 1), &images(30, 2), || 0.0)
        .expect("a checkpoint of this version");
    let mut kept = trainer(
        &long(json!([
            {"epoch": 1, "lr": 0.1},
            {"algorithm": "bp", "epoch": 1, "update": 1, "lr": 0.3},
        ])),
        algorithm("np"),
        0,
    );
    for run in [&mut changed, &mut restored, &mut kept] {
        run.run();
    }
    assert_eq!(
        outcome(&changed),
        outcome(&kept),
        "what has been taken stays"
    );
    assert_eq!(outcome(&restored), outcome(&kept));
}

/// A checkpoint with more of them could not be gone on from.
#[test]
fn a_change_too_many_is_refused_and_the_run_stays_one_that_is_restored() {
    let change = |update| Change {
        update,
        lr: Some(0.1),
        ..Change::default()
    };
    let full: Vec<Change> = (0..1000).map(change).collect();
    let mut trainer = trainer(&long(json!(full)), algorithm("np"), 0);
    let before = outcome(&trainer);
    let Err(Error::Config(problems)) = trainer.change(change(1000)) else {
        panic!("it was accepted")
    };
    assert!(problems[0].message.contains("at most 1000"), "{problems:?}");
    assert_eq!(outcome(&trainer), before);
    trainer
        .change(change(999))
        .expect("in the place of another");
    let bytes = trainer.checkpoint().expect("a checkpoint");
    Trainer::restore(&bytes, &images(70, 1), &images(30, 2), || 0.0).expect("a checkpoint");
}

#[test]
fn a_checkpoint_keeps_the_changes_that_are_still_to_come() {
    let config = long(json!([{"epoch": 2, "update": 1, "lr": 0.1}]));
    let whole = finished(&config, algorithm("anp"), 0);
    let mut stopped = trainer(&config, algorithm("anp"), 0);
    stopped.epoch();
    let bytes = stopped.checkpoint().expect("a checkpoint");
    let mut restored = Trainer::restore(&bytes, &images(70, 1), &images(30, 2), || 0.0)
        .expect("a checkpoint of this version");
    restored.run();
    assert_eq!(outcome(&restored), outcome(&whole));
}

#[test]
fn another_number_of_epochs_gives_the_bits_of_a_run_that_had_it_from_the_start() {
    let (two, five) = (config(json!({})), config(json!({"epochs": 5})));
    for algorithm in Algorithm::all() {
        let whole = outcome(&finished(&five, algorithm, 0));
        for advances in [0, 7, 100] {
            let mut longer = trainer(&two, algorithm, 0);
            (0..advances).for_each(|_| {
                longer.advance();
            });
            longer.set_epochs(5).expect("more than are done");
            longer.run();
            assert_eq!(outcome(&longer), whole, "{algorithm} after {advances}");
        }
        let mut shorter = trainer(&five, algorithm, 0);
        while shorter.progress().epoch < 2 {
            shorter.advance();
        }
        shorter.set_epochs(2).expect("no update of the third");
        assert_eq!(
            outcome(&shorter),
            outcome(&finished(&two, algorithm, 0)),
            "{algorithm}"
        );
        let mut done = finished(&five, algorithm, 0);
        let error = done.set_epochs(4).expect_err("fewer than are done");
        assert!(error.to_string().contains("from 5 on"), "{error}");
    }
}
