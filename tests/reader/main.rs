//! Files of one's own in the forms in which people have them: what is read, what is guessed,
//! what is refused and with which words.
#![cfg(not(target_arch = "wasm32"))]

#[path = "../common/mod.rs"]
mod common;

mod choices;
mod formats;
mod hostile;
mod pictures;
mod refused;
mod sets;
mod tables;
mod write;

use np_playground::dataset::Dataset;
use np_playground::dataset::own::{Choices, Files, Guess, OwnData};
use np_playground::error::Result;
use serde_json::{Value, json};

/// A file: its path and what is in it.
type File = (&'static str, Vec<u8>);

fn try_read(files: &[File], choices: Value) -> Result<OwnData> {
    let mut all = Files::new();
    for (path, bytes) in files {
        all.add(path, bytes.clone());
    }
    let choices: Choices = serde_json::from_value(choices).expect("choices");
    all.read(&choices)
}

fn read(files: &[File]) -> OwnData {
    read_as(files, json!({}))
}

fn read_as(files: &[File], choices: Value) -> OwnData {
    try_read(files, choices).unwrap_or_else(|error| panic!("{error}"))
}

/// The sentences about files that cannot be used.
fn refusal(files: &[File]) -> String {
    match try_read(files, json!({})) {
        Ok(data) => panic!("read, with {:?}", data.guesses),
        Err(error) => {
            assert_eq!(error.code(), "files");
            error.to_string()
        }
    }
}

/// A sentence that calls `file` what it is and says how to go on.
#[track_caller]
fn assert_refused(files: &[File], words: &[&str]) {
    let message = refusal(files);
    for word in words {
        assert!(message.contains(word), "\"{word}\" in: {message}");
    }
    assert!(
        message.ends_with('.') || message.ends_with(".)"),
        "{message}"
    );
}

fn guess<'a>(data: &'a OwnData, question: &str) -> &'a Guess {
    let mut guesses = data.guesses.iter();
    let found = guesses.find(|guess| guess.question == question);
    let guess = found.unwrap_or_else(|| panic!("{question} in {:?}", data.guesses));
    let is_option = guess
        .options
        .iter()
        .any(|option| option.value == guess.chosen);
    assert!(is_option, "{guess:?}");
    guess
}

/// A hundred images of 14 x 14 pixels in ten classes.
fn hundred() -> Dataset {
    common::images(100, 1)
}

/// What [`hundred`] comes to, read from the files of MNIST's format.
fn reference() -> OwnData {
    read(&write::idx_pair("images", &hundred()))
}

/// The same images with the same labels.
#[track_caller]
fn assert_same(data: &OwnData, expected: &OwnData) {
    assert_eq!(data.classes, expected.classes);
    assert_same_images(data, expected);
}

/// The same images with other names of the classes.
#[track_caller]
fn assert_same_images(data: &OwnData, expected: &OwnData) {
    for (set, expected) in [(&data.train, &expected.train), (&data.test, &expected.test)] {
        assert_eq!((set.rows(), set.cols()), (expected.rows(), expected.cols()));
        assert_eq!(set.labels(), expected.labels());
        // The images themselves are too long to be printed.
        let other = (0..set.len()).find(|&i| set.image(i) != expected.image(i));
        assert_eq!(other, None, "the first image that differs");
    }
}
