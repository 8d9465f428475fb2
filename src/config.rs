//! The configuration of an experiment, and the one table of ranges and defaults.
//!
//! The page, its links, the element's attributes and the native command use the
//! same keys; all of them are checked here and nowhere else.

use crate::activation::Activation;
use crate::algorithm::{self, Algorithm, one_algorithm};
use crate::dataset::{Dataset, DatasetKind, FEWEST_TEST, FEWEST_TRAIN, Shape};
use crate::error::{Error, Problem, Result};
use crate::gradient::Baseline;
use crate::linalg::Arithmetic;
use crate::loss::LossKind;
use crate::noise::NoiseKind;
use crate::optimizer::OptimizerKind;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// An experiment: which algorithms, on what data, how. Keys as in JSON.
///
/// ```
/// use np_playground::config::Config;
///
/// let config = Config::from_json(r#"{"algorithms": ["np", "danp"], "lr": 0.003}"#)?;
/// assert_eq!(config.hidden_sizes, [64, 64]);
///
/// // Every setting that cannot be used is named, with what is allowed.
/// let error = Config::from_json(r#"{"lr": 99, "epochs": 0}"#).expect_err("both are out of range");
/// assert_eq!(
///     error.to_string(),
///     "epochs = 0 cannot be used: choose a whole number from 1 to 1000. \
///      lr = 99 cannot be used: choose a number from 0.000001 to 10."
/// );
/// # Ok::<(), np_playground::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Config {
    /// The data set.
    pub dataset: DatasetKind,
    /// Training images used, class-balanced, chosen by the seed.
    pub train_size: usize,
    /// Test images used, class-balanced, chosen by the seed.
    pub test_size: usize,
    /// Pixels a side of MNIST's images: 28, or 14 (means of 2 x 2 pixels). Own images
    /// stay as they are.
    pub image_size: usize,
    /// Units of each hidden layer, input side first; empty for none.
    pub hidden_sizes: Vec<usize>,
    /// Activation of the hidden layers.
    pub activation: Activation,
    /// Activation of the output layer: softmax or linear.
    pub output: Activation,
    /// Loss of a sample.
    pub loss: LossKind,
    /// The algorithms that are compared.
    pub algorithms: Vec<Algorithm>,
    /// What descends on the gradient estimates.
    pub optimizer: OptimizerKind,
    /// Learning rate.
    pub lr: f64,
    /// Decorrelation rate: the step of R.
    pub decor_lr: f64,
    /// Standard deviation of the noise on every pre-activation, or of WP on every weight.
    pub noise_std: f64,
    /// Noise samples averaged in each step.
    pub num_noise_iters: usize,
    /// Distribution of the noise.
    pub noise: NoiseKind,
    /// What a noisy pass is compared with.
    pub baseline: Baseline,
    /// 0 only decorrelates, 1 only makes the variances equal, between them both: whitening.
    pub kappa: f64,
    /// Samples in a mini-batch.
    pub batch_size: usize,
    /// Passes over the training images.
    pub epochs: usize,
    /// Seed of the first run; run i of `num_seeds` has `seed + i`.
    pub seed: u32,
    /// Runs of each algorithm.
    pub num_seeds: u32,
    /// How products and sums are rounded.
    pub arithmetic: Arithmetic,
    /// Settings of single algorithms that differ from the common ones.
    pub overrides: BTreeMap<Algorithm, Overrides>,
    /// Rates that change on the way.
    pub changes: Vec<Change>,
}

/// Rates that change in the middle of every run that it concerns.
///
/// ```
/// use np_playground::{algorithm::Algorithm, config::Config};
///
/// let text = r#"{"changes": [{"epoch": 2, "lr": 0.0001}, {"algorithm": "np", "epoch": 5, "lr": 0.00003}]}"#;
/// let config = Config::from_json(text)?.check()?;
/// let after = |rule| config.schedule(Algorithm::named(rule).expect("a rule"), 50);
/// assert_eq!(after("bp").len(), 1);
/// assert_eq!(after("np")[1].0, 5 * 50);
/// # Ok::<(), np_playground::Error>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Change {
    /// The algorithm that has these rates of its own from there on; without it, all
    /// that have no such rate of their own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub algorithm: Option<Algorithm>,
    /// Whole epochs before it.
    pub epoch: u32,
    /// Updates before it, besides those of the epochs.
    pub update: u32,
    /// Learning rate from there on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lr: Option<f64>,
    /// Decorrelation rate from there on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decor_lr: Option<f64>,
    /// Standard deviation of the noise from there on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub noise_std: Option<f64>,
}

