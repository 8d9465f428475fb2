//! Golden vectors: numbers that an independent float64 implementation of the learning
//! rules produced (tests/golden/README.md), against the functions that training uses.
//!
//! `REFERENCE_VECTORS=DIR cargo test --test golden` takes the vectors in DIR instead.
#![cfg(not(target_arch = "wasm32"))]

mod vectors;

use np_playground::algorithm::Algorithm;
use np_playground::decorrelation::Form;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::{env, fs};
use vectors::Vector;

/// The project's own copies.
fn own_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// The texts of all vectors in the folder, and of the rivals' in `rivals` in it, if there is
/// one, with their file names.
fn files(folder: &Path) -> Vec<(String, String)> {
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("a readable vector");
        (path.display().to_string(), text)
    };
    let mut files: Vec<(String, String)> = json_files(folder).into_iter().map(read).collect();
    assert!(
        !files.is_empty(),
        "{} holds no .json file",
        folder.display()
    );
    let rivals = folder.join("rivals");
    if rivals.is_dir() {
        files.extend(json_files(&rivals).into_iter().map(read));
    }
    files
}

fn json_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let paths = entries.map(|entry| entry.expect("a readable folder").path());
    let mut files: Vec<PathBuf> = paths
        .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        .collect();
    files.sort();
    files
}

fn parse(name: &str, text: &str) -> Vector {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn every_expected_value_of_every_vector_is_met() {
    let folder = env::var_os("REFERENCE_VECTORS").map_or_else(own_folder, PathBuf::from);
    let mut report = String::new();
    for (name, text) in files(&folder) {
        let vector = parse(&name, &text);
        for form in [Form::Factored, Form::Covariance] {
            for mismatch in vector.compute(form).mismatches(&vector.expected) {
                report += &format!("{name}, {form:?}: {mismatch}\n");
            }
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

#[test]
fn a_value_that_is_one_percent_off_is_reported_in_every_tensor() {
    for (name, text) in files(&own_folder()) {
        let mut vector = parse(&name, &text);
        let computed = vector.compute(Form::Factored);
        let mut shifted = Vec::new();
        for path in computed.paths() {
            let tensor = vector.expected.pointer_mut(&pointer(path));
            if tensor.is_some_and(|tensor| largest(tensor).is_some_and(|value| scale(value, 1.01)))
            {
                shifted.push(path);
            }
        }
        let reported: Vec<String> = computed
            .mismatches(&vector.expected)
            .into_iter()
            .map(|m| m.place)
            .collect();
        for path in shifted {
            assert!(
                reported.iter().any(|place| place.starts_with(path)),
                "{name}: {path} went unnoticed"
            );
        }
    }
}

/// Where `path` leads in a JSON document.
fn pointer(path: &str) -> String {
    format!("/{}", path.replace(['.', '['], "/").replace(']', ""))
}

/// The number of largest magnitude in a nested list.
fn largest(value: &mut Value) -> Option<&mut Value> {
    let magnitude = |value: &Value| value.as_f64().unwrap_or_default().abs();
    match value {
        Value::Array(items) => items
            .iter_mut()
            .filter_map(largest)
            .max_by(|a, b| magnitude(a).total_cmp(&magnitude(b))),
        Value::Number(_) => Some(value),
        _ => None,
    }
}

/// Multiplies a number; whether that changed it. Zeros within rounding, such as the output
/// layer's angle in feedback alignment, are not changed.
fn scale(value: &mut Value, factor: f64) -> bool {
    const ZERO: f64 = 1e-5;
    let before = value.as_f64().unwrap_or_default();
    *value = json!(before * factor);
    before.abs() > ZERO
}

#[test]
fn a_field_that_no_test_computes_is_reported() {
    for (name, text) in files(&own_folder()) {
        let mut vector = parse(&name, &text);
        let algorithms = Algorithm::all().map(|algorithm| vector.path(algorithm));
        let path = algorithms
            .into_iter()
            .find(|path| vector.expected.pointer(&pointer(path)).is_some())
            .expect("an algorithm");
        vector.expected.pointer_mut(&pointer(&path)).expect("it")["grad_V"] = json!([[0.0]]);
        let reported = vector.compute(Form::Factored).mismatches(&vector.expected);
        assert!(
            reported
                .iter()
                .any(|mismatch| mismatch.place.starts_with(&format!("{path}.grad_V"))),
            "{name}"
        );
        let mut unknown: Value = serde_json::from_str(&text).expect("a vector");
        unknown["inputs"]["momentum"] = json!(0.9);
        assert!(
            serde_json::from_value::<Vector>(unknown).is_err(),
            "{name}: an unknown input went unnoticed"
        );
    }
}
