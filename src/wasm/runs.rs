//! What runs are made of: configurations, seeds, images.

use super::error::to_js;
use super::object;
use crate::config::Config;
use crate::dataset::{Dataset as Images, Shape};
use crate::trainer::memory::of_instance;
use wasm_bindgen::prelude::*;

/// The version of the crate.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").into()
}

/// The complete configuration with defaults filled in, or an error with every problem.
#[wasm_bindgen]
pub fn check_config(config: JsValue) -> Result<JsValue, JsValue> {
    object(&read_config(config)?.check().map_err(to_js)?)
}

/// Bytes of an instance with a run, for each algorithm of the configuration, on images of this
/// shape; see [`of_instance`].
#[wasm_bindgen]
pub fn memory_of_runs(
    config: JsValue,
    rows: usize,
    cols: usize,
    classes: usize,
) -> Result<Vec<f64>, JsValue> {
    let config = read_config(config)?;
    let shape = Shape {
        rows,
        cols,
        classes,
    };
    let of_run = |&algorithm| of_instance(&config, algorithm, &shape);
    Ok(config.algorithms.iter().map(of_run).collect())
}

/// A seed that nobody has chosen, for "new seed". Noise never comes from here.
#[wasm_bindgen]
pub fn fresh_seed() -> Result<u32, JsValue> {
    getrandom::u32().map_err(|e| JsError::new(&e.to_string()).into())
}

/// Labelled images, put together from pairs of IDX files.
#[wasm_bindgen]
pub struct Dataset(pub(super) Images, usize);

#[wasm_bindgen]
impl Dataset {
    /// A data set without images: the first pair of files makes room for as many pairs as are to
    /// come, none of them larger.
    #[wasm_bindgen(constructor)]
    pub fn new(pairs: Option<usize>) -> Self {
        Self(Images::empty(), pairs.unwrap_or(1))
    }

    /// Puts the images and labels of two IDX files behind those that are here.
    pub fn append(&mut self, images_idx: &[u8], labels_idx: &[u8]) -> Result<(), JsValue> {
        self.0
            .append_idx(images_idx, labels_idx, self.1)
            .map_err(to_js)
    }

    /// Number of images.
    #[wasm_bindgen(getter)]
    pub fn length(&self) -> usize {
        self.0.len()
    }
}

/// A configuration from a plain object, through the JSON reader that files go
/// through, so that both are checked by the same table.
pub(super) fn read_config(config: JsValue) -> Result<Config, JsValue> {
    let text = js_sys::JSON::stringify(&config)?
        .as_string()
        .unwrap_or_default();
    Config::from_json(&text).map_err(to_js)
}
