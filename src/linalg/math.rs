//! Elementary functions in f32, compiled in and free of branches, so that loops
//! over them become SIMD and give the same bits everywhere.
//!
//! Their constants are read through a pointer that the compiler cannot see through:
//! in browsers a vector constant costs three instructions each time it is used, a
//! load costs one (normal numbers come 1.2 times as fast).

use std::f32::consts::PI;
use std::hint::black_box;

/// The functions, with their constants.
#[derive(Debug, Clone, Copy)]
pub struct Functions(&'static Constants);

#[derive(Debug)]
struct Constants {
    /// ln(1 + m) / m³ less its first terms (Moshier's Cephes library, `logf`).
    ln: [f32; 9],
    /// (exp r - 1 - r) / r² (Cephes, `expf`).
    exp: [f32; 6],
    /// (sin x / x - 1) / x² and (cos x - 1 + x² / 2) / x⁴ in x² (Cephes, `sinf`, `cosf`).
    sine: [f32; 3],
    cosine: [f32; 3],
    /// ln 2 in two parts, the second negative.
    ln_2: [f32; 2],
    /// 1 / n, for n from 11 down to 2.
    reciprocals: [f32; 10],
}

static CONSTANTS: Constants = Constants {
    ln: [
        7.037_683_6e-2,
        -1.151_461e-1,
        1.167_699_9e-1,
        -1.242_014_1e-1,
        1.424_932_3e-1,
        -1.666_805_8e-1,
        2.000_071_5e-1,
        -2.499_999_4e-1,
        3.333_333e-1,
    ],
    exp: [
        1.987_569_2e-4,
        1.398_2e-3,
        8.333_452e-3,
        4.166_579_6e-2,
        1.666_666_6e-1,
        5e-1,
    ],
    sine: [-1.951_529_6e-4, 8.332_161e-3, -1.666_665_5e-1],
    cosine: [2.443_315_7e-5, -1.388_731_6e-3, 4.166_664_6e-2],
    ln_2: [0.693_359_4, -2.121_944_4e-4],
    reciprocals: [
        1.0 / 11.0,
        1.0 / 10.0,
        1.0 / 9.0,
        1.0 / 8.0,
        1.0 / 7.0,
        1.0 / 6.0,
        1.0 / 5.0,
        1.0 / 4.0,
        1.0 / 3.0,
        1.0 / 2.0,
    ],
};

/// The polynomial with these coefficients, the highest power's first.
#[inline(always)]
fn polynomial<const N: usize>(coefficients: &[f32; N], x: f32) -> f32 {
    let [first, rest @ ..] = coefficients.as_slice() else {
        return 0.0;
    };
    rest.iter().fold(*first, |p, c| p * x + c)
}

impl Functions {
    /// The functions; to be had once before a loop.
    #[inline(always)]
    pub fn new() -> Self {
        Self(black_box(&CONSTANTS))
    }

    /// ln(x) for normal x > 0, to about one unit in the last place.
    ///
    /// x = m 2^e with m in [1/sqrt 2, sqrt 2); ln m by a polynomial; e ln 2 in two parts.
    #[inline(always)]
    pub fn ln(self, x: f32) -> f32 {
        const HALF_SQRT_BITS: u32 = 0x3f35_04f3;
        let shifted = x.to_bits().wrapping_sub(HALF_SQRT_BITS);
        let exponent = (shifted as i32 >> 23) as f32;
        let m = f32::from_bits((shifted & 0x007f_ffff).wrapping_add(HALF_SQRT_BITS)) - 1.0;
        let square = m * m;
        let [ln_2, ln_2_rest] = self.0.ln_2;
        let tail = polynomial(&self.0.ln, m) * m * square + ln_2_rest * exponent - 0.5 * square;
        (m + tail) + ln_2 * exponent
    }

    /// exp(x), to about one unit in the last place; 0 below -87, where f32 loses its
    /// normal numbers, and e^88 above 88.
    ///
    /// x = n ln 2 + r with |r| <= ln 2 / 2; exp r by a polynomial; ln 2 in two parts.
    #[inline(always)]
    pub fn exp(self, x: f32) -> f32 {
        const ROUND: f32 = 12_582_912.0; // 1.5 * 2^23: adding it leaves the nearest whole number
        let within = if x > 88.0 { 88.0 } else { x };
        let within = if within < -87.0 { -87.0 } else { within };
        let n = (within * std::f32::consts::LOG2_E + ROUND) - ROUND;
        let [ln_2, ln_2_rest] = self.0.ln_2;
        let r = (within - n * ln_2) - n * ln_2_rest;
        let e = (polynomial(&self.0.exp, r) * (r * r) + r) + 1.0;
        let scaled = e * f32::from_bits(((n as i32 + 127) << 23) as u32);
        if x < -87.0 { 0.0 } else { scaled }
    }

    /// exp(x) - 1 for |x| <= 1, to the last places also where x is small: the first
    /// terms of its series.
    #[inline(always)]
    pub fn exp_minus_1(self, x: f32) -> f32 {
        let terms = self.0.reciprocals.iter();
        x * terms.fold(1.0, |p, reciprocal| 1.0 + x * reciprocal * p)
    }

    /// Sine and cosine of a random angle: `bits` / 2^32 of a whole turn.
    ///
    /// The two top bits choose the quadrant, the next 24 the angle within it,
    /// counted from its middle, where short polynomials hold.
    #[inline(always)]
    pub fn sin_cos_turn(self, bits: u32) -> (f32, f32) {
        let within = ((bits << 2) >> 8) as i32 as f32 * (1.0 / 16_777_216.0) - 0.5;
        let x = within * (0.5 * PI);
        let z = x * x;
        let sine = polynomial(&self.0.sine, z) * z * x + x;
        let cosine = polynomial(&self.0.cosine, z) * z * z - 0.5 * z + 1.0;
        let odd = bits & 0x4000_0000 != 0;
        let (a, b) = if odd { (cosine, sine) } else { (sine, cosine) };
        // Quadrants turn (sin, cos) into (cos, -sin), (-sin, -cos), (-cos, sin).
        let sine_sign = bits & 0x8000_0000;
        let cosine_sign = (bits ^ (bits << 1)) & 0x8000_0000;
        (
            f32::from_bits(a.to_bits() ^ sine_sign),
            f32::from_bits(b.to_bits() ^ cosine_sign),
        )
    }
}

impl Default for Functions {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ln(x: f32) -> f32 {
        Functions::new().ln(x)
    }

    fn exp(x: f32) -> f32 {
        Functions::new().exp(x)
    }

    #[test]
    fn ln_is_right_to_the_last_places() {
        for i in 1..=200_000_u32 {
            let x = i as f32 * 1e-5;
            let exact = f64::from(x).ln();
            let error = (f64::from(ln(x)) - exact).abs();
            assert!(
                error <= 1.5e-7 * exact.abs().max(0.1),
                "ln {x}: off by {error}"
            );
        }
        assert_eq!(ln(1.0), 0.0);
    }

    #[test]
    fn exp_is_right_to_the_last_places() {
        for i in -870_000..=880_000_i32 {
            let x = i as f32 * 1e-4;
            let exact = f64::from(x).exp();
            let error = (f64::from(exp(x)) - exact).abs() / exact;
            assert!(error <= 2.5e-7, "exp {x}: off by {error}");
        }
        assert_eq!(
            (exp(0.0), exp(-100.0), exp(f32::NEG_INFINITY)),
            (1.0, 0.0, 0.0)
        );
        assert!(exp(f32::NAN).is_nan() && exp(200.0).is_finite());
    }

    #[test]
    fn exp_minus_1_is_right_to_the_last_places() {
        for i in (-100_000..=100_000_i32).filter(|&i| i != 0) {
            let x = i as f32 * 1e-5;
            let exact = f64::from(x).exp_m1();
            let error = ((f64::from(Functions::new().exp_minus_1(x)) - exact) / exact).abs();
            assert!(error <= 3e-7, "exp {x} - 1: off by {error}");
        }
    }

    #[test]
    fn sine_and_cosine_lie_on_the_circle_at_their_angle() {
        for i in 0..100_000_u32 {
            let bits = i.wrapping_mul(42_949) ^ (i << 30);
            // The angle that stands for `bits`: quadrant q, then the offset from its middle.
            let quadrant = f64::from(bits >> 30);
            let within = f64::from((bits << 2) >> 8) / 16_777_216.0 - 0.5;
            let angle = (quadrant + within) * std::f64::consts::FRAC_PI_2;
            let (sine, cosine) = Functions::new().sin_cos_turn(bits);
            assert!((f64::from(sine) - angle.sin()).abs() < 2e-7, "{bits:08x}");
            assert!((f64::from(cosine) - angle.cos()).abs() < 2e-7, "{bits:08x}");
        }
    }
}
