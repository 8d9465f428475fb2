//! Labelled images as a CSV file: a line an image, its label and then its pixels, row by
//! row, 0 (black) to 255 (white).
//!
//! A first line with names is understood: the label is then the column called `label`
//! or `class`, else it is the first. Images are square, unless the last column's name
//! gives their height and width, as in `1x1, 1x2, ..., 28x20`.

use super::{Dataset, MAX_CLASSES, MAX_SIDE};
use crate::error::{Error, Result};
use csv::{ReaderBuilder, StringRecord, Trim};

/// Reads a CSV file of labelled images.
///
/// # Errors
/// [`Error::Csv`] that names the line and the column of what cannot be read.
pub fn parse(bytes: &[u8]) -> Result<Dataset> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .trim(Trim::All)
        .from_reader(bytes);
    let mut lines = reader.records().peekable();
    let header = match lines.peek() {
        Some(Ok(first)) if has_names(first) => lines.next().and_then(|line| line.ok()),
        _ => None,
    };
    let label_column = header.as_ref().map_or(0, label_column);
    let mut set = Dataset::empty();
    for line in lines {
        let line = line.map_err(unreadable)?;
        if set.is_empty() {
            (set.rows, set.cols) = sides(&line, header.as_ref())?;
        }
        add_line(&mut set, &line, label_column)?;
    }
    if set.is_empty() {
        return refuse(
            "The CSV file holds no images: give it a line for each image, its label and then its pixels.",
        );
    }
    Ok(set)
}

fn has_names(line: &StringRecord) -> bool {
    line.iter().any(|entry| entry.parse::<f64>().is_err())
}

fn label_column(header: &StringRecord) -> usize {
    let label = |name: &str| ["label", "class"].contains(&name.to_lowercase().as_str());
    header.iter().position(label).unwrap_or(0)
}

/// Height and width, from the last column's name or as those of a square.
fn sides(line: &StringRecord, header: Option<&StringRecord>) -> Result<(usize, usize)> {
    let pixels = line.len().saturating_sub(1);
    let named = header.and_then(|names| {
        let (rows, cols) = names.iter().next_back()?.split_once('x')?;
        let sides: (usize, usize) = (rows.parse().ok()?, cols.parse().ok()?);
        (sides.0 * sides.1 == pixels).then_some(sides)
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

fn add_line(set: &mut Dataset, line: &StringRecord, label_column: usize) -> Result<()> {
    for (column, entry) in line.iter().enumerate() {
        let (what, end) = if column == label_column {
            ("labels", MAX_CLASSES)
        } else {
            ("pixels", 256)
        };
        let Some(number) = whole(entry, end) else {
            let place = line.position().map_or(0, csv::Position::line);
            return refuse(format!(
                "Line {place}, column {} of the CSV file is \"{entry}\": {what} are whole numbers from 0 to {}.",
                column + 1,
                end - 1
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

/// A whole number less than `end`, also when it is written like 7.0.
fn whole(entry: &str, end: usize) -> Option<u8> {
    let number: f64 = entry.parse().ok()?;
    (number >= 0.0 && number < end as f64 && number.fract() == 0.0).then_some(number as u8)
}

fn unreadable(error: csv::Error) -> Error {
    let line = error.position().map_or(0, csv::Position::line);
    let reason = match error.kind() {
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => format!(
            "has {len} entries where the first line has {expected_len}: give every image as many pixels"
        ),
        _ => "cannot be read as text: save the file as CSV in UTF-8".into(),
    };
    Error::Csv {
        message: format!("Line {line} of the CSV file {reason}."),
    }
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
        assert!(
            parse(&[b'1', b',', 0xff, b'\n'])
                .expect_err("refused")
                .to_string()
                .contains("UTF-8")
        );
    }
}
