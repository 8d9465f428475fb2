//! Tables that hold all pixels of an image in one cell, blanks between them, as FER2013's: cut
//! anywhere but at both they would be read as something else, and are refused.

use super::pixels::{FEWEST_PIXELS, Frame};
use super::text::{Row, Rows, Separator, number};

/// So many rows are looked at.
const SAMPLE: usize = 20;
/// What may stand between such a cell and others.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// A cell of many numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Cell {
    /// From 0.
    column: usize,
    numbers: usize,
}

/// What is asked of a row.
struct Cut {
    line: u64,
    width: usize,
    /// The only cell that holds more than one number, if it holds those of an image.
    cell: Option<Cell>,
}

/// Refuses a table of such cells.
///
/// # Errors
/// Where the first is, as the end of a sentence that begins with the file's name.
pub(super) fn check(text: &str) -> Result<(), String> {
    let found = SEPARATORS
        .iter()
        .find_map(|&separator| find(text, separator));
    found.map_or(Ok(()), |(line, Cell { column, numbers })| {
        Err(format!(
            "has {numbers} numbers separated by blanks in one cell (line {line}, column {}): give each pixel a column of its own, beside that of the label.",
            column + 1
        ))
    })
}

/// The first cell of many numbers, and its line, where all rows from there on have one like it.
fn find(text: &str, separator: u8) -> Option<(u64, Cell)> {
    let rows = sample(text, separator);
    let first = rows.iter().position(|row| row.cell.is_some())?;
    let (above, images) = rows.split_at(first);
    let Cut { line, width, cell } = images[0];
    let cell = cell?;
    let is_like = |row: &Cut| {
        let column = row.cell.map(|cell| cell.column);
        row.width == width && column == Some(cell.column)
    };
    let is_named = above.last().is_some_and(|names| names.width == width);
    // Without names a label such as 5,0 may stand before pixels: these are one too many then.
    let is_packed = is_named || Frame::square(cell.numbers).is_some();
    // A tab is a blank as well: where all entries are numbers, they are told apart.
    let is_blank = width == 1 || separator == b'\t';
    let is_read = is_blank && Separator::of(text) == Separator::Blanks;
    (images.iter().all(is_like) && is_packed && !is_read).then_some((line, cell))
}

fn sample(text: &str, separator: u8) -> Vec<Cut> {
    let mut rows = Rows::new(text, Separator::One(separator), 1);
    let mut sample = Vec::new();
    while sample.len() < SAMPLE
        && let Some(row) = rows.next()
    {
        sample.push(Cut::of(&row));
    }
    sample
}

impl Cut {
    fn of(row: &Row<'_>) -> Self {
        let numbers = row.entries().map(numbers).enumerate();
        let mut several = numbers.filter(|(_, numbers)| *numbers > 1);
        // Two of several are what the commas of decimal numbers leave between them.
        let cell = match (several.next(), several.next()) {
            (Some((column, numbers)), None) if numbers >= FEWEST_PIXELS => {
                Some(Cell { column, numbers })
            }
            _ => None,
        };
        Self {
            line: row.line,
            width: row.entries().count(),
            cell,
        }
    }
}

/// How many numbers a cell holds; none if anything else is in it, such as tabs, which separate cells.
fn numbers(cell: &str) -> usize {
    let words = cell.split(' ').filter(|word| !word.is_empty());
    let are_numbers = words.clone().all(|word| number(word).is_some());
    if are_numbers { words.count() } else { 0 }
}
