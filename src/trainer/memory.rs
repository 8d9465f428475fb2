//! How much memory a run takes, known before it begins: so that what finds no room is
//! refused then, and no run dies of it later.
//!
//! Numbers have four bytes. Of layers of N_0 (pixels) to N_L (classes) units, with B samples in a
//! batch, C = max(B, [`EVALUATION_ROWS`]) in a pass, P = sum of (N_(l-1) + 1) N_l parameters, Q
//! of them on live inputs, M the widest input of a layer, a run holds
//!
//! | what | numbers |
//! | --- | --- |
//! | W, b | P |
//! | R, if it decorrelates | sum of N_(l-1)² |
//! | the rule's own matrices | [`Rule::own_numbers`] |
//! | the two means of Adam | 2 Q |
//! | the gradient | Q, and as many again for the noise of weights |
//! | a pass: X_0, targets, A_l, X_l | C (N_0 + N_L + sum of 2 N_l) |
//! | its X*, if it decorrelates; its own noise, if it has any | C sum of N_(l-1); C sum of N_l |
//! | a batch as lists, of up to K pixels each | 4 C K |
//! | a noisy pass and the errors | B (sum of 4 N_l + M') |
//! | the update of R | (B or M) M, and M² where C itself is computed; of pixels, those in use |
//! | the products' copies | 2^14, and 256 for each unit of the widest layer, at most 2^18 |
//!
//! M' the widest hidden layer; and its images, a number for each pixel that is not zero, or half
//! a number for every pixel. Beside all that there is once the most of what comes and goes: the
//! exact gradient with M² for the decorrelation loss, a checkpoint, or the first layer twice.
//!
//! [`Rule::own_numbers`]: crate::gradient::Rule::own_numbers

use super::{Rows, Trainer};
use crate::algorithm::Algorithm;
use crate::config::Config;
use crate::dataset::{DatasetKind, SHARD_SIZE, Shape};
use crate::decorrelation::Form;
use crate::error::{Error, Result};
use crate::gradient::Baseline;
use crate::optimizer::OptimizerKind;
use crate::samples;
use std::hint::black_box;

/// Bytes of a number.
const NUMBER: f64 = 4.0;
/// Depth of the panels that the products copy their matrices into, of 64 rows and at most 1024 columns.
const PANEL: f64 = 256.0;
/// What an instance of the WebAssembly module has of its own: constants and a stack.
const MODULE: f64 = 1.2e6;
/// An allocation can have no more than two gigabytes.
const PIECE: usize = 1 << 30;
/// Pixels and label of an image in MNIST's files.
const MNIST_IMAGE: f64 = 28.0 * 28.0 + 1.0;

/// What is known of the images of a run. Counts are f64 here, which holds the bytes of any
/// configuration exactly, or nearly so.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Images {
    /// Training images that it uses.
    pub train: usize,
    /// Test images.
    pub test: usize,
    /// Pixels of an image, as the networks read it.
    pub pixels: usize,
    /// Classes.
    pub classes: usize,
    /// Pixels that are not zero in some training image.
    pub live: f64,
    /// Bytes in which it keeps the pixels of all images.
    pub kept: f64,
    /// Most pixels of an image that are not zero, where any images are kept as lists of those.
    pub longest: f64,
}

/// Bytes of an instance of the WebAssembly module with a run of `algorithm` in it, before any image
/// has been read: the module, the files that the images are taken from, and the run.
pub fn of_instance(config: &Config, algorithm: Algorithm, shape: &Shape) -> f64 {
    let stored = |images: usize| match images {
        // A file of its own, with so many images or, of MNIST, a shard's.
        ..SHARD_SIZE if config.dataset == DatasetKind::Own => images,
        _ => images.div_ceil(SHARD_SIZE) * SHARD_SIZE,
    };
    let image = match config.dataset {
        DatasetKind::Mnist => MNIST_IMAGE,
        DatasetKind::Own => shape.pixels() as f64 + 1.0,
    };
    let (train, test) = (stored(config.train_size), stored(config.test_size));
    let images = Images::expected(config, shape);
    let share = config.train_size as f64 / (config.train_size + config.test_size) as f64;
    let kept = of_images(&images);
    // Each file passes through the same place, which then serves for what finds room in it.
    let mut free = image * train.min(SHARD_SIZE) as f64;
    let mut bytes = MODULE + image * (train + test) as f64 + free;
    for part in [
        kept * share,
        kept * (1.0 - share),
        of_network(config, algorithm, &images),
    ] {
        if part <= free {
            free -= part;
        } else {
            bytes += part;
        }
    }
    bytes
}

/// Bytes that a run of `algorithm` takes, beside the data sets that it is given.
pub fn of_run(config: &Config, algorithm: Algorithm, images: &Images) -> f64 {
    of_images(images) + of_network(config, algorithm, images)
}

/// Pixels, labels, where each image begins, and an order of those for training.
fn of_images(images: &Images) -> f64 {
    images.kept + 9.0 * images.train as f64 + 5.0 * images.test as f64
}

