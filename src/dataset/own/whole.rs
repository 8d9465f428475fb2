//! Does it look right? Sets of images become the training and the test set, in classes and
//! in grey bytes, unless nothing can be learned from them.

use super::choices::Choices;
use super::labels;
use super::opacity::{Opacity, Seen};
use super::pixels::Painter;
use super::recipe::Recipe;
use super::sets::{Pair, Sets, paths};
use super::split::{every_fifth, split};
use super::unpack::too_large;
use super::{OwnData, Told, count, few};
use crate::dataset::{Dataset, FEWEST_TEST, FEWEST_TRAIN, MAX_CLASSES};

/// Makes the training and the test set.
///
/// # Errors
/// A whole sentence about why that cannot be.
pub(super) fn assemble(sets: Sets, choices: &Choices, told: &mut Told) -> Result<OwnData, String> {
    let (mut train, mut test) = split(sets, choices, told)?;
    match_columns(&mut train, &mut test, told);
    match_nameless(&mut train, &mut test, told)?;
    lay_on_paper(&mut train, &mut test, told)?;
    check_counts(&train, &test)?;
    let classes = classes(&train, &test)?;
    let recipe = Recipe::of(&train, &test, choices, told)?;
    let mut data = OwnData {
        train: Dataset::empty(),
        test: Dataset::empty(),
        classes,
        guesses: Vec::new(),
        notes: Vec::new(),
    };
    let of_train = if test.is_empty() {
        every_fifth(&train)
    } else {
        all(&train, false)
    };
    let for_testing = of_train.into_iter().chain(all(&test, true));
    for (pair, for_testing) in train.iter().chain(&test).zip(for_testing) {
        let painter = recipe.painter(pair, told);
        data.add(pair, &for_testing, painter)?;
    }
    check_split(&data, &train)?;
    check_pixels(&data.train, &paths(&train))?;
    (data.guesses, data.notes) = (told.guesses.whole(), std::mem::take(&mut told.notes));
    Ok(data)
}

/// Equal names are those of the same pixel, wherever their columns stand: as in the first file.
fn match_columns(train: &mut [Pair], test: &mut [Pair], told: &mut Told) {
    let Some((first, others)) = train.split_first_mut() else {
        return;
    };
    for pair in others.iter_mut().chain(test) {
        if pair.images.order_as(&first.images) {
            told.notes.push(format!(
                "{}: the columns stand in another order than in {}, and are matched by their names.",
                pair.path, first.path
            ));
        }
    }
}

/// Files without names, as the parts of a table behind its first, have their columns in the order
/// of those that have some.
fn match_nameless(train: &mut [Pair], test: &mut [Pair], told: &mut Told) -> Result<(), String> {
    let are_named = |named: bool| move |pair: &&Pair| pair.images.are_named() == Some(named);
    let all = || train.iter().chain(test.iter());
    let mut named = all().filter(are_named(true));
    let (Some(nameless), Some(first)) = (all().find(are_named(false)), named.next()) else {
        return Ok(());
    };
    let (path, order, frame) = (first.path.clone(), first.images.order(), first.images.frame);
    if let Some(other) = named.find(|other| other.images.order() != order) {
        return Err(format!(
            "The columns of {} have no names, and those of {path} and {} stand in different orders: give it a first line with the names of its columns, too.",
            nameless.path, other.path
        ));
    }
    let Some(order) = order else { return Ok(()) };
    for pair in train.iter_mut().chain(test) {
        if pair.images.are_named() == Some(false) && pair.images.take_in(&order, frame) {
            told.notes.push(format!(
                "{}: the columns have no names, and are taken in the order of those of {path}.",
                pair.path
            ));
        }
    }
    Ok(())
}

/// Arrays whose pixels have an opacity lie on one ground, or those for testing may look like no
/// others.
fn lay_on_paper(train: &mut [Pair], test: &mut [Pair], told: &mut Told) -> Result<(), String> {
    let seen = train
        .iter()
        .chain(test.iter())
        .map(|pair| Seen::of(&pair.images).map_err(|problem| format!("{} {problem}", pair.path)));
    let opacities = Opacity::of(&seen.collect::<Result<Vec<_>, _>>()?);
    for (pair, opacity) in train.iter_mut().chain(test).zip(opacities) {
        let path = &pair.path;
        if let Some(opacity) = opacity {
            let laid = pair.images.lie_on(opacity);
            laid.map_err(|problem| format!("{path} {problem}"))?;
        }
        let said = pair.images.beside_colours();
        told.notes.extend(said.map(|said| format!("{path} {said}")));
    }
    Ok(())
}

fn all(pairs: &[Pair], for_testing: bool) -> Vec<Vec<bool>> {
    let of_pair = |pair: &Pair| vec![for_testing; pair.labels.len()];
    pairs.iter().map(of_pair).collect()
}

