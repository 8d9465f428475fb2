//! Which column is the label, and which are pixels?

use super::choices::{Choice, LabelColumn};
use super::count;
use super::header;
use super::labels::{Labels, Likeness};
use super::names;
use super::pixels::Frame;
use super::table::{Column, Entry, OneHot, Span, Table};
use crate::dataset::MAX_CLASSES;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

/// Tables with more columns of numbers than this are meant to be images.
const NARROW: usize = 16;

/// So few images may have a class each.
const FEW: usize = 20;

/// What the columns of a table are.
#[derive(Debug, PartialEq)]
pub(super) struct Layout {
    /// Where the labels stand, if there are any.
    pub label: Option<LabelColumn>,
    /// The columns of the pixels, row by row, and how they lie; none for a table without images.
    pub pixels: Option<(Vec<usize>, Frame)>,
    /// Columns that are neither.
    pub left_out: Vec<usize>,
}

/// Neighbouring columns that may be one-hot labels: the rest must be images, or nothing.
pub(super) fn one_hot_candidates(names: &[String]) -> Vec<Range<usize>> {
    let width = names.len();
    let images = |count: usize| count == 0 || Frame::square(count).is_some();
    let fits = |start: usize| {
        let counts = 2..=MAX_CLASSES.min(width - start);
        counts.filter(move |count| images(width - start - count))
    };
    // The first column may count the lines.
    let starts = 0..width.min(2);
    let first = starts.flat_map(|start| fits(start).map(move |count| start..start + count));
    let last = fits(0).map(|count| width - count..width);
    let mut candidates: Vec<Range<usize>> = first.chain(last).collect();
    if let Some(pixels) = header::pixels(names) {
        // Or all that are not called pixels.
        let others: Vec<usize> = (0..width).filter(|&at| !pixels[at]).collect();
        for &start in others.iter().take(2) {
            let run = (start..width).take_while(|at| others.contains(at)).count();
            candidates.push(start..start + run);
        }
    }
    candidates.retain(|columns| (2..=MAX_CLASSES).contains(&columns.len()));
    candidates
}

/// What the columns of `table` are. `wanted` is where somebody says that the labels stand.
///
/// # Errors
/// What is wrong, as the end of a sentence that begins with the file's name.
pub(super) fn layout(table: &Table, wanted: Option<&LabelColumn>) -> Result<Layout, String> {
    let columns = Columns {
        table,
        used: Vec::new(),
        wanted: wanted.map(|label| find(table, label)).transpose()?,
    }
    .without_beside();
    let layout = match columns.by_names() {
        Some(layout) => layout,
        None => columns
            .by_place()?
            .unwrap_or_else(|| columns.without_images()),
    };
    let pixels = layout.pixels.as_ref().map_or(&[][..], |(pixels, _)| pixels);
    let label = layout.label.as_ref().map(|label| find(table, label));
    let label = label.transpose()?.unwrap_or(0..0);
    let all = 0..table.columns.len();
    let left_out: Vec<usize> = all
        .filter(|at| !pixels.contains(at) && !label.contains(at))
        .collect();
    if columns.wanted.is_none() && label.len() == 1 {
        check_alone(table, label.start, &left_out)?;
    }
    Ok(Layout { left_out, ..layout })
}

/// One of several neighbouring columns of zeros and ones is no label: they are meant to be one-hot,
/// or say several things of an image.
///
/// # Errors
/// The first row that is not one-hot, or what else there is, as the end of a sentence that begins
/// with the file's name.
fn check_alone(table: &Table, label: usize, left_out: &[usize]) -> Result<(), String> {
    let name = |at: usize| names::label_rank(&table.columns[at].name);
    let is_like = |at: &usize| {
        let is_free = *at == label || left_out.contains(at);
        is_free && table.columns[*at].is_binary() && name(*at) == name(label)
    };
    if !is_like(&label) {
        return Ok(());
    }
    let before = (0..label).rev().take_while(is_like).count();
    let behind = (label..table.columns.len()).take_while(is_like).count();
    let columns = label - before..label + behind;
    if columns.len() < 2 {
        return Ok(());
    }
    let words = words(table, &column(&columns));
    table.each(&mut |line, entries| {
        let hot = |at: &usize| entries[*at].number() == Some(1.0);
        match columns.clone().filter(hot).count() {
            1 => Ok(()),
            ones => Err(format!(
                "has {ones} ones in line {line} of {words}, where a label has a single 1: correct that line, leave it out, or choose the column in which the label stands."
            )),
        }
    })?;
    Err(format!(
        "has a single 1 in each line of {words}, and other columns beside them: leave those out, or choose the column in which the label stands."
    ))
}

