//! Two weights that learn, for the article's figures.

use super::error::to_js;
use crate::algorithm::Algorithm;
use crate::error::Result;
use crate::toy::Scene;
use wasm_bindgen::prelude::*;

/// See [`crate::toy::Toy`].
#[wasm_bindgen]
pub struct Toy(crate::toy::Toy);

#[wasm_bindgen]
impl Toy {
    /// `algorithm` at the start of `scene`.
    #[wasm_bindgen(constructor)]
    pub fn new(
        scene: &str,
        algorithm: &str,
        lr: f32,
        seed: u32,
    ) -> std::result::Result<Toy, JsValue> {
        let start = || -> Result<crate::toy::Toy> {
            let (scene, algorithm) = (Scene::named(scene)?, Algorithm::named(algorithm)?);
            Ok(crate::toy::Toy::new(scene, algorithm, lr, seed))
        };
        start().map(Self).map_err(to_js)
    }

    /// One update.
    pub fn step(&mut self) {
        self.0.step();
    }

    /// See [`crate::toy::Toy::point`].
    pub fn point(&mut self) -> Vec<f32> {
        self.0.point().to_vec()
    }

    /// See [`crate::toy::Toy::loss`].
    pub fn loss(&self) -> f32 {
        self.0.loss()
    }

    /// The loss that it would have with these weights.
    pub fn loss_at(&mut self, first: f32, second: f32) -> f32 {
        self.0.loss_at([first, second])
    }

    /// See [`crate::toy::Toy::surface`].
    pub fn surface(&mut self, side: usize, reach: f32) -> Vec<f32> {
        self.0.surface(side, reach)
    }

    /// See [`crate::toy::Toy::edges`]; one after another.
    pub fn edges(&self) -> Vec<f32> {
        self.0.edges().into_flattened()
    }

    /// See [`crate::toy::Toy::noise`].
    pub fn noise(&self) -> Vec<f32> {
        self.0.noise().to_vec()
    }

    /// See [`crate::toy::Toy::estimate`].
    pub fn estimate(&self) -> Vec<f32> {
        self.0.estimate().to_vec()
    }

    /// See [`crate::toy::Toy::exact`].
    pub fn exact(&self) -> Vec<f32> {
        self.0.exact().to_vec()
    }

    /// See [`crate::toy::Toy::inputs`]; sample by sample.
    pub fn inputs(&self) -> Vec<f32> {
        self.0.inputs().into_iter().collect()
    }
}