/// Those that it takes when it has its images.
pub(super) fn of_network(config: &Config, algorithm: Algorithm, images: &Images) -> f64 {
    let numbers = numbers(config, algorithm, images);
    NUMBER * (numbers.held + numbers.kept.max(numbers.measuring))
}

/// Numbers that a run holds, as the table above counts them.
struct Numbers {
    held: f64,
    /// In a checkpoint.
    kept: f64,
    /// Of what comes and goes otherwise.
    measuring: f64,
}

#[inline(never)]
fn numbers(config: &Config, algorithm: Algorithm, images: &Images) -> Numbers {
    let rows = Rows::of(config, images.train);
    let (rule, hidden, classes) = (algorithm.rule(), &config.hidden_sizes, images.classes);
    let decorrelated = if algorithm.decorrelated() { 1.0 } else { 0.0 };
    let (mut units, mut inputs, mut squares, mut parameters) = (0.0, 0.0, 0.0, 0.0);
    let (mut widest, mut widest_hidden, mut covariance) = (0.0_f64, 0.0_f64, 0.0_f64);
    let pixels = images.pixels as f64;
    let noise_on_weights = rule.about().moves_dead_inputs;
    // A rule that moves the weights of all pixels keeps them all in use.
    let used = if noise_on_weights {
        pixels
    } else {
        images.live
    };
    let (mut below, mut live, mut widest_live) = (images.pixels, used, 0.0_f64);
    for &above in hidden.iter().chain([&classes]) {
        let (n, m) = (below as f64, above as f64);
        parameters += (n + 1.0) * m;
        units += m;
        inputs += n;
        squares += n * n;
        widest = widest.max(n);
        widest_live = widest_live.max(live);
        if Form::cheaper(rows.batch, live as usize) == Form::Covariance {
            covariance = covariance.max(live);
        }
        (below, live) = (above, m);
    }
    for &n in hidden {
        widest_hidden = widest_hidden.max(n as f64);
    }
    let first = hidden.first().map_or(classes, |n| *n) as f64;
    let learned = parameters - (pixels - used) * first;
    let means = match config.optimizer {
        OptimizerKind::Adam => 2.0,
        OptimizerKind::Sgd => 0.0,
    };
    let own = rule.own_numbers(hidden, classes) as f64;
    let kept = parameters + decorrelated * squares + own + means * learned;
    let gradients = if noise_on_weights { 2.0 } else { 1.0 };
    let noisy = if config.baseline == Baseline::Noisy {
        3.0
    } else {
        2.0
    };
    let (batch, all_rows) = (rows.batch as f64, rows.pass as f64);
    let sample =
        pixels + classes as f64 + noisy * units + decorrelated * inputs + 4.0 * images.longest;
    let update_of_r = batch.max(covariance) * widest_live + covariance * covariance;
    let panels = PANEL * (64.0 + widest.max(units - classes as f64).min(1024.0));
    Numbers {
        held: kept
            + gradients * learned
            + all_rows * sample
            + batch * (4.0 * units + widest_hidden)
            + decorrelated * update_of_r
            + panels,
        kept,
        measuring: (learned + widest * widest).max(2.0 * pixels * (first + decorrelated * pixels)),
    }
}

impl Images {
    /// Those of a run with these settings: how dark they are is known of MNIST, and of own images
    /// supposed to be whatever takes most.
    fn expected(config: &Config, shape: &Shape) -> Self {
        let (train, test) = (config.train_size, config.test_size);
        let share = samples::expected(config.dataset, config.image_size, train);
        let all = shape.pixels() as f64;
        Self {
            train,
            test,
            pixels: shape.pixels(),
            classes: shape.classes,
            live: share.live * all,
            kept: NUMBER * share.mean * all * (train as f64 + test as f64),
            longest: share.most * all,
        }
    }
}

/// Makes sure that so many bytes can be had: they are asked for at once, and are free then for what
/// is allocated bit by bit. Only WebAssembly's memory stays when it has been given back.
///
/// # Errors
/// [`Error::Memory`] if they cannot.
pub(super) fn reserve(bytes: f64) -> Result<()> {
    let mut pieces: Vec<Vec<u8>> = Vec::new();
    let mut left = if cfg!(target_arch = "wasm32") {
        bytes as usize
    } else {
        0
    };
    while left > 0 {
        let mut piece = Vec::new();
        let none = |_| Error::Memory {
            what: "This run".into(),
            bytes: bytes as u64,
            remedy: "a smaller network or batch, or fewer images",
        };
        piece.try_reserve_exact(left.min(PIECE)).map_err(none)?;
        left -= left.min(PIECE);
        pieces.push(piece);
    }
    black_box(&pieces);
    Ok(())
}

impl Trainer {
    /// Bytes that the run takes, by [`of_run`], with the images that it has.
    pub fn memory(&self) -> f64 {
        of_run(&self.config, self.algorithm, &self.data.images())
    }

