//! Weights as a file, in the module that is loaded for files.

use super::error::to_js;
use wasm_bindgen::prelude::*;

/// Weights of runs on their way to a file; see [`crate::trainer::WeightsFile`].
#[wasm_bindgen]
#[derive(Default)]
pub struct WeightsFile(crate::trainer::WeightsFile);

#[wasm_bindgen]
impl WeightsFile {
    /// Of no runs.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts the weights in a checkpoint to the others.
    pub fn add(&mut self, checkpoint: &[u8]) -> Result<(), JsValue> {
        self.0.add(checkpoint).map_err(to_js)
    }

    /// The file, in the safetensors format, of runs with these settings.
    pub fn write(&self, config: &str) -> Result<Vec<u8>, JsValue> {
        self.0.write(config).map_err(to_js)
    }
}
