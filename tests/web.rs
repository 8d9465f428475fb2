//! In a browser, in a worker as on the page: the golden vectors, the same bits as
//! natively, and the boundary that the page's TypeScript relies on.
//!
//! `wasm-pack test --headless --chrome` runs this.
#![cfg(target_arch = "wasm32")]

mod common;
mod vectors;

use js_sys::{Error, JSON, Reflect, Uint8Array};
use np_playground::algorithm::Algorithm;
use np_playground::decorrelation::Form;
use np_playground::wasm::{
    Dataset, OwnFiles, Trainer, check_config, fresh_seed, schema, sha256, version,
};
use serde_json::{Value, json};
use vectors::Vector;
use wasm_bindgen::{Clamped, JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

const VECTORS: [(&str, &str); 4] = [
    ("net1", include_str!("golden/net1_6-5-4.json")),
    ("net2", include_str!("golden/net2_8-7-6-3.json")),
    ("net3", include_str!("golden/net3_12-10-8-6-4.json")),
    (
        "rivals",
        include_str!("golden/rivals/net2_8-7-6-3_rivals.json"),
    ),
];

#[wasm_bindgen_test]
fn every_expected_value_of_every_vector_is_met() {
    let mut report = String::new();
    for (name, text) in VECTORS {
        let vector: Vector = serde_json::from_str(text).expect("a vector");
        for form in [Form::Factored, Form::Covariance] {
            for mismatch in vector.compute(form).mismatches(&vector.expected) {
                report += &format!("{name}, {form:?}: {mismatch}\n");
            }
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

/// tests/laws/seeds.rs checks the same hashes natively.
#[wasm_bindgen_test]
fn all_rules_end_with_the_bits_they_have_natively() {
    for (algorithm, hash) in Algorithm::all().zip(common::HASHES) {
        assert_eq!(
            common::hash_after_three_epochs(algorithm),
            hash,
            "{algorithm}"
        );
    }
}

/// tests/products.rs checks the same natively.
#[wasm_bindgen_test]
fn every_product_is_the_scalar_one() {
    common::products::dense_products_are_the_scalar_ones();
    common::products::products_with_itself_are_the_scalar_ones();
    common::products::sparse_products_are_the_scalar_ones();
    common::products::transposed_sparse_products_are_the_scalar_ones();
}

// --- what the page sends and gets -----------------------------------------------------

fn js(value: &Value) -> JsValue {
    JSON::parse(&value.to_string()).expect("JSON")
}

fn json(value: &JsValue) -> Value {
    let text = String::from(JSON::stringify(value).expect("a plain object"));
    serde_json::from_str(&text).expect("JSON")
}

/// What was thrown: its code, its sentence and its problems.
fn thrown<T>(result: Result<T, JsValue>) -> (String, String, Value) {
    let error = result.err().expect("an error");
    let property = |key: &str| Reflect::get(&error, &key.into()).expect("an object");
    let problems = property("problems");
    let message = error.dyn_ref::<Error>().expect("an Error").message();
    (
        property("code").as_string().expect("a code"),
        String::from(message),
        if problems.is_undefined() {
            Value::Null
        } else {
            json(&problems)
        },
    )
}

fn code<T>(result: Result<T, JsValue>) -> String {
    thrown(result).0
}

fn header(magic: u32, sizes: &[u32]) -> Vec<u8> {
    [&[magic], sizes]
        .concat()
        .iter()
        .flat_map(|number| number.to_be_bytes())
        .collect()
}

/// `count` images whose class shows as a lit pair of rows, as the two IDX files.
fn idx(count: u32) -> (Vec<u8>, Vec<u8>) {
    let lit = |i: u32, pixel: u32| {
        if pixel / 56 == i % 10 {
            255 - i as u8
        } else {
            0
        }
    };
    let mut images = header(0x803, &[count, 28, 28]);
    images.extend((0..count).flat_map(|i| (0..784).map(move |pixel| lit(i, pixel))));
    let mut labels = header(0x801, &[count]);
    labels.extend((0..count).map(|i| (i % 10) as u8));
    (images, labels)
}

fn dataset(count: u32) -> Dataset {
    let (images, labels) = idx(count);
    let mut dataset = Dataset::new(None);
    dataset.append(&images, &labels).expect("IDX files");
    dataset
}

fn config() -> Value {
    json!({
        "train_size": 40, "test_size": 20, "image_size": 14, "hidden_sizes": [12, 8],
        "batch_size": 8, "epochs": 3, "lr": 0.01,
    })
}

fn trainer(algorithm: &str) -> Trainer {
    let images = dataset(40);
    Trainer::new(js(&config()), algorithm, 1, &images, &images).expect("a trainer")
}

/// Goes on in slices, as the worker does.
fn run(trainer: &mut Trainer) {
    while json(&trainer.status().expect("a status"))["status"] == "running" {
        trainer.advance(5.0);
    }
}

// --- configuration --------------------------------------------------------------------

#[wasm_bindgen_test]
fn a_configuration_comes_back_whole() {
    let checked = json(
        &check_config(js(&json!({"lr": 0.5, "overrides": {"np": {"lr": 0.25}}}))).expect("valid"),
    );
    assert_eq!(checked["lr"], 0.5);
    assert_eq!(checked["overrides"], json!({"np": {"lr": 0.25}}));
    let schema = json(&schema().expect("a schema"));
    let fields = schema["fields"].as_array().expect("fields");
    assert_eq!(checked.as_object().expect("an object").len(), fields.len());
    for field in fields {
        let name = field["name"].as_str().expect("a name");
        if name != "lr" && name != "overrides" {
            assert_eq!(checked[name], field["default"], "{name}");
        }
    }
    let algorithms = Algorithm::all().count();
    assert_eq!(
        schema["algorithms"].as_array().map(Vec::len),
        Some(algorithms)
    );
    assert_eq!(schema["version"], version());
}

#[wasm_bindgen_test]
fn a_bad_configuration_is_refused_with_every_problem() {
    let given = json!({"lr": 99, "epochs": 0, "activation": "sigmoid", "momentum": 0.9});
    let (code, message, problems) = thrown(check_config(js(&given)));
    assert_eq!(code, "config");
    let problems = problems.as_array().expect("problems");
    for field in ["lr", "epochs", "activation", "momentum"] {
        let problem = problems.iter().find(|problem| problem["field"] == field);
        let sentence =
            problem.unwrap_or_else(|| panic!("no problem with {field}"))["message"].as_str();
        assert!(message.contains(sentence.expect("a sentence")), "{message}");
    }
    let lr = problems
        .iter()
        .find(|problem| problem["field"] == "lr")
        .expect("lr");
    assert_eq!(lr["value"], "99");
    assert!(
        lr["allowed"]
            .as_str()
            .is_some_and(|allowed| allowed.contains("10")),
        "{lr}"
    );
}

#[wasm_bindgen_test]
fn what_is_no_configuration_is_refused() {
    for nothing in [JsValue::UNDEFINED, JsValue::NULL, 3.into(), "lr".into()] {
        assert_eq!(code(check_config(nothing)), "config");
    }
    let images = dataset(40);
    let (code, message, _) = thrown(Trainer::new(js(&config()), "sgd", 0, &images, &images));
    assert_eq!(code, "config");
    assert!(message.contains("danp"), "{message}");
}

// --- data -----------------------------------------------------------------------------

#[wasm_bindgen_test]
fn shards_are_put_together() {
    let (images, labels) = idx(10);
    let mut dataset = Dataset::new(None);
    assert_eq!(dataset.length(), 0);
    dataset.append(&images, &labels).expect("a shard");
    dataset.append(&images, &labels).expect("another");
    assert_eq!(dataset.length(), 20);
}

#[wasm_bindgen_test]
fn damaged_idx_files_are_refused_and_change_nothing() {
    let (images, labels) = idx(10);
    let mut dataset = Dataset::new(None);
    assert_eq!(code(dataset.append(&labels, &labels)), "idx_magic");
    assert_eq!(code(dataset.append(&images, &images)), "idx_magic");
    assert_eq!(code(dataset.append(&[], &labels)), "idx_truncated");
    assert_eq!(
        code(dataset.append(&images[..images.len() - 1], &labels)),
        "idx_truncated"
    );
    assert_eq!(
        code(dataset.append(&images, &labels[..12])),
        "idx_truncated"
    );
    assert_eq!(code(dataset.append(&images, &idx(9).1)), "idx_shape");
    assert_eq!(
        code(dataset.append(&header(0x803, &[0, 28, 0]), &labels)),
        "idx_shape"
    );
    let hundred = [&labels[..17], &[100]].concat();
    assert_eq!(code(dataset.append(&images, &hundred)), "idx_label");
    assert_eq!(dataset.length(), 0);
    dataset.append(&images, &labels).expect("the whole files");
    let sides = [header(0x803, &[1, 14, 14]), vec![0; 196]].concat();
    let one = [header(0x801, &[1]), vec![0]].concat();
    assert_eq!(code(dataset.append(&sides, &one)), "idx_shape");
    assert_eq!(dataset.length(), 10);
}

#[wasm_bindgen_test]
fn own_files_become_shards_that_train() {
    let mut files = OwnFiles::new();
    let line = |i: u32| format!("{},{},{}\n", i % 2, 200 * (i % 2), 255 - 200 * (i % 2));
    let lines: String = (0..100).map(line).collect();
    let text = format!("class,1x1,1x2\n{lines}");
    files.add("mine.csv", &Uint8Array::from(text.as_bytes()));
    let data = files.read(js(&json!({}))).expect("a data set");
    assert_eq!((data.rows(), data.cols(), data.bytes()), (1, 2, 200));
    assert_eq!(data.classes(), ["0", "1"]);
    assert_eq!(
        (data.counts(false), data.counts(true)),
        (vec![40, 40], vec![10, 10])
    );
    assert_eq!(data.examples(1, 2), [200, 55, 200, 55]);
    let set = |test| {
        let files = data.shards(test);
        let mut set = Dataset::new(None);
        set.append(&files[0].to_vec(), &files[1].to_vec())
            .expect("a shard");
        set
    };
    let mut config = config();
    config["dataset"] = json!("own");
    config["train_size"] = json!(80);
    let mut trainer = Trainer::new(js(&config), "bp", 0, &set(false), &set(true)).expect("a run");
    run(&mut trainer);
    assert_eq!((trainer.rows(), trainer.cols()), (1, 2));
    assert_eq!(trainer.row(3).map(|row| row[4]), Some(1.0), "all right");

    assert_eq!(code(OwnFiles::new().read(js(&json!({})))), "files");
}

#[wasm_bindgen_test]
fn what_was_guessed_of_own_files_can_be_chosen() {
    let mut files = OwnFiles::new();
    for i in 0..40 {
        let path = format!("{}/{i}.png", ["cat", "dog"][i % 2]);
        files.add(&path, &Uint8Array::from(&b"\x89PNG\r\n\x1a\n"[..]));
        let picture = files.next_picture().expect("one that waits");
        assert_eq!((picture.path(), picture.bytes().length()), (path, 8));
        let pixel = [200 - 10 * (i % 2) as u8, 0, 0, 255];
        files.add_picture(&picture.path(), 1, 2, Clamped(pixel.repeat(2)));
    }
    assert!(files.next_picture().is_none());
    let data = files.read(js(&json!({}))).expect("a data set");
    assert_eq!(
        (data.rows(), data.cols(), data.classes()),
        (1, 2, vec!["cat".into(), "dog".into()])
    );
    let guesses = json(&data.guesses().expect("plain objects"));
    let asked = |question: &str| {
        guesses
            .as_array()
            .expect("a list")
            .iter()
            .find(|g| g["question"] == question)
            .cloned()
    };
    let turned = asked("turned").expect("a guess");
    assert_eq!(turned["chosen"], json!(false));
    assert_eq!(turned["options"][1]["value"], json!(true));
    assert!(asked("grey").is_some() && asked("label").is_none());
    let other = files
        .read(js(&json!({"turned": true, "grey": "red"})))
        .expect("a data set");
    assert_eq!(
        (other.rows(), other.cols(), other.examples(0, 1)),
        (2, 1, vec![200, 200])
    );
    assert_eq!(code(files.read(js(&json!({"turned": "perhaps"})))), "files");
}

#[wasm_bindgen_test]
fn too_few_images_are_refused() {
    let (few, enough) = (dataset(30), dataset(40));
    let (code, message, _) = thrown(Trainer::new(js(&config()), "bp", 0, &few, &enough));
    assert_eq!(code, "dataset_too_small");
    assert!(
        message.contains("40") && message.contains("30"),
        "{message}"
    );
}

#[wasm_bindgen_test]
fn sha256_is_the_standard_one() {
    assert_eq!(
        sha256(b"abc"),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
}

#[wasm_bindgen_test]
fn fresh_seeds_differ() {
    let seeds: Vec<u32> = (0..4).map(|_| fresh_seed().expect("a seed")).collect();
    assert!(seeds.iter().any(|seed| *seed != seeds[0]), "{seeds:?}");
}

// --- training -------------------------------------------------------------------------

#[wasm_bindgen_test]
fn a_row_has_the_layout_that_the_page_reads() {
    let mut trainer = trainer("danp");
    run(&mut trainer);
    assert_eq!(trainer.length(), 4);
    for epoch in 0..4 {
        let row = trainer.row(epoch).expect("a row");
        let layers = 3;
        assert_eq!(row.len(), 9 + 2 * layers);
        let (shares, costs) = ([row[2], row[4]], [row[5], row[6], row[7]]);
        let (angles, decorrelation_loss) = (&row[8..9 + layers], &row[9 + layers..]);
        assert_eq!(row[0], epoch as f64);
        assert_eq!(row[1].is_nan() && row[2].is_nan(), epoch == 0, "{row:?}");
        assert!(row[3] > 0.0);
        assert!(
            shares
                .iter()
                .all(|share| share.is_nan() || (0.0..=1.0).contains(share)),
            "{row:?}"
        );
        assert_eq!(
            costs[0],
            (epoch * 5 * 2) as f64,
            "5 updates of 2 passes an epoch"
        );
        assert!(
            costs.iter().all(|cost| (*cost > 0.0) == (epoch > 0)),
            "{row:?}"
        );
        assert!(
            angles.iter().all(|angle| (0.0..=180.0).contains(angle)),
            "{row:?}"
        );
        assert!(
            decorrelation_loss.iter().all(|loss| *loss >= 0.0),
            "{row:?}"
        );
    }
    assert_eq!(trainer.row(4), None);
}

#[wasm_bindgen_test]
fn a_step_is_one_update_and_advance_stops_at_a_row() {
    let mut trainer = trainer("np");
    let status = |trainer: &Trainer| json(&trainer.status().expect("a status"));
    assert_eq!(status(&trainer)["step"], 0);
    trainer.step();
    let expected = json!({"status": "running", "epoch": 0, "epochs": 3, "step": 1, "steps_per_epoch": 5, "next": 1});
    assert_eq!(status(&trainer), expected);
    assert_eq!(trainer.advance(10_000.0), 2);
    assert_eq!(status(&trainer)["step"], 5);
    trainer.epoch();
    assert_eq!(trainer.length(), 3);
    run(&mut trainer);
    assert_eq!(status(&trainer)["status"], "finished");
    assert_eq!(trainer.advance(10.0), 4);
}

#[wasm_bindgen_test]
fn every_algorithm_goes_on_from_a_checkpoint_to_the_same_bits() {
    let images = dataset(40);
    let mut hashes = Vec::new();
    for algorithm in Algorithm::all() {
        let name = algorithm.to_string();
        let mut whole = trainer(&name);
        for _ in 0..7 {
            whole.step();
        }
        let bytes = whole.checkpoint().expect("a checkpoint");
        run(&mut whole);
        let mut restored = Trainer::restore(&bytes, &images, &images).expect("a trainer");
        assert_ne!(
            restored.weights_hash(),
            whole.weights_hash(),
            "{name} did not train on"
        );
        run(&mut restored);
        assert_eq!(restored.weights_hash(), whole.weights_hash(), "{name}");
        assert_eq!(
            restored.row(3).map(|row| row[3]),
            whole.row(3).map(|row| row[3]),
            "{name}"
        );
        hashes.push(whole.weights_hash());
    }
    hashes.sort();
    hashes.dedup();
    assert_eq!(
        hashes.len(),
        Algorithm::all().count(),
        "two algorithms ended with the same weights"
    );
}

#[wasm_bindgen_test]
fn a_damaged_checkpoint_is_refused() {
    let images = dataset(40);
    let bytes = trainer("bp").checkpoint().expect("a checkpoint");
    assert_eq!(
        code(Trainer::restore(
            &bytes[..bytes.len() - 1],
            &images,
            &images
        )),
        "checkpoint"
    );
    assert_eq!(code(Trainer::restore(&[], &images, &images)), "checkpoint");
}

#[wasm_bindgen_test]
fn rates_of_up_to_fifteen_digits_come_back_to_the_bit() {
    for digits in [
        1_u64,
        3,
        25,
        123_456,
        333_333_333_333_333,
        999_999_999_999_999,
    ] {
        for exponent in -21..1 {
            let lr: f64 = format!("{digits}e{exponent}").parse().expect("a number");
            if (1e-6..10.0).contains(&lr) {
                let config = check_config(js(&json!({ "lr": lr }))).expect("a rate in its range");
                let back = Reflect::get(&config, &"lr".into()).expect("an object");
                assert_eq!(back.as_f64(), Some(lr));
            }
        }
    }
}

#[wasm_bindgen_test]
fn rates_change_a_run_and_are_refused_outside_their_range() {
    let (mut changed, mut refused, mut plain) = (trainer("anp"), trainer("anp"), trainer("anp"));
    let mut taken_back = trainer("anp");
    let change = |given: Value| js(&given);
    for trainer in [&mut changed, &mut taken_back] {
        trainer
            .change(change(json!({"noise_std": 0.1})))
            .expect("a rate in its range");
    }
    taken_back.forget_changes();
    for (wrong, field) in [
        (json!({"lr": 0.0}), "changes.0.lr"),
        (json!({"decor_lr": 2.0}), "changes.0.decor_lr"),
        (json!({"noise_std": null}), "changes.0.noise_std"),
        (json!({"update": -1, "lr": 0.1}), "changes.0.update"),
    ] {
        let (code, _, problems) = thrown(refused.change(change(wrong)));
        assert_eq!(code, "config");
        assert_eq!(problems[0]["field"], field);
    }
    for trainer in [&mut changed, &mut refused, &mut taken_back, &mut plain] {
        run(trainer);
    }
    assert_eq!(refused.weights_hash(), plain.weights_hash());
    assert_eq!(taken_back.weights_hash(), plain.weights_hash());
    assert_ne!(changed.weights_hash(), plain.weights_hash());
}

#[wasm_bindgen_test]
fn a_run_that_stops_being_finite_ends_as_diverged() {
    let images = dataset(40);
    let mut config = config();
    config["lr"] = json!(10.0);
    config["optimizer"] = json!("sgd");
    config["loss"] = json!("mse");
    config["output"] = json!("linear");
    config["epochs"] = json!(1000);
    let mut trainer = Trainer::new(js(&config), "bp", 0, &images, &images).expect("a trainer");
    run(&mut trainer);
    let status = json(&trainer.status().expect("a status"));
    assert_eq!(status["status"], "diverged");
    assert_eq!(status["diverged"]["step"], status["step"]);
    assert!(
        (1..=3).contains(&status["diverged"]["layer"].as_u64().expect("a layer")),
        "{status}"
    );
}

#[wasm_bindgen_test]
fn views_cross_as_flat_arrays() {
    let mut trainer = trainer("danp");
    trainer.epoch();
    let hash = trainer.weights_hash();
    let answers = trainer.test_answers(3);
    assert_eq!((answers.classes, answers.confusion.len()), (10, 100));
    assert_eq!(answers.confusion.iter().sum::<u32>(), 20);
    assert_eq!(answers.mistakes.len() / 3 * 196, answers.pixels.len());
    assert_eq!(trainer.first_weights(5, false).len(), 5 * 196);
    assert_eq!(trainer.predict(&[9; 196]).expect("an image").len(), 10);
    assert_eq!(code(trainer.predict(&[9; 784])), "idx_shape");
    let covariance = trainer.covariance(1, 64).expect("a layer");
    assert_eq!((covariance.inputs.len(), covariance.width), (12, 12));
    assert_eq!(covariance.before.len(), 144);
    assert_eq!(covariance.after.map(|after| after.len()), Some(144));
    assert_eq!(code(trainer.covariance(3, 64)), "idx_shape");
    assert_eq!(trainer.weights_hash(), hash);
}
