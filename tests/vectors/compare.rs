//! Compares computed tensors with the `expected` part of a golden vector.
//!
//! The JSON of the vector leads: every value in it must have been computed, so that a
//! field that a test does not know of is a failure and never silently unused.

use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;

/// Computed numbers under the path of the vector's field, e.g. `algs.np.grad_W[1]`:
/// one entry for each tensor, flat and row by row.
#[derive(Default)]
pub struct Computed(BTreeMap<String, Vec<f64>>);

/// An expected value that was not met.
#[derive(Debug)]
pub struct Mismatch {
    /// File, field and index.
    pub place: String,
    pub problem: String,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.problem)
    }
}

impl Computed {
    /// Stores a tensor.
    pub fn put<'a>(&mut self, path: impl Into<String>, values: impl IntoIterator<Item = &'a f32>) {
        let values = values.into_iter().copied().map(f64::from);
        self.0.insert(path.into(), values.collect());
    }

    /// Stores a single number; one that does not exist must be `null` in the vector.
    pub fn put_number(&mut self, path: impl Into<String>, number: Option<f64>) {
        if let Some(number) = number {
            self.0.insert(path.into(), vec![number]);
        }
    }

    /// The paths of all tensors.
    pub fn paths(&self) -> impl Iterator<Item = &String> {
        self.0.keys()
    }

    /// Everything in `expected` that is not met.
    pub fn mismatches(&self, expected: &Value) -> Vec<Mismatch> {
        let mut found = Vec::new();
        self.walk("", expected, &mut found);
        found
    }

    fn walk(&self, path: &str, expected: &Value, found: &mut Vec<Mismatch>) {
        let mut fail = |problem: &str| {
            found.push(Mismatch {
                place: path.into(),
                problem: problem.into(),
            })
        };
        match (self.0.get(path), expected) {
            (Some(_), Value::Null) => fail("expected nothing, but there is a value"),
            (Some(values), _) => compare(path, values, expected, found),
            (None, Value::Null) => {}
            (None, Value::Object(fields)) => {
                for (name, value) in fields {
                    let dot = if path.is_empty() { "" } else { "." };
                    self.walk(&format!("{path}{dot}{name}"), value, found);
                }
            }
            (None, Value::Array(layers)) => {
                for (l, value) in layers.iter().enumerate() {
                    self.walk(&format!("{path}[{l}]"), value, found);
                }
            }
            (None, _) => fail("no test computes this field"),
        }
    }
}

/// Compares one tensor, entry by entry.
fn compare(path: &str, values: &[f64], expected: &Value, found: &mut Vec<Mismatch>) {
    let mut entries = Vec::new();
    flatten(expected, String::new(), &mut entries);
    if entries.len() != values.len() {
        let problem = format!(
            "expected {} values, computed {}",
            entries.len(),
            values.len()
        );
        return found.push(Mismatch {
            place: path.into(),
            problem,
        });
    }
    let largest = entries
        .iter()
        .fold(0.0, |largest: f64, (_, value)| largest.max(value.abs()));
    let allowed = tolerance(path).allowed(largest);
    for ((index, expected), &computed) in entries.iter().zip(values) {
        let near = (computed - expected).abs() <= allowed;
        // NaN is not near anything.
        if !near {
            let problem = format!(
                "expected {expected}, computed {computed}, allowed difference {allowed:.1e}"
            );
            found.push(Mismatch {
                place: format!("{path}{index}"),
                problem,
            });
        }
    }
}

/// The numbers of a nested list with their indices; `null` becomes NaN, which equals nothing.
fn flatten(value: &Value, index: String, entries: &mut Vec<(String, f64)>) {
    match value {
        Value::Array(items) => {
            for (i, item) in items.iter().enumerate() {
                flatten(item, format!("{index}[{i}]"), entries);
            }
        }
        other => entries.push((index, other.as_f64().unwrap_or(f64::NAN))),
    }
}

/// How far an f32 result may be from the vector's f64 value.
enum Tolerance {
    /// Relative to the largest magnitude in the tensor.
    Relative(f64),
    Degrees(f64),
}

impl Tolerance {
    fn allowed(&self, largest: f64) -> f64 {
        match self {
            Tolerance::Relative(fraction) => fraction * largest,
            Tolerance::Degrees(degrees) => *degrees,
        }
    }
}

/// The tolerances of the README.md files of tests/golden, last paragraphs. They have none for angles: a
/// gradient turns by about its relative error in rad, and ours are a tenth of those
/// allowed or better: 1e-4 rad, rounded up.
fn tolerance(path: &str) -> Tolerance {
    let has = |part: &str| path.contains(part);
    if has(".angle.") {
        Tolerance::Degrees(0.01)
    } else if has(".after_") {
        Tolerance::Relative(1e-4)
    } else if has("bp.grad") || has("fa.grad") {
        Tolerance::Relative(2e-6)
    } else if has("fg.grad") || has("fg.K3.grad") {
        Tolerance::Relative(2e-5)
    } else if has(".grad_") {
        Tolerance::Relative(1e-3)
    } else {
        Tolerance::Relative(1e-6)
    }
}
