//! He-normal initial weights.

use crate::rng::Rng;
use ndarray::{Array2, ShapeBuilder};

/// Standard deviation of a standard normal cut at two standard deviations.
const CUT_STD: f32 = 0.879_625_7;

/// W (units, inputs): normal numbers cut at 2 standard deviations and rescaled so
/// that their standard deviation is sqrt(2 / inputs) (He et al., 2015).
///
/// In memory the weights of one input lie side by side (column-major): the order
/// in which every kernel reads them.
pub fn he_normal(units: usize, inputs: usize, rng: &mut Rng) -> Array2<f32> {
    let scale = (2.0 / inputs as f32).sqrt() / CUT_STD;
    let mut pool = [0.0_f32; 256];
    let mut used = pool.len();
    Array2::from_shape_simple_fn((units, inputs).f(), || {
        loop {
            if used == pool.len() {
                rng.fill_normal(&mut pool, 1.0);
                used = 0;
            }
            used += 1;
            if pool[used - 1].abs() <= 2.0 {
                return scale * pool[used - 1];
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Stream;

    #[test]
    fn weights_have_the_std_of_he_and_no_tails() {
        let w = he_normal(500, 400, &mut Rng::new(1, Stream::Init));
        let std = w.std(0.0);
        let wanted = (2.0_f32 / 400.0).sqrt();
        assert!((std / wanted - 1.0).abs() < 0.01, "{std} for {wanted}");
        assert!(w.iter().all(|w| w.abs() <= 2.0 * wanted / CUT_STD + 1e-6));
        assert!(w.mean().is_some_and(|mean| mean.abs() < 0.001));
    }
}
