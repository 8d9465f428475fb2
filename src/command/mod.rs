//! What the command line says: arguments, messages and exit codes.

mod checkpoints;
mod grid;
mod identity;
mod ledger;
mod output;
mod own;
mod reproduce;
mod rivals;
mod runs;
mod signals;
mod sweep;

use checkpoints::Checkpoints;
use clap::{Parser, Subcommand};
use grid::Grid;
use identity::Images;
use ledger::Ledger;
use np_playground::config::{Config, ValidConfig};
use np_playground::dataset::DatasetKind;
use np_playground::dataset::files::load;
use np_playground::dataset::own::OwnData;
use np_playground::error::{Error, Problem, Result};
use np_playground::metrics::{ExperimentResult, RunResult};
use output::{Output, said_of};
use signals::stop_when_asked;
use std::collections::HashSet;
use std::fmt::Display;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::slice;
use std::sync::atomic::Ordering;

/// Learning rules side by side, from backpropagation to decorrelated node perturbation, on MNIST.
#[derive(Parser)]
#[command(name = "np-playground", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Train every run of a configuration and write the result as JSON
    Train {
        /// The configuration: a JSON file with settings, such as the config.json under Share in
        /// the page, or what a result has under "config"; it may also stand last of what follows --data
        config: Option<PathBuf>,
        /// The folder with the four IDX files of MNIST, plain or packed; with "dataset": "own"
        /// in the configuration: files or folders of other images
        #[arg(long, required = true, num_args = 1..)]
        data: Vec<PathBuf>,
        #[arg(long, value_name = "KEY=VALUE", help = own::CHOICES)]
        choose: Vec<String>,
        /// The file for the result; without it the result goes to standard output
        #[arg(long)]
        out: Option<PathBuf>,
        /// Go on with what an interrupted training has left beside --out
        #[arg(long, requires = "out")]
        resume: bool,
    },
    /// Train every run of a grid of configurations, as many at once as there are cores, and write
    /// each result as a line of JSON when its run has finished
    ///
    /// The same command again, after whatever ended it, goes on with the runs that are missing.
    Sweep {
        #[arg(help = grid::FORM)]
        grid: PathBuf,
        /// The folder with the four IDX files of MNIST, plain or packed; with "dataset": "own"
        /// in the grid's configuration: files or folders of other images
        #[arg(long, required = true, num_args = 1..)]
        data: Vec<PathBuf>,
        #[arg(long, value_name = "KEY=VALUE", help = own::CHOICES)]
        choose: Vec<String>,
        /// The file for the results, one a line; those that it holds are not trained again
        #[arg(long)]
        out: PathBuf,
        /// Instead of training: print the configuration of each run that --out does not hold, one a
        /// line, for `train` on other machines
        #[arg(long)]
        list: bool,
    },
    /// Train with the settings of the paper's authors and print our accuracies beside theirs
    Reproduce {
        /// The folder with the four IDX files of MNIST, plain or gzipped
        #[arg(long)]
        data: PathBuf,
        /// Runs of every rule
        #[arg(long, default_value_t = 3)]
        seeds: u32,
        /// Instead: the paper's rules and their rivals beside an independent program's
        #[arg(long)]
        rivals: bool,
        /// A file for the tables, beside standard output
        #[arg(long)]
        out: Option<PathBuf>,
    },
}

/// The exit code of a program that was interrupted, as shells have it.
const STOPPED: u8 = 130;

/// The exit code where something that was given is wrong, as clap has it.
const WRONG: u8 = 2;

/// Does what the command line asks for. The exit code is 0 when all went well, 2 when something
/// that was given is wrong (the command line, a setting, a file), which is said before any
/// training, 130 when it was interrupted, and 1 for everything else (a result that cannot be
/// written, a table that is off).
pub fn main() -> ExitCode {
    #[cfg(target_os = "linux")]
    signals::let_pass();
    let outcome = match Arguments::parse().command {
        Command::Train {
            config,
            mut data,
            choose,
            out,
            resume,
        } => {
            let last = || (data.len() > 1).then(|| data.pop()).flatten();
            match config.or_else(last) {
                Some(config) => train(&config, &data, &choose, out.as_deref(), resume),
                None => Err(without_config()),
            }
        }
        Command::Sweep {
            grid,
            data,
            choose,
            out,
            list,
        } => sweep(&grid, &data, &choose, &out, list),
        Command::Reproduce {
            data,
            seeds,
            rivals,
            out,
        } => {
            let compare = if rivals {
                rivals::compare
            } else {
                reproduce::compare
            };
            let file = out.as_deref().map(Output::file).transpose();
            file.and_then(|file| {
                if let Some(output) = &file {
                    spared(output, slice::from_ref(&data))?;
                }
                report(&compare(&data, seeds)?, [file, Some(Output::Standard)])
            })
        }
    };
    outcome.unwrap_or_else(|error| {
        say(&error);
        ExitCode::from(WRONG)
    })
}

