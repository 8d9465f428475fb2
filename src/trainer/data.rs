//! The images of a run, ready for batches.

use super::memory::Images;
use crate::algorithm::Algorithm;
use crate::config::ValidConfig;
use crate::dataset::{Dataset, Shape};
use crate::error::Result;
use crate::network::{Network, Pass};
use crate::samples::{PixelOrder, Samples};

/// The training and the test images that a run uses, in the pixel order of its network.
pub(super) struct Data {
    pub shape: Shape,
    pub train: Samples,
    pub test: Samples,
    pub pixels: PixelOrder,
    /// What tells these images from all others, in the page and in the command alike.
    pub digest: String,
}

impl Data {
    /// The images that `config` and `seed` choose of `train` and `test`.
    pub fn new(config: &ValidConfig, seed: u32, train: &Dataset, test: &Dataset) -> Result<Self> {
        let shape = config.shape(train, test)?;
        let trained = train.subset("train_size", config.train_size, seed)?;
        let tested = test.subset("test_size", config.test_size, seed)?;
        let pixels = PixelOrder::of(train, &trained, &shape);
        let digests = [(train, &trained), (test, &tested)]
            .map(|(set, chosen)| set.digest(chosen.iter().copied()));
        Ok(Self {
            train: Samples::new(train, &trained, &shape, &pixels)?,
            test: Samples::new(test, &tested, &shape, &pixels)?,
            digest: digests.concat(),
            pixels,
            shape,
        })
    }

    /// What of them the memory of a run depends on.
    pub fn images(&self) -> Images {
        Images {
            train: self.train.len(),
            test: self.test.len(),
            pixels: self.shape.pixels(),
            classes: self.shape.classes,
            live: self.pixels.live as f64,
            kept: (self.train.bytes() + self.test.bytes()) as f64,
            longest: self.longest_list().unwrap_or(0) as f64,
        }
    }

    /// Pixels that training with `algorithm` uses, counted from the first.
    pub fn live_inputs(&self, algorithm: Algorithm) -> usize {
        match algorithm.rule().about().moves_dead_inputs {
            true => self.shape.pixels(),
            false => self.pixels.live,
        }
    }

    /// Most pixels that are not zero in any image, if any images are kept as lists.
    pub fn longest_list(&self) -> Option<usize> {
        self.train.longest_list().max(self.test.longest_list())
    }

    /// Puts the probe batch, the first `rows` training images, into `pass`.
    pub fn start_probe(&self, rows: usize, network: &Network, pass: &mut Pass) {
        let indices: Vec<u32> = (0..rows as u32).collect();
        let (input, targets) = pass.start(rows);
        self.train.write_pixels(&indices, input);
        self.train.write_targets(&indices, targets);
        pass.leave_out_dead_inputs(network);
    }
}