/// Settings that an algorithm may have of its own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Overrides {
    /// Learning rate of this algorithm.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lr: Option<f64>,
    /// Decorrelation rate of this algorithm.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decor_lr: Option<f64>,
    /// Noise of this algorithm.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub noise_std: Option<f64>,
    /// Noise samples of this algorithm.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub num_noise_iters: Option<usize>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            dataset: DatasetKind::Mnist,
            train_size: 5_000,
            test_size: 2_000,
            image_size: 28,
            hidden_sizes: vec![64, 64],
            activation: Activation::LeakyRelu,
            output: Activation::Softmax,
            loss: LossKind::Ce,
            algorithms: ["bp", "np", "anp", "danp"]
                .iter()
                .filter_map(|n| Algorithm::from_name(n))
                .collect(),
            optimizer: OptimizerKind::Adam,
            lr: 1e-3,
            decor_lr: 1e-3,
            noise_std: 0.01,
            num_noise_iters: 1,
            noise: NoiseKind::Gaussian,
            baseline: Baseline::Clean,
            kappa: 0.0,
            batch_size: 100,
            epochs: 10,
            seed: 0,
            num_seeds: 1,
            arithmetic: Arithmetic::Exact,
            overrides: BTreeMap::new(),
            changes: Vec::new(),
        }
    }
}

/// What a field may hold.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Kind {
    /// A real number; `log`: its scale is logarithmic.
    Number {
        /// Smallest value.
        min: f64,
        /// Largest value.
        max: f64,
        /// Whether a logarithmic scale fits.
        log: bool,
    },
    /// A whole number.
    Integer {
        /// Smallest value.
        min: u64,
        /// Largest value.
        max: u64,
    },
    /// A list of whole numbers.
    Integers {
        /// Smallest value of an item.
        min: u64,
        /// Largest value of an item.
        max: u64,
        /// Longest list.
        max_items: usize,
    },
    /// One of a few words.
    Choice {
        /// The words.
        choices: &'static [&'static str],
    },
    /// One of a few whole numbers.
    IntegerChoice {
        /// The numbers.
        choices: &'static [u64],
    },
    /// One or more names of algorithms.
    Algorithms,
    /// Settings of single algorithms.
    Overrides {
        /// The fields that may be overridden.
        fields: &'static [&'static str],
    },
    /// Rates that change on the way, each with its place.
    Changes {
        /// The fields that may change.
        fields: &'static [&'static str],
        /// Longest list.
        max_items: usize,
    },
}

/// A row of the table of settings.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Field {
    /// The key.
    pub name: &'static str,
    /// What it may hold.
    #[serde(flatten)]
    pub kind: Kind,
    /// Whether it may change while a run goes on.
    pub live: bool,
}

const fn field(name: &'static str, kind: Kind) -> Field {
    Field {
        name,
        kind,
        live: false,
    }
}

/// The smallest and the largest number of own images: the files say how many there are, and
/// lists of 32 bits count them. None for settings that hold for all images.
fn own_range(name: &str) -> Option<[u64; 2]> {
    let fewest = match name {
        "train_size" => FEWEST_TRAIN,
        "test_size" => FEWEST_TEST,
        _ => return None,
    };
    Some([fewest as u64, u32::MAX.into()])
}

const fn live(name: &'static str, min: f64, max: f64) -> Field {
    Field {
        name,
        kind: Kind::Number {
            min,
            max,
            log: true,
        },
        live: true,
    }
}

