//! One seed, independent streams: what is chosen for one purpose does not depend on what
//! is drawn for another.

use crate::common::*;
use np_playground::algorithm::Algorithm;
use np_playground::config::Rates;
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
fn frozen(name: Algorithm, decor_lr: f32) -> Trainer {
    let config = config(json!({}));
    let mut trainer = trainer(&config, name, 5);
    trainer.set_rates(Rates {
        lr: 0.0,
        decor_lr,
        ..trainer.rates()
    });
    trainer.run();
    trainer
}

/// While the weights stand still, the sums of losses and what R becomes depend on the
/// batches and their order alone.
#[test]
fn the_same_seed_gives_every_rule_the_same_batches() {
    let reference = frozen(algorithm("bp"), 0.0);
    let first_r = |trainer: &Trainer| trainer.network().layers[0].decorrelation.clone();
    let reference_r = first_r(&frozen(algorithm("dbp"), 0.1));
    for other in Algorithm::all() {
        let history = frozen(other, 0.0).history().clone();
        assert_eq!(
            history.train_loss,
            reference.history().train_loss,
            "{other}"
        );
        assert_eq!(history.train_acc, reference.history().train_acc, "{other}");
        assert_eq!(history.test_loss, reference.history().test_loss, "{other}");
        if other.decorrelated() {
            assert_eq!(first_r(&frozen(other, 0.1)), reference_r, "{other}");
        }
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
    let losses = frozen(algorithm("dnp"), 1e-3).history().train_loss.clone();
    assert_ne!(losses[1], losses[2]);
    let angles = frozen(algorithm("np"), 0.0).history().alignment_deg.clone();
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
