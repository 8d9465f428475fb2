//! Text in any of the usual encodings, cut into rows of entries.

use super::quotes;
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use std::collections::BTreeSet;
use std::str;

/// So much of a file is looked at to tell what it is.
const BEGINNING: usize = 4096;
/// So many rows are looked at to tell how they are written.
const SAMPLE: usize = 20;

/// The first characters of a text file; none if `bytes` are no text.
pub(super) fn beginning(bytes: &[u8]) -> Option<String> {
    // An even number of bytes, so that UTF-16 is not cut; UTF-8 may be.
    let start = &bytes[..bytes.len().min(BEGINNING)];
    let cut = match str::from_utf8(start) {
        Err(error) if error.error_len().is_none() => error.valid_up_to(),
        _ => start.len(),
    };
    decode(start[..cut].to_vec())
}

/// The text of a file, its lines ended by `\n`, maybe with `\r` before it; none if it has
/// characters that no text has.
pub(super) fn decode(bytes: Vec<u8>) -> Option<String> {
    let text = match utf16(&bytes) {
        Some(text) => text,
        // What is no UTF-8 is taken for Latin-1, where every byte is a character.
        None => String::from_utf8(bytes)
            .unwrap_or_else(|error| error.as_bytes().iter().map(|&b| char::from(b)).collect()),
    };
    let text = match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    };
    // The end of file of DOS, and what old Macs ended lines with.
    let text = match text.strip_suffix('\u{1a}') {
        Some(rest) => rest.to_owned(),
        None => text,
    };
    let text = if text.contains('\r') && !text.contains('\n') {
        text.replace('\r', "\n")
    } else {
        text
    };
    let foreign = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\x0b' | '\x0c');
    (!text.contains(foreign)).then_some(text)
}

/// UTF-16, known by its first two bytes or by every other byte of the first ones being zero.
fn utf16(bytes: &[u8]) -> Option<String> {
    let start = &bytes[..bytes.len().min(BEGINNING)];
    let zeros = |odd: usize| {
        let every_other = start.iter().skip(odd).step_by(2);
        start.len() > 3 && every_other.filter(|&&byte| byte == 0).count() > start.len() / 3
    };
    let unit: fn([u8; 2]) -> u16 = if bytes.starts_with(&[0xff, 0xfe]) {
        u16::from_le_bytes
    } else if bytes.starts_with(&[0xfe, 0xff]) {
        u16::from_be_bytes
    } else if zeros(1) && !zeros(0) {
        u16::from_le_bytes
    } else if zeros(0) && !zeros(1) {
        u16::from_be_bytes
    } else {
        return None;
    };
    let units = bytes.chunks_exact(2).map(|two| unit([two[0], two[1]]));
    let characters = char::decode_utf16(units);
    Some(
        characters
            .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect(),
    )
}

/// What stands between two entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Separator {
    /// This character, once.
    One(u8),
    /// Blanks, as many as there are.
    Blanks,
    /// Nothing: a line is an entry.
    Nothing,
}

impl Separator {
    /// In order: of two that fit equally well the first is taken.
    const ALL: [Self; 5] = [
        Self::One(b','),
        Self::One(b';'),
        Self::One(b'\t'),
        Self::One(b'|'),
        Self::Blanks,
    ];

    /// The one that gives rows of equal length, and of those the most numbers; Excel may say
    /// in the first line which it is.
    pub fn of(text: &str) -> Self {
        // A character of several bytes would cut others in their middle.
        if let Some(&[said, ..]) = said(text).map(str::as_bytes)
            && said.is_ascii()
        {
            return Self::One(said);
        }
        // Of such the separators are classes as well, below a name, too.
        let below = text.split_once('\n').map_or(text, |(_, below)| below);
        if are_characters(below) && repeat(text) {
            return Self::Nothing;
        }
        let fitness = |separator: &Self| {
            let sample = Sample::of(text, *separator);
            let fits = sample.is_even() && sample.widths.iter().all(|width| *width > 1);
            (fits, sample.numbers)
        };
        // Of equals the last would be taken.
        let fittest = Self::ALL.into_iter().rev().max_by_key(fitness);
        let fittest = fittest.unwrap_or(Self::One(b','));
        // Classes of two words each are no two columns.
        if fittest == Self::Blanks && Sample::of(text, fittest).numbers == 0 && repeat(text) {
            return Self::Nothing;
        }
        fittest
    }
}

