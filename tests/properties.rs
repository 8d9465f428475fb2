//! Properties that hold for all inputs, tried on random ones.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use common::*;
use ndarray::{Array2, Axis, s};
use np_playground::activation::Activation;
use np_playground::algorithm::Algorithm;
use np_playground::config::{Config, FIELDS, Field, Kind, ValidConfig};
use np_playground::dataset::idx::{parse_images, parse_labels};
use np_playground::dataset::subset::{balanced_order, choose};
use np_playground::dataset::{Dataset, MAX_CLASSES, SHARD_SIZE};
use np_playground::error::{Error, Problem};
use np_playground::gradient::RULES;
use np_playground::loss::Loss;
use np_playground::metrics::Status;
use np_playground::network::{Gradient, Network};
use np_playground::trainer::Trainer;
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use serde_json::{Map, Value, json};

const HIDDEN: [Activation; 4] = [
    Activation::LeakyRelu,
    Activation::Relu,
    Activation::Tanh,
    Activation::Step,
];
const LOSSES: [Loss; 3] = [CROSS_ENTROPY, SQUARED_ERROR, SQUARED_ERROR_OF_SOFTMAX];

/// Any small network, and its sizes.
fn networks() -> impl Strategy<Value = (Network, Vec<usize>)> {
    networks_with(&LOSSES)
}

/// Any small network with one of these losses, and its sizes.
fn networks_with(losses: &'static [Loss]) -> impl Strategy<Value = (Network, Vec<usize>)> {
    let kinds = (
        select(&HIDDEN[..]),
        select(losses),
        any::<bool>(),
        any::<u32>(),
    );
    (vec(1..12_usize, 2..6), kinds).prop_map(|(sizes, (hidden, loss, decorrelated, seed))| {
        (network(&sizes, hidden, loss, decorrelated, seed), sizes)
    })
}

fn entries(gradient: &Gradient) -> impl Iterator<Item = f32> {
    gradient
        .iter()
        .flat_map(|layer| layer.weights.iter().chain(&layer.bias).copied())
}

fn largest(gradient: &Gradient) -> f32 {
    entries(gradient).fold(f32::MIN_POSITIVE, |largest, g| largest.max(g.abs()))
}

/// Largest difference of two gradients of a batch, over the largest entry of `parts`: the
/// gradients of samples may all but cancel, and rounding is as large as they are.
fn distance(a: &Gradient, b: &Gradient, parts: &[Gradient]) -> f32 {
    let difference = entries(a)
        .zip(entries(b))
        .fold(0.0_f32, |worst, (a, b)| worst.max((a - b).abs()));
    difference / parts.iter().map(largest).fold(f32::MIN_POSITIVE, f32::max)
}

