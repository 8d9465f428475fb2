//! Own data: files in, checked shards and a preview out.

use super::error::to_js;
use crate::dataset::own::{self, NamedFile};
use crate::dataset::{Dataset, Shape, idx};
use wasm_bindgen::prelude::*;

/// The files of a data set, unpacked; see [`own::OwnData::from_files`].
#[wasm_bindgen]
#[derive(Default)]
pub struct OwnFiles(Vec<NamedFile>);

#[wasm_bindgen]
impl OwnFiles {
    /// No files.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts a file to the others.
    pub fn add(&mut self, name: String, bytes: Vec<u8>) {
        self.0.push(NamedFile { name, bytes });
    }

    /// Reads and checks them.
    pub fn read(self) -> Result<OwnData, JsValue> {
        let own::OwnData { train, test } = own::OwnData::from_files(&self.0).map_err(to_js)?;
        let shape = Shape::of_own(&train, &test).map_err(to_js)?;
        Ok(OwnData {
            rows: shape.rows,
            cols: shape.cols,
            classes: shape.classes,
            train,
            test,
        })
    }
}

/// A training and a test set that fit together.
#[wasm_bindgen]
pub struct OwnData {
    /// Height of the images.
    #[wasm_bindgen(readonly)]
    pub rows: usize,
    /// Their width.
    #[wasm_bindgen(readonly)]
    pub cols: usize,
    /// Number of classes.
    #[wasm_bindgen(readonly)]
    pub classes: usize,
    train: Dataset,
    test: Dataset,
}

#[wasm_bindgen]
impl OwnData {
    /// Images of each class, of the training or of the test set.
    pub fn counts(&self, test: bool) -> Vec<u32> {
        let mut counts = vec![0; self.classes];
        let labels = self.set(test).labels().iter();
        labels.for_each(|&label| counts[usize::from(label)] += 1);
        counts
    }

    /// The pixels of the first `most` training images of `class`, one behind the other.
    pub fn examples(&self, class: u8, most: usize) -> Vec<u8> {
        let labels = self.train.labels().iter().enumerate();
        let of_class = labels.filter(|(_, label)| **label == class).take(most);
        of_class
            .flat_map(|(index, _)| self.train.image(index).iter().copied())
            .collect()
    }

    /// The training or the test set as IDX files, images and labels in turn: balanced
    /// shards, as the site's own data are.
    pub fn shards(&self, test: bool) -> Vec<js_sys::Uint8Array> {
        let shards = own::shards(self.set(test));
        let files = shards.iter().map(idx::write);
        files
            .flat_map(|(images, labels)| [images, labels])
            .map(|bytes| js_sys::Uint8Array::from(bytes.as_slice()))
            .collect()
    }

    fn set(&self, test: bool) -> &Dataset {
        if test { &self.test } else { &self.train }
    }
}
