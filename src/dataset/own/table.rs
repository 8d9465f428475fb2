//! Rows and columns, of text or of an array, and what is in each column.

use super::header;
use super::labels::{Labels, Likeness};
use super::names;
use super::numbers::{Numbers, Whole};
use super::text::{self, Rows, Separator};
use std::num::IntErrorKind::PosOverflow;
use std::ops::Range;
use std::rc::Rc;

/// So many rows are looked at to tell names from numbers.
const SAMPLE: usize = 50;
/// Tables of so few columns have their labels in any of them.
const NARROW: usize = 20;

/// An entry of a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Entry<'a> {
    /// A number that is neither infinite nor missing.
    Number(f64),
    /// A whole number that others next to it would be one with as `f64`.
    Large(Whole),
    /// A number that was written as a word, and otherwise than numbers are: `007`, `1E1`, `True`.
    Spelled(f64, &'a str),
    /// Anything else; empty where nothing stands.
    Word(&'a str),
}

/// From here on not every whole number is one of `f64`.
const LARGE: f64 = 9_007_199_254_740_992.0;

impl<'a> Entry<'a> {
    pub fn of(text: &'a str) -> Self {
        match text::number(text) {
            Some(value) if value.abs() < LARGE => Self::Number(value),
            Some(value) => Self::of_large(text, value),
            None => Self::Word(text),
        }
    }

    /// What was written as a word, in quotes or among others.
    pub fn spelled(word: &'a str) -> Self {
        match Self::of(word) {
            Self::Number(value) if !is_plain(word) => Self::Spelled(value, word),
            entry => entry,
        }
    }

    fn of_marked((entry, is_quoted): (&'a str, bool)) -> Self {
        if is_quoted {
            Self::spelled(entry)
        } else {
            Self::of(entry)
        }
    }

    /// The number that it is, exactly.
    pub fn number(&self) -> Option<f64> {
        match *self {
            Self::Number(value) | Self::Spelled(value, _) => Some(value),
            Self::Large(_) | Self::Word(_) => None,
        }
    }

    /// What is written with an exponent or a fraction that is not zero is as exact as it was meant to be.
    fn of_large(text: &'a str, value: f64) -> Self {
        let is_zero = |fraction: &str| fraction.bytes().all(|digit| digit == b'0');
        let parts = text.split_once('.');
        let whole = parts.filter(|(_, fraction)| is_zero(fraction));
        let whole = whole.map_or(text, |(whole, _)| whole);
        match whole.parse() {
            Ok(number) => Self::Large(number),
            Err(error) if *error.kind() == PosOverflow => Self::Word(whole),
            Err(_) => Self::Number(value),
        }
    }

    /// The number in a row and a column of `numbers`, which `f64` has as `value`.
    fn of_array(numbers: &Numbers, row: usize, column: usize, value: f64) -> Self {
        if value.abs() < LARGE {
            return Self::Number(value);
        }
        match numbers.whole(row, column) {
            Some(whole) => Self::Large(whole),
            None => Self::of_number(value),
        }
    }

    fn of_number(value: f64) -> Self {
        if value.is_finite() {
            Self::Number(value)
        } else {
            Self::Word("NaN")
        }
    }
}

/// Whether a number is written as whole ones are, and no other way.
fn is_plain(number: &str) -> bool {
    let digits = number.strip_prefix('-').unwrap_or(number);
    number == "0" || !digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Where the rows come from.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Source {
    /// From byte `start`, which stands in line `line`; `names` where they stand before that.
    Text {
        text: Rc<String>,
        start: usize,
        line: u64,
        names: Option<Vec<String>>,
    },
    /// An array of two dimensions, or of one.
    Numbers(Numbers),
    /// A single column.
    Words(Rc<Vec<String>>),
}

/// The least and the greatest of some numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Span {
    pub least: f64,
    pub greatest: f64,
    /// Whether all of them are whole.
    pub whole: bool,
}

impl Span {
    pub const NOTHING: Self = Self {
        least: f64::INFINITY,
        greatest: f64::NEG_INFINITY,
        whole: true,
    };

    pub fn with(self, value: f64) -> Self {
        Self {
            least: self.least.min(value),
            greatest: self.greatest.max(value),
            whole: self.whole && value.fract() == 0.0,
        }
    }

    pub fn and(self, other: Self) -> Self {
        Self {
            least: self.least.min(other.least),
            greatest: self.greatest.max(other.greatest),
            whole: self.whole && other.whole,
        }
    }
}

/// What is in a column.
#[derive(Debug)]
pub(super) struct Column {
    pub name: String,
    pub span: Span,
    /// How many entries there are, how many of them are words, and how many are empty.
    rows: usize,
    pub words: usize,
    pub empty: usize,
    /// Whether each number is one more than that above it.
    pub counts: bool,
    last: f64,
    /// The entries as labels, where they may be some.
    pub labels: Option<Labels>,
}

impl Column {
    fn new(name: String, may_be_label: bool) -> Self {
        Self {
            name,
            span: Span::NOTHING,
            rows: 0,
            words: 0,
            empty: 0,
            counts: true,
            last: f64::NAN,
            labels: may_be_label.then(Labels::default),
        }
    }

    fn see(&mut self, entry: &Entry<'_>) {
        match *entry {
            Entry::Number(value) | Entry::Spelled(value, _) => {
                self.counts &= self.rows == 0 || value == self.last + 1.0;
                self.last = value;
                self.span = self.span.with(value);
            }
            Entry::Large(whole) => {
                self.counts = false;
                self.span = self.span.with(whole.value());
            }
            Entry::Word(word) => {
                self.counts = false;
                self.empty += usize::from(word.is_empty());
                self.words += usize::from(!word.is_empty());
            }
        }
        self.rows += 1;
        if let Some(labels) = &mut self.labels
            && labels.push(entry).is_none()
        {
            self.labels = None;
        }
    }

    /// Whether nothing stands in it.
    pub fn is_empty(&self) -> bool {
        self.empty == self.rows
    }

    /// Whether no number stands in it.
    pub fn has_no_numbers(&self) -> bool {
        self.words + self.empty == self.rows
    }

    /// Whether it is one of words: a few of them among numbers are faults.
    pub fn is_of_words(&self) -> bool {
        2 * self.words >= self.rows
    }

    /// Whether it is one of numbers without exception.
    pub fn is_of_numbers(&self) -> bool {
        self.words + self.empty == 0
    }

    /// Whether it holds ones, and else zeros or else minus ones.
    pub fn is_binary(&self) -> bool {
        let Span {
            least,
            greatest,
            whole,
        } = self.span;
        self.is_of_numbers() && whole && greatest <= 1.0 && [0.0, -1.0].contains(&least)
    }

    /// How much its entries look like classes.
    pub fn likeness(&self) -> Option<Likeness> {
        self.labels.as_ref()?.likeness()
    }
}

/// Neighbouring columns, one for a class, of which in every row one is 1 and all others 0, or -1.
#[derive(Debug)]
pub(super) struct OneHot {
    pub columns: Range<usize>,
    pub labels: Labels,
    /// What the others are.
    cold: Option<f64>,
}

impl OneHot {
    fn see(&mut self, entries: &[Entry<'_>], columns: &[Column]) -> Option<()> {
        let mut hot = None;
        for at in self.columns.clone() {
            match entries.get(at)?.number()? {
                1.0 if hot.is_none() => hot = Some(at),
                value @ (0.0 | -1.0) if *self.cold.get_or_insert(value) == value => {}
                _ => return None,
            }
        }
        let at = hot?;
        let name = &columns[at].name;
        if name.is_empty() {
            self.labels
                .push(&Entry::Number((at - self.columns.start) as f64))
        } else {
            self.labels.push(&Entry::Word(name))
        }
    }
}

/// What is done with a row, given its line and its entries.
pub(super) type Visit<'a> = dyn FnMut(u64, &[Entry<'_>]) -> Result<(), String> + 'a;

/// A table that was gone through once.
#[derive(Debug)]
pub(super) struct Table {
    source: Source,
    separator: Separator,
    /// Rows before those of the data.
    skip: usize,
    /// Whether the first line was taken for names; none where no line could be.
    pub first_line: Option<bool>,
    pub columns: Vec<Column>,
    /// Whether the columns have names that say something.
    pub named: bool,
    pub one_hot: Vec<OneHot>,
    pub rows: usize,
}

impl Table {
    /// Goes through the rows of `source`. `names` says whether the first line holds names,
    /// `label` which column, from 0, is read as labels whatever it looks like; `one_hot`
    /// which neighbouring columns may be one-hot labels, given how many columns there are.
    ///
    /// # Errors
    /// What is wrong, as the end of a sentence that begins with the file's name.
    pub fn read(
        source: &Source,
        names: Option<bool>,
        label: impl Fn(&[String]) -> Option<usize>,
        one_hot: impl Fn(&[String]) -> Vec<Range<usize>>,
    ) -> Result<Self, String> {
        let mut table = Self {
            separator: source.separator(),
            source: source.clone(),
            skip: 0,
            first_line: None,
            columns: Vec::new(),
            named: false,
            one_hot: Vec::new(),
            rows: 0,
        };
        let start = table.find_start(names)?;
        table.named = header::say_something(&start.names);
        let candidates = one_hot(&start.names).into_iter();
        let mut hot: Vec<OneHot> = candidates
            .map(|columns| OneHot {
                columns,
                labels: Labels::default(),
                cold: None,
            })
            .collect();
        let maybe = start.may_be_labels(label(&start.names));
        let column = |(name, maybe): (String, bool)| {
            let shown = if table.named { name } else { String::new() };
            Column::new(shown, maybe)
        };
        let mut columns: Vec<Column> = start.names.into_iter().zip(maybe).map(column).collect();
        let mut rows = 0;
        table.each(&mut |_, entries| {
            for (column, entry) in columns.iter_mut().zip(entries) {
                column.see(entry);
            }
            hot.retain_mut(|hot| hot.see(entries, &columns).is_some());
            rows += 1;
            Ok(())
        })?;
        (table.columns, table.one_hot, table.rows) = (columns, hot, rows);
        Ok(table)
    }

    /// Visits every row of the data with its line, from 1.
    ///
    /// # Errors
    /// The visitor's, or that a row has more or fewer entries than the first.
    pub fn each(&self, visit: &mut Visit<'_>) -> Result<(), String> {
        self.each_of_first(usize::MAX, visit)
    }

    /// Visits the first `most` rows.
    pub fn each_of_first(&self, most: usize, visit: &mut Visit<'_>) -> Result<(), String> {
        match &self.source {
            Source::Text {
                text, start, line, ..
            } => {
                let mut rows = Rows::new(&text[*start..], self.separator, *line);
                for _ in 0..self.skip {
                    rows.next();
                }
                let mut first = None;
                for _ in 0..most {
                    let Some(row) = rows.next() else { break };
                    let mut entries: Vec<Entry<'_>> = row.marked().map(Entry::of_marked).collect();
                    let (first_line, width) = *first.get_or_insert((row.line, entries.len()));
                    // An empty entry behind the last is none.
                    while entries.len() > width && entries.last() == Some(&Entry::Word("")) {
                        entries.pop();
                    }
                    if entries.len() != width {
                        return Err(format!(
                            "has {} entries in line {} where line {first_line} has {width}: give every image as many pixels.",
                            entries.len(),
                            row.line
                        ));
                    }
                    visit(row.line, &entries)?;
                }
                Ok(())
            }
            Source::Numbers(numbers) => {
                let mut entries = Vec::new();
                (0..numbers.len().min(most)).try_for_each(|row| {
                    entries.clear();
                    let values = numbers.item(row).enumerate();
                    entries.extend(
                        values.map(|(column, value)| Entry::of_array(numbers, row, column, value)),
                    );
                    visit(row as u64 + 1, &entries)
                })
            }
            Source::Words(words) => {
                let mut numbered = (1..).zip(words.iter().take(most));
                numbered.try_for_each(|(row, word)| visit(row, &[Entry::spelled(word)]))
            }
        }
    }

    /// How many lines are remarks that would be rows without their marks.
    pub fn taken_out(&self) -> usize {
        match &self.source {
            Source::Text {
                text, start, line, ..
            } => Rows::new(&text[*start..], self.separator, *line).taken_out(),
            Source::Numbers(_) | Source::Words(_) => 0,
        }
    }

    /// The last line of a title above the table, and its number.
    pub fn title(&self) -> Option<(u64, &str)> {
        let Source::Text {
            text,
            start,
            names: None,
            ..
        } = &self.source
        else {
            return None;
        };
        let lines = (1..).zip(text[..*start].lines());
        lines
            .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with(['#', '%']))
            .last()
    }

    /// Looks at the first rows, and finds where the data begin.
    fn find_start(&mut self, wanted: Option<bool>) -> Result<Start, String> {
        let Source::Text {
            text,
            start,
            line,
            names,
        } = &self.source
        else {
            return Ok(Start::nameless(self.source.width()));
        };
        let mut rows = Rows::new(&text[*start..], self.separator, *line);
        let mut sample: Vec<Vec<String>> = Vec::new();
        while sample.len() < SAMPLE
            && let Some(row) = rows.next()
        {
            sample.push(row.entries().map(str::to_owned).collect());
        }
        check_sample(&sample)?;
        let has_names = names.is_none() && wanted.unwrap_or_else(|| header::holds_names(&sample));
        if names.is_none() {
            (self.first_line, self.skip) = (Some(has_names), usize::from(has_names));
        }
        let Some(first) = sample.get(self.skip) else {
            return Ok(Start::nameless(0));
        };
        let word = |entry: &String| !entry.is_empty() && text::number(entry).is_none();
        Ok(Start {
            words: first.iter().map(word).collect(),
            names: match names {
                Some(names) => names_above(names, first)?,
                None if has_names => names_above(&sample[0], first)?,
                None => vec![String::new(); first.len()],
            },
        })
    }
}

