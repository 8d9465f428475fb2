//! From bytes to a batch: the only place where pixels become f32.
//!
//! Four of five pixels of MNIST are zero, and a batch has to skip them again and
//! again. So the images are gone through once, and kept as lists of the pixels
//! that are not zero, unless most of them are not. And the pixels are put in an
//! order of their own: first the *live* ones, those that any training image uses.
//! The others add nothing to any product of training, which leaves them out.

use crate::dataset::{Dataset, DatasetKind, Shape};
use crate::error::{Error, Result};
use crate::linalg::Entry;
use crate::network::Pass;
use ndarray::ArrayViewMut2;
use std::hint::black_box;

/// Share of pixels that are not zero up to which lists are kept. Measured in Chromium, with
/// 64 and 256 units and batches of 100 and 1000: the first layer's forward product and
/// weight gradient from lists take 0.36 to 0.44 of the time that they take from every pixel
/// where 30% are not zero, 0.78 to 0.94 where 70% are, and up to 1.12 where 80% are.
const LISTS_UP_TO: f64 = 0.7;

/// The order of the pixels: `live` ones first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PixelOrder {
    /// The pixel at each position.
    pub pixels: Vec<u16>,
    /// How many of them are not zero in some training image.
    pub live: usize,
}

impl PixelOrder {
    /// The order for training on the `chosen` of `images`, seen in `shape`.
    pub fn of(images: &Dataset, chosen: &[u32], shape: &Shape) -> Self {
        let mut used = vec![false; shape.pixels()];
        for &index in chosen {
            brightness(images, index, shape)
                .zip(&mut used)
                .for_each(|(value, used)| *used |= value > 0);
        }
        let (live, dead): (Vec<u16>, Vec<u16>) =
            (0..shape.pixels() as u16).partition(|&p| used[usize::from(p)]);
        Self {
            live: live.len(),
            pixels: [live, dead].concat(),
        }
    }

    /// The pixel at each position, as indices.
    pub fn places(&self) -> Vec<usize> {
        self.pixels
            .iter()
            .map(|&pixel| usize::from(pixel))
            .collect()
    }
}

/// How much of images is drawn on, as shares of their pixels.
#[derive(Debug, Clone, Copy)]
pub struct Coverage {
    /// Pixels that are not zero in some training image.
    pub live: f64,
    /// Pixels that are not zero, in the mean over all images.
    pub mean: f64,
    /// Those of the image that has most.
    pub most: f64,
}

/// What is expected of `train` images before they are read. MNIST's were counted: the more images,
/// the more pixels one of them uses. Own images take the most memory that images can.
pub fn expected(dataset: DatasetKind, side: usize, train: usize) -> Coverage {
    let live = 0.43 + 0.0312 * f64::from(train.max(1).ilog2());
    match (dataset, side) {
        (DatasetKind::Own, _) => Coverage {
            live: 1.0,
            mean: LISTS_UP_TO,
            most: 1.0,
        },
        (DatasetKind::Mnist, 14) => Coverage {
            live: live + 0.06,
            mean: 0.257,
            most: 0.47,
        },
        (DatasetKind::Mnist, _) => Coverage {
            live,
            mean: 0.192,
            most: 0.41,
        },
    }
}

/// Images ready to be made into batches.
#[derive(Debug)]
pub struct Samples {
    labels: Vec<u8>,
    pixels: Pixels,
    /// What stands for a pixel value of 1: 255, or 4 * 255 for sums of four.
    white: f32,
}

#[derive(Debug)]
enum Pixels {
    /// Every pixel of every image, in the order of `PixelOrder`.
    All { width: usize, values: Vec<u16> },
    /// Those that are not zero.
    Lists(Lists),
}

/// What a cache brings from memory at once.
const LINE_BYTES: usize = 64;

/// Images as lists of their pixels that are not zero; four bytes each.
#[derive(Debug)]
struct Lists {
    /// Where each image's list starts; one more than there are images. Of a million large
    /// images more pixels are not zero than 32 bits count.
    starts: Vec<usize>,
    pixels: Vec<Ink>,
}

/// A pixel that is not zero: its position in `PixelOrder`, and its brightness.
#[derive(Debug, Clone, Copy)]
struct Ink {
    position: u16,
    value: u16,
}

impl Lists {
    fn image(&self, index: u32) -> &[Ink] {
        let index = index as usize;
        &self.pixels[self.starts[index]..self.starts[index + 1]]
    }

