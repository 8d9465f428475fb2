//! An update rehearsed with one of its samples in view: batch, noise, passes and estimate are
//! made by the run's own code, of the network as it is now, and the run does not notice.
//!
//! What is found out is a list of numbers, as it crosses to the page, whose first download has
//! no room for more; www/app/contract/update.ts reads the same lists.

use super::super::Trainer;
use crate::decorrelation::Decorrelator;
use crate::diagnostics::{Products, products};
use crate::gradient::{Baseline, EXACT, Estimator, MEASURED, Rule, Task, Witness};
use crate::linalg::Gemm;
use crate::network::{Gradient, Layer, NoisyPass, Pass};
use crate::noise::{NoiseSource, SeededNoise, Site};
use crate::rng::{Rng, Stream};
use ndarray::{ArrayView1, ArrayViewMut2};

/// Places along the noise at which the loss is taken: t = -2 at the first, 2 at the last.
pub const PLACES: usize = 41;

/// What is rehearsed, and what of it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct View {
    /// The update, 0 the first of the run; if none is given, the next.
    pub update: Option<u32>,
    /// The sample's place in the batch, counted round and round.
    pub sample: usize,
    /// The noisy pass, counted round and round.
    pub pass: usize,
    /// Noise samples K; 0 for as many as the configuration says.
    pub draws: usize,
}

/// A batch and the pass over it that noisy ones are compared with.
struct Rehearsal {
    update: u32,
    indices: Vec<u32>,
    /// Where the sample is.
    place: usize,
    pass: Pass,
    noise: SeededNoise,
    gemm: Gemm,
}

impl Trainer {
    /// What the update would do with the sample if it were done now:
    ///
    /// | how many | what |
    /// | --- | --- |
    /// | 5 | the update, as 65,536 times the first number and the second; the sample's place and the samples of the batch; its class |
    /// | 4 | noise_std; K; whether the rule gives errors of units; multiply-adds of this view |
    /// | 3 | over the weights and the batch: lengths of the estimate and of the exact gradient, and the cosine between them, NaN where there is none |
    /// | 4 | L of the compared pass; noisy passes; layers; pixels |
    /// | layers | their units N_l |
    /// | pixels | the image, row by row, 0 to 255 |
    /// | 2 passes | dL of each; the same as the mean over the batch, of each |
    /// | 5 N_l of each layer | the compared pass's own noise, A_l, X_l, E_l (summed over K; of a rule without errors, what the biases are to do), E_l by backpropagation; of a rule without errors N_l more: what the biases are to do by backpropagation |
    /// | N_(l-1) of each layer, if the rule decorrelates | X*_(l-1) |
    /// | 3 N_l of each layer, if there are passes | of the pass that is shown: noise (of weights: what reached the unit), dA_l, dX_l |
    /// | N_l more of each layer, if the noise is on the weights | that of its biases |
    pub fn update_of(&self, view: View) -> Vec<f32> {
        let Rehearsal {
            update,
            indices,
            place,
            pass,
            mut noise,
            mut gemm,
        } = self.rehearse(view);
        let (samples, rule) = (self.samples_of(view), self.algorithm.rule());
        let layers = &self.network.layers;
        let shown = view.pass % (samples * rule.noisy_passes(layers.len())).max(1);
        let (mut loss_diffs, mut mean_diffs, mut disturbed) = (Vec::new(), Vec::new(), Vec::new());
        let (estimator, estimate) = self.estimate_of(
            &pass,
            rule,
            samples,
            &mut noise,
            &mut gemm,
            &mut |noisy, weights| {
                if loss_diffs.len() == shown {
                    put_disturbance(&mut disturbed, &pass, noisy, weights, place);
                }
                loss_diffs.push(noisy.loss_diff()[place]);
                mean_diffs.push(noisy.loss_diff().sum() / indices.len() as f32);
            },
        );
        let (exact, exact_gradient) =
            self.estimate_of(&pass, EXACT, 1, &mut noise, &mut gemm, &mut |_, _| {});
        let arrows = Products::sum(&products(&estimate, &exact_gradient));
        // The cosine in f64, too: f32 holds no inner product of gradients that are tiny.
        let cos = arrows.cos().unwrap_or(f64::NAN);
        let image = self.image(&self.data.train, indices[place]);
        let label = self.data.train.labels()[indices[place] as usize];
        let mut numbers = vec![
            (update >> 16) as f32,
            (update & 0xffff) as f32,
            place as f32,
            indices.len() as f32,
            label.into(),
            noise.std,
            samples as f32,
            f32::from(estimator.errors().is_some()),
            gemm.multiply_adds() as f32,
            arrows.aa.sqrt() as f32,
            arrows.bb.sqrt() as f32,
            cos as f32,
            pass.loss()[place],
            loss_diffs.len() as f32,
            layers.len() as f32,
            image.len() as f32,
        ];
        numbers.extend(layers.iter().map(|layer| layer.units() as f32));
        numbers.extend(image.iter().map(|&pixel| f32::from(pixel)));
        numbers.append(&mut loss_diffs);
        numbers.append(&mut mean_diffs);
        for l in 0..layers.len() {
            let start = numbers.len();
            put(
                &mut numbers,
                pass.noise(l).unwrap_or(pass.activation(l)).row(place),
            );
            if !pass.is_noisy() {
                numbers[start..].fill(0.0);
            }
            put(&mut numbers, pass.preactivation(l).row(place));
            put(&mut numbers, pass.activation(l).row(place));
            put_credit(&mut numbers, &estimator, &estimate, l, place);
            put_credit(&mut numbers, &exact, &exact_gradient, l, place);
            if estimator.errors().is_none() {
                put_biases(&mut numbers, &exact_gradient, l);
            }
        }
        self.put_decorrelated(&mut numbers, &pass, place);
        numbers.append(&mut disturbed);
        numbers
    }

