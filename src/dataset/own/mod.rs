//! Whatever images somebody has: a training and a test set from files of many kinds.
//!
//! Four questions, in this order, for the page and for the native command alike:
//!
//! 1. *What is this file?* Its content tells (`kind`), and archives are unpacked (`unpack`).
//! 2. *Which column is the label?* For tables, of text or of arrays (`table`, `label`); then
//!    files are put together by their names and what is in them (`names`, `sets`, `split`).
//! 3. *What is the largest value?* It tells which number is white (`recipe`, `pixels`).
//! 4. *Does it look right?* What cannot be learned from is refused (`whole`).
//!
//! What the files do not say is guessed, and every guess is part of what comes out
//! ([`OwnData::guesses`]), beside what else it may be; [`Choices`] changes it. What cannot be
//! used is called by its name, with the way out: one sentence for every file at fault.
//!
//! ```
//! use np_playground::dataset::own::{Choices, Files};
//!
//! // Forty images of 4 x 4 pixels, whose lit column is their class, which stands at the end.
//! let line = |i: usize| {
//!     let pixels = (0..16).map(|p| if p % 4 == i % 4 { "1," } else { "0," });
//!     format!("{}{}\n", pixels.collect::<String>(), i % 4)
//! };
//! let mut files = Files::new();
//! files.add("mine.csv", (0..40).map(line).collect::<String>().into_bytes());
//! let data = files.read(&Choices::default())?;
//! assert_eq!((data.train.len(), data.test.len(), data.classes.len()), (32, 8, 4));
//! assert_eq!(data.train.image(1)[..4], [0, 255, 0, 0]);
//!
//! let guess = data.guesses.iter().find(|guess| guess.question == "label").expect("a guess");
//! assert_eq!(guess.sentence, "mine.csv: the label is in column 17.");
//! let turned = Choices { turned: Some(true), ..Choices::default() };
//! assert_eq!(files.read(&turned)?.train.image(1)[..8], [0, 0, 0, 0, 255, 255, 255, 255]);
//! # Ok::<(), np_playground::Error>(())
//! ```

mod arff;
mod choices;
mod cifar;
mod found;
mod header;
mod images;
mod kind;
mod label;
mod labels;
mod names;
mod npy;
mod numbers;
mod opacity;
mod packed;
mod part;
mod pixels;
mod quotes;
mod recipe;
mod sets;
mod split;
mod table;
mod text;
mod title;
mod unpack;
mod whole;

pub use choices::{Choice, Choices, Colours, Grey, Guess, LabelColumn, Split};

use super::subset::balanced_order;
use super::{Dataset, SHARD_SIZE};
use crate::error::{Error, Result};
use choices::Guesses;
use found::Found;
use images::Picture;
use part::Part;
use std::collections::VecDeque;
use std::rc::Rc;
use unpack::Budget;

/// So many sentences are more than anybody reads at once.
const MOST_PROBLEMS: usize = 5;

/// The files of a data set, as they come.
#[derive(Default)]
pub struct Files {
    found: Vec<Found>,
    /// Pictures that are still to be decoded.
    waiting: VecDeque<Encoded>,
    pictures: Vec<Rc<Picture>>,
    passed_over: Vec<String>,
    problems: Vec<String>,
}

/// A picture as its file holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encoded {
    /// Where it lies: the folder is its class.
    pub path: String,
    /// "PNG", "JPEG", ...
    pub format: &'static str,
    /// The bytes of its file.
    pub bytes: Vec<u8>,
}

/// A training and a test set of equal image size, and what was guessed to get there.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnData {
    /// Images to train on.
    pub train: Dataset,
    /// Images to test with.
    pub test: Dataset,
    /// The name of each class.
    pub classes: Vec<String>,
    /// What the files did not say.
    pub guesses: Vec<Guess>,
    /// What else is worth knowing, in whole sentences: what was left out, or made smaller.
    pub notes: Vec<String>,
}

/// Why files cannot be used, and what was guessed before that came to light: another choice
/// may be the way out.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// The sentences.
    pub error: Error,
    /// What the files did not say, as far as they were read.
    pub guesses: Vec<Guess>,
}

impl Files {
    /// No files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts a file to the others. `path` is its name, behind the folders that it lies in.
    /// What is wrong with it is said by [`read`](Self::read), for all files at once.
    pub fn add(&mut self, path: &str, bytes: Vec<u8>) {
        let mut budget = Budget::new(bytes.len());
        self.open(path, bytes, &mut budget, 0);
    }

    /// A file that is there and could not be got, and why.
    pub fn add_missing(&mut self, path: &str, why: &str) {
        self.problems.push(format!("{path} {why}"));
    }

    /// What is no file of data, whatever it is called: its name alone is kept.
    pub fn pass_over(&mut self, path: &str) {
        self.passed_over.push(path.to_owned());
    }

    /// The next picture that is to be decoded. What comes of it goes to
    /// [`add_picture`](Self::add_picture).
    pub fn next_picture(&mut self) -> Option<Encoded> {
        self.waiting.pop_front()
    }

    /// A decoded picture: red, green, blue and opacity of each pixel, row by row.
    pub fn add_picture(&mut self, path: &str, height: usize, width: usize, rgba: &[u8]) {
        match Picture::new(path.to_owned(), (height, width), rgba) {
            Some(picture) => self.pictures.push(Rc::new(picture)),
            None => self.add_missing(path, "cannot be decoded: get it again, or leave it out."),
        }
    }