/// Of each row what it calls its image, or its number; none where no column says it.
pub(super) fn keys(table: &Table, label: Option<&LabelColumn>) -> Option<Keys> {
    let label = label.and_then(|label| find(table, label).ok());
    let label = label.unwrap_or(0..0);
    let is_key = |at: &usize| counts_lines(table, *at) && !table.columns[*at].is_empty();
    let at = (0..table.columns.len()).find(|at| is_key(at) && !label.contains(at))?;
    let mut rows = Vec::with_capacity(table.rows);
    let read = table.each(&mut |_, entries| {
        rows.push(match entries[at] {
            Entry::Number(value) | Entry::Spelled(value, _) => value.to_string(),
            Entry::Large(value) => value.to_string(),
            Entry::Word(word) => word.to_owned(),
        });
        Ok(())
    });
    read.ok().map(|()| Keys {
        words: words(table, &LabelColumn::Number(at + 1)),
        counts: table.columns[at].counts,
        rows,
    })
}

/// What the rows of a table call their images.
pub(super) struct Keys {
    /// The column that says so, in words.
    pub words: String,
    /// Whether each is one more than that above it.
    pub counts: bool,
    /// That of each row.
    pub rows: Vec<String>,
}

impl Keys {
    /// Of each row of `others` the row here of the same image; none where the images are others.
    pub fn places_of(&self, others: &Self) -> Option<Vec<usize>> {
        let rows = self.rows.iter().enumerate();
        let places: HashMap<&str, usize> = rows.map(|(at, key)| (key.as_str(), at)).collect();
        if places.len() < self.rows.len() {
            return None;
        }
        let mut used = HashSet::new();
        let place = |key: &String| places.get(key.as_str()).copied();
        let found = others.rows.iter().map(place).collect::<Option<Vec<_>>>()?;
        found.iter().all(|at| used.insert(*at)).then_some(found)
    }
}

/// The labels in `label`.
///
/// # Errors
/// Why they are none, as the end of a sentence that begins with the file's name.
pub(super) fn labels<'a>(table: &'a Table, label: &LabelColumn) -> Result<&'a Labels, String> {
    let columns = find(table, label)?;
    let mut hot = table.one_hot.iter();
    if let Some(OneHot { labels, .. }) = hot.find(|hot| hot.columns == columns) {
        return Ok(labels);
    }
    let column = &table.columns[columns.start];
    match &column.labels {
        _ if columns.len() > 1 => Err(format!(
            "has other numbers than a single 1 among zeros in {}: choose another column for the label.",
            words(table, label)
        )),
        _ if column.empty > 0 => Err(format!(
            "has {} without a label in {}: give every line one, or leave it out.",
            count(column.empty, "line"),
            words(table, label)
        )),
        Some(labels) => Ok(labels),
        None => Err(format!(
            "has too many different entries in {}: labels are at most {MAX_CLASSES} words or whole numbers.",
            words(table, label)
        )),
    }
}

/// The one column of words of a table, where its file's name says that it holds labels or all of
/// them are `known` as such: few images may have a class each.
pub(super) fn words_alone(
    table: &Table,
    is_told: bool,
    known: &BTreeSet<String>,
) -> Option<LabelColumn> {
    let mut used = (0..table.columns.len()).filter(|at| !is_beside(table, *at));
    let (Some(at), None) = (used.next(), used.next()) else {
        return None;
    };
    let column = &table.columns[at];
    let labels = column.labels.as_ref()?;
    let names = &labels.names;
    let is_told = is_told && (names.len() < labels.len() || labels.len() <= FEW);
    let may_be = column.is_of_words() && column.empty == 0 && names.len() <= MAX_CLASSES;
    let is_known = is_told || names.iter().all(|name| known.contains(name));
    (may_be && is_known).then_some(LabelColumn::Number(at + 1))
}

/// Where the labels may stand, and at `label` before all.
pub(super) fn options(table: &Table, label: Option<&LabelColumn>) -> Vec<Choice> {
    let last = table.columns.len() - 1;
    let likely = |at: &usize| {
        let column = &table.columns[*at];
        let told = *at == 0 || *at == last || names::label_rank(&column.name).is_some();
        (told && column.labels.is_some()) || column.likeness() == Some(Likeness::Words)
    };
    let single = (0..=last).filter(likely).map(|at| column(&(at..at + 1)));
    let hot = table.one_hot.first().map(|hot| column(&hot.columns));
    let mut options: Vec<LabelColumn> = label.cloned().into_iter().collect();
    for option in single.chain(hot) {
        if !options.contains(&option) {
            options.push(option);
        }
    }
    let choice = |option: &LabelColumn| Choice::new(option, words(table, option));
    options.iter().map(choice).collect()
}

