//! A step: one mini-batch, from the clean pass to the new weights.

use super::state::Phase;
use super::{Trainer, UnderWay};
use crate::diagnostics::correct;
use crate::gradient::Task;
use crate::linalg::NUMBER;
use crate::metrics::{Diverged, Quantity, Status};
use crate::noise::SeededNoise;
use crate::rng::{Rng, Stream};

impl Trainer {
    pub(super) fn train_from(&mut self, from: usize) {
        let started = (self.clock)();
        let work_before = self.gemm.multiply_adds();
        let to = (from + self.config.batch_size).min(self.order.len());
        self.update(from, to);
        self.under_way.multiply_adds += self.gemm.multiply_adds() - work_before;
        self.under_way.seconds += (self.clock)() - started;
        if self.gemm.pieces.is_through() {
            self.end_update(to);
        }
    }

    /// The run has done it, and not before: until then a checkpoint leads to it again.
    fn end_update(&mut self, to: usize) {
        let UnderWay {
            multiply_adds,
            seconds,
            loss,
            correct,
            ..
        } = self.under_way;
        self.state.step += 1;
        self.state.sums.train_loss += loss;
        self.state.sums.train_correct += correct;
        self.state.multiply_adds += multiply_adds;
        self.state.forward_passes += self.passes_per_step();
        self.state.seconds += seconds;
        self.state.phase = if to < self.order.len() {
            Phase::Train { from: to }
        } else {
            Phase::Evaluate { from: 0 }
        };
    }

    /// One mini-batch: clean pass, gradient estimate, decorrelation, optimizer; or as many pieces
    /// of that as this turn has time for.
    fn update(&mut self, from: usize, to: usize) {
        if self.gemm.pieces.is_next(self.pass_numbers(to - from)) {
            self.begin_update(from, to);
        }
        self.network.forward(&mut self.pass, &mut self.gemm);
        if self.gemm.pieces.is_next(to - from) {
            let labels = self.order[from..to]
                .iter()
                .map(|&i| self.data.train.labels()[i as usize]);
            self.under_way.correct = correct(self.pass.output(), labels);
            let loss = self.pass.loss().iter().map(|&loss| f64::from(loss)).sum();
            self.under_way.loss = loss;
            if !loss.is_finite() {
                return self.diverge(
                    self.state.step + 1,
                    self.first_broken_layer(),
                    Quantity::Loss,
                );
            }
        }
        self.estimate();
        self.decorrelate();
        let parameters = self.gradient.iter().map(|layer| layer.weights.len());
        if self.gemm.pieces.is_next(NUMBER * parameters.sum::<usize>()) {
            self.descend();
        }
    }

    fn begin_update(&mut self, from: usize, to: usize) {
        self.state.rates = self.rates();
        self.data.train.start(&self.order[from..to], &mut self.pass);
        self.pass.leave_out_dead_inputs(&self.network);
        let mut noise = self.noise(Stream::Noise, self.state.step);
        self.pass.draw_noise(&mut noise);
        self.under_way = UnderWay::from(noise);
    }

    /// Numbers of so many samples on their way through the network.
    pub(super) fn pass_numbers(&self, rows: usize) -> usize {
        NUMBER * rows * (self.data.shape.pixels() + self.network.noisy_units())
    }

    fn descend(&mut self) {
        if let Some(l) = self.under_way.broken {
            return self.diverge(self.state.step + 1, l, Quantity::Decorrelation);
        }
        let lr = self.state.rates.lr;
        let broken = self
            .state
            .optimizer
            .step(&mut self.network, &self.gradient, lr);
        if let Some(l) = broken {
            self.diverge(self.state.step + 1, l, Quantity::Weights);
        }
    }

    /// The gradient as the run's rule estimates it, from the pass and the noise under way.
    pub(super) fn estimate(&mut self) {
        let task = Task {
            rule: self.algorithm.rule(),
            state: &self.state.rule,
            network: &self.network,
            baseline: &self.pass,
            noise_std: self.state.rates.noise_std,
            samples: self.config.noise_samples(self.algorithm),
        };
        self.estimator.estimate(
            &task,
            &mut self.under_way.noise,
            &mut self.gemm,
            &mut self.gradient,
        );
    }

    /// Updates every layer's R, and notes the first that stopped being finite.
    fn decorrelate(&mut self) {
        let (alpha, kappa) = (self.state.rates.decor_lr, self.config.kappa as f32);
        self.under_way.changing |= self.gemm.pieces.is_next(0);
        for (l, layer) in self.network.layers.iter_mut().enumerate() {
            let at = self.pass.layer(l);
            let finite =
                layer.decorrelate(at, alpha, kappa, &mut self.decorrelator, &mut self.gemm);
            self.under_way.broken = self.under_way.broken.or((!finite).then_some(l));
        }
    }

    pub(super) fn first_broken_layer(&self) -> usize {
        let finite = |l: &usize| self.pass.preactivation(*l).iter().all(|a| a.is_finite());
        let layers = self.network.layers.len();
        (0..layers).find(|l| !finite(l)).unwrap_or(layers - 1)
    }

    pub(super) fn diverge(&mut self, step: u32, layer: usize, quantity: Quantity) {
        self.state.status = Status::Diverged(Diverged {
            epoch: self.state.epoch + 1,
            step,
            layer: layer as u32 + 1,
            quantity,
        });
    }

    /// The noise that step or epoch `index` begins with.
    pub(super) fn noise(&self, stream: Stream, index: u32) -> SeededNoise {
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
}
