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
//! Both factors are first copied into panels that the kernel reads from front to
//! back: 8 columns of B, 4 rows of A, `K_BLOCK` deep, zeros where a panel hangs
//! over the edge. The 4 x 8 tile is eight accumulators of four lanes: with two
//! registers for B and one for A it is the largest that sixteen registers hold
//! without spilling. One k a turn of the loop: unrolled, the wasm back end keeps
//! every load alive and spills.

use super::simd::{F32x4, Lanes};
use ndarray::{ArrayView2, ArrayViewMut2};

const TILE_ROWS: usize = 4;
const TILE_COLS: usize = 8;
/// Depth of a panel: an 8-column panel of B (8 KB) stays in the first-level
/// cache while all panels of A pass by.
const K_BLOCK: usize = 256;
/// Columns of B that are packed at once (1 MB, second-level cache).
const N_BLOCK: usize = 1024;
/// Rows of A that are packed at once (64 KB).
const M_BLOCK: usize = 64;

/// The matrix product, with its packing buffers and the count of its work.
#[derive(Debug, Default)]
pub struct Gemm {
    packed_a: Vec<f32>,
    packed_b: Vec<f32>,
    multiply_adds: u64,
}

impl Gemm {
    /// Multiply-adds of all products so far: rows x columns x depth of each.
    pub fn multiply_adds(&self) -> u64 {
        self.multiply_adds
    }

    /// `c = beta c + alpha a b`; a (m, k), b (k, n), c (m, n) with rows that lie
    /// one behind the other. `beta = 0` overwrites, whatever c held.
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