/// A label column in words.
pub(super) fn words(table: &Table, label: &LabelColumn) -> String {
    match (label, find(table, label)) {
        (LabelColumn::OneHot([first, last]), _) => {
            format!("columns {first} to {last}, one for each class")
        }
        (_, Ok(columns)) => {
            let name = &table.columns[columns.start].name;
            if name.is_empty() {
                format!("column {}", columns.end)
            } else {
                format!("column {} (\"{name}\")", columns.end)
            }
        }
        (LabelColumn::Number(number), _) => format!("column {number}"),
        (LabelColumn::Name(name), _) => format!("column \"{name}\""),
    }
}

/// Whether a column is empty, or says no more than which line it is.
pub(super) fn is_beside(table: &Table, at: usize) -> bool {
    table.columns[at].is_empty() || counts_lines(table, at)
}

/// Whether a column is the number of its line, or another name of the image.
pub(super) fn counts_lines(table: &Table, at: usize) -> bool {
    let column = &table.columns[at];
    let told = !column.name.is_empty() && names::is_index(&column.name)
        || names::is_id(&column.name) && has_too_many(column, table.rows);
    let first = at == 0 && column.counts && table.rows > 2 && table.columns.len() > 1;
    told || (first && ["", "#"].contains(&column.name.as_str()))
}

/// Whether the entries of a column are too many for classes: one for each image, or nearly.
fn has_too_many(column: &Column, rows: usize) -> bool {
    let different = |labels: &Labels| labels.names.len();
    let different = column.labels.as_ref().map_or(usize::MAX, different);
    let is_likely = column.likeness() == Some(Likeness::Many);
    !is_likely && (different > MAX_CLASSES || different == rows)
}

/// Whether a column, but for the numbers of the lines, names every row differently.
pub(super) fn has_all_different(table: &Table) -> bool {
    (0..table.columns.len()).any(|at| {
        let labels = table.columns[at].labels.as_ref();
        !is_beside(table, at) && labels.is_some_and(|labels| labels.names.len() == table.rows)
    })
}

impl LabelColumn {
    /// The columns, from 0, of a table whose columns have these names.
    pub(super) fn columns<'a>(
        &self,
        names: impl IntoIterator<Item = &'a str>,
    ) -> Option<Range<usize>> {
        let mut names = names.into_iter();
        let range = match self {
            Self::Number(number) => number.checked_sub(1)?..*number,
            Self::Name(wanted) => {
                let at = names.position(|name| name.eq_ignore_ascii_case(wanted))?;
                return Some(at..at + 1);
            }
            Self::OneHot([first, last]) => first.checked_sub(1)?..*last,
        };
        (!range.is_empty() && range.end <= names.count()).then_some(range)
    }
}

fn find(table: &Table, label: &LabelColumn) -> Result<Range<usize>, String> {
    let names = table.columns.iter().map(|column| column.name.as_str());
    label.columns(names).ok_or_else(|| {
        let what = match label {
            LabelColumn::Number(number) => format!("column {number}"),
            LabelColumn::Name(name) => format!("column called \"{name}\""),
            LabelColumn::OneHot([first, last]) => format!("columns {first} to {last}"),
        };
        format!(
            "has {} columns and no {what}: choose another column for the label.",
            table.columns.len()
        )
    })
}

fn column(columns: &Range<usize>) -> LabelColumn {
    if columns.len() == 1 {
        LabelColumn::Number(columns.end)
    } else {
        LabelColumn::OneHot([columns.start + 1, columns.end])
    }
}

/// The columns of a table that may be the label or pixels.
struct Columns<'a> {
    table: &'a Table,
    used: Vec<usize>,
    wanted: Option<Range<usize>>,
}

