//! Labelled images as a CSV file: a line an image, its label and then its pixels, row by
//! row, 0 (black) to 255 (white).
//!
//! A first line with names is understood: the label is then the column called `label`
//! or `class`, else it is the first. Images are square, unless the last column's name
//! gives their height and width, as in `1x1, 1x2, ..., 28x20`.

use super::{Dataset, MAX_CLASSES, MAX_SIDE};
use crate::error::{Error, Result};
use csv_core::{ReadFieldResult, Reader};

/// Longer entries are neither numbers nor names of columns.
const MAX_ENTRY: usize = 200;

/// Reads a CSV file of labelled images.
///
/// # Errors
/// [`Error::Csv`] that names the line and the column of what cannot be read.
pub fn parse(bytes: &[u8]) -> Result<Dataset> {
    let mut lines = Lines::new(bytes);
    let mut line = lines.next()?;
    let header = if line.as_ref().is_some_and(Line::has_names) {
        std::mem::replace(&mut line, lines.next()?)
    } else {
        None
    };
    let Some(first) = &line else {
        return refuse(
            "The CSV file holds no images: give it a line for each image, its label and then its pixels.",
        );
    };
    let (rows, cols) = sides(first, header.as_ref())?;
    let mut set = Dataset {
        rows,
        cols,
        ..Dataset::empty()
    };
    let label_column = header.as_ref().map_or(0, Line::label_column);
    while let Some(image) = line {
        add_image(&mut set, &image, label_column)?;
        line = lines.next()?;
    }
    Ok(set)
}

/// A line of the file, its entries one behind the other.
struct Line {
    number: u64,
    text: String,
    /// Where each entry ends in `text`.
    ends: Vec<usize>,
}

impl Line {
    fn entries(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let entry = |(start, end): (usize, &usize)| self.text[start..*end].trim_ascii();
        starts.zip(&self.ends).map(entry)
    }

    fn has_names(&self) -> bool {
        self.text.bytes().any(|byte| byte.is_ascii_alphabetic())
    }

    fn label_column(&self) -> usize {
        let label = |name: &str| {
            ["label", "class"]
                .iter()
                .any(|label| name.eq_ignore_ascii_case(label))
        };
        self.entries().position(label).unwrap_or(0)
    }
}

/// The lines of a file, one after the other.
struct Lines<'a> {
    reader: Reader,
    rest: &'a [u8],
}

impl<'a> Lines<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self {
            reader: Reader::new(),
            rest: bytes,
        }
    }

    fn next(&mut self) -> Result<Option<Line>> {
        let mut line = Line {
            number: self.reader.line(),
            text: String::new(),
            ends: Vec::new(),
        };
        let (mut entry, mut length) = ([0; MAX_ENTRY], 0);
        loop {
            let (result, read, written) = self.reader.read_field(self.rest, &mut entry[length..]);
            self.rest = &self.rest[read..];
            length += written;
            match result {
                // The next call, without input, says how the file ends.
                ReadFieldResult::InputEmpty => {}
                ReadFieldResult::OutputFull => {
                    return refuse(format!(
                        "Line {} of the CSV file has an entry that is neither a number nor a name: choose a text file with a line for each image.",
                        line.number
                    ));
                }
                ReadFieldResult::Field { record_end } => {
                    line.text += &String::from_utf8_lossy(&entry[..length]);
                    line.ends.push(line.text.len());
                    length = 0;
                    if record_end {
                        return Ok(Some(line));
                    }
                }
                ReadFieldResult::End => return Ok(None),
            }
        }
    }
}

/// Height and width, from the last column's name or as those of a square.
fn sides(image: &Line, header: Option<&Line>) -> Result<(usize, usize)> {
    let pixels = image.ends.len() - 1;
    let named = header.and_then(|names| {
        let (rows, cols) = names.entries().last()?.split_once('x')?;
        let sides: (usize, usize) = (rows.parse().ok()?, cols.parse().ok()?);
        (sides.0.checked_mul(sides.1) == Some(pixels)).then_some(sides)
    });
    let side = pixels.isqrt();
    let (rows, cols) = match named {
        Some(sides) => sides,
        None if side * side == pixels => (side, side),
        None => {
            return refuse(format!(
                "The CSV file has {pixels} pixels in its first image, which is no square: name the columns 1x1, 1x2, ... in its first line, so that height and width are known."
            ));
        }
    };
    let allowed = 1..=MAX_SIDE;
    if allowed.contains(&rows) && allowed.contains(&cols) {
        Ok((rows, cols))
    } else {
        refuse(format!(
            "The images of the CSV file have {rows} x {cols} pixels; each side must be 1 to {MAX_SIDE}: choose smaller images."
        ))
    }
}