    /// Brings the lists of these images into the caches: one number of every line is
    /// read, and nothing waits for it, so that many are on their way at once. Without it a
    /// batch is put together in twice the time.
    fn fetch(&self, indices: &[u32]) {
        for &index in indices {
            let lines = self
                .image(index)
                .iter()
                .step_by(LINE_BYTES / size_of::<Ink>());
            black_box(lines.fold(0, |sum, ink| sum ^ ink.value));
        }
    }
}

impl Samples {
    /// The `chosen` images seen in `shape`: as they are, or as means of 2 x 2 pixels when their
    /// own sides are twice those of `shape`.
    ///
    /// # Errors
    /// [`Error::Memory`] if there is no room for them.
    pub fn new(
        images: &Dataset,
        chosen: &[u32],
        shape: &Shape,
        order: &PixelOrder,
    ) -> Result<Self> {
        let white = if images.cols() == shape.cols {
            255.0
        } else {
            4.0 * 255.0
        };
        let labels = images.labels();
        Ok(Self {
            labels: chosen.iter().map(|&i| labels[i as usize]).collect(),
            pixels: Pixels::of(images, chosen, shape, order)?,
            white,
        })
    }

    /// Bytes that the pixels of all images take.
    pub fn bytes(&self) -> usize {
        match &self.pixels {
            Pixels::All { values, .. } => size_of_val(&values[..]),
            Pixels::Lists(lists) => size_of_val(&lists.pixels[..]),
        }
    }

    /// Number of images.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// The class of every image.
    pub fn labels(&self) -> &[u8] {
        &self.labels
    }

    /// Most pixels that are not zero in any image, if the images are kept as lists.
    pub fn longest_list(&self) -> Option<usize> {
        match &self.pixels {
            Pixels::All { .. } => None,
            Pixels::Lists(lists) => (0..self.len() as u32)
                .map(|index| lists.image(index).len())
                .max(),
        }
    }

    /// Starts `pass` with the images at `indices`, as lists if they are kept so.
    pub fn start(&self, indices: &[u32], pass: &mut Pass) {
        let targets = match &self.pixels {
            Pixels::Lists(lists) => {
                let (input, targets) = pass.start_lists(indices.len(), 1.0 / self.white);
                lists.fetch(indices);
                for &index in indices {
                    let image = lists.image(index).iter();
                    input.push_row(image.map(|ink| Entry::new(ink.position, f32::from(ink.value))));
                }
                targets
            }
            Pixels::All { .. } => {
                let (input, targets) = pass.start(indices.len());
                self.write_pixels(indices, input);
                targets
            }
        };
        self.write_targets(indices, targets);
    }

    /// Writes one-hot labels of the images at `indices` into `targets` (batch, classes).
    pub fn write_targets(&self, indices: &[u32], mut targets: ArrayViewMut2<f32>) {
        targets.fill(0.0);
        for (row, &index) in indices.iter().enumerate() {
            let class = usize::from(self.labels[index as usize]);
            targets[[row, class]] = 1.0;
        }
    }

    /// Writes the pixels of the images at `indices`, in [0, 1], into `input` (batch, pixels).
    pub fn write_pixels(&self, indices: &[u32], mut input: ArrayViewMut2<f32>) {
        for (&index, mut out) in indices.iter().zip(input.rows_mut()) {
            match &self.pixels {
                Pixels::All { width, values } => {
                    let from = index as usize * width;
                    out.iter_mut()
                        .zip(&values[from..])
                        .for_each(|(out, &v)| *out = f32::from(v) / self.white);
                }
                Pixels::Lists(lists) => {
                    out.fill(0.0);
                    for ink in lists.image(index) {
                        out[usize::from(ink.position)] = f32::from(ink.value) / self.white;
                    }
                }
            }
        }
    }
}

impl Pixels {
    fn of(images: &Dataset, chosen: &[u32], shape: &Shape, order: &PixelOrder) -> Result<Self> {
        let width = shape.pixels();
        let ordered = chosen.iter().map(|&index| {
            let image: Vec<u16> = brightness(images, index, shape).collect();
            order
                .pixels
                .iter()
                .map(move |&pixel| image[usize::from(pixel)])
        });
        let nonzeros = ordered.clone().flatten().filter(|&value| value > 0).count();
        if nonzeros as f64 > LISTS_UP_TO * (chosen.len() * width) as f64 {
            let mut values = room(chosen.len(), chosen.len() * width)?;
            values.extend(ordered.flatten());
            return Ok(Pixels::All { width, values });
        }
        let mut lists = Lists {
            starts: room(chosen.len(), chosen.len() + 1)?,
            pixels: room(chosen.len(), nonzeros)?,
        };
        lists.starts.push(0);
        for image in ordered {
            let ink = (0..).zip(image).filter(|(_, value)| *value > 0);
            lists
                .pixels
                .extend(ink.map(|(position, value)| Ink { position, value }));
            lists.starts.push(lists.pixels.len());
        }
        Ok(Pixels::Lists(lists))
    }
}

