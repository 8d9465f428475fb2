//! Looking into a run: what its network answers, and what its layers have become.
//!
//! Nothing here changes the run: every view works on a pass of its own.

mod update;

use super::{EVALUATION_ROWS, Trainer, initial_network};
use crate::dataset::Shape;
use crate::diagnostics::predicted_class;
use crate::error::{Error, Result};
use crate::linalg::Gemm;
use crate::network::Pass;
use crate::samples::Samples;
use ndarray::{Array2, ArrayView2, Axis, s};

pub use update::{PLACES, View};

/// How the network answers on the test images.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestAnswers {
    /// Test images by their class (row) and the class they are taken for (column).
    pub confusion: Array2<u32>,
    /// The first images that are taken for another class.
    pub mistakes: Vec<Mistake>,
}

/// A test image that is taken for another class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Its place among the test images of the run.
    pub index: u32,
    /// Its class.
    pub truth: u8,
    /// The class it is taken for.
    pub answer: u8,
    /// Its pixels, row by row, 0 to 255.
    pub pixels: Vec<u8>,
}

/// How the inputs of a layer vary together over the probe batch: what decorrelation
/// works on.
#[derive(Debug, Clone, PartialEq)]
pub struct Covariance {
    /// The inputs shown, n of them; of the first layer: pixels, row by row.
    pub inputs: Vec<u32>,
    /// How many inputs of the layer are in use.
    pub width: usize,
    /// Of X, (n, n): M = Xᵀ X / B.
    pub before: Array2<f32>,
    /// Of X* = X Rᵀ; none when the algorithm does not decorrelate.
    pub after: Option<Array2<f32>>,
}

impl Trainer {
    /// Height and width of the images that the network reads, and its classes.
    pub fn shape(&self) -> Shape {
        self.data.shape
    }

    /// The network's output X_L for one image of the run's size, row by row, 0 to
    /// 255: probabilities of the classes where the output is softmax.
    ///
    /// # Errors
    /// [`Error::IdxShape`] if the image has another number of pixels.
    pub fn predict(&self, image: &[u8]) -> Result<Vec<f32>> {
        let pixels = &self.data.pixels.pixels;
        if image.len() != pixels.len() {
            return Err(Error::IdxShape {
                message: format!(
                    "The image has {} pixels, and this network reads {}: scale it to the size that it was trained on.",
                    image.len(),
                    pixels.len()
                ),
            });
        }
        let mut pass = Pass::new(&self.network, 1, false);
        let (mut input, mut targets) = pass.start(1);
        for (value, &pixel) in input.iter_mut().zip(pixels) {
            *value = f32::from(image[usize::from(pixel)]) / 255.0;
        }
        // The pass computes a loss, too, which nobody reads: any target will do.
        targets.fill(0.0);
        targets[[0, 0]] = 1.0;
        self.network.forward(&mut pass, &mut Gemm::default());
        Ok(pass.output().iter().copied().collect())
    }

    /// How the network answers on the test images, with at most `most` mistakes.
    pub fn test_answers(&self, most: usize) -> TestAnswers {
        let classes = self.data.shape.classes;
        let mut confusion = Array2::zeros((classes, classes));
        let mut mistakes = Vec::new();
        let answers = self.answers(&self.data.test);
        for (index, (&truth, answer)) in (0..).zip(self.data.test.labels().iter().zip(answers)) {
            confusion[[usize::from(truth), answer]] += 1;
            if usize::from(truth) != answer && mistakes.len() < most {
                mistakes.push(Mistake {
                    index,
                    truth,
                    answer: answer as u8,
                    pixels: self.image(&self.data.test, index),
                });
            }
        }
        TestAnswers {
            confusion,
            mistakes,
        }
    }

    /// What the first units of the first layer, at most `most`, weigh each pixel with:
    /// rows of W_1 R_1, or of W_1 without decorrelation; (units, pixels row by row).
    /// `learned`: how much of that is new since the start of the run.
    pub fn first_weights(&self, most: usize, learned: bool) -> Array2<f32> {
        let mut weights = self.first_weights_now(most);
        if learned {
            let start = initial_network(
                &self.config,
                &self.data.shape,
                self.algorithm,
                self.state.seed,
            );
            weights -= &start.layers[0].weights().slice(s![..weights.nrows(), ..]);
        }
        weights
    }

