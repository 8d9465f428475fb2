//! What is seen of a run, as typed arrays.

use crate::trainer::inspect;
use wasm_bindgen::prelude::*;

/// See [`inspect::TestAnswers`].
#[wasm_bindgen(getter_with_clone)]
pub struct TestAnswers {
    /// Number of classes.
    pub classes: usize,
    /// classes x classes counts, row by row.
    pub confusion: Vec<u32>,
    /// Index, class and answer of each mistake.
    pub mistakes: Vec<u32>,
    /// The pixels of each mistake, one image behind the other.
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

/// See [`inspect::Correlation`].
#[wasm_bindgen(getter_with_clone)]
pub struct Correlation {
    /// The inputs shown.
    pub inputs: Vec<u32>,
    /// How many inputs the layer has in use.
    pub width: usize,
    /// Row by row, of X.
    pub before: Vec<f32>,
    /// Row by row, of X*; undefined when the algorithm does not decorrelate.
    pub after: Option<Vec<f32>>,
}

impl From<inspect::Correlation> for Correlation {
    fn from(correlation: inspect::Correlation) -> Self {
        Self {
            inputs: correlation.inputs,
            width: correlation.width,
            before: correlation.before.into_iter().collect(),
            after: correlation.after.map(|after| after.into_iter().collect()),
        }
    }
}
