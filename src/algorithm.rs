//! An algorithm is a learning rule, with or without decorrelated layer inputs.

use crate::gradient::{RULES, Rule};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// A learning rule and whether its layers' inputs are decorrelated: `np` is node
/// perturbation, `dnp` the same on decorrelated inputs.
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

    /// The algorithm called `name`: a rule's name, with a `d` in front if decorrelated.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::all().find(|algorithm| algorithm.to_string() == name)
    }

    /// The rule that estimates the gradient.
    pub fn rule(self) -> &'static dyn Rule {
        RULES[usize::from(self.rule)]
    }

    /// Whether every layer's input goes through a learned decorrelation matrix.
    pub fn decorrelated(self) -> bool {
        self.decorrelated
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}{}",
            if self.decorrelated { "d" } else { "" },
            self.rule().name()
        )
    }
}

impl fmt::Debug for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Algorithm {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Algorithm {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Self::from_name(&name)
            .ok_or_else(|| serde::de::Error::custom(format!("no algorithm is called {name}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_papers_and_lead_back() {
        let names: Vec<String> = Algorithm::all().map(|a| a.to_string()).collect();
        assert_eq!(
            names,
            ["bp", "dbp", "np", "dnp", "inp", "dinp", "anp", "danp"]
        );
        for algorithm in Algorithm::all() {
            assert_eq!(
                Algorithm::from_name(&algorithm.to_string()),
                Some(algorithm)
            );
        }
        assert_eq!(Algorithm::from_name("xp"), None);
    }
}
