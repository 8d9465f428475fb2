//! The trainer as the worker drives it.

use super::clock::seconds;
use super::error::to_js;
use super::inspect::{Covariance, TestAnswers};
use super::object;
use super::runs::{Dataset, read_config};
use crate::algorithm::Algorithm;
use crate::error::Result;
use crate::metrics::{Diverged, RateChange, Status};
use crate::trainer::Progress;
use crate::trainer::inspect::View;
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// Multiply-adds in a turn, after which the clock is looked at: on the devices that were measured
/// (fifteen thousand million a second) a sixtieth of a second, and a tenth on a slow phone.
const TURN: u64 = 250_000_000;

/// One run of one algorithm; see [`crate::trainer::Trainer`].
#[wasm_bindgen]
pub struct Trainer(crate::trainer::Trainer);

#[derive(Serialize)]
struct Summary {
    status: &'static str,
    #[serde(flatten)]
    progress: Progress,
    #[serde(skip_serializing_if = "Option::is_none")]
    diverged: Option<Diverged>,
}

#[wasm_bindgen]
impl Trainer {
    /// An untrained run of `algorithm` with `seed`.
    #[wasm_bindgen(constructor)]
    pub fn new(
        config: JsValue,
        algorithm: &str,
        seed: u32,
        train: &Dataset,
        test: &Dataset,
    ) -> std::result::Result<Trainer, JsValue> {
        let config = read_config(config)?;
        let start = || -> Result<crate::trainer::Trainer> {
            let config = config.check()?;
            let algorithm = Algorithm::named(algorithm)?;
            crate::trainer::Trainer::new(&config, algorithm, seed, &train.0, &test.0, seconds)
        };
        start().map(Self).map_err(to_js)
    }

    /// Goes on from a checkpoint.
    pub fn restore(
        bytes: &[u8],
        train: &Dataset,
        test: &Dataset,
    ) -> std::result::Result<Trainer, JsValue> {
        crate::trainer::Trainer::restore(bytes, &train.0, &test.0, seconds)
            .map(Self)
            .map_err(to_js)
    }

    /// Works for up to `ms` milliseconds, at least one turn; ends early when the history
    /// has a new row or the run has ended. Returns the rows so far.
    pub fn advance(&mut self, ms: f64) -> usize {
        let until = seconds() + ms / 1000.0;
        let rows = self.history_rows();
        while self.0.advance_by(TURN) == Status::Running
            && self.history_rows() == rows
            && seconds() < until
        {}
        self.history_rows()
    }

    /// Works for up to `ms` milliseconds, at least one turn, until so many updates have been done,
    /// with the measurements due before and after them. Returns whether they have.
    pub fn toward(&mut self, updates: u32, ms: f64) -> bool {
        let until = seconds() + ms / 1000.0;
        while !self.0.has_done(updates) {
            self.0.advance_by(TURN);
            if seconds() >= until {
                break;
            }
        }
        self.0.has_done(updates)
    }

    /// One update of the weights, with the measurements due before and after it.
    pub fn step(&mut self) {
        self.0.step();
    }

    /// Goes on to the next row of the history.
    pub fn epoch(&mut self) {
        self.0.epoch();
    }

    /// Rows of the history so far.
    #[wasm_bindgen(getter)]
    pub fn length(&self) -> usize {
        self.history_rows()
    }

    /// Multiply-adds of all updates so far; see [`crate::trainer::Trainer::multiply_adds`].
    #[wasm_bindgen(getter)]
    pub fn multiply_adds(&self) -> f64 {
        self.0.multiply_adds() as f64
    }

    /// Row `index` of the history; see [`crate::metrics::History::flat_row`].
    pub fn row(&self, index: usize) -> Option<Vec<f64>> {
        self.0.history().flat_row(index)
    }

    /// Status, epochs and steps done.
    pub fn status(&self) -> std::result::Result<JsValue, JsValue> {
        let status = self.0.status();
        let diverged = match status {
            Status::Diverged(diverged) => Some(diverged),
            Status::Running | Status::Finished => None,
        };
        object(&Summary {
            status: status.name(),
            progress: self.0.progress(),
            diverged,
        })
    }

