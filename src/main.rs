//! The native command: `np-playground train`, `sweep` and `reproduce`.

#[cfg(not(target_arch = "wasm32"))]
mod command;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    command::main()
}

/// A browser has no command line; its way in is `np_playground::wasm`.
#[cfg(target_arch = "wasm32")]
fn main() {}
