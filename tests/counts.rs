//! Counts of work in place of times: the multiply-adds of an update are exactly those
//! that each rule needs, for a batch of B samples and layers of m inputs and n units.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use common::{algorithm, config, idx_file};
use np_playground::algorithm::Algorithm;
use np_playground::dataset::Dataset;
use np_playground::trainer::Trainer;
use serde_json::json;

const PIXELS: usize = 14 * 14;
const SIZES: [usize; 4] = [PIXELS, 12, 9, 10];
const BATCH: usize = 20;
const UPDATES: usize = 3;

/// How many pixels of an image are not zero, and how many any image uses.
#[derive(Clone, Copy)]
struct Ink {
    nonzero: usize,
    live: usize,
}

const FULL: Ink = Ink {
    nonzero: PIXELS,
    live: PIXELS,
};
const SPARSE: Ink = Ink {
    nonzero: 40,
    live: 130,
};

/// Image i has its ink on pixels i, i + 1, ... of the live ones, from the end to the start again.
fn images(count: usize, ink: Ink) -> Dataset {
    let mut pixels = vec![0; count * PIXELS];
    for (i, image) in pixels.chunks_exact_mut(PIXELS).enumerate() {
        (0..ink.nonzero).for_each(|k| image[(7 * i + k) % ink.live] = 200);
    }
    let labels: Vec<u8> = (0..count).map(|i| (i % 10) as u8).collect();
    let images = idx_file(0x803, &[count as u32, 14, 14], &pixels);
    Dataset::from_idx(&images, &idx_file(0x801, &[count as u32], &labels)).expect("a whole file")
}

/// Multiply-adds of a run of a few updates, counted by the trainer.
fn counted(name: &str, ink: Ink) -> u64 {
    let train = images(UPDATES * BATCH, ink);
    let config = config(json!({
        "train_size": train.len(), "test_size": 10, "hidden_sizes": &SIZES[1..3], "batch_size": BATCH,
    }));
    let mut trainer =
        Trainer::new(&config, algorithm(name), 0, &train, &train, || 0.0).expect("enough images");
    (0..UPDATES).for_each(|_| _ = trainer.step());
    trainer.multiply_adds()
}

/// The same by formula, with all the work left out that need not be done.
fn needed(name: &str, Ink { nonzero, live }: Ink) -> u64 {
    let decorrelated = algorithm(name).decorrelated();
    let rule = algorithm(name).plain().name();
    // Weight perturbation moves the weights of every pixel.
    let live = if rule == "wp" { PIXELS } else { live };
    let (n1, layers) = (
        SIZES[1],
        SIZES[1..].windows(2).map(|w| (w[0] as u64, w[1] as u64)),
    );
    let decorrelation = |m: u64| if decorrelated { m * m } else { 0 };
    // Layers above the first, once: m n, and m m through R.
    let above: u64 = layers.clone().map(|(m, n)| m * n).sum();
    let above_with_r: u64 = layers.clone().map(|(m, n)| m * n + decorrelation(m)).sum();
    // The first layer's products with X_0 skip its zeros; X_0 R' has none to skip.
    let (decorrelate, first) = if decorrelated {
        (nonzero * live, live * n1)
    } else {
        (0, nonzero * n1)
    };
    let clean = (decorrelate + first) as u64 + above_with_r;
    let errors_to_gradient = first as u64 + above;
    let estimate = match rule {
        // No error is needed below the first layer.
        "bp" => above_with_r + errors_to_gradient,
        // The noisy pass has the first layer's clean product, and so has the pass of tangents.
        "np" | "anp" | "fg" => above_with_r + errors_to_gradient,
        // The feedback matrices stand where W R would.
        "fa" => above + errors_to_gradient,
        "direct_fa" => (SIZES[3] * (SIZES[1] + SIZES[2])) as u64 + errors_to_gradient,
        // X* times the noise of the weights in every layer, and the noisy pass above the first;
        // the gradient is no product.
        "wp" => first as u64 + above + above_with_r,
        // Pass l starts at layer l.
        "inp" => {
            let passes = (1..).zip(layers);
            let each = passes.map(|(passes, (m, n))| passes * (m * n + decorrelation(m)));
            each.sum::<u64>() + errors_to_gradient
        }
        other => panic!("{other}"),
    };
    let inputs = [live, SIZES[1], SIZES[2]].map(|m| m as u64);
    let batch = BATCH as u64;
    // C R: two products of B rows, or half of the covariance and a product with it.
    let update: u64 = inputs
        .iter()
        .map(|&m| match decorrelated {
            true => (2 * batch * m * m).min(batch * m * (m + 1) / 2 + m * m * m),
            false => 0,
        })
        .sum();
    UPDATES as u64 * (batch * (clean + estimate) + update)
}

#[test]
fn updates_do_the_multiply_adds_that_their_rule_needs_and_no_more() {
    for name in Algorithm::all().map(Algorithm::name) {
        assert_eq!(counted(name, FULL), needed(name, FULL), "{name}");
        assert_eq!(counted(name, SPARSE), needed(name, SPARSE), "{name}");
    }
}
