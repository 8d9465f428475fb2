//! The one definition of what is measured: the history of a run, and results.

use crate::algorithm::Algorithm;
use crate::config::ValidConfig;
use serde::{Deserialize, Serialize};

/// Measurements of a run, one entry an epoch; index 0 is the untrained network.
/// A value that does not exist there is `None`, in JSON `null`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct History {
    /// Epochs done.
    pub epoch: Vec<u32>,
    /// Mean loss of the epoch's own mini-batches, each before its update.
    pub train_loss: Vec<Option<f64>>,
    /// Share of the epoch's samples that were classified right, each before its
    /// update; 0 to 1.
    pub train_acc: Vec<Option<f64>>,
    /// Mean loss over the test images, clean pass.
    pub test_loss: Vec<f64>,
    /// Share of the test images that are classified right, clean pass; 0 to 1.
    pub test_acc: Vec<f64>,
    /// Angle between the rule's gradient estimate and the exact gradient.
    pub alignment_deg: Vec<Alignment>,
    /// Decorrelation loss of every layer's input, on the probe batch; `None` of a single input,
    /// and where it is not finite.
    pub decorrelation_loss: Vec<Vec<Option<f64>>>,
    /// Forward passes (of a mini-batch) spent in training so far.
    pub forward_passes: Vec<u64>,
    /// Multiply-adds of the matrix products really done in training so far.
    pub multiply_adds: Vec<u64>,
    /// Seconds spent in training so far, evaluation and probes left out. By the clock: where the
    /// system holds the process in mid-update, that counts, too.
    pub seconds: Vec<f64>,
}

/// Degrees between a gradient estimate and the exact gradient of the same batch,
/// network and R; `None` where one of the two is zero or not finite.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Alignment {
    /// Over all weights.
    pub network: Option<f64>,
    /// Over the weights of each layer.
    pub layers: Vec<Option<f64>>,
}

/// The measurements after one epoch.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// See [`History::epoch`].
    pub epoch: u32,
    /// See [`History::train_loss`].
    pub train_loss: Option<f64>,
    /// See [`History::train_acc`].
    pub train_acc: Option<f64>,
    /// See [`History::test_loss`].
    pub test_loss: f64,
    /// See [`History::test_acc`].
    pub test_acc: f64,
    /// See [`History::alignment_deg`].
    pub alignment_deg: Alignment,
    /// See [`History::decorrelation_loss`].
    pub decorrelation_loss: Vec<Option<f64>>,
    /// See [`History::forward_passes`].
    pub forward_passes: u64,
    /// See [`History::multiply_adds`].
    pub multiply_adds: u64,
    /// See [`History::seconds`].
    pub seconds: f64,
}

impl History {
    /// Number of rows.
    pub fn len(&self) -> usize {
        self.epoch.len()
    }

    /// Whether nothing has been measured yet.
    pub fn is_empty(&self) -> bool {
        self.epoch.is_empty()
    }

    /// Puts a row behind the last one.
    pub fn push(&mut self, row: Row) {
        self.epoch.push(row.epoch);
        self.train_loss.push(row.train_loss);
        self.train_acc.push(row.train_acc);
        self.test_loss.push(row.test_loss);
        self.test_acc.push(row.test_acc);
        self.alignment_deg.push(row.alignment_deg);
        self.decorrelation_loss.push(row.decorrelation_loss);
        self.forward_passes.push(row.forward_passes);
        self.multiply_adds.push(row.multiply_adds);
        self.seconds.push(row.seconds);
    }

    /// Row `index` as it crosses the wasm boundary, NaN for what does not exist:
    /// [epoch, train_loss, train_acc, test_loss, test_acc, forward_passes,
    /// multiply_adds, seconds, alignment of the network, of layers 1..=L,
    /// decorrelation loss of layers 1..=L].
    pub fn flat_row(&self, index: usize) -> Option<Vec<f64>> {
        let number = |value: Option<f64>| value.unwrap_or(f64::NAN);
        let alignment = self.alignment_deg.get(index)?;
        let mut row = vec![
            f64::from(self.epoch[index]),
            number(self.train_loss[index]),
            number(self.train_acc[index]),
            self.test_loss[index],
            self.test_acc[index],
            self.forward_passes[index] as f64,
            self.multiply_adds[index] as f64,
            self.seconds[index],
            number(alignment.network),
        ];
        row.extend(alignment.layers.iter().copied().map(number));
        row.extend(self.decorrelation_loss[index].iter().copied().map(number));
        Some(row)
    }
}

