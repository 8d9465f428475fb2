//! Everything that changes while a run goes on, and what it was started from.

use super::data::Data;
use crate::algorithm::Algorithm;
use crate::config::{Rates, ValidConfig};
use crate::metrics::{History, Status};
use crate::network::{Layer, Network};
use crate::optimizer::Optimizer;
use crate::rng::{Rng, Stream};
use ndarray::Array2;
use serde::{Deserialize, Serialize};

/// The state of a run. A checkpoint holds it and the layers.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct State {
    pub config: String,
    pub algorithm: String,
    pub seed: u32,
    /// Of the last update.
    pub rates: Rates,
    pub pixels: Vec<u16>,
    /// Matrices of the rule's own.
    pub rule: Vec<Array2<f32>>,
    pub optimizer: Optimizer,
    pub phase: Phase,
    pub epoch: u32,
    pub step: u32,
    pub sums: Sums,
    pub forward_passes: u64,
    pub multiply_adds: u64,
    pub seconds: f64,
    pub history: History,
    pub status: Status,
}

impl State {
    /// Whether the state and `network`, both from a checkpoint, have the shapes that a run of
    /// `algorithm` on `data` has, and a place in it to go on from.
    pub fn fits(
        &self,
        config: &ValidConfig,
        algorithm: Algorithm,
        network: &Network,
        data: &Data,
    ) -> bool {
        let live = |(l, layer): (usize, &Layer)| match l {
            0 => data.live_inputs(algorithm),
            _ => layer.inputs(),
        };
        let mut layers = network.layers.iter().enumerate();
        let whole = layers.all(|at| at.1.is_whole(algorithm.decorrelated(), live(at)));
        let shapes =
            |matrices: &[Array2<f32>]| -> Vec<_> { matrices.iter().map(Array2::dim).collect() };
        let rng = &mut Rng::new(self.seed, Stream::Rule);
        let place = match self.phase {
            Phase::Train { from } => from < data.train.len(),
            Phase::Evaluate { from } => from < data.test.len(),
            Phase::Probe => true,
        };
        whole
            && shapes(&self.rule) == shapes(&algorithm.rule().init(network, rng))
            && self.optimizer.fits(config.optimizer, network)
            && place
            && self.epoch as usize <= config.epochs
    }
}

/// What a checkpoint is read as; written, both are borrowed.
pub(super) type Checkpoint = (State, Vec<Layer>);

/// The next piece of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Phase {
    /// A mini-batch, from this position of the epoch's order.
    Train { from: usize },
    /// A chunk of the test set, from this image.
    Evaluate { from: usize },
    /// The measurements on the probe batch, which end the epoch.
    Probe,
}

/// Loss and right answers summed over an epoch's batches and over the test set.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub(super) struct Sums {
    pub train_loss: f64,
    pub train_correct: usize,
    pub test_loss: f64,
    pub test_correct: usize,
}

#[cfg(test)]
mod tests {
    use super::super::Trainer;
    use super::*;
    use crate::config::Config;
    use crate::dataset::Dataset;
    use crate::optimizer::OptimizerKind;

    /// Ten images of 14 x 14 pixels, of which the first column is never used.
    fn images() -> Dataset {
        let lit = |i: u8, p: u8| if p % 14 == i + 1 { 255 } else { 0 };
        let pixels = (0..10).flat_map(|i| (0..196).map(move |p| lit(i, p)));
        let head = [0, 0, 8, 3, 0, 0, 0, 10, 0, 0, 0, 14, 0, 0, 0, 14];
        let images: Vec<u8> = head.into_iter().chain(pixels).collect();
        let labels: Vec<u8> = [0, 0, 8, 1, 0, 0, 0, 10].into_iter().chain(0..10).collect();
        Dataset::from_idx(&images, &labels).expect("two whole files")
    }

    /// Whether a run of `name` is taken up again after its state was changed.
    fn goes_on(name: &str, change: impl Fn(&mut Trainer)) -> bool {
        let keys = r#"{"train_size": 10, "test_size": 10, "image_size": 14, "hidden_sizes": [4, 3], "batch_size": 5}"#;
        let config = Config::from_json(keys).and_then(|config| config.check());
        let (config, images) = (config.expect("valid"), images());
        let algorithm = Algorithm::from_name(name).expect("known");
        let mut trainer =
            Trainer::new(&config, algorithm, 0, &images, &images, || 0.0).expect("a run");
        trainer.step();
        change(&mut trainer);
        let bytes = trainer.checkpoint().expect("bytes");
        Trainer::restore(&bytes, &images, &images, || 0.0).is_ok()
    }

    #[test]
    fn a_checkpoint_whose_shapes_or_place_are_not_those_of_its_run_is_refused() {
        for algorithm in Algorithm::all().map(Algorithm::name) {
            assert!(goes_on(algorithm, |_| {}), "{algorithm}");
        }
        for rule in ["fa", "direct_fa", "d-fa"] {
            assert!(!goes_on(rule, |t| _ = t.state.rule.pop()), "{rule}");
            assert!(!goes_on(rule, |t| t.state.rule[0] = Array2::zeros((1, 1))));
        }
        let pixels: Vec<usize> = (0..196).collect();
        assert!(!goes_on("wp", |t| t.network.layers[0].order_inputs(&pixels, 195)));
        assert!(!goes_on("np", |t| t.network.layers[0].order_inputs(&pixels, 196)));
        assert!(!goes_on("np", |t| {
            t.state.optimizer = Optimizer::new(OptimizerKind::Sgd, &t.network);
        }));
        assert!(!goes_on("np", |t| t.state.phase = Phase::Train { from: 10 }));
        assert!(!goes_on("np", |t| t.state.epoch = 11));
    }
}