fn rows(batch: &Batch, order: &[usize]) -> Batch {
    (
        batch.0.select(Axis(0), order),
        batch.1.select(Axis(0), order),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_rule_gives_a_finite_gradient_of_the_weights_shape((network, sizes) in networks(), count in 1..9_usize) {
        let clean = pass(&network, &batch(&sizes, count, 1), None);
        for rule in RULES {
            let gradient = estimate(*rule, &network, &clean, 2, &mut gaussian(1, 0.01));
            prop_assert_eq!(gradient.len(), network.layers.len());
            for (gradient, layer) in gradient.iter().zip(&network.layers) {
                prop_assert_eq!(gradient.weights.dim(), layer.weights().dim());
                prop_assert_eq!(gradient.bias.dim(), layer.bias().dim());
                prop_assert!(gradient.weights.iter().chain(&gradient.bias).all(|g| g.is_finite()), "{}", rule.about().title);
            }
        }
    }

    #[test]
    fn a_sample_does_not_notice_its_neighbours((network, sizes) in networks(), seed: u32) {
        let data = batch(&sizes, 7, seed);
        let together = pass(&network, &data, None);
        let order = [3, 6, 0, 5, 1, 4, 2];
        let permuted = pass(&network, &rows(&data, &order), None);
        for (place, &i) in order.iter().enumerate() {
            let alone = pass(&network, &rows(&data, &[i]), None);
            let (alone, permuted_output, together_output) = (alone.output(), permuted.output(), together.output());
            prop_assert_eq!(alone.row(0), together_output.row(i));
            prop_assert_eq!(permuted_output.row(place), together_output.row(i));
            prop_assert_eq!(permuted.loss()[place].to_bits(), together.loss()[i].to_bits());
        }
    }

    #[test]
    fn the_order_of_the_samples_leaves_the_exact_gradient((network, sizes) in networks(), seed: u32) {
        let data = batch(&sizes, 7, seed);
        let gradient = |data: &Batch| exact(&network, &pass(&network, data, None));
        let samples: Vec<Gradient> = (0..7).map(|i| gradient(&rows(&data, &[i]))).collect();
        prop_assert!(distance(&gradient(&rows(&data, &[3, 6, 0, 5, 1, 4, 2])), &gradient(&data), &samples) < 1e-5);
    }

    #[test]
    fn the_exact_gradient_of_a_batch_is_the_mean_over_its_parts((network, sizes) in networks(), seed: u32) {
        let data = batch(&sizes, 8, seed);
        let gradient = |rows: std::ops::Range<usize>| {
            let part = (data.0.slice(s![rows.clone(), ..]).to_owned(), data.1.slice(s![rows, ..]).to_owned());
            exact(&network, &pass(&network, &part, None))
        };
        let mut mean = gradient(0..4);
        for (mean, other) in mean.iter_mut().zip(gradient(4..8)) {
            mean.weights = (&mean.weights + &other.weights) / 2.0;
            mean.bias = (&mean.bias + &other.bias) / 2.0;
        }
        let samples: Vec<Gradient> = (0..8).map(|i| gradient(i..i + 1)).collect();
        prop_assert!(distance(&mean, &gradient(0..8), &samples) < 1e-5);
    }

    /// NP, FG and WP divide by the noise's variance, the two that look at activity do not ask
    /// for it, and the others have no noise.
    #[test]
    fn only_np_fg_and_wp_read_the_strength_of_the_noise((network, sizes) in networks(), seed: u32) {
        let clean = pass(&network, &batch(&sizes, 5, seed), None);
        for rule in RULES {
            let told = |std| estimate_told(std, *rule, &network, &clean, 1, &mut gaussian(seed, 0.01));
            let mut quarter = told(0.01);
            for layer in quarter.iter_mut().filter(|_| ["np", "fg", "wp"].contains(&rule.about().ids[0])) {
                layer.weights /= 4.0;
                layer.bias /= 4.0;
            }
            prop_assert!(distance(&told(0.02), &quarter, std::slice::from_ref(&quarter)) < 1e-6, "{}", rule.about().title);
        }
    }

    #[test]
    fn a_probability_is_positive_and_all_of_them_make_one(a in vec(-1e4_f32..1e4, 1..20)) {
        let a = Array2::from_shape_vec((1, a.len()), a).expect("one row");
        let mut x = Array2::zeros(a.dim());
        Activation::Softmax.apply(a.view(), x.view_mut());
        prop_assert!(x.iter().all(|&x| (0.0..=1.0).contains(&x)));
        prop_assert!((x.sum() - 1.0).abs() < 1e-5);
    }

    #[test]
    fn cross_entropy_does_not_notice_what_is_added_to_every_output((mut network, sizes) in networks_with(&[CROSS_ENTROPY]), shift in -5.0_f32..5.0) {
        let last = network.layers.len() - 1;
        let data = batch(&sizes, 4, 1);
        let before = pass(&network, &data, None).loss().to_owned();
        network.layers[last].bias_mut().map_inplace(|b| *b += shift);
        let after = pass(&network, &data, None).loss().to_owned();
        for (before, after) in before.iter().zip(&after) {
            prop_assert!((before - after).abs() < 1e-5 * (1.0 + before.abs()), "{before} {after}");
        }
    }
}

fn image_file(sizes: [u32; 3], pixels: &[u8]) -> Vec<u8> {
    idx_file(0x803, &sizes, pixels)
}

fn pick(labels: &[u8], indices: &[u32]) -> Vec<u8> {
    indices
        .iter()
        .map(|&index| labels[index as usize])
        .collect()
}

fn counts(labels: &[u8]) -> [usize; MAX_CLASSES] {
    let mut counts = [0; MAX_CLASSES];
    labels
        .iter()
        .for_each(|&label| counts[usize::from(label)] += 1);
    counts
}

/// Labels that no order can balance: class 1 is three times as frequent.
fn uneven_labels(count: usize) -> Vec<u8> {
    (0..count)
        .map(|i| [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 1][i * 7 % 12])
        .collect()
}

proptest! {
    #[test]
    fn arbitrary_bytes_are_an_error_or_a_whole_file(bytes in vec(any::<u8>(), 0..64), sizes in any::<[u32; 3]>()) {
        for file in [bytes.clone(), image_file(sizes, &bytes)] {
            if let Ok(images) = parse_images(&file) {
                prop_assert_eq!(images.pixels.len(), images.count * images.rows * images.cols);
            }
        }
        for file in [bytes.clone(), idx_file(0x801, &sizes[..1], &bytes)] {
            if let Ok(labels) = parse_labels(&file) {
                prop_assert!(labels.iter().all(|&label| usize::from(label) < MAX_CLASSES));
            }
        }
    }

    #[test]
    fn what_was_written_is_read(labels in vec(0..MAX_CLASSES as u8, 1..20), rows in 1..=64_u32, cols in 1..=64_u32, seed: u8) {
        let size = (rows * cols) as usize;
        let pixels: Vec<u8> = (0..size * labels.len()).map(|i| (i as u8).wrapping_mul(seed)).collect();
        let count = labels.len() as u32;
        let set = Dataset::from_idx(&image_file([count, rows, cols], &pixels), &idx_file(0x801, &[count], &labels));
        let set = set.expect("whole files");
        prop_assert_eq!(set.labels(), labels.as_slice());
        for (i, image) in pixels.chunks(size).enumerate() {
            prop_assert_eq!(set.image(i), image);
        }
    }

    #[test]
    fn balanced_order_is_idempotent(labels in vec(0..MAX_CLASSES as u8, 0..200)) {
        let once = pick(&labels, &balanced_order(&labels));
        prop_assert!(balanced_order(&once).into_iter().eq(0..labels.len() as u32));
    }

    #[test]
    fn classes_differ_by_at_most_one_while_they_last(labels in vec(0..MAX_CLASSES as u8, 1..400), part in 0.0..=1.0, seed: u32) {
        let size = (part * labels.len() as f64) as usize;
        let available = counts(&labels);
        let chosen = counts(&pick(&labels, &choose(&labels, size, seed)));
        let most = chosen.into_iter().max().unwrap_or(0);
        for (class, &count) in chosen.iter().enumerate() {
            prop_assert!(count + 1 >= most || count == available[class], "{chosen:?} of {available:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn the_first_shards_are_enough(size in 1..=3 * SHARD_SIZE, seed: u32) {
        let file = uneven_labels(4 * SHARD_SIZE);
        let order = balanced_order(&file);
        let stored = pick(&file, &order);
        let fetched = &stored[..size.div_ceil(SHARD_SIZE) * SHARD_SIZE];
        let from_shards = choose(fetched, size, seed);
        let from_whole = choose(&file, size, seed);
        prop_assert!(from_shards.iter().map(|&place| order[place as usize]).eq(from_whole));
    }
}

/// Images of 28 x 28 pixels, as many as any configuration of [`configurations`] asks for.
const MOST_IMAGES: u32 = 30;

fn large_images() -> Dataset {
    let pixels: Vec<u8> = (0..MOST_IMAGES * 28 * 28)
        .map(|i| (i % 251) as u8)
        .collect();
    let labels: Vec<u8> = (0..MOST_IMAGES).map(|i| (i % 10) as u8).collect();
    let images = image_file([MOST_IMAGES, 28, 28], &pixels);
    Dataset::from_idx(&images, &idx_file(0x801, &[MOST_IMAGES], &labels)).expect("whole files")
}

/// Values that the field allows: small ones of what makes a run large, all of the others.
fn allowed(field: &Field) -> BoxedStrategy<Value> {
    let whole = |range: std::ops::RangeInclusive<u64>| range.prop_map(Value::from).boxed();
    match (field.name, field.kind) {
        ("train_size" | "test_size", _) => whole(10..=MOST_IMAGES.into()),
        // The other one is of browsers.
        ("arithmetic", _) => Just(Value::from("exact")).boxed(),
        ("batch_size", _) => whole(1..=40),
        ("num_noise_iters", _) => whole(1..=3),
        ("hidden_sizes", _) => vec(1..=9_u64, 0..=8).prop_map(Value::from).boxed(),
        (_, Kind::Integer { min, max }) => whole(min..=max),
        (_, Kind::Number { min, max, .. }) => (min..=max).prop_map(Value::from).boxed(),
        (_, Kind::IntegerChoice { choices }) => select(choices).prop_map(Value::from).boxed(),
        (_, Kind::Choice { choices }) => select(choices).prop_map(Value::from).boxed(),
        (_, Kind::Algorithms) => algorithms().prop_map(|names| json!(names)).boxed(),
        (_, Kind::Overrides { fields }) => btree_map(algorithm_name(), some(fields), 0..3)
            .prop_map(|own| json!(own))
            .boxed(),
        (_, Kind::Changes { fields, .. }) => vec(change(fields), 0..3)
            .prop_map(|changes| json!(changes))
            .boxed(),
        (name, Kind::Integers { .. }) => panic!("{name} has no bound"),
    }
}

fn names() -> Vec<&'static str> {
    Algorithm::all().map(Algorithm::name).collect()
}

fn algorithm_name() -> impl Strategy<Value = &'static str> {
    select(names())
}

fn algorithms() -> impl Strategy<Value = Vec<&'static str>> {
    let all = names();
    let most = all.len();
    subsequence(all, 1..=most).prop_shuffle()
}

