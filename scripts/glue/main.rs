//! Writes the JavaScript that stands between a page and a compiled WebAssembly module, and the module as that
//! JavaScript wants it: `glue MODULE.wasm FOLDER`.
//!
//! It is what `wasm-bindgen --target web` does, from the library beneath that command, which compiles in a fraction of
//! the command's time.

use std::env;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let mut arguments = env::args_os().skip(1);
    let module = arguments.next().context("which module?")?;
    let folder = arguments.next().context("into which folder?")?;
    Bindgen::new()
        .input_path(module)
        .web(true)?
        .typescript(true)
        .generate(folder)
}