/// What is known of the columns before the rows are gone through.
struct Start {
    /// Empty where a column has none.
    names: Vec<String>,
    /// Whether the first entry is a word.
    words: Vec<bool>,
}

impl Start {
    fn nameless(width: usize) -> Self {
        Self {
            names: vec![String::new(); width],
            words: vec![false; width],
        }
    }

    /// Of each column whether its entries are kept as labels.
    fn may_be_labels(&self, label: Option<usize>) -> Vec<bool> {
        let width = self.names.len();
        let pixels = header::pixels(&self.names);
        let maybe = |at: usize| {
            let at_the_edge = at < 2 || at + 2 >= width;
            let no_pixel = pixels.as_ref().is_some_and(|pixels| !pixels[at]);
            let told = names::label_rank(&self.names[at]).is_some();
            let word = self.words.get(at) == Some(&true);
            at_the_edge || no_pixel || told || word || width <= NARROW || label == Some(at)
        };
        (0..width).map(maybe).collect()
    }
}

/// The names of the columns of `row` as they stand in `header`.
fn names_above(header: &[String], row: &[String]) -> Result<Vec<String>, String> {
    let mut names = header.to_vec();
    while names.len() > row.len() && names.last().is_some_and(String::is_empty) {
        names.pop();
    }
    // R leaves out the name of the column that numbers the rows.
    if names.len() + 1 == row.len() && row.last().is_some_and(|entry| !entry.is_empty()) {
        names.insert(0, String::new());
    }
    if names.len() > row.len() {
        return Err(format!(
            "names {} columns and has {} in the next line: give every column one name.",
            names.len(),
            row.len()
        ));
    }
    names.resize(row.len(), String::new());
    Ok(names)
}

