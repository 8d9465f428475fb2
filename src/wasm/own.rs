//! The boundary of the reader, a module of its own that is loaded when files come: files in,
//! checked shards, guesses and a preview out. See [`own`] for what is read, and how.
//!
//! ```js
//! const files = new OwnFiles();
//! for (const file of chosen) files.add(pathOf(file), new Uint8Array(await file.arrayBuffer()));
//! for (let picture = files.next_picture(); picture; picture = files.next_picture()) {
//!   const { width, height, data } = await decoded(picture.bytes); // an ImageData
//!   files.add_picture(picture.path, height, width, data);
//! }
//! const data = files.read({}); // throws an Error with the sentences, and guesses as far as there are
//! data.guesses(); // shown beside the preview
//! const turned = files.read({ turned: true }); // somebody knows better
//! ```

use super::error::to_js;
use super::object;
use crate::dataset::own::{self, Choices, Encoded, Files, Guess, Refusal};
use crate::dataset::{Dataset, idx};
use crate::error::Error;
use js_sys::Uint8Array;
use wasm_bindgen::Clamped;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** What is chosen in place of the reader's guesses; a key left out is guessed. */
export interface Choices {
  /** Whether the first line holds the names of the columns. */
  names?: boolean;
  /** The label's column, from 1, or its name, or the first and the last of one-hot columns. */
  label?: number | string | [number, number];
  colours?: "pixels" | "planes";
  grey?: "brightness" | "red" | "green" | "blue";
  /** The values of black and of white. */
  scale?: [number, number];
  /** Whether rows and columns of every image are exchanged. */
  turned?: boolean;
  split?: "test" | "valid" | "fifth";
}

/** What the files do not say: how it was taken, and how else it may be. */
export interface Guess {
  question: keyof Choices;
  /** Null where nothing was likely. */
  chosen: NonNullable<Choices[keyof Choices]> | null;
  /** `chosen` in words, a whole sentence that names the files. */
  sentence: string;
  /** `chosen` is one of them, unless it is null; put the value of another under `question` into the choices. */
  options: { value: NonNullable<Choices[keyof Choices]>; words: string }[];
}
"#;

/// The files of a data set.
#[wasm_bindgen]
#[derive(Default)]
pub struct OwnFiles(Files);

#[wasm_bindgen]
impl OwnFiles {
    /// No files.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts a file to the others, as it is: packed or not, a picture or not. `path` is its
    /// name behind the folders that it lies in, with `/` between them. What is wrong with it
    /// is said by `read`, for all files at once.
    pub fn add(&mut self, path: &str, bytes: &Uint8Array) {
        let mut own: Vec<u8> = Vec::new();
        let length = bytes.length() as usize;
        if own.try_reserve_exact(length).is_err() {
            let megabytes = length >> 20;
            let why = format!(
                "needs more memory than this page has ({megabytes} MB): give fewer images."
            );
            return self.0.add_missing(path, &why);
        }
        own.resize(length, 0);
        bytes.copy_to(&mut own);
        self.0.add(path, own);
    }

    /// A file that could not be read: `why` goes on behind its name, as in "cannot be read:
    /// choose it again."
    pub fn add_missing(&mut self, path: &str, why: &str) {
        self.0.add_missing(path, why);
    }

    /// The next picture that waits for being decoded, also one of an archive.
    pub fn next_picture(&mut self) -> Option<Picture> {
        self.0.next_picture().map(Picture)
    }

    /// A decoded picture, with the data of an `ImageData`; with none it counts as damaged.
    pub fn add_picture(&mut self, path: &str, height: usize, width: usize, rgba: Clamped<Vec<u8>>) {
        self.0.add_picture(path, height, width, &rgba);
    }

    /// Makes a training and a test set of the files; may be called again with other choices.
    /// The error's `guesses` are what may be chosen otherwise.
    pub fn read(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Partial<Record<keyof Choices, unknown>>")]
        choices: JsValue,
    ) -> Result<OwnData, JsValue> {
        let text = js_sys::JSON::stringify(&choices)?
            .as_string()
            .unwrap_or_default();
        let choices: Choices = serde_json::from_str(&text).map_err(|error| {
            to_js(Error::Files {
                message: format!("{text} cannot be chosen ({error}): choose again."),
            })
        })?;
        let read = self.0.read_or_ask(&choices).map(OwnData);
        read.map_err(|Refusal { error, guesses }| with_guesses(to_js(error), &guesses))
    }
}

fn with_guesses(error: JsValue, guesses: &[Guess]) -> JsValue {
    if let Ok(guesses) = object(&guesses) {
        // Setting a property of a fresh Error cannot fail.
        let _ = js_sys::Reflect::set(&error, &"guesses".into(), &guesses);
    }
    error
}

/// A picture as its file holds it.
#[wasm_bindgen]
pub struct Picture(Encoded);

#[wasm_bindgen]
impl Picture {
    /// What `add_picture` wants to have back.
    #[wasm_bindgen(getter)]
    pub fn path(&self) -> String {
        self.0.path.clone()
    }

    /// The bytes of its file.
    #[wasm_bindgen(getter)]
    pub fn bytes(&self) -> Uint8Array {
        Uint8Array::from(self.0.bytes.as_slice())
    }
}

/// A training and a test set that fit together.
#[wasm_bindgen]
pub struct OwnData(own::OwnData);

#[wasm_bindgen]
impl OwnData {
    /// Height of the images.
    #[wasm_bindgen(getter)]
    pub fn rows(&self) -> usize {
        self.0.train.rows()
    }

    /// Their width.
    #[wasm_bindgen(getter)]
    pub fn cols(&self) -> usize {
        self.0.train.cols()
    }

    /// The name of each class.
    #[wasm_bindgen(getter)]
    pub fn classes(&self) -> Vec<String> {
        self.0.classes.clone()
    }

    /// Bytes that the pixels of both sets take.
    #[wasm_bindgen(getter)]
    pub fn bytes(&self) -> usize {
        self.0.bytes()
    }

    /// What the files did not say.
    #[wasm_bindgen(unchecked_return_type = "Guess[]")]
    pub fn guesses(&self) -> Result<JsValue, JsValue> {
        object(&self.0.guesses)
    }

    /// What else is worth knowing, in whole sentences.
    pub fn notes(&self) -> Vec<String> {
        self.0.notes.clone()
    }

    /// Images of each class, of the training or of the test set.
    pub fn counts(&self, test: bool) -> Vec<u32> {
        let mut counts = vec![0; self.0.classes.len()];
        let labels = self.set(test).labels().iter();
        labels.for_each(|&label| counts[usize::from(label)] += 1);
        counts
    }

    /// The pixels of the first `most` training images of `class`, one behind the other.
    pub fn examples(&self, class: u8, most: usize) -> Vec<u8> {
        let train = &self.0.train;
        let labels = train.labels().iter().enumerate();
        let of_class = labels.filter(|(_, label)| **label == class).take(most);
        of_class
            .flat_map(|(index, _)| train.image(index).iter().copied())
            .collect()
    }

    /// The training or the test set as IDX files, images and labels in turn: balanced
    /// shards, as the site's own data are.
    pub fn shards(&self, test: bool) -> Vec<Uint8Array> {
        own::shards(self.set(test))
            .flat_map(|shard| {
                let (images, labels) = idx::write(&shard);
                [images, labels].map(|bytes| Uint8Array::from(bytes.as_slice()))
            })
            .collect()
    }

    fn set(&self, test: bool) -> &Dataset {
        if test { &self.0.test } else { &self.0.train }
    }
}
