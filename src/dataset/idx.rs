//! The IDX format of the MNIST files: big-endian `u32` header, then the entries.
//!
//! | file | magic | header | then |
//! | --- | --- | --- | --- |
//! | images | `0x00000803` | magic, count, rows, columns | count x rows x columns pixels |
//! | labels | `0x00000801` | magic, count | count labels |
//! | any | 0, 0, type, dimensions | magic, the size of each dimension | the entries |
//!
//! Source: "The MNIST database of handwritten digits" (LeCun, Cortes, Burges), "File
//! formats". A file must end where its header says that it ends: one byte less is
//! a download that broke off, one byte more is another kind of file.

use super::{Dataset, MAX_CLASSES, MAX_SIDE};
use crate::error::{Error, Result};

const IMAGE_MAGIC: u32 = 0x0000_0803;
const LABEL_MAGIC: u32 = 0x0000_0801;

/// The content of an image file, still in the file's bytes.
#[derive(Debug, PartialEq, Eq)]
pub struct Images<'a> {
    /// Number of images.
    pub count: usize,
    /// Height in pixels, 1 to 64.
    pub rows: usize,
    /// Width in pixels, 1 to 64.
    pub cols: usize,
    /// `count * rows * cols` bytes, image by image, row by row.
    pub pixels: &'a [u8],
}

/// Reads an image file.
///
/// # Errors
/// `IdxMagic` for another kind of file, `IdxTruncated` when there are fewer or more
/// bytes than the header says, `IdxShape` for an image side outside 1 to 64.
pub fn parse_images(bytes: &[u8]) -> Result<Images<'_>> {
    let ([count, rows, cols], body) = header("images", IMAGE_MAGIC, bytes)?;
    for (side, name) in [(rows, "height"), (cols, "width")] {
        if !(1..=MAX_SIDE as u32).contains(&side) {
            return Err(Error::IdxShape {
                message: format!(
                    "The images file gives a {name} of {side} pixels; it must be 1 to {MAX_SIDE}. Get the file again."
                ),
            });
        }
    }
    let (count, rows, cols) = (count as usize, rows as usize, cols as usize);
    check_length("images", bytes, body, count.saturating_mul(rows * cols))?;
    Ok(Images {
        count,
        rows,
        cols,
        pixels: body,
    })
}

/// Reads a label file; every label returned is less than [`MAX_CLASSES`].
///
/// # Errors
/// `IdxMagic` for another kind of file, `IdxTruncated` when there are fewer or more
/// bytes than the header says, `IdxLabel` for a label that is no class.
pub fn parse_labels(bytes: &[u8]) -> Result<&[u8]> {
    let ([count], labels) = header("labels", LABEL_MAGIC, bytes)?;
    check_length("labels", bytes, labels, count as usize)?;
    match labels
        .iter()
        .position(|&label| usize::from(label) >= MAX_CLASSES)
    {
        Some(index) => Err(Error::IdxLabel {
            label: labels[index],
            index,
            classes: MAX_CLASSES,
        }),
        None => Ok(labels),
    }
}

/// The types of entries, as the third byte of a file gives them.
pub const U8: u8 = 0x08;
/// Signed bytes.
pub const I8: u8 = 0x09;
/// Whole numbers of two bytes.
pub const I16: u8 = 0x0b;
/// Whole numbers of four bytes.
pub const I32: u8 = 0x0c;
/// Numbers with a fraction, in four bytes.
pub const F32: u8 = 0x0d;
/// Numbers with a fraction, in eight bytes.
pub const F64: u8 = 0x0e;

/// A file of any type and of one to four dimensions.
#[derive(Debug, PartialEq, Eq)]
pub struct File<'a> {
    /// One of [`U8`] to [`F64`].
    pub element: u8,
    /// The size of each dimension.
    pub sizes: Vec<usize>,
    /// The entries.
    pub body: &'a [u8],
}

/// Reads the header of a file of any type; none if it has no whole one.
pub fn open(bytes: &[u8]) -> Option<File<'_>> {
    let (&[0, 0, element, dimensions], mut body) = bytes.split_first_chunk()? else {
        return None;
    };
    let known = matches!(element, U8 | I8 | I16 | I32 | F32 | F64);
    if !known || !(1..=4).contains(&dimensions) {
        return None;
    }
    let mut sizes = Vec::new();
    for _ in 0..dimensions {
        let (size, rest) = read_u32(body)?;
        sizes.push(size as usize);
        body = rest;
    }
    Some(File {
        element,
        sizes,
        body,
    })
}

impl File<'_> {
    /// How long the whole file is by its header.
    pub fn whole_length(&self) -> usize {
        let size = match self.element {
            U8 | I8 => 1,
            I16 => 2,
            I32 | F32 => 4,
            _ => 8,
        };
        let entries = self
            .sizes
            .iter()
            .fold(size, |n: usize, &size| n.saturating_mul(size));
        entries.saturating_add(4 + 4 * self.sizes.len())
    }

    /// Whether it ends where its header says.
    pub fn is_whole(&self) -> bool {
        self.body.len().saturating_add(4 + 4 * self.sizes.len()) == self.whole_length()
    }
}

/// The two files of a data set: its images and its labels.
pub fn write(set: &Dataset) -> (Vec<u8>, Vec<u8>) {
    let header = |words: &[u32]| words.iter().flat_map(|word| word.to_be_bytes()).collect();
    let count = set.len() as u32;
    let mut images: Vec<u8> = header(&[IMAGE_MAGIC, count, set.rows() as u32, set.cols() as u32]);
    images.extend((0..set.len()).flat_map(|index| set.image(index)));
    let mut labels: Vec<u8> = header(&[LABEL_MAGIC, count]);
    labels.extend(set.labels());
    (images, labels)
}