fn add_image(set: &mut Dataset, image: &Line, label_column: usize) -> Result<()> {
    let (found, expected) = (image.ends.len(), set.rows * set.cols + 1);
    if found != expected {
        return refuse(format!(
            "Line {} of the CSV file has {found} entries where the first image has {expected}: give every image as many pixels.",
            image.number
        ));
    }
    for (column, entry) in image.entries().enumerate() {
        let (what, most) = if column == label_column {
            ("labels", MAX_CLASSES - 1)
        } else {
            ("pixels", 255)
        };
        let Some(number) = whole(entry).filter(|&number| usize::from(number) <= most) else {
            return refuse(format!(
                "Line {}, column {} of the CSV file is \"{entry}\": {what} are whole numbers from 0 to {most}.",
                image.number,
                column + 1
            ));
        };
        if column == label_column {
            set.labels.push(number);
        } else {
            set.pixels.push(number);
        }
    }
    Ok(())
}

/// A whole number up to 255, also when it is written like 7.0.
fn whole(entry: &str) -> Option<u8> {
    let digits = match entry.split_once('.') {
        Some((digits, zeros)) if zeros.bytes().all(|zero| zero == b'0') => digits,
        _ => entry,
    };
    digits.parse().ok()
}

fn refuse<T>(message: impl Into<String>) -> Result<T> {
    Err(Error::Csv {
        message: message.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        parse(text.as_bytes()).expect_err("refused").to_string()
    }

    #[test]
    fn lines_are_labels_and_pixels() {
        let set = parse(b"3, 0,1,2,255\n1,4,5,6.0,7\n").expect("accepted");
        assert_eq!((set.rows(), set.cols(), set.labels()), (2, 2, &[3, 1][..]));
        assert_eq!(set.image(1), [4, 5, 6, 7]);
    }

    #[test]
    fn names_tell_the_label_and_the_shape() {
        let kaggle = parse(b"label,pixel0\n5,200\n").expect("accepted");
        assert_eq!((kaggle.labels(), kaggle.image(0)), (&[5][..], &[200][..]));
        let last = parse(b"a,b,c,d,Class\n1,2,3,4,9\n").expect("accepted");
        assert_eq!(
            (last.labels(), last.image(0)),
            (&[9][..], &[1, 2, 3, 4][..])
        );
        let wide = parse(b"label,1x1,1x2,1x3,2x1,2x2,2x3\n0,1,2,3,4,5,6\n").expect("accepted");
        assert_eq!((wide.rows(), wide.cols()), (2, 3));
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        assert!(refused("").contains("no images"));
        assert!(refused("label,pixel0\n").contains("no images"));
        assert!(refused("1,2,3\n").contains("2 pixels") && refused("1,2,3\n").contains("1x1, 1x2"));
        let pixel = refused("1,2\n1,256\n");
        assert!(
            pixel.contains("Line 2, column 2") && pixel.contains("\"256\""),
            "{pixel}"
        );
        assert!(refused("1,2\n1,\n").contains("from 0 to 255"));
        assert!(refused("1,2\n100,2\n").contains("labels are whole numbers from 0 to 99"));
        assert!(refused("1,2\n0.5,2\n").contains("\"0.5\""));
        let short = refused("1,1,2,3,4\n1,1,2,3\n");
        assert!(
            short.contains("Line 2") && short.contains("4 entries"),
            "{short}"
        );
        let long = format!("1{}", ",0".repeat(65 * 65));
        assert!(refused(&long).contains("1 to 64"));
        let text = parse(b"1,\xff\n").expect_err("refused").to_string();
        assert!(text.contains("column 2"), "{text}");
        let picture = parse(&[200; 1000]).expect_err("refused").to_string();
        assert!(picture.contains("neither a number nor a name"), "{picture}");
    }
}