/// THE table of settings; the defaults are [`Config::default`].
pub const FIELDS: &[Field] = &[
    field(
        "dataset",
        Kind::Choice {
            choices: &["mnist", "own"],
        },
    ),
    field(
        "train_size",
        Kind::Integer {
            min: 10,
            max: 60_000,
        },
    ),
    field(
        "test_size",
        Kind::Integer {
            min: 10,
            max: 10_000,
        },
    ),
    field("image_size", Kind::IntegerChoice { choices: &[28, 14] }),
    field(
        "hidden_sizes",
        Kind::Integers {
            min: 1,
            max: 2048,
            max_items: 8,
        },
    ),
    field(
        "activation",
        Kind::Choice {
            choices: &["leaky_relu", "relu", "tanh", "step"],
        },
    ),
    field(
        "output",
        Kind::Choice {
            choices: &["softmax", "linear"],
        },
    ),
    field(
        "loss",
        Kind::Choice {
            choices: &["ce", "mse"],
        },
    ),
    field("algorithms", Kind::Algorithms),
    field(
        "optimizer",
        Kind::Choice {
            choices: &["sgd", "adam"],
        },
    ),
    live("lr", 1e-6, 10.0),
    live("decor_lr", 1e-6, 1.0),
    live("noise_std", 1e-4, 10.0),
    field("num_noise_iters", Kind::Integer { min: 1, max: 100 }),
    field(
        "noise",
        Kind::Choice {
            choices: &["gaussian", "rademacher"],
        },
    ),
    field(
        "baseline",
        Kind::Choice {
            choices: &["clean", "noisy"],
        },
    ),
    field(
        "kappa",
        Kind::Number {
            min: 0.0,
            max: 1.0,
            log: false,
        },
    ),
    field("batch_size", Kind::Integer { min: 1, max: 2_000 }),
    field("epochs", Kind::Integer { min: 1, max: 1_000 }),
    field(
        "seed",
        Kind::Integer {
            min: 0,
            max: u32::MAX as u64,
        },
    ),
    field("num_seeds", Kind::Integer { min: 1, max: 20 }),
    field(
        "arithmetic",
        Kind::Choice {
            choices: &["exact", "fast"],
        },
    ),
    field(
        "overrides",
        Kind::Overrides {
            fields: &["lr", "decor_lr", "noise_std", "num_noise_iters"],
        },
    ),
    field(
        "changes",
        Kind::Changes {
            fields: &["lr", "decor_lr", "noise_std"],
            max_items: 1_000,
        },
    ),
];

impl Field {
    /// What it may hold with this data set.
    fn kind(&self, dataset: DatasetKind) -> Kind {
        match (dataset, own_range(self.name)) {
            (DatasetKind::Own, Some([min, max])) => Kind::Integer { min, max },
            _ => self.kind,
        }
    }
}

impl Kind {
    /// What this kind allows, as the end of a sentence "choose ...".
    fn allowed(&self) -> String {
        match self {
            Kind::Number { min, max, .. } => format!("a number from {min} to {max}"),
            Kind::Integer { min, max } => format!("a whole number from {min} to {max}"),
            Kind::Integers {
                min,
                max,
                max_items,
            } => {
                format!("a list of at most {max_items} whole numbers, each from {min} to {max}")
            }
            Kind::Choice { choices } => format!("one of {}", choices.join(", ")),
            Kind::IntegerChoice { choices } => {
                let words: Vec<String> = choices.iter().map(u64::to_string).collect();
                format!("one of {}", words.join(", "))
            }
            Kind::Algorithms => {
                format!(
                    "one or more of {}, each once",
                    algorithm::names().join(", ")
                )
            }
            Kind::Overrides { fields } => {
                format!(
                    "an object like {{\"np\": {{\"lr\": 0.001}}}} with {}",
                    fields.join(", ")
                )
            }
            Kind::Changes { fields, max_items } => {
                format!(
                    "a list of at most {max_items} changes like {{\"epoch\": 2, \"update\": 0, \"lr\": 0.001}} with {}",
                    fields.join(", ")
                )
            }
        }
    }

