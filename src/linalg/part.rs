//! Parts of matrices, as `slice` gives them; compiled once, and not in each of the many places
//! that want one: the page's first download has no room for that.

use ndarray::{ArrayView2, ArrayViewMut2, s};
use std::ops::Range;

/// These rows.
///
/// # Panics
/// If there are no such rows, as all of these functions.
#[inline(never)]
pub fn row_range(matrix: ArrayView2<'_, f32>, rows: Range<usize>) -> ArrayView2<'_, f32> {
    matrix.slice_move(s![rows, ..])
}

/// These rows, to be written.
#[inline(never)]
pub fn row_range_mut(matrix: ArrayViewMut2<'_, f32>, rows: Range<usize>) -> ArrayViewMut2<'_, f32> {
    matrix.slice_move(s![rows, ..])
}

/// These columns.
pub fn col_range(matrix: ArrayView2<'_, f32>, cols: Range<usize>) -> ArrayView2<'_, f32> {
    row_range(matrix.reversed_axes(), cols).reversed_axes()
}

/// These columns, to be written.
pub fn col_range_mut(matrix: ArrayViewMut2<'_, f32>, cols: Range<usize>) -> ArrayViewMut2<'_, f32> {
    row_range_mut(matrix.reversed_axes(), cols).reversed_axes()
}

/// These rows of these columns.
pub fn block(
    matrix: ArrayView2<'_, f32>,
    rows: Range<usize>,
    cols: Range<usize>,
) -> ArrayView2<'_, f32> {
    col_range(row_range(matrix, rows), cols)
}

/// These rows of these columns, to be written.
pub fn block_mut(
    matrix: ArrayViewMut2<'_, f32>,
    rows: Range<usize>,
    cols: Range<usize>,
) -> ArrayViewMut2<'_, f32> {
    col_range_mut(row_range_mut(matrix, rows), cols)
}
