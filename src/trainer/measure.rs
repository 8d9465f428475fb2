//! The measurements that end an epoch: the test set, and the probe batch.

use super::state::{Phase, Sums};
use super::{PROBE_ROWS, Trainer, UnderWay};
use crate::decorrelation::decorrelation_loss;
use crate::diagnostics::{alignment, correct};
use crate::gradient::{EXACT, Task};
use crate::metrics::{Quantity, Row, Status};
use crate::rng::Stream;
use std::mem::take;

impl Trainer {
    pub(super) fn evaluate_from(&mut self, from: usize) {
        let test = &self.data.test;
        let to = (from + self.pass.capacity()).min(test.len());
        if self.gemm.pieces.is_next(self.pass_numbers(to - from)) {
            let indices: Vec<u32> = (from as u32..to as u32).collect();
            test.start(&indices, &mut self.pass);
            self.pass.silence();
        }
        self.network.forward(&mut self.pass, &mut self.gemm);
        if self.gemm.pieces.is_next(to - from) {
            self.end_evaluation(from, to);
        }
    }

    fn end_evaluation(&mut self, from: usize, to: usize) {
        let test = &self.data.test;
        let labels = &test.labels()[from..to];
        self.state.sums.test_correct += correct(self.pass.output(), labels.iter().copied());
        let loss: f64 = self.pass.loss().iter().map(|&loss| f64::from(loss)).sum();
        if !loss.is_finite() {
            // The last update has led there.
            return self.diverge(self.state.step, self.first_broken_layer(), Quantity::Loss);
        }
        self.state.sums.test_loss += loss;
        self.state.phase = if to < test.len() {
            Phase::Evaluate { from: to }
        } else {
            Phase::Probe
        };
    }

    /// Measures, and ends the epoch when everything is measured.
    pub(super) fn end_epoch(&mut self) {
        let trained = u32::from(!self.state.history.is_empty());
        let epoch = self.state.epoch + trained;
        self.measure(epoch);
        if self.gemm.pieces.is_next(0) {
            self.begin_next(epoch);
        }
    }

    fn begin_next(&mut self, epoch: u32) {
        self.state.epoch = epoch;
        let row = self.row();
        self.state.history.push(row);
        self.state.sums = Sums::default();
        self.state.phase = Phase::Train { from: 0 };
        if self.state.epoch == self.config.epochs as u32 {
            self.state.status = Status::Finished;
        } else {
            self.shuffle();
        }
    }

    /// Samples of the probe batch.
    pub(super) fn probe_rows(&self) -> usize {
        let most = self.config.batch_size.min(PROBE_ROWS);
        most.min(self.data.train.len())
    }

    /// Both gradients on the probe batch, and the decorrelation losses.
    fn measure(&mut self, epoch: u32) {
        let rows = self.probe_rows();
        if self.gemm.pieces.is_next(self.pass_numbers(rows)) {
            self.data.start_probe(rows, &self.network, &mut self.pass);
            self.pass.silence();
            self.under_way = UnderWay {
                exact: self.network.zero_gradient(),
                ..UnderWay::from(self.noise(Stream::Probe, epoch))
            };
        }
        self.network.forward(&mut self.pass, &mut self.gemm);
        let task = Task {
            rule: EXACT,
            state: &[],
            network: &self.network,
            baseline: &self.pass,
            noise_std: 1.0,
            samples: 1,
        };
        let UnderWay { noise, exact, .. } = &mut self.under_way;
        self.estimator.estimate(&task, noise, &mut self.gemm, exact);
        if self.gemm.pieces.is_next(self.pass_numbers(rows)) {
            self.pass.draw_noise(&mut self.under_way.noise);
        }
        self.network.forward(&mut self.pass, &mut self.gemm);
        self.estimate();
        for (l, layer) in self.network.layers.iter().enumerate() {
            let inputs = layer.inputs();
            if self.gemm.pieces.is_next(rows * inputs * inputs / 2) {
                let x_star = self.pass.decorrelated_input(l).matrix();
                // One piece of the work, within which nothing is cut.
                let pieces = take(&mut self.gemm.pieces);
                let loss = decorrelation_loss(x_star, inputs, &mut self.gemm);
                self.gemm.pieces = pieces;
                self.under_way.decorrelation_loss.push(loss);
            }
        }
    }

    /// What has been measured.
    fn row(&mut self) -> Row {
        let UnderWay {
            exact,
            decorrelation_loss,
            ..
        } = take(&mut self.under_way);
        let Sums {
            train_loss,
            train_correct,
            test_loss,
            test_correct,
        } = self.state.sums;
        let (trained, tested) = (self.data.train.len() as f64, self.data.test.len() as f64);
        Row {
            epoch: self.state.epoch,
            train_loss: (self.state.epoch > 0).then_some(train_loss / trained),
            train_acc: (self.state.epoch > 0).then_some(train_correct as f64 / trained),
            test_loss: test_loss / tested,
            test_acc: test_correct as f64 / tested,
            alignment_deg: alignment(&self.gradient, &exact),
            decorrelation_loss,
            forward_passes: self.state.forward_passes,
            multiply_adds: self.state.multiply_adds,
            seconds: self.state.seconds,
        }
    }
}