/// An empty list with room for `len` items, made of so many images.
fn room<T>(images: usize, len: usize) -> Result<Vec<T>> {
    let mut list = Vec::new();
    let none = |_| Error::no_room_for_images(images, (len * size_of::<T>()) as u64);
    list.try_reserve_exact(len).map_err(none)?;
    Ok(list)
}

/// The pixels of an image, row by row, 0 to 255; or the sums of 2 x 2 of them, 0
/// to 4 * 255.
///
/// # Panics
/// If the sides of `shape` are neither the images' own nor half of them.
fn brightness(images: &Dataset, index: u32, shape: &Shape) -> impl Iterator<Item = u16> {
    let (cols, image) = (images.cols(), images.image(index as usize));
    let (block, shown) = (cols / shape.cols, shape.cols);
    assert!(
        block * shape.cols == cols && block * shape.rows == images.rows() && block <= 2,
        "the sides of the images or half of them"
    );
    (0..shape.pixels()).map(move |pixel| {
        let corner = (pixel / shown * cols + pixel % shown) * block;
        let rows = (0..block).map(|y| &image[corner + y * cols..][..block]);
        rows.flatten().map(|&value| u16::from(value)).sum()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array2, array, s};

    fn square(side: usize) -> Shape {
        Shape {
            rows: side,
            cols: side,
            classes: 10,
        }
    }

    fn images(pixels: &[u8], side: u8) -> Dataset {
        let count = (pixels.len() / usize::from(side) / usize::from(side)) as u8;
        let header = [0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, side, 0, 0, 0, side];
        let labels: Vec<u8> = [0, 0, 8, 1, 0, 0, 0, count]
            .into_iter()
            .chain(0..count)
            .collect();
        Dataset::from_idx(&[&header, pixels].concat(), &labels).expect("valid")
    }

    fn dense(samples: &Samples, indices: &[u32], width: usize) -> Array2<f32> {
        let mut input = Array2::from_elem((indices.len(), width), f32::NAN);
        samples.write_pixels(indices, input.view_mut());
        input
    }

    #[test]
    fn live_pixels_come_first_and_values_lie_between_0_and_1() {
        let images = images(&[0, 255, 0, 0, 9, 9, 9, 9, 0, 0, 0, 51], 2);
        let order = PixelOrder::of(&images, &[0, 2], &square(2));
        assert_eq!(
            (order.pixels.as_slice(), order.live),
            (&[1, 3, 0, 2][..], 2)
        );
        let samples = Samples::new(&images, &[0, 2], &square(2), &order).expect("room");
        assert_eq!(
            dense(&samples, &[1, 0], 4),
            array![[0.0, 0.2, 0.0, 0.0], [1.0, 0.0, 0.0, 0.0]]
        );
        assert_eq!(
            (samples.longest_list(), samples.labels()),
            (Some(1), &[0, 2][..])
        );
    }

    #[test]
    fn half_the_side_takes_means_of_four() {
        let image: Vec<u8> = (0..16).collect();
        let images = images(&image, 4);
        let order = PixelOrder::of(&images, &[0], &square(2));
        let samples = Samples::new(&images, &[0], &square(2), &order).expect("room");
        assert_eq!(samples.longest_list(), None, "dense images are kept whole");
        let mean = |corner: f32| (4.0 * corner + 10.0) / 4.0 / 255.0;
        assert_eq!(
            dense(&samples, &[0], 4),
            array![[mean(0.0), mean(2.0), mean(8.0), mean(10.0)]]
        );
    }

    #[test]
    fn targets_are_one_hot() {
        let images = images(&[0; 12], 2);
        let all = [0, 1, 2];
        let order = PixelOrder::of(&images, &all, &square(2));
        let samples = Samples::new(&images, &all, &square(2), &order).expect("room");
        let mut targets = Array2::from_elem((2, 10), f32::NAN);
        samples.write_targets(&[2, 1], targets.view_mut());
        assert_eq!(
            targets.slice(s![.., ..3]),
            array![[0.0, 0.0, 1.0], [0.0, 1.0, 0.0]]
        );
        assert_eq!(targets.sum(), 2.0);
    }
}
