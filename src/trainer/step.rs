//! A step: one mini-batch, from the clean pass to the new weights.

use super::Trainer;
use super::state::Phase;
use crate::diagnostics::correct;
use crate::gradient::Task;
use crate::metrics::{Diverged, Quantity, Status};
use crate::noise::{NoiseSource, SeededNoise};
use crate::rng::{Rng, Stream};

impl Trainer {
    pub(super) fn train_from(&mut self, from: usize) {
        let started = (self.clock)();
        let work_before = self.gemm.multiply_adds();
        self.state.rates = self.rates();
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
        self.pass.leave_out_dead_inputs(&self.network);
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
        let lr = self.state.rates.lr;
        let broken = self
            .state
            .optimizer
            .step(&mut self.network, &self.gradient, lr);
        if let Some(l) = broken {
            self.diverge(l, Quantity::Weights);
        }
    }

    /// The gradient as the run's rule estimates it, from the pass.
    pub(super) fn estimate(&mut self, noise: &mut dyn NoiseSource) {
        let task = Task {
            rule: self.algorithm.rule(),
            state: &self.state.rule,
            network: &self.network,
            baseline: &self.pass,
            noise_std: self.state.rates.noise_std,
            samples: self.config.noise_samples(self.algorithm),
        };
        self.estimator
            .estimate(&task, noise, &mut self.gemm, &mut self.gradient);
    }

    /// Updates every layer's R; returns the first that stopped being finite.
    fn decorrelate(&mut self) -> Option<usize> {
        let (alpha, kappa) = (self.state.rates.decor_lr, self.config.kappa as f32);
        let mut broken = None;
        for (l, layer) in self.network.layers.iter_mut().enumerate() {
            let at = self.pass.layer(l);
            let finite =
                layer.decorrelate(at, alpha, kappa, &mut self.decorrelator, &mut self.gemm);
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
