//! The binary batches of CIFAR-10 and CIFAR-100: records of a label byte (or a coarse and
//! a fine one) and 32 x 32 pixels in three colours, one plane behind the other.

use super::numbers::{Element, Numbers};
use std::rc::Rc;

const PICTURE: [usize; 3] = [3, 32, 32];
const PIXELS: usize = 3 * 32 * 32;

/// The bytes before each picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Labels {
    /// CIFAR-10: the class.
    One,
    /// CIFAR-100: one of 20 coarse classes, and one of 100 fine ones.
    CoarseAndFine,
}

impl Labels {
    fn bytes(self) -> usize {
        match self {
            Self::One => 1,
            Self::CoarseAndFine => 2,
        }
    }
}

/// Which batch `bytes` are, if they are one: nothing but their length and labels tells.
pub(super) fn labels(bytes: &[u8]) -> Option<Labels> {
    let fits = |labels: &Labels, most: &[u8]| {
        let mut records = bytes.chunks(labels.bytes() + PIXELS);
        bytes.len().is_multiple_of(labels.bytes() + PIXELS)
            && records.all(|record| record.iter().zip(most).all(|(label, most)| label <= most))
    };
    let kinds = [
        (Labels::One, &[9][..]),
        (Labels::CoarseAndFine, &[19, 99][..]),
    ];
    let mut fitting = kinds.iter().filter(|(labels, most)| fits(labels, most));
    (!bytes.is_empty()).then(|| fitting.next().map(|(labels, _)| *labels))?
}

/// The labels (records, 1 or 2) and the pictures (records, 3, 32, 32) of a batch.
pub(super) fn read(bytes: &Rc<Vec<u8>>, labels: Labels) -> (Numbers, Numbers) {
    let (before, count) = (labels.bytes(), bytes.len() / (labels.bytes() + PIXELS));
    let record = Numbers::packed(bytes, 0, Element::U8, &[count, before + PIXELS])
        .expect("a whole number of records");
    let pictures = record.columns(before, PIXELS).reshaped(&PICTURE);
    (record.columns(0, before), pictures)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_labels_and_planes() {
        let mut record = vec![7; 3074];
        (record[0], record[1], record[2], record[3073]) = (19, 99, 1, 255);
        let bytes = Rc::new([record.clone(), record].concat());
        assert_eq!(labels(&bytes), Some(Labels::CoarseAndFine));
        let (labels, pictures) = read(&bytes, Labels::CoarseAndFine);
        assert_eq!(
            (labels.sizes(), pictures.sizes()),
            (&[2, 2][..], &[2, 3, 32, 32][..])
        );
        assert_eq!(labels.item(1).collect::<Vec<f64>>(), [19.0, 99.0]);
        let picture: Vec<f64> = pictures.item(1).collect();
        assert_eq!((picture[0], picture[1], picture[3071]), (1.0, 7.0, 255.0));
    }

    #[test]
    fn other_lengths_and_labels_are_something_else() {
        assert_eq!(labels(&[]), None);
        assert_eq!(labels(&[0; 3072]), None);
        assert_eq!(labels(&[10; 3073]), None);
        assert_eq!(labels(&[9; 3073]), Some(Labels::One));
    }
}
