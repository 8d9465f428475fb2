//! What the files do not say and the reader had to guess, and what may be chosen instead.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What somebody has chosen in place of the reader's guesses. A key left out is guessed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Choices {
    /// Whether the first line of a text file holds the names of its columns.
    pub names: Option<bool>,
    /// Where the labels stand.
    pub label: Option<LabelColumn>,
    /// How rows of plain numbers hold the colours of a pixel.
    pub colours: Option<Colours>,
    /// What grey is made of.
    pub grey: Option<Grey>,
    /// The values of black and of white; the first may be the greater.
    pub scale: Option<[f64; 2]>,
    /// Whether rows and columns of every image are exchanged.
    pub turned: Option<bool>,
    /// Which images are for testing.
    pub split: Option<Split>,
}

/// Where the labels of a table stand; columns count from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum LabelColumn {
    /// In this column.
    Number(usize),
    /// In the column of this name.
    Name(String),
    /// From this column to that, one for a class, a 1 in that of the image's class.
    OneHot([usize; 2]),
}

/// The order of the numbers of a coloured image.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Colours {
    /// Red, green and blue of a pixel, then those of the next.
    Pixels,
    /// Red of all pixels, then green of all, then blue.
    Planes,
}

/// What the grey of a coloured pixel is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grey {
    /// As bright as the eye sees it: 0.299 red, 0.587 green, 0.114 blue.
    Brightness,
    /// Red alone.
    Red,
    /// Green alone.
    Green,
    /// Blue alone.
    Blue,
}

/// Which images are for testing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Split {
    /// Those of the files that are named as test files.
    Test,
    /// Those of the files that are named as files to validate with.
    Valid,
    /// Every fifth of each class, of all files together.
    Fifth,
}

/// Something that the files do not say: how it was taken, and how else it may be.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Guess {
    /// The key of [`Choices`] that changes it.
    pub question: &'static str,
    /// How it was taken: the value of that key; null where nothing was likely.
    pub chosen: Value,
    /// The same as a sentence, which names the files.
    pub sentence: String,
    /// How it may be taken; `chosen` is one of them, unless it is null.
    pub options: Vec<Choice>,
}

/// One of the ways to take something.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Choice {
    /// The value of the key of [`Choices`].
    pub value: Value,
    /// What it means, in a few words.
    pub words: String,
}

impl Choice {
    pub(super) fn new(value: impl Serialize, words: impl Into<String>) -> Self {
        Self {
            value: json(value),
            words: words.into(),
        }
    }
}

/// What was taken for granted, each once, with all the files of which it is true.
#[derive(Default)]
pub(super) struct Guesses(Vec<(Guess, Vec<String>)>);

impl Guesses {
    /// `sentence` says what was taken, and goes on behind the names of the files.
    pub fn add(
        &mut self,
        question: &'static str,
        file: &str,
        chosen: impl Serialize,
        sentence: &str,
        options: Vec<Choice>,
    ) {
        let guess = Guess {
            question,
            chosen: json(chosen),
            sentence: sentence.to_owned(),
            options,
        };
        match self.0.iter_mut().find(|(known, _)| *known == guess) {
            Some((_, files)) => files.push(file.to_owned()),
            None => self.0.push((guess, vec![file.to_owned()])),
        }
    }

    /// The same where the options are known before; `sentence` gets the words of that which
    /// was taken.
    pub fn choose<T: Serialize + PartialEq + Copy>(
        &mut self,
        question: &'static str,
        file: &str,
        chosen: T,
        options: &[(T, &str)],
        sentence: impl Fn(&str) -> String,
    ) {
        let taken = options.iter().find(|(value, _)| *value == chosen);
        let words = taken.map_or("", |(_, words)| words);
        let options = options
            .iter()
            .map(|(value, words)| Choice::new(value, *words));
        self.add(question, file, chosen, &sentence(words), options.collect());
    }

    /// All of them, their sentences whole.
    pub fn whole(&self) -> Vec<Guess> {
        let whole = |(guess, files): &(Guess, Vec<String>)| Guess {
            sentence: format!("{}: {}", files.join(", "), guess.sentence),
            ..guess.clone()
        };
        self.0.iter().map(whole).collect()
    }
}

fn json(value: impl Serialize) -> Value {
    serde_json::to_value(value).expect("plain numbers and words")
}
