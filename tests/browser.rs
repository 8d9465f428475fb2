//! The mathematics in a browser's worker: the golden vectors, and the same bits as
//! natively (tests/laws/seeds.rs checks the same hashes there).
#![cfg(target_arch = "wasm32")]

mod common;
mod vectors;

use np_playground::algorithm::Algorithm;
use np_playground::decorrelation::Form;
use vectors::Vector;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

#[wasm_bindgen_test]
fn every_expected_value_of_every_golden_vector_is_met() {
    for text in [
        include_str!("golden/net1_6-5-4.json"),
        include_str!("golden/net2_8-7-6-3.json"),
        include_str!("golden/net3_12-10-8-6-4.json"),
    ] {
        let vector: Vector = serde_json::from_str(text).expect("a vector");
        for form in [Form::Factored, Form::Covariance] {
            for mismatch in vector.compute(form).mismatches(&vector.expected) {
                panic!("{form:?}: {mismatch}");
            }
        }
    }
}

#[wasm_bindgen_test]
fn all_rules_end_with_the_bits_they_have_natively() {
    for (algorithm, hash) in Algorithm::all().zip(common::HASHES) {
        assert_eq!(
            common::hash_after_three_epochs(algorithm),
            hash,
            "{algorithm}"
        );
    }
}
