//! Training: one run of one algorithm with one seed, in small pieces of work.
//!
//! An epoch is its mini-batch steps, then the test set in chunks, then the
//! measurements on the probe batch. [`Trainer::advance`] does one such piece, so
//! that whoever drives it can stop, change rates or look in between ([`inspect`]).

pub mod inspect;

use crate::algorithm::Algorithm;
use crate::checkpoint;
use crate::config::{Baseline, Config, NoiseKind, Rates, ValidConfig};
use crate::dataset::batch::{PixelOrder, Samples};
use crate::dataset::{Dataset, Shape};
use crate::decorrelation::{Decorrelator, Form, decorrelation_loss};
use crate::diagnostics::{alignment, correct};
use crate::error::{Error, Result};
use crate::gradient::{EXACT, Estimator, Gradient, zero_gradient};
use crate::linalg::Gemm;
use crate::loss::Loss;
use crate::metrics::{Diverged, History, Quantity, RateChange, Row, RunResult, Status};
use crate::network::{Layer, Network, NoiseSource, Pass};
use crate::optimizer::Optimizer;
use crate::rng::{Rng, Stream};
use ndarray::{ArrayViewMut2, s};
use serde::{Deserialize, Serialize};

/// Test images evaluated in one piece of work, at least.
const EVALUATION_ROWS: usize = 250;
/// Most samples in the probe batch; it has no more than a mini-batch.
const PROBE_ROWS: usize = 250;

/// A run in progress.
pub struct Trainer {
    config: ValidConfig,
    algorithm: Algorithm,
    data: Data,
    network: Network,
    state: State,
    order: Vec<u32>,
    pass: Pass,
    estimator: Estimator,
    gradient: Gradient,
    decorrelator: Decorrelator,
    gemm: Gemm,
    clock: fn() -> f64,
}

/// What a checkpoint holds: everything that changes while a run goes on, and
/// what it was started from.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct State {
    config: String,
    algorithm: String,
    seed: u32,
    rates: Rates,
    changes: Vec<RateChange>,
    pixels: Vec<u16>,
    layers: Vec<Layer>,
    optimizer: Optimizer,
    phase: Phase,
    epoch: u32,
    step: u32,
    sums: Sums,
    forward_passes: u64,
    multiply_adds: u64,
    seconds: f64,
    history: History,
    status: Status,
}

/// The images of a run, ready for batches.
struct Data {
    shape: Shape,
    train: Samples,
    test: Samples,
    pixels: PixelOrder,
}

/// The next piece of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Phase {
    /// A mini-batch, from this position of the epoch's order.
    Train { from: usize },
    /// A chunk of the test set, from this image.
    Evaluate { from: usize },
    /// The measurements on the probe batch, which end the epoch.
    Probe,
}

/// Loss and right answers summed over an epoch's batches and over the test set.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
struct Sums {
    train_loss: f64,
    train_correct: usize,
    test_loss: f64,
    test_correct: usize,
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
    /// Updates in an epoch.
    pub steps_per_epoch: u32,
}

/// Noise from a stream of the run's seed.
struct SeededNoise {
    rng: Rng,
    kind: NoiseKind,
    std: f32,
}

impl NoiseSource for SeededNoise {
    fn fill(&mut self, _layer: usize, mut out: ArrayViewMut2<f32>) {
        let out = out
            .as_slice_mut()
            .expect("the rows of a noise buffer lie one behind the other");
        match self.kind {
            NoiseKind::Gaussian => self.rng.fill_normal(out, self.std),
            NoiseKind::Rademacher => self.rng.fill_rademacher(out, self.std),
        }
    }
}