/// What the first rows are made of.
struct Sample {
    /// Entries of each row.
    widths: Vec<usize>,
    /// How many entries are numbers, or places and numbers as in `12:200`.
    numbers: usize,
    /// How many words there are in all entries: some have several.
    words: usize,
}

impl Sample {
    fn of(text: &str, separator: Separator) -> Self {
        let mut rows = Rows::new(text, separator, 1);
        let (mut widths, mut numbers, mut words) = (Vec::new(), 0, 0);
        while widths.len() < SAMPLE
            && let Some(row) = rows.next()
        {
            for entry in row.entries() {
                numbers += usize::from(number(entry).is_some() || is_placed(entry));
                let is_word = |word: &&str| number(word).is_none();
                words += entry.split_whitespace().filter(is_word).count();
            }
            widths.push(row.entries().count());
        }
        Self {
            widths,
            numbers,
            words,
        }
    }

    fn is_even(&self) -> bool {
        self.widths.iter().all(|width| *width == self.widths[0])
    }
}

/// Whether an entry is a number and its place, as those of sparse tables are.
pub(super) fn is_placed(entry: &str) -> bool {
    let pair = entry.trim_start_matches('{').split_once([':', ' ']);
    pair.is_some_and(|(place, value)| {
        let value = value.trim_end_matches('}');
        place.parse::<u32>().is_ok() && number(value).is_some()
    })
}

/// What follows `sep=` in a first line of its own.
fn said(text: &str) -> Option<&str> {
    text.lines().next()?.trim_end().strip_prefix("sep=")
}

/// Whether `text` is to be read by people: words, in lines of all lengths or in sentences, and
/// most of them once, other than classes of several words.
pub(super) fn is_prose(text: &str) -> bool {
    let separator = Separator::of(text);
    let sample = Sample::of(text, separator);
    let entries = sample.widths.iter().sum();
    let is_table = sample.widths.len() > 1 && sample.is_even();
    let in_sentences = separator == Separator::Blanks || sample.words > 2 * entries;
    2 * sample.numbers < entries && (!is_table || in_sentences) && !repeat(text)
}

/// Whether no line has more than one character, as a list of labels may.
fn are_characters(text: &str) -> bool {
    text.lines()
        .all(|line| line.trim().chars().nth(1).is_none())
}

/// Whether lines are few different ones, each of them there several times, as labels are.
fn repeat(text: &str) -> bool {
    let mut different = BTreeSet::new();
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let count = lines.map(|line| different.insert(line)).count();
    count > 1 && 2 * different.len() <= count
}

/// Where the table begins, behind lines of remarks. One with as many separators as the line
/// below it holds the names of the columns, as NumPy writes them, or an image whose label is #.
pub(super) fn past_comments(text: &str) -> usize {
    let separators = |line: &str| match line.matches([',', ';', '\t', '|']).count() {
        0 => line.split_whitespace().count().saturating_sub(1),
        some => some,
    };
    if are_characters(text) {
        return 0;
    }
    let below = text.lines().find(|line| !line.starts_with('#'));
    let below = separators(below.unwrap_or_default());
    let mut start = 0;
    while text[start..].starts_with('#')
        && let Some((remark, _)) = text[start..].split_once('\n')
    {
        if below > 0 && separators(remark) == below {
            break;
        }
        start += remark.len() + 1;
    }
    start
}

/// The number that an entry is, also with a decimal comma, or as Python's truth values.
pub(super) fn number(entry: &str) -> Option<f64> {
    let bytes = entry.as_bytes();
    if (1..=9).contains(&bytes.len()) && bytes.iter().all(u8::is_ascii_digit) {
        let digit = |value: u32, byte: &u8| 10 * value + u32::from(byte - b'0');
        return Some(f64::from(bytes.iter().fold(0, digit)));
    }
    let value: f64 = match entry {
        "True" | "TRUE" | "true" => return Some(1.0),
        "False" | "FALSE" | "false" => return Some(0.0),
        _ => decimal(entry)?,
    };
    value.is_finite().then_some(value)
}

