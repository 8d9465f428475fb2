//! A network so small that it can be drawn: the two weights of its first layer are a
//! point, and its loss is the surface that the point walks on.
//!
//! Its updates are those of a run ([`crate::trainer`]): the same passes, rules,
//! decorrelation and optimizer. Only that all samples are one batch, and that nothing but
//! the two weights learns: biases and later layers stay as they are.

mod scene;

pub use scene::Scene;

use crate::algorithm::Algorithm;
use crate::decorrelation::Decorrelator;
use crate::gradient::{EXACT, Estimator, Rule, Task};
use crate::linalg::Gemm;
use crate::network::{Gradient, Network, Pass};
use crate::noise::{NoiseKind, NoiseSource, SeededNoise, Site};
use crate::optimizer::{Optimizer, OptimizerKind};
use crate::rng::{Rng, Stream};
use ndarray::{Array2, ArrayViewMut2};
use std::mem::take;

/// The step of R.
const DECOR_LR: f32 = 0.1;

/// The two weights, as they act on the inputs: W_1 R_1.
pub type Point = [f32; 2];

/// A scene and one algorithm that learns in it.
///
/// ```
/// use np_playground::{algorithm::Algorithm, toy::{Scene, Toy}};
///
/// let scene = Scene::named("two-units")?;
/// let mut toy = Toy::new(scene, Algorithm::named("np")?, 0.1, 0);
/// let before = toy.loss();
/// for _ in 0..100 {
///     toy.step();
/// }
/// assert!(toy.loss() < 0.01 * before);
/// # Ok::<(), np_playground::Error>(())
/// ```
pub struct Toy {
    scene: Scene,
    algorithm: Algorithm,
    lr: f32,
    seed: u32,
    steps: u32,
    network: Network,
    pass: Pass,
    estimator: Estimator,
    state: Vec<Array2<f32>>,
    noise: Vec<f32>,
    estimate: Gradient,
    exact: Gradient,
    decorrelator: Decorrelator,
    optimizer: Optimizer,
    /// The same network without R, to ask for losses elsewhere.
    elsewhere: (Network, Pass),
    gemm: Gemm,
}

impl Toy {
    /// `algorithm` at the start of `scene`, with this learning rate.
    pub fn new(scene: Scene, algorithm: Algorithm, lr: f32, seed: u32) -> Self {
        let network = scene.network(algorithm.decorrelated());
        let bare = scene.network(false);
        let (pass, there) = (scene.pass(&network, seed), scene.pass(&bare, seed));
        let samples = pass.rows();
        let mut toy = Self {
            scene,
            algorithm,
            lr,
            seed,
            steps: 0,
            estimator: Estimator::new(&network, samples),
            state: algorithm
                .rule()
                .init(&network, &mut Rng::new(seed, Stream::Rule)),
            noise: Vec::new(),
            estimate: network.zero_gradient(),
            exact: network.zero_gradient(),
            decorrelator: Decorrelator::new(samples, &[network.layers[0].inputs()]),
            optimizer: Optimizer::new(OptimizerKind::Sgd, &network),
            elsewhere: (bare, there),
            network,
            pass,
            gemm: Gemm::default(),
        };
        toy.network.forward(&mut toy.pass, &mut toy.gemm);
        toy
    }

    /// One update, from the pass that is there to the pass with the new weights.
    pub fn step(&mut self) {
        let (mut exact, mut estimate) = (take(&mut self.exact), take(&mut self.estimate));
        self.estimate_by(EXACT, &mut exact);
        self.noise = self.estimate_by(self.algorithm.rule(), &mut estimate);
        (self.exact, self.estimate) = (exact, estimate);
        let (layer, at) = (&mut self.network.layers[0], self.pass.layer(0));
        layer.decorrelate(at, DECOR_LR, 0.0, &mut self.decorrelator, &mut self.gemm);
        self.optimizer
            .step(&mut self.network, &self.estimate, self.lr);
        self.network.forward(&mut self.pass, &mut self.gemm);
        self.steps += 1;
    }

