//! What this library computes from the inputs of a golden vector: the functions that
//! training calls, in the order in which it calls them.

use super::compare::Computed;
use super::{AdamConstants, Inputs, Matrix, Vector};
use ndarray::{Array1, Array2, ArrayView2, ArrayViewMut2, Axis, concatenate};
use np_playground::activation::LEAK;
use np_playground::algorithm::Algorithm;
use np_playground::decorrelation::{Decorrelator, Form, decorrelation_loss};
use np_playground::diagnostics::alignment;
use np_playground::gradient::{EXACT, Estimator, Rule, Task};
use np_playground::linalg::Gemm;
use np_playground::loss::Loss;
use np_playground::network::{
    Change, Gradient, Layer, LayerGradient, Network, NoisyPass, Pass, Perturbed,
};
use np_playground::noise::{NoiseSource, Site};
use np_playground::optimizer::{Optimizer, OptimizerKind};

impl Vector {
    /// Everything that a vector may expect; R is updated by `form`.
    pub fn compute(&self, form: Form) -> Computed {
        self.check_constants();
        let mut computed = Computed::default();
        if let Some(kappa) = self.kappa {
            self.forward("forward.plain", false, form, &mut computed);
            self.forward("forward.decor", true, form, &mut computed);
            self.decorrelation(kappa, form, &mut computed);
        }
        for algorithm in Algorithm::all().filter(|a| a.rule().about().paper != self.of_rivals()) {
            self.gradients(algorithm, &mut computed);
            self.training(algorithm, form, &mut computed);
        }
        computed
    }

    /// Whether this is a vector of the rivals, which has other inputs and other names.
    fn of_rivals(&self) -> bool {
        self.inputs.feedback.is_some()
    }

    /// Where the vector has its numbers of an algorithm.
    pub fn path(&self, algorithm: Algorithm) -> String {
        match (self.of_rivals(), algorithm.decorrelated()) {
            (false, _) => format!("algs.{algorithm}"),
            (true, false) => algorithm.to_string(),
            (true, true) => format!("decorrelated {}", algorithm.plain()),
        }
    }

    /// The matrices that a rule would draw at its start.
    fn state(&self, algorithm: Algorithm) -> Vec<Array2<f32>> {
        let matrices = match algorithm.plain().name() {
            "fa" => &self.inputs.feedback,
            "direct_fa" => &self.inputs.direct_feedback,
            _ => &None,
        };
        matrices.iter().flatten().flatten().map(array).collect()
    }

    /// What is no setting of ours but a constant, and what is said twice.
    fn check_constants(&self) {
        let name = &self.name;
        let adam = AdamConstants {
            b1: 0.9,
            b2: 0.999,
            eps: 1e-7,
            form: "keras".into(),
        };
        assert_eq!(self.adam, adam, "{name}: adam");
        assert_eq!(self.leak, LEAK, "{name}: leak");
        assert_eq!(self.network(false).sizes(), self.sizes, "{name}: sizes");
        assert_eq!(self.inputs.x.len(), self.batch, "{name}: batch");
        for (label, y) in self.inputs.labels.iter().flatten().zip(&self.inputs.y) {
            assert!(
                y.iter()
                    .enumerate()
                    .all(|(i, &y)| y == f32::from(i == *label)),
                "{name}: labels"
            );
        }
    }

    fn network(&self, decorrelated: bool) -> Network {
        let inputs = &self.inputs;
        let last = inputs.weights.len() - 1;
        let layer = |l: usize| {
            let r = decorrelated.then(|| array(&inputs.decorrelation[l]));
            Layer::from_parts(
                &array(&inputs.weights[l]),
                Array1::from(inputs.bias[l].clone()),
                r.as_ref(),
                if l == last { self.out } else { self.hidden },
            )
        };
        let loss = Loss {
            kind: self.loss,
            output: self.out,
        };
        Network {
            layers: (0..=last).map(layer).collect(),
            loss,
        }
    }

    /// A pass over the batch; with noise of its own, drawn from `noise`, if there is any.
    fn pass(&self, network: &Network, noise: Option<&mut GivenNoise>) -> Pass {
        let mut pass = Pass::new(network, self.batch, noise.is_some());
        let (mut input, mut targets) = pass.start(self.batch);
        input.assign(&array(&self.inputs.x));
        targets.assign(&array(&self.inputs.y));
        if let Some(noise) = noise {
            pass.draw_noise(noise);
        }
        network.forward(&mut pass, &mut Gemm::default());
        pass
    }

