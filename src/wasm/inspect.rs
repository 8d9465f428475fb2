//! What is seen of a run, as typed arrays.

use crate::trainer::inspect;
use wasm_bindgen::prelude::*;

/// See [`inspect::TestAnswers`].
#[wasm_bindgen(getter_with_clone)]
pub struct TestAnswers {
    /// Number of classes.
    #[wasm_bindgen(readonly)]
    pub classes: usize,
    /// classes x classes counts, row by row.
    #[wasm_bindgen(readonly)]
    pub confusion: Vec<u32>,
    /// Index, class and answer of each mistake.
    #[wasm_bindgen(readonly)]
    pub mistakes: Vec<u32>,
    /// The pixels of each mistake, one image behind the other.
    #[wasm_bindgen(readonly)]
    pub pixels: Vec<u8>,
}

impl From<inspect::TestAnswers> for TestAnswers {
    fn from(answers: inspect::TestAnswers) -> Self {
        let words = |mistake: &inspect::Mistake| {
            [mistake.index, mistake.truth.into(), mistake.answer.into()]
        };
        Self {
            classes: answers.confusion.nrows(),
            mistakes: answers.mistakes.iter().flat_map(words).collect(),
            pixels: answers
                .mistakes
                .iter()
                .flat_map(|mistake| mistake.pixels.iter().copied())
                .collect(),
            confusion: answers.confusion.into_iter().collect(),
        }
    }
}

/// See [`inspect::Covariance`].
#[wasm_bindgen(getter_with_clone)]
pub struct Covariance {
    /// The inputs shown.
    #[wasm_bindgen(readonly)]
    pub inputs: Vec<u32>,
    /// How many inputs the layer has in use.
    #[wasm_bindgen(readonly)]
    pub width: usize,
    /// Row by row, of X.
    #[wasm_bindgen(readonly)]
    pub before: Vec<f32>,
    /// Row by row, of X*; undefined when the algorithm does not decorrelate.
    #[wasm_bindgen(readonly)]
    pub after: Option<Vec<f32>>,
}

impl From<inspect::Covariance> for Covariance {
    fn from(covariance: inspect::Covariance) -> Self {
        Self {
            inputs: covariance.inputs,
            width: covariance.width,
            before: covariance.before.into_iter().collect(),
            after: covariance.after.map(|after| after.into_iter().collect()),
        }
    }
}