fn decimal(entry: &str) -> Option<f64> {
    match entry.split_once(',') {
        Some((whole, part)) if part.starts_with(|c: char| c.is_ascii_digit()) => {
            format!("{whole}.{part}").parse().ok()
        }
        _ => entry.parse().ok(),
    }
}

/// Whether the commas of a number may set thousands apart, as in 65,535: three digits stand behind
/// each, and no zero before the first.
pub(super) fn is_of_thousands(number: &str) -> bool {
    let is_group =
        |group: &str| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = number.trim_start_matches(['-', '+']).split(',');
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len()) && !first.starts_with('0') && groups.all(is_group)
}

/// A row, its entries one behind the other.
pub(super) struct Row<'a> {
    /// Its line in the file, from 1.
    pub line: u64,
    text: &'a str,
    ends: &'a [usize],
    quoted: &'a [bool],
}

impl<'a> Row<'a> {
    /// The entries, without blanks and quotes around them.
    pub fn entries(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.marked().map(|(entry, _)| entry)
    }

    /// The same, each with whether it stands in quotes.
    pub fn marked(&self) -> impl Iterator<Item = (&'a str, bool)> + use<'a> {
        let (text, ends, quoted) = (self.text, self.ends, self.quoted);
        let starts = std::iter::once(0).chain(ends.iter().copied());
        starts
            .zip(ends)
            .enumerate()
            .map(move |(at, (start, &end))| {
                let entry = text[start..end].trim_ascii();
                let unquoted = |quote| entry.strip_prefix(quote)?.strip_suffix(quote);
                match unquoted('\'').or_else(|| unquoted('"')) {
                    Some(word) => (word, true),
                    None => (entry, quoted.get(at) == Some(&true)),
                }
            })
    }
}

/// How a remark begins, and an image whose label is such a character.
const REMARKS: [char; 2] = ['#', '%'];

/// The rows of a text; empty lines and remarks (`#`, `%`) are passed over.
pub(super) struct Rows<'a> {
    lines: std::iter::Zip<std::ops::RangeFrom<u64>, str::Lines<'a>>,
    /// The number of the first line.
    start: u64,
    separator: Separator,
    /// None between blanks: its tables take longer to make than a short file to read.
    csv: Option<Reader>,
    /// How many entries a row has.
    width: usize,
    text: Vec<u8>,
    ends: Vec<usize>,
    /// Of each entry whether CSV has it in quotes, which are gone.
    quoted: Vec<bool>,
}

impl<'a> Rows<'a> {
    /// The rows of `text`, whose first line is that of this number.
    pub fn new(text: &'a str, separator: Separator, line: u64) -> Self {
        let csv = match separator {
            Separator::One(character) => Some(ReaderBuilder::new().delimiter(character).build()),
            Separator::Blanks | Separator::Nothing => None,
        };
        let mut rows = Self {
            lines: (line..).zip(text.lines()),
            start: line,
            separator,
            csv,
            width: 0,
            text: Vec::new(),
            ends: Vec::new(),
            quoted: Vec::new(),
        };
        let says = usize::from(line == 1 && said(text).is_some());
        let mut lines = text.lines().skip(says).filter(|line| !rows.is_empty(line));
        let first = lines
            .clone()
            .find(|line| !line.trim_start().starts_with(REMARKS));
        if let Some(line) = first.or_else(|| lines.next()) {
            rows.cut(line);
            rows.width = rows.filled();
        }
        rows
    }

