//! One seed, many independent streams of random numbers.
//!
//! Every use of chance (initial weights, order of the samples, noise, choice of
//! the subset, probes) has a stream of its own, and every stream can be entered
//! at any index (an epoch, a step) without drawing what lies before. So two
//! learning rules with the same seed start from the same weights and see the
//! same batches however much noise each of them uses, and a checkpoint needs no
//! generator state: the step counter is the state.
//!
//! Generator: four interleaved xoshiro128++ (Blackman and Vigna, 2021), seeded
//! through SplitMix64; lane-wise integer code that compilers turn into SIMD.
//! Normal numbers: Box and Muller (1958). All of it is compiled in, so the bits
//! are the same in every browser and natively.

use crate::linalg::math::Functions;
use crate::linalg::rotate_left;
use ndarray::Array2;

/// What the random numbers are for; each purpose has its own stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    /// Initial weights.
    Init = 1,
    /// Order of the training samples; index = epoch.
    Shuffle = 2,
    /// Noise of the noisy passes; index = step.
    Noise = 3,
    /// Choice of the images that are used.
    Subset = 4,
    /// Noise of the alignment measurement; index = epoch.
    Probe = 5,
    /// What a learning rule draws once, at the start: random feedback.
    Rule = 6,
}

const LANES: usize = 4;
/// Normal numbers made at once: a sine and a cosine for each lane.
const BLOCK: usize = 2 * LANES;

/// A stream of random numbers.
#[derive(Debug, Clone)]
pub struct Rng {
    state: [[u32; LANES]; 4],
}

impl Rng {
    /// The stream for `purpose` of `seed`, entered at its start.
    pub fn new(seed: u32, purpose: Stream) -> Self {
        Self::at(seed, purpose, 0)
    }

    /// The stream for `purpose` of `seed`, entered at `index` (an epoch or a
    /// step); different indices give independent numbers.
    pub fn at(seed: u32, purpose: Stream, index: u32) -> Self {
        let key = (u64::from(seed) << 32 | u64::from(index)) ^ split_mix(purpose as u64);
        let mut state = [[0; LANES]; 4];
        for (i, word) in state.as_flattened_mut().iter_mut().enumerate() {
            *word = (split_mix(split_mix(key).wrapping_add(i as u64)) >> 32) as u32;
        }
        Self { state }
    }

    /// The next number of every lane (xoshiro128++).
    #[inline(always)]
    fn next_lanes(&mut self) -> [u32; LANES] {
        let [s0, s1, s2, s3] = &mut self.state;
        let sum = rotate_left::<7>(lanes(|i| s0[i].wrapping_add(s3[i])));
        let out = lanes(|i| sum[i].wrapping_add(s0[i]));
        let t = lanes(|i| s1[i] << 9);
        *s2 = lanes(|i| s2[i] ^ s0[i]);
        *s3 = lanes(|i| s3[i] ^ s1[i]);
        *s1 = lanes(|i| s1[i] ^ s2[i]);
        *s0 = lanes(|i| s0[i] ^ s3[i]);
        *s2 = lanes(|i| s2[i] ^ t[i]);
        *s3 = rotate_left::<11>(*s3);
        out
    }

    /// A whole number in `0..n`, each equally likely (Lemire's method, exact). `n` is at least 1.
    pub fn below(&mut self, n: u32) -> u32 {
        let reject_below = n.wrapping_neg() % n;
        loop {
            let product = u64::from(self.next_lanes()[0]) * u64::from(n);
            if product as u32 >= reject_below {
                return (product >> 32) as u32;
            }
        }
    }

