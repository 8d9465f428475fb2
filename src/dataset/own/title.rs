//! Titles: lines of a few words above a table of images.

use super::header;
use super::pixels::FEWEST_PIXELS;
use super::text::{Rows, Separator, number};

/// More lines are no title.
const MOST_LINES: usize = 3;
/// So many rows are looked at to tell names from what stands below them.
const SAMPLE: usize = 20;

/// Where the table begins, behind lines of a title.
pub(super) fn past(text: &str) -> usize {
    let mut start = 0;
    for _ in 0..MOST_LINES {
        let Some((line, rest)) = text[start..].split_once('\n') else {
            return 0;
        };
        // A line like this may be an image or the names, and what Excel writes tells the separator.
        if line.starts_with("sep=") || !is_short(line) {
            return 0;
        }
        start += line.len() + 1;
        if is_title(line, rest) {
            return start;
        }
    }
    0
}

/// Whether there are fewer words in a line than the smallest image has pixels.
fn is_short(line: &str) -> bool {
    let separates = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|');
    let words = line.split(separates).filter(|word| !word.is_empty());
    words.count() < FEWEST_PIXELS
}

/// Whether `line` is a title above `rest`, a table of images: a single entry, or several above names
/// of columns, which it is none of then.
fn is_title(line: &str, rest: &str) -> bool {
    let separator = Separator::of(rest);
    let sample = sample(rest, separator);
    let Some(names) = sample.first() else {
        return false;
    };
    let is_wide = names.len() >= FEWEST_PIXELS && sample.iter().all(|row| is_like(row, names));
    let mut title = Rows::new(line, separator, 1);
    let is_word = |entry: &str| number(entry).is_none();
    let Some(row) = title.next() else {
        return is_wide;
    };
    let filled = row.entries().filter(|entry| !entry.is_empty()).count();
    let is_alone = filled < 2 || header::holds_names(&sample);
    is_wide && is_alone && row.entries().all(is_word)
}

/// Whether a row is as wide as the names: R has none for the column that numbers the rows.
fn is_like(row: &[String], names: &[String]) -> bool {
    row.len() == names.len() || row.len() == names.len() + 1
}

fn sample(text: &str, separator: Separator) -> Vec<Vec<String>> {
    let mut rows = Rows::new(text, separator, 1);
    let mut sample: Vec<Vec<String>> = Vec::new();
    while sample.len() < SAMPLE
        && let Some(row) = rows.next()
    {
        sample.push(row.entries().map(str::to_owned).collect());
    }
    sample
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> String {
        (0..16).map(|at| format!(",p{at}")).collect()
    }

    #[test]
    fn what_stands_above_the_names_is_a_title() {
        let table = format!("label{}\n5{}\n", names(), ",0".repeat(16));
        for title in [
            "My digits\n",
            "My digits,,,,\n",
            "Digits, by me\n",
            "Digits\n\nof mine\n",
        ] {
            assert_eq!(past(&format!("{title}{table}")), title.len(), "{title}");
            let blank = table.replace(',', " ");
            let title = title.replace(',', " ");
            assert_eq!(past(&format!("{title}{blank}")), title.len(), "{title}");
        }
    }

    #[test]
    fn a_title_may_stand_above_data() {
        let row = format!("5{}\n", ",0".repeat(16));
        for title in ["My digits\n", "My digits,,,\n"] {
            assert_eq!(past(&format!("{title}{row}{row}")), title.len(), "{title}");
        }
    }

    #[test]
    fn what_may_be_data_or_names_is_no_title() {
        let (names, row) = (names(), format!("5{}\n", ",0".repeat(16)));
        for none in [
            format!("label{names}\n{row}"),
            format!("label,p0\n{row}"),
            format!("5,6\nlabel{names}\n{row}"),
            format!("sep=,\nlabel{names}\n{row}"),
            "My digits\nlabel,p0\n5,0\n".into(),
            "My digits\n".into(),
            String::new(),
        ] {
            assert_eq!(past(&none), 0, "{none}");
        }
    }
}