    /// The loss of the sample at clean + t noise, for t from -2 to 2, with the noise of the
    /// view's pass `size` times as large and, if a `layer` (from 0) is given, in that one alone.
    /// Of a system that is noisy itself, the compared pass keeps its own noise, and t is that of
    /// the second pass. A rule that asks for the slope alone has the loss measured by node
    /// perturbation with its noise. Empty where the rule uses no noise.
    pub fn along(&self, view: View, layer: Option<usize>, size: f32) -> Vec<f32> {
        let (samples, rule) = (self.samples_of(view), self.algorithm.rule());
        let passes = samples * rule.noisy_passes(self.network.layers.len());
        if passes == 0 {
            return Vec::new();
        }
        let shown = view.pass % passes;
        let mut rehearsal = self.rehearse(view);
        let loss = |i| {
            let t = (4 * i) as f32 / (PLACES - 1) as f32 - 2.0;
            let mut noise = rehearsal.noise.clone();
            noise.std *= t * size;
            self.loss_in_pass(&mut rehearsal, shown, InLayer { noise, layer })
        };
        (0..PLACES).map(loss).collect()
    }

    /// The sample's loss in noisy pass `shown` with noise from `source`; no noise sample behind
    /// that of the pass is drawn.
    fn loss_in_pass(&self, rehearsal: &mut Rehearsal, shown: usize, mut source: InLayer) -> f32 {
        let Rehearsal {
            place, pass, gemm, ..
        } = rehearsal;
        let rule = self.algorithm.rule();
        let asks_slope = rule.about().derivatives;
        let rule = if asks_slope { MEASURED } else { rule };
        let samples = shown / rule.noisy_passes(self.network.layers.len()) + 1;
        let (mut passed, mut loss) = (0, pass.loss()[*place]);
        self.estimate_of(pass, rule, samples, &mut source, gemm, &mut |noisy, _| {
            if passed == shown {
                loss -= noisy.loss_diff()[*place];
            }
            passed += 1;
        });
        loss
    }