/// Where and how a run stopped being finite.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diverged {
    /// The epoch it was in, from 1.
    pub epoch: u32,
    /// The update, counted from 1 at the start of the run; of a loss on test images, the one before.
    pub step: u32,
    /// The first layer with a number that is not finite, from 1.
    pub layer: u32,
    /// What was not finite there.
    pub quantity: Quantity,
}

/// What stopped being finite.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quantity {
    /// The loss, first seen in the pre-activations of a layer.
    Loss,
    /// Weights or biases.
    Weights,
    /// A decorrelation matrix.
    Decorrelation,
}

/// Whether a run goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// It goes on.
    Running,
    /// All epochs are done.
    Finished,
    /// Loss or weights stopped being finite; the result stands up to there.
    Diverged(Diverged),
}

impl Status {
    /// The word in results: `running`, `finished` or `diverged`.
    pub fn name(&self) -> &'static str {
        match self {
            Status::Running => "running",
            Status::Finished => "finished",
            Status::Diverged(_) => "diverged",
        }
    }
}

/// Rates that changed while a run went on.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct RateChange {
    /// Epochs done before the change.
    pub epoch: u32,
    /// Updates done before the change.
    pub step: u32,
    /// Learning rate from there on.
    pub lr: f32,
    /// Decorrelation rate from there on.
    pub decor_lr: f32,
    /// Standard deviation of the noise from there on.
    pub noise_std: f32,
}

/// The result of one run.
#[derive(Debug, Clone, Serialize)]
pub struct RunResult {
    /// The algorithm.
    pub algorithm: Algorithm,
    /// Its seed.
    pub seed: u32,
    /// `running`, `finished` or `diverged`.
    pub status: &'static str,
    /// What was measured.
    pub history: History,
    /// Hash of the weights at the end, see [`crate::checkpoint::weights_hash`].
    pub weights_hash: String,
    /// Where the run diverged, if it did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub diverged: Option<Diverged>,
    /// The rates that changed on the way, if any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<RateChange>,
}

/// The result of an experiment.
///
/// ```
/// use np_playground::{config::Config, dataset::Dataset, metrics::ExperimentResult, trainer::Trainer};
/// # let images = [&[0, 0, 8, 3, 0, 0, 0, 10, 0, 0, 0, 1, 0, 0, 0, 2][..], &[255, 0, 0, 255].repeat(5)].concat();
/// # let labels = [&[0, 0, 8, 1, 0, 0, 0, 10][..], &[0, 1].repeat(5)].concat();
/// # let data = Dataset::from_idx(&images, &labels)?;
///
/// let text = r#"{"dataset": "own", "train_size": 10, "test_size": 10, "hidden_sizes": [4], "epochs": 2}"#;
/// let config = Config::from_json(text)?.check()?;
/// let mut runs = Vec::new();
/// for (algorithm, seed) in config.runs() {
///     let mut trainer = Trainer::new(&config, algorithm, seed, &data, &data, || 0.0)?;
///     trainer.run();
///     runs.push(trainer.result());
/// }
/// let result = ExperimentResult { config, version: env!("CARGO_PKG_VERSION"), images: None, runs };
/// let json = serde_json::to_value(&result).expect("plain numbers and names");
/// assert_eq!(json["runs"][0]["history"]["epoch"], serde_json::json!([0, 1, 2]));
/// # Ok::<(), np_playground::Error>(())
/// ```
#[derive(Debug, Clone, Serialize)]
pub struct ExperimentResult {
    /// The complete configuration.
    pub config: ValidConfig,
    /// The version of this program.
    pub version: &'static str,
    /// What tells the images from others, if they are not MNIST's:
    /// [`Dataset::digest`](crate::dataset::Dataset::digest) of the training and of the test set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub images: Option<[String; 2]>,
    /// Every run, in the order of the configuration.
    pub runs: Vec<RunResult>,
}
