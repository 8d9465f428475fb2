//! Products with matrices that are mostly zero, such as batches of digits: four
//! of five pixels of MNIST are. The zeros are skipped; the sums are the same.
//!
//! ```text
//!   row i of A:  (column 3, 0.2) (column 4, 0.9) (column 31, 0.5)
//!   row i of C  =  0.2 * row 3 of B  +  0.9 * row 4 of B  +  0.5 * row 31 of B
//! ```
//!
//! B is first copied into panels of 32 columns, whose rows lie one behind the
//! other: 128 bytes each, so that the rows that a list jumps to share the
//! first-level cache with few others. A panel's part of row i of C stays in eight
//! accumulators while the list passes by. What limits it is reading B, one load for
//! each multiply-add, and decoding the list: so an entry holds what the kernel
//! uses, the number as f32 and the place in the panel in bytes. Measured in Chromium on
//! an Intel Xeon (784 inputs, of which 22% are not zero): 0.66 to 0.82 of the peak; with B as
//! it lies and entries to be decoded 0.22 to 0.62, least where B is wide.

use super::part::{col_range, col_range_mut, row_range};
use super::simd::{LANES, Lanes, write_row};
use ndarray::{ArrayView2, ArrayViewMut2};
use std::ops::Range;

/// Columns of B in a panel: eight vectors, as many as accumulators fit in registers.
const PANEL_COLS: usize = 32;
const PANEL_VECTORS: usize = PANEL_COLS / LANES;
const PANEL_ROW_BYTES: usize = PANEL_COLS * size_of::<f32>();

/// A matrix as a list, for each row, of its numbers that are not zero.
#[derive(Debug, Clone, Default)]
pub struct SparseRows {
    /// Where each row's list starts; one more than there are rows.
    starts: Vec<u32>,
    entries: Vec<Entry>,
}

/// A column and the number there.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[repr(C)]
pub struct Entry {
    /// Where the row of a panel starts that this column is multiplied with.
    panel_offset: u32,
    value: f32,
}

impl Entry {
    /// The number `value` in `column`.
    #[inline(always)]
    pub fn new(column: u16, value: f32) -> Self {
        Self {
            panel_offset: u32::from(column) * PANEL_ROW_BYTES as u32,
            value,
        }
    }

    #[inline(always)]
    fn column(self) -> usize {
        self.panel_offset as usize / PANEL_ROW_BYTES
    }
}

impl SparseRows {
    /// A matrix without rows, with room for `rows` rows and `nonzeros` numbers.
    pub fn with_capacity(rows: usize, nonzeros: usize) -> Self {
        let mut starts = Vec::with_capacity(rows + 2); // transposing takes one more
        starts.push(0);
        Self {
            starts,
            entries: Vec::with_capacity(nonzeros),
        }
    }

    /// Takes all rows out.
    pub fn clear(&mut self) {
        self.starts.clear();
        self.starts.push(0);
        self.entries.clear();
    }

