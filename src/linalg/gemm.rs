//! The matrix product C = beta C + alpha A B, for any strides of A and B, so
//! that X Wᵀ, Eᵀ X and E W are one routine called with views.
//!
//! ```text
//!            k                n                      n
//!        ┌───────┐        ┌───┬───┬───┐          ┌───┬───┬───┐
//!      4 │ panel │   ×  k │ 8 │ 8 │ 8 │   =    4 │4x8│   │   │
//!      4 │ panel │        │   │   │   │        4 │   │   │   │
//!        └───────┘        └───┴───┴───┘          └───┴───┴───┘
//! ```
//!
//! B is first copied into panels that the kernel reads from front to back: 8
//! columns, `K_BLOCK` deep, zeros where a panel hangs over the edge. Rows of A are
//! read where they lie if their numbers lie side by side, else copied in fours.
//!
//! Why 4 x 8: it is eight accumulators of four lanes, and with two registers for B and
//! one for A it is the largest tile that sixteen registers hold without spilling (5 x 8,
//! 6 x 8 and 4 x 12 reach half of its speed). One k a turn of the loop: unrolled, the
//! wasm back end keeps every load alive and spills.
//!
//! What limits it: a turn is eight products, eight sums and six loads. Where a core
//! has three ports for the arithmetic, that is the peak; the rest is packing, and
//! writing C. Shares of the peak of simd128 arithmetic, in Chromium on an Intel Xeon:
//!
//! | batch x inputs x units | X Wᵀ | Eᵀ X | E W | Xᵀ X |
//! | --- | --- | --- | --- | --- |
//! | 100 x 64 x 10 | 0.60 | 0.58 | 0.65 | |
//! | 100 x 64 x 64 | 0.89 | 0.88 | 0.92 | |
//! | 1000 x 256 x 256 | 0.92 | 0.98 | 0.92 | |
//! | 1000 x 1024 x 1024 | 0.92 | 0.97 | | |
//! | 1000 x 690 | | | | 0.95 |
//!
//! The ten outputs are a panel of eight and one of two, of which two lanes of four are
//! used. A tile of 8 x 4 for the second was tried: no update became faster.

use super::part::{block, block_mut, col_range, col_range_mut};
use super::pieces::Pieces;
use super::simd::{F32x4, LANES, Lanes, write_row};
use super::sparse::{SparseColumns, SparseRows};
use ndarray::{ArrayView2, ArrayViewMut2};
use std::ops::Range;

const TILE_ROWS: usize = 4;
const TILE_COLS: usize = 8;
/// Depth of a panel: an 8-column panel of B (8 KB) stays in the first-level
/// cache while the rows of A pass by.
const K_BLOCK: usize = 256;
/// Columns of B that are packed at once (1 MB, second-level cache).
const N_BLOCK: usize = 1024;
/// Rows of A that pass by one panel after the other (64 KB).
const M_BLOCK: usize = 64;

/// The matrix product, with its packing buffers and the count of its work.
#[derive(Debug, Default)]
pub struct Gemm {
    /// The pieces of the work that the products are of.
    pub pieces: Pieces,
    packed_a: Vec<f32>,
    packed_b: Vec<f32>,
    multiply_adds: u64,
}

impl Gemm {
    /// Multiply-adds of all products so far: rows x columns x depth of each, and
    /// numbers that are not zero x columns of each sparse one.
    pub fn multiply_adds(&self) -> u64 {
        self.multiply_adds
    }

    /// `c = beta c + alpha a b`; a (m, k), b (k, n), c (m, n) with rows or columns
    /// that lie one behind the other. `beta = 0` overwrites, whatever c held.
    pub fn product(
        &mut self,
        alpha: f32,
        a: ArrayView2<f32>,
        b: ArrayView2<f32>,
        beta: f32,
        c: ArrayViewMut2<f32>,
    ) {
        self.product_with::<F32x4>(alpha, a, b, beta, c);
    }

    /// `c = beta c + alpha a b` with these `rows` of a sparse matrix as a (m, k); b (k, n), c
    /// (m, n), both with rows that lie one behind the other.
    pub fn sparse_product(
        &mut self,
        alpha: f32,
        (a, rows): (&SparseRows, Range<usize>),
        b: ArrayView2<f32>,
        beta: f32,
        c: ArrayViewMut2<f32>,
    ) {
        self.multiply_adds += (a.nonzeros(rows.clone()) * b.ncols()) as u64;
        a.product::<F32x4>(rows, alpha, b, beta, c, &mut self.packed_b);
    }