impl Columns<'_> {
    fn without_beside(self) -> Self {
        let is_wanted = |at: &usize| self.wanted.as_ref().is_some_and(|w| w.contains(at));
        let all = 0..self.table.columns.len();
        let used = all.filter(|at| is_wanted(at) || !is_beside(self.table, *at));
        Self {
            used: used.collect(),
            ..self
        }
    }

    /// Where most columns have the names of pixels.
    fn by_names(&self) -> Option<Layout> {
        let is_pixel = self.pixel_names()?;
        let others = self.used_unless(&is_pixel);
        let label = self
            .wanted
            .clone()
            .or_else(|| self.hot(&others))
            .or_else(|| self.named(&others))
            .or_else(|| self.likeliest(&others));
        let in_label = |at: usize| label.as_ref().is_some_and(|label| label.contains(&at));
        let pixels = self.used.iter().copied();
        let pixels = pixels.filter(|&at| is_pixel[at] && !in_label(at)).collect();
        self.images(label.as_ref(), pixels)
    }

    /// Where nothing but their place and what is in them tells the columns apart; none for a
    /// table that is not meant to be images.
    fn by_place(&self) -> Result<Option<Layout>, String> {
        if self.table.named && self.pixel_names().is_none() {
            return Ok(None);
        }
        let told = || self.told_by_name().or_else(|| self.told_by_content());
        if let Some(label) = self.wanted.clone().or_else(told) {
            let pixels = self.numbers_without(&label);
            let count = pixels.len();
            return match self.images(Some(&label), pixels) {
                None if count > NARROW => Err(self.no_square(count)),
                layout => Ok(layout),
            };
        }
        let numbers = self.numbers_without(&(0..0));
        if self
            .hot(&numbers)
            .is_some_and(|hot| hot.len() == numbers.len())
        {
            return Ok(None);
        }
        let edge = self.edge(&numbers);
        let labelled = edge.and_then(|label| {
            let pixels = self.numbers_without(&label);
            self.images(Some(&label), pixels)
        });
        let count = numbers.len();
        let unlabelled = self.images(None, numbers);
        let is_grey = |layout: &Layout| {
            let frame = layout.pixels.as_ref().map(|(_, frame)| frame);
            frame.is_some_and(|frame| !frame.is_coloured())
        };
        match (labelled, unlabelled) {
            (Some(labelled), Some(unlabelled)) => {
                let grey_alone = is_grey(&unlabelled) && !is_grey(&labelled);
                Ok(Some(if grey_alone { unlabelled } else { labelled }))
            }
            (None, None) if count > NARROW => Err(match Frame::square(count - 1) {
                Some(_) => format!(
                    "has {count} columns, one more than its images have pixels, and neither the first nor the last looks like a label: labels are at most {MAX_CLASSES} words or whole numbers. Choose the column that they stand in."
                ),
                None => self.no_square(count - 1),
            }),
            (labelled, unlabelled) => Ok(labelled.or(unlabelled)),
        }
    }

    /// A table of labels, or of something else.
    fn without_images(&self) -> Layout {
        let whole = self
            .hot(&self.used)
            .filter(|hot| hot.len() == self.used.len());
        let label = self
            .wanted
            .clone()
            .or(whole)
            .or_else(|| self.named(&self.used))
            .or_else(|| self.likeliest(&self.used));
        Layout {
            label: label.as_ref().map(column),
            pixels: None,
            left_out: Vec::new(),
        }
    }

    /// The layout with this label and these pixels; none if they make up no image.
    fn images(&self, label: Option<&Range<usize>>, pixels: Vec<usize>) -> Option<Layout> {
        let name = |&at: &usize| self.table.columns[at].name.as_str();
        let names: Vec<&str> = pixels.iter().map(name).collect();
        let order = header::order(&names);
        let sides = order.as_ref().and_then(|order| order.sides);
        let frame = sides.map(|(rows, cols)| Frame::grey(rows, cols));
        let frame = frame.or_else(|| Frame::square(pixels.len()))?;
        let ordered = order.map(|order| order.columns.iter().map(|&at| pixels[at]).collect());
        Some(Layout {
            label: label.map(column),
            pixels: Some((ordered.unwrap_or(pixels), frame)),
            left_out: Vec::new(),
        })
    }

    /// Of each column whether its name is that of a pixel, where most are.
    fn pixel_names(&self) -> Option<Vec<bool>> {
        let columns = self.table.columns.iter();
        let names: Vec<String> = columns.map(|column| column.name.clone()).collect();
        header::pixels(&names)
    }

    fn numbers_without(&self, label: &Range<usize>) -> Vec<usize> {
        let is_pixel =
            |at: &usize| !label.contains(at) && !self.table.columns[*at].has_no_numbers();
        self.used.iter().copied().filter(is_pixel).collect()
    }

    fn used_unless(&self, is_pixel: &[bool]) -> Vec<usize> {
        let used = self.used.iter().copied();
        used.filter(|&at| !is_pixel[at]).collect()
    }

    /// The one that is called a label among columns that are called pixels.
    fn told_by_name(&self) -> Option<Range<usize>> {
        self.named(&self.used_unless(&self.pixel_names()?))
    }

    /// Words, each for several images, or one-hot columns beside an image.
    fn told_by_content(&self) -> Option<Range<usize>> {
        let of_words = |at: &usize| self.table.columns[*at].is_of_words();
        let of_words: Vec<usize> = self.used.iter().copied().filter(of_words).collect();
        let beside_images = |label: &Range<usize>| {
            let pixels = self.numbers_without(label);
            self.images(Some(label), pixels).is_some()
        };
        self.likeliest(&of_words)
            .or_else(|| self.hot(&self.used).filter(beside_images))
    }

    /// That so many columns are the pixels of no square image.
    fn no_square(&self, pixels: usize) -> String {
        let columns = self.table.columns.iter();
        let empty = columns.filter(|column| column.is_empty()).count();
        let (are, way) = match empty {
            0 => ("are the pixels of no square image".to_owned(), ""),
            _ => (
                format!("are the pixels of no square image, and {empty} in which nothing stands"),
                "write 0 where a pixel is black, or ",
            ),
        };
        format!(
            "has {pixels} columns of numbers beside its label, which {are}: {way}name them 1x1, 1x2, ... in the first line, so that height and width are known, or leave the file out."
        )
    }

    /// The fewest of `columns` that are one-hot labels.
    fn hot(&self, columns: &[usize]) -> Option<Range<usize>> {
        let known = self.table.one_hot.iter().map(|hot| &hot.columns);
        let inside = known.filter(|range| (*range).clone().all(|at| columns.contains(&at)));
        inside.min_by_key(|range| range.len()).cloned()
    }

    /// The column with the surest name of a label.
    fn named(&self, columns: &[usize]) -> Option<Range<usize>> {
        let rank = |&at: &usize| Some((names::label_rank(&self.table.columns[at].name)?, at));
        let best = columns.iter().filter_map(rank).min();
        best.map(|(_, at)| at..at + 1)
    }

    /// The column whose entries look most like classes, the first of several.
    fn likeliest(&self, columns: &[usize]) -> Option<Range<usize>> {
        let likeness = |&at: &usize| Some((self.table.columns[at].likeness()?, at));
        let best = columns.iter().filter_map(likeness);
        let best = best.reduce(|best, next| if next.0 > best.0 { next } else { best });
        best.map(|(_, at)| at..at + 1)
    }

    /// The first or the last of `columns`, of which the others are pixels: a label has few
    /// values, and one that no pixel has is none of a pixel. Most pixels are black in an image.
    fn edge(&self, columns: &[usize]) -> Option<Range<usize>> {
        let [first, inner @ .., last] = columns else {
            return None;
        };
        let span = |at: &usize| self.table.columns[*at].span;
        let pixels = inner.iter().map(span).fold(Span::NOTHING, Span::and);
        let rank = |at: &usize| {
            let likeness = self.table.columns[*at].likeness()?;
            let repeats = likeness > Likeness::Sparse;
            let Span {
                least, greatest, ..
            } = span(at);
            let is_other = greatest > pixels.greatest || least < pixels.least;
            Some((repeats, is_other, likeness))
        };
        let is_black = |at: &usize| span(at).least <= pixels.least;
        let different = |at: &usize| {
            let labels = self.table.columns[*at].labels.as_ref();
            labels.map_or(usize::MAX, |labels| labels.names.len())
        };
        // Of two that look alike so far.
        let is_likelier =
            |a: &usize, b: &usize| is_black(a) && !is_black(b) && different(b) <= different(a) / 2;
        match (rank(first), rank(last)) {
            (a, Some(b @ (true, ..)))
                if Some(b) > a || Some(b) == a && is_likelier(first, last) =>
            {
                Some(*last..last + 1)
            }
            (Some(_), _) => Some(*first..first + 1),
            (None, _) => None,
        }
    }
}

/// Every entry of `columns`, which are pixels, must be a number.
///
/// # Errors
/// Which is none, as the end of a sentence that begins with the file's name.
pub(super) fn check_numbers(table: &Table, columns: &[usize]) -> Result<(), String> {
    let is_faulty = |at: &&usize| !table.columns[**at].is_of_numbers();
    let Some(&at) = columns.iter().find(is_faulty) else {
        return Ok(());
    };
    table.each(&mut |line, entries| {
        let what = match entries[at] {
            Entry::Number(_) | Entry::Large(_) | Entry::Spelled(..) => return Ok(()),
            Entry::Word("") => "nothing".to_owned(),
            Entry::Word(word) => format!("\"{word}\""),
        };
        Err(format!(
            "has {what} in line {line}, column {}, where a pixel must be a number: correct that line, or leave it out.",
            at + 1
        ))
    })
}