    fn allows(&self, value: &Value) -> bool {
        let within =
            |v: &Value, min: u64, max: u64| v.as_u64().is_some_and(|v| (min..=max).contains(&v));
        match self {
            Kind::Number { min, max, .. } => {
                value.as_f64().is_some_and(|v| (*min..=*max).contains(&v))
            }
            Kind::Integer { min, max } => within(value, *min, *max),
            Kind::Integers {
                min,
                max,
                max_items,
            } => value.as_array().is_some_and(|items| {
                items.len() <= *max_items && items.iter().all(|v| within(v, *min, *max))
            }),
            Kind::Choice { choices } => value.as_str().is_some_and(|v| choices.contains(&v)),
            Kind::IntegerChoice { choices } => value.as_u64().is_some_and(|v| choices.contains(&v)),
            Kind::Algorithms => value.as_array().is_some_and(|items| are_algorithms(items)),
            Kind::Overrides { .. } => value.is_object(),
            Kind::Changes { max_items, .. } => value
                .as_array()
                .is_some_and(|items| items.len() <= *max_items),
        }
    }
}

fn are_algorithms(items: &[Value]) -> bool {
    let known = |v: &Value| v.as_str().and_then(Algorithm::from_name).is_some();
    let once = |(i, v): (usize, &Value)| !items[..i].contains(v);
    !items.is_empty() && items.iter().all(known) && items.iter().enumerate().all(once)
}

/// Every problem of a configuration's single fields.
fn field_problems(given: &Map<String, Value>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let dataset = match given.get("dataset").and_then(Value::as_str) {
        Some("own") => DatasetKind::Own,
        _ => DatasetKind::Mnist,
    };
    for (name, value) in given {
        let Some(field) = FIELDS.iter().find(|f| f.name == name) else {
            problems.push(unknown(name, value, FIELDS.iter().map(|f| f.name)));
            continue;
        };
        match field.kind(dataset) {
            kind if !kind.allows(value) => {
                problems.push(Problem::new(name, value, kind.allowed()));
            }
            Kind::Overrides { fields } => problems.extend(override_problems(value, fields)),
            Kind::Changes { fields, .. } => problems.extend(change_problems(value, fields)),
            _ => {}
        }
    }
    problems
}

fn override_problems(overrides: &Value, fields: &[&'static str]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (name, settings) in overrides.as_object().into_iter().flatten() {
        let path = format!("overrides.{name}");
        if Algorithm::from_name(name).is_none() {
            problems.push(Problem::new(&path, settings, one_algorithm()));
            continue;
        }
        let Some(settings) = settings.as_object() else {
            problems.push(Problem::new(
                &path,
                settings,
                "an object like {\"lr\": 0.001}",
            ));
            continue;
        };
        let wrong = |(key, value): (&String, &Value)| problem_of(&path, key, value, fields);
        problems.extend(settings.iter().filter_map(wrong));
    }
    problems
}

/// What is no place, no algorithm or no rate in a list of changes.
fn change_problems(changes: &Value, fields: &[&'static str]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (index, change) in changes.as_array().into_iter().flatten().enumerate() {
        let path = format!("changes.{index}");
        let Some(change) = change.as_object() else {
            problems.push(Problem::new(
                &path,
                change,
                "an object like {\"epoch\": 2, \"update\": 0, \"lr\": 0.001}",
            ));
            continue;
        };
        for (key, value) in change {
            let at = format!("{path}.{key}");
            match key.as_str() {
                "epoch" | "update" if PLACE.allows(value) => {}
                "epoch" | "update" => problems.push(Problem::new(&at, value, PLACE.allowed())),
                "algorithm" if value.as_str().and_then(Algorithm::from_name).is_some() => {}
                "algorithm" => problems.push(Problem::new(&at, value, one_algorithm())),
                _ => problems.extend(problem_of(&path, key, value, fields)),
            }
        }
    }
    problems
}

/// Epochs and updates before a change: more than any run has.
const PLACE: Kind = Kind::Integer {
    min: 0,
    max: 100_000_000,
};