    /// The gradient of the two weights as `rule` estimates it; returns the noise that it drew
    /// for the first layer's units, draw by draw.
    fn estimate_by(&mut self, rule: &dyn Rule, gradient: &mut Gradient) -> Vec<f32> {
        let noise_std = self.scene.noise_std();
        let mut source = Overheard {
            source: SeededNoise {
                rng: Rng::at(self.seed, Stream::Noise, self.steps),
                kind: NoiseKind::Gaussian,
                std: noise_std,
            },
            heard: Vec::new(),
        };
        let task = Task {
            rule,
            state: &self.state,
            network: &self.network,
            baseline: &self.pass,
            noise_std,
            samples: self.scene.draws(),
        };
        self.estimator
            .estimate(&task, &mut source, &mut self.gemm, gradient);
        for (l, layer) in gradient.iter_mut().enumerate() {
            layer.bias.fill(0.0);
            if l > 0 {
                layer.weights.fill(0.0);
            }
        }
        source.heard
    }

    /// Where the weights are.
    pub fn point(&mut self) -> Point {
        let layer = &self.network.layers[0];
        let weights = layer.weights();
        match layer.decorrelation() {
            Some(r) => {
                let mut on_input = Array2::zeros(weights.raw_dim());
                let product = on_input.view_mut();
                self.gemm.product(1.0, weights, r, 0.0, product);
                two(on_input.iter())
            }
            None => two(weights.iter()),
        }
    }

    /// The mean loss of the samples.
    pub fn loss(&self) -> f32 {
        mean_loss(&self.pass)
    }

    /// The loss that it would have at `point`.
    pub fn loss_at(&mut self, point: Point) -> f32 {
        let (network, pass) = &mut self.elsewhere;
        let mut weights = network.layers[0].weights_mut();
        weights.iter_mut().zip(point).for_each(|(w, to)| *w = to);
        network.forward(pass, &mut self.gemm);
        mean_loss(pass)
    }

    /// The losses on a grid of `side` x `side` points that spans -`reach` to `reach` in both
    /// weights, row by row; the first weight goes along a row, the second down.
    pub fn surface(&mut self, side: usize, reach: f32) -> Vec<f32> {
        let place = |i: usize| reach * (2.0 * i as f32 / (side - 1) as f32 - 1.0);
        let points = (0..side * side).map(|i| [place(i % side), place(i / side)]);
        points.map(|point| self.loss_at(point)).collect()
    }

    /// Where the answers of a unit with a threshold change; see [`Scene`]. Of each sample
    /// [x, y, c]: its answer is wrong at all weights (w, v) with x w + y v > c.
    pub fn edges(&self) -> Vec<[f32; 3]> {
        self.scene.edges(self.seed)
    }

    /// What the last update's noise was, of each draw, sample and unit of the first layer.
    pub fn noise(&self) -> &[f32] {
        &self.noise
    }

    /// The gradient of W_1 that the last update went down.
    pub fn estimate(&self) -> Point {
        two(self.estimate[0].weights.iter())
    }

    /// The exact gradient at the place where that was.
    pub fn exact(&self) -> Point {
        two(self.exact[0].weights.iter())
    }

    /// The samples as the weights see them: behind R, where there is one.
    pub fn inputs(&self) -> Array2<f32> {
        self.pass.decorrelated_input(0).matrix().to_owned()
    }
}

/// Noise, and what of it went to the first layer's units.
struct Overheard {
    source: SeededNoise,
    heard: Vec<f32>,
}

impl NoiseSource for Overheard {
    fn fill(&mut self, site: Site, mut out: ArrayViewMut2<f32>) {
        self.source.fill(site, out.view_mut());
        if site == Site::Units(0) {
            self.heard.extend(out.iter());
        }
    }
}

fn two<'a>(mut numbers: impl Iterator<Item = &'a f32>) -> Point {
    std::array::from_fn(|_| numbers.next().copied().unwrap_or_default())
}

fn mean_loss(pass: &Pass) -> f32 {
    let sum: f64 = pass.loss().iter().map(|&loss| f64::from(loss)).sum();
    (sum / pass.rows() as f64) as f32
}
