//! The table of settings, which the build writes into the page: in the module that is loaded
//! for files, so that nobody's first download has it twice.

use super::object;
use crate::config;
use wasm_bindgen::prelude::*;

/// The table of settings, the algorithms and the version; see [`config::schema`].
#[wasm_bindgen]
pub fn schema() -> Result<JsValue, JsValue> {
    object(&config::schema())
}