/// What is wrong with a setting below `path`, which is to be one of `fields`.
fn problem_of(path: &str, key: &str, value: &Value, fields: &[&'static str]) -> Option<Problem> {
    let path = format!("{path}.{key}");
    match FIELDS
        .iter()
        .find(|f| f.name == key && fields.contains(&f.name))
    {
        Some(field) if !field.kind.allows(value) => {
            Some(Problem::new(&path, value, field.kind.allowed()))
        }
        Some(_) => None,
        None => Some(unknown(&path, value, fields.iter().copied())),
    }
}

fn unknown(name: &str, value: &Value, known: impl Iterator<Item = &'static str>) -> Problem {
    let known: Vec<&str> = known.collect();
    let allowed = format!("one of {}", known.join(", "));
    let message = format!("\"{name}\" is no setting: take {allowed}, or leave it out.");
    Problem {
        field: name.into(),
        value: value.to_string(),
        allowed,
        message,
    }
}

/// As in JavaScript, where 3.0 is 3: other programs write whole numbers like that.
fn one_kind_of_number(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(one_kind_of_number),
        Value::Object(keys) => keys.values_mut().for_each(one_kind_of_number),
        Value::Number(number) => {
            let x = number.as_f64().unwrap_or(f64::NAN);
            if x == f64::from(x as u32) {
                *value = json!(x as u32);
            }
        }
        _ => {}
    }
}

impl Config {
    /// Reads a configuration; keys left out take their defaults.
    ///
    /// # Errors
    /// [`Error::Config`] with every unknown key and every value outside its range.
    pub fn from_json(text: &str) -> Result<Self> {
        let not_json = |message: String| {
            Error::Config(vec![Problem {
                field: "configuration".into(),
                value: String::new(),
                allowed: "a JSON object".into(),
                message: format!(
                    "The configuration is not a JSON object ({message}): write one like {{\"lr\": 0.001}}."
                ),
            }])
        };
        let mut value = serde_json::from_str(text).map_err(|e| not_json(e.to_string()))?;
        one_kind_of_number(&mut value);
        let given = value
            .as_object()
            .ok_or_else(|| not_json("another JSON value stands there".into()))?;
        let problems = field_problems(given);
        if !problems.is_empty() {
            return Err(Error::Config(problems));
        }
        serde_json::from_value(value).map_err(|e| not_json(e.to_string()))
    }

    /// Checks every field and their combination.
    ///
    /// # Errors
    /// [`Error::Config`] with every problem at once.
    pub fn check(&self) -> Result<ValidConfig> {
        let value = json!(self);
        let mut problems = value.as_object().map(field_problems).unwrap_or_default();
        problems.extend(self.combination_problems());
        if problems.is_empty() {
            Ok(ValidConfig(self.clone()))
        } else {
            Err(Error::Config(problems))
        }
    }

    fn combination_problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.loss == LossKind::Ce && self.output != Activation::Softmax {
            problems.push(Problem::new(
                "loss",
                &json!(self.loss),
                "mse with a linear output, or output = softmax with ce (cross-entropy needs probabilities)",
            ));
        }
        let refuse =
            |a: &&Algorithm| self.baseline == Baseline::Noisy && !a.rule().about().noisy_baseline;
        let refusing: Vec<String> = self
            .algorithms
            .iter()
            .filter(refuse)
            .map(|a| a.to_string())
            .collect();
        if !refusing.is_empty() {
            let able: Vec<String> = Algorithm::all()
                .filter(|a| a.rule().about().noisy_baseline)
                .map(|a| a.to_string())
                .collect();
            problems.push(Problem::new(
                "baseline",
                &json!(self.baseline),
                format!(
                    "clean, or leave out {}: only {} can compare two noisy passes",
                    refusing.join(", "),
                    able.join(", ")
                ),
            ));
        }
        if self
            .seed
            .checked_add(self.num_seeds.saturating_sub(1))
            .is_none()
        {
            problems.push(Problem::new(
                "seed",
                &json!(self.seed),
                format!(
                    "{} or less, so that every run has a seed",
                    u32::MAX - self.num_seeds + 1
                ),
            ));
        }
        problems
    }
}

/// A configuration that has passed [`Config::check`].
///
/// ```
/// use np_playground::config::Config;
///
/// let config = Config { num_seeds: 3, ..Config::default() }.check()?;
/// let runs = config.runs();
/// assert_eq!((runs.len(), runs[1].0.name(), runs[1].1), (4 * 3, "bp", 1));
/// # Ok::<(), np_playground::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct ValidConfig(Config);

impl std::ops::Deref for ValidConfig {
    type Target = Config;
    fn deref(&self) -> &Config {
        &self.0
    }
}