/// What goes wrong when all that was given was right.
fn failed(error: Error) -> Result<ExitCode> {
    say(&error);
    Ok(ExitCode::FAILURE)
}

fn without_config() -> Error {
    let message = "There is no configuration: name a JSON file, such as one with {\"lr\": 0.001} in it, before --data or behind the last of the images.";
    Error::Config(vec![Problem {
        field: "config".into(),
        value: String::new(),
        allowed: "a JSON file".into(),
        message: message.into(),
    }])
}

fn train(
    config_file: &Path,
    given: &[PathBuf],
    choose: &[String],
    out: Option<&Path>,
    resume: bool,
) -> Result<ExitCode> {
    let text = read(
        config_file,
        "a configuration file, such as one with {\"lr\": 0.001} in it",
    )?;
    let config = Config::from_json(&text)?;
    config.check()?;
    let (data, images) = images(config.dataset, given, choose)?;
    let config = own::fitted(config, &data, &mut HashSet::new()).check()?;
    config.fits(&data.train, &data.test)?;
    let output = out.map_or(Ok(Output::Standard), Output::file)?;
    if let Some(place) = output.path() {
        apart(place, config_file, "the configuration itself")?;
    }
    spared(&output, given)?;
    let beside = |out| Checkpoints::beside(out, &config, [&data.train, &data.test], resume);
    let checkpoints = output.path().map(beside).transpose()?;
    // A sweep that began before the checkpoints were locked has not seen them.
    output.path().map(Output::file).transpose()?;
    let stop = stop_when_asked(
        "what has been learned so far is kept. Press Ctrl+C again to end without it.",
    )?;
    let mut result = runs::run_until(
        &config,
        &data.train,
        &data.test,
        &stop,
        checkpoints.as_ref(),
    )?;
    result.images = images.digests;
    let stopped = stop.load(Ordering::Relaxed);
    let older = output.path().filter(|path| path.exists());
    if let Some(older) = older.filter(|_| stopped && !has_learned(&result)) {
        let place = older.display();
        say(format!(
            "Stopped before any run had finished an epoch: {place} stays as it was. The same command \
             with --resume goes on."
        ));
        return Ok(ExitCode::from(STOPPED));
    }
    let mut json = serde_json::to_string(&result).expect("a result is plain numbers and names");
    json.push('\n');
    if let Err(error) = output.write(&json) {
        return failed(error);
    }
    if stopped {
        let (begun, all) = (result.runs.len(), config.runs().len());
        say(format!(
            "Stopped: the result holds what {begun} of {all} runs have learned until then.{}",
            if checkpoints.is_some() {
                " The same command with --resume goes on."
            } else {
                ""
            }
        ));
        return Ok(ExitCode::from(STOPPED));
    }
    if let Some(checkpoints) = checkpoints {
        checkpoints.remove(&config.runs());
    }
    Ok(ExitCode::SUCCESS)
}

/// Whether any run has finished an epoch.
fn has_learned(result: &ExperimentResult) -> bool {
    let epochs = |run: &RunResult| run.history.epoch.iter().any(|epoch| *epoch > 0);
    result.runs.iter().any(epochs)
}

/// Refuses a result in the place of the file that says what to train, which is `what`.
fn apart(place: &Path, from: &Path, what: &str) -> Result<()> {
    if whole(place) == whole(from) {
        return Err(taken(place, what));
    }
    Ok(())
}

/// Refuses a result in the place of one of the images, or of those of a sweep.
fn spared(output: &Output, images: &[PathBuf]) -> Result<()> {
    let Some(path) = output.path().filter(|path| path.exists()) else {
        return Ok(());
    };
    if ledger::are_results(path) {
        return Err(taken(path, "what a sweep keeps its results in"));
    }
    let among = |given: &PathBuf| path.starts_with(whole(given)) && !is_result(path);
    if images.iter().any(among) {
        return Err(taken(path, "one of the files with the images"));
    }
    Ok(())
}

/// The path without links.
fn whole(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

fn taken(place: &Path, what: &str) -> Error {
    said_of(
        place,
        format!("It is {what}: choose another file with --out."),
    )
}

/// How results, and the tables of a reproduction and of its rivals, begin.
const RESULTS: [&[u8]; 3] = [b"{", b"| [", b"| rule |"];

/// Whether a file begins as one of these does.
fn is_result(path: &Path) -> bool {
    let mut first = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(8).read_to_end(&mut first));
    let begins = |beginning: &&[u8]| first.starts_with(beginning);
    read.is_ok() && RESULTS.iter().any(begins)
}

