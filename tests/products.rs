//! Every product at the edges of the kernels.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use common::products;

#[test]
fn dense_products_are_the_scalar_ones() {
    products::dense_products_are_the_scalar_ones();
}

#[test]
fn products_with_itself_are_the_scalar_ones() {
    products::products_with_itself_are_the_scalar_ones();
}

#[test]
fn sparse_products_are_the_scalar_ones() {
    products::sparse_products_are_the_scalar_ones();
}

#[test]
fn transposed_sparse_products_are_the_scalar_ones() {
    products::transposed_sparse_products_are_the_scalar_ones();
}
