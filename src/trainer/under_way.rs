//! What a run holds while it does a piece of work in turns, and forgets with it.

use crate::network::Gradient;
use crate::noise::{NoiseKind, SeededNoise};
use crate::rng::{Rng, Stream};

/// An update, or a measurement of the probe batch, under way. A checkpoint has nothing of it.
pub(super) struct UnderWay {
    /// Where its noise has come to.
    pub noise: SeededNoise,
    /// Of the update's batch: its loss, and how many of its samples were classified right.
    pub loss: f64,
    pub correct: usize,
    /// The first layer whose R stopped being finite.
    pub broken: Option<usize>,
    /// Whether the network is not the one that the update has begun with any more.
    pub changing: bool,
    pub multiply_adds: u64,
    pub seconds: f64,
    /// Of the probe batch.
    pub exact: Gradient,
    pub decorrelation_loss: Vec<Option<f64>>,
}

impl From<SeededNoise> for UnderWay {
    fn from(noise: SeededNoise) -> Self {
        Self {
            noise,
            loss: 0.0,
            correct: 0,
            broken: None,
            changing: false,
            multiply_adds: 0,
            seconds: 0.0,
            exact: Gradient::new(),
            decorrelation_loss: Vec::new(),
        }
    }
}

impl Default for UnderWay {
    fn default() -> Self {
        Self::from(SeededNoise {
            rng: Rng::new(0, Stream::Noise),
            kind: NoiseKind::Gaussian,
            std: 0.0,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::Trainer;
    use crate::algorithm::Algorithm;
    use crate::config::Config;
    use crate::dataset::Dataset;
    use crate::metrics::Status;

    /// Images of 14 x 14 pixels, all in use.
    fn images(count: u8) -> Dataset {
        let pixels = (0..count).flat_map(|i| (0..196).map(move |p: u8| p.wrapping_mul(i) | 1));
        let head = [0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 14, 0, 0, 0, 14];
        let images: Vec<u8> = head.into_iter().chain(pixels).collect();
        let labels = (0..count).map(|i| i % 10);
        let labels: Vec<u8> = [0, 0, 8, 1, 0, 0, 0, count]
            .into_iter()
            .chain(labels)
            .collect();
        Dataset::from_idx(&images, &labels).expect("two whole files")
    }

    /// Most multiply-adds that are counted in any turn of `turn`, from the start to the end of a run.
    fn most_in_a_turn(name: &str, turn: u64) -> u64 {
        let keys = r#"{"train_size": 200, "test_size": 200, "image_size": 14, "hidden_sizes": [300, 260],
            "batch_size": 200, "num_noise_iters": 4, "epochs": 1}"#;
        let config = Config::from_json(keys).and_then(|config| config.check());
        let (config, images) = (config.expect("valid"), images(200));
        let algorithm = Algorithm::from_name(name).expect("known");
        let mut trainer =
            Trainer::new(&config, algorithm, 0, &images, &images, || 0.0).expect("a run");
        let mut most = 0;
        let mut running = true;
        while running {
            let before = trainer.gemm.multiply_adds();
            running = trainer.advance_by(turn) == Status::Running;
            most = most.max(trainer.gemm.multiply_adds() - before);
        }
        most
    }

    #[test]
    fn no_turn_of_any_rule_does_much_more_than_it_was_told() {
        // A row of the widest layer is 260 * 300 + 300 * 300 multiply-adds, so that rows are cut.
        let turn = 8_000_000;
        for name in Algorithm::all().map(Algorithm::name) {
            assert!(most_in_a_turn(name, turn) <= 2 * turn, "{name}");
            assert!(
                most_in_a_turn(name, u64::MAX) > 2 * turn,
                "{name}: nothing to cut"
            );
        }
    }
}
