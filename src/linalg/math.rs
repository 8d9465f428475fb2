//! Elementary functions in f32, compiled in and free of branches, so that loops
//! over them become SIMD and give the same bits everywhere.

use std::f32::consts::PI;

/// ln(x) for normal x > 0, to about one unit in the last place.
///
/// x = m 2^e with m in [1/sqrt 2, sqrt 2); ln m by the polynomial of the Cephes
/// library (Moshier, `logf`); e ln 2 in two parts.
#[inline(always)]
pub fn ln(x: f32) -> f32 {
    const HALF_SQRT_BITS: u32 = 0x3f35_04f3;
    let shifted = x.to_bits().wrapping_sub(HALF_SQRT_BITS);
    let exponent = (shifted as i32 >> 23) as f32;
    let m = f32::from_bits((shifted & 0x007f_ffff).wrapping_add(HALF_SQRT_BITS)) - 1.0;
    let mut p = 7.037_683_6e-2;
    p = p * m - 1.151_461e-1;
    p = p * m + 1.167_699_9e-1;
    p = p * m - 1.242_014_1e-1;
    p = p * m + 1.424_932_3e-1;
    p = p * m - 1.666_805_8e-1;
    p = p * m + 2.000_071_5e-1;
    p = p * m - 2.499_999_4e-1;
    p = p * m + 3.333_333e-1;
    let square = m * m;
    let tail = p * m * square - 2.121_944_4e-4 * exponent - 0.5 * square;
    (m + tail) + 0.693_359_4 * exponent
}

/// Sine and cosine of a random angle: `bits` / 2^32 of a whole turn.
///
/// The two top bits choose the quadrant, the next 24 the angle within it,
/// counted from its middle, where short polynomials (Cephes `sinf`, `cosf`) hold.
#[inline(always)]
pub fn sin_cos_turn(bits: u32) -> (f32, f32) {
    let within = ((bits << 2) >> 8) as i32 as f32 * (1.0 / 16_777_216.0) - 0.5;
    let x = within * (0.5 * PI);
    let z = x * x;
    let sine = ((-1.951_529_6e-4 * z + 8.332_161e-3) * z - 1.666_665_5e-1) * z * x + x;
    let cosine =
        ((2.443_315_7e-5 * z - 1.388_731_6e-3) * z + 4.166_664_6e-2) * z * z - 0.5 * z + 1.0;
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

#[cfg(test)]
mod tests {
    use super::*;

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
    fn sine_and_cosine_lie_on_the_circle_at_their_angle() {
        for i in 0..100_000_u32 {
            let bits = i.wrapping_mul(42_949) ^ (i << 30);
            // The angle that stands for `bits`: quadrant q, then the offset from its middle.
            let quadrant = f64::from(bits >> 30);
            let within = f64::from((bits << 2) >> 8) / 16_777_216.0 - 0.5;
            let angle = (quadrant + within) * std::f64::consts::FRAC_PI_2;
            let (sine, cosine) = sin_cos_turn(bits);
            assert!((f64::from(sine) - angle.sin()).abs() < 2e-7, "{bits:08x}");
            assert!((f64::from(cosine) - angle.cos()).abs() < 2e-7, "{bits:08x}");
        }
    }
}
