//! Products with matrices that are mostly zero, such as batches of digits: four
//! of five pixels of MNIST are. The zeros are skipped; the sums are the same.
//!
//! ```text
//!   row i of A:  (column 3, 0.2) (column 4, 0.9) (column 31, 0.5)
//!   row i of C  =  0.2 * row 3 of B  +  0.9 * row 4 of B  +  0.5 * row 31 of B
//! ```
//!
//! A strip of 32 columns of C stays in eight accumulators while a row's list
//! passes by. What limits it is reading B: one load for each multiply-add, from
//! the second-level cache.

use super::gemm::write_lanes;
use super::simd::Lanes;
use ndarray::{ArrayView2, ArrayViewMut2};

const LANES: usize = 4;

/// A matrix (rows, columns) of whole numbers as a list of those in each row that
/// are not zero. A number and its place are one word, so that a list is copied and
/// sorted with one load and one store for each.
#[derive(Debug, Clone, Default)]
pub struct SparseRows {
    /// Where each row's list starts; one more than there are rows.
    starts: Vec<u32>,
    entries: Vec<Entry>,
}

/// A column and the number there, both less than 2^16.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Entry(u32);

impl Entry {
    /// The number `value` in `column`.
    pub fn new(column: u16, value: u16) -> Self {
        Self(u32::from(column) << 16 | u32::from(value))
    }

    /// The column.
    #[inline(always)]
    pub fn column(self) -> usize {
        (self.0 >> 16) as usize
    }

    /// The number.
    #[inline(always)]
    pub fn value(self) -> f32 {
        (self.0 & 0xffff) as i32 as f32
    }
}

