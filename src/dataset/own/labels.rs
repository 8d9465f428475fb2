//! The labels of images, and the classes that they make.

use super::table::Entry;
use std::collections::BTreeMap;

/// More different entries are no classes; counting them all would fill the memory.
const MOST_DIFFERENT: usize = 1000;

/// The label of each image, as a place in a list of names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Labels {
    /// Every name that occurs, in the order in which they did.
    pub names: Vec<String>,
    /// Of each image its place in `names`.
    pub places: Vec<u16>,
    numbers: BTreeMap<u64, u16>,
    words: BTreeMap<String, u16>,
}

impl Labels {
    /// The labels that have these names.
    pub fn of<'a>(names: impl Iterator<Item = &'a str>) -> Option<Self> {
        let mut labels = Self::default();
        for name in names {
            labels.push(&Entry::Word(name))?;
        }
        Some(labels)
    }

    /// Puts the label of the next image behind the others; none if there are too many
    /// different ones.
    pub fn push(&mut self, entry: &Entry<'_>) -> Option<()> {
        let place = match entry {
            Entry::Number(value) => self.place_of_number(*value),
            // Its digits tell it from others.
            Entry::Large(value) => self.place_of_word(&value.to_string()),
            Entry::Spelled(_, word) | Entry::Word(word) => self.place_of_word(word),
        };
        self.places.push(place?);
        Some(())
    }

    fn place_of_number(&mut self, value: f64) -> Option<u16> {
        if let Some(&place) = self.numbers.get(&bits(value)) {
            return Some(place);
        }
        let place = self.add(f64::from_bits(bits(value)).to_string())?;
        self.numbers.insert(bits(value), place);
        Some(place)
    }

    fn place_of_word(&mut self, word: &str) -> Option<u16> {
        if let Some(&place) = self.words.get(word) {
            return Some(place);
        }
        let place = self.add(word.to_owned())?;
        self.words.insert(word.to_owned(), place);
        Some(place)
    }

    fn add(&mut self, name: String) -> Option<u16> {
        if self.names.len() == MOST_DIFFERENT {
            return None;
        }
        self.names.push(name);
        Some(self.names.len() as u16 - 1)
    }

    /// How many images have a label here.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// The name of image `index`'s class.
    pub fn name(&self, index: usize) -> &str {
        &self.names[usize::from(self.places[index])]
    }

    /// The same labels in another order: first that of image `places[0]`.
    pub fn in_order(self, places: &[usize]) -> Self {
        Self {
            places: places.iter().map(|&at| self.places[at]).collect(),
            ..self
        }
    }

    /// Puts the labels of `other` behind these.
    pub fn extend(&mut self, other: &Self) -> Option<()> {
        (0..other.len()).try_for_each(|index| self.push(&Entry::Word(other.name(index))))
    }

    /// How much these look like classes; none where they do not.
    pub fn likeness(&self) -> Option<Likeness> {
        let number = |name: &String| name.parse().ok().filter(|value: &f64| value.is_finite());
        if missing(&self.names).is_some() {
            let mut there = self.names.iter().filter_map(number);
            return there
                .all(|number| number.fract() == 0.0)
                .then_some(Likeness::Missing);
        }
        let numbers: Option<Vec<f64>> = self.names.iter().map(number).collect();
        let different = self.names.len();
        let few = different <= super::super::MAX_CLASSES;
        let Some(numbers) = numbers else {
            return (few && different > 1 && 2 * different <= self.len())
                .then_some(Likeness::Words);
        };
        if numbers.iter().any(|number| number.fract() != 0.0) {
            return None;
        }
        let least = numbers.iter().fold(f64::INFINITY, |a, &b| a.min(b));
        let greatest = numbers.iter().fold(f64::NEG_INFINITY, |a, &b| a.max(b));
        let consecutive = greatest - least + 1.0 == different as f64;
        if !few {
            return (consecutive && 2 * different <= self.len()).then_some(Likeness::Many);
        }
        Some(if different < 2 {
            Likeness::Same
        } else if 2 * different > self.len() {
            Likeness::Sparse
        } else if consecutive {
            Likeness::Consecutive
        } else {
            Likeness::Whole
        })
    }
}

/// What a column of labels looks like; more is likelier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// Whole numbers, some of which are missing: better refused than overlooked.
    Missing,
    /// The same number throughout.
    Same,
    /// Whole numbers, most of which are there once.
    Sparse,
    /// More than there may be, though like classes else: better refused than overlooked.
    Many,
    /// Whole numbers, some of which are left out.
    Whole,
    /// Whole numbers, none of which is left out.
    Consecutive,
    /// Words, each of them for several images.
    Words,
}

