//! Every product of `linalg` beside its scalar form, at the edges of tiles, vectors and blocks.

use ndarray::{Array2, ArrayView2};
use np_playground::linalg::{Entry, Gemm, SparseColumns, SparseRows};
use np_playground::rng::{Rng, Stream};

/// Below, at and above the kernels' widths of 4, 8 and 32 numbers.
const EDGES: [usize; 11] = [0, 1, 3, 4, 5, 7, 8, 9, 31, 32, 33];
/// Past the blocks of 64 rows, 256 products, 1024 columns and 32 columns.
const PAST_BLOCKS: [[usize; 3]; 4] = [[65, 1, 3], [1, 257, 3], [3, 1, 1033], [1, 5, 33]];
/// For Miri, which is thousands of times as slow: every way through the kernels once.
const EVERY_WAY: [[usize; 3]; 10] = [
    [0, 1, 1],
    [1, 0, 1],
    [1, 1, 0],
    [4, 3, 8],
    [5, 2, 9],
    [9, 3, 9],
    [33, 1, 33],
    [65, 1, 1],
    [1, 257, 1],
    [1, 1, 1033],
];
const ALPHA: f32 = 0.5;

fn shapes() -> impl Iterator<Item = [usize; 3]> {
    let few = EVERY_WAY.into_iter().filter(|_| cfg!(miri));
    let cube = EDGES.iter().flat_map(|&m| {
        let square = EDGES
            .iter()
            .flat_map(move |&k| EDGES.iter().map(move |&n| (k, n)));
        square.map(move |(k, n)| [m, k, n])
    });
    few.chain(cube.chain(PAST_BLOCKS).filter(|_| !cfg!(miri)))
}

/// Whole numbers, so that sums are exact in whatever order; a half of them zero.
fn matrix(rows: usize, cols: usize, seed: u32) -> Array2<f32> {
    let mut rng = Rng::new(seed, Stream::Noise);
    Array2::from_shape_simple_fn((rows, cols), || match rng.below(2) {
        0 => 0.0,
        _ => rng.below(17) as f32 - 8.0,
    })
}

/// `beta c + ALPHA a b`, one number after another.
fn scalar(a: ArrayView2<f32>, b: ArrayView2<f32>, beta: f32, c: &Array2<f32>) -> Array2<f32> {
    Array2::from_shape_fn(c.dim(), |(row, col)| {
        let sum: f32 = (0..a.ncols()).map(|k| a[[row, k]] * b[[k, col]]).sum();
        let before = if beta == 0.0 {
            0.0
        } else {
            beta * c[[row, col]]
        };
        before + ALPHA * sum
    })
}

/// The same matrix, with its columns one behind the other in memory.
fn turned(matrix: &Array2<f32>) -> Array2<f32> {
    matrix.t().as_standard_layout().reversed_axes().into_owned()
}

fn lists(matrix: &Array2<f32>) -> SparseRows {
    let mut lists = SparseRows::with_capacity(matrix.nrows(), 0);
    for row in matrix.rows() {
        let entries = (0..).zip(row).filter(|(_, value)| **value != 0.0);
        lists.push_row(entries.map(|(column, value)| Entry::new(column, *value)));
    }
    lists
}

/// What is not a number in c must not come through where beta is zero.
fn before(rows: usize, cols: usize, beta: f32) -> Array2<f32> {
    match beta {
        0.0 => Array2::from_elem((rows, cols), f32::NAN),
        _ => matrix(rows, cols, 3),
    }
}

/// The dense product, for every way in which the three matrices can lie in memory.
pub fn dense_products_are_the_scalar_ones() {
    let mut gemm = Gemm::default();
    for [m, k, n] in shapes() {
        let (a, b) = (matrix(m, k, 1), matrix(k, n, 2));
        for beta in [0.0, 2.0] {
            let c = before(m, n, beta);
            let wanted = scalar(a.view(), b.view(), beta, &c);
            for a in [&a, &turned(&a)] {
                for b in [&b, &turned(&b)] {
                    for mut c in [c.clone(), turned(&c)] {
                        gemm.product(ALPHA, a.view(), b.view(), beta, c.view_mut());
                        assert_eq!(c, wanted, "{m} x {k} x {n}, beta {beta}");
                    }
                }
            }
        }
    }
}

/// The product of a matrix with itself; c is square, whatever the third size.
pub fn products_with_itself_are_the_scalar_ones() {
    let mut gemm = Gemm::default();
    for [_, k, n] in shapes().filter(|[m, _, n]| m == n) {
        let a = matrix(k, n, 1);
        let mut c = before(n, n, 0.0);
        let wanted = scalar(a.t(), a.view(), 0.0, &c);
        gemm.gram(ALPHA, a.view(), c.view_mut());
        assert_eq!(c, wanted, "{k} x {n}");
    }
}

/// Sparse times dense.
pub fn sparse_products_are_the_scalar_ones() {
    let mut gemm = Gemm::default();
    for [m, k, n] in shapes() {
        let (a, b) = (matrix(m, k, 1), matrix(k, n, 2));
        for beta in [0.0, 2.0] {
            let mut c = before(m, n, beta);
            let wanted = scalar(a.view(), b.view(), beta, &c);
            gemm.sparse_product(ALPHA, (&lists(&a), 0..m), b.view(), beta, c.view_mut());
            assert_eq!(c, wanted, "{m} x {k} x {n}, beta {beta}");
        }
    }
}

/// The transpose of a sparse matrix times a dense one, from lists that were used before.
pub fn transposed_sparse_products_are_the_scalar_ones() {
    let mut gemm = Gemm::default();
    for [m, k, n] in shapes() {
        let (a, b) = (matrix(k, m, 1), matrix(k, n, 2));
        let mut columns = SparseColumns::with_capacity(k, m, m);
        columns.fill(&lists(&matrix(k, m, 4)), m);
        columns.fill(&lists(&a), m);
        let mut c = before(m, n, 0.0);
        let wanted = scalar(a.t(), b.view(), 0.0, &c);
        gemm.transposed_sparse_product(ALPHA, &columns, b.view(), c.view_mut());
        assert_eq!(c, wanted, "{m} x {k} x {n}");
    }
}
