//! Small data sets, networks and runs for the tests.
#![allow(dead_code, reason = "every test program uses a part of this module")]

pub mod products;

use ndarray::Array2;
use np_playground::activation::Activation;
use np_playground::algorithm::Algorithm;
use np_playground::config::{Change, Config, ValidConfig};
use np_playground::dataset::Dataset;
use np_playground::gradient::{EXACT, Estimator, Rule, Task};
use np_playground::linalg::Gemm;
use np_playground::loss::{Loss, LossKind};
use np_playground::network::{Gradient, Network, Pass};
use np_playground::noise::{NoiseKind, SeededNoise};
use np_playground::rng::{Rng, Stream};
use np_playground::trainer::Trainer;
use serde_json::{Value, json};

/// The bytes of an IDX file: magic number, sizes, entries.
pub fn idx_file(magic: u32, sizes: &[u32], entries: &[u8]) -> Vec<u8> {
    let header = std::iter::once(&magic)
        .chain(sizes)
        .flat_map(|word| word.to_be_bytes());
    header.chain(entries.iter().copied()).collect()
}

/// Images of 14 x 14 pixels of ten classes that can be learned: class c has its own
/// bright row, everything else is noise.
pub fn images(count: u32, seed: u32) -> Dataset {
    let mut rng = Rng::new(seed, Stream::Subset);
    let labels: Vec<u8> = (0..count).map(|i| (i % 10) as u8).collect();
    let mut pixels = Vec::new();
    for &label in &labels {
        for pixel in 0..14 * 14 {
            let bright = pixel / 14 == 2 + usize::from(label);
            pixels.push(rng.below(100) as u8 + if bright { 150 } else { 0 });
        }
    }
    let images = idx_file(0x803, &[count, 14, 14], &pixels);
    Dataset::from_idx(&images, &idx_file(0x801, &[count], &labels)).expect("a whole file")
}

pub fn algorithm(name: &str) -> Algorithm {
    Algorithm::from_name(name).expect("one there is")
}

/// A small configuration with some keys replaced.
pub fn config(keys: Value) -> ValidConfig {
    let mut all = json!({
        "train_size": 70, "test_size": 30, "image_size": 14, "hidden_sizes": [12, 9], "batch_size": 20,
        "epochs": 2, "algorithms": Algorithm::all().collect::<Vec<_>>(),
    });
    let given = keys.as_object().expect("an object").clone();
    all.as_object_mut().expect("an object").extend(given);
    Config::from_json(&all.to_string())
        .and_then(|config| config.check())
        .expect("a valid configuration")
}

/// An untrained run of `config` on [`images`], with a clock that stands still.
pub fn trainer(config: &ValidConfig, algorithm: Algorithm, seed: u32) -> Trainer {
    Trainer::new(
        config,
        algorithm,
        seed,
        &images(70, 1),
        &images(30, 2),
        || 0.0,
    )
    .expect("enough images")
}

/// A change to `lr` before the trainer's next update.
pub fn change_rate(trainer: &mut Trainer, lr: f64) {
    let change = Change {
        update: trainer.progress().step,
        lr: Some(lr),
        ..Change::default()
    };
    trainer.change(change).expect("an update to come");
}

/// The weights after three epochs, with every source of numbers in use: normal noise,
/// logarithms, exponentials, tanh, both forms of C R.
pub fn hash_after_three_epochs(algorithm: Algorithm) -> String {
    let config = config(json!({"epochs": 3, "activation": "tanh", "decor_lr": 0.01}));
    let mut trainer = trainer(&config, algorithm, 0);
    trainer.run();
    trainer.weights_hash()
}

/// [`hash_after_three_epochs`] of all algorithms, in the order of `Algorithm::all`.
/// A change of the mathematics or of the order of its sums changes them (then take the ones
/// that the failing test prints); a change of the machine must not.
pub const HASHES: [&str; 16] = [
    "54b95934f1d9065c",
    "2cb73ae49db4e9f7",
    "1b4d80cfb35dc5f4",
    "13dcdae061829273",
    "700b49d659e4df1a",
    "e2a46b95790a48ea",
    "e80a010a2b7df9ab",
    "bd5c3b0a9ac81398",
    "25032c7f10baa2cd",
    "467c333c2619c493",
    "9d72f9208ea2edfb",
    "2ef6b6157c47741a",
    "73900162354c810e",
    "488a4e87e2d2bf92",
    "ddc30f34d2273f78",
    "ee79012920ca985e",
];