    /// `c = alpha aᵀ b` with a sparse (k, m); b (k, n), c (m, n), both with rows that
    /// lie one behind the other.
    pub fn transposed_sparse_product(
        &mut self,
        alpha: f32,
        a: &SparseColumns,
        b: ArrayView2<f32>,
        c: ArrayViewMut2<f32>,
    ) {
        self.multiply_adds += (a.nonzeros() * b.ncols()) as u64;
        a.transposed_product::<F32x4>(alpha, b, c, &mut self.packed_b);
    }

    /// `c = alpha aᵀ a`, (n, n) from a (k, n), both with rows that lie one behind the
    /// other. It is symmetric: what lies below the diagonal is copied from above.
    ///
    /// It is cut into [`pieces`](Gemm::pieces).
    pub fn gram(&mut self, alpha: f32, a: ArrayView2<f32>, c: ArrayViewMut2<f32>) {
        self.gram_with::<F32x4>(alpha, a, c);
    }

    fn gram_with<V: Lanes>(&mut self, alpha: f32, a: ArrayView2<f32>, mut c: ArrayViewMut2<f32>) {
        let (k, n) = a.dim();
        assert!(c.dim() == (n, n), "shapes of a product with itself");
        if k == 0 {
            c.fill(0.0);
        }
        let mut cut = self.pieces.cut(n, k * n);
        while let Some(cols) = cut.next(&mut self.pieces) {
            let done = k * (cols.end * (cols.end + 1) - cols.start * (cols.start + 1)) / 2;
            self.multiply_adds += done as u64;
            let part = Part::Above(cols.start);
            let (b, c) = (
                col_range(a, cols.clone()),
                col_range_mut(c.view_mut(), cols),
            );
            self.row_major::<V>(part, alpha, a.t(), b, 0.0, c);
        }
        if self.pieces.is_next(n * n) {
            mirror(c);
        }
    }

    fn product_with<V: Lanes>(
        &mut self,
        alpha: f32,
        a: ArrayView2<f32>,
        b: ArrayView2<f32>,
        beta: f32,
        c: ArrayViewMut2<f32>,
    ) {
        let (m, k, n) = (a.nrows(), a.ncols(), b.ncols());
        assert!(
            b.nrows() == k && c.nrows() == m && c.ncols() == n,
            "shapes of a matrix product"
        );
        if m == 0 || n == 0 {
            return;
        }
        self.multiply_adds += (m * k * n) as u64;
        if k == 0 || alpha == 0.0 {
            scale(c, beta);
        } else if n == 1 || c.strides()[1] == 1 {
            self.row_major::<V>(Part::Whole, alpha, a, b, beta, c);
        } else {
            // cᵀ = bᵀ aᵀ has its rows where c has its columns.
            self.row_major::<V>(
                Part::Whole,
                alpha,
                b.reversed_axes(),
                a.reversed_axes(),
                beta,
                c.reversed_axes(),
            );
        }
    }

