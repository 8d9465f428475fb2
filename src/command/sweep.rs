//! The runs of a grid, as many at once as there are cores.

use super::ledger::Ledger;
use super::runs::{seconds, train_until};
use super::say;
use indicatif::{ProgressBar, ProgressStyle};
use np_playground::config::ValidConfig;
use np_playground::dataset::Dataset;
use np_playground::error::Result;
use np_playground::metrics::{ExperimentResult, Status};
use np_playground::trainer::Trainer;
use rayon::prelude::*;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Trains `runs`, each the only one of its configuration, and writes what becomes of each into
/// `ledger`. When `stop` is set, those under way are given up. Says how many have finished.
///
/// # Errors
/// What [`Trainer::new`] and [`Ledger::write`] report.
pub fn train(
    runs: &[ValidConfig],
    train: &Dataset,
    test: &Dataset,
    ledger: Ledger,
    stop: &AtomicBool,
) -> Result<usize> {
    let progress = Progress::new(runs);
    let images = ledger.images.digests.clone();
    let ledger = Mutex::new(ledger);
    let train_one = |config: &ValidConfig| {
        if stop.load(Ordering::Relaxed) {
            return Ok(());
        }
        let (algorithm, seed) = (config.algorithms[0], config.seed);
        let mut trainer = Trainer::new(config, algorithm, seed, train, test, seconds)?;
        train_until(&mut trainer, stop, |trainer| progress.measured(trainer));
        if trainer.status() == Status::Running {
            return Ok(());
        }
        let result = ExperimentResult {
            config: config.clone(),
            version: env!("CARGO_PKG_VERSION"),
            images: images.clone(),
            runs: vec![trainer.result()],
        };
        let mut ledger = ledger.lock().expect("no panic while writing");
        let written = ledger.write(&result);
        // Where one result finds no room, the others would not either.
        written.inspect_err(|_| stop.store(true, Ordering::Relaxed))?;
        // While the ledger is this run's: the words come in the order of the results.
        progress.finished(&trainer);
        Ok(())
    };
    // One run a piece of work: runs differ much in length.
    let ended = runs.par_iter().with_max_len(1).try_for_each(train_one);
    progress.bar.abandon();
    ended.map(|()| progress.finished.into_inner())
}

/// How far the sweep is, on standard error: a bar on a terminal; in a file, such as a cluster's
/// log, a line at every tenth of the runs and at the last.
struct Progress {
    /// Counts epochs, since runs are long. It shows itself on a terminal only.
    bar: ProgressBar,
    runs: usize,
    finished: AtomicUsize,
}

impl Progress {
    fn new(runs: &[ValidConfig]) -> Self {
        let style = ProgressStyle::with_template("{bar:24} {percent:>3} %, {eta} left; {msg}")
            .expect("a template that is part of the program");
        let epochs: usize = runs.iter().map(|config| config.epochs).sum();
        let progress = Self {
            bar: ProgressBar::new(epochs as u64).with_style(style),
            runs: runs.len(),
            finished: AtomicUsize::new(0),
        };
        progress.bar.set_message(progress.words(0));
        progress
    }

    fn measured(&self, trainer: &Trainer) {
        self.bar.inc(u64::from(trainer.progress().epoch > 0));
    }

    fn finished(&self, trainer: &Trainer) {
        let progress = trainer.progress();
        // Those that a run which diverged has no use for.
        self.bar.inc(u64::from(progress.epochs - progress.epoch));
        let finished = 1 + self.finished.fetch_add(1, Ordering::Relaxed);
        self.bar.set_message(self.words(finished));
        let is_tenth = finished.is_multiple_of(self.runs.div_ceil(10));
        if self.bar.is_hidden() && (is_tenth || finished == self.runs) {
            say(self.words(finished));
        }
    }

    fn words(&self, finished: usize) -> String {
        format!("{finished} of {} runs have ended", self.runs)
    }
}