    fn noise(&self) -> GivenNoise<'_> {
        GivenNoise {
            inputs: &self.inputs,
            drawn: Vec::new(),
        }
    }

    fn forward(&self, path: &str, decorrelated: bool, form: Form, computed: &mut Computed) {
        let network = self.network(decorrelated);
        let clean = self.pass(&network, None);
        let noisy = self.noisy_pass(&network, &clean, Perturbed::AllLayers);
        let layers = network.layers.len();
        for l in 0..layers {
            computed.put(
                format!("{path}.x_star[{l}]"),
                clean.decorrelated_input(l).matrix(),
            );
            computed.put(format!("{path}.a[{l}]"), clean.preactivation(l));
            computed.put(format!("{path}.h[{l}]"), clean.activation(l));
            let noisy_a = &clean.preactivation(l) + &noisy.preactivation_diff(l);
            computed.put(format!("{path}.noisy.a[{l}]"), &noisy_a);
            let only = self.noisy_pass(&network, &clean, Perturbed::Only(l));
            computed.put(
                format!("{path}.inp_loss[{l}]"),
                &(&clean.loss() - &only.loss_diff()),
            );
            let decor_loss = decorrelation_loss(
                clean.decorrelated_input(l).matrix(),
                network.layers[l].inputs(),
                &mut Gemm::default(),
            );
            computed.put_number(format!("{path}.decor_loss[{l}]"), decor_loss);
            if decorrelated {
                computed.put(
                    format!("{path}.C[{l}]"),
                    &covariance(clean.decorrelated_input(l).matrix(), form),
                );
            }
        }
        computed.put(format!("{path}.loss"), clean.loss());
        computed.put(
            format!("{path}.noisy.h_out"),
            &(&clean.output() + &noisy.activation_diff(layers - 1)),
        );
        computed.put(
            format!("{path}.noisy.loss"),
            &(&clean.loss() - &noisy.loss_diff()),
        );
    }

    fn noisy_pass(&self, network: &Network, clean: &Pass, perturbed: Perturbed) -> NoisyPass {
        let mut noisy = NoisyPass::new(network, self.batch);
        noisy.run(
            network,
            clean,
            perturbed,
            Change::Difference,
            &mut self.noise(),
            &mut Gemm::default(),
        );
        noisy
    }

    fn decorrelation(&self, kappa: f32, form: Form, computed: &mut Computed) {
        for (name, kappa) in [("R_after_1", 0.0), ("R_after_1_kappa", kappa)] {
            let mut network = self.network(true);
            let pass = self.pass(&network, None);
            decorrelate(&mut network, &pass, self.decor_lr, kappa, form);
            put_decorrelation(name, &network, computed);
            if kappa == 0.0 {
                let after = self.pass(&network, None);
                for l in 0..network.layers.len() {
                    let loss = decorrelation_loss(
                        after.decorrelated_input(l).matrix(),
                        network.layers[l].inputs(),
                        &mut Gemm::default(),
                    );
                    computed.put_number(format!("decor_loss_after_1[{l}]"), loss);
                }
            }
        }
    }

    fn gradients(&self, algorithm: Algorithm, computed: &mut Computed) {
        let (path, rule) = (self.path(algorithm), algorithm.rule());
        let network = self.network(algorithm.decorrelated());
        let clean = self.pass(&network, None);
        let state = &self.state(algorithm);
        let one = self.estimate(rule, state, &network, &clean, 1, self.noise());
        put_gradient(&path, &one, computed);
        if rule.about().ids == EXACT.about().ids {
            return;
        }
        let exact = self.estimate(EXACT, &[], &network, &clean, 1, self.noise());
        put_angles(&format!("{path}.angle"), &one, &exact, computed);
        if rule.noisy_passes(1) == 0 {
            return;
        }
        let three = self.estimate(rule, state, &network, &clean, 3, self.noise());
        put_gradient(&format!("{path}.K3"), &three, computed);
        put_angles(&format!("{path}.K3.angle"), &three, &exact, computed);
        if rule.about().noisy_baseline {
            let mut noise = self.noise();
            let first = self.pass(&network, Some(&mut noise));
            let two_noisy = self.estimate(rule, state, &network, &first, 1, noise);
            put_gradient(&format!("{path}.two_noisy"), &two_noisy, computed);
        }
    }

    fn estimate(
        &self,
        rule: &dyn Rule,
        state: &[Array2<f32>],
        network: &Network,
        baseline: &Pass,
        samples: usize,
        mut noise: GivenNoise,
    ) -> Gradient {
        let mut gradient = network.zero_gradient();
        let task = Task {
            rule,
            state,
            network,
            baseline,
            noise_std: self.sigma,
            samples,
        };
        let mut estimator = Estimator::new(network, self.batch);
        estimator.estimate(&task, &mut noise, &mut Gemm::default(), &mut gradient);
        gradient
    }

    fn training(&self, algorithm: Algorithm, form: Form, computed: &mut Computed) {
        for (name, steps, kind, lr) in [
            ("after_1_sgd", 1, OptimizerKind::Sgd, self.lr_sgd),
            ("after_3_sgd", 3, OptimizerKind::Sgd, self.lr_sgd),
            ("after_3_adam", 3, OptimizerKind::Adam, self.lr_adam),
        ] {
            let mut network = self.network(algorithm.decorrelated());
            let mut optimizer = Optimizer::new(kind, &network);
            for _ in 0..steps {
                let clean = self.pass(&network, None);
                let (rule, state) = (algorithm.rule(), self.state(algorithm));
                let gradient = self.estimate(rule, &state, &network, &clean, 1, self.noise());
                decorrelate(&mut network, &clean, self.decor_lr, 0.0, form);
                optimizer.step(&mut network, &gradient, lr);
            }
            let path = format!("{}.{name}", self.path(algorithm));
            for (l, layer) in network.layers.iter().enumerate() {
                computed.put(format!("{path}.W[{l}]"), layer.weights());
                computed.put(format!("{path}.b[{l}]"), layer.bias());
            }
            put_decorrelation(&format!("{path}.R"), &network, computed);
        }
    }
}