    /// Puts `items` into a random order (Fisher and Yates).
    pub fn shuffle(&mut self, items: &mut [u32]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i as u32 + 1) as usize);
        }
    }

    /// Fills `out` with N(0, `std`²).
    pub fn fill_normal(&mut self, out: &mut [f32], std: f32) {
        let functions = Functions::new();
        let mut rng = self.clone(); // a copy of its own stays in registers
        let mut blocks = out.chunks_exact_mut(BLOCK);
        for block in &mut blocks {
            block.copy_from_slice(&rng.normal_block(functions, std));
        }
        let rest = blocks.into_remainder();
        if !rest.is_empty() {
            rest.copy_from_slice(&rng.normal_block(functions, std)[..rest.len()]);
        }
        *self = rng;
    }

    /// Box-Muller on every lane: r = sqrt(-2 ln u) with u in (0, 1], angle uniform.
    #[inline(always)]
    fn normal_block(&mut self, functions: Functions, std: f32) -> [f32; BLOCK] {
        let (radius_bits, angle_bits) = (self.next_lanes(), self.next_lanes());
        let mut block = [0.0; BLOCK];
        for lane in 0..LANES {
            let u = ((radius_bits[lane] >> 8) + 1) as i32 as f32 * (1.0 / 16_777_216.0);
            let radius = std * (-2.0 * functions.ln(u)).sqrt();
            let (sine, cosine) = functions.sin_cos_turn(angle_bits[lane]);
            block[lane] = radius * cosine;
            block[LANES + lane] = radius * sine;
        }
        block
    }

    /// A matrix of N(0, `std`²).
    pub fn normal_matrix(&mut self, rows: usize, cols: usize, std: f32) -> Array2<f32> {
        let mut numbers = vec![0.0; rows * cols];
        self.fill_normal(&mut numbers, std);
        Array2::from_shape_fn((rows, cols), |(row, col)| numbers[row * cols + col])
    }

    /// Fills `out` with `std` or `-std`, each equally likely.
    pub fn fill_rademacher(&mut self, out: &mut [f32], std: f32) {
        for chunk in out.chunks_mut(LANES) {
            let bits = self.next_lanes();
            for (value, bits) in chunk.iter_mut().zip(bits) {
                *value = f32::from_bits(std.to_bits() ^ (bits & 0x8000_0000));
            }
        }
    }
}

#[inline(always)]
fn lanes(f: impl Fn(usize) -> u32) -> [u32; LANES] {
    std::array::from_fn(f)
}

/// SplitMix64 (Steele, Lea and Flood, 2014): one well-mixed word for each input.
fn split_mix(x: u64) -> u64 {
    let mut z = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moments(sample: &[f32]) -> [f64; 4] {
        [1, 2, 3, 4].map(|p| {
            sample.iter().map(|&x| f64::from(x).powi(p)).sum::<f64>() / sample.len() as f64
        })
    }

    #[test]
    fn normal_numbers_have_the_moments_of_a_normal_distribution() {
        let mut sample = vec![0.0; 1_000_003];
        Rng::new(7, Stream::Noise).fill_normal(&mut sample, 1.0);
        let [m1, m2, m3, m4] = moments(&sample);
        assert!(m1.abs() < 0.005 && (m2 - 1.0).abs() < 0.01, "{m1} {m2}");
        assert!(m3.abs() < 0.02 && (m4 - 3.0).abs() < 0.05, "{m3} {m4}");
        let beyond_two =
            sample.iter().filter(|x| x.abs() > 2.0).count() as f64 / sample.len() as f64;
        assert!((beyond_two - 0.0455).abs() < 0.001, "{beyond_two}");
    }

    #[test]
    fn neighbours_in_the_stream_are_not_correlated() {
        let mut sample = vec![0.0; 1_000_000];
        Rng::new(3, Stream::Noise).fill_normal(&mut sample, 1.0);
        for lag in 1..=16 {
            let products = sample
                .iter()
                .zip(&sample[lag..])
                .map(|(&a, &b)| f64::from(a * b));
            let correlation = products.sum::<f64>() / sample.len() as f64;
            assert!(correlation.abs() < 0.005, "lag {lag}: {correlation}");
        }
    }

    #[test]
    fn rademacher_numbers_have_one_size_and_a_fair_sign() {
        let mut sample = vec![0.0; 100_001];
        Rng::new(1, Stream::Noise).fill_rademacher(&mut sample, 0.5);
        assert!(sample.iter().all(|x| x.abs() == 0.5));
        assert!(moments(&sample)[0].abs() < 0.01);
    }

    #[test]
    fn streams_and_indices_are_independent() {
        let start = |mut rng: Rng| rng.next_lanes();
        let streams = [
            start(Rng::at(0, Stream::Noise, 0)),
            start(Rng::at(0, Stream::Noise, 1)),
            start(Rng::at(1, Stream::Noise, 0)),
            start(Rng::at(0, Stream::Probe, 0)),
            start(Rng::at(0, Stream::Init, 0)),
        ];
        for (i, a) in streams.iter().enumerate() {
            assert!(streams[i + 1..].iter().all(|b| a != b));
        }
    }

    #[test]
    fn below_is_fair_and_shuffle_keeps_every_item() {
        let mut rng = Rng::new(5, Stream::Shuffle);
        let mut counts = [0_u32; 7];
        (0..70_000).for_each(|_| counts[rng.below(7) as usize] += 1);
        assert!(
            counts.iter().all(|&c| c.abs_diff(10_000) < 500),
            "{counts:?}"
        );
        let mut items: Vec<u32> = (0..1000).collect();
        rng.shuffle(&mut items);
        assert_ne!(items[..10], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        items.sort_unstable();
        assert!(items.iter().enumerate().all(|(i, &x)| i as u32 == x));
    }
}
