//! All runs of an experiment, as many at once as there are cores, each with its progress bar.

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use np_playground::config::ValidConfig;
use np_playground::dataset::Dataset;
use np_playground::error::Result;
use np_playground::metrics::{ExperimentResult, RunResult, Status};
use np_playground::trainer::Trainer;
use rayon::prelude::*;
use std::sync::LazyLock;
use std::time::Instant;

/// Trains every run of `config` to its end; the result has them in the order of the
/// configuration.
pub fn run_all(config: &ValidConfig, train: &Dataset, test: &Dataset) -> Result<ExperimentResult> {
    let bars = MultiProgress::new();
    let run = |(algorithm, seed)| {
        let trainer = Trainer::new(config, algorithm, seed, train, test, seconds)?;
        let bar = bars.add(progress_bar(&trainer, format!("{algorithm} seed {seed}")));
        Ok(run_to_end(trainer, &bar))
    };
    // One run a piece of work: runs differ much in length.
    let runs = config.runs().into_par_iter().with_max_len(1).map(run);
    Ok(ExperimentResult {
        config: config.clone(),
        version: env!("CARGO_PKG_VERSION"),
        runs: runs.collect::<Result<_>>()?,
    })
}

fn run_to_end(mut trainer: Trainer, bar: &ProgressBar) -> RunResult {
    while trainer.epoch() == Status::Running {
        bar.set_position(u64::from(trainer.progress().epoch));
        if let Some(accuracy) = trainer.history().test_acc.last() {
            bar.set_message(format!("test accuracy {:.1} %", 100.0 * accuracy));
        }
    }
    let result = trainer.result();
    bar.finish_with_message(result.status);
    result
}

fn progress_bar(trainer: &Trainer, name: String) -> ProgressBar {
    let style = ProgressStyle::with_template("{prefix:16} {bar:24} epoch {pos}/{len} {msg}")
        .expect("a template that is part of the program");
    ProgressBar::new(u64::from(trainer.progress().epochs))
        .with_style(style)
        .with_prefix(name)
}

/// Seconds since the program first asked.
fn seconds() -> f64 {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed().as_secs_f64()
}