    fn row_major<V: Lanes>(
        &mut self,
        part: Part,
        alpha: f32,
        a: ArrayView2<f32>,
        b: ArrayView2<f32>,
        beta: f32,
        mut c: ArrayViewMut2<f32>,
    ) {
        let (m, k, n) = (a.nrows(), a.ncols(), b.ncols());
        assert!(
            n == 1 || c.strides()[1] == 1,
            "columns of c lie side by side"
        );
        reserve(&mut self.packed_a, M_BLOCK * K_BLOCK);
        reserve(
            &mut self.packed_b,
            N_BLOCK.min(n.next_multiple_of(TILE_COLS)) * K_BLOCK,
        );
        for n0 in (0..n).step_by(N_BLOCK) {
            let n1 = n.min(n0 + N_BLOCK);
            for k0 in (0..k).step_by(K_BLOCK) {
                let k1 = k.min(k0 + K_BLOCK);
                pack::<TILE_COLS>(
                    block(b.view(), k0..k1, n0..n1).reversed_axes(),
                    &mut self.packed_b,
                );
                let beta = if k0 == 0 { beta } else { 1.0 };
                for m0 in (0..m).step_by(M_BLOCK) {
                    let m1 = m.min(m0 + M_BLOCK);
                    let rows = block(a.view(), m0..m1, k0..k1);
                    let block = block_mut(c.view_mut(), m0..m1, n0..n1);
                    let rows_for = |col: usize| match part {
                        Part::Whole => m1 - m0,
                        Part::Above(first) => {
                            (m1 - m0).min((first + n0 + col + TILE_COLS).saturating_sub(m0))
                        }
                    };
                    if rows.strides()[1] == 1 {
                        let rows = InPlace {
                            start: rows.as_ptr(),
                            stride: rows.strides()[0],
                            last: m1 - m0 - 1,
                        };
                        tiles::<V, _>(rows_for, alpha, rows, &self.packed_b, k1 - k0, beta, block);
                    } else {
                        pack::<TILE_ROWS>(rows, &mut self.packed_a);
                        let rows = Packed {
                            start: self.packed_a.as_ptr(),
                            k: k1 - k0,
                        };
                        tiles::<V, _>(rows_for, alpha, rows, &self.packed_b, k1 - k0, beta, block);
                    }
                }
            }
        }
    }
}

/// What of a product is wanted.
#[derive(Debug, Clone, Copy)]
enum Part {
    Whole,
    /// The diagonal of a square and what lies above it, of the columns from this one on; tiles
    /// that lie on the diagonal are whole.
    Above(usize),
}

/// Copies what lies above the diagonal of a square matrix to below it, block by
/// block, so that the columns written stay in the cache.
fn mirror(mut c: ArrayViewMut2<f32>) {
    const BLOCK: usize = 16;
    let n = c.nrows();
    for row0 in (0..n).step_by(BLOCK) {
        for col0 in (row0..n).step_by(BLOCK) {
            for row in row0..n.min(row0 + BLOCK) {
                for col in col0.max(row + 1)..n.min(col0 + BLOCK) {
                    c[[col, row]] = c[[row, col]];
                }
            }
        }
    }
}

fn reserve(buffer: &mut Vec<f32>, len: usize) {
    if buffer.len() < len {
        buffer.resize(len, 0.0);
    }
}

fn scale(mut c: ArrayViewMut2<f32>, beta: f32) {
    if beta == 0.0 {
        c.fill(0.0)
    } else {
        c.map_inplace(|x| *x *= beta)
    }
}

/// Copies `rows` (r, k) into panels of `WIDTH` rows: panel by panel, in each the
/// `WIDTH` numbers of one k side by side; rows that are not there become zero.
fn pack<const WIDTH: usize>(rows: ArrayView2<f32>, packed: &mut [f32]) {
    let (r, k) = rows.dim();
    let (row_stride, k_stride) = (rows.strides()[0], rows.strides()[1]);
    for (panel, start) in packed
        .chunks_exact_mut(WIDTH * k)
        .zip((0..r).step_by(WIDTH))
    {
        let width = WIDTH.min(r - start);
        // SAFETY: start < r.
        let from = unsafe { rows.as_ptr().offset(start as isize * row_stride) };
        for (depth, out) in panel.chunks_exact_mut(WIDTH).enumerate() {
            // SAFETY: depth < k and i < width <= r - start: within the view.
            let at = |i: usize| unsafe {
                *from.offset(depth as isize * k_stride + i as isize * row_stride)
            };
            if width < WIDTH {
                out.iter_mut()
                    .enumerate()
                    .for_each(|(i, out)| *out = if i < width { at(i) } else { 0.0 });
            } else if row_stride == 1 {
                // SAFETY: WIDTH numbers side by side, as above.
                out.copy_from_slice(unsafe {
                    std::slice::from_raw_parts(from.offset(depth as isize * k_stride), WIDTH)
                });
            } else {
                out.iter_mut().enumerate().for_each(|(i, out)| *out = at(i));
            }
        }
    }
}

/// Where the kernel finds four rows of A.
trait Rows: Copy {
    /// How far apart two k of one row lie.
    const STEP: usize;
    /// The four rows from `row` on, at their first k.
    ///
    /// # Safety
    /// `row` must be a row of the block.
    unsafe fn four(self, row: usize) -> [*const f32; TILE_ROWS];
}