/// The name that stands for a number which is missing, as NaN does: beside other words it is a name.
pub(super) fn missing(names: &[String]) -> Option<&String> {
    let is = |name: &&String, finite: bool| {
        let value = name.parse::<f64>().ok();
        value.is_some_and(|value| value.is_finite() == finite)
    };
    let missing = names.iter().find(|name| is(name, false));
    missing.filter(|_| names.iter().any(|name| is(&name, true)))
}

/// Zero has two forms that are one number.
fn bits(value: f64) -> u64 {
    (value + 0.0).to_bits()
}

/// The names in order: by size if all are numbers, else by the alphabet.
pub(super) fn sort(names: &mut [String]) {
    let value = |name: &String| name.parse::<f64>();
    if names.iter().all(|name| value(name).is_ok()) {
        let number = |name: &String| value(name).unwrap_or(f64::NAN);
        // Large ones that differ may be one number so: their digits tell.
        let digits = |a: &String, b: &String| (a.len(), a).cmp(&(b.len(), b));
        names.sort_by(|a, b| {
            let by_size = number(a).total_cmp(&number(b));
            by_size.then_with(|| {
                if number(a) < 0.0 {
                    digits(b, a)
                } else {
                    digits(a, b)
                }
            })
        });
    } else {
        names.sort();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(values: &[f64]) -> Labels {
        let mut labels = Labels::default();
        for value in values {
            labels.push(&Entry::Number(*value)).expect("few");
        }
        labels
    }

    #[test]
    fn equal_labels_are_one_class_however_they_are_written() {
        let labels = numbers(&[5.0, 0.0, -0.0, 5.0]);
        assert_eq!(
            (labels.names.as_slice(), labels.places.as_slice()),
            (&["5".to_owned(), "0".to_owned()][..], &[0, 1, 1, 0][..])
        );
        let mut words = Labels::of(["cat", "dog", "cat"].into_iter()).expect("few");
        words
            .extend(&Labels::of(["dog"].into_iter()).expect("few"))
            .expect("few");
        assert_eq!((words.len(), words.name(3)), (4, "dog"));
    }

    #[test]
    fn too_many_are_no_classes() {
        let mut labels = Labels::default();
        let counted = (0..2000).map(|i| labels.push(&Entry::Number(f64::from(i))));
        assert_eq!(counted.filter(Option::is_some).count(), MOST_DIFFERENT);
    }

    #[test]
    fn classes_look_like_classes() {
        let twice = |values: &[f64]| numbers(&[values, values].concat()).likeness();
        assert_eq!(twice(&[0.0, 2.0, 1.0]), Some(Likeness::Consecutive));
        assert_eq!(twice(&[0.0, 9.0]), Some(Likeness::Whole));
        assert_eq!(numbers(&[0.0, 9.0]).likeness(), Some(Likeness::Sparse));
        assert_eq!(numbers(&[0.0, 0.0]).likeness(), Some(Likeness::Same));
        assert_eq!(numbers(&[0.0, 0.5]).likeness(), None);
        let words = Labels::of(["a", "b", "a", "b"].into_iter()).expect("few");
        assert_eq!(words.likeness(), Some(Likeness::Words));
        let words = Labels::of(["Nan", "Inf", "Nan", "Inf"].into_iter()).expect("few");
        assert_eq!(words.likeness(), Some(Likeness::Words));
        let words = Labels::of(["Nan", "Bob", "Nan", "Bob"].into_iter()).expect("few");
        assert_eq!(words.likeness(), Some(Likeness::Words));
        let mut labels = numbers(&[0.0, 1.0, 0.0, 1.0]);
        labels.push(&Entry::Word("nan")).expect("few");
        assert_eq!(labels.likeness(), Some(Likeness::Missing));
        let names = Labels::of(["1.png", "2.png", "3.png"].into_iter()).expect("few");
        assert_eq!(names.likeness(), None);
    }

    #[test]
    fn names_are_sorted_by_size_or_alphabet() {
        let sorted = |names: &[&str]| {
            let mut names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
            sort(&mut names);
            names
        };
        assert_eq!(sorted(&["10", "9", "-1"]), ["-1", "9", "10"]);
        assert_eq!(sorted(&["b", "10", "a"]), ["10", "a", "b"]);
        let large = [
            "-1000000000000000001",
            "-1000000000000000000",
            "999999999999999999",
        ];
        let [a, b, c] = large;
        assert_eq!(sorted(&[c, b, a, c, b]), [a, b, b, c, c]);
    }
}
