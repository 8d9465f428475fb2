//! From bytes to a batch: the only place where pixels become f32.

use super::{CLASSES, Dataset};
use ndarray::{ArrayViewMut1, ArrayViewMut2};

impl Dataset {
    /// Writes the images at `indices` as a batch: pixels / 255 into `input`
    /// (batch, side²), where `side` is the images' own or half of it (then means
    /// of 2 x 2 pixels), and one-hot labels into `targets` (batch, classes).
    ///
    /// # Panics
    /// If `side` is neither, or the shapes do not fit.
    pub fn write_batch(
        &self,
        indices: &[u32],
        side: usize,
        mut input: ArrayViewMut2<f32>,
        mut targets: ArrayViewMut2<f32>,
    ) {
        targets.fill(0.0);
        for (row, &index) in indices.iter().enumerate() {
            let image = self.image(index as usize);
            let out = input.row_mut(row);
            if side == self.cols() {
                write_pixels(image, out);
            } else {
                assert_eq!(2 * side, self.cols(), "half the side of the images");
                write_means(image, side, out);
            }
            let class = usize::from(self.labels()[index as usize]);
            debug_assert!(class < CLASSES);
            targets[[row, class]] = 1.0;
        }
    }
}

fn write_pixels(image: &[u8], mut out: ArrayViewMut1<f32>) {
    out.iter_mut()
        .zip(image)
        .for_each(|(out, &pixel)| *out = f32::from(pixel) / 255.0);
}

fn write_means(image: &[u8], side: usize, mut out: ArrayViewMut1<f32>) {
    let rows = image
        .chunks_exact(4 * side)
        .map(|two_rows| two_rows.split_at(2 * side));
    let blocks = rows.flat_map(|(upper, lower)| upper.chunks_exact(2).zip(lower.chunks_exact(2)));
    for (out, (upper, lower)) in out.iter_mut().zip(blocks) {
        let sum: u16 = upper
            .iter()
            .chain(lower)
            .map(|&pixel| u16::from(pixel))
            .sum();
        *out = f32::from(sum) / (4.0 * 255.0);
    }
}
