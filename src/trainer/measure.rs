//! The measurements that end an epoch: the test set, and the probe batch.

use super::state::{Phase, Sums};
use super::{PROBE_ROWS, Trainer};
use crate::decorrelation::decorrelation_loss;
use crate::diagnostics::{alignment, correct};
use crate::gradient::{EXACT, Task};
use crate::metrics::{Row, Status};
use crate::rng::Stream;

impl Trainer {
    pub(super) fn evaluate_from(&mut self, from: usize) {
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

    pub(super) fn end_epoch(&mut self) {
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

    /// Samples of the probe batch.
    pub(super) fn probe_rows(&self) -> usize {
        let most = self.config.batch_size.min(PROBE_ROWS);
        most.min(self.data.train.len())
    }

    fn measure(&mut self) -> Row {
        let rows = self.probe_rows();
        self.data.start_probe(rows, &self.network, &mut self.pass);
        self.pass.silence();
        self.network.forward(&mut self.pass, &mut self.gemm);
        let mut exact = self.network.zero_gradient();
        let mut noise = self.noise(Stream::Probe, self.state.epoch);
        let task = Task {
            rule: EXACT,
            state: &[],
            network: &self.network,
            baseline: &self.pass,
            noise_std: 1.0,
            samples: 1,
        };
        self.estimator
            .estimate(&task, &mut noise, &mut self.gemm, &mut exact);
        self.pass.draw_noise(&mut noise);
        self.network.forward(&mut self.pass, &mut self.gemm);
        self.estimate(&mut noise);

        let Sums {
            train_loss,
            train_correct,
            test_loss,
            test_correct,
        } = self.state.sums;
        let (trained, tested) = (self.data.train.len() as f64, self.data.test.len() as f64);
        let layers = self.network.layers.iter().enumerate();
        Row {
            epoch: self.state.epoch,
            train_loss: (self.state.epoch > 0).then_some(train_loss / trained),
            train_acc: (self.state.epoch > 0).then_some(train_correct as f64 / trained),
            test_loss: test_loss / tested,
            test_acc: test_correct as f64 / tested,
            alignment_deg: alignment(&self.gradient, &exact),
            decorrelation_loss: layers
                .map(|(l, layer)| {
                    let x_star = self.pass.decorrelated_input(l).matrix();
                    decorrelation_loss(x_star, layer.inputs(), &mut self.gemm)
                })
                .collect(),
            forward_passes: self.state.forward_passes,
            multiply_adds: self.state.multiply_adds,
            seconds: self.state.seconds,
        }
    }
}
