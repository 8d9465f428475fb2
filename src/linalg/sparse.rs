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

/// A matrix (rows, columns) as a list of the numbers in each row that are not zero.
#[derive(Debug, Clone, Default)]
pub struct SparseRows {
    /// Where each row's list starts; one more than there are rows.
    starts: Vec<u32>,
    columns: Vec<u16>,
    values: Vec<f32>,
}

impl SparseRows {
    /// A matrix without rows, with room for `rows` rows and `nonzeros` numbers.
    pub fn with_capacity(rows: usize, nonzeros: usize) -> Self {
        let mut starts = Vec::with_capacity(rows + 1);
        starts.push(0);
        Self {
            starts,
            columns: Vec::with_capacity(nonzeros),
            values: Vec::with_capacity(nonzeros),
        }
    }

    /// Takes all rows out.
    pub fn clear(&mut self) {
        self.starts.truncate(1);
        self.columns.clear();
        self.values.clear();
    }

    /// Puts a row behind the last: its (column, value) pairs, columns ascending.
    pub fn push_row(&mut self, row: impl Iterator<Item = (u16, f32)>) {
        for (column, value) in row {
            self.columns.push(column);
            self.values.push(value);
        }
        self.starts.push(self.columns.len() as u32);
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.starts.len() - 1
    }

    /// How many numbers are not zero.
    pub fn nonzeros(&self) -> usize {
        self.columns.len()
    }

    /// Makes `self` the transpose of `of`, with `rows` rows: a counting sort by column.
    pub fn transpose(&mut self, of: &SparseRows, rows: usize) {
        self.starts.clear();
        self.starts.resize(rows + 2, 0);
        for &column in &of.columns {
            self.starts[usize::from(column) + 2] += 1;
        }
        for row in 2..rows + 2 {
            self.starts[row] += self.starts[row - 1];
        }
        // starts[r + 1] is where row r's list goes on; at the end, where it ends.
        self.columns.resize(of.nonzeros(), 0);
        self.values.resize(of.nonzeros(), 0.0);
        for (row, bounds) in of.starts.windows(2).enumerate() {
            for i in bounds[0] as usize..bounds[1] as usize {
                let next = &mut self.starts[usize::from(of.columns[i]) + 1];
                self.columns[*next as usize] = row as u16;
                self.values[*next as usize] = of.values[i];
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
        assert!(
            self.columns
                .iter()
                .all(|&column| usize::from(column) < b.nrows()),
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
        for (row, bounds) in self.starts.windows(2).enumerate() {
            let list = bounds[0] as usize..bounds[1] as usize;
            let mut sums = [V::splat(0.0); VECTORS];
            for (&column, &value) in self.columns[list.clone()].iter().zip(&self.values[list]) {
                let factor = V::splat(value);
                // SAFETY: `product` has checked that every column is a row of b.
                unsafe {
                    let from = b.offset(column as isize * b_stride);
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
        for (row, bounds) in self.starts.windows(2).enumerate() {
            let list = bounds[0] as usize..bounds[1] as usize;
            let pairs = self.columns[list.clone()].iter().zip(&self.values[list]);
            let sum = pairs
                .map(|(&column, value)| value * b[[usize::from(column), col]])
                .sum::<f32>();
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
                rng.below(100) as f32 / 100.0 + 0.5
            } else {
                0.0
            }
        });
        let mut sparse = SparseRows::with_capacity(rows, 0);
        for row in dense.rows() {
            sparse.push_row(
                (0..)
                    .zip(row.iter().copied())
                    .filter(|(_, value)| *value != 0.0),
            );
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
            assert!((&c - &dense).iter().all(|d| d.abs() < 1e-5), "n = {n}");
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
        assert_eq!(
            (back.starts, back.columns, back.values),
            (sparse.starts, sparse.columns, sparse.values)
        );
    }
}