    /// Bytes of a checkpoint, at most: its numbers, the order of the pixels, the configuration and a
    /// history, whose rows have nine bytes a number.
    pub(super) fn checkpoint_room(&self) -> usize {
        let numbers = numbers(&self.config, self.algorithm, &self.data.images());
        let history = self.state.history.len() * 9 * (10 + 2 * self.network.layers.len());
        let order = 3 * self.data.shape.pixels();
        (NUMBER * numbers.kept) as usize + order + self.state.config.len() + history + 1024
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    /// Ten images of three pixels, one of which is never used, for a network of 3-4-2 units.
    const IMAGES: Images = Images {
        train: 10,
        test: 10,
        pixels: 3,
        classes: 2,
        live: 2.0,
        kept: 100.0,
        longest: 1.0,
    };

    fn of(algorithm: &str, keys: Value) -> Numbers {
        let mut all =
            json!({"dataset": "own", "hidden_sizes": [4], "batch_size": 5, "optimizer": "sgd"});
        let keys = keys.as_object().expect("an object").clone();
        all.as_object_mut().expect("an object").extend(keys);
        let config = Config::from_json(&all.to_string()).expect("valid");
        let algorithm = Algorithm::from_name(algorithm).expect("known");
        numbers(&config, algorithm, &IMAGES)
    }

    /// What a run has more than the plainest: held, in a checkpoint.
    fn more(algorithm: &str, keys: Value) -> [f64; 2] {
        let (this, plain) = (of(algorithm, keys), of("bp", json!({})));
        [this.held - plain.held, this.kept - plain.kept]
    }

    #[test]
    fn the_plainest_run_is_counted_by_hand() {
        let (parameters, live) = (16.0 + 10.0, 12.0 + 10.0);
        let pass = 250.0 * (3.0 + 2.0 + 2.0 * 6.0 + 4.0);
        let estimate = 5.0 * (4.0 * 6.0 + 4.0);
        let panels = 256.0 * (64.0 + 4.0);
        let run = of("bp", json!({}));
        assert_eq!(run.held, parameters + live + pass + estimate + panels);
        assert_eq!(run.kept, parameters);
        assert_eq!(run.measuring, live + 16.0);
    }

    #[test]
    fn each_part_adds_what_it_takes() {
        let plain = json!({});
        assert_eq!(more("np", plain.clone()), [0.0, 0.0]);
        assert_eq!(more("bp", json!({"optimizer": "adam"})), [44.0, 44.0]);
        assert_eq!(more("np", json!({"baseline": "noisy"})), [250.0 * 6.0, 0.0]);
        assert_eq!(more("np", json!({"num_noise_iters": 100})), [0.0, 0.0]);
        // Feedback: (2, 4), the same for both in so small a network.
        assert_eq!(more("fa", plain.clone()), [8.0, 8.0]);
        assert_eq!(more("direct_fa", plain.clone()), [8.0, 8.0]);
        // Dead weights, too, and noise for all of them.
        assert_eq!(more("wp", plain.clone()), [4.0 + 26.0, 0.0]);
        // R, X*, and the update of R, which computes C itself here.
        let mixed = 9.0 + 16.0;
        let update = (5 * 4 + 16) as f64;
        assert_eq!(more("dbp", plain), [mixed + 250.0 * 7.0 + update, mixed]);
        assert_eq!(Form::cheaper(5, 4), Form::Covariance);
    }

    #[test]
    fn r_of_a_rule_that_keeps_all_pixels_in_use_is_updated_for_all_of_them() {
        let update = |rule: &str, decorrelated: &str| {
            let keys = json!({"hidden_sizes": []});
            let (plain, mixed) = (of(rule, keys.clone()), of(decorrelated, keys));
            // Without R itself, and X*.
            mixed.held - plain.held - 9.0 - 250.0 * 3.0
        };
        assert_eq!(update("np", "dnp"), (5 * 2 + 4) as f64);
        assert_eq!(update("wp", "dwp"), (5 * 3 + 9) as f64);
    }

    #[test]
    fn fewer_rows_at_once_take_less() {
        let large = of("danp", json!({"batch_size": 1000}));
        let rows = Rows::of(
            &Config {
                batch_size: 1000,
                ..Config::default()
            },
            10,
        );
        assert_eq!(
            (rows.batch, rows.pass),
            (10, 250),
            "no more than there are images"
        );
        assert!(of("danp", json!({"batch_size": 1})).held < large.held);
    }

    #[test]
    fn own_images_are_supposed_to_take_most() {
        let keys = r#"{"dataset": "own", "train_size": 100, "test_size": 50}"#;
        let config = Config::from_json(keys).expect("valid");
        let shape = Shape {
            rows: 10,
            cols: 10,
            classes: 3,
        };
        let images = Images::expected(&config, &shape);
        assert_eq!((images.live, images.longest), (100.0, 100.0));
        assert!((images.kept - 4.0 * 0.7 * 150.0 * 100.0).abs() < 1.0);
    }
}
