//! What the networks of a run read and answer: the size of the images and the classes.

use super::Dataset;
use crate::error::{Error, Result};

/// Height and width of the images as the networks read them, and the number of classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// Height in pixels.
    pub rows: usize,
    /// Width in pixels.
    pub cols: usize,
    /// Number of classes.
    pub classes: usize,
}

/// Digits.
const MNIST_CLASSES: usize = 10;

impl Shape {
    /// Pixels of an image.
    pub fn pixels(&self) -> usize {
        self.rows * self.cols
    }

    /// The shape of MNIST, or of what has its form, read as `side` x `side` pixels.
    ///
    /// # Errors
    /// `IdxShape` if the sides of the images are neither `side` nor twice that,
    /// `IdxLabel` if a label is no digit.
    pub fn of_mnist(side: usize, train: &Dataset, test: &Dataset) -> Result<Self> {
        for images in [train, test] {
            check_side(images, side)?;
            let digit = |label: &u8| usize::from(*label) < MNIST_CLASSES;
            if let Some(index) = images.labels().iter().position(|label| !digit(label)) {
                return Err(Error::IdxLabel {
                    label: images.labels()[index],
                    index,
                    classes: MNIST_CLASSES,
                });
            }
        }
        Ok(Self {
            rows: side,
            cols: side,
            classes: MNIST_CLASSES,
        })
    }

    /// The shape of own data.
    ///
    /// # Errors
    /// `IdxShape` if the two sets do not fit together, or there is a single class.
    pub fn of_own(train: &Dataset, test: &Dataset) -> Result<Self> {
        let refuse = |message: String| Err(Error::IdxShape { message });
        if train.is_empty() || test.is_empty() {
            return refuse("There are no images: choose files that hold some.".into());
        }
        if (train.rows(), train.cols()) != (test.rows(), test.cols()) {
            return refuse(format!(
                "The training images have {} x {} pixels and the test images {} x {}: choose the files of one set.",
                train.rows(),
                train.cols(),
                test.rows(),
                test.cols()
            ));
        }
        let classes = train.classes().max(test.classes());
        if classes < 2 {
            return refuse(format!(
                "Every image has the label 0, and there must be 2 to {} classes: choose other labels.",
                super::MAX_CLASSES
            ));
        }
        Ok(Self {
            rows: train.rows(),
            cols: train.cols(),
            classes,
        })
    }
}

fn check_side(images: &Dataset, side: usize) -> Result<()> {
    let (rows, cols) = (images.rows(), images.cols());
    if rows == cols && (cols == side || cols == 2 * side) {
        return Ok(());
    }
    Err(Error::IdxShape {
        message: format!(
            "image_size = {side} does not fit images of {rows} x {cols} pixels: choose images whose sides are {side} or {} pixels, or dataset = own for images of any size.",
            2 * side
        ),
    })
}
