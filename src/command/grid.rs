//! A grid of configurations: what all of them share, and what varies between them.

use np_playground::config::{Config, ValidConfig};
use np_playground::error::{Error, Problem, Result};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, HashSet};

/// How the help of the command describes one.
pub const FORM: &str = "The grid, a JSON file such as {\"config\": {\"algorithms\": [\"np\", \"danp\"], \"num_seeds\": 3}, \
    \"vary\": {\"lr\": [0.001, 0.003], \"hidden_sizes\": [[64], [64, 64]]}}: every value in vary with every \
    other, on the configuration that all runs share";

/// More runs than these are a slip rather than a plan.
const MOST_RUNS: usize = 10_000;

/// Each key of `vary` takes each of its values, with each of the other keys'.
pub struct Grid {
    /// The settings that do not vary.
    pub shared: Config,
    vary: BTreeMap<String, Vec<Value>>,
}

impl Grid {
    /// Reads a grid. The values that vary are checked by [`Grid::runs`].
    ///
    /// # Errors
    /// [`Error::Config`] with every part that is no part of a grid, else with every setting of
    /// `config` that is none or out of its range.
    pub fn from_json(text: &str) -> Result<Self> {
        let mut parts = parts(text)?;
        let mut part = |name| parts.remove(name).unwrap_or_else(|| json!({}));
        let (config, vary) = (part("config"), part("vary"));
        let mut problems: Vec<Problem> = parts
            .iter()
            .map(|(name, value)| Problem::new(name, value, "config or vary, the parts of a grid"))
            .collect();
        if !config.is_object() {
            let allowed = "an object of settings like {\"epochs\": 5}";
            problems.push(Problem::new("config", &config, allowed));
        }
        match &vary {
            Value::Object(lists) => problems.extend(lists.iter().filter_map(list_problem)),
            other => {
                let allowed = "an object of lists like {\"lr\": [0.001, 0.003]}";
                problems.push(Problem::new("vary", other, allowed));
            }
        }
        match vary {
            Value::Object(vary) if problems.is_empty() => Ok(Self {
                shared: Config::from_json(&config.to_string())?,
                vary: vary.into_iter().filter_map(list).collect(),
            }),
            _ => Err(Error::Config(problems)),
        }
    }

    /// Every run as a configuration of its own; the keys vary in alphabetical order, the last
    /// of them quickest, and rules and seeds within.
    ///
    /// # Errors
    /// [`Error::Config`] with every value that cannot be used, or if there are too many runs,
    /// or one of them twice.
    pub fn runs(&self) -> Result<Vec<ValidConfig>> {
        let (mut runs, mut problems) = (Vec::new(), Vec::new());
        for point in self.points()? {
            match Config::from_json(&point.to_string()).and_then(|config| runs_of(&config)) {
                Ok(more) => runs.extend(more),
                Err(Error::Config(wrong)) => problems.extend(wrong),
                Err(other) => return Err(other),
            }
        }
        // A value that is wrong is so at many points, and named once.
        let mut said = HashSet::new();
        problems.retain(|problem: &Problem| said.insert(problem.message.clone()));
        if problems.is_empty() {
            few(runs.len())?;
            self.each_once(&runs)?;
            Ok(runs)
        } else {
            Err(Error::Config(problems))
        }
    }

    /// Every value with every other, on what is shared.
    fn points(&self) -> Result<Vec<Value>> {
        let sizes = self.vary.values().map(Vec::len);
        few(sizes.fold(1, usize::saturating_mul))?;
        let mut points = vec![json!(self.shared)];
        for (name, values) in &self.vary {
            let each = |point: &Value| -> Vec<Value> {
                let with = |value| with(point, name, value);
                values.iter().map(with).collect()
            };
            points = points.iter().flat_map(each).collect();
        }
        Ok(points)
    }

    /// Refuses a run that stands there twice: which of its results is which?
    fn each_once(&self, runs: &[ValidConfig]) -> Result<()> {
        let mut keys = HashSet::new();
        let again = runs.iter().find(|run| !keys.insert(key(run)));
        let refuse = |run: &ValidConfig| {
            let (rule, seed) = (run.algorithms[0], run.seed);
            let allowed = format!(
                "values that differ and seeds that do not overlap ({rule} with seed {seed} would train twice)"
            );
            refused("vary", &json!(self.vary), allowed)
        };
        again.map_or(Ok(()), |run| Err(refuse(run)))
    }
}

/// What runs that are the same have in common, and no others.
pub fn key(run: &ValidConfig) -> String {
    json!(run).to_string()
}

fn parts(text: &str) -> Result<Map<String, Value>> {
    serde_json::from_str(text).map_err(|error| {
        let allowed =
            "a JSON object like {\"config\": {\"epochs\": 5}, \"vary\": {\"lr\": [0.001, 0.003]}}";
        Error::Config(vec![Problem {
            field: "grid".into(),
            value: String::new(),
            allowed: allowed.into(),
            message: format!("The grid cannot be read ({error}): write {allowed}."),
        }])
    })
}

fn list((name, values): (String, Value)) -> Option<(String, Vec<Value>)> {
    match values {
        Value::Array(values) => Some((name, values)),
        _ => None,
    }
}

/// What is wrong with the list of a key, whatever its values are.
fn list_problem((name, values): (&String, &Value)) -> Option<Problem> {
    let allowed = match values {
        _ if name == "dataset" => "one set of images for all runs, with dataset in config",
        Value::Array(values) if !values.is_empty() => return None,
        _ => "a list of values like [0.001, 0.003]",
    };
    Some(Problem::new(&format!("vary.{name}"), values, allowed))
}

/// The configuration with another value.
fn with(point: &Value, name: &str, value: &Value) -> Value {
    let mut point = point.clone();
    point[name] = value.clone();
    point
}

fn runs_of(config: &Config) -> Result<Vec<ValidConfig>> {
    let config = config.check()?;
    let alone = |(algorithm, seed)| config.of_run(algorithm, seed);
    config.runs().into_iter().map(alone).collect()
}

fn few(runs: usize) -> Result<()> {
    if runs <= MOST_RUNS {
        return Ok(());
    }
    let allowed = format!("at most {MOST_RUNS}, with fewer or shorter lists in vary");
    Err(refused("the number of runs", &json!(runs), allowed))
}

fn refused(field: &str, value: &Value, allowed: String) -> Error {
    Error::Config(vec![Problem::new(field, value, allowed)])
}