/// Rows as they lie in the matrix, each k beside the one before.
#[derive(Clone, Copy)]
struct InPlace {
    start: *const f32,
    stride: isize,
    last: usize,
}

impl Rows for InPlace {
    const STEP: usize = 1;
    #[inline(always)]
    unsafe fn four(self, row: usize) -> [*const f32; TILE_ROWS] {
        // Behind the last row the last is read again; what comes of it is not kept.
        // SAFETY: no row behind the last is touched.
        std::array::from_fn(|i| unsafe {
            self.start
                .offset((row + i).min(self.last) as isize * self.stride)
        })
    }
}

/// Rows copied by `pack`.
#[derive(Clone, Copy)]
struct Packed {
    start: *const f32,
    k: usize,
}

impl Rows for Packed {
    const STEP: usize = TILE_ROWS;
    #[inline(always)]
    unsafe fn four(self, row: usize) -> [*const f32; TILE_ROWS] {
        // SAFETY: `row` is a multiple of 4, so its panel starts at row * k.
        std::array::from_fn(|i| unsafe { self.start.add(row * self.k + i) })
    }
}

/// Every 4 x 8 tile of one block of c; 4 x 4 where four columns or fewer remain.
/// `rows_for` the tiles in columns from `col` on: so many, from the first.
fn tiles<V: Lanes, A: Rows>(
    rows_for: impl Fn(usize) -> usize,
    alpha: f32,
    a: A,
    b: &[f32],
    k: usize,
    beta: f32,
    mut c: ArrayViewMut2<f32>,
) {
    let (m, n) = c.dim();
    let stride = c.strides()[0];
    let start = c.as_mut_ptr();
    for (b_panel, col) in b.chunks_exact(TILE_COLS * k).zip((0..n).step_by(TILE_COLS)) {
        let cols = TILE_COLS.min(n - col);
        for row in (0..rows_for(col)).step_by(TILE_ROWS) {
            let rows = TILE_ROWS.min(m - row);
            // SAFETY: row < m and col < n; b's panel holds k steps of 8 numbers as
            // chunks_exact has cut it; rows x cols numbers of c are within its block.
            unsafe {
                let c = start.offset(row as isize * stride + col as isize);
                if cols > LANES {
                    let sums = tile::<V, A, 2>(a.four(row), b_panel.as_ptr(), k);
                    write(alpha, sums, beta, c, stride, rows, cols);
                } else {
                    let sums = tile::<V, A, 1>(a.four(row), b_panel.as_ptr(), k);
                    write(alpha, sums, beta, c, stride, rows, cols);
                }
            }
        }
    }
}

/// The kernel: sums over k of four rows of A times `VECTORS` x 4 columns of a panel of B.
///
/// # Safety
/// Every row must hold k numbers, A::STEP apart, and `b` 8 k.
#[inline(always)]
unsafe fn tile<V: Lanes, A: Rows, const VECTORS: usize>(
    mut a: [*const f32; TILE_ROWS],
    mut b: *const f32,
    k: usize,
) -> [[V; VECTORS]; TILE_ROWS] {
    let mut sums = [[V::splat(0.0); VECTORS]; TILE_ROWS];
    for _ in 0..k {
        // SAFETY: k steps stay within the rows and the panel.
        unsafe {
            let columns: [V; VECTORS] = std::array::from_fn(|v| V::load(b.add(LANES * v)));
            for (a, sums) in a.iter_mut().zip(&mut sums) {
                let factor = V::splat(**a);
                *a = a.add(A::STEP);
                for (sum, columns) in sums.iter_mut().zip(columns) {
                    *sum = sum.add_product(factor, columns);
                }
            }
            b = b.add(TILE_COLS);
        }
    }
    sums
}

/// c = beta c + alpha sums, for `rows` x `cols` of the tile.
///
/// # Safety
/// `c` must be valid for `rows` rows of `cols` numbers, `stride` apart.
#[inline(always)]
unsafe fn write<V: Lanes, const VECTORS: usize>(
    alpha: f32,
    sums: [[V; VECTORS]; TILE_ROWS],
    beta: f32,
    c: *mut f32,
    stride: isize,
    rows: usize,
    cols: usize,
) {
    for (i, sums) in sums.iter().enumerate().take(rows) {
        // SAFETY: i < rows, so the row is c's.
        unsafe { write_row(alpha, sums, beta, c.offset(i as isize * stride), cols) };
    }
}

