//! What must hold whatever the numbers are: laws of the gradients, of decorrelation, of
//! the optimizers, of runs and their seeds, of the configuration.
#![cfg(not(target_arch = "wasm32"))]

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/seen.rs"]
mod seen;

mod changes;
mod configuration;
mod decorrelation;
mod files;
mod gradients;
mod optimizers;
mod own_data;
mod runs;
mod seeds;
mod toy;
mod turns;
mod update;
mod views;
mod weights;
