//! Training: one run of one algorithm with one seed, in small pieces of work.
//!
//! An epoch is its mini-batch steps, then the test set in chunks, then the
//! measurements on the probe batch. [`Trainer::advance`] does one such piece, and
//! [`Trainer::advance_by`] a part of one, so that whoever drives it can stop, change rates or
//! look in between ([`inspect`]).

mod data;
pub mod inspect;
mod measure;
pub mod memory;
mod state;
mod step;
mod under_way;
#[cfg(feature = "reader")]
mod weights;

use crate::algorithm::Algorithm;
use crate::checkpoint;
use crate::config::{Change, Config, Rates, ValidConfig};
use crate::dataset::{Dataset, DatasetKind, Shape};
use crate::decorrelation::Decorrelator;
use crate::error::{Error, Problem, Result};
use crate::gradient::{Baseline, Estimator};
use crate::linalg::Gemm;
use crate::loss::Loss;
use crate::metrics::{History, RateChange, RunResult, Status};
use crate::network::{Gradient, Layer, Network, Pass};
use crate::optimizer::Optimizer;
use crate::rng::{Rng, Stream};
use data::Data;
use serde::Serialize;
use serde_json::{Value, json};
use state::{Checkpoint, Phase, State, Sums};
use under_way::UnderWay;
#[cfg(feature = "reader")]
pub use weights::WeightsFile;

/// Test images evaluated in one piece of work, at least.
const EVALUATION_ROWS: usize = 250;
/// Most samples in the probe batch; it has no more than a mini-batch.
const PROBE_ROWS: usize = 250;

/// Rows of the buffers that a run has.
#[derive(Debug, Clone, Copy)]
struct Rows {
    /// Samples of an update that are worked on at once.
    pub batch: usize,
    /// Samples that the pass holds.
    pub pass: usize,
}

impl Rows {
    /// Those of a run on `train` images.
    fn of(config: &Config, train: usize) -> Self {
        let batch = config.batch_size.min(train);
        Self {
            batch,
            pass: batch.max(EVALUATION_ROWS),
        }
    }
}

/// A run in progress.
///
/// ```
/// use np_playground::config::{Change, Config};
/// use np_playground::{algorithm::Algorithm, dataset::Dataset, metrics::Status, trainer::Trainer};
/// # let images = [&[0, 0, 8, 3, 0, 0, 0, 10, 0, 0, 0, 1, 0, 0, 0, 2][..], &[255, 0, 0, 255].repeat(5)].concat();
/// # let labels = [&[0, 0, 8, 1, 0, 0, 0, 10][..], &[0, 1].repeat(5)].concat();
/// # let data = Dataset::from_idx(&images, &labels)?;
///
/// let text = r#"{"dataset": "own", "train_size": 10, "test_size": 10, "batch_size": 5, "epochs": 40, "lr": 0.01}"#;
/// let config = Config::from_json(text)?.check()?;
/// // A clock that stands still: no seconds are measured.
/// let mut trainer = Trainer::new(&config, Algorithm::named("dnp")?, 0, &data, &data, || 0.0)?;
/// while trainer.epoch() == Status::Running && trainer.history().test_acc.last() < Some(&0.9) {}
///
/// // It can be kept and gone on with, to the same bits; rates may change on the way.
/// let mut again = Trainer::restore(&trainer.checkpoint()?, &data, &data, || 0.0)?;
/// let update = trainer.progress().step;
/// for run in [&mut trainer, &mut again] {
///     run.change(Change { update, lr: Some(0.001), ..Change::default() })?;
///     run.run();
/// }
/// assert_eq!(trainer.weights_hash(), again.weights_hash());
/// assert_eq!(trainer.result().status, "finished");
/// # Ok::<(), np_playground::Error>(())
/// ```
pub struct Trainer {
    config: ValidConfig,
    algorithm: Algorithm,
    data: Data,
    network: Network,
    state: State,
    under_way: UnderWay,
    order: Vec<u32>,
    pass: Pass,
    estimator: Estimator,
    gradient: Gradient,
    decorrelator: Decorrelator,
    gemm: Gemm,
    clock: fn() -> f64,
}

/// How far a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// Epochs done.
    pub epoch: u32,
    /// Epochs in all.
    pub epochs: u32,
    /// Updates done since the start.
    pub step: u32,
    /// The first update, from 0, that has not begun: the first that can have other rates.
    pub next: u32,
    /// Updates in an epoch.
    pub steps_per_epoch: u32,
}

