//! Small data sets, networks and runs for the tests.
#![allow(dead_code, reason = "every test program uses a part of this module")]

use ndarray::{Array2, ArrayViewMut2};
use np_playground::algorithm::Algorithm;
use np_playground::config::{Config, LossKind, NoiseKind, ValidConfig};
use np_playground::dataset::Dataset;
use np_playground::gradient::{Estimator, Gradient, Rule, zero_gradient};
use np_playground::linalg::Gemm;
use np_playground::loss::Loss;
use np_playground::network::{Activation, Network, NoiseSource, Pass};
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
    Algorithm::from_name(name).expect("one of the eight")
}

/// A small configuration with some keys replaced.
pub fn config(keys: Value) -> ValidConfig {
    let mut all = json!({
        "train_size": 70, "test_size": 30, "image_size": 14, "hidden_sizes": [12, 9], "batch_size": 20,
        "epochs": 2, "algorithms": ["bp", "dbp", "np", "dnp", "inp", "dinp", "anp", "danp"],
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

/// The weights after three epochs, with every source of numbers in use: normal noise,
/// logarithms, exponentials, tanh, both forms of C R.
pub fn hash_after_three_epochs(algorithm: Algorithm) -> String {
    let config = config(json!({"epochs": 3, "activation": "tanh", "decor_lr": 0.01}));
    let mut trainer = trainer(&config, algorithm, 0);
    trainer.run();
    trainer.weights_hash()
}

/// [`hash_after_three_epochs`] of the eight algorithms, in the order of `Algorithm::all`.
/// A change of the mathematics or of the order of its sums changes them (then take the ones
/// that the failing test prints); a change of the machine must not.
pub const HASHES: [&str; 8] = [
    "54b95934f1d9065c",
    "2cb73ae49db4e9f7",
    "1b4d80cfb35dc5f4",
    "13dcdae061829273",
    "700b49d659e4df1a",
    "e2a46b95790a48ea",
    "e80a010a2b7df9ab",
    "bd5c3b0a9ac81398",
];

/// The bits of W and b of every layer.
pub fn weight_bits(network: &Network) -> Vec<u32> {
    let numbers = network
        .layers
        .iter()
        .flat_map(|layer| layer.weights.iter().chain(&layer.bias));
    numbers.map(|number| number.to_bits()).collect()
}

/// Noise from a stream of its own.
pub struct Noise {
    pub rng: Rng,
    pub kind: NoiseKind,
    pub std: f32,
}

impl Noise {
    pub fn gaussian(seed: u32, std: f32) -> Self {
        Self {
            rng: Rng::new(seed, Stream::Noise),
            kind: NoiseKind::Gaussian,
            std,
        }
    }
}

impl NoiseSource for Noise {
    fn fill(&mut self, _layer: usize, mut out: ArrayViewMut2<f32>) {
        let out = out.as_slice_mut().expect("contiguous");
        match self.kind {
            NoiseKind::Gaussian => self.rng.fill_normal(out, self.std),
            NoiseKind::Rademacher => self.rng.fill_rademacher(out, self.std),
        }
    }
}

/// A matrix of N(0, std²).
pub fn normal(rows: usize, columns: usize, std: f32, rng: &mut Rng) -> Array2<f32> {
    let mut matrix = Array2::zeros((rows, columns));
    rng.fill_normal(matrix.as_slice_mut().expect("contiguous"), std);
    matrix
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
        rng.fill_normal(layer.bias.as_slice_mut().expect("contiguous"), 0.3);
        if let Some(r) = &mut layer.decorrelation {
            *r += &normal(r.nrows(), r.ncols(), 0.2, rng);
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
pub fn pass(network: &Network, (input, targets): &Batch, noise: Option<&mut Noise>) -> Pass {
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
    noise: &mut Noise,
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
    noise: &mut Noise,
) -> Gradient {
    let mut gradient = zero_gradient(network);
    let gemm = &mut Gemm::default();
    let mut estimator = Estimator::new(network, baseline.rows());
    estimator.estimate(
        rule,
        network,
        baseline,
        noise,
        std,
        samples,
        gemm,
        &mut gradient,
    );
    gradient
}

/// The exact gradient.
pub fn exact(network: &Network, pass: &Pass) -> Gradient {
    estimate(
        np_playground::gradient::EXACT,
        network,
        pass,
        1,
        &mut Noise::gaussian(0, 1.0),
    )
}
