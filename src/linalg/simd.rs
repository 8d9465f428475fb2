//! Four f32 lanes: simd128 in wasm, SSE2 on x86-64, plain arrays elsewhere.
//! The three give the same bits; the plain one is the oracle of the tests.

/// Numbers in a vector.
pub const LANES: usize = 4;

/// What the matrix kernels need of a vector of four f32.
pub trait Lanes: Copy {
    /// Four times `x`.
    fn splat(x: f32) -> Self;
    /// The four numbers at `from`.
    ///
    /// # Safety
    /// `from` must be valid for reading four f32.
    unsafe fn load(from: *const f32) -> Self;
    /// Writes the four numbers to `to`.
    ///
    /// # Safety
    /// `to` must be valid for writing four f32.
    unsafe fn store(self, to: *mut f32);
    /// `self + a * b`, rounded after the product and after the sum; with relaxed SIMD
    /// after the sum only, where the processor has an operation for it.
    fn add_product(self, a: Self, b: Self) -> Self;
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod vector {
    #[cfg(target_feature = "relaxed-simd")]
    use std::arch::wasm32::f32x4_relaxed_madd;
    #[cfg(not(target_feature = "relaxed-simd"))]
    use std::arch::wasm32::{f32x4_add, f32x4_mul};
    use std::arch::wasm32::{f32x4_splat, v128, v128_load, v128_store};

    /// A wasm vector.
    #[derive(Clone, Copy)]
    pub struct F32x4(v128);

    impl super::Lanes for F32x4 {
        #[inline(always)]
        fn splat(x: f32) -> Self {
            Self(f32x4_splat(x))
        }
        #[inline(always)]
        unsafe fn load(from: *const f32) -> Self {
            // SAFETY: the caller promises four readable f32; wasm loads need no alignment.
            Self(unsafe { v128_load(from.cast()) })
        }
        #[inline(always)]
        unsafe fn store(self, to: *mut f32) {
            // SAFETY: the caller promises four writable f32; wasm stores need no alignment.
            unsafe { v128_store(to.cast(), self.0) }
        }
        #[inline(always)]
        fn add_product(self, a: Self, b: Self) -> Self {
            #[cfg(not(target_feature = "relaxed-simd"))]
            return Self(f32x4_add(self.0, f32x4_mul(a.0, b.0)));
            #[cfg(target_feature = "relaxed-simd")]
            Self(f32x4_relaxed_madd(a.0, b.0, self.0))
        }
    }
}

/// out = beta out + alpha sums, for the first `cols` of the vectors' numbers.
///
/// # Safety
/// `out` must be valid for `cols` numbers, no more than the vectors have.
#[inline(always)]
pub(super) unsafe fn write_row<V: Lanes, const VECTORS: usize>(
    alpha: f32,
    sums: &[V; VECTORS],
    beta: f32,
    out: *mut f32,
    cols: usize,
) {
    let vectors = sums.iter().enumerate();
    // SAFETY: a whole row has room for every vector; a part of one is written by way
    // of a whole one.
    unsafe {
        if cols == LANES * VECTORS {
            vectors.for_each(|(v, sum)| write_lanes(alpha, *sum, beta, out.add(LANES * v)));
        } else {
            let mut whole = [[0.0; LANES]; VECTORS];
            let out = std::slice::from_raw_parts_mut(out, cols);
            if beta != 0.0 {
                whole.as_flattened_mut()[..cols].copy_from_slice(out);
            }
            vectors.for_each(|(v, sum)| write_lanes(alpha, *sum, beta, whole[v].as_mut_ptr()));
            out.copy_from_slice(&whole.as_flattened()[..cols]);
        }
    }
}

/// out = beta out + alpha sum, for four lanes; beta = 0 overwrites.
///
/// # Safety
/// `out` must be valid for four numbers.
#[inline(always)]
unsafe fn write_lanes<V: Lanes>(alpha: f32, sum: V, beta: f32, out: *mut f32) {
    let zero = V::splat(0.0);
    // SAFETY: the caller promises four numbers.
    unsafe {
        let start = if beta == 0.0 {
            zero
        } else {
            zero.add_product(V::splat(beta), V::load(out))
        };
        start.add_product(V::splat(alpha), sum).store(out);
    }
}

/// Four words, each rotated to the left by `BITS`, of 1 to 31.
///
/// Written out for wasm, which has no rotation: left to itself, the compiler takes
/// the lanes apart for it.
#[inline(always)]
pub fn rotate_left<const BITS: u32>(words: [u32; LANES]) -> [u32; LANES] {
    #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
    {
        use std::arch::wasm32::{i32x4_shl, u32x4_shr, v128_load, v128_or, v128_store};
        let mut rotated = words;
        // SAFETY: both arrays hold four words.
        unsafe {
            let words = v128_load(words.as_ptr().cast());
            let turned = v128_or(i32x4_shl(words, BITS), u32x4_shr(words, 32 - BITS));
            v128_store(rotated.as_mut_ptr().cast(), turned);
        }
        rotated
    }
    #[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
    words.map(|word| word.rotate_left(BITS))
}

#[cfg(target_arch = "x86_64")]
mod vector {
    use std::arch::x86_64::{
        __m128, _mm_add_ps, _mm_loadu_ps, _mm_mul_ps, _mm_set1_ps, _mm_storeu_ps,
    };

    /// An SSE vector; SSE2 is part of every x86-64.
    #[derive(Clone, Copy)]
    pub struct F32x4(__m128);

    impl super::Lanes for F32x4 {
        #[inline(always)]
        fn splat(x: f32) -> Self {
            // SAFETY: SSE2 is part of every x86-64.
            Self(unsafe { _mm_set1_ps(x) })
        }
        #[inline(always)]
        unsafe fn load(from: *const f32) -> Self {
            // SAFETY: the caller promises four readable f32; the load is unaligned.
            Self(unsafe { _mm_loadu_ps(from) })
        }
        #[inline(always)]
        unsafe fn store(self, to: *mut f32) {
            // SAFETY: the caller promises four writable f32; the store is unaligned.
            unsafe { _mm_storeu_ps(to, self.0) }
        }
        #[inline(always)]
        fn add_product(self, a: Self, b: Self) -> Self {
            // SAFETY: SSE2 is part of every x86-64.
            Self(unsafe { _mm_add_ps(self.0, _mm_mul_ps(a.0, b.0)) })
        }
    }
}

#[cfg(not(any(
    target_arch = "x86_64",
    all(target_arch = "wasm32", target_feature = "simd128")
)))]
mod vector {
    pub use super::Plain as F32x4;
}

pub use vector::F32x4;

/// Four f32 without SIMD.
#[cfg(any(
    test,
    not(any(
        target_arch = "x86_64",
        all(target_arch = "wasm32", target_feature = "simd128")
    ))
))]
#[derive(Clone, Copy)]
pub struct Plain([f32; 4]);

#[cfg(any(
    test,
    not(any(
        target_arch = "x86_64",
        all(target_arch = "wasm32", target_feature = "simd128")
    ))
))]
impl Lanes for Plain {
    fn splat(x: f32) -> Self {
        Self([x; 4])
    }
    unsafe fn load(from: *const f32) -> Self {
        // SAFETY: the caller promises four readable f32.
        Self(unsafe { from.cast::<[f32; 4]>().read() })
    }
    unsafe fn store(self, to: *mut f32) {
        // SAFETY: the caller promises four writable f32.
        unsafe { to.cast::<[f32; 4]>().write(self.0) }
    }
    fn add_product(self, a: Self, b: Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] + a.0[i] * b.0[i]))
    }
}
