//! Labelled images, kept as the bytes of their files until a batch is made of them.
//!
//! `idx` reads and checks the files of MNIST and of the site's shards, `own` makes a
//! training and a test set of whatever files there are (in the page a module of its own),
//! `subset` chooses a class-balanced part by seed, `files` finds files in folders (native
//! only). Pixels stay `u8` (0 black, 255
//! white): a full MNIST is then 47 MB in place of 188.

#[cfg(all(feature = "reader", not(target_arch = "wasm32")))]
pub mod files;
pub mod idx;
#[cfg(feature = "reader")]
pub mod own;
mod shape;
pub mod subset;

pub use shape::Shape;
pub use subset::SHARD_SIZE;

use crate::checkpoint::{digest_of, hex};
use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};

/// Most classes; a label is less than this.
pub const MAX_CLASSES: usize = 100;
/// Largest height and width; more is a damaged header rather than a picture.
pub const MAX_SIDE: usize = 64;
/// With fewer images there is nothing to learn.
pub const FEWEST_TRAIN: usize = 10;
/// With fewer there is nothing to test.
pub const FEWEST_TEST: usize = 2;

/// Where the images come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DatasetKind {
    /// MNIST: ten digits, and whatever has its form.
    Mnist,
    /// Images that the reader gives: their size and classes are those of the files.
    Own,
}

/// Images of one size and their labels, in file order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dataset {
    pixels: Vec<u8>,
    labels: Vec<u8>,
    rows: usize,
    cols: usize,
}

impl Dataset {
    /// A data set without images, whose image size is that of the first one appended.
    pub fn empty() -> Self {
        Self::default()
    }

    /// Reads an IDX file of images and the IDX file of their labels.
    ///
    /// ```
    /// use np_playground::dataset::Dataset;
    ///
    /// // Two images of one row and three pixels, of the classes 4 and 7.
    /// let images = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 0, 9, 255, 255, 9, 0];
    /// let labels = [0, 0, 8, 1, 0, 0, 0, 2, 4, 7];
    /// let data = Dataset::from_idx(&images, &labels)?;
    /// assert_eq!((data.len(), data.rows(), data.cols()), (2, 1, 3));
    /// assert_eq!((data.image(0), data.labels()), (&[0, 9, 255][..], &[4, 7][..]));
    /// # Ok::<(), np_playground::Error>(())
    /// ```
    ///
    /// # Errors
    /// What [`idx::parse_images`] and [`idx::parse_labels`] report, and `IdxShape` when
    /// the two files do not hold the same number of items.
    pub fn from_idx(images: &[u8], labels: &[u8]) -> Result<Self> {
        let mut set = Self::empty();
        set.append_idx(images, labels, 1)?;
        Ok(set)
    }

    /// Puts the images of two IDX files behind those that are here. A set without images makes
    /// room for so many `pairs` of files, none of them larger, so that it is never moved.
    ///
    /// # Errors
    /// What [`Dataset::from_idx`] reports, `IdxShape` when the images here have another size, and
    /// [`Error::Memory`] when there is no room; nothing is added then.
    pub fn append_idx(&mut self, images: &[u8], labels: &[u8], pairs: usize) -> Result<()> {
        let images = idx::parse_images(images)?;
        let labels = idx::parse_labels(labels)?;
        if images.count != labels.len() {
            return Err(Error::IdxShape {
                message: format!(
                    "The images file holds {} images but the labels file holds {} labels; the counts must be \
                     equal: choose the two files of one set.",
                    images.count,
                    labels.len()
                ),
            });
        }
        let (rows, cols) = (images.rows, images.cols);
        if self.is_empty() {
            (self.rows, self.cols) = (rows, cols);
            self.reserve(labels.len().saturating_mul(pairs))?;
        }
        if (self.rows, self.cols) != (rows, cols) {
            return Err(Error::IdxShape {
                message: format!(
                    "Images of {rows} x {cols} pixels cannot follow images of {} x {} pixels; all files of a set must \
                     agree.",
                    self.rows, self.cols
                ),
            });
        }
        self.pixels.extend_from_slice(images.pixels);
        self.labels.extend_from_slice(labels);
        Ok(())
    }

    /// Makes room for so many images of its size.
    fn reserve(&mut self, images: usize) -> Result<()> {
        let bytes = images.saturating_mul(self.rows * self.cols);
        let none = |_| Error::no_room_for_images(images, bytes as u64);
        self.pixels.try_reserve_exact(bytes).map_err(none)?;
        self.labels.try_reserve_exact(images).map_err(none)
    }

    /// Number of images.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether there are no images.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// Height of every image in pixels.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Width of every image in pixels.
    pub fn cols(&self) -> usize {
        self.cols
    }

    /// The class of every image, each less than [`MAX_CLASSES`].
    pub fn labels(&self) -> &[u8] {
        &self.labels
    }

    /// How many classes the labels speak of: one more than the greatest label.
    pub fn classes(&self) -> usize {
        let greatest = self.labels.iter().max();
        greatest.map_or(0, |&label| usize::from(label) + 1)
    }