    fn product_with<V: Lanes>(
        &mut self,
        alpha: f32,
        a: ArrayView2<f32>,
        b: ArrayView2<f32>,
        beta: f32,
        mut c: ArrayViewMut2<f32>,
    ) {
        let (m, k, n) = (a.nrows(), a.ncols(), b.ncols());
        assert!(
            b.nrows() == k && c.nrows() == m && c.ncols() == n,
            "shapes of a matrix product"
        );
        if m == 0 || n == 0 {
            return;
        }
        assert!(
            n == 1 || c.strides()[1] == 1,
            "columns of c lie side by side"
        );
        self.multiply_adds += (m * k * n) as u64;
        if k == 0 || alpha == 0.0 {
            scale(c, beta);
            return;
        }
        reserve(&mut self.packed_a, M_BLOCK * K_BLOCK);
        reserve(
            &mut self.packed_b,
            N_BLOCK.min(n.next_multiple_of(TILE_COLS)) * K_BLOCK,
        );
        for n0 in (0..n).step_by(N_BLOCK) {
            let n_len = N_BLOCK.min(n - n0);
            for k0 in (0..k).step_by(K_BLOCK) {
                let k_len = K_BLOCK.min(k - k0);
                let block = b.slice(ndarray::s![k0..k0 + k_len, n0..n0 + n_len]);
                pack::<TILE_COLS>(block.t(), &mut self.packed_b);
                let beta = if k0 == 0 { beta } else { 1.0 };
                for m0 in (0..m).step_by(M_BLOCK) {
                    let m_len = M_BLOCK.min(m - m0);
                    pack::<TILE_ROWS>(
                        a.slice(ndarray::s![m0..m0 + m_len, k0..k0 + k_len]),
                        &mut self.packed_a,
                    );
                    let block = c.slice_mut(ndarray::s![m0..m0 + m_len, n0..n0 + n_len]);
                    tiles::<V>(alpha, &self.packed_a, &self.packed_b, k_len, beta, block);
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
    let from = rows.as_ptr();
    for (panel, start) in packed
        .chunks_exact_mut(WIDTH * k)
        .zip((0..r).step_by(WIDTH))
    {
        let width = WIDTH.min(r - start);
        for (depth, out) in panel.chunks_exact_mut(WIDTH).enumerate() {
            for (i, out) in out.iter_mut().enumerate() {
                *out = if i < width {
                    let offset = (start + i) as isize * row_stride + depth as isize * k_stride;
                    // SAFETY: start + i < r and depth < k, so the offset lies within the view.
                    unsafe { *from.offset(offset) }
                } else {
                    0.0
                };
            }
        }
    }
}

/// Every 4 x 8 tile of one block of c.
fn tiles<V: Lanes>(
    alpha: f32,
    a: &[f32],
    b: &[f32],
    k: usize,
    beta: f32,
    mut c: ArrayViewMut2<f32>,
) {
    let (m, n) = c.dim();
    let stride = c.strides()[0];
    for (b_panel, col) in b.chunks_exact(TILE_COLS * k).zip((0..n).step_by(TILE_COLS)) {
        for (a_panel, row) in a.chunks_exact(TILE_ROWS * k).zip((0..m).step_by(TILE_ROWS)) {
            let (rows, cols) = (TILE_ROWS.min(m - row), TILE_COLS.min(n - col));
            // SAFETY: the panels hold k steps of 4 and 8 numbers, as chunks_exact has cut them.
            let tile = unsafe { tile::<V>(a_panel.as_ptr(), b_panel.as_ptr(), k) };
            for (i, tile_row) in tile.iter().enumerate().take(rows) {
                // SAFETY: row + i < m and col + cols <= n, and c's columns lie side by side.
                let out = unsafe {
                    let start = c
                        .as_mut_ptr()
                        .offset((row + i) as isize * stride + col as isize);
                    std::slice::from_raw_parts_mut(start, cols)
                };
                write_row(alpha, tile_row, beta, out);
            }
        }
    }
}

#[inline(always)]
fn write_row(alpha: f32, tile_row: &[f32; TILE_COLS], beta: f32, out: &mut [f32]) {
    if beta == 0.0 {
        out.iter_mut()
            .zip(tile_row)
            .for_each(|(out, sum)| *out = alpha * sum);
    } else {
        out.iter_mut()
            .zip(tile_row)
            .for_each(|(out, sum)| *out = beta * *out + alpha * sum);
    }
}

/// The kernel: 4 x 8 sums over k of a panel of A times a panel of B.
///
/// # Safety
/// `a` must hold 4 k numbers and `b` 8 k.
#[inline(always)]
unsafe fn tile<V: Lanes>(
    mut a: *const f32,
    mut b: *const f32,
    k: usize,
) -> [[f32; TILE_COLS]; TILE_ROWS] {
    let mut sums = [[V::splat(0.0); 2]; TILE_ROWS];
    for _ in 0..k {
        // SAFETY: k steps of 4 and 8 numbers stay within the panels.
        unsafe {
            let (left, right) = (V::load(b), V::load(b.add(4)));
            for (i, sums) in sums.iter_mut().enumerate() {
                let factor = V::splat(*a.add(i));
                sums[0] = sums[0].add_product(factor, left);
                sums[1] = sums[1].add_product(factor, right);
            }
            a = a.add(TILE_ROWS);
            b = b.add(TILE_COLS);
        }
    }
    let mut tile = [[0.0; TILE_COLS]; TILE_ROWS];
    for (row, sums) in tile.iter_mut().zip(sums) {
        // SAFETY: a row of the tile has room for both vectors.
        unsafe {
            sums[0].store(row.as_mut_ptr());
            sums[1].store(row.as_mut_ptr().add(4));
        }
    }
    tile
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
    fn beta_zero_overwrites_what_is_not_a_number_and_work_is_counted() {
        let (a, b) = (random(3, 4, 1), random(4, 5, 2));
        let mut c = Array2::from_elem((3, 5), f32::NAN);
        let mut gemm = Gemm::default();
        gemm.product(1.0, a.view(), b.view(), 0.0, c.view_mut());
        assert!(c.iter().all(|x| x.is_finite()));
        assert_eq!(gemm.multiply_adds(), 60);
    }
}