/// The noise of the vector: the next draw for a site is its next sample.
struct GivenNoise<'a> {
    inputs: &'a Inputs,
    drawn: Vec<Site>,
}

impl NoiseSource for GivenNoise<'_> {
    fn fill(&mut self, site: Site, mut out: ArrayViewMut2<f32>) {
        let k = self.drawn.iter().filter(|drawn| **drawn == site).count();
        self.drawn.push(site);
        let Inputs {
            noise,
            weight_noise,
            bias_noise,
            ..
        } = self.inputs;
        match site {
            Site::Units(l) => out.assign(&array(&noise[k][l])),
            Site::Weights(l) => {
                let noise = weight_noise.as_ref().expect("noise of the weights");
                out.assign(&array(&noise[k][l]).t());
            }
            Site::Biases(l) => {
                let noise = bias_noise.as_ref().expect("noise of the biases");
                out.assign(&Array1::from(noise[k][l].clone()));
            }
        }
    }
}

fn array(rows: &Matrix) -> Array2<f32> {
    let columns = rows.first().map_or(0, Vec::len);
    Array2::from_shape_vec((rows.len(), columns), rows.concat()).expect("rows of one length")
}

fn decorrelate(network: &mut Network, pass: &Pass, alpha: f32, kappa: f32, form: Form) {
    for (l, layer) in network.layers.iter_mut().enumerate() {
        if let Some(r) = layer.decorrelation_mut() {
            update(r, pass.decorrelated_input(l).matrix(), alpha, kappa, form);
        }
    }
}

fn update(r: ArrayViewMut2<f32>, x_star: ArrayView2<f32>, alpha: f32, kappa: f32, form: Form) {
    // Buffers follow the form that is cheaper for their capacity: one that makes it `form`.
    let capacity = match form {
        Form::Factored => x_star.nrows(),
        Form::Covariance => x_star.nrows().max(x_star.ncols() + 1),
    };
    let mut decorrelator = Decorrelator::new(capacity, &[x_star.ncols()]);
    decorrelator.update(r, x_star, alpha, kappa, form, &mut Gemm::default());
}

/// C, read from an update that starts at R = I with rate -1: R = I + C.
fn covariance(x_star: ArrayView2<f32>, form: Form) -> Array2<f32> {
    let identity = Array2::eye(x_star.ncols());
    let mut r = identity.clone();
    update(r.view_mut(), x_star, -1.0, 0.0, form);
    r - identity
}

fn put_gradient(path: &str, gradient: &Gradient, computed: &mut Computed) {
    for (l, layer) in gradient.iter().enumerate() {
        computed.put(format!("{path}.grad_W[{l}]"), &layer.weights);
        computed.put(format!("{path}.grad_b[{l}]"), &layer.bias);
    }
}

fn put_decorrelation(path: &str, network: &Network, computed: &mut Computed) {
    for (l, layer) in network.layers.iter().enumerate() {
        if let Some(r) = layer.decorrelation() {
            computed.put(format!("{path}[{l}]"), r);
        }
    }
}

fn put_angles(path: &str, estimate: &Gradient, exact: &Gradient, computed: &mut Computed) {
    let angles = alignment(estimate, exact);
    for (l, angle) in angles.layers.into_iter().enumerate() {
        computed.put_number(format!("{path}.layer_W[{l}]"), angle);
    }
    computed.put_number(format!("{path}.net_W"), angles.network);
    let with_bias = alignment(&bias_as_weights(estimate), &bias_as_weights(exact));
    computed.put_number(format!("{path}.net_Wb"), with_bias.network);
}

/// The gradient with each bias as one more column of the weights.
fn bias_as_weights(gradient: &Gradient) -> Gradient {
    let layer = |layer: &LayerGradient| {
        let bias = layer.bias.view().insert_axis(Axis(1));
        let weights = concatenate(Axis(1), &[layer.weights.view(), bias]).expect("one row a unit");
        LayerGradient {
            weights,
            bias: layer.bias.clone(),
        }
    };
    gradient.iter().map(layer).collect()
}
