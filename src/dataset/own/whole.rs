//! Does it look right? Sets of images become the training and the test set, in classes and
//! in grey bytes, unless nothing can be learned from them.

use super::choices::{Choice, Choices, Grey, Split};
use super::labels::{self, Labels};
use super::names::{self, Set};
use super::pixels::{Painter, scales};
use super::sets::{Pair, Sets};
use super::table::Span;
use super::unpack::too_large;
use super::{OwnData, Told, count, few};
use crate::dataset::{Dataset, MAX_CLASSES};

/// Of images that come as one set, every so many-th of each class is kept for testing.
const TEST_SHARE: usize = 5;
/// With fewer there is nothing to learn, or to test.
const FEWEST_TRAIN: usize = 10;
const FEWEST_TEST: usize = 2;
/// Sets whose largest numbers differ by more do not have one scale.
const MOST_TIMES_BRIGHTER: f64 = 8.0;

/// Makes the training and the test set.
///
/// # Errors
/// A whole sentence about why that cannot be.
pub(super) fn assemble(sets: Sets, choices: &Choices, mut told: Told) -> Result<OwnData, String> {
    let (split, train, test) = split(sets, choices, &mut told)?;
    let classes = classes(train.iter().chain(&test))?;
    check_overlap(&train, &test)?;
    let recipe = Recipe::choose(&train, &test, choices, &mut told)?;
    let for_testing = match split {
        Split::Fifth => every_fifth(&train, classes.len()),
        Split::Test | Split::Valid => vec![false; images(&train)],
    };
    let mut data = OwnData {
        train: Dataset::empty(),
        test: Dataset::empty(),
        guesses: Vec::new(),
        notes: Vec::new(),
        classes,
    };
    let mut places = for_testing.into_iter();
    for pair in &train {
        recipe.paint(pair, &mut data, &mut told, || {
            places.next().unwrap_or(false)
        })?;
    }
    for pair in &test {
        recipe.paint(pair, &mut data, &mut told, || true)?;
    }
    check_counts(&data, &train, &test)?;
    (data.guesses, data.notes) = (told.guesses.whole(), told.notes);
    Ok(data)
}

/// Which pairs train, and which test; for [`Split::Fifth`] the first become both.
fn split(
    mut sets: Sets,
    choices: &Choices,
    told: &mut Told,
) -> Result<(Split, Vec<Pair>, Vec<Pair>), String> {
    // A single set is for training, whatever it is called.
    if !sets.contains_key(&Set::Train)
        && let Some((_, pairs)) = sets.pop_first()
    {
        sets.insert(Set::Train, pairs);
    }
    let named = [(Split::Test, Set::Test), (Split::Valid, Set::Valid)];
    let there = named.iter().filter(|(_, set)| sets.contains_key(set));
    let mut possible: Vec<Split> = there.map(|(split, _)| *split).collect();
    possible.push(Split::Fifth);
    let split = choices.split.unwrap_or(possible[0]);
    if !possible.contains(&split) {
        return Err(
            "No file has the name of a set for testing: put test, val or dev into its name.".into(),
        );
    }
    let files = |pairs: &[Pair]| {
        let paths: Vec<&str> = pairs.iter().map(|pair| pair.path.as_str()).collect();
        paths.join(", ")
    };
    let mut take = |set| sets.remove(&set).unwrap_or_default();
    let (mut train, test) = match split {
        Split::Test => (take(Set::Train), take(Set::Test)),
        Split::Valid => (take(Set::Train), take(Set::Valid)),
        Split::Fifth => (Vec::new(), Vec::new()),
    };
    if split == Split::Fifth {
        train = std::mem::take(&mut sets).into_values().flatten().collect();
    }
    for pairs in sets.values() {
        told.notes.push(format!(
            "{} is left out: one set is for training and one for testing.",
            files(pairs)
        ));
    }
    let (file, sentence) = if split == Split::Fifth {
        (
            files(&train),
            "every fifth image of each class is kept for testing.",
        )
    } else {
        (files(&test), "its images are for testing.")
    };
    let options = possible
        .iter()
        .map(|&split| Choice::new(split, words(split)));
    told.guesses
        .add("split", &file, split, sentence, options.collect());
    Ok((split, train, test))
}

fn words(split: Split) -> &'static str {
    match split {
        Split::Test => "for testing: those named as test files",
        Split::Valid => "for testing: those named as files to validate with",
        Split::Fifth => "every fifth image of each class, of all files together",
    }
}

fn images(pairs: &[Pair]) -> usize {
    pairs.iter().map(|pair| pair.labels.len()).sum()
}