    /// The next row.
    pub fn next(&mut self) -> Option<Row<'_>> {
        loop {
            let (line, text) = self.lines.next()?;
            let said = line == 1 && said(text).is_some();
            if !said && !self.is_empty(text) && self.is_row(line, text) {
                return Some(self.row(line));
            }
        }
    }

    /// How many of the remarks would be rows without their marks: images that somebody took out,
    /// or whose class begins with one.
    pub fn taken_out(mut self) -> usize {
        let mut count = 0;
        while let Some((line, text)) = self.lines.next() {
            let Some(behind) = text.trim_start().strip_prefix(REMARKS) else {
                continue;
            };
            if self.width > 1 && !self.is_row(line, text) {
                self.cut(behind);
                count += usize::from(self.filled() == self.width && self.is_of_numbers(0));
            }
        }
        count
    }

    /// Whether nothing stands in a line: nothing at all, or nothing between separators. In a list
    /// other separators than its own are entries.
    fn is_empty(&self, line: &str) -> bool {
        let separates = |c: char| match self.separator {
            Separator::One(own) if self.width == 1 => c == char::from(own),
            Separator::One(_) => matches!(c, ',' | ';' | '|' | '"'),
            Separator::Blanks | Separator::Nothing => false,
        };
        line.chars().all(|c| c.is_whitespace() || separates(c))
    }

    /// Cuts a line, and says whether it is a row and no remark: that its mark stands before what
    /// would be a row, or before other entries than rows have.
    fn is_row(&mut self, line: u64, text: &str) -> bool {
        self.cut(text);
        let trimmed = text.trim_start();
        let Some(behind) = trimmed.strip_prefix(REMARKS) else {
            return true;
        };
        let is_first = line == self.start;
        if self.first() == &trimmed[..1] && self.is_row_of_mark(is_first) {
            return true;
        }
        if self.width == 1 {
            let word = behind.trim_end();
            return !word.starts_with(char::is_whitespace)
                && number(word).is_none()
                && self.filled() == 1;
        }
        // NumPy puts the names of the columns into a remark in the first line.
        self.cut(behind);
        is_first && self.filled() == self.width && self.numbers(0) < self.width
    }

    /// Whether a line whose first entry is the mark of a remark alone is a row. Between blanks a
    /// remark of some words may be as wide, and is no image; else rows may have other widths than
    /// the first, which has the names.
    fn is_row_of_mark(&self, is_first: bool) -> bool {
        let is_wide = self.filled() == self.width;
        match self.separator {
            Separator::Blanks => is_wide && (is_first || self.width == 1 || self.is_of_numbers(1)),
            Separator::One(_) | Separator::Nothing => is_wide || self.is_of_numbers(1),
        }
    }

    /// Whether there are entries behind the first `skip`, and most of them are numbers.
    fn is_of_numbers(&self, skip: usize) -> bool {
        let numbers = self.numbers(skip);
        numbers > 0 && 2 * numbers >= self.filled() - skip
    }

    /// How many entries behind the first `skip` are numbers.
    fn numbers(&self, skip: usize) -> usize {
        let entries = self.row(0).entries().skip(skip);
        entries.filter(|entry| number(entry).is_some()).count()
    }

    /// The line that was cut last.
    fn row(&self, line: u64) -> Row<'_> {
        Row {
            line,
            text: str::from_utf8(&self.text).unwrap_or_default(),
            ends: &self.ends,
            quoted: &self.quoted,
        }
    }

    fn cut(&mut self, line: &str) {
        self.text.clear();
        self.ends.clear();
        if let (Some(csv), Separator::One(separator)) = (&mut self.csv, self.separator) {
            quotes::quoted(line, separator, &mut self.quoted);
            return cut(csv, line.as_bytes(), &mut self.text, &mut self.ends);
        }
        let mut entry = |word: &str| {
            self.text.extend(word.as_bytes());
            self.ends.push(self.text.len());
        };
        if self.separator == Separator::Nothing {
            entry(line);
        } else {
            quotes::cut_at_blanks(line, entry);
        }
    }

    /// How many entries there are, but for empty ones behind the last.
    fn filled(&self) -> usize {
        let start = |at: usize| at.checked_sub(1).map_or(0, |before| self.ends[before]);
        let is_filled = |at| !self.text[start(at)..self.ends[at]].trim_ascii().is_empty();
        (0..self.ends.len())
            .rposition(is_filled)
            .map_or(0, |at| at + 1)
    }

    fn first(&self) -> &str {
        let end = self.ends.first().copied().unwrap_or(0);
        str::from_utf8(&self.text[..end])
            .unwrap_or_default()
            .trim_ascii()
    }
}