/// Checks the magic number and splits the file into its `N` sizes and the entries.
fn header<'a, const N: usize>(
    what: &'static str,
    magic: u32,
    bytes: &'a [u8],
) -> Result<([u32; N], &'a [u8])> {
    let truncated = || Error::IdxTruncated {
        what,
        found: bytes.len(),
        expected: 4 * (N + 1),
    };
    let (found, mut rest) = read_u32(bytes).ok_or_else(truncated)?;
    if found != magic {
        return Err(Error::IdxMagic {
            what,
            found,
            expected: magic,
        });
    }
    let mut sizes = [0; N];
    for size in &mut sizes {
        (*size, rest) = read_u32(rest).ok_or_else(truncated)?;
    }
    Ok((sizes, rest))
}

fn read_u32(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let (first, rest) = bytes.split_first_chunk::<4>()?;
    Some((u32::from_be_bytes(*first), rest))
}

/// `body`, what follows the header in `bytes`, must be exactly `expected` bytes long.
fn check_length(what: &'static str, bytes: &[u8], body: &[u8], expected: usize) -> Result<()> {
    if body.len() == expected {
        return Ok(());
    }
    let header = bytes.len() - body.len();
    Err(Error::IdxTruncated {
        what,
        found: bytes.len(),
        expected: expected.saturating_add(header),
    })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    fn file(magic: u32, sizes: &[u32], body: &[u8]) -> Vec<u8> {
        let header = std::iter::once(&magic)
            .chain(sizes)
            .flat_map(|word| word.to_be_bytes());
        header.chain(body.iter().copied()).collect()
    }

    /// An image file with this header, whatever the pixels are.
    pub(crate) fn image_file(count: u32, rows: u32, cols: u32, pixels: &[u8]) -> Vec<u8> {
        file(IMAGE_MAGIC, &[count, rows, cols], pixels)
    }

    /// The label file that holds `labels`.
    pub(crate) fn label_file(labels: &[u8]) -> Vec<u8> {
        file(LABEL_MAGIC, &[labels.len() as u32], labels)
    }

    #[test]
    fn whole_files_are_read() {
        let bytes = image_file(2, 2, 3, &[7; 12]);
        let images = parse_images(&bytes).expect("accepted");
        assert_eq!(
            (images.count, images.rows, images.cols, images.pixels),
            (2, 2, 3, &[7; 12][..])
        );
        assert_eq!(
            parse_labels(&label_file(&[0, 9, 5])).expect("accepted"),
            [0, 9, 5]
        );
        assert!(parse_labels(&label_file(&[])).expect("accepted").is_empty());
    }

    #[test]
    fn what_is_written_is_what_was_read() {
        let (images, labels) = (
            image_file(2, 1, 3, &[7, 8, 9, 1, 2, 3]),
            label_file(&[4, 99]),
        );
        let set = Dataset::from_idx(&images, &labels).expect("accepted");
        assert_eq!(write(&set), (images, labels));
    }

    #[test]
    fn another_kind_of_file_is_refused() {
        let error = parse_images(&label_file(&[1; 20])).expect_err("refused");
        assert!(matches!(
            error,
            Error::IdxMagic {
                found: LABEL_MAGIC,
                expected: IMAGE_MAGIC,
                ..
            }
        ));
        let error = parse_labels(b"<!doctype html>").expect_err("refused");
        assert!(matches!(
            error,
            Error::IdxMagic {
                expected: LABEL_MAGIC,
                ..
            }
        ));
    }

    #[test]
    fn every_missing_byte_is_noticed() {
        let images = image_file(2, 2, 3, &[7; 12]);
        for end in 0..images.len() {
            let found_expected = match parse_images(&images[..end]).expect_err("refused") {
                Error::IdxTruncated {
                    found, expected, ..
                } => (found, expected),
                other => panic!("{end} bytes: {other}"),
            };
            assert_eq!(found_expected, (end, if end < 16 { 16 } else { 28 }));
        }
        let labels = label_file(&[1, 2]);
        for end in 0..labels.len() {
            assert!(matches!(
                parse_labels(&labels[..end]),
                Err(Error::IdxTruncated { .. })
            ));
        }
    }

    #[test]
    fn surplus_bytes_are_refused() {
        let error = parse_images(&image_file(1, 1, 1, &[0, 0, 0])).expect_err("refused");
        assert!(matches!(
            error,
            Error::IdxTruncated {
                found: 19,
                expected: 17,
                ..
            }
        ));
        let error = parse_labels(&file(LABEL_MAGIC, &[1], &[0, 0])).expect_err("refused");
        assert!(matches!(
            error,
            Error::IdxTruncated {
                found: 10,
                expected: 9,
                ..
            }
        ));
    }

    #[test]
    fn sides_have_limits() {
        assert!(parse_images(&image_file(1, 64, 1, &[0; 64])).is_ok());
        for (rows, cols) in [(0, 5), (5, 0), (65, 1), (1, 65), (u32::MAX, u32::MAX)] {
            let error = parse_images(&image_file(1, rows, cols, &[])).expect_err("refused");
            assert!(matches!(error, Error::IdxShape { .. }), "{rows} x {cols}");
        }
    }

    #[test]
    fn labels_have_a_limit() {
        let error = parse_labels(&label_file(&[0, 99, 100, 101])).expect_err("refused");
        assert!(matches!(
            error,
            Error::IdxLabel {
                label: 100,
                index: 2,
                ..
            }
        ));
    }
}