impl OwnData {
    /// Puts the images of `pair` to those for training or for testing.
    fn add(
        &mut self,
        pair: &Pair,
        for_testing: &[bool],
        mut painter: Painter,
    ) -> Result<(), String> {
        let path = &pair.path;
        let (rows, cols) = painter.sides;
        let tested = for_testing.iter().filter(|&&test| test).count();
        let counts = [for_testing.len() - tested, tested];
        for (set, count) in [&mut self.train, &mut self.test].into_iter().zip(counts) {
            if set.is_empty() {
                (set.rows, set.cols) = (rows, cols);
            }
            if (set.rows, set.cols) != (rows, cols) {
                return Err(format!(
                    "The images of {path} have {rows} x {cols} pixels and others {} x {}: give images of one size.",
                    set.rows, set.cols
                ));
            }
            let bytes = count.saturating_mul(rows * cols);
            let reserved = set.pixels.try_reserve_exact(bytes);
            reserved.map_err(|_| format!("{path} {}", too_large(bytes)))?;
        }
        let class = |name: &String| self.classes.iter().position(|class| class == name);
        let classes = pair.labels.names.iter().map(class);
        let classes: Vec<u8> = classes
            .map(|class| class.unwrap_or_default() as u8)
            .collect();
        let mut images = pair.labels.places.iter().zip(for_testing);
        let painted = pair.images.each(&mut |image| {
            let Some((&place, &test)) = images.next() else {
                return Ok(());
            };
            let set = if test {
                &mut self.test
            } else {
                &mut self.train
            };
            painter.paint(image, &mut set.pixels);
            set.labels.push(classes[usize::from(place)]);
            Ok(())
        });
        painted.map_err(|problem| format!("{path} {problem}"))
    }
}

/// The classes of all labels in order.
fn classes(train: &[Pair], test: &[Pair]) -> Result<Vec<String>, String> {
    let (of_train, of_test) = (names(train), names(test));
    if !test.is_empty() && !of_test.iter().any(|name| of_train.contains(name)) {
        return Err(format!(
            "{} has the labels {} and {} has {}: no class is in both, so nothing can be tested. Write equal labels in the same way.",
            train[0].path,
            few(&of_train),
            test[0].path,
            few(&of_test)
        ));
    }
    let path = &train[0].path;
    let mut classes = [of_train, of_test].concat();
    if let Some(missing) = labels::missing(&classes) {
        return Err(without_label(train, test, missing));
    }
    labels::sort(&mut classes);
    classes.dedup();
    // Nan and Inf are names as well.
    let is_fraction = |name: &&String| {
        let value = name.parse::<f64>().ok().filter(|value| value.is_finite());
        value.is_some_and(|value| value.fract() != 0.0)
    };
    if let Some(fraction) = classes.iter().find(is_fraction) {
        return Err(format!(
            "The labels of {path} are numbers such as {fraction}: labels are whole numbers or words. Choose the column that they stand in."
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

/// What is wrong where a number is missing, which `missing` stands for.
fn without_label(train: &[Pair], test: &[Pair], missing: &str) -> String {
    let lacking = |pair: &Pair| {
        let labels = &pair.labels;
        (0..labels.len())
            .filter(|&i| labels.name(i) == missing)
            .count()
    };
    let mut lacking = train
        .iter()
        .chain(test)
        .map(|pair| (&pair.path, lacking(pair)));
    let found = lacking.find(|(_, lacking)| *lacking > 0);
    let (path, lacking) = found.unwrap_or((&train[0].path, 0));
    format!(
        "{path} has {} whose label is {missing}, where others have numbers: give each a label, or leave it out. Or choose another column for the label.",
        count(lacking, "image")
    )
}

fn names(pairs: &[Pair]) -> Vec<String> {
    let names = pairs.iter().flat_map(|pair| &pair.labels.names);
    names.cloned().collect()
}

/// Enough to begin with?
fn check_counts(train: &[Pair], test: &[Pair]) -> Result<(), String> {
    let check = |pairs: &[Pair], fewest: usize| {
        let there: usize = pairs.iter().map(|pair| pair.labels.len()).sum();
        if there >= fewest {
            return Ok(());
        }
        Err(format!(
            "{} has {}, and {fewest} are the fewest that will do: give {} more.",
            paths(pairs),
            count(there, "image"),
            fewest - there
        ))
    };
    if test.is_empty() {
        return check(train, FEWEST_TRAIN + FEWEST_TEST);
    }
    check(train, FEWEST_TRAIN).and_then(|()| check(test, FEWEST_TEST))
}

/// Classes of one image each leave none for testing.
fn check_split(data: &OwnData, train: &[Pair]) -> Result<(), String> {
    let (to_train, to_test) = (data.train.len(), data.test.len());
    if to_train >= FEWEST_TRAIN && to_test >= FEWEST_TEST {
        return Ok(());
    }
    Err(format!(
        "{} has {} images in {} classes, which leave {to_test} for testing and {to_train} for training: give two images or more of each class, or a file of images for testing.",
        paths(train),
        to_train + to_test,
        data.classes.len()
    ))
}

/// Numbers that differ may still be painted alike.
fn check_pixels(train: &Dataset, path: &str) -> Result<(), String> {
    let mut pixels = train.pixels.iter();
    let first = pixels.next();
    if pixels.any(|pixel| Some(pixel) != first) {
        return Ok(());
    }
    let what = match first {
        Some(0) => "black",
        Some(255) => "white",
        _ => "of one grey",
    };
    Err(format!(
        "With these values of black and white, and these colours, every training image of {path} is {what}: choose others, or give other files."
    ))
}
