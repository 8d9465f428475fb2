//! The learning curves of the paper's rules and their rivals beside those of an independent
//! program, at the same settings and three learning rates.
//!
//! What is judged is the mean test accuracy after the last epoch: it may differ by three
//! points where theirs is above 80%, and by ten below, where rules are unstable or have
//! hardly begun to learn.

use super::reproduce::{Accuracy, Comparison, mnist};
use super::runs::run_all;
use np_playground::algorithm::Algorithm;
use np_playground::config::{Config, ValidConfig};
use np_playground::dataset::Dataset;
use np_playground::error::Result;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::path::Path;

/// What the independent program reached, and with which settings.
#[derive(Deserialize)]
struct Independent {
    source: String,
    /// Its images: the first so many of MNIST's files.
    train: u32,
    test: u32,
    settings: Map<String, Value>,
    rates: Vec<f64>,
    /// The epochs that the entries of `percent` stand for.
    epochs: Vec<usize>,
    rows: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    algorithm: Algorithm,
    num_noise_iters: usize,
    /// Test accuracy for each rate and epoch.
    percent: Vec<Vec<f64>>,
}

/// Trains every row at every rate with `seeds` seeds each.
pub fn compare(data: &Path, seeds: u32) -> Result<Comparison> {
    let theirs: Independent = serde_json::from_str(include_str!("rivals.json"))
        .expect("a file that is part of the program");
    let data = mnist(data)?;
    let train = first(theirs.train, &data.train);
    let test = first(theirs.test, &data.test);
    let mut comparison = Comparison::default();
    comparison.tables += "| rule | K | rate |";
    for epoch in &theirs.epochs {
        comparison.tables += &format!(" epoch {epoch} |");
    }
    let columns = 3 + theirs.epochs.len();
    comparison.tables += &format!("\n|{}\n", " --- |".repeat(columns));
    for row in &theirs.rows {
        for (rate, percent) in theirs.rates.iter().zip(&row.percent) {
            let result = run_all(&theirs.config(row, *rate, seeds)?, &train, &test)?;
            let runs: Vec<_> = result.runs.iter().collect();
            let ours = theirs.epochs.iter().map(|&e| Accuracy::after(e, &runs));
            let samples = row.num_noise_iters;
            comparison.tables += &format!("| {} | {samples} | {rate} |", row.algorithm.label());
            comparison.add_row(&ours.collect::<Vec<_>>(), percent);
        }
    }
    comparison.tables += "\n";
    comparison.add_verdict(&format!(
        "Ours; theirs; allowed difference at the last epoch. Test accuracy in percent, mean ± standard \
         deviation (runs). Theirs: {}.",
        theirs.source
    ));
    Ok(comparison)
}

/// The first `count` images.
fn first(count: u32, images: &Dataset) -> Dataset {
    let indices: Vec<u32> = (0..count.min(images.len() as u32)).collect();
    images.select(&indices)
}

impl Independent {
    fn config(&self, row: &Row, rate: f64, seeds: u32) -> Result<ValidConfig> {
        let mut keys = self.settings.clone();
        keys.insert("train_size".into(), json!(self.train));
        keys.insert("test_size".into(), json!(self.test));
        keys.insert("algorithms".into(), json!([row.algorithm]));
        keys.insert("num_noise_iters".into(), json!(row.num_noise_iters));
        keys.insert("lr".into(), json!(rate));
        keys.insert("num_seeds".into(), json!(seeds));
        Config::from_json(&Value::Object(keys).to_string())?.check()
    }
}

impl Comparison {
    /// A cell for each epoch; the last one is judged.
    fn add_row(&mut self, ours: &[Accuracy], theirs: &[f64]) {
        let last = theirs.len() - 1;
        for (ours, theirs) in ours[..last].iter().zip(theirs) {
            self.tables += &format!(" {ours}; {theirs:.1} |");
        }
        let band = if theirs[last] > 80.0 { 3.0 } else { 10.0 };
        self.add_judged(
            &ours[last],
            &format!("{:.1}", theirs[last]),
            theirs[last],
            band,
        );
        self.tables += "\n";
    }
}