/// Cuts a line of CSV. A line break within quotes ends the entry: no number has one.
fn cut(csv: &mut Reader, mut line: &[u8], entries: &mut Vec<u8>, places: &mut Vec<usize>) {
    csv.reset();
    let (mut text, mut ends) = (0, 0);
    entries.resize(line.len() + 1, 0);
    places.resize(line.len() + 2, 0);
    loop {
        let (result, read, written, ended) =
            csv.read_record(line, &mut entries[text..], &mut places[ends..]);
        line = &line[read..];
        (text, ends) = (text + written, ends + ended);
        if result != ReadRecordResult::InputEmpty {
            break;
        }
    }
    entries.truncate(text);
    places.truncate(ends);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(u64, Vec<String>)> {
        let mut rows = Rows::new(text, Separator::of(text), 1);
        let mut all = Vec::new();
        while let Some(row) = rows.next() {
            all.push((row.line, row.entries().map(str::to_owned).collect()));
        }
        all
    }

    fn entries(text: &str) -> Vec<Vec<String>> {
        rows(text).into_iter().map(|(_, entries)| entries).collect()
    }

    #[test]
    fn every_usual_separator_is_found() {
        let expected = [["5", "0", "1"], ["6", "2", "3"]];
        for separator in [",", ";", "\t", "|", " ", "   ", ", ", " ; "] {
            let text = "5,0,1\n6,2,3\n".replace(',', separator);
            assert_eq!(entries(&text), expected, "{separator:?}");
            assert_eq!(
                entries(&text.replace('\n', "\r\n")),
                expected,
                "{separator:?}"
            );
        }
        assert_eq!(entries("sep=;\n5;0;1\n6;2;3\n"), expected);
        assert_eq!(entries("  5   0 1\n 6  2   3"), expected);
        assert_eq!(
            Separator::of("5;0,5;0,25\n1;0,1;1,0\n"),
            Separator::One(b';')
        );
        assert_eq!(Separator::of("5\n6\n"), Separator::One(b','));
    }

    #[test]
    fn lines_keep_their_numbers_and_empty_ones_go() {
        let text = "# label,pixel\n5,0\n\n , \n# a remark\n6,1\n \n";
        let lines: Vec<u64> = rows(text).iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [1, 2, 6]);
        assert_eq!(entries(text)[0], ["label", "pixel"]);
    }

    #[test]
    fn lines_whose_label_is_the_mark_of_a_remark_are_rows() {
        for text in ["a,0\n#,1\n%,2\n", "a 0\n# 1\n% 2\n"] {
            assert_eq!(
                entries(text),
                [["a", "0"], ["#", "1"], ["%", "2"]],
                "{text}"
            );
        }
        let first = "#,0,1\n# a remark\n%,2,3\n# another, too\n";
        assert_eq!(past_comments(first), 0);
        assert_eq!(entries(first), [["#", "0", "1"], ["%", "2", "3"]]);
        let labels = "#\n,\n;\n|\n\"\n";
        assert_eq!(past_comments(labels), 0);
        assert_eq!(
            entries(&labels.repeat(2)).concat(),
            ["#", ",", ";", "|", "\""].repeat(2)
        );
        assert_eq!(past_comments("# one remark\n#\n5,0\n"), 15);
        // Whatever the first line is as wide as.
        for first in ["sep=;\n", "a;0;0;extra\n", "sep=;\na;0;0;extra\n"] {
            let rows = entries(&format!("{first}#;1;1\n%;2;2;\n#\n# of;2020\n"));
            assert_eq!(
                rows[rows.len() - 2..].concat()[..3],
                ["#", "1", "1"],
                "{first}"
            );
        }
    }

    #[test]
    fn lines_that_are_taken_out_are_remarks() {
        let out = |text: &str| Rows::new(text, Separator::of(text), 1).taken_out();
        for mark in ["#", "# ", "%", "% "] {
            for (separator, name) in [(",", "label"), (" ", "label"), (",", "5"), (" ", "cat")] {
                let text = format!("{name},0,1\n{mark}6,2,3\n7,4,5\n{mark}8,6,7\n");
                let text = text.replace(',', separator);
                assert_eq!(entries(&text).len(), 2, "{text}");
                assert_eq!(out(&text), 2, "{text}");
            }
        }
        let first = "#5,0,1\n6,2,3\n";
        assert_eq!((entries(first).len(), out(first)), (1, 1));
        let names = "#label,pixel0\n5,0\n#label,pixel0\n# of 2020\n6,1\n";
        assert_eq!(
            entries(names),
            [["label", "pixel0"], ["5", "0"], ["6", "1"]]
        );
        assert_eq!(out(names), 0, "names are no image");
        let list = "label\n5\n#6\n# a word\n#cat\n#\n5\n";
        assert_eq!(entries(list).concat(), ["label", "5", "#cat", "#", "5"]);
        let words = "# MNIST\n# labels\n0 7\n1 3\n";
        assert_eq!(entries(words), [["#", "MNIST"], ["0", "7"], ["1", "3"]]);
    }

    #[test]
    fn a_list_has_nothing_that_its_separators_could_separate() {
        let quoted = "label\n\",\"\n;\n|\n\"\"\"\"\n,\n";
        assert_eq!(entries(quoted).concat(), ["label", ",", ";", "|", "\""]);
        let plain = format!("label\n{}", ",\n;\n|\n\"\n".repeat(3));
        assert_eq!(
            entries(&plain).concat()[..5],
            ["label", ",", ";", "|", "\""]
        );
        assert_eq!(entries("label;\n5;\n6;\n;\n").len(), 3);
    }

    #[test]
    fn quotes_go() {
        assert_eq!(entries("\"a, b\",'7',\"0\"\n"), [["a, b", "7", "0"]]);
        assert_eq!(entries("5, \"0\"\n"), [["5", "0"]]);
        assert_eq!(
            entries("5,\"0\n6,1\n"),
            [["5", "0"], ["6", "1"]],
            "a stray one"
        );
    }

    #[test]
    fn numbers_come_in_many_forms() {
        for (entry, value) in [
            ("7", 7.0),
            ("007", 7.0),
            ("-1", -1.0),
            ("7.0", 7.0),
            ("5.000000e+00", 5.0),
            ("0,25", 0.25),
            (".5", 0.5),
            ("True", 1.0),
            ("1234567890123", 1_234_567_890_123.0),
        ] {
            assert_eq!(number(entry), Some(value), "{entry}");
        }
        for entry in [
            "", "seven", "nan", "inf", "1e999", "1,2,3", "5;0", "5,", "-",
        ] {
            assert_eq!(number(entry), None, "{entry}");
        }
    }

    #[test]
    fn encodings_are_told_apart() {
        let text = "label;größe\n5;0\n";
        let utf16 = |unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect();
        let little: Vec<u8> = utf16(u16::to_le_bytes);
        let big: Vec<u8> = utf16(u16::to_be_bytes);
        let latin: Vec<u8> = text.chars().map(|c| c as u8).collect();
        let marked = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
        for bytes in [
            text.as_bytes().to_vec(),
            marked(b"\xef\xbb\xbf", text.as_bytes()),
            marked(b"\xff\xfe", &little),
            marked(b"\xfe\xff", &big),
            little,
            big,
            latin,
        ] {
            assert_eq!(decode(bytes.clone()).as_deref(), Some(text), "{bytes:?}");
        }
        assert_eq!(
            decode(b"5,0\r6,1\r\x1a".to_vec()).as_deref(),
            Some("5,0\n6,1\n")
        );
        assert_eq!(decode(vec![1, 2, 3]), None);
    }

    #[test]
    fn prose_is_told_from_tables() {
        for prose in [
            "Images of digits.\n\nMade by hand, with a pen, in 2020.\n",
            "import numpy as np\nx = np.load('a.npy')\nprint(x, x.shape, 5)\n",
            "One line, of words, and no more",
            "2 files,\nnothing else\n",
            "These are the files of the set\nwhich was made in the year 2020\n",
        ] {
            assert!(is_prose(prose), "{prose}");
        }
        for table in [
            "label,pixel0\n5,0\n",
            "cat\nAnkle boot\ncat\n",
            "5 0 0\n",
            "5\n",
            "a;0;1\nb;1\n",
            "red apple\ngreen pear\nred apple\ngreen pear\n",
            "fruit\na red apple\nno green pear\na red apple\nno green pear\na red apple\n",
        ] {
            assert!(!is_prose(table), "{table}");
        }
    }

    #[test]
    fn a_beginning_is_cut_between_characters() {
        let long = "ä".repeat(5000);
        let bytes = [b"a", long.as_bytes()].concat();
        assert!(beginning(&bytes).is_some_and(|start| start.ends_with('ä')));
        assert_eq!(beginning(&[0, 1, 2]), None);
    }
}