    /// What the update would change in layer `l` (from 0):
    ///
    /// | how many | what |
    /// | --- | --- |
    /// | 2 | L of the sample before and after the update |
    /// | N_l + N_l N_(l-1) | b; W unit by unit, of the first layer each row by row of the image |
    /// | N_l + N_l N_(l-1) | the same after the update |
    /// | N_(l-1) of each layer, if the rule decorrelates | X*_(l-1) of the sample by the new R |
    pub fn change_of(&self, view: View, l: usize) -> Vec<f32> {
        let Rehearsal {
            place,
            indices,
            mut pass,
            mut noise,
            mut gemm,
            ..
        } = self.rehearse(view);
        let (samples, rule) = (self.samples_of(view), self.algorithm.rule());
        let (_, gradient) =
            self.estimate_of(&pass, rule, samples, &mut noise, &mut gemm, &mut |_, _| {});
        let before = pass.loss()[place];
        let (mut network, mut optimizer) = (self.network.clone(), self.state.optimizer.clone());
        let layers = network.layers.iter();
        let inputs: Vec<usize> = layers.map(Layer::live_inputs).collect();
        let mut decorrelator = Decorrelator::new(indices.len(), &inputs);
        let (rates, kappa) = (self.rates(), self.config.kappa as f32);
        for (l, layer) in network.layers.iter_mut().enumerate() {
            let at = pass.layer(l);
            layer.decorrelate(at, rates.decor_lr, kappa, &mut decorrelator, &mut gemm);
        }
        optimizer.step(&mut network, &gradient, rates.lr);
        network.forward(&mut pass, &mut gemm);
        let mut numbers = vec![before, pass.loss()[place]];
        for network in [&self.network, &network] {
            put(&mut numbers, network.layers[l].bias());
            for row in network.layers[l].weights().rows() {
                self.put_inputs(&mut numbers, l, row);
            }
        }
        self.put_decorrelated(&mut numbers, &pass, place);
        numbers
    }

    fn samples_of(&self, view: View) -> usize {
        match view.draws {
            0 => self.config.noise_samples(self.algorithm),
            draws => draws,
        }
    }

    fn rehearse(&self, view: View) -> Rehearsal {
        let update = view.update.unwrap_or(self.state.step);
        let steps = self.steps_per_epoch();
        let mut order: Vec<u32> = (0..self.order.len() as u32).collect();
        Rng::at(self.state.seed, Stream::Shuffle, update / steps).shuffle(&mut order);
        let from = (update % steps) as usize * self.config.batch_size;
        let to = (from + self.config.batch_size).min(order.len());
        let indices = order[from..to].to_vec();
        let noisy = self.config.baseline == Baseline::Noisy;
        let mut pass = Pass::new(&self.network, indices.len(), noisy);
        if let Some(longest) = self.data.train.longest_list() {
            pass = pass.with_lists(longest);
        }
        self.data.train.start(&indices, &mut pass);
        pass.leave_out_dead_inputs(&self.network);
        let mut noise = self.noise(Stream::Noise, update);
        noise.std = self.rates().noise_std;
        pass.draw_noise(&mut noise);
        let mut gemm = Gemm::default();
        self.network.forward(&mut pass, &mut gemm);
        Rehearsal {
            update,
            place: view.sample % indices.len(),
            indices,
            pass,
            noise,
            gemm,
        }
    }

    /// An estimate beside the run, and the errors that it was made of.
    fn estimate_of(
        &self,
        baseline: &Pass,
        rule: &dyn Rule,
        samples: usize,
        noise: &mut dyn NoiseSource,
        gemm: &mut Gemm,
        witness: &mut Witness<'_>,
    ) -> (Estimator, Gradient) {
        let task = Task {
            rule,
            state: &self.state.rule,
            network: &self.network,
            baseline,
            noise_std: self.rates().noise_std,
            samples,
        };
        let mut estimator = Estimator::new(&self.network, baseline.rows());
        let mut gradient = self.network.zero_gradient();
        estimator.watched(&task, noise, gemm, &mut gradient, witness);
        (estimator, gradient)
    }