impl Trainer {
    /// A run of `algorithm` with `seed`, untrained. It takes the images it needs
    /// out of `train` and `test`; `clock` gives seconds since any fixed moment.
    ///
    /// # Errors
    /// [`Error::DatasetTooSmall`] if there are fewer images than the configuration
    /// asks for, and what [`Shape::of`] and
    /// [`require`](crate::config::Arithmetic::require) report.
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
        let mut network = initial_network(config, &data.shape, algorithm, seed);
        network.layers[0].permute_inputs(&data.pixels.places());
        let state = State {
            config: serde_json::json!(config).to_string(),
            algorithm: algorithm.to_string(),
            seed,
            rates: config.rates(algorithm),
            changes: Vec::new(),
            pixels: data.pixels.pixels.clone(),
            layers: Vec::new(),
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
        let batch = config.batch_size.min(data.train.len());
        let capacity = batch.max(EVALUATION_ROWS);
        let decorrelated = network
            .layers
            .iter()
            .filter(|layer| layer.decorrelation.is_some());
        let inputs: Vec<usize> = decorrelated.map(Layer::inputs).collect();
        let mut pass = Pass::new(&network, capacity, config.baseline == Baseline::Noisy);
        if let Some(longest) = data.longest_list() {
            pass = pass.with_sparse_input(longest);
        }
        let mut trainer = Self {
            order: (0..data.train.len() as u32).collect(),
            pass,
            estimator: Estimator::new(&network, batch),
            gradient: zero_gradient(&network),
            decorrelator: Decorrelator::new(batch, &inputs),
            gemm: Gemm::default(),
            config,
            algorithm,
            data,
            network,
            state,
            clock,
        };
        trainer.shuffle();
        trainer
    }

    /// Does the next piece of work: a step, a chunk of the evaluation, or the
    /// measurements that end an epoch.
    pub fn advance(&mut self) -> Status {
        if self.state.status == Status::Running {
            match self.state.phase {
                Phase::Train { from } => self.train_from(from),
                Phase::Evaluate { from } => self.evaluate_from(from),
                Phase::Probe => self.end_epoch(),
            }
        }
        self.state.status
    }