/// The bits of W and b of every layer.
pub fn weight_bits(network: &Network) -> Vec<u32> {
    let numbers = network.layers.iter().flat_map(|layer| {
        layer
            .weights()
            .iter()
            .chain(layer.bias())
            .copied()
            .map(f32::to_bits)
            .collect::<Vec<_>>()
    });
    numbers.collect()
}

/// Normal noise from a stream of its own.
pub fn gaussian(seed: u32, std: f32) -> SeededNoise {
    SeededNoise {
        rng: Rng::new(seed, Stream::Noise),
        kind: NoiseKind::Gaussian,
        std,
    }
}

/// A network with random weights and biases and, if `decorrelated`, an R that is
/// neither the identity nor symmetric.
pub fn network(
    sizes: &[usize],
    hidden: Activation,
    loss: Loss,
    decorrelated: bool,
    seed: u32,
) -> Network {
    let rng = &mut Rng::new(seed, Stream::Init);
    let mut network = Network::new(sizes, hidden, loss, decorrelated, rng);
    for layer in &mut network.layers {
        let bias = rng.normal_matrix(1, layer.units(), 0.3);
        layer.bias_mut().assign(&bias.row(0));
        if let Some(mut r) = layer.decorrelation_mut() {
            r += &rng.normal_matrix(r.nrows(), r.ncols(), 0.2);
        }
    }
    network
}

pub const CROSS_ENTROPY: Loss = Loss {
    kind: LossKind::Ce,
    output: Activation::Softmax,
};
pub const SQUARED_ERROR: Loss = Loss {
    kind: LossKind::Mse,
    output: Activation::Linear,
};
pub const SQUARED_ERROR_OF_SOFTMAX: Loss = Loss {
    kind: LossKind::Mse,
    output: Activation::Softmax,
};

/// Inputs and targets, one sample a row.
pub type Batch = (Array2<f32>, Array2<f32>);

/// Random inputs in [0, 1) and one-hot targets.
pub fn batch(sizes: &[usize], rows: usize, seed: u32) -> Batch {
    let rng = &mut Rng::new(seed, Stream::Subset);
    let classes = sizes[sizes.len() - 1];
    let input = Array2::from_shape_simple_fn((rows, sizes[0]), || rng.below(1000) as f32 / 1000.0);
    let mut targets = Array2::zeros((rows, classes));
    targets
        .rows_mut()
        .into_iter()
        .for_each(|mut row| row[rng.below(classes as u32) as usize] = 1.0);
    (input, targets)
}

/// A pass over a batch; with noise of its own, if there is any.
pub fn pass(network: &Network, (input, targets): &Batch, noise: Option<&mut SeededNoise>) -> Pass {
    let mut pass = Pass::new(network, input.nrows(), noise.is_some());
    let (mut x, mut y) = pass.start(input.nrows());
    x.assign(input);
    y.assign(targets);
    if let Some(noise) = noise {
        pass.draw_noise(noise);
    }
    network.forward(&mut pass, &mut Gemm::default());
    pass
}

/// The gradient estimate of `rule`, averaged over `samples` noise samples.
pub fn estimate(
    rule: &dyn Rule,
    network: &Network,
    baseline: &Pass,
    samples: usize,
    noise: &mut SeededNoise,
) -> Gradient {
    estimate_told(noise.std, rule, network, baseline, samples, noise)
}

/// The same, where the rule is told that the noise has this standard deviation.
pub fn estimate_told(
    std: f32,
    rule: &dyn Rule,
    network: &Network,
    baseline: &Pass,
    samples: usize,
    noise: &mut SeededNoise,
) -> Gradient {
    let state = rule.init(network, &mut Rng::new(0, Stream::Rule));
    estimate_with(rule, &state, std, network, baseline, samples, noise)
}

/// The same, with these matrices of the rule's own.
pub fn estimate_with(
    rule: &dyn Rule,
    state: &[Array2<f32>],
    noise_std: f32,
    network: &Network,
    baseline: &Pass,
    samples: usize,
    noise: &mut SeededNoise,
) -> Gradient {
    let mut gradient = network.zero_gradient();
    let task = Task {
        rule,
        state,
        network,
        baseline,
        noise_std,
        samples,
    };
    let mut estimator = Estimator::new(network, baseline.rows());
    estimator.estimate(&task, noise, &mut Gemm::default(), &mut gradient);
    gradient
}

/// The exact gradient.
pub fn exact(network: &Network, pass: &Pass) -> Gradient {
    estimate(EXACT, network, pass, 1, &mut gaussian(0, 1.0))
}
