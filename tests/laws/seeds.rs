//! One seed, independent streams: what is chosen for one purpose does not depend on what
//! is drawn for another.

use crate::common::*;
use np_playground::algorithm::Algorithm;
use np_playground::config::Change;
use np_playground::trainer::Trainer;
use serde_json::json;

#[test]
fn the_same_seed_gives_every_rule_the_same_weights() {
    let config = config(json!({}));
    let bits = |algorithm, seed| weight_bits(&trainer(&config, algorithm, seed).network());
    for other in Algorithm::all() {
        assert_eq!(bits(other, 5), bits(algorithm("bp"), 5), "{other}");
        assert_ne!(bits(other, 5), bits(other, 6), "{other}");
    }
}

/// A run whose weights do not change.
fn frozen(name: &str, decor_lr: f64) -> Trainer {
    let config = config(json!({}));
    let mut trainer = trainer(&config, algorithm(name), 5);
    let frozen = Change {
        lr: Some(0.0),
        decor_lr: Some(decor_lr),
        ..Change::default()
    };
    trainer.change(frozen).expect("nothing has been done");
    trainer.run();
    trainer
}

/// While the weights stand still, what the first R becomes depends on the batches and their
/// order alone. That a plain rule sees the batches of its D rule is a law of decorrelation.
#[test]
fn the_same_seed_gives_every_rule_the_same_batches() {
    let first_r = |name| {
        frozen(name, 0.1).network().layers[0]
            .decorrelation()
            .expect("R")
            .to_owned()
    };
    for name in ["dnp", "dinp", "danp"] {
        assert_eq!(first_r(name), first_r("dbp"), "{name}");
    }
}

#[test]
fn noise_changes_nothing_but_noise() {
    let hash = |name, keys| {
        let mut trainer = trainer(&config(keys), algorithm(name), 0);
        let untrained = trainer.weights_hash();
        trainer.run();
        (untrained, trainer.weights_hash())
    };
    for keys in [
        json!({"noise": "rademacher"}),
        json!({"noise_std": 0.5}),
        json!({"num_noise_iters": 4}),
    ] {
        assert_eq!(hash("bp", keys.clone()), hash("bp", json!({})), "{keys}");
        let (changed, plain) = (hash("np", keys.clone()), hash("np", json!({})));
        assert_eq!(changed.0, plain.0, "{keys}");
        assert_ne!(changed.1, plain.1, "{keys}");
    }
}

#[test]
fn epochs_have_orders_and_noise_of_their_own() {
    let losses = frozen("dnp", 1e-3).history().train_loss.clone();
    assert_ne!(losses[1], losses[2]);
    let angles = frozen("np", 0.0).history().alignment_deg.clone();
    assert_ne!(angles[1].network, angles[2].network);
}

#[test]
fn the_same_configuration_and_seed_give_the_same_bits() {
    let config = config(json!({}));
    for algorithm in Algorithm::all() {
        let run = |seed| {
            let mut trainer = trainer(&config, algorithm, seed);
            trainer.run();
            (trainer.weights_hash(), trainer.history().clone())
        };
        assert_eq!(run(1), run(1), "{algorithm}");
        assert_ne!(run(1).0, run(2).0, "{algorithm}");
    }
}

/// tests/web.rs checks the same hashes in a browser.
#[test]
fn all_rules_end_with_the_bits_they_have_everywhere() {
    let hashes: Vec<String> = Algorithm::all().map(hash_after_three_epochs).collect();
    assert_eq!(hashes, HASHES);
}