    /// The `rows * cols` pixels of image `index`, row by row.
    ///
    /// # Panics
    /// When `index` is not less than [`len`](Self::len).
    pub fn image(&self, index: usize) -> &[u8] {
        let size = self.rows * self.cols;
        &self.pixels[index * size..(index + 1) * size]
    }

    /// The images at `indices`, in that order.
    ///
    /// # Panics
    /// When an index is not less than [`len`](Self::len).
    pub fn select(&self, indices: &[u32]) -> Dataset {
        let mut chosen = Dataset {
            pixels: Vec::with_capacity(indices.len() * self.rows * self.cols),
            labels: Vec::with_capacity(indices.len()),
            rows: self.rows,
            cols: self.cols,
        };
        for &index in indices {
            chosen.pixels.extend_from_slice(self.image(index as usize));
            chosen.labels.push(self.labels[index as usize]);
        }
        chosen
    }

    /// What tells the images at `indices`, in that order, from all others: the SHA-256 of their pixels
    /// and then of their labels, in hexadecimal digits.
    ///
    /// # Panics
    /// When an index is not less than [`len`](Self::len).
    pub fn digest(&self, indices: impl Iterator<Item = u32> + Clone) -> String {
        let label = |index| self.labels[index as usize];
        let labels: Vec<u8> = indices.clone().map(label).collect();
        let mut parts: Vec<&[u8]> = indices.map(|index| self.image(index as usize)).collect();
        parts.push(&labels);
        hex(&digest_of(&parts))
    }

    /// The indices of a class-balanced choice of `size` images that depends on `seed` alone; `what`
    /// (`train_size`, `test_size`) names the setting in an error. See [`subset`] for the order.
    ///
    /// # Errors
    /// `DatasetTooSmall` when there are fewer than `size` images.
    pub fn subset(&self, what: &'static str, size: usize, seed: u32) -> Result<Vec<u32>> {
        self.holds(what, size)?;
        Ok(subset::choose(&self.labels, size, seed))
    }

    /// Whether there are `size` images, as the setting `what` asks for.
    pub(crate) fn holds(&self, what: &'static str, size: usize) -> Result<()> {
        if size > self.len() {
            return Err(Error::DatasetTooSmall {
                what,
                wanted: size,
                available: self.len(),
            });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::idx::tests::{image_file, label_file};

    /// An image file of 2 x 1 pixels, and its label file.
    fn files(labels: &[u8]) -> [Vec<u8>; 2] {
        let pixels: Vec<u8> = labels
            .iter()
            .flat_map(|&label| [label, 100 + label])
            .collect();
        let images = image_file(labels.len() as u32, 2, 1, &pixels);
        [images, label_file(labels)]
    }

    fn two_by_one(labels: &[u8]) -> Dataset {
        let [images, labels] = files(labels);
        Dataset::from_idx(&images, &labels).expect("accepted")
    }

    #[test]
    fn images_keep_their_labels() {
        let set = two_by_one(&[3, 1, 4]);
        assert_eq!((set.len(), set.rows(), set.cols()), (3, 2, 1));
        assert_eq!(set.image(2), [4, 104]);
        let chosen = set.select(&[2, 0, 2]);
        assert_eq!(chosen.labels(), [4, 3, 4]);
        assert_eq!(chosen.image(1), [3, 103]);
    }

    #[test]
    fn counts_must_be_equal() {
        let images = image_file(2, 1, 1, &[0, 0]);
        let error = Dataset::from_idx(&images, &label_file(&[1, 2, 3])).expect_err("refused");
        assert!(matches!(error, Error::IdxShape { .. }));
        assert!(error.to_string().contains("2 images") && error.to_string().contains("3 labels"));
    }

    #[test]
    fn appended_images_follow_and_must_have_the_same_size() {
        let mut set = Dataset::empty();
        for labels in [&[1, 2][..], &[3]] {
            let [images, labels] = files(labels);
            set.append_idx(&images, &labels, 2).expect("accepted");
        }
        assert_eq!(set, two_by_one(&[1, 2, 3]));
        assert_eq!((set.pixels.capacity(), set.labels.capacity()), (8, 4));
        let other = set.append_idx(&image_file(1, 1, 1, &[0]), &label_file(&[0]), 1);
        assert!(matches!(other, Err(Error::IdxShape { .. })));
        assert_eq!(set.len(), 3);
    }

    #[test]
    fn a_digest_tells_images_labels_and_their_order() {
        let set = two_by_one(&[3, 1, 4]);
        let expected = crate::checkpoint::sha256(&[4, 104, 3, 103, 4, 3]);
        assert_eq!(set.digest([2, 0].into_iter()), expected);
        assert_ne!(set.digest([0, 2].into_iter()), expected);
    }

    #[test]
    fn a_subset_cannot_be_larger_than_the_set() {
        let error = two_by_one(&[1, 2])
            .subset("train_size", 3, 0)
            .expect_err("refused");
        assert_eq!(error.code(), "dataset_too_small");
    }
}