impl ValidConfig {
    /// Every run: each algorithm with each seed, in the order of the configuration.
    pub fn runs(&self) -> Vec<(Algorithm, u32)> {
        let seeds = |a: &Algorithm| {
            let a = *a;
            (0..self.num_seeds).map(move |i| (a, self.seed + i))
        };
        self.algorithms.iter().flat_map(seeds).collect()
    }

    /// The rates that `algorithm` begins with: its own where `overrides` has them, else
    /// the common ones.
    pub fn rates(&self, algorithm: Algorithm) -> Rates {
        let own = self.overrides.get(&algorithm).copied().unwrap_or_default();
        Rates {
            lr: own.lr.unwrap_or(self.lr) as f32,
            decor_lr: own.decor_lr.unwrap_or(self.decor_lr) as f32,
            noise_std: own.noise_std.unwrap_or(self.noise_std) as f32,
        }
    }

    /// The rates of `algorithm` wherever they change on the way, each with the updates
    /// done before; in the order of the updates, each of them once.
    pub fn schedule(&self, algorithm: Algorithm, steps_per_epoch: u32) -> Vec<(u64, Rates)> {
        let own = self.overrides.get(&algorithm).copied().unwrap_or_default();
        let mut lr = Course::new(own.lr, self.lr);
        let mut decor_lr = Course::new(own.decor_lr, self.decor_lr);
        let mut noise_std = Course::new(own.noise_std, self.noise_std);
        let mut places: Vec<(u64, &Change)> = Vec::new();
        for change in &self.changes {
            if change.algorithm.is_none_or(|a| a == algorithm) {
                let place = change.place(steps_per_epoch);
                let index = places.partition_point(|(before, _)| *before <= place);
                places.insert(index, (place, change));
            }
        }
        let begun = self.rates(algorithm);
        let mut schedule: Vec<(u64, Rates)> = Vec::new();
        for (place, change) in places {
            let alone = change.algorithm.is_some();
            let rates = Rates {
                lr: lr.follow(change.lr, alone),
                decor_lr: decor_lr.follow(change.decor_lr, alone),
                noise_std: noise_std.follow(change.noise_std, alone),
            };
            schedule.pop_if(|(before, _)| *before == place);
            // One that passes it by, or says what it has, changes nothing.
            if rates != schedule.last().map_or(begun, |(_, rates)| *rates) {
                schedule.push((place, rates));
            }
        }
        schedule
    }

    /// The configuration of one of its runs alone, which gives the same bits.
    ///
    /// # Errors
    /// [`Error::Config`] if the rule cannot do what the configuration asks for.
    pub fn of_run(&self, algorithm: Algorithm, seed: u32) -> Result<Self> {
        let alone = Config {
            algorithms: vec![algorithm],
            seed,
            num_seeds: 1,
            ..self.0.clone()
        };
        alone.check()
    }

    /// With one more change, whose rates may be any: two of one rule in the same place are
    /// one, and the later says what both do.
    ///
    /// # Errors
    /// [`Error::Config`] if there are more of them than a configuration may have.
    pub(crate) fn with_change(mut self, change: Change) -> Result<Self> {
        let changes = &mut self.0.changes;
        let same = |other: &Change| {
            (other.algorithm, other.epoch, other.update)
                == (change.algorithm, change.epoch, change.update)
        };
        let before = changes.iter().position(same).map(|at| changes.remove(at));
        let before = before.unwrap_or_default();
        changes.push(Change {
            lr: change.lr.or(before.lr),
            decor_lr: change.decor_lr.or(before.decor_lr),
            noise_std: change.noise_std.or(before.noise_std),
            ..change
        });
        let changes = json!(changes);
        let kind = FIELDS.iter().find(|field| field.name == "changes");
        match kind.map(|field| field.kind) {
            Some(kind) if !kind.allows(&changes) => {
                let problem = Problem::new("changes", &changes, kind.allowed());
                Err(Error::Config(vec![problem]))
            }
            _ => Ok(self),
        }
    }

    /// Without the changes of some places.
    pub(crate) fn without_changes(mut self, is_gone: impl Fn(&Change) -> bool) -> Self {
        self.0.changes.retain(|change| !is_gone(change));
        self
    }

