//! Our learning curves beside those of the authors' own program, at the same settings.
//!
//! A cell of the table is the mean test accuracy over seeds after an epoch. It may differ
//! from theirs by three of their standard deviations; since two or three runs say little
//! about a standard deviation, it counts as no less than [`least_sd`].

use super::identity::are_mnist;
use super::output::said_of;
use super::runs::run_all;
use np_playground::algorithm::Algorithm;
use np_playground::config::{Config, ValidConfig};
use np_playground::dataset::files::load_mnist;
use np_playground::dataset::own::OwnData;
use np_playground::error::Result;
use np_playground::metrics::{ExperimentResult, RunResult};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::path::Path;

/// What the authors' program reached, and with which settings.
#[derive(Deserialize)]
struct Official {
    source: String,
    quantity: String,
    /// The epochs that the entries of `mean` and `sd` stand for.
    epochs: Vec<usize>,
    settings: Map<String, Value>,
    networks: Vec<OfficialNetwork>,
}

#[derive(Deserialize)]
struct OfficialNetwork {
    hidden_sizes: Vec<usize>,
    rows: Vec<OfficialRow>,
}

#[derive(Deserialize)]
struct OfficialRow {
    algorithm: Algorithm,
    seeds: usize,
    mean: Vec<f64>,
    sd: Vec<f64>,
}

/// The tables as Markdown, and how many of their cells lie outside the allowed band.
#[derive(Default)]
pub struct Comparison {
    pub tables: String,
    pub outside: usize,
}

/// Trains all networks and rules of the authors' table with `seeds` seeds each.
pub fn compare(data: &Path, seeds: u32) -> Result<Comparison> {
    let official: Official = serde_json::from_str(include_str!("official.json"))
        .expect("a file that is part of the program");
    let config = |network: &OfficialNetwork| official.config(network, seeds);
    let configs = official
        .networks
        .iter()
        .map(config)
        .collect::<Result<Vec<_>>>()?;
    let data = mnist(data)?;
    let mut comparison = Comparison::default();
    for (network, config) in official.networks.iter().zip(&configs) {
        let result = run_all(config, &data.train, &data.test)?;
        comparison.add_table(&official, network, &result);
    }
    comparison.add_verdict(&format!(
        "Ours; theirs; allowed difference. {}. Theirs: {}.",
        official.quantity, official.source
    ));
    Ok(comparison)
}

/// MNIST from a folder: on other images, nobody's accuracies are to be compared.
///
/// # Errors
/// [`Error::Io`](np_playground::error::Error::Io) if the folder holds others, else what
/// [`load_mnist`] reports.
pub fn mnist(folder: &Path) -> Result<OwnData> {
    let data = load_mnist(folder)?;
    if are_mnist([&data.train, &data.test]) {
        return Ok(data);
    }
    let message = "Its images are others than MNIST's, or not all of them: choose the folder with the four files of MNIST.";
    Err(said_of(folder, message.into()))
}

impl Official {
    fn config(&self, network: &OfficialNetwork, seeds: u32) -> Result<ValidConfig> {
        let mut keys = self.settings.clone();
        keys.insert("hidden_sizes".into(), json!(network.hidden_sizes));
        keys.insert(
            "algorithms".into(),
            network
                .rows
                .iter()
                .map(|row| json!(row.algorithm))
                .collect(),
        );
        keys.insert("num_seeds".into(), json!(seeds));
        Config::from_json(&Value::Object(keys).to_string())?.check()
    }
}

impl Comparison {
    fn add_table(
        &mut self,
        official: &Official,
        network: &OfficialNetwork,
        result: &ExperimentResult,
    ) {
        let epochs: Vec<String> = official
            .epochs
            .iter()
            .map(|epoch| format!(" epoch {epoch} |"))
            .collect();
        self.tables += &format!("| {:?} |{}\n", network.hidden_sizes, epochs.concat());
        self.tables += &format!("| --- |{}\n", " --- |".repeat(epochs.len()));
        for row in &network.rows {
            let runs: Vec<&RunResult> = result
                .runs
                .iter()
                .filter(|run| run.algorithm == row.algorithm)
                .collect();
            self.tables += &format!("| {} |", row.algorithm);
            for (i, &epoch) in official.epochs.iter().enumerate() {
                let theirs = Accuracy {
                    mean: row.mean[i],
                    sd: row.sd[i],
                    runs: row.seeds,
                };
                let band = 3.0 * theirs.sd.max(least_sd(epoch));
                let ours = Accuracy::after(epoch, &runs);
                self.add_judged(&ours, &theirs.to_string(), theirs.mean, band);
            }
            self.tables += "\n";
        }
        self.tables += "\n";
    }

    /// A cell: ours, `theirs` in words, and whether the means are no further apart than `band`.
    pub fn add_judged(&mut self, ours: &Accuracy, theirs: &str, mean: f64, band: f64) {
        // Not `>`: a run that ended early has no accuracy there, which is NaN.
        let inside = (ours.mean - mean).abs() <= band;
        let verdict = if inside { "" } else { " **outside**" };
        self.tables += &format!(" {ours}; {theirs}, band {band:.1}{verdict} |");
        self.outside += usize::from(!inside);
    }

    /// What the cells are, and how many are outside their band.
    pub fn add_verdict(&mut self, legend: &str) {
        let verdict = match self.outside {
            0 => "Every cell is inside its band.".to_string(),
            count => format!("{count} cells are outside their band."),
        };
        self.tables += &format!("{legend}\n\n{verdict}\n");
    }
}

/// The smallest standard deviation that a cell is judged by, in percentage points.
fn least_sd(epoch: usize) -> f64 {
    if epoch == 1 { 1.5 } else { 0.5 }
}

/// Test accuracy in percent over some runs.
pub struct Accuracy {
    mean: f64,
    sd: f64,
    runs: usize,
}

impl Accuracy {
    /// Of `runs`, after `epoch`.
    pub fn after(epoch: usize, runs: &[&RunResult]) -> Self {
        let percent = |run: &&RunResult| {
            run.history
                .test_acc
                .get(epoch)
                .map_or(f64::NAN, |share| 100.0 * share)
        };
        let values: Vec<f64> = runs.iter().map(percent).collect();
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        let squares: f64 = values
            .iter()
            .map(|value| (value - mean) * (value - mean))
            .sum();
        let sd = if values.len() > 1 {
            (squares / (values.len() - 1) as f64).sqrt()
        } else {
            0.0
        };
        Self {
            mean,
            sd,
            runs: values.len(),
        }
    }
}

impl std::fmt::Display for Accuracy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.2} ± {:.2} ({})", self.mean, self.sd, self.runs)
    }
}
