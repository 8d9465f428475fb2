//! A golden vector: its inputs, and the comparison of what this library computes from
//! them with what it expects. tests/golden/README.md tells the meaning of every field.
#![allow(dead_code, reason = "the browser's tests use a part of this module")]

mod compare;
mod compute;

use np_playground::activation::Activation;
use np_playground::loss::LossKind;
use serde::Deserialize;
use serde_json::Value;

/// A nested list of rows: one sample, or one unit, a row.
type Matrix = Vec<Vec<f32>>;

/// One file. A field that is not named here makes it unreadable; `expected` is compared
/// as a tree, in which every field must have been computed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vector {
    name: String,
    sizes: Vec<usize>,
    batch: usize,
    hidden: Activation,
    out: Activation,
    loss: LossKind,
    leak: f32,
    sigma: f32,
    lr_sgd: f32,
    lr_adam: f32,
    adam: AdamConstants,
    decor_lr: f32,
    /// Not in the rivals' vectors.
    kappa: Option<f32>,
    inputs: Inputs,
    pub expected: Value,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct AdamConstants {
    b1: f64,
    b2: f64,
    eps: f64,
    form: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Inputs {
    x: Matrix,
    y: Matrix,
    labels: Option<Vec<usize>>,
    #[serde(rename = "W")]
    weights: Vec<Matrix>,
    #[serde(rename = "b")]
    bias: Vec<Vec<f32>>,
    #[serde(rename = "R")]
    decorrelation: Vec<Matrix>,
    /// Noise sample k of layer l at `[k][l]`.
    noise: Vec<Vec<Matrix>>,
    // What the rivals need, in their vectors only.
    /// B_l of every layer but the first.
    feedback: Option<Vec<Option<Matrix>>>,
    /// D_l of every layer but the last.
    direct_feedback: Option<Vec<Option<Matrix>>>,
    /// Draw k for the weights of layer l at `[k][l]`.
    weight_noise: Option<Vec<Vec<Matrix>>>,
    /// The same for the biases.
    bias_noise: Option<Vec<Vec<Vec<f32>>>>,
}
