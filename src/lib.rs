//! Learning without backpropagation: node perturbation and its relatives, as in
//! Dalm, van Gerven and Ahmad, "Effective Learning with Node Perturbation in Deep
//! Neural Networks" (arXiv 2310.00965), beside backpropagation.
//!
//! # The paper on one page
//!
//! A batch has B samples; layer l = 1..L has N_l units; N = N_1 + ... + N_L.
//! Matrices are row-major with one sample a row.
//!
//! | symbol | shape | meaning | here |
//! | --- | --- | --- | --- |
//! | X_0 | B x N_0 | pixels in [0, 1] | [`dataset`] |
//! | R_l | N_{l-1} x N_{l-1} | decorrelation matrix, starts as I | [`network::Layer::decorrelation`] |
//! | X*_{l-1} = X_{l-1} R_lᵀ | B x N_{l-1} | decorrelated input | [`network::Pass::decorrelated_input`] |
//! | A_l = X*_{l-1} W_lᵀ + b_l | B x N_l | pre-activations | [`network::Pass::preactivation`] |
//! | X_l = f(A_l) | B x N_l | activations | [`network::Pass::activation`] |
//! | L | B | loss of each sample | [`loss`] |
//!
//! A *noisy pass* adds fresh eps_l ~ N(0, sigma²) to every pre-activation. dL is
//! the clean loss minus the noisy one, dA_l the noisy pre-activations minus the
//! clean ones, both per sample; see [`network::NoisyPass`]. Each learning rule
//! turns them into an error E_l (B x N_l):
//!
//! | rule | noisy passes | E_l |
//! | --- | --- | --- |
//! | BP, backpropagation | 0 | - dL/dA_l |
//! | NP, node perturbation | 1 | eps_l dL / sigma² |
//! | INP, iterative | L, noise in one layer each | N_l dL dA_l / \|\|dA_l\|\|² |
//! | ANP, activity-based | 1 | N dL dA_l / \|\|dA\|\|² |
//!
//! and so do three of the rivals that the paper is compared with here:
//!
//! | rule | noisy passes | E_l |
//! | --- | --- | --- |
//! | FG, forward gradient | 1, of tangents | - v_l dL/dv, v = eps / sigma |
//! | FA, feedback alignment | 0 | (E_{l+1} B_{l+1}) f'(A_l) |
//! | Direct FA | 0 | (E_L D_l) f'(A_l) |
//!
//! (The fourth, weight perturbation, has noise on the weights and no error.) Errors become
//! the gradient estimates gW_l = -(1/B) E_lᵀ X*_{l-1} and gb_l = -(1/B) times the column
//! sums of E_l: [`gradient`]. An [`optimizer`] descends on them.
//!
//! The D forms (DBP, DNP, DINP, DANP) also learn R: after each batch
//! R_l <- R_l - alpha C_l R_l with C_l the off-diagonal part of X*ᵀ X* / B:
//! [`decorrelation`].
//!
//! # The way of the data
//!
//! [`dataset`] (bytes) -> [`trainer`] (a run: steps and epochs of [`network`],
//! [`gradient`], [`decorrelation`], [`optimizer`], on the kernels of [`linalg`])
//! -> [`metrics`] (what is measured, by [`diagnostics`] too). [`config`] says what
//! is run; [`checkpoint`] keeps a run as bytes. Nothing outside `wasm` knows that a
//! browser exists.
//!
//! # The floors
//!
//! A module uses only those that stand below it:
//!
//! | floor | modules |
//! | --- | --- |
//! | ways in | `wasm`, the native command |
//! | a run | [`trainer`], and one that can be drawn: [`toy`] |
//! | images for batches, measurements | `samples`, [`metrics`], [`diagnostics`], [`checkpoint`] |
//! | what is run | [`config`], on [`algorithm`] |
//! | learning | [`gradient`], [`optimizer`] |
//! | the network | [`network`] |
//! | its parts | [`loss`], [`decorrelation`], [`noise`], [`activation`], [`dataset`] |
//! | numbers | [`rng`], [`linalg`] |
//! | | [`error`] |
//!
//! # Example
//!
//! ```
//! use np_playground::{algorithm::Algorithm, config::Config, dataset::Dataset, trainer::Trainer};
//!
//! // Ten images of 28 x 28 pixels in the IDX format of MNIST: image i has row 2 i lit.
//! let pixels = (0..10).flat_map(|i| (0..784).map(move |p| if p / 28 == 2 * i { 255 } else { 0 }));
//! let images: Vec<u8> = [0, 0, 8, 3, 0, 0, 0, 10, 0, 0, 0, 28, 0, 0, 0, 28].into_iter().chain(pixels).collect();
//! let labels: Vec<u8> = [0, 0, 8, 1, 0, 0, 0, 10].into_iter().chain(0..10).collect();
//! let data = Dataset::from_idx(&images, &labels)?;
//!
//! let config = Config::from_json(
//!     r#"{"train_size": 10, "test_size": 10, "hidden_sizes": [16], "batch_size": 10, "epochs": 300, "lr": 0.01}"#,
//! )?
//! .check()?;
//! let anp = Algorithm::from_name("anp").expect("one there is");
//! let mut trainer = Trainer::new(&config, anp, 0, &data, &data, || 0.0)?;
//! trainer.run();
//! assert!(trainer.history().test_acc[300] > 0.9, "{:?}", trainer.history().test_acc[300]);
//! # Ok::<(), np_playground::Error>(())
//! ```

pub mod activation;
pub mod algorithm;
pub mod checkpoint;
pub mod config;
pub mod dataset;
pub mod decorrelation;
pub mod diagnostics;
pub mod error;
pub mod gradient;
pub mod linalg;
pub mod loss;
pub mod metrics;
pub mod network;
pub mod noise;
pub mod optimizer;
pub mod rng;
mod samples;
pub mod toy;
pub mod trainer;
#[cfg(target_arch = "wasm32")]
pub mod wasm;

pub use error::{Error, Result};