    /// The changes of its rates so far, one after another: epoch, step, lr, decor_lr,
    /// noise_std; see [`crate::metrics::RateChange`].
    pub fn changes(&self) -> Vec<f64> {
        let flat = |change: &RateChange| {
            let rates = [change.lr, change.decor_lr, change.noise_std].map(f64::from);
            [
                f64::from(change.epoch),
                f64::from(change.step),
                rates[0],
                rates[1],
                rates[2],
            ]
        };
        self.0.changes().iter().flat_map(flat).collect()
    }

    /// One more change of the rates; see [`crate::trainer::Trainer::change`].
    pub fn change(&mut self, change: JsValue) -> std::result::Result<(), JsValue> {
        let changes = js_sys::Array::of1(&change);
        let given = js_sys::Object::new();
        js_sys::Reflect::set(&given, &"changes".into(), &changes)?;
        for change in &read_config(given.into())?.changes {
            self.0.change(*change).map_err(to_js)?;
        }
        Ok(())
    }

    /// Takes back those to come; see [`crate::trainer::Trainer::forget_changes`].
    pub fn forget_changes(&mut self) {
        self.0.forget_changes();
    }

    /// Another number of epochs; see [`crate::trainer::Trainer::set_epochs`].
    pub fn set_epochs(&mut self, epochs: usize) -> std::result::Result<(), JsValue> {
        self.0.set_epochs(epochs).map_err(to_js)
    }

    /// Hash of the weights; see [`crate::checkpoint::weights_hash`].
    pub fn weights_hash(&self) -> String {
        self.0.weights_hash()
    }

    /// Everything needed to go on, as bytes: from before an update that is under way, unless it
    /// has begun to change the network; then it comes to its end.
    pub fn checkpoint(&mut self) -> std::result::Result<Vec<u8>, JsValue> {
        self.0.settle();
        self.0.checkpoint().map_err(to_js)
    }

    /// Height of the images that the network reads.
    #[wasm_bindgen(getter)]
    pub fn rows(&self) -> usize {
        self.0.shape().rows
    }

    /// Their width.
    #[wasm_bindgen(getter)]
    pub fn cols(&self) -> usize {
        self.0.shape().cols
    }

    /// See [`crate::trainer::Trainer::predict`].
    pub fn predict(&self, image: &[u8]) -> std::result::Result<Vec<f32>, JsValue> {
        self.0.predict(image).map_err(to_js)
    }

    /// See [`crate::trainer::Trainer::test_answers`].
    pub fn test_answers(&self, most: usize) -> TestAnswers {
        self.0.test_answers(most).into()
    }

    /// See [`crate::trainer::Trainer::first_weights`]; unit by unit.
    pub fn first_weights(&self, most: usize, learned: bool) -> Vec<f32> {
        self.0.first_weights(most, learned).into_iter().collect()
    }

    /// See [`crate::trainer::Trainer::covariance`].
    pub fn covariance(
        &self,
        layer: usize,
        most: usize,
    ) -> std::result::Result<Covariance, JsValue> {
        let covariance = self.0.covariance(layer, most).map_err(to_js)?;
        Ok(covariance.into())
    }

    /// See [`crate::trainer::Trainer::update_of`].
    pub fn update_of(&self, update: u32, sample: usize, pass: usize, draws: usize) -> Vec<f32> {
        self.0.update_of(View {
            update: Some(update),
            sample,
            pass,
            draws,
        })
    }

    /// See [`crate::trainer::Trainer::along`].
    pub fn along(
        &self,
        update: u32,
        sample: usize,
        pass: usize,
        layer: Option<usize>,
        size: f32,
    ) -> Vec<f32> {
        let view = View {
            update: Some(update),
            sample,
            pass,
            draws: 0,
        };
        self.0.along(view, layer, size)
    }

    /// See [`crate::trainer::Trainer::change_of`].
    pub fn change_of(&self, update: u32, sample: usize, layer: usize) -> Vec<f32> {
        let view = View {
            update: Some(update),
            sample,
            ..View::default()
        };
        self.0.change_of(view, layer)
    }

    fn history_rows(&self) -> usize {
        self.0.history().len()
    }
}
