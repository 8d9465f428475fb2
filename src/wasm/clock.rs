//! Seconds, from the page's or the worker's clock.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// `performance`, which window and worker have under the same name.
    #[wasm_bindgen(thread_local_v2, js_name = performance)]
    static PERFORMANCE: web_sys::Performance;
}

/// Seconds since the page or worker started.
pub fn seconds() -> f64 {
    PERFORMANCE.with(|clock| clock.now()) / 1000.0
}