#[cfg(test)]
mod tests {
    use super::super::simd::Plain;
    use super::*;
    use crate::rng::{Rng, Stream};
    use ndarray::Array2;

    fn random(rows: usize, cols: usize, seed: u32) -> Array2<f32> {
        let mut matrix = Array2::zeros((rows, cols));
        Rng::new(seed, Stream::Noise).fill_normal(matrix.as_slice_mut().expect("contiguous"), 1.0);
        matrix
    }

    /// Sizes below, at and above the tile and block sizes.
    const SIZES: [(usize, usize, usize); 9] = [
        (1, 1, 1),
        (4, 8, 8),
        (5, 9, 10),
        (3, 300, 17),
        (65, 257, 10),
        (100, 784, 64),
        (70, 33, 1030),
        (2, 0, 3),
        (0, 4, 4),
    ];

    #[test]
    fn products_agree_with_sums_in_f64_for_every_layout() {
        for (m, k, n) in SIZES {
            let (a, b) = (random(m, k, 1), random(k, n, 2));
            let (a_t, b_t) = (
                a.t().as_standard_layout().to_owned(),
                b.t().as_standard_layout().to_owned(),
            );
            let exact = a.mapv(f64::from).dot(&b.mapv(f64::from));
            let size = a
                .mapv(|x| f64::from(x.abs()))
                .dot(&b.mapv(|x| f64::from(x.abs())));
            for (a, b) in [
                (a.view(), b.view()),
                (a_t.t(), b.view()),
                (a.view(), b_t.t()),
            ] {
                let mut c = random(m, n, 3);
                let before = c.clone();
                Gemm::default().product(0.5, a, b, 2.0, c.view_mut());
                for ((got, exact), (size, before)) in
                    c.iter().zip(&exact).zip(size.iter().zip(&before))
                {
                    let wanted = 2.0 * f64::from(*before) + 0.5 * exact;
                    assert!(
                        (f64::from(*got) - wanted).abs() <= 1e-6 * (size + wanted.abs() + 1e-3)
                    );
                }
            }
        }
    }

    #[test]
    fn simd_and_plain_code_give_the_same_bits() {
        for (m, k, n) in SIZES {
            let (a, b) = (random(m, k, 4), random(k, n, 5));
            let (mut c, mut plain) = (random(m, n, 6), random(m, n, 6));
            Gemm::default().product_with::<F32x4>(0.3, a.view(), b.view(), 1.0, c.view_mut());
            Gemm::default().product_with::<Plain>(0.3, a.view(), b.view(), 1.0, plain.view_mut());
            assert_eq!(c, plain);
        }
    }

    #[test]
    fn a_product_with_itself_is_the_product_and_symmetric() {
        for (k, n) in [(1, 1), (3, 9), (100, 64), (257, 65), (33, 1030)] {
            let a = random(k, n, 7);
            let (mut whole, mut gram) = (random(n, n, 8), random(n, n, 9));
            let mut plain = gram.clone();
            let mut gemm = Gemm::default();
            gemm.product(0.5, a.t(), a.view(), 0.0, whole.view_mut());
            let work = gemm.multiply_adds();
            gemm.gram(0.5, a.view(), gram.view_mut());
            assert_eq!(gemm.multiply_adds() - work, (k * n * (n + 1) / 2) as u64);
            assert!((0..n).all(|i| (i..n).all(|j| gram[[i, j]] == whole[[i, j]])));
            assert_eq!(gram, gram.t());
            Gemm::default().gram_with::<Plain>(0.5, a.view(), plain.view_mut());
            assert_eq!(gram, plain);
        }
    }

    #[test]
    fn beta_zero_overwrites_what_is_not_a_number_and_work_is_counted() {
        let (a, b) = (random(3, 4, 1), random(4, 5, 2));
        let mut c = Array2::from_elem((3, 5), f32::NAN);
        let mut gemm = Gemm::default();
        gemm.product(1.0, a.view(), b.view(), 0.0, c.view_mut());
        assert!(c.iter().all(|x| x.is_finite()));
        assert_eq!(gemm.multiply_adds(), 60);
    }
}