    /// With another number of epochs.
    ///
    /// # Errors
    /// [`Error::Config`] if it is out of range.
    pub(crate) fn with_epochs(mut self, epochs: usize) -> Result<Self> {
        self.0.epochs = epochs;
        self.0.check()
    }

    /// Noise samples a step of `algorithm`; 0 for a rule without noise.
    pub fn noise_samples(&self, algorithm: Algorithm) -> usize {
        let own = self
            .overrides
            .get(&algorithm)
            .and_then(|own| own.num_noise_iters);
        if algorithm.rule().noisy_passes(1) == 0 {
            0
        } else {
            own.unwrap_or(self.num_noise_iters)
        }
    }

    /// What the networks of these runs read and answer, on these images: for MNIST as the
    /// configuration says, for own data as the images say.
    ///
    /// # Errors
    /// What [`Shape::of_mnist`] and [`Shape::of_own`] report.
    pub fn shape(&self, train: &Dataset, test: &Dataset) -> Result<Shape> {
        match self.dataset {
            DatasetKind::Mnist => Shape::of_mnist(self.image_size, train, test),
            DatasetKind::Own => Shape::of_own(train, test),
        }
    }

    /// Whether this build and these images can do its runs, asked before any of them begins.
    ///
    /// # Errors
    /// What [`Trainer::new`](crate::trainer::Trainer::new) would report.
    pub fn fits(&self, train: &Dataset, test: &Dataset) -> Result<()> {
        self.arithmetic.require()?;
        self.shape(train, test)?;
        train.holds("train_size", self.train_size)?;
        test.holds("test_size", self.test_size)
    }

    /// Units of every layer, the input first: [pixels, hidden..., classes].
    pub fn layer_sizes(&self, shape: &Shape) -> Vec<usize> {
        let hidden = self.hidden_sizes.as_slice();
        [&[shape.pixels()], hidden, &[shape.classes]].concat()
    }
}

impl Change {
    /// Updates of the whole run before it.
    pub fn place(&self, steps_per_epoch: u32) -> u64 {
        u64::from(self.epoch) * u64::from(steps_per_epoch) + u64::from(self.update)
    }
}

/// One rate of one algorithm, on its way through the changes.
struct Course {
    value: f64,
    own: bool,
}

impl Course {
    fn new(own: Option<f64>, common: f64) -> Self {
        Self {
            value: own.unwrap_or(common),
            own: own.is_some(),
        }
    }

    /// A common change passes by who has a rate of its own.
    fn follow(&mut self, to: Option<f64>, alone: bool) -> f32 {
        if let Some(to) = to.filter(|_| alone || !self.own) {
            self.value = to;
            self.own = alone;
        }
        self.value as f32
    }
}

/// The settings that may change while a run goes on.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Rates {
    /// Learning rate.
    pub lr: f32,
    /// Decorrelation rate.
    pub decor_lr: f32,
    /// Standard deviation of the noise.
    pub noise_std: f32,
}

/// The table of settings, the algorithms and the version as JSON, for the page.
pub fn schema() -> Value {
    let defaults = json!(Config::default());
    let fields: Vec<Value> = FIELDS
        .iter()
        .map(|field| {
            let mut row = json!(field);
            row["default"] = defaults[field.name].clone();
            if let Some(range) = own_range(field.name) {
                row["own"] = json!(range);
            }
            row
        })
        .collect();
    let algorithms: Vec<Value> = Algorithm::all().map(described).collect();
    json!({
        "version": env!("CARGO_PKG_VERSION"), "algorithms": algorithms, "fields": fields,
        "shard_size": crate::dataset::SHARD_SIZE,
    })
}