fn sweep(
    grid: &Path,
    data: &[PathBuf],
    choose: &[String],
    out: &Path,
    list: bool,
) -> Result<ExitCode> {
    apart(out, grid, "the grid itself")?;
    let (runs, data, images) = plan(grid, data, choose)?;
    let mut ledger = Ledger::open(out, images)?;
    let mut missing = runs.clone();
    missing.retain(|run| !ledger.holds(run));
    if list {
        let line = |run| serde_json::to_string(run).expect("settings are plain") + "\n";
        Output::Standard.write(&missing.iter().map(line).collect::<String>())?;
        return Ok(ExitCode::SUCCESS);
    }
    let place = out.display();
    if ledger.begin()? {
        say(format!(
            "The last line of {place} had been cut off: its run is trained again."
        ));
    }
    let (held, all) = (runs.len() - missing.len(), runs.len());
    if held > 0 {
        say(format!("{place} holds {held} of the {all} runs already."));
    }
    let stop = stop_when_asked("finished runs are kept. Press Ctrl+C again to end at once.")?;
    let ended = match sweep::train(&missing, &data.train, &data.test, ledger, &stop) {
        Ok(ended) => ended,
        Err(error) => return failed(error),
    };
    if held + ended < all {
        let left = all - held - ended;
        say(format!(
            "Stopped: {left} of {all} runs are left, for the same command to go on with."
        ));
        return Ok(ExitCode::from(STOPPED));
    }
    Ok(ExitCode::SUCCESS)
}

/// The runs of a grid, all of which can be done on these images.
fn plan(
    grid: &Path,
    data: &[PathBuf],
    choose: &[String],
) -> Result<(Vec<ValidConfig>, OwnData, Images)> {
    let grid = Grid::from_json(&read(grid, "a grid, as --help shows one")?)?;
    // What is wrong with it is said before images are read.
    let runs = grid.runs()?;
    let (data, images) = images(grid.shared.dataset, data, choose)?;
    let runs = own::fitted_runs(&runs, &data)?;
    for run in &runs {
        run.fits(&data.train, &data.test)?;
    }
    Ok((runs, data, images))
}

fn read(file: &Path, wanted: &str) -> Result<String> {
    let mut text = fs::read_to_string(file).map_err(|error| Error::Io {
        path: file.display().to_string(),
        message: format!("It cannot be read ({error}): choose {wanted}."),
    })?;
    // Some editors begin a file with a mark of its byte order.
    if text.starts_with('\u{feff}') {
        text.remove(0);
    }
    Ok(text)
}

/// The images behind `--data`; of those that are not MNIST's it says what they are.
fn images(dataset: DatasetKind, paths: &[PathBuf], choose: &[String]) -> Result<(OwnData, Images)> {
    let choices = own::choices(choose)?;
    if dataset != DatasetKind::Own && !choose.is_empty() {
        return Err(Error::Config(vec![Problem {
            field: "choose".into(),
            value: choose.join(" "),
            allowed: "with dataset = own".into(),
            message: "--choose is about own images, and the configuration says MNIST: leave it out, or add \
                      \"dataset\": \"own\"."
                .into(),
        }]));
    }
    let data = load(dataset, paths, &choices)?;
    let images = Images::of(dataset, [&data.train, &data.test]);
    if dataset == DatasetKind::Own {
        own::report(&data);
    } else if images.digests.is_some() {
        say(
            "These images are others than MNIST's, or not all of them: each result says which, by their \
             digests. If they are your own, add \"dataset\": \"own\" to the settings.",
        );
    }
    Ok((data, images))
}

/// Writes the tables to every place, whatever becomes of the others.
fn report(comparison: &reproduce::Comparison, to: [Option<Output>; 2]) -> Result<ExitCode> {
    let write = |output: Output| output.write(&comparison.tables);
    let written = to.map(|output| output.map_or(Ok(()), write));
    if let Some(error) = written.into_iter().find_map(Result::err) {
        return failed(error);
    }
    Ok(if comparison.outside == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// On standard error. Where that is full or closed the training goes on, which is worth more.
fn say(words: impl Display) {
    _ = writeln!(io::stderr(), "{words}");
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use super::*;

    #[test]
    fn tables_are_in_one_place_where_another_is_full() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("tables.md");
        let comparison = reproduce::Comparison {
            tables: "| rule |".into(),
            outside: 0,
        };
        let full = Path::new("/dev/full");
        for places in [[full, &*file], [&*file, full]] {
            let outputs = places.map(|path| Some(Output::file(path).expect("it is there")));
            let code = report(&comparison, outputs).expect("no fault of what was given");
            assert_eq!(code, ExitCode::FAILURE);
            assert_eq!(fs::read_to_string(&file).expect("a file"), "| rule |");
            fs::remove_file(&file).expect("it is there");
        }
    }
}