/// Some of these fields, with values that they allow or with anything.
fn some(fields: &'static [&'static str]) -> BoxedStrategy<Map<String, Value>> {
    let rows = FIELDS
        .iter()
        .filter(move |field| fields.contains(&field.name));
    let values: Vec<_> = rows
        .map(|field| (Just(field.name), option::of(value(field))))
        .collect();
    let given = |(name, value): (&str, Option<Value>)| Some((name.to_string(), value?));
    values
        .prop_map(move |all| all.into_iter().filter_map(given).collect())
        .boxed()
}

/// Rates from a place on.
fn change(fields: &'static [&'static str]) -> impl Strategy<Value = Map<String, Value>> {
    let place = (0..3_u32, 0..4_u32, option::of(algorithm_name()));
    (some(fields), place).prop_map(|(mut rates, (epoch, update, algorithm))| {
        rates.insert("epoch".into(), epoch.into());
        rates.insert("update".into(), update.into());
        rates.extend(algorithm.map(|name| ("algorithm".into(), name.into())));
        rates
    })
}

/// Mostly what the field allows.
fn value(field: &Field) -> BoxedStrategy<Value> {
    prop_oneof![30 => allowed(field), 1 => anything()].boxed()
}

fn anything() -> impl Strategy<Value = Value> {
    let single = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,9}".prop_map(Value::from),
    ];
    single.prop_recursive(2, 9, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Value::from),
            btree_map("[a-z_]{0,9}", inner, 0..3).prop_map(|object| json!(object)),
        ]
    })
}