    /// Makes a training and a test set of the files. It may be called again with other choices.
    ///
    /// # Errors
    /// [`Error::Files`] with a sentence for every file that cannot be used, or about what
    /// they make up together.
    pub fn read(&self, choices: &Choices) -> Result<OwnData> {
        self.read_or_ask(choices).map_err(|refusal| refusal.error)
    }

    /// The same, and a refusal that says what other choices may help.
    ///
    /// # Errors
    /// What [`read`](Self::read) reports, and what was guessed until then.
    pub fn read_or_ask(&self, choices: &Choices) -> std::result::Result<OwnData, Refusal> {
        let mut told = Told::default();
        self.assemble(choices, &mut told).map_err(|error| Refusal {
            error,
            guesses: told.guesses.whole(),
        })
    }

    fn assemble(&self, choices: &Choices, told: &mut Told) -> Result<OwnData> {
        let mut problems = self.problems.clone();
        if let Some(Encoded { path, format, .. }) = self.waiting.front() {
            problems.push(format!(
                "{path} is a {format} picture, which only the page can read: save the pictures as arrays, with numpy.savez."
            ));
        }
        let mut parts = Vec::new();
        for found in &self.found {
            match Part::of(found, choices, told) {
                Ok(part) => parts.push(part),
                Err(problem) => problems.push(format!("{} {problem}", found.path)),
            }
        }
        match part::of_pictures(&self.pictures, told) {
            Ok(pictures) => parts.extend(pictures),
            Err(problem) => problems.push(problem),
        }
        if !problems.is_empty() {
            return Err(refuse(&problems, None));
        }
        if parts.is_empty() {
            return Err(refuse(&[nothing(&self.passed_over)], None));
        }
        told.notes.extend(self.passed_over());
        let pairs = sets::pair(parts, choices, told).map_err(|problems| {
            // What is lacking may be among these.
            refuse(&problems, self.passed_over())
        })?;
        whole::assemble(pairs, choices, told).map_err(|problem| refuse(&[problem], None))
    }

    fn passed_over(&self) -> Option<String> {
        let some = !self.passed_over.is_empty();
        some.then(|| format!("Passed over: {}.", few(&self.passed_over)))
    }
}

/// What was guessed and what else is worth knowing, as it comes to light.
#[derive(Default)]
struct Told {
    guesses: Guesses,
    notes: Vec<String>,
}

fn nothing(passed_over: &[String]) -> String {
    let formats = "CSV, IDX, NPZ, NPY, ARFF, binary batches of CIFAR or, in the page, folders of PNG or JPEG images";
    if passed_over.is_empty() {
        return format!("There are no files: give {formats}.");
    }
    format!(
        "There are no images in {}: give {formats}.",
        few(passed_over)
    )
}

/// "1 image", "2 images".
fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// A list that is not too long to be read.
fn few(names: &[String]) -> String {
    match names {
        [first, second, third, _, rest @ ..] => {
            format!("{first}, {second}, {third} and {} more", rest.len() + 1)
        }
        few => few.join(", "),
    }
}

/// A sentence for each problem, and one behind them.
fn refuse(problems: &[String], last: Option<String>) -> Error {
    let mut message = problems[..problems.len().min(MOST_PROBLEMS)].join(" ");
    if problems.len() > MOST_PROBLEMS {
        message += &format!(" And {} more like these.", problems.len() - MOST_PROBLEMS);
    }
    if let Some(last) = last {
        message += &format!(" {last}");
    }
    Error::Files { message }
}

/// Whether a file of this path is none of data: hidden, or what archives and authors put
/// beside the data.
pub fn is_passed_over(path: &str) -> bool {
    names::is_passed_over(path)
}

impl OwnData {
    /// The same images with the digits that their classes are called as labels.
    ///
    /// # Errors
    /// [`Error::Files`] if a class is called otherwise.
    pub fn into_digits(mut self) -> Result<Self> {
        let digit = |name: &String| name.parse().ok().filter(|digit: &u8| *digit < 10);
        let digits: Option<Vec<u8>> = self.classes.iter().map(digit).collect();
        let Some(digits) = digits else {
            let problem = format!(
                "dataset = mnist has the labels 0 to 9 and these files have {}: choose dataset = own.",
                self.classes.join(", ")
            );
            return Err(refuse(&[problem], None));
        };
        for set in [&mut self.train, &mut self.test] {
            set.labels
                .iter_mut()
                .for_each(|label| *label = digits[usize::from(*label)]);
        }
        self.classes = (0..10).map(|digit| digit.to_string()).collect();
        Ok(self)
    }

    /// Bytes that the pixels take.
    pub fn bytes(&self) -> usize {
        [&self.train, &self.test]
            .map(|set| set.len() * set.rows() * set.cols())
            .iter()
            .sum()
    }
}

/// The set in balanced order, cut into shards as the site's own data are: the first ones
/// are enough for a small run; see [`super::subset`].
pub fn shards(set: &Dataset) -> impl Iterator<Item = Dataset> {
    let order = balanced_order(set.labels());
    let count = order.len().div_ceil(SHARD_SIZE);
    (0..count).map(move |shard| {
        let first = shard * SHARD_SIZE;
        set.select(&order[first..order.len().min(first + SHARD_SIZE)])
    })
}
