//! A run takes the memory that is foretold of it.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use allocation_counter::measure;
use common::*;
use np_playground::algorithm::Algorithm;
use np_playground::config::ValidConfig;
use serde_json::{Value, json};

/// The most bytes that a run has at once, from its first allocation to a checkpoint at its end, and
/// what was foretold of it with its own images.
fn taken_and_foretold(config: &ValidConfig, algorithm: Algorithm) -> (f64, f64) {
    let mut foretold = 0.0;
    let taken = measure(|| {
        let mut trainer = trainer(config, algorithm, 0);
        foretold = trainer.memory();
        trainer.run();
        drop(trainer.checkpoint().expect("bytes"));
        trainer.weights_hash();
    });
    (taken.bytes_max as f64, foretold)
}

/// Room for the products' copies of the widest layer, which products need not use up.
const PANELS: f64 = 300_000.0;

#[test]
fn a_run_takes_what_is_foretold() {
    let wide = json!({"hidden_sizes": [300, 200], "epochs": 1});
    let changes = [
        json!({}),
        json!({"optimizer": "sgd"}),
        json!({"hidden_sizes": []}),
        json!({"hidden_sizes": [600]}),
        json!({"hidden_sizes": [100, 100, 100, 100, 100]}),
        json!({"batch_size": 1}),
        json!({"batch_size": 70}),
    ];
    let noisy = ["np", "dnp", "anp", "danp"];
    let twice = json!({"baseline": "noisy", "algorithms": noisy});
    for change in changes.iter().chain([&twice]) {
        let keys = merged(&wide, change);
        let config = config(keys.clone());
        for &algorithm in &config.algorithms {
            let (taken, foretold) = taken_and_foretold(&config, algorithm);
            assert!(
                foretold > 0.95 * taken && foretold - PANELS < 1.05 * taken,
                "{algorithm} {keys}: {taken} bytes taken, {foretold} foretold"
            );
        }
    }
}

fn merged(keys: &Value, more: &Value) -> Value {
    let mut all = keys.as_object().expect("an object").clone();
    all.extend(more.as_object().expect("an object").clone());
    all.into()
}