    /// Does one update of the weights, and the measurements due before and after it.
    pub fn step(&mut self) -> Status {
        let steps = self.state.step;
        while self.advance() == Status::Running && self.state.step == steps {}
        while self.state.status == Status::Running
            && !matches!(self.state.phase, Phase::Train { .. })
        {
            self.advance();
        }
        self.state.status
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

    fn train_from(&mut self, from: usize) {
        let started = (self.clock)();
        let work_before = self.gemm.multiply_adds();
        let to = (from + self.config.batch_size).min(self.order.len());
        self.update(from, to);
        self.state.multiply_adds += self.gemm.multiply_adds() - work_before;
        self.state.forward_passes += self.passes_per_step();
        self.state.seconds += (self.clock)() - started;
        self.state.phase = if to < self.order.len() {
            Phase::Train { from: to }
        } else {
            Phase::Evaluate { from: 0 }
        };
    }

    /// One mini-batch: clean pass, gradient estimate, decorrelation, optimizer.
    fn update(&mut self, from: usize, to: usize) {
        let indices = &self.order[from..to];
        self.data.train.start(indices, &mut self.pass);
        self.pass.restrict_inputs(self.data.pixels.live);
        let mut noise = self.noise(Stream::Noise, self.state.step);
        self.state.step += 1;

        self.pass.draw_noise(&mut noise);
        self.network.forward(&mut self.pass, &mut self.gemm);
        let labels = self.order[from..to]
            .iter()
            .map(|&i| self.data.train.labels()[i as usize]);
        self.state.sums.train_correct += correct(self.pass.output(), labels);
        let loss: f64 = self.pass.loss().iter().map(|&loss| f64::from(loss)).sum();
        self.state.sums.train_loss += loss;
        if !loss.is_finite() {
            return self.diverge(self.first_broken_layer(), Quantity::Loss);
        }
        self.estimate(&mut noise);
        if let Some(l) = self.decorrelate() {
            return self.diverge(l, Quantity::Decorrelation);
        }
        let (lr, live) = (self.state.rates.lr, self.data.pixels.live);
        let broken = self
            .state
            .optimizer
            .step(&mut self.network, &self.gradient, lr, live);
        if let Some(l) = broken {
            self.diverge(l, Quantity::Weights);
        }
    }

    fn estimate(&mut self, noise: &mut SeededNoise) {
        let samples = self.config.noise_samples(self.algorithm);
        let rule = self.algorithm.rule();
        let std = self.state.rates.noise_std;
        self.estimator.estimate(
            rule,
            &self.network,
            &self.pass,
            noise,
            std,
            samples,
            &mut self.gemm,
            &mut self.gradient,
        );
    }

    /// Updates every layer's R; returns the first that stopped being finite.
    fn decorrelate(&mut self) -> Option<usize> {
        let (alpha, kappa) = (self.state.rates.decor_lr, self.config.kappa as f32);
        let mut broken = None;
        for (l, layer) in self.network.layers.iter_mut().enumerate() {
            let Some(r) = &mut layer.decorrelation else {
                continue;
            };
            let x_star = self.pass.decorrelated_input(l);
            let (rows, inputs) = x_star.dim();
            // Of an input that is always zero, C has -kappa on the diagonal and zeros elsewhere.
            r.diag_mut()
                .slice_mut(s![inputs..])
                .map_inplace(|r| *r *= 1.0 + alpha * kappa);
            let (in_use, form) = (
                r.slice_mut(s![..inputs, ..inputs]),
                Form::cheaper(rows, inputs),
            );
            let finite =
                self.decorrelator
                    .update(in_use, x_star, alpha, kappa, form, &mut self.gemm);
            broken = broken.or((!finite).then_some(l));
        }
        broken
    }

    fn first_broken_layer(&self) -> usize {
        let finite = |l: &usize| self.pass.preactivation(*l).iter().all(|a| a.is_finite());
        let layers = self.network.layers.len();
        (0..layers).find(|l| !finite(l)).unwrap_or(layers - 1)
    }

    fn diverge(&mut self, layer: usize, quantity: Quantity) {
        self.state.status = Status::Diverged(Diverged {
            epoch: self.state.epoch + 1,
            step: self.state.step,
            layer: layer as u32 + 1,
            quantity,
        });
    }

    fn evaluate_from(&mut self, from: usize) {
        let test = &self.data.test;
        let to = (from + self.pass.capacity()).min(test.len());
        let indices: Vec<u32> = (from as u32..to as u32).collect();
        test.start(&indices, &mut self.pass);
        self.pass.silence();
        self.network.forward(&mut self.pass, &mut self.gemm);
        let labels = &test.labels()[from..to];
        self.state.sums.test_correct += correct(self.pass.output(), labels.iter().copied());
        self.state.sums.test_loss += self
            .pass
            .loss()
            .iter()
            .map(|&loss| f64::from(loss))
            .sum::<f64>();
        self.state.phase = if to < test.len() {
            Phase::Evaluate { from: to }
        } else {
            Phase::Probe
        };
    }

    fn end_epoch(&mut self) {
        if !self.state.history.is_empty() {
            self.state.epoch += 1;
        }
        let row = self.measure();
        self.state.history.push(row);
        self.state.sums = Sums::default();
        self.state.phase = Phase::Train { from: 0 };
        if self.state.epoch == self.config.epochs as u32 {
            self.state.status = Status::Finished;
        } else {
            self.shuffle();
        }
    }

    fn measure(&mut self) -> Row {
        let train = &self.data.train;
        let rows = self.config.batch_size.min(PROBE_ROWS).min(train.len());
        let indices: Vec<u32> = (0..rows as u32).collect();
        let (input, targets) = self.pass.start(rows);
        train.write_pixels(&indices, input);
        train.write_targets(&indices, targets);
        self.pass.silence();
        self.network.forward(&mut self.pass, &mut self.gemm);
        let mut exact = zero_gradient(&self.network);
        let mut noise = self.noise(Stream::Probe, self.state.epoch);
        let Self {
            estimator,
            network,
            pass,
            gemm,
            ..
        } = self;
        estimator.estimate(EXACT, network, pass, &mut noise, 1.0, 1, gemm, &mut exact);
        self.pass.draw_noise(&mut noise);
        self.network.forward(&mut self.pass, &mut self.gemm);
        self.estimate(&mut noise);

        let Sums {
            train_loss,
            train_correct,
            test_loss,
            test_correct,
        } = self.state.sums;
        let trained = self.data.train.len() as f64;
        let inputs = 0..self.network.layers.len();
        Row {
            epoch: self.state.epoch,
            train_loss: (self.state.epoch > 0).then_some(train_loss / trained),
            train_acc: (self.state.epoch > 0).then_some(train_correct as f64 / trained),
            test_loss: test_loss / self.data.test.len() as f64,
            test_acc: test_correct as f64 / self.data.test.len() as f64,
            alignment_deg: alignment(&self.gradient, &exact),
            decorrelation_loss: inputs
                .map(|l| decorrelation_loss(self.pass.decorrelated_input(l), &mut self.gemm))
                .collect(),
            forward_passes: self.state.forward_passes,
            multiply_adds: self.state.multiply_adds,
            seconds: self.state.seconds,
        }
    }

    fn shuffle(&mut self) {
        self.order
            .iter_mut()
            .enumerate()
            .for_each(|(i, index)| *index = i as u32);
        Rng::at(self.state.seed, Stream::Shuffle, self.state.epoch).shuffle(&mut self.order);
    }

    fn noise(&self, stream: Stream, index: u32) -> SeededNoise {
        SeededNoise {
            rng: Rng::at(self.state.seed, stream, index),
            kind: self.config.noise,
            std: self.state.rates.noise_std,
        }
    }

    /// The clean pass and the noisy ones of each noise sample.
    fn passes_per_step(&self) -> u64 {
        let noisy = self
            .algorithm
            .rule()
            .noisy_passes(self.network.layers.len());
        1 + (self.config.noise_samples(self.algorithm) * noisy) as u64
    }

    /// Changes the rates from the next step on; the run's result records it.
    pub fn set_rates(&mut self, rates: Rates) {
        if rates != self.state.rates {
            self.state.rates = rates;
            let Rates {
                lr,
                decor_lr,
                noise_std,
            } = rates;
            let State { epoch, step, .. } = self.state;
            self.state.changes.push(RateChange {
                epoch,
                step,
                lr,
                decor_lr,
                noise_std,
            });
        }
    }

    /// The rates in force.
    pub fn rates(&self) -> Rates {
        self.state.rates
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
            steps_per_epoch: self.order.len().div_ceil(self.config.batch_size) as u32,
        }
    }

