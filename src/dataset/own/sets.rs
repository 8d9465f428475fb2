//! Which images belong to which labels, and which of them to one set.

use super::choices::Choices;
use super::images::Images;
use super::labels::Labels;
use super::names::{self, Set};
use super::part::{Gives, Part, Rows};
use super::{Told, count};
use std::collections::{BTreeMap, BTreeSet};

/// Images and their labels.
pub(super) struct Pair {
    pub path: String,
    pub images: Images,
    pub labels: Labels,
}

/// The files of some pairs.
pub(super) fn paths(pairs: &[Pair]) -> String {
    let paths: Vec<&str> = pairs.iter().map(|pair| pair.path.as_str()).collect();
    paths.join(", ")
}

/// The pairs of each set. Files whose names tell no set are for training.
pub(super) type Sets = BTreeMap<Set, Vec<Pair>>;

/// Joins images with labels, and batches with each other.
///
/// # Errors
/// A sentence for every file that is left over.
pub(super) fn pair(
    parts: Vec<Part>,
    choices: &Choices,
    told: &mut Told,
) -> Result<Sets, Vec<String>> {
    let mut of_set: BTreeMap<Set, Vec<Part>> = BTreeMap::new();
    for part in parts {
        of_set
            .entry(part.set.unwrap_or(Set::Train))
            .or_default()
            .push(part);
    }
    let (mut sets, mut problems) = (Sets::new(), Vec::new());
    for (set, parts) in of_set {
        let (pairs, left_over) = pair_set(parts, known(sets.values().flatten()), choices, told);
        let has_images = !pairs.is_empty();
        match different(&left_over, choices) {
            Some(problem) => problems.push(problem),
            None => {
                let parts = left_over.iter();
                problems.extend(parts.filter_map(|part| part.problem(has_images, told)));
            }
        }
        if let Some(problem) = several(&pairs) {
            problems.push(problem);
        }
        if has_images {
            sets.insert(set, pairs);
        }
    }
    if problems.is_empty() {
        Ok(sets)
    } else {
        Err(problems)
    }
}

/// What the classes of `pairs` are called.
fn known<'a>(pairs: impl Iterator<Item = &'a Pair>) -> BTreeSet<String> {
    pairs.flat_map(|pair| pair.labels.names.clone()).collect()
}

/// The pairs of one set, and what is left over. `known` are the classes of other sets.
fn pair_set(
    parts: Vec<Part>,
    mut known: BTreeSet<String>,
    choices: &Choices,
    told: &mut Told,
) -> (Vec<Pair>, Vec<Part>) {
    let (mut pairs, mut images, mut rows) = (Vec::new(), Vec::new(), Vec::new());
    for part in parts {
        match part.gives {
            Gives::Both(images, labels) => pairs.push(Pair {
                path: part.path,
                images,
                labels,
            }),
            Gives::Images(_) => images.push(part),
            Gives::Rows(_) => rows.push(part),
        }
    }
    known.extend(self::known(pairs.iter()));
    let (mut left_over, mut used) = (Vec::new(), Vec::new());
    let single = images.len() == 1;
    for part in images {
        let Gives::Images(of_part) = part.gives else {
            continue;
        };
        // Where there is one file of images, its labels may be called as they like.
        let fits = |rows: &Part| single || names::stem(&rows.path) == names::stem(&part.path);
        let mut labels = |known| {
            let labels = |(at, other): (usize, &Part)| match &other.gives {
                Gives::Rows(found) if fits(other) => {
                    let labels = found.labels(&other.path, &of_part, known, choices, told)?;
                    Some((at, labels))
                }
                _ => None,
            };
            rows.iter().enumerate().find_map(labels)
        };
        // What looks like labels itself goes before what is known to be some.
        match labels(None).or_else(|| labels(Some(&known))) {
            Some((at, labels)) => {
                known.extend(labels.names.iter().cloned());
                used.push(rows.remove(at));
                pairs.push(Pair {
                    path: part.path,
                    images: of_part,
                    labels,
                });
            }
            None => left_over.push(Part {
                gives: Gives::Images(of_part),
                ..part
            }),
        }
    }
    let is_used = |part: &Part| used.iter().any(|used| used.gives.is_copy_of(&part.gives));
    let (copies, others): (Vec<Part>, Vec<Part>) = rows.into_iter().partition(is_used);
    for copy in copies {
        let path = copy.path;
        told.notes.push(format!(
            "{path} has labels that another file gives, too, and is passed over."
        ));
    }
    left_over.extend(others);
    pairs.sort_by_key(|pair| natural(&pair.path));
    (pairs, left_over)
}

/// What is wrong where nothing but their number, or the labels themselves, keep images and labels apart.
fn different(left_over: &[Part], choices: &Choices) -> Option<String> {
    let [a, b] = left_over else { return None };
    let (Gives::Images(images), Gives::Rows(rows)) = (&a.gives, &b.gives) else {
        return None;
    };
    (rows.columns == 1).then(|| {
        if images.count == rows.count {
            return format!("{} {}", b.path, rows.no_labels(choices));
        }
        format!(
            "{} has {} and {} has {}, and there must be as many of one as of the other: choose the two files of one set.",
            a.path,
            count(images.count, "image"),
            b.path,
            count(rows.count, "label")
        )
    })
}

/// A path that sorts its numbers by size: batch 10 behind batch 9.
fn natural(path: &str) -> String {
    let mut sorted = String::new();
    let mut digits = String::new();
    for c in path.chars().chain(std::iter::once(' ')) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        if !digits.is_empty() {
            sorted += &format!("{digits:0>20}");
            digits.clear();
        }
        sorted.push(c);
    }
    sorted
}

/// What is wrong where files are no parts of one set.
fn several(pairs: &[Pair]) -> Option<String> {
    let stem = |pair: &Pair| names::unnumbered(&names::stem(&pair.path));
    let first = stem(pairs.first()?);
    let others = pairs.iter().any(|pair| stem(pair) != first);
    others.then(|| {
        format!(
            "{} are images of several sets: give the files of one. (Parts of a set differ in numbers only, and the names of files for testing have test, val or dev in them.)",
            paths(pairs)
        )
    })
}

impl Gives {
    /// Whether both are the same rows.
    fn is_copy_of(&self, other: &Self) -> bool {
        matches!((self, other), (Self::Rows(a), Self::Rows(b)) if a.source == b.source)
    }
}

impl Part {
    /// What is wrong with a file that nothing belongs to; `has_images` says whether its set
    /// has images without it.
    fn problem(&self, has_images: bool, told: &mut Told) -> Option<String> {
        let path = &self.path;
        match &self.gives {
            Gives::Rows(Rows { is_list: true, .. }) if has_images => {
                told.notes
                    .push(format!("{path} lists classes, and is passed over."));
                None
            }
            Gives::Rows(rows) if rows.columns == 1 => Some(format!(
                "{path} has {} and no images: give the file of their images, too, or leave it out.",
                count(rows.count, "label")
            )),
            Gives::Rows(Rows { columns, .. }) => Some(format!(
                "{path} is a table of {columns} columns, which are no images with a label: leave it out; or, if they are, name the columns of pixels 1x1, 1x2, ... so that height and width are known."
            )),
            Gives::Images(images) => {
                if let (false, Some(table)) = (has_images, images.table()) {
                    told.unlabelled(path, table);
                }
                Some(format!(
                    "{path} has {} of {} x {} pixels and no labels: leave it out, or give the file of their labels, too.",
                    count(images.count, "image"),
                    images.frame.rows,
                    images.frame.cols
                ))
            }
            Gives::Both(..) => None,
        }
    }
}