    fn put_decorrelated(&self, numbers: &mut Vec<f32>, pass: &Pass, place: usize) {
        for l in 0..self.network.layers.len() {
            if self.algorithm.decorrelated() {
                let x_star = pass.decorrelated_input(l).matrix();
                self.put_inputs(numbers, l, x_star.row(place));
            }
        }
    }

    /// Numbers of the inputs in use of layer `l`; of the first, pixel by pixel.
    fn put_inputs(&self, numbers: &mut Vec<f32>, l: usize, row: ArrayView1<f32>) {
        let start = numbers.len();
        numbers.resize(start + self.network.layers[l].inputs(), 0.0);
        for (place, &value) in row.iter().enumerate() {
            let input = match l {
                0 => usize::from(self.data.pixels.pixels[place]),
                _ => place,
            };
            numbers[start + input] = value;
        }
    }
}

#[inline(never)]
fn put(numbers: &mut Vec<f32>, row: ArrayView1<f32>) {
    numbers.extend(row);
}

/// Noise, dA_l and dX_l of a sample, and the biases' noise if they have some, layer by layer.
fn put_disturbance(
    disturbed: &mut Vec<f32>,
    pass: &Pass,
    noisy: &NoisyPass,
    weights: Option<&Gradient>,
    place: usize,
) {
    let layers = noisy.noisy_layers();
    for l in 0..pass.layers() {
        let reached = weights.map(|noise| noise[l].reached(pass.decorrelated_input(l)));
        let noise = reached
            .as_ref()
            .map_or(noisy.noise(l), |reached| reached.view());
        let moved = l >= layers.start;
        for (seen, rows) in [
            (layers.contains(&l), noise),
            (moved, noisy.preactivation_diff(l)),
            (moved, noisy.activation_diff(l)),
        ] {
            let start = disturbed.len();
            put(disturbed, rows.row(place));
            if !seen {
                disturbed[start..].fill(0.0);
            }
        }
        if let Some(noise) = weights {
            put(disturbed, noise[l].bias.view());
        }
    }
}

/// E_l of a sample; of a rule that gives none, what the biases are to do.
fn put_credit(
    numbers: &mut Vec<f32>,
    estimator: &Estimator,
    gradient: &Gradient,
    l: usize,
    place: usize,
) {
    match estimator.errors() {
        Some(errors) => put(numbers, errors[l].row(place)),
        None => put_biases(numbers, gradient, l),
    }
}

/// What the biases of layer `l` are to do.
#[inline(never)]
fn put_biases(numbers: &mut Vec<f32>, gradient: &Gradient, l: usize) {
    numbers.extend(gradient[l].bias.iter().map(|g| -g));
}

/// Noise that is kept in one layer, if one is given.
struct InLayer {
    noise: SeededNoise,
    layer: Option<usize>,
}