impl Trainer {
    /// A run of `algorithm` with `seed`, untrained. It takes the images it needs
    /// out of `train` and `test`; `clock` gives seconds since any fixed moment.
    ///
    /// # Errors
    /// [`Error::DatasetTooSmall`] if there are fewer images than the configuration
    /// asks for, [`Error::Memory`] if there is no room for the run, and what [`ValidConfig::shape`] and
    /// [`require`](crate::linalg::Arithmetic::require) report.
    pub fn new(
        config: &ValidConfig,
        algorithm: Algorithm,
        seed: u32,
        train: &Dataset,
        test: &Dataset,
        clock: fn() -> f64,
    ) -> Result<Self> {
        config.arithmetic.require()?;
        let data = Data::new(config, seed, train, test)?;
        memory::reserve(memory::of_network(config, algorithm, &data.images()))?;
        let mut network = initial_network(config, &data.shape, algorithm, seed);
        network.layers[0].order_inputs(&data.pixels.places(), data.live_inputs(algorithm));
        let state = State {
            config: json!(config).to_string(),
            algorithm: algorithm.to_string(),
            seed,
            rates: config.rates(algorithm),
            pixels: data.pixels.pixels.clone(),
            rule: algorithm
                .rule()
                .init(&network, &mut Rng::new(seed, Stream::Rule)),
            optimizer: Optimizer::new(config.optimizer, &network),
            phase: Phase::Evaluate { from: 0 },
            epoch: 0,
            step: 0,
            sums: Sums::default(),
            forward_passes: 0,
            multiply_adds: 0,
            seconds: 0.0,
            history: History::default(),
            status: Status::Running,
        };
        Ok(Self::with_state(
            config.clone(),
            algorithm,
            network,
            state,
            data,
            clock,
        ))
    }

    fn with_state(
        config: ValidConfig,
        algorithm: Algorithm,
        network: Network,
        state: State,
        data: Data,
        clock: fn() -> f64,
    ) -> Self {
        let rows = Rows::of(&config, data.train.len());
        let decorrelated = network
            .layers
            .iter()
            .filter(|layer| layer.decorrelation().is_some());
        let inputs: Vec<usize> = decorrelated.map(Layer::live_inputs).collect();
        let mut pass = Pass::new(&network, rows.pass, config.baseline == Baseline::Noisy);
        if let Some(longest) = data.longest_list() {
            pass = pass.with_lists(longest);
        }
        let mut trainer = Self {
            order: (0..data.train.len() as u32).collect(),
            pass,
            estimator: Estimator::new(&network, rows.batch),
            gradient: network.zero_gradient(),
            decorrelator: Decorrelator::new(rows.batch, &inputs),
            gemm: Gemm::default(),
            config,
            algorithm,
            data,
            network,
            state,
            under_way: UnderWay::default(),
            clock,
        };
        trainer.shuffle();
        trainer
    }

    /// Does the next piece of work: a step, a chunk of the evaluation, or the
    /// measurements that end an epoch.
    pub fn advance(&mut self) -> Status {
        self.advance_by(u64::MAX)
    }

    /// The same in turns of about so many multiply-adds, to the same bits: some of its pieces are
    /// done, and the next call does the next few. In between it counts as not done, and may be
    /// looked into; before a [`checkpoint`](Trainer::checkpoint) it is to [`settle`](Trainer::settle).
    pub fn advance_by(&mut self, multiply_adds: u64) -> Status {
        if self.state.status == Status::Running {
            self.gemm.pieces.turn(multiply_adds);
            match self.state.phase {
                Phase::Train { from } => self.train_from(from),
                Phase::Evaluate { from } => self.evaluate_from(from),
                Phase::Probe => self.end_epoch(),
            }
        }
        self.state.status
    }

    /// Goes on until the network stands where a checkpoint can be taken up: an update that has
    /// begun to change it comes to its end.
    pub fn settle(&mut self) {
        while self.is_in_update() && self.under_way.changing {
            self.advance();
        }
    }

    /// Whether an update has begun, and has not been done.
    fn is_in_update(&self) -> bool {
        let begun = !self.gemm.pieces.is_through();
        begun && matches!(self.state.phase, Phase::Train { .. })
    }

    /// Does one update of the weights, and the measurements due before and after it.
    pub fn step(&mut self) -> Status {
        let done = self.state.step + 1;
        while !self.has_done(done) {
            self.advance();
        }
        self.state.status
    }

    /// Whether so many updates have been done, with the measurements due before and after them, or
    /// there are no more.
    pub fn has_done(&self, updates: u32) -> bool {
        let measured = matches!(self.state.phase, Phase::Train { .. });
        self.state.status != Status::Running || (measured && self.state.step >= updates)
    }

    /// Goes on to the next row of the history.
    pub fn epoch(&mut self) -> Status {
        let rows = self.state.history.len();
        while self.advance() == Status::Running && self.state.history.len() == rows {}
        self.state.status
    }