impl SparseRows {
    /// A matrix without rows, with room for `rows` rows and `nonzeros` numbers.
    pub fn with_capacity(rows: usize, nonzeros: usize) -> Self {
        let mut starts = Vec::with_capacity(rows + 2);
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
    pub fn push_row(&mut self, row: &[Entry]) {
        self.entries.extend_from_slice(row);
        self.starts.push(self.entries.len() as u32);
    }

    /// The numbers of row `index` that are not zero.
    ///
    /// # Panics
    /// If there is no such row.
    pub fn row(&self, index: usize) -> &[Entry] {
        &self.entries[self.starts[index] as usize..self.starts[index + 1] as usize]
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// How many numbers are not zero.
    pub fn nonzeros(&self) -> usize {
        self.entries.len()
    }

    /// Makes `self` the transpose of `of`, with `rows` rows: a counting sort by column.
    ///
    /// # Panics
    /// If a column of `of` is not less than `rows`, or it has 2^16 rows or more.
    pub fn transpose(&mut self, of: &SparseRows, rows: usize) {
        assert!(of.rows() < 1 << 16, "rows of a matrix to be transposed");
        self.starts.clear();
        self.starts.resize(rows + 2, 0);
        for entry in &of.entries {
            self.starts[entry.column() + 2] += 1;
        }
        for row in 2..rows + 2 {
            self.starts[row] += self.starts[row - 1];
        }
        // starts[r + 1] is where row r's list goes on; at the end, where it ends.
        self.entries.resize(of.nonzeros(), Entry::default());
        for (row, bounds) in of.starts.windows(2).enumerate() {
            for entry in &of.entries[bounds[0] as usize..bounds[1] as usize] {
                let next = &mut self.starts[entry.column() + 1];
                self.entries[*next as usize] = Entry((row as u32) << 16 | entry.0 & 0xffff);
                *next += 1;
            }
        }
        self.starts.truncate(rows + 1);
    }

    /// `c = beta c + alpha self b`; b and c with rows that lie one behind the other.
    ///
    /// # Panics
    /// If the shapes do not fit, or a column is not a row of b.
    pub(super) fn product<V: Lanes>(
        &self,
        alpha: f32,
        b: ArrayView2<f32>,
        beta: f32,
        mut c: ArrayViewMut2<f32>,
    ) {
        let n = b.ncols();
        assert!(
            c.nrows() == self.rows() && c.ncols() == n,
            "shapes of a sparse product"
        );
        let last = self.entries.iter().map(|entry| entry.0).max().unwrap_or(0);
        assert!(
            self.entries.is_empty() || Entry(last).column() < b.nrows(),
            "columns of a sparse product"
        );
        assert!(
            n <= 1 || (b.strides()[1] == 1 && c.strides()[1] == 1),
            "rows of numbers side by side"
        );
        let mut col = 0;
        while n - col >= 8 * LANES {
            self.strip::<V, 8>(alpha, b, beta, &mut c, col);
            col += 8 * LANES;
        }
        while n - col >= LANES {
            self.strip::<V, 1>(alpha, b, beta, &mut c, col);
            col += LANES;
        }
        for col in col..n {
            self.column(alpha, b, beta, &mut c, col);
        }
    }

    /// 4 x `VECTORS` columns of c from `col` on.
    fn strip<V: Lanes, const VECTORS: usize>(
        &self,
        alpha: f32,
        b: ArrayView2<f32>,
        beta: f32,
        c: &mut ArrayViewMut2<f32>,
        col: usize,
    ) {
        let (b_stride, c_stride) = (b.strides()[0], c.strides()[0]);
        // SAFETY: col + 4 VECTORS <= columns of b and c.
        let (b, c) = unsafe { (b.as_ptr().add(col), c.as_mut_ptr().add(col)) };
        for row in 0..self.rows() {
            let mut sums = [V::splat(0.0); VECTORS];
            for entry in self.row(row) {
                let factor = V::splat(entry.value());
                // SAFETY: `product` has checked that every column is a row of b.
                unsafe {
                    let from = b.offset(entry.column() as isize * b_stride);
                    for (v, sum) in sums.iter_mut().enumerate() {
                        *sum = sum.add_product(factor, V::load(from.add(LANES * v)));
                    }
                }
            }
            // SAFETY: row < rows of c, and the strip lies within its columns.
            unsafe {
                let out = c.offset(row as isize * c_stride);
                for (v, sum) in sums.into_iter().enumerate() {
                    write_lanes(alpha, sum, beta, out.add(LANES * v));
                }
            }
        }
    }

    /// One column of c, where fewer than four remain.
    fn column(
        &self,
        alpha: f32,
        b: ArrayView2<f32>,
        beta: f32,
        c: &mut ArrayViewMut2<f32>,
        col: usize,
    ) {
        for row in 0..self.rows() {
            let products = self
                .row(row)
                .iter()
                .map(|entry| entry.value() * b[[entry.column(), col]]);
            let sum = products.sum::<f32>();
            let out = &mut c[[row, col]];
            *out = if beta == 0.0 { 0.0 } else { beta * *out } + alpha * sum;
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
            let entries: Vec<Entry> = entries
                .map(|(column, value)| Entry::new(column, *value as u16))
                .collect();
            sparse.push_row(&entries);
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
            gemm.sparse_product(0.5, &sparse, b.view(), 2.0, c.view_mut());
            let worst = (&c - &dense)
                .iter()
                .fold(0.0_f32, |worst, d| worst.max(d.abs()));
            assert!(worst < 1e-3, "n = {n}: {worst}");
            assert_eq!(
                gemm.multiply_adds(),
                ((37 * 53 + sparse.nonzeros()) * n) as u64
            );
        }
    }

    #[test]
    fn transposing_twice_gives_the_matrix_back() {
        let (_, sparse) = mostly_zero(20, 31);
        let (mut transposed, mut back) = (SparseRows::default(), SparseRows::default());
        transposed.transpose(&sparse, 31);
        back.transpose(&transposed, 20);
        assert_eq!((back.starts, back.entries), (sparse.starts, sparse.entries));
    }
}
