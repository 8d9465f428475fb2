//! All runs of an experiment, as many at once as there are cores, each with its progress.

use super::checkpoints::Checkpoints;
use super::say;
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use np_playground::config::ValidConfig;
use np_playground::dataset::Dataset;
use np_playground::error::Result;
use np_playground::metrics::{ExperimentResult, RunResult, Status};
use np_playground::trainer::Trainer;
use rayon::prelude::*;
use std::io::{IsTerminal, stderr};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// Trains every run of `config` to its end; the result has them in the order of the
/// configuration.
pub fn run_all(config: &ValidConfig, train: &Dataset, test: &Dataset) -> Result<ExperimentResult> {
    run_until(config, train, test, &AtomicBool::new(false), None)
}

/// The same until `stop` is set: runs stand as far as they have come, and those that have not
/// begun are left out. They go on from `checkpoints`, and leave theirs there. Which images they are
/// of, the result does not say yet.
pub fn run_until(
    config: &ValidConfig,
    train: &Dataset,
    test: &Dataset,
    stop: &AtomicBool,
    checkpoints: Option<&Checkpoints>,
) -> Result<ExperimentResult> {
    let bars = MultiProgress::new();
    let keep = |trainer: &Trainer| checkpoints.into_iter().for_each(|kept| kept.keep(trainer));
    let run = |(algorithm, seed)| {
        let begun = checkpoints.map(|kept| kept.run(algorithm, seed, [train, test]));
        let mut trainer = match begun.transpose()?.flatten() {
            Some(begun) => begun,
            None if stop.load(Ordering::Relaxed) => return Ok(None),
            None => Trainer::new(config, algorithm, seed, train, test, seconds)?,
        };
        let name = format!("{algorithm} seed {seed}");
        let progress = Progress::new(&bars, name, &trainer);
        train_until(&mut trainer, stop, |trainer| {
            keep(trainer);
            progress.epoch(trainer);
        });
        keep(&trainer);
        progress.end(&trainer);
        Ok(Some(trainer.result()))
    };
    // One run a piece of work: runs differ much in length.
    let runs = config.runs().into_par_iter().with_max_len(1).map(run);
    let runs: Vec<Option<RunResult>> = runs.collect::<Result<_>>()?;
    Ok(ExperimentResult {
        config: config.clone(),
        version: env!("CARGO_PKG_VERSION"),
        images: None,
        runs: runs.into_iter().flatten().collect(),
    })
}

/// Trains to the end of the run or until `stop` is set, and calls `measured` for each new row of
/// the history.
pub fn train_until(trainer: &mut Trainer, stop: &AtomicBool, mut measured: impl FnMut(&Trainer)) {
    let mut rows = 0;
    while trainer.status() == Status::Running && !stop.load(Ordering::Relaxed) {
        trainer.step();
        if trainer.history().len() > rows {
            rows = trainer.history().len();
            measured(trainer);
        }
    }
}

/// What a run says of itself on standard error: a bar on a terminal; in a file, such as a
/// cluster's log, a line at every tenth of the way.
enum Progress {
    Bar(ProgressBar),
    Lines(String),
}

impl Progress {
    fn new(bars: &MultiProgress, name: String, trainer: &Trainer) -> Self {
        if !stderr().is_terminal() {
            return Progress::Lines(name);
        }
        let style = ProgressStyle::with_template("{prefix:16} {bar:24} epoch {pos}/{len} {msg}")
            .expect("a template that is part of the program");
        let bar = ProgressBar::new(u64::from(trainer.progress().epochs))
            .with_style(style)
            .with_prefix(name);
        Progress::Bar(bars.add(bar))
    }

    fn epoch(&self, trainer: &Trainer) {
        let (epoch, epochs) = (trainer.progress().epoch, trainer.progress().epochs);
        match self {
            Progress::Bar(bar) => {
                bar.set_position(u64::from(epoch));
                bar.set_message(accuracy(trainer));
            }
            Progress::Lines(name) if epoch % epochs.div_ceil(10) == 0 => {
                say(format!(
                    "{name}: epoch {epoch} of {epochs}, {}",
                    accuracy(trainer)
                ));
            }
            Progress::Lines(_) => {}
        }
    }

    fn end(&self, trainer: &Trainer) {
        let status = match trainer.status() {
            Status::Running => "stopped",
            ended => ended.name(),
        };
        match self {
            Progress::Bar(bar) => {
                bar.abandon_with_message(format!("{status}, {}", accuracy(trainer)))
            }
            Progress::Lines(name) => say(format!("{name}: {status}, {}", accuracy(trainer))),
        }
    }
}

fn accuracy(trainer: &Trainer) -> String {
    match trainer.history().test_acc.last() {
        Some(accuracy) => format!("test accuracy {:.1} %", 100.0 * accuracy),
        None => "not yet measured".into(),
    }
}

/// Seconds since the program first asked.
pub fn seconds() -> f64 {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed().as_secs_f64()
}