    /// Goes on to the end of the run.
    pub fn run(&mut self) -> Status {
        while self.advance() == Status::Running {}
        self.state.status
    }

    fn shuffle(&mut self) {
        self.order
            .iter_mut()
            .enumerate()
            .for_each(|(i, index)| *index = i as u32);
        Rng::at(self.state.seed, Stream::Shuffle, self.state.epoch).shuffle(&mut self.order);
    }

    /// One more change for the run's configuration, of an update that is still to come:
    /// the run goes on as one whose configuration has had it from the start. Whether the
    /// rates are in their ranges is [`Config::check`]'s to say, and a checkpoint with others is
    /// not gone on from. Of two changes of one rule in the same place the later holds; one that an
    /// update has followed already is no other.
    ///
    /// # Errors
    /// [`Error::Config`] if the update has begun without it, or there are more changes then than a
    /// configuration may have.
    pub fn change(&mut self, change: Change) -> Result<()> {
        let begun = self.progress().next;
        if change.place(self.steps_per_epoch()) < u64::from(begun) {
            return if self.config.changes.contains(&change) {
                Ok(())
            } else {
                Err(passed("changes", &json!(change), "an update", begun))
            };
        }
        self.set_config(self.config.clone().with_change(change)?);
        Ok(())
    }

    /// Takes back every change of its rates that is of an update to come: the run goes on as one
    /// whose configuration has never had them.
    pub fn forget_changes(&mut self) {
        let begun = u64::from(self.progress().next);
        let steps = self.steps_per_epoch();
        let is_its = |change: &Change| change.algorithm.is_none_or(|of| of == self.algorithm);
        let is_to_come = |change: &Change| is_its(change) && change.place(steps) >= begun;
        self.set_config(self.config.clone().without_changes(is_to_come));
    }

    /// Another end for the run: one that has come to its end goes on, to the same bits as
    /// if it had always been longer.
    ///
    /// # Errors
    /// [`Error::Config`] if more epochs have begun, or so many are out of range.
    pub fn set_epochs(&mut self, epochs: usize) -> Result<()> {
        let begun = self.progress().next.div_ceil(self.steps_per_epoch());
        if epochs < begun as usize {
            return Err(passed("epochs", &json!(epochs), "a number", begun));
        }
        self.set_config(self.config.clone().with_epochs(epochs)?);
        match (self.state.status, self.state.epoch as usize == epochs) {
            (Status::Finished, false) => {
                self.state.status = Status::Running;
                self.shuffle();
            }
            (Status::Running, true) => self.state.status = Status::Finished,
            _ => {}
        }
        Ok(())
    }

    fn set_config(&mut self, config: ValidConfig) {
        self.state.config = json!(config).to_string();
        self.config = config;
    }

    /// The rates of the next update.
    pub fn rates(&self) -> Rates {
        let schedule = self.schedule();
        let done = u64::from(self.state.step);
        let last = schedule.iter().rev().find(|(place, _)| *place <= done);
        last.map_or(self.config.rates(self.algorithm), |(_, rates)| *rates)
    }

    fn schedule(&self) -> Vec<(u64, Rates)> {
        self.config.schedule(self.algorithm, self.steps_per_epoch())
    }

    fn steps_per_epoch(&self) -> u32 {
        self.order.len().div_ceil(self.config.batch_size) as u32
    }

    /// Multiply-adds of all updates so far: those done, not those a textbook would do.
    pub fn multiply_adds(&self) -> u64 {
        self.state.multiply_adds
    }

    /// The measurements so far.
    pub fn history(&self) -> &History {
        &self.state.history
    }

    /// Whether the run goes on.
    pub fn status(&self) -> Status {
        self.state.status
    }

    /// How far the run is.
    pub fn progress(&self) -> Progress {
        Progress {
            epoch: self.state.epoch,
            epochs: self.config.epochs as u32,
            step: self.state.step,
            next: self.state.step + u32::from(self.is_in_update()),
            steps_per_epoch: self.steps_per_epoch(),
        }
    }

    /// A copy of the network as it is now, its inputs in the order of the pixels.
    pub fn network(&self) -> Network {
        let mut network = self.network.clone();
        put_in_pixel_order(&mut network.layers[0], self.data.pixels.places());
        network
    }

    /// Hash of the weights, see [`checkpoint::weights_hash`].
    pub fn weights_hash(&self) -> String {
        let layers = &self.network.layers;
        let mut first = layers[0].clone();
        put_in_pixel_order(&mut first, self.data.pixels.places());
        let mut layers: Vec<&Layer> = layers.iter().collect();
        layers[0] = &first;
        checkpoint::weights_hash(&layers)
    }