    /// A copy of the network as it is now, its inputs in the order of the pixels.
    pub fn network(&self) -> Network {
        let mut network = self.network.clone();
        let mut positions = vec![0; self.data.pixels.pixels.len()];
        let places = self.data.pixels.places();
        places
            .into_iter()
            .enumerate()
            .for_each(|(position, pixel)| positions[pixel] = position);
        network.layers[0].permute_inputs(&positions);
        network
    }

    /// Hash of the weights, see [`checkpoint::weights_hash`].
    pub fn weights_hash(&self) -> String {
        checkpoint::weights_hash(&self.network())
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
            changes: self.state.changes.clone(),
        }
    }

    /// Everything needed to go on, as bytes; the images are not in it.
    ///
    /// # Errors
    /// [`Error::Checkpoint`] if the state cannot be written.
    pub fn checkpoint(&self) -> Result<Vec<u8>> {
        let mut state = self.state.clone();
        state.layers = self.network.layers.clone();
        checkpoint::write(&state)
    }

    /// Goes on from a checkpoint, with the same data sets: to the same bits as if
    /// the run had never stopped.
    ///
    /// # Errors
    /// [`Error::Checkpoint`] if the bytes are no checkpoint of this version, and
    /// what [`Trainer::new`] reports.
    pub fn restore(
        bytes: &[u8],
        train: &Dataset,
        test: &Dataset,
        clock: fn() -> f64,
    ) -> Result<Self> {
        let mut state = checkpoint::read(bytes)?;
        let config = Config::from_json(&state.config)?.check()?;
        config.arithmetic.require()?;
        let algorithm =
            Algorithm::from_name(&state.algorithm).ok_or_else(|| Error::Checkpoint {
                message: format!("no algorithm is called {}", state.algorithm),
            })?;
        let layers = std::mem::take(&mut state.layers);
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
        if network.sizes() != config.layer_sizes(&data.shape) {
            return refuse("its layers are not those of its configuration and images");
        }
        if data.pixels.pixels != state.pixels {
            return refuse("the images are not those that it was trained on");
        }
        Ok(Self::with_state(
            config, algorithm, network, state, data, clock,
        ))
    }
}

impl Data {
    fn new(config: &ValidConfig, seed: u32, train: &Dataset, test: &Dataset) -> Result<Self> {
        let shape = Shape::of(config, train, test)?;
        let train = train.subset("train_size", config.train_size, seed)?;
        let test = test.subset("test_size", config.test_size, seed)?;
        let pixels = PixelOrder::of(&train, &shape);
        Ok(Self {
            train: Samples::new(&train, &shape, &pixels),
            test: Samples::new(&test, &shape, &pixels),
            pixels,
            shape,
        })
    }

    /// Most pixels that are not zero in any image, if any images are kept as lists.
    fn longest_list(&self) -> Option<usize> {
        self.train.longest_list().max(self.test.longest_list())
    }
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
