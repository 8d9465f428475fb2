//! Which images are for training, and which for testing?

use super::Told;
use super::choices::{Choices, Split};
use super::labels::Labels;
use super::names::Set;
use super::sets::{Pair, Sets, paths};

/// Of images that come as one set, every so many-th of each class is kept for testing.
const SHARE: usize = 5;

const WORDS: [(Split, &str); 3] = [
    (Split::Test, "what is named as a test file is for testing"),
    (
        Split::Valid,
        "what is named as a file to validate with is for testing",
    ),
    (
        Split::Fifth,
        "every fifth image of each class is for testing",
    ),
];

/// Those for training and those for testing; without the latter every fifth of the former
/// is for testing.
///
/// # Errors
/// A whole sentence where the files do not give what was chosen.
pub(super) fn split(
    mut sets: Sets,
    choices: &Choices,
    told: &mut Told,
) -> Result<(Vec<Pair>, Vec<Pair>), String> {
    // A single set is for training, whatever it is called.
    let first = sets.keys().next().copied();
    if let Some(pairs) = first.and_then(|set| sets.remove(&set)) {
        sets.insert(Set::Train, pairs);
    }
    let is_there = |split: &Split| match split {
        Split::Test => sets.contains_key(&Set::Test),
        Split::Valid => sets.contains_key(&Set::Valid),
        Split::Fifth => true,
    };
    let options: Vec<(Split, &str)> = WORDS
        .into_iter()
        .filter(|(split, _)| is_there(split))
        .collect();
    let split = choices.split.unwrap_or(options[0].0);
    if !is_there(&split) {
        let taken = match split {
            Split::Test => first == Some(Set::Test),
            Split::Valid => first == Some(Set::Valid),
            Split::Fifth => false,
        };
        if taken {
            return Err(format!(
                "{} is the only set to train on, and is not for testing, too: give the files of a set for training.",
                paths(&sets[&Set::Train])
            ));
        }
        return Err(
            "No file has the name of a set for testing: put test, val or dev into its name.".into(),
        );
    }
    let test = match split {
        Split::Test => sets.remove(&Set::Test),
        Split::Valid => sets.remove(&Set::Valid),
        Split::Fifth => None,
    };
    let train = match &test {
        Some(_) => sets.remove(&Set::Train).unwrap_or_default(),
        None => std::mem::take(&mut sets).into_values().flatten().collect(),
    };
    for pairs in sets.values() {
        told.notes.push(format!(
            "{} is left out: one set is for training and one for testing.",
            paths(pairs)
        ));
    }
    let file = paths(test.as_ref().unwrap_or(&train));
    told.guesses
        .choose("split", &file, split, &options, |words| format!("{words}."));
    Ok((train, test.unwrap_or_default()))
}

/// Of each image whether it is for testing: of each class every fifth one, and of a small
/// class that has two at least the last.
pub(super) fn every_fifth(pairs: &[Pair]) -> Vec<Vec<bool>> {
    let mut all = Labels::default();
    for pair in pairs {
        all.extend(&pair.labels);
    }
    let mut counts = vec![0; all.names.len()];
    let places = || all.places.iter().map(|&place| usize::from(place));
    places().for_each(|place| counts[place] += 1);
    let mut seen = vec![0; counts.len()];
    let mut for_testing = places().map(|place| {
        seen[place] += 1;
        seen[place] % counts[place].clamp(2, SHARE) == 0
    });
    let of_pair = |pair: &Pair| for_testing.by_ref().take(pair.labels.len()).collect();
    pairs.iter().map(of_pair).collect()
}