    fn first_weights_now(&self, most: usize) -> Array2<f32> {
        let layer = &self.network.layers[0];
        let weights = layer.weights();
        let weights = weights.slice(s![..layer.units().min(most), ..]);
        let mut on_input = Array2::zeros(weights.raw_dim());
        match layer.decorrelation() {
            Some(r) => {
                Gemm::default().product(1.0, weights, r, 0.0, on_input.view_mut());
            }
            None => on_input.assign(&weights),
        }
        let mut by_pixel = Array2::zeros(on_input.raw_dim());
        for (place, pixel) in self.data.pixels.places().into_iter().enumerate() {
            by_pixel.column_mut(pixel).assign(&on_input.column(place));
        }
        by_pixel
    }

    /// How the inputs of layer `l` (from 0) vary together before and after R, over the
    /// probe batch. Of a layer with more than `most` inputs in use, as many are shown,
    /// at even distances; pixels that no training image uses are left out.
    ///
    /// # Errors
    /// [`Error::IdxShape`] if there is no such layer.
    pub fn covariance(&self, l: usize, most: usize) -> Result<Covariance> {
        let layers = self.network.layers.len();
        if l >= layers {
            return Err(Error::IdxShape {
                message: format!(
                    "There is no layer {}: choose one from 1 to {layers}.",
                    l + 1
                ),
            });
        }
        let pass = self.probe();
        let width = if l == 0 {
            self.data.pixels.live
        } else {
            self.network.layers[l].inputs()
        };
        let shown = width.min(most);
        let places: Vec<usize> = (0..shown).map(|i| i * width / shown).collect();
        let pixel = |place: usize| u32::from(self.data.pixels.pixels[place]);
        let decorrelated = self.network.layers[l].decorrelation().is_some();
        Ok(Covariance {
            inputs: places
                .iter()
                .map(|&place| if l == 0 { pixel(place) } else { place as u32 })
                .collect(),
            width,
            before: covariance(pass.input(l).matrix(), &places),
            after: decorrelated.then(|| covariance(pass.decorrelated_input(l).matrix(), &places)),
        })
    }

    /// A clean pass over the probe batch.
    fn probe(&self) -> Pass {
        let rows = self.probe_rows();
        let mut pass = Pass::new(&self.network, rows, false);
        self.data.start_probe(rows, &self.network, &mut pass);
        self.network.forward(&mut pass, &mut Gemm::default());
        pass
    }

    /// The class that the network takes each image for.
    fn answers(&self, images: &Samples) -> Vec<usize> {
        let mut pass = Pass::new(&self.network, EVALUATION_ROWS, false);
        if let Some(longest) = images.longest_list() {
            pass = pass.with_lists(longest);
        }
        let mut gemm = Gemm::default();
        let mut answers = Vec::with_capacity(images.len());
        let indices: Vec<u32> = (0..images.len() as u32).collect();
        for chunk in indices.chunks(EVALUATION_ROWS) {
            images.start(chunk, &mut pass);
            self.network.forward(&mut pass, &mut gemm);
            answers.extend(pass.output().rows().into_iter().map(predicted_class));
        }
        answers
    }

    /// The pixels of an image, row by row, 0 to 255.
    fn image(&self, images: &Samples, index: u32) -> Vec<u8> {
        let places = self.data.pixels.places();
        let mut ordered = Array2::zeros((1, places.len()));
        images.write_pixels(&[index], ordered.view_mut());
        let mut pixels = vec![0; places.len()];
        for (value, pixel) in ordered.iter().zip(places) {
            pixels[pixel] = (255.0_f32 * value).round() as u8;
        }
        pixels
    }
}

/// M = Xᵀ X / B of the columns of `x` (batch, inputs) at `places`.
fn covariance(x: ArrayView2<f32>, places: &[usize]) -> Array2<f32> {
    let chosen = x.select(Axis(1), places);
    let mut m = Array2::zeros((places.len(), places.len()));
    let mean = 1.0 / x.nrows() as f32;
    Gemm::default().product(mean, chosen.t(), chosen.view(), 0.0, m.view_mut());
    m
}