/// The classes of all labels in order.
fn classes<'a>(pairs: impl Iterator<Item = &'a Pair> + Clone) -> Result<Vec<String>, String> {
    let mut classes: Vec<String> = Vec::new();
    for pair in pairs.clone() {
        let new = pair
            .labels
            .names
            .iter()
            .filter(|name| !classes.contains(name));
        let new: Vec<String> = new.cloned().collect();
        classes.extend(new);
    }
    labels::sort(&mut classes);
    let path = pairs.clone().next().map_or("", |pair| pair.path.as_str());
    let part = classes
        .iter()
        .find(|name| name.parse::<f64>().is_ok_and(|v| v.fract() != 0.0));
    if let Some(part) = part {
        return Err(format!(
            "The labels of {path} are numbers such as {part}: labels are whole numbers or words. Choose the column that they stand in."
        ));
    }
    match classes.as_slice() {
        [only] => Err(format!(
            "Every image of {path} has the label {only}, and there must be 2 to {MAX_CLASSES} classes: choose the column that the labels stand in, or give images of other classes, too."
        )),
        _ if classes.len() > MAX_CLASSES => Err(format!(
            "The labels of {path} make up {} classes, and there may be {MAX_CLASSES}: choose the column that the labels stand in, or give fewer classes.",
            classes.len()
        )),
        _ => Ok(classes),
    }
}

/// Labels that mean the same must be written in the same way.
fn check_overlap(train: &[Pair], test: &[Pair]) -> Result<(), String> {
    let names = |pairs: &'_ [Pair]| -> Vec<String> {
        pairs
            .iter()
            .flat_map(|pair| pair.labels.names.clone())
            .collect()
    };
    let (of_train, of_test) = (names(train), names(test));
    if test.is_empty() || of_test.iter().any(|name| of_train.contains(name)) {
        return Ok(());
    }
    Err(format!(
        "{} has the labels {} and {} has {}: no class is in both, so nothing can be tested. Write equal labels in the same way.",
        train[0].path,
        few(&of_train),
        test[0].path,
        few(&of_test)
    ))
}

/// Of each image whether it is for testing: of each class every fifth one, and of a small
/// class that has two at least the second.
fn every_fifth(pairs: &[Pair], classes: usize) -> Vec<bool> {
    let mut all = Labels::default();
    for pair in pairs {
        // As many classes were counted before: they are not too many now.
        all.extend(&pair.labels);
    }
    let mut of_class = vec![0; classes.max(all.names.len())];
    all.places
        .iter()
        .for_each(|&place| of_class[usize::from(place)] += 1);
    let mut seen = vec![0; of_class.len()];
    let is_test = |&place: &u16| {
        let (seen, of_class) = (&mut seen[usize::from(place)], of_class[usize::from(place)]);
        *seen += 1;
        let step = if of_class < TEST_SHARE {
            of_class.max(2)
        } else {
            TEST_SHARE
        };
        *seen % step == 0
    };
    all.places.iter().map(is_test).collect()
}

/// How the numbers of all images become pixels.
struct Recipe {
    grey: Grey,
    scale: [f64; 2],
    turned: bool,
}

impl Recipe {
    fn choose(
        train: &[Pair],
        test: &[Pair],
        choices: &Choices,
        told: &mut Told,
    ) -> Result<Self, String> {
        let all = || train.iter().chain(test);
        let path = &train[0].path;
        let span = |pairs: &[Pair]| {
            let spans = pairs.iter().map(|pair| pair.images.span);
            spans.fold(Span::NOTHING, Span::and)
        };
        let whole = span(train).and(span(test));
        if whole.least == whole.greatest {
            return Err(format!(
                "Every pixel of {path} is {}: nothing tells its images apart. Choose other files, or other columns.",
                whole.least
            ));
        }
        if choices.scale.is_none() && !test.is_empty() {
            check_scales(&train[0].path, span(train), &test[0].path, span(test))?;
        }
        if let Some(pair) = all().find(|pair| pair.images.frame.is_coloured()) {
            let grey = choices.grey.unwrap_or(Grey::Brightness);
            let options = [
                (Grey::Brightness, "its brightness"),
                (Grey::Red, "its red alone"),
                (Grey::Green, "its green alone"),
                (Grey::Blue, "its blue alone"),
            ];
            let words = options
                .iter()
                .find(|(value, _)| *value == grey)
                .map_or("", |o| o.1);
            told.guesses.add(
                "grey",
                &pair.path,
                grey,
                &format!("of each coloured pixel {words} is taken."),
                options
                    .map(|(value, words)| Choice::new(value, words))
                    .to_vec(),
            );
        }
        let scale = scale(path, whole, choices.scale, told)?;
        let turned = choices
            .turned
            .unwrap_or_else(|| all().any(|pair| names::is_turned(&pair.path)));
        let (taken, left) = (
            "turned: rows and columns are exchanged, as EMNIST needs",
            "taken as they are",
        );
        told.guesses.add(
            "turned",
            path,
            turned,
            &format!("images are {}.", if turned { taken } else { left }),
            vec![Choice::new(false, left), Choice::new(true, taken)],
        );
        Ok(Self {
            grey: choices.grey.unwrap_or(Grey::Brightness),
            scale,
            turned,
        })
    }

