//! An update as `Trainer::update_of` and `Trainer::change_of` list it, with names.
#![allow(dead_code, reason = "every test program uses a part of this module")]

use np_playground::network::Network;

/// Numbers that are read one after the other.
struct Numbers<'a>(&'a [f32]);

impl Numbers<'_> {
    fn take(&mut self, count: usize) -> Vec<f32> {
        let (taken, rest) = self.0.split_at(count);
        self.0 = rest;
        taken.to_vec()
    }

    fn one(&mut self) -> f32 {
        self.take(1)[0]
    }

    fn count(&mut self) -> usize {
        self.one() as usize
    }
}

pub struct Layer {
    pub own_noise: Vec<f32>,
    pub preactivation: Vec<f32>,
    pub activation: Vec<f32>,
    pub credit: Vec<f32>,
    pub exact: Vec<f32>,
    /// Of a rule without errors.
    pub exact_biases: Vec<f32>,
}

pub struct Disturbed {
    pub noise: Vec<f32>,
    pub preactivation_diff: Vec<f32>,
    pub activation_diff: Vec<f32>,
    /// Of the biases, where the noise is on the weights.
    pub bias_noise: Vec<f32>,
}

pub struct Seen {
    pub update: usize,
    pub place: usize,
    pub batch: usize,
    pub label: usize,
    pub noise_std: f32,
    pub samples: usize,
    pub of_errors: bool,
    pub multiply_adds: f32,
    pub length: f32,
    pub exact_length: f32,
    pub cos: f32,
    pub loss: f32,
    pub pixels: Vec<f32>,
    pub loss_diffs: Vec<f32>,
    pub batch_diffs: Vec<f32>,
    pub layers: Vec<Layer>,
    pub decorrelated: Vec<Vec<f32>>,
    pub disturbed: Vec<Disturbed>,
}

impl Seen {
    pub fn of(list: &[f32], decorrelates: bool) -> Self {
        let mut numbers = Numbers(list);
        let update = 65_536 * numbers.count() + numbers.count();
        let [place, batch, label] = [0; 3].map(|_| numbers.count());
        let (noise_std, samples) = (numbers.one(), numbers.count());
        let (of_errors, multiply_adds) = (numbers.one() == 1.0, numbers.one());
        let [length, exact_length, cos, loss] = [0; 4].map(|_| numbers.one());
        let [passes, layers, pixels] = [0; 3].map(|_| numbers.count());
        let units: Vec<usize> = (0..layers).map(|_| numbers.count()).collect();
        let inputs = [&[pixels], &units[..layers - 1]].concat();
        let seen = Self {
            pixels: numbers.take(pixels),
            loss_diffs: numbers.take(passes),
            batch_diffs: numbers.take(passes),
            layers: units
                .iter()
                .map(|&n| Layer {
                    own_noise: numbers.take(n),
                    preactivation: numbers.take(n),
                    activation: numbers.take(n),
                    credit: numbers.take(n),
                    exact: numbers.take(n),
                    exact_biases: numbers.take(if of_errors { 0 } else { n }),
                })
                .collect(),
            decorrelated: inputs
                .iter()
                .filter(|_| decorrelates)
                .map(|&n| numbers.take(n))
                .collect(),
            disturbed: units
                .iter()
                .filter(|_| passes > 0)
                .map(|&n| Disturbed {
                    noise: numbers.take(n),
                    preactivation_diff: numbers.take(n),
                    activation_diff: numbers.take(n),
                    bias_noise: numbers.take(if of_errors { 0 } else { n }),
                })
                .collect(),
            update,
            place,
            batch,
            label,
            noise_std,
            samples,
            of_errors,
            multiply_adds,
            length,
            exact_length,
            cos,
            loss,
        };
        assert!(numbers.0.is_empty(), "{} numbers too many", numbers.0.len());
        seen
    }

    /// <E by backpropagation, noise>: minus the derivative of the loss along the noise.
    pub fn slope(&self) -> f64 {
        let layers = self.layers.iter().zip(&self.disturbed);
        let products = layers.flat_map(|(layer, disturbed)| {
            let units = layer.exact.iter().zip(&disturbed.noise);
            units.map(|(e, noise)| f64::from(*e) * f64::from(*noise))
        });
        -products.sum::<f64>()
    }
}

pub struct Changed {
    pub loss: f32,
    pub loss_after: f32,
    pub before: Vec<f32>,
    pub after: Vec<f32>,
    pub decorrelated: Vec<Vec<f32>>,
}

impl Changed {
    pub fn of(list: &[f32], network: &Network, l: usize) -> Self {
        let mut numbers = Numbers(list);
        let layer = &network.layers[l];
        let size = layer.units() * (1 + layer.inputs());
        let with_r = network
            .layers
            .iter()
            .filter(|layer| layer.decorrelation().is_some());
        let changed = Self {
            loss: numbers.one(),
            loss_after: numbers.one(),
            before: numbers.take(size),
            after: numbers.take(size),
            decorrelated: with_r.map(|layer| numbers.take(layer.inputs())).collect(),
        };
        assert!(numbers.0.is_empty(), "{} numbers too many", numbers.0.len());
        changed
    }
}

/// b and W of a layer, unit by unit.
pub fn parameters(network: &Network, l: usize) -> Vec<f32> {
    let layer = &network.layers[l];
    layer
        .bias()
        .iter()
        .chain(layer.weights().iter())
        .copied()
        .collect()
}