    /// Puts a row behind the last.
    pub fn push_row(&mut self, row: impl Iterator<Item = Entry>) {
        self.entries.extend(row);
        self.starts.push(self.entries.len() as u32);
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// How many numbers of these rows are not zero.
    pub fn nonzeros(&self, rows: Range<usize>) -> usize {
        self.entries_of(rows).len()
    }

    fn entries_of(&self, rows: Range<usize>) -> &[Entry] {
        match rows.is_empty() {
            true => &[],
            false => {
                &self.entries[self.starts[rows.start] as usize..self.starts[rows.end] as usize]
            }
        }
    }

    /// Makes `self` the transpose of the rows `block` of `of`, with `rows` rows of its
    /// own: a counting sort by column.
    ///
    /// # Panics
    /// If a column of `of` is not less than `rows`.
    fn transpose(&mut self, of: &SparseRows, block: Range<usize>, rows: usize) {
        let bounds = &of.starts[block.start..=block.end];
        let entries = of.entries_of(block);
        self.starts.clear();
        self.starts.resize(rows + 2, 0);
        for entry in entries {
            self.starts[entry.column() + 2] += 1;
        }
        for row in 2..rows + 2 {
            self.starts[row] += self.starts[row - 1];
        }
        // starts[r + 1] is where row r's list goes on; at the end, where it ends.
        self.entries.resize(entries.len(), Entry::default());
        for (column, bounds) in (0..).zip(bounds.windows(2)) {
            for entry in &of.entries[bounds[0] as usize..bounds[1] as usize] {
                let next = &mut self.starts[entry.column() + 1];
                self.entries[*next as usize] = Entry::new(column, entry.value);
                *next += 1;
            }
        }
        self.starts.truncate(rows + 1);
    }

    /// `c = beta c + alpha a b` with these `rows` as a; b and c with rows that lie one behind the
    /// other. `panel` is a buffer.
    ///
    /// # Panics
    /// If the shapes do not fit, or a column is not a row of b.
    pub(super) fn product<V: Lanes>(
        &self,
        rows: Range<usize>,
        alpha: f32,
        b: ArrayView2<f32>,
        beta: f32,
        mut c: ArrayViewMut2<f32>,
        panel: &mut Vec<f32>,
    ) {
        let n = b.ncols();
        assert!(
            c.nrows() == rows.len() && c.ncols() == n,
            "shapes of a sparse product"
        );
        let entries = self.entries_of(rows.clone()).iter();
        let last = entries.map(|entry| entry.panel_offset).max();
        assert!(
            last.is_none_or(|last| (last as usize) < b.nrows() * PANEL_ROW_BYTES),
            "columns of a sparse product"
        );
        let side_by_side = |strides: &[isize]| n <= 1 || strides[1] == 1;
        assert!(
            (b.is_empty() || side_by_side(b.strides()))
                && (c.is_empty() || side_by_side(c.strides())),
            "rows of numbers side by side"
        );
        for col in (0..n).step_by(PANEL_COLS) {
            let end = n.min(col + PANEL_COLS);
            pack(col_range(b.view(), col..end), panel);
            let c = col_range_mut(c.view_mut(), col..end);
            match (end - col).div_ceil(LANES) {
                1 => self.panel_product::<V, 1>(rows.start, alpha, panel, beta, c),
                2 => self.panel_product::<V, 2>(rows.start, alpha, panel, beta, c),
                3..=4 => self.panel_product::<V, 4>(rows.start, alpha, panel, beta, c),
                _ => self.panel_product::<V, PANEL_VECTORS>(rows.start, alpha, panel, beta, c),
            }
        }
    }

    /// The columns of c that one panel of b has, by `VECTORS` vectors of four, of the rows from
    /// `first` on.
    fn panel_product<V: Lanes, const VECTORS: usize>(
        &self,
        first: usize,
        alpha: f32,
        panel: &[f32],
        beta: f32,
        mut c: ArrayViewMut2<f32>,
    ) {
        let cols = c.ncols();
        for (row, mut out) in (first..).zip(c.rows_mut()) {
            let mut sums = [V::splat(0.0); VECTORS];
            for entry in self.entries_of(row..row + 1) {
                let factor = V::splat(entry.value);
                // SAFETY: `product` has checked that every column is a row of b, and
                // the panel has 32 numbers for each of those.
                unsafe {
                    let from = panel.as_ptr().byte_add(entry.panel_offset as usize);
                    for (v, sum) in sums.iter_mut().enumerate() {
                        *sum = sum.add_product(factor, V::load(from.add(LANES * v)));
                    }
                }
            }
            // SAFETY: the row has `cols` numbers side by side, and no more than VECTORS vectors.
            unsafe { write_row(alpha, &sums, beta, out.as_mut_ptr(), cols) };
        }
    }
}

/// Rows of a block of [`SparseColumns`]: as many rows of a panel share the
/// first-level cache (32 KB).
const BLOCK_ROWS: usize = 256;

/// A matrix by column, for products with its transpose: a block of rows after the other.
#[derive(Debug, Clone, Default)]
pub struct SparseColumns {
    blocks: Vec<SparseRows>,
    rows: usize,
}

impl SparseColumns {
    /// Room for `rows` rows of up to `longest` numbers in `columns` columns.
    pub fn with_capacity(rows: usize, columns: usize, longest: usize) -> Self {
        let block = |start| {
            let rows = BLOCK_ROWS.min(rows - start);
            SparseRows::with_capacity(columns, rows * longest)
        };
        Self {
            blocks: (0..rows).step_by(BLOCK_ROWS).map(block).collect(),
            rows: 0,
        }
    }

    /// Takes the matrix `of` with its first `columns` columns in.
    ///
    /// # Panics
    /// If one of its numbers stands in another column, or there is no room for its rows.
    pub fn fill(&mut self, of: &SparseRows, columns: usize) {
        self.rows = of.rows();
        let starts = (0..self.rows).step_by(BLOCK_ROWS);
        assert!(starts.len() <= self.blocks.len(), "room for every row");
        for (block, start) in self.blocks.iter_mut().zip(starts) {
            let end = self.rows.min(start + BLOCK_ROWS);
            block.transpose(of, start..end, columns);
        }
    }

    /// How many numbers are not zero.
    pub fn nonzeros(&self) -> usize {
        let blocks = self.blocks_in_use().iter();
        blocks.map(|block| block.nonzeros(0..block.rows())).sum()
    }

    fn blocks_in_use(&self) -> &[SparseRows] {
        &self.blocks[..self.rows.div_ceil(BLOCK_ROWS)]
    }