impl NoiseSource for InLayer {
    fn fill(&mut self, site: Site, mut out: ArrayViewMut2<f32>) {
        self.noise.fill(site, out.view_mut());
        let (Site::Units(l) | Site::Weights(l) | Site::Biases(l)) = site;
        if self.layer.is_some_and(|layer| layer != l) {
            out.fill(0.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::algorithm::Algorithm;
    use crate::config::Config;
    use crate::dataset::Dataset;
    use ndarray::{Array2, Axis, s};

    /// Twelve images of 14 x 14 pixels, mostly dark: they are kept as lists.
    fn images() -> Dataset {
        let lit = |i: u8, p: u8| if p % 14 == i + 1 { 40 + p } else { 0 };
        let pixels = (0..12).flat_map(|i| (0..196).map(move |p| lit(i, p)));
        let head = [0, 0, 8, 3, 0, 0, 0, 12, 0, 0, 0, 14, 0, 0, 0, 14];
        let images: Vec<u8> = head.into_iter().chain(pixels).collect();
        let labels = (0..12).map(|label| label % 10);
        let labels: Vec<u8> = [0, 0, 8, 1, 0, 0, 0, 12]
            .into_iter()
            .chain(labels)
            .collect();
        Dataset::from_idx(&images, &labels).expect("two whole files")
    }

    /// Twelve images, four in a batch.
    fn trainer_of(algorithm: Algorithm, keys: &str) -> Trainer {
        let keys = format!(
            r#"{{"dataset": "own", "train_size": 12, "test_size": 12, "image_size": 14, "batch_size": 4, "algorithms": ["np"], {keys}}}"#
        );
        let config = Config::from_json(&keys).and_then(|config| config.check());
        let (config, images) = (config.expect("valid"), images());
        Trainer::new(&config, algorithm, 0, &images, &images, || 0.0).expect("a run")
    }

    /// One of the lists of N_l numbers, as it is shown of each sample of the batch, layer by layer.
    fn shown(trainer: &Trainer, list: usize) -> Vec<Array2<f32>> {
        let units: Vec<usize> = trainer.network.layers.iter().map(Layer::units).collect();
        let mut rows: Vec<_> = units.iter().map(|&n| Array2::zeros((4, n))).collect();
        for sample in 0..4 {
            let view = View {
                sample,
                ..View::default()
            };
            let numbers = trainer.update_of(view);
            let lists = if numbers[7] == 1.0 { 5 } else { 6 };
            let mut at = 16 + units.len() + numbers[15] as usize + 2 * numbers[13] as usize;
            for (rows, &n) in rows.iter_mut().zip(&units) {
                let found = &numbers[at + list * n..at + (list + 1) * n];
                rows.row_mut(sample).assign(&ArrayView1::from(found));
                at += lists * n;
            }
        }
        rows
    }

    /// Their places in a layer.
    const CREDIT: usize = 3;
    const EXACT_ERROR: usize = 4;
    const EXACT_BIASES: usize = 5;

    /// The errors that are shown, put together as the paper says, are the step's own gradient
    /// to the bit.
    fn gives_the_steps_gradient(algorithm: Algorithm, keys: &str) {
        let mut trainer = trainer_of(algorithm, keys);
        for _ in 0..2 {
            let errors = shown(&trainer, CREDIT);
            let Rehearsal { pass, .. } = trainer.rehearse(View::default());
            let samples = trainer.samples_of(View::default());
            let layers = trainer.network.layers.clone();
            trainer.step();
            for (l, layer) in layers.iter().enumerate() {
                let mut by_hand = layer.zero_gradient();
                if algorithm.rule().about().ids[0] == "wp" {
                    // It has no errors of units: what is shown is what its biases are to do.
                    by_hand.bias.assign(&errors[l].row(0));
                    by_hand.bias *= -1.0;
                    by_hand.weights.assign(&trainer.gradient[l].weights);
                } else {
                    let draws = if algorithm.rule().noisy_passes(1) > 0 {
                        samples
                    } else {
                        1
                    };
                    let scale = -1.0 / (4 * draws) as f32;
                    let (errors, at) = (errors[l].slice(s![.., ..]), pass.layer(l));
                    let gemm = &mut Gemm::default();
                    layer.gradient(scale, errors, pass.input(l), at, &mut by_hand, gemm);
                }
                assert_eq!(
                    by_hand, trainer.gradient[l],
                    "{algorithm}, layer {l}, {keys}"
                );
            }
        }
    }

    #[test]
    fn the_errors_that_are_shown_are_those_that_the_step_uses() {
        for algorithm in Algorithm::all() {
            for keys in [
                r#""hidden_sizes": [6, 5]"#,
                r#""hidden_sizes": [6, 5], "activation": "tanh", "num_noise_iters": 3"#,
                r#""hidden_sizes": [6, 5], "activation": "relu", "noise": "rademacher""#,
                r#""hidden_sizes": [6, 5], "activation": "step", "noise_std": 0.2"#,
                r#""hidden_sizes": [6, 5], "loss": "mse", "output": "linear""#,
                r#""hidden_sizes": [6, 5, 6, 5, 6, 5, 6], "optimizer": "sgd""#,
            ] {
                gives_the_steps_gradient(algorithm, keys);
            }
            if algorithm.rule().about().noisy_baseline {
                let keys = r#""hidden_sizes": [6, 5], "baseline": "noisy""#;
                gives_the_steps_gradient(algorithm, keys);
            }
        }
    }

    /// Where there are many samples of noise, a loss along that of the first costs no more.
    #[test]
    fn a_loss_along_the_noise_costs_the_passes_up_to_its_own() {
        let work = |name, samples: usize, shown| {
            let keys = format!(r#""hidden_sizes": [6, 5], "num_noise_iters": {samples}"#);
            let trainer = trainer_of(Algorithm::from_name(name).expect("known"), &keys);
            let mut rehearsal = trainer.rehearse(View::default());
            let before = rehearsal.gemm.multiply_adds();
            let (noise, layer) = (rehearsal.noise.clone(), None);
            trainer.loss_in_pass(&mut rehearsal, shown, InLayer { noise, layer });
            rehearsal.gemm.multiply_adds() - before
        };
        for (name, passes) in [("np", 1), ("dwp", 1), ("inp", 3), ("fg", 1)] {
            let first = work(name, 1, 0);
            assert_eq!(work(name, 22, passes - 1), first, "{name}");
            assert!(work(name, 22, passes) > first, "{name}");
        }
    }

    /// The inner product of two such gradients is nothing in f32; the angle between them is there.
    #[test]
    fn gradients_that_are_tiny_have_an_angle() {
        let algorithm = Algorithm::from_name("bp").expect("known");
        let mut trainer = trainer_of(algorithm, r#""hidden_sizes": [6, 5]"#);
        for layer in &mut trainer.network.layers {
            layer.weights_mut().map_inplace(|w| *w *= 1e-13);
        }
        let numbers = trainer.update_of(View::default());
        let [length, exact, cos] = [numbers[9], numbers[10], numbers[11]];
        assert!(length > 0.0 && length < 1e-23, "{length}");
        assert_eq!((exact, cos), (length, 1.0));
    }

    /// One f32 holds no whole number above 2^24.
    #[test]
    fn every_update_is_told_by_its_own_number() {
        let algorithm = Algorithm::from_name("bp").expect("known");
        let trainer = trainer_of(algorithm, r#""hidden_sizes": [6, 5]"#);
        for update in [0, 65_535, 65_536, 16_777_217, u32::MAX] {
            let view = View {
                update: Some(update),
                ..View::default()
            };
            let numbers = trainer.update_of(view);
            let told = 65_536.0 * f64::from(numbers[0]) + f64::from(numbers[1]);
            assert_eq!(told, f64::from(update));
        }
    }

    /// What the whole batch says of the biases is held against what it is an estimate of, and not
    /// against the one image that is in view.
    #[test]
    fn biases_are_held_against_the_exact_gradient_of_the_batch() {
        for name in ["wp", "dwp"] {
            let algorithm = Algorithm::from_name(name).expect("known");
            let trainer = trainer_of(algorithm, r#""hidden_sizes": [6, 5]"#);
            let (errors, biases) = (shown(&trainer, EXACT_ERROR), shown(&trainer, EXACT_BIASES));
            for (errors, biases) in errors.iter().zip(&biases) {
                let mean = errors.mean_axis(Axis(0)).expect("four samples");
                for biases in biases.rows() {
                    let far = (&biases - &mean).fold(0.0, |far: f32, d| far.max(d.abs()));
                    assert!(far < 1e-6, "{name}: {biases} is not {mean}");
                }
            }
        }
    }
}
