//! Own images: what is chosen for them, what is said of them, and sizes that follow them.

use super::grid::key;
use super::say;
use np_playground::config::{Config, ValidConfig};
use np_playground::dataset::DatasetKind;
use np_playground::dataset::own::{Choices, OwnData};
use np_playground::error::{Error, Problem, Result};
use serde_json::{Map, Value};
use std::collections::HashSet;
use std::fmt::Display;

/// How the help of the command lists them.
pub const CHOICES: &str = "What is guessed of own images, chosen instead: names=true (the first line holds names), \
    label=1 or label=target or label=[1,10], colours=pixels or planes, \
    grey=brightness, red, green or blue, scale=[0,16] (the values of black and white), \
    turned=true (rows and columns are exchanged), split=test, valid or fifth";

/// The choices in arguments such as `label=target`.
pub fn choices(arguments: &[String]) -> Result<Choices> {
    let mut keys = Map::new();
    for argument in arguments {
        let (key, value) = argument.split_once('=').unwrap_or((argument, ""));
        let value = serde_json::from_str(value).unwrap_or_else(|_| Value::from(value));
        if keys.get(key).is_some_and(|chosen| *chosen != value) {
            let why = format!("{key} is chosen in two ways: choose one, which is for all files");
            return Err(unusable(arguments, why));
        }
        keys.insert(key.to_owned(), value);
    }
    serde_json::from_value(Value::Object(keys)).map_err(|error| unusable(arguments, error))
}

fn unusable(arguments: &[String], why: impl Display) -> Error {
    let value = arguments.join(" ");
    Error::Config(vec![Problem {
        field: "choose".into(),
        message: format!("--choose {value} cannot be used ({why}). {CHOICES}."),
        value,
        allowed: CHOICES.into(),
    }])
}

/// Says on standard error what own images are, and what was guessed of them.
pub fn report(data: &OwnData) {
    let OwnData { train, test, .. } = data;
    say(format!(
        "{} training and {} test images of {} x {} pixels in {} classes ({}), {:.1} MB.",
        train.len(),
        test.len(),
        train.rows(),
        train.cols(),
        data.classes.len(),
        data.classes.join(", "),
        data.bytes() as f64 / 1e6
    ));
    for guess in &data.guesses {
        say(format!("{} (--choose {})", guess.sentence, guess.question));
    }
    for note in &data.notes {
        say(note);
    }
}

/// The runs of a sweep, each [`fitted`]: sizes that are more than there are become the same, and
/// of runs that do the first is kept.
pub fn fitted_runs(runs: &[ValidConfig], data: &OwnData) -> Result<Vec<ValidConfig>> {
    let (mut said, mut keys) = (HashSet::new(), HashSet::new());
    let mut kept = Vec::new();
    for run in runs {
        let run = fitted(Config::clone(run), data, &mut said).check()?;
        if keys.insert(key(&run)) {
            kept.push(run);
        }
    }
    if kept.len() < runs.len() {
        say(format!(
            "{} of the {} runs are the same as others with the images there are: each is done once.",
            runs.len() - kept.len(),
            runs.len()
        ));
    }
    Ok(kept)
}

/// The configuration with the most images there are where it asks for more own ones. What is to be
/// `said` of that is said once, of however many configurations.
pub fn fitted(mut config: Config, data: &OwnData, said: &mut HashSet<String>) -> Config {
    if config.dataset != DatasetKind::Own {
        return config;
    }
    let mut once = |sentence: String| {
        if said.insert(sentence.clone()) {
            say(sentence);
        }
    };
    for (name, size, most) in [
        ("train_size", &mut config.train_size, data.train.len()),
        ("test_size", &mut config.test_size, data.test.len()),
    ] {
        if *size < most {
            once(format!("{name} = {size}: so many of the {most} there are."));
        } else if *size > most {
            once(format!(
                "{name} = {size} is more than there are: {most}, which is all of them."
            ));
            *size = most;
        }
    }
    config
}