impl Source {
    fn separator(&self) -> Separator {
        match self {
            Self::Text { text, start, .. } => Separator::of(&text[*start..]),
            _ => Separator::Blanks,
        }
    }

    /// How many entries the first row has.
    pub fn width(&self) -> usize {
        match self {
            Self::Numbers(numbers) => numbers.sizes().get(1).copied().unwrap_or(1),
            Self::Words(_) => 1,
            Self::Text {
                text, start, line, ..
            } => {
                let mut rows = Rows::new(&text[*start..], self.separator(), *line);
                rows.next().map_or(0, |row| row.entries().count())
            }
        }
    }
}

/// Formats that look like tables and are none.
fn check_sample(sample: &[Vec<String>]) -> Result<(), String> {
    let entries = || sample.iter().flatten();
    let numbers = entries().filter(|entry| text::number(entry).is_some());
    let placed = entries().filter(|entry| text::is_placed(entry));
    // A decimal comma has a zero before it now and then, or other than three digits behind it.
    let mut commas = entries().filter(|entry| entry.contains(',') && text::number(entry).is_some());
    if let Some(entry) = commas.clone().next()
        && commas.all(|entry| text::is_of_thousands(entry))
    {
        return Err(format!(
            "has numbers such as {entry}, whose comma may set thousands apart or begin a fraction: save it with no mark for thousands, and with a point before fractions."
        ));
    }
    let is_weight = |entry: &&String| {
        let inside = entry
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'));
        inside.is_some_and(|inside| text::number(inside).is_some())
    };
    if let Some(weight) = sample.iter().filter_map(|row| row.last()).find(is_weight) {
        return Err(format!(
            "ends rows with weights such as {weight}, as ARFF may: save it without them, since every image counts the same."
        ));
    }
    if placed.count() > numbers.count() {
        return Err("lists the places of the pixels that are not zero, as LIBSVM and sparse ARFF do: save it as CSV, with every pixel.".into());
    }
    Ok(())
}