    /// `c = alpha selfᵀ b`; b and c with rows that lie one behind the other.
    ///
    /// # Panics
    /// If the shapes do not fit.
    pub(super) fn transposed_product<V: Lanes>(
        &self,
        alpha: f32,
        b: ArrayView2<f32>,
        mut c: ArrayViewMut2<f32>,
        panel: &mut Vec<f32>,
    ) {
        assert!(b.nrows() == self.rows, "shapes of a sparse product");
        if self.rows == 0 {
            c.fill(0.0);
        }
        for (index, block) in self.blocks_in_use().iter().enumerate() {
            let start = index * BLOCK_ROWS;
            let b = row_range(b.view(), start..self.rows.min(start + BLOCK_ROWS));
            let beta = if index == 0 { 0.0 } else { 1.0 };
            let rows = 0..block.rows();
            block.product::<V>(rows, alpha, b, beta, c.view_mut(), panel);
        }
    }
}

/// Copies the rows of `b` (k, 32 or fewer), each to 128 bytes of its own; zeros
/// stand where columns are missing.
fn pack(b: ArrayView2<f32>, panel: &mut Vec<f32>) {
    let len = b.nrows() * PANEL_COLS;
    if panel.len() < len {
        panel.resize(len, 0.0);
    }
    for (row, out) in b.rows().into_iter().zip(panel.chunks_exact_mut(PANEL_COLS)) {
        match row.to_slice() {
            Some(row) if row.len() == PANEL_COLS => out.copy_from_slice(row),
            _ => {
                let there = out.iter_mut().zip(&row);
                there.for_each(|(out, value)| *out = *value);
                out[row.len()..].fill(0.0);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Gemm;
    use super::*;
    use crate::rng::{Rng, Stream};
    use ndarray::Array2;

    /// A matrix of which about one number in five is not zero, dense and sparse.
    fn mostly_zero(rows: usize, cols: usize) -> (Array2<f32>, SparseRows) {
        let mut rng = Rng::new(1, Stream::Noise);
        let dense = Array2::from_shape_simple_fn((rows, cols), || {
            if rng.below(5) == 0 {
                rng.below(255) as f32 + 1.0
            } else {
                0.0
            }
        });
        let mut sparse = SparseRows::with_capacity(rows, 0);
        for row in dense.rows() {
            let entries = (0..).zip(row).filter(|(_, value)| **value != 0.0);
            sparse.push_row(entries.map(|(column, value)| Entry::new(column, *value)));
        }
        (dense, sparse)
    }

    #[test]
    fn sparse_products_agree_with_dense_ones() {
        for n in [1, 3, 10, 32, 64, 71] {
            let (a, sparse) = mostly_zero(37, 53);
            let mut b = Array2::zeros((53, n));
            Rng::new(2, Stream::Noise).fill_normal(b.as_slice_mut().expect("contiguous"), 1.0);
            let mut c = Array2::from_elem((37, n), 0.25);
            let mut dense = c.clone();
            let mut gemm = Gemm::default();
            gemm.product(0.5, a.view(), b.view(), 2.0, dense.view_mut());
            gemm.sparse_product(0.5, (&sparse, 0..37), b.view(), 2.0, c.view_mut());
            let worst = (&c - &dense)
                .iter()
                .fold(0.0_f32, |worst, d| worst.max(d.abs()));
            assert!(worst < 1e-3, "n = {n}: {worst}");
            assert_eq!(
                gemm.multiply_adds(),
                ((37 * 53 + sparse.nonzeros(0..37)) * n) as u64
            );
        }
    }

    #[test]
    fn products_with_the_transpose_agree_with_dense_ones() {
        for rows in [1, 37, BLOCK_ROWS, 2 * BLOCK_ROWS + 3] {
            let (a, sparse) = mostly_zero(rows, 53);
            let mut columns = SparseColumns::with_capacity(rows, 53, 53);
            columns.fill(&sparse, 53);
            let mut b = Array2::zeros((rows, 34));
            Rng::new(2, Stream::Noise).fill_normal(b.as_slice_mut().expect("contiguous"), 1.0);
            let (mut c, mut dense) = (Array2::zeros((53, 34)), Array2::zeros((53, 34)));
            let mut gemm = Gemm::default();
            gemm.product(0.01, a.t(), b.view(), 0.0, dense.view_mut());
            gemm.transposed_sparse_product(0.01, &columns, b.view(), c.view_mut());
            let worst = (&c - &dense)
                .iter()
                .fold(0.0_f32, |worst, d| worst.max(d.abs()));
            assert!(worst < 1e-3, "{rows} rows: {worst}");
            assert_eq!(columns.nonzeros(), sparse.nonzeros(0..sparse.rows()));
        }
    }

    #[test]
    fn transposing_twice_gives_the_matrix_back() {
        let (_, sparse) = mostly_zero(20, 31);
        let (mut transposed, mut back) = (SparseRows::default(), SparseRows::default());
        transposed.transpose(&sparse, 0..20, 31);
        back.transpose(&transposed, 0..31, 20);
        assert_eq!((back.starts, back.entries), (sparse.starts, sparse.entries));
    }
}
