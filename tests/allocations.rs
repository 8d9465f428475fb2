//! After the first update, updates allocate no memory.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use allocation_counter::measure;
use common::*;
use np_playground::algorithm::Algorithm;
use np_playground::config::ValidConfig;
use np_playground::metrics::Status;
use serde_json::json;

/// The most allocations that one update of the run makes, the first one left out, and how
/// many updates that were.
fn most_allocations(config: &ValidConfig, algorithm: Algorithm) -> (u64, u32) {
    let mut trainer = trainer(config, algorithm, 0);
    let (mut most, mut updates) = (0, 0);
    while trainer.status() == Status::Running {
        let before = trainer.progress().step;
        let allocations = measure(|| {
            trainer.advance();
        });
        // Other pieces of work are evaluation and measurement.
        if trainer.progress().step > before.max(1) {
            most = most.max(allocations.count_total);
            updates += 1;
        }
    }
    (most, updates)
}

#[test]
fn an_update_allocates_nothing_after_the_first_one() {
    let noisy = ["np", "dnp", "anp", "danp"];
    for (keys, updates) in [
        // The last batch of an epoch is smaller; it takes the other form of C R in some layers.
        (json!({}), 7),
        (
            json!({"optimizer": "sgd", "num_noise_iters": 3, "noise": "rademacher"}),
            7,
        ),
        (
            json!({"output": "linear", "loss": "mse", "activation": "tanh", "kappa": 0.5}),
            7,
        ),
        (json!({"hidden_sizes": [], "activation": "step"}), 7),
        (json!({"batch_size": 1, "epochs": 1}), 69),
        (json!({"batch_size": 70, "epochs": 3}), 2),
        (json!({"baseline": "noisy", "algorithms": noisy}), 7),
    ] {
        let config = config(keys.clone());
        for &algorithm in &config.algorithms {
            assert_eq!(
                most_allocations(&config, algorithm),
                (0, updates),
                "{algorithm} {keys}"
            );
        }
    }
}

#[test]
fn an_allocation_would_be_counted() {
    assert_eq!(
        measure(|| drop(std::hint::black_box(Box::new(1)))).count_total,
        1
    );
}