/// An algorithm as the page knows it.
fn described(algorithm: Algorithm) -> Value {
    let (rule, about) = (algorithm.rule(), algorithm.rule().about());
    json!({
        "name": algorithm, "rule": algorithm.plain(), "decorrelated": algorithm.decorrelated(),
        "label": algorithm.label(), "title": about.title, "words": about.words,
        "equation": about.equation, "source": about.source, "paper": about.paper,
        "noise": rule.noisy_passes(1) > 0, "derivatives": about.derivatives,
        "noisy_baseline": about.noisy_baseline,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> Vec<Problem> {
        match Config::from_json(text).and_then(|c| c.check()) {
            Err(Error::Config(problems)) => problems,
            other => panic!("expected problems, got {other:?}"),
        }
    }

    #[test]
    fn the_table_has_a_row_for_every_key_and_allows_every_default() {
        let defaults = json!(Config::default());
        let keys: Vec<&String> = defaults.as_object().expect("an object").keys().collect();
        assert_eq!(keys.len(), FIELDS.len());
        assert!(field_problems(defaults.as_object().expect("an object")).is_empty());
        assert!(Config::default().check().is_ok());
    }

    #[test]
    fn every_choice_in_the_table_can_be_read() {
        for field in FIELDS {
            if let Kind::Choice { choices } = field.kind {
                for choice in choices {
                    let mut given = json!({ field.name: choice });
                    if *choice == "linear" {
                        given["loss"] = json!("mse");
                    }
                    let algorithms = json!(["np", "danp"]);
                    given["algorithms"] = algorithms;
                    let config = Config::from_json(&given.to_string()).and_then(|c| c.check());
                    assert!(config.is_ok(), "{} = {choice}: {config:?}", field.name);
                }
            }
        }
    }

    #[test]
    fn every_wrong_field_is_reported_at_once_with_value_and_range() {
        let found = problems(
            r#"{"lr": 99, "epochs": 0.5, "hidden_sizes": [0], "algorithms": [], "noise": "pink", "bogus": 1,
                "overrides": {"np": {"lr": -1, "epochs": 3}, "qp": {}}}"#,
        );
        let fields: Vec<&str> = found.iter().map(|p| p.field.as_str()).collect();
        for field in [
            "lr",
            "epochs",
            "hidden_sizes",
            "algorithms",
            "noise",
            "bogus",
            "overrides.np.lr",
            "overrides.np.epochs",
            "overrides.qp",
        ] {
            assert!(fields.contains(&field), "{field} is missing in {fields:?}");
        }
        let lr = found.iter().find(|p| p.field == "lr").expect("lr");
        assert_eq!(
            lr.message,
            "lr = 99 cannot be used: choose a number from 0.000001 to 10."
        );
    }

    #[test]
    fn own_images_are_as_many_as_there_are() {
        let sizes = |dataset: &str, train: u64, test: u64| {
            problems(
                &json!({"dataset": dataset, "train_size": train, "test_size": test}).to_string(),
            )
        };
        for (train, test) in [(10, 2), (48, 12), (1_000_000, 200_000)] {
            let keys = json!({"dataset": "own", "train_size": train, "test_size": test});
            let config = Config::from_json(&keys.to_string()).and_then(|c| c.check());
            assert!(config.is_ok(), "{config:?}");
        }
        assert_eq!(sizes("own", 9, 1).len(), 2);
        let mnist = sizes("mnist", 60_001, 9);
        assert!(
            mnist[0].message.contains("from 10 to 10000") && mnist[1].message.contains("60000"),
            "{mnist:?}"
        );
    }

    #[test]
    fn combinations_that_make_no_sense_are_refused() {
        assert_eq!(problems(r#"{"output": "linear"}"#)[0].field, "loss");
        let noisy = &problems(r#"{"baseline": "noisy", "algorithms": ["bp", "np", "dinp"]}"#)[0];
        assert!(noisy.message.contains("bp, dinp"), "{}", noisy.message);
        assert_eq!(
            problems(r#"{"seed": 4294967295, "num_seeds": 2}"#)[0].field,
            "seed"
        );
        assert_eq!(problems("[1]")[0].field, "configuration");
    }

    #[test]
    fn overrides_replace_the_common_rates() {
        let text = r#"{"lr": 0.5, "num_noise_iters": 3, "overrides": {"np": {"lr": 0.25, "num_noise_iters": 7}}}"#;
        let config = Config::from_json(text)
            .and_then(|c| c.check())
            .expect("valid");
        let named = |name| Algorithm::from_name(name).expect("known");
        assert_eq!(config.rates(named("np")).lr, 0.25);
        assert_eq!(config.rates(named("danp")).lr, 0.5);
        assert_eq!(
            ["np", "anp", "bp"].map(|n| config.noise_samples(named(n))),
            [7, 3, 0]
        );
    }
}
