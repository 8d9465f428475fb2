//! THE BOUNDARY between the page and the mathematics: bytes in, flat typed arrays
//! out, plain objects for configuration and summaries. Nothing is computed here.
//!
//! It is three modules: the trainer's, which is the page's first download, the reader's of
//! own files, and the article's of [`crate::toy`]. The features `trainer`, `reader` and `toy` say
//! which of them is built.

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
#[cfg(feature = "toy")]
mod toy;
#[cfg(feature = "trainer")]
mod trainer;
#[cfg(feature = "reader")]
mod weights;

#[cfg(feature = "trainer")]
pub use inspect::{Covariance, TestAnswers};
#[cfg(feature = "reader")]
pub use own::{OwnData, OwnFiles, Picture};
#[cfg(feature = "trainer")]
pub use runs::{Dataset, check_config, fresh_seed, memory_of_runs, version};
#[cfg(feature = "reader")]
pub use schema::schema;
#[cfg(any(feature = "trainer", feature = "reader"))]
use serde::Serialize;
#[cfg(any(feature = "trainer", feature = "reader"))]
use serde_wasm_bindgen::Serializer;
#[cfg(feature = "toy")]
pub use toy::Toy;
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

#[cfg(any(feature = "trainer", feature = "reader"))]
fn object(value: &impl Serialize) -> Result<JsValue, JsValue> {
    Ok(value.serialize(&Serializer::json_compatible())?)
}