    /// The run as a result.
    pub fn result(&self) -> RunResult {
        RunResult {
            algorithm: self.algorithm,
            seed: self.state.seed,
            status: self.state.status.name(),
            history: self.state.history.clone(),
            weights_hash: self.weights_hash(),
            diverged: match self.state.status {
                Status::Diverged(diverged) => Some(diverged),
                Status::Running | Status::Finished => None,
            },
            changes: self.changes(),
        }
    }

    /// The algorithm that it learns by.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The settings of the experiment that it is a run of, as far as its updates have come.
    pub fn config(&self) -> &ValidConfig {
        &self.config
    }

    /// The seed that its images, weights and noise come from.
    pub fn seed(&self) -> u32 {
        self.state.seed
    }

    /// The changes of the rates that its updates have seen.
    pub fn changes(&self) -> Vec<RateChange> {
        let steps = self.steps_per_epoch();
        let begun = self.progress().next;
        let seen = |(place, _): &(u64, Rates)| *place < u64::from(begun);
        let schedule = self.schedule().into_iter().filter(seen);
        schedule
            .map(|(place, rates)| RateChange {
                epoch: place as u32 / steps,
                step: place as u32,
                lr: rates.lr,
                decor_lr: rates.decor_lr,
                noise_std: rates.noise_std,
            })
            .collect()
    }

    /// Everything needed to go on, as bytes; of the images there is no more in it than what tells
    /// them from others.
    ///
    /// # Errors
    /// [`Error::Checkpoint`] if the state cannot be written.
    pub fn checkpoint(&self) -> Result<Vec<u8>> {
        let content = (&self.state, &self.network.layers);
        checkpoint::write(&content, &self.data.digest, self.checkpoint_room())
    }

    /// Goes on from a checkpoint, with the same data sets: to the same bits as if
    /// the run had never stopped.
    ///
    /// # Errors
    /// [`Error::Checkpoint`] if the bytes are no checkpoint of this version, or the run was trained
    /// on other images, and what [`Trainer::new`] reports.
    pub fn restore(
        bytes: &[u8],
        train: &Dataset,
        test: &Dataset,
        clock: fn() -> f64,
    ) -> Result<Self> {
        memory::reserve(bytes.len() as f64)?;
        let ((mut state, layers), images): (Checkpoint, _) = checkpoint::read(bytes)?;
        let config = Config::from_json(&state.config)?.check()?;
        config.arithmetic.require()?;
        let algorithm =
            Algorithm::from_name(&state.algorithm).ok_or_else(|| Error::Checkpoint {
                message: format!("no algorithm is called {}", state.algorithm),
            })?;
        let network = Network {
            layers: layers.into_iter().map(Layer::column_major).collect(),
            loss: loss(&config),
        };
        state.optimizer = state.optimizer.column_major();
        let refuse = |message: &str| {
            Err(Error::Checkpoint {
                message: message.into(),
            })
        };
        let data = Data::new(&config, state.seed, train, test)?;
        let told = !images.is_empty();
        if !told && config.dataset == DatasetKind::Own {
            return refuse("it is too old to tell which images it was trained on");
        }
        if told && images != data.digest.as_bytes() {
            return refuse(
                "these images are not those that it was trained on (give those first to go on from it)",
            );
        }
        if network.sizes() != config.layer_sizes(&data.shape) || data.pixels.pixels != state.pixels
        {
            return refuse("its layers are not those of its configuration and images");
        }
        if !state.fits(&config, algorithm, &network, &data) {
            return refuse("its numbers are not as many as its network asks for");
        }
        let wanted = memory::of_network(&config, algorithm, &data.images());
        memory::reserve(wanted - bytes.len() as f64)?;
        Ok(Self::with_state(
            config, algorithm, network, state, data, clock,
        ))
    }
}

/// A setting of what has been done already.
fn passed(field: &str, value: &Value, what: &str, done: u32) -> Error {
    let allowed = format!("{what} from {done} on: the run has come so far");
    Error::Config(vec![Problem::new(field, value, allowed)])
}

/// The inputs of the first layer, which are the pixels at these places, row by row.
fn put_in_pixel_order(layer: &mut Layer, places: Vec<usize>) {
    let mut positions = vec![0; places.len()];
    for (position, pixel) in places.into_iter().enumerate() {
        positions[pixel] = position;
    }
    layer.order_inputs(&positions, positions.len());
}

fn loss(config: &Config) -> Loss {
    Loss {
        kind: config.loss,
        output: config.output,
    }
}

/// The untrained network of a run.
fn initial_network(
    config: &ValidConfig,
    shape: &Shape,
    algorithm: Algorithm,
    seed: u32,
) -> Network {
    let mut rng = Rng::new(seed, Stream::Init);
    Network::new(
        &config.layer_sizes(shape),
        config.activation,
        loss(config),
        algorithm.decorrelated(),
        &mut rng,
    )
}