    /// Puts the images of `pair` into the training set, or where `is_test` says so into the
    /// test set.
    fn paint(
        &self,
        pair: &Pair,
        data: &mut OwnData,
        told: &mut Told,
        mut is_test: impl FnMut() -> bool,
    ) -> Result<(), String> {
        let (path, frame) = (&pair.path, pair.images.frame);
        let mut painter = Painter::new(frame, self.grey, self.scale, self.turned);
        let (rows, cols) = painter.sides;
        if !painter.fits() {
            told.notes.push(format!(
                "{path}: images of {} x {} pixels are made smaller: {rows} x {cols}.",
                frame.rows, frame.cols
            ));
        }
        let place = |name: &String| {
            data.classes
                .iter()
                .position(|class| class == name)
                .unwrap_or(0) as u8
        };
        let classes: Vec<u8> = pair.labels.names.iter().map(place).collect();
        let OwnData { train, test, .. } = data;
        for set in [&mut *train, &mut *test] {
            if set.is_empty() {
                (set.rows, set.cols) = (rows, cols);
            }
            if (set.rows, set.cols) != (rows, cols) {
                return Err(format!(
                    "The images of {path} have {rows} x {cols} pixels and others {} x {}: give images of one size.",
                    set.rows, set.cols
                ));
            }
        }
        let mut places = pair.labels.places.iter();
        pair.images
            .each(&mut |image| {
                let set = if is_test() { &mut *test } else { &mut *train };
                set.pixels
                    .try_reserve(rows * cols)
                    .map_err(|_| too_large(set.pixels.len()))?;
                painter.paint(image, &mut set.pixels);
                let place = places.next().copied().unwrap_or_default();
                set.labels.push(classes[usize::from(place)]);
                Ok(())
            })
            .map_err(|problem| format!("{path} {problem}"))
    }
}

/// One scale for all: a test set that is much darker was written in another way.
fn check_scales(train: &str, a: Span, test: &str, b: Span) -> Result<(), String> {
    let largest = |span: Span| span.greatest.abs().max(span.least.abs());
    let (a, b) = (largest(a), largest(b));
    if a <= MOST_TIMES_BRIGHTER * b && b <= MOST_TIMES_BRIGHTER * a {
        return Ok(());
    }
    Err(format!(
        "The pixels of {train} go up to {a} and those of {test} up to {b}: write both on one scale."
    ))
}

fn scale(
    path: &str,
    span: Span,
    chosen: Option<[f64; 2]>,
    told: &mut Told,
) -> Result<[f64; 2], String> {
    let mut scales = scales(span);
    let scale = chosen.unwrap_or(scales[0]);
    if !scale.iter().all(|value| value.is_finite()) || scale[0] == scale[1] {
        return Err(format!(
            "scale = [{}, {}] cannot be used: choose two different numbers, that of black and that of white.",
            scale[0], scale[1]
        ));
    }
    if !scales.contains(&scale) {
        scales.push(scale);
    }
    let words = |[black, white]: &[f64; 2]| {
        format!("{} is black and {} white", short(*black), short(*white))
    };
    let options = scales.iter().map(|scale| Choice::new(scale, words(scale)));
    let sentence = format!(
        "pixels go from {} to {}, and {}.",
        short(span.least),
        short(span.greatest),
        words(&scale)
    );
    told.guesses
        .add("scale", path, scale, &sentence, options.collect());
    Ok(scale)
}

/// A number as it is read at a glance.
fn short(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

/// Enough to begin with?
fn check_counts(data: &OwnData, train: &[Pair], test: &[Pair]) -> Result<(), String> {
    let names = |pairs: &[Pair]| {
        let paths: Vec<&str> = pairs.iter().map(|pair| pair.path.as_str()).collect();
        paths.join(", ")
    };
    let missing = |path: String, there: usize, fewest: usize| {
        Err(format!(
            "{path} has {}, and {fewest} are the fewest that will do: give {} more.",
            count(there, "image"),
            fewest - there
        ))
    };
    if test.is_empty() {
        let (there, fewest) = (
            data.train.len() + data.test.len(),
            FEWEST_TRAIN + FEWEST_TEST,
        );
        if there < fewest {
            return missing(names(train), there, fewest);
        }
        if data.test.len() < FEWEST_TEST || data.train.len() < FEWEST_TRAIN {
            return Err(format!(
                "{} has {there} images in {} classes, which leave {} for testing and {} for training: give two images or more of each class, or a file of images for testing.",
                names(train),
                data.classes.len(),
                data.test.len(),
                data.train.len()
            ));
        }
    }
    if data.train.len() < FEWEST_TRAIN {
        return missing(names(train), data.train.len(), FEWEST_TRAIN);
    }
    if data.test.len() < FEWEST_TEST {
        return missing(names(test), data.test.len(), FEWEST_TEST);
    }
    Ok(())
}
