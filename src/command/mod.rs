//! What the command line says: arguments, messages and exit codes.

mod own;
mod reproduce;
mod rivals;
mod runs;

use clap::{Parser, Subcommand};
use np_playground::config::Config;
use np_playground::dataset::DatasetKind;
use np_playground::dataset::files::load;
use np_playground::error::{Error, Problem, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Eight learning rules, from backpropagation to decorrelated node perturbation, on MNIST.
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
        /// The configuration: a JSON file with the keys of a link or of the page's export; it
        /// may also stand last of what follows --data
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

/// Does what the command line asks for. The exit code is 0 when all went well, 2 when the
/// command line or a setting is wrong, 1 for everything else (a file, a table that is off).
pub fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Train {
            config,
            mut data,
            choose,
            out,
        } => {
            let last = || (data.len() > 1).then(|| data.pop()).flatten();
            match config.or_else(last) {
                Some(config) => train(&config, &data, &choose, out.as_deref()),
                None => Err(without_config()),
            }
        }
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
            compare(&data, seeds).and_then(|comparison| report(&comparison, out.as_deref()))
        }
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("{error}");
        ExitCode::from(if matches!(error, Error::Config(_)) {
            2
        } else {
            1
        })
    })
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
    config: &Path,
    data: &[PathBuf],
    choose: &[String],
    out: Option<&Path>,
) -> Result<ExitCode> {
    let text = fs::read_to_string(config).map_err(|error| Error::Io {
        path: config.display().to_string(),
        message: format!("It cannot be read ({error}): choose a configuration file, such as one with {{\"lr\": 0.001}} in it."),
    })?;
    let config = Config::from_json(&text)?.check()?;
    let data = load(config.dataset, data, &own::choices(choose)?)?;
    if config.dataset == DatasetKind::Own {
        own::report(&data);
    }
    let config = own::fitted(config, &data)?;
    let result = runs::run_all(&config, &data.train, &data.test)?;
    let json = serde_json::to_string(&result).expect("a result is plain numbers and names");
    match out {
        Some(path) => write(path, &json)?,
        None => println!("{json}"),
    }
    Ok(ExitCode::SUCCESS)
}

fn report(comparison: &reproduce::Comparison, out: Option<&Path>) -> Result<ExitCode> {
    print!("{}", comparison.tables);
    if let Some(path) = out {
        write(path, &comparison.tables)?;
    }
    Ok(if comparison.outside == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).map_err(|error| Error::Io {
        path: path.display().to_string(),
        message: format!("It cannot be written ({error}): choose another file with --out."),
    })
}