/// Any settings, and seldom a key that is none.
fn configurations() -> impl Strategy<Value = Map<String, Value>> {
    let given = |field: &Field| {
        // Where these are left out, a run has a thousand images.
        let always = ["train_size", "test_size"].contains(&field.name);
        let value = value(field);
        if always {
            value.prop_map(Some).boxed()
        } else {
            option::of(value).boxed()
        }
    };
    let fields: Vec<_> = FIELDS
        .iter()
        .map(|field| (Just(field.name), given(field)))
        .collect();
    let other = option::weighted(0.03, ("[a-z_]{1,9}", anything()));
    (fields, other).prop_map(|(fields, other)| {
        let given = |(name, value): (&str, Option<Value>)| Some((name.to_string(), value?));
        fields.into_iter().filter_map(given).chain(other).collect()
    })
}

/// Whether a wrong value that happens to be allowed makes it a run for hours.
fn is_small(config: &ValidConfig) -> bool {
    let most = MOST_IMAGES as usize;
    let widest = config.hidden_sizes.iter().max();
    config.train_size <= most && config.test_size <= most && widest.is_none_or(|&units| units < 100)
}

const MOST_BYTES: u64 = 64 << 20;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn settings_that_are_accepted_train_and_what_is_refused_is_named(keys in configurations(), rule: Index) {
        let checked = Config::from_json(&json!(keys).to_string()).and_then(|config| config.check());
        match checked {
            Ok(config) => {
                prop_assume!(is_small(&config));
                let algorithm = config.algorithms[rule.index(config.algorithms.len())];
                let images = large_images();
                let mut trained = Ok(Status::Running);
                let memory = allocation_counter::measure(|| {
                    trained = Trainer::new(&config, algorithm, config.seed, &images, &images, || 0.0)
                        .map(|mut trainer| trainer.step());
                });
                prop_assert!(trained.is_ok(), "{trained:?}");
                prop_assert!(memory.bytes_max < MOST_BYTES, "{} bytes", memory.bytes_max);
            }
            Err(Error::Config(problems)) => {
                prop_assert!(!problems.is_empty());
                for Problem { field, message, .. } in problems {
                    prop_assert!(message.contains(&field), "{message}");
                    // What does not go with what was given may be a default.
                    prop_assert!(keys.keys().any(|key| message.contains(key)), "{message}");
                }
            }
            Err(other) => panic!("{other}"),
        }
    }
}
