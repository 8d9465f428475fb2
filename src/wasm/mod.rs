//! THE BOUNDARY between the page and the mathematics: bytes in, flat typed arrays
//! out, plain objects for configuration and summaries. Nothing is computed here.
//!
//! It is two modules: the trainer's, which is the page's first download, and the reader's of
//! own files. The features `trainer` and `reader` say which of them is built.

#[cfg(feature = "trainer")]
mod bench;
#[cfg(feature = "trainer")]
mod clock;
mod error;
#[cfg(feature = "trainer")]
mod inspect;
#[cfg(feature = "reader")]
mod own;
#[cfg(feature = "trainer")]
mod runs;
#[cfg(feature = "reader")]
mod schema;
#[cfg(feature = "trainer")]
mod trainer;
#[cfg(feature = "reader")]
mod weights;

#[cfg(feature = "trainer")]
pub use inspect::{Covariance, TestAnswers};
#[cfg(feature = "reader")]
pub use own::{OwnData, OwnFiles, Picture};
#[cfg(feature = "trainer")]
pub use runs::{Dataset, check_config, fresh_seed, version};
#[cfg(feature = "reader")]
pub use schema::schema;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
#[cfg(feature = "trainer")]
pub use trainer::Trainer;
use wasm_bindgen::prelude::*;
#[cfg(feature = "reader")]
pub use weights::WeightsFile;

/// Runs once when the module starts: a panic then names its place in the console.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}

/// SHA-256 of `bytes`, lower-case hexadecimal.
#[wasm_bindgen]
pub fn sha256(bytes: &[u8]) -> String {
    crate::checkpoint::sha256(bytes)
}

fn object(value: &impl Serialize) -> Result<JsValue, JsValue> {
    Ok(value.serialize(&Serializer::json_compatible())?)
}
