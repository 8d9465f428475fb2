//! An algorithm is a learning rule, with or without decorrelated layer inputs.

use crate::error::{Error, Problem, Result};
use crate::gradient::{RULES, Rule};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::json;
use std::fmt;

/// A learning rule and whether its layers' inputs are decorrelated: `np` is node
/// perturbation, `dnp` the same on decorrelated inputs.
///
/// ```
/// use np_playground::algorithm::Algorithm;
///
/// let danp = Algorithm::named("danp")?;
/// assert_eq!((danp.label(), danp.plain().name()), ("DANP", "anp"));
/// assert!(Algorithm::all().any(|algorithm| algorithm == danp));
/// # Ok::<(), np_playground::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Algorithm {
    rule: u8,
    decorrelated: bool,
}

impl Algorithm {
    /// Every algorithm: each rule plain, then decorrelated.
    pub fn all() -> impl Iterator<Item = Algorithm> {
        (0..RULES.len() as u8)
            .flat_map(|rule| [false, true].map(|decorrelated| Algorithm { rule, decorrelated }))
    }

    /// The algorithm called `name`; a rule says in its [`About`](crate::gradient::About)
    /// what its two forms are called.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::all().find(|algorithm| algorithm.name() == name)
    }

    /// The algorithm called `name`.
    ///
    /// # Errors
    /// [`Error::Config`] with the names that there are.
    pub fn named(name: &str) -> Result<Self> {
        let unknown = || Problem::new("algorithm", &json!(name), one_algorithm());
        Self::from_name(name).ok_or_else(|| Error::Config(vec![unknown()]))
    }

    /// Its name in configurations: `"dnp"`.
    pub fn name(self) -> &'static str {
        self.rule().about().ids[usize::from(self.decorrelated)]
    }

    /// Its name on curves: `"DNP"`.
    pub fn label(self) -> &'static str {
        self.rule().about().labels[usize::from(self.decorrelated)]
    }

    /// The rule that estimates the gradient.
    pub fn rule(self) -> &'static dyn Rule {
        RULES[usize::from(self.rule)]
    }

    /// Whether every layer's input goes through a learned decorrelation matrix.
    pub fn decorrelated(self) -> bool {
        self.decorrelated
    }

    /// The same rule without decorrelation.
    pub fn plain(self) -> Self {
        Self {
            decorrelated: false,
            ..self
        }
    }
}

/// What a single algorithm may be, as the end of a sentence "choose ...".
pub(crate) fn one_algorithm() -> String {
    format!("one of {}", names().join(", "))
}

/// The names of all algorithms.
pub(crate) fn names() -> Vec<&'static str> {
    Algorithm::all().map(Algorithm::name).collect()
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl fmt::Debug for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Algorithm {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Algorithm {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Self::from_name(&name)
            .ok_or_else(|| serde::de::Error::custom(format!("no algorithm is called {name}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_papers_algorithms_have_the_papers_names() {
        let paper = Algorithm::all().filter(|a| a.rule().about().paper);
        let names: Vec<&str> = paper.map(Algorithm::name).collect();
        assert_eq!(
            names,
            ["bp", "dbp", "np", "dnp", "inp", "dinp", "anp", "danp"]
        );
    }

    #[test]
    fn every_name_and_label_is_there_once_and_leads_back() {
        let labels: BTreeSet<&str> = Algorithm::all().map(Algorithm::label).collect();
        assert_eq!(labels.len(), Algorithm::all().count());
        for algorithm in Algorithm::all() {
            assert_eq!(Algorithm::from_name(algorithm.name()), Some(algorithm));
        }
        assert_eq!(Algorithm::from_name("xp"), None);
        let error = Algorithm::named("dfa").expect_err("that is another rule's name");
        assert!(error.to_string().contains("d-fa"), "{error}");
    }
}
