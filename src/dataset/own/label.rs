//! Which column is the label, and which are pixels?

use super::choices::{Choice, LabelColumn};
use super::header;
use super::labels::{Labels, Likeness};
use super::names;
use super::pixels::Frame;
use super::table::{Entry, OneHot, Table};
use std::ops::Range;

/// Most columns that may be one class each.
const MOST_CLASSES: usize = super::super::MAX_CLASSES;

/// What the columns of a table are.
#[derive(Debug, PartialEq)]
pub(super) struct Layout {
    /// Where the labels stand, if there are any.
    pub label: Option<LabelColumn>,
    /// The columns of the pixels, and how they lie: none for a table without images.
    pub pixels: Option<(Vec<usize>, Frame)>,
    /// Columns that are neither.
    pub left_out: Vec<usize>,
}

/// Neighbouring columns that may be one-hot labels: the rest must be images, or nothing.
pub(super) fn one_hot_candidates(names: &[String]) -> Vec<Range<usize>> {
    let width = names.len();
    let images = |count: usize| count == 0 || Frame::square(count).is_some();
    let fits = |start: usize| {
        let counts = 2..=MOST_CLASSES.min(width - start);
        counts.filter(move |count| images(width - start - count))
    };
    // The first column may count the lines.
    let first =
        (0..width.min(2)).flat_map(|start| fits(start).map(move |count| start..start + count));
    let last = fits(0).map(|count| width - count..width);
    let mut candidates: Vec<Range<usize>> = first.chain(last).collect();
    if let Some(pixels) = header::pixels(names) {
        // Or all that are not called pixels.
        let others: Vec<usize> = (0..width).filter(|&at| !pixels[at]).collect();
        for start in others.iter().take(2) {
            let run = others.iter().skip_while(|at| *at < start).zip(*start..);
            let count = run.take_while(|(at, expected)| *at == expected).count();
            candidates.push(*start..start + count);
        }
    }
    candidates.retain(|columns| (2..=MOST_CLASSES).contains(&columns.len()));
    candidates
}

/// What the columns of `table` are. `wanted` is where somebody says that the labels stand.
///
/// # Errors
/// What is wrong, as the end of a sentence that begins with the file's name.
pub(super) fn layout(table: &Table, wanted: Option<&LabelColumn>) -> Result<Layout, String> {
    let wanted = wanted.map(|label| find(table, label)).transpose()?;
    let is_wanted = |at: usize| wanted.as_ref().is_some_and(|columns| columns.contains(&at));
    let (used, left_out): (Vec<usize>, Vec<usize>) =
        (0..table.columns.len()).partition(|&at| is_wanted(at) || !is_beside(table, at));
    let mut layout = by_names(table, &used, wanted.as_ref())
        .or_else(|| by_place(table, &used, wanted.as_ref()))
        .unwrap_or_else(|| without_images(table, &used, wanted.as_ref()));
    let of_images = layout.pixels.as_ref().map_or(&[][..], |(pixels, _)| pixels);
    let of_label = layout
        .label
        .as_ref()
        .map(|label| find(table, label))
        .transpose()?;
    let is_used = |at: &usize| {
        of_images.contains(at) || of_label.as_ref().is_some_and(|label| label.contains(at))
    };
    let unused = used.into_iter().filter(|at| !is_used(at));
    layout.left_out = left_out.into_iter().chain(unused).collect();
    check_numbers(table, of_images)?;
    Ok(layout)
}

/// The labels in `label`.
///
/// # Errors
/// Why they are none, as the end of a sentence that begins with the file's name.
pub(super) fn labels<'a>(table: &'a Table, label: &LabelColumn) -> Result<&'a Labels, String> {
    let columns = find(table, label)?;
    let hot = table.one_hot.iter().find(|hot| hot.columns == columns);
    if let Some(OneHot { labels, .. }) = hot {
        return Ok(labels);
    }
    let column = columns.start;
    check_empty(table, column)?;
    let labels = table.columns[column].labels.as_ref();
    labels.ok_or_else(|| {
        format!(
            "has too many different entries in {}: labels are at most {MOST_CLASSES} words or whole numbers.",
            words(table, label)
        )
    })
}

/// Where else the labels may stand, `label` among it.
pub(super) fn options(table: &Table, label: &LabelColumn) -> Vec<Choice> {
    let width = table.columns.len();
    let likely = |at: &usize| {
        let column = &table.columns[*at];
        let at_the_edge = *at == 0 || *at + 1 == width;
        column.labels.is_some() && (at_the_edge || names::label_rank(&column.name).is_some())
            || column.labels.as_ref().and_then(Labels::likeness) == Some(Likeness::Words)
    };
    let single = (0..width).filter(likely).map(LabelColumn::of);
    let hot = table
        .one_hot
        .first()
        .map(|hot| LabelColumn::of_range(&hot.columns));
    let mut options = vec![label.clone()];
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
    let named = |at: usize| match table.columns.get(at).map(|column| column.name.as_str()) {
        Some("") | None => format!("column {}", at + 1),
        Some(name) => format!("column {} (\"{name}\")", at + 1),
    };
    match (label, find(table, label)) {
        (LabelColumn::OneHot([first, last]), _) => {
            format!("columns {first} to {last}, one for each class")
        }
        (_, Ok(columns)) => named(columns.start),
        (LabelColumn::Number(number), _) => format!("column {number}"),
        (LabelColumn::Name(name), _) => format!("column \"{name}\""),
    }
}

impl LabelColumn {
    fn of(at: usize) -> Self {
        Self::Number(at + 1)
    }

    fn of_range(columns: &Range<usize>) -> Self {
        Self::OneHot([columns.start + 1, columns.end])
    }

    /// The columns, from 0, of a table with columns of these names.
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
        format!(
            "has {} columns and no {}: choose another column for the label.",
            table.columns.len(),
            match label {
                LabelColumn::Number(number) => format!("column {number}"),
                LabelColumn::Name(name) => format!("column called \"{name}\""),
                LabelColumn::OneHot([first, last]) => format!("columns {first} to {last}"),
            }
        )
    })
}

/// Where most columns have the names of pixels.
fn by_names(table: &Table, used: &[usize], wanted: Option<&Range<usize>>) -> Option<Layout> {
    let is_pixel = header::pixels(&names_of(table)).filter(|_| table.named)?;
    let others: Vec<usize> = used.iter().copied().filter(|&at| !is_pixel[at]).collect();
    let label = match wanted {
        Some(columns) => Some(columns.clone()),
        None => hot(table, &others)
            .or_else(|| named(table, &others))
            .or_else(|| likeliest(table, &others)),
    };
    let in_label = |at: usize| label.as_ref().is_some_and(|label| label.contains(&at));
    let pixels = used
        .iter()
        .copied()
        .filter(|&at| is_pixel[at] && !in_label(at));
    with(table, label.clone(), pixels.collect())
}

/// Where nothing but their place and what is in them tells the columns apart.
fn by_place(table: &Table, used: &[usize], wanted: Option<&Range<usize>>) -> Option<Layout> {
    if table.named && header::pixels(&names_of(table)).is_none() {
        return None;
    }
    let without = |label: &Range<usize>| -> Vec<usize> {
        let rest = used.iter().copied();
        rest.filter(|at| !label.contains(at) && !is_word(table, *at))
            .collect()
    };
    if let Some(label) = wanted {
        return with(table, Some(label.clone()), without(label));
    }
    let in_words: Vec<usize> = used
        .iter()
        .copied()
        .filter(|&at| has_words(table, at))
        .collect();
    let label = likeliest(table, &in_words).or_else(|| {
        let fits = |label: &Range<usize>| frame(table, &without(label)).is_some();
        hot(table, used).filter(fits)
    });
    if let Some(label) = label {
        return with(table, Some(label.clone()), without(&label));
    }
    let numbers = without(&(0..0));
    let edge = edge(table, &numbers);
    let labelled = edge.and_then(|label| with(table, Some(label.clone()), without(&label)));
    let unlabelled = with(table, None, numbers);
    let is_grey = |layout: &Layout| {
        layout
            .pixels
            .as_ref()
            .is_some_and(|(_, frame)| !frame.is_coloured())
    };
    match (labelled, unlabelled) {
        (Some(labelled), Some(unlabelled)) if !is_grey(&labelled) && is_grey(&unlabelled) => {
            Some(unlabelled)
        }
        (labelled, unlabelled) => labelled.or(unlabelled),
    }
}

/// A table of labels, or of something else.
fn without_images(table: &Table, used: &[usize], wanted: Option<&Range<usize>>) -> Layout {
    let whole = || hot(table, used).filter(|columns| columns.len() == used.len());
    let label = match wanted {
        Some(columns) => Some(columns.clone()),
        None => whole()
            .or_else(|| named(table, used))
            .or_else(|| likeliest(table, used)),
    };
    Layout {
        label: label.map(|columns| column(&columns)),
        pixels: None,
        left_out: Vec::new(),
    }
}

/// The layout with these columns; none if the pixels make up no image.
fn with(table: &Table, label: Option<Range<usize>>, pixels: Vec<usize>) -> Option<Layout> {
    let frame = frame(table, &pixels)?;
    Some(Layout {
        label: label.map(|columns| column(&columns)),
        pixels: Some((pixels, frame)),
        left_out: Vec::new(),
    })
}

fn column(columns: &Range<usize>) -> LabelColumn {
    if columns.len() == 1 {
        LabelColumn::of(columns.start)
    } else {
        LabelColumn::of_range(columns)
    }
}

fn frame(table: &Table, pixels: &[usize]) -> Option<Frame> {
    let names: Vec<&str> = pixels
        .iter()
        .map(|&at| table.columns[at].name.as_str())
        .collect();
    let sides = header::sides(&names).map(|(rows, cols)| Frame::grey(rows, cols));
    sides.or_else(|| Frame::square(pixels.len()))
}

fn names_of(table: &Table) -> Vec<String> {
    table
        .columns
        .iter()
        .map(|column| column.name.clone())
        .collect()
}

/// The fewest of `columns` that are one-hot labels.
fn hot(table: &Table, columns: &[usize]) -> Option<Range<usize>> {
    let known = table.one_hot.iter().map(|hot| &hot.columns);
    let inside = known.filter(|range| (*range).clone().all(|at| columns.contains(&at)));
    inside.min_by_key(|range| range.len()).cloned()
}

/// The column with the surest name of a label.
fn named(table: &Table, columns: &[usize]) -> Option<Range<usize>> {
    let ranked = columns
        .iter()
        .filter_map(|&at| Some((names::label_rank(&table.columns[at].name)?, at)));
    ranked.min().map(|(_, at)| at..at + 1)
}

/// The column whose entries look most like classes, the first of several.
fn likeliest(table: &Table, columns: &[usize]) -> Option<Range<usize>> {
    let mut best: Option<(Likeness, usize)> = None;
    for &at in columns {
        let Some(likeness) = likeness(table, at) else {
            continue;
        };
        if best.is_none_or(|(known, _)| likeness > known) {
            best = Some((likeness, at));
        }
    }
    best.map(|(_, at)| at..at + 1)
}

/// The first or the last of `columns`, of which the others are pixels: what goes beyond
/// the pixels is no pixel.
fn edge(table: &Table, columns: &[usize]) -> Option<Range<usize>> {
    let (&[first, .., last], [_, inner @ .., _]) = (columns, columns) else {
        let &[only] = columns else { return None };
        return Some(only..only + 1);
    };
    let pixels = inner.iter().filter_map(|&at| {
        let span = table.columns[at].span;
        (span.greatest.is_finite()).then_some(span.greatest)
    });
    let brightest = pixels.fold(f64::NEG_INFINITY, f64::max);
    let rank = |at: usize| {
        let likeness = likeness(table, at)?;
        let beyond = table.columns[at].span.greatest > brightest;
        Some((likeness > Likeness::Same, beyond, likeness))
    };
    match (rank(first), rank(last)) {
        (None, None) => None,
        (a, b) if b > a => Some(last..last + 1),
        _ => Some(first..first + 1),
    }
}

fn likeness(table: &Table, at: usize) -> Option<Likeness> {
    table.columns[at].labels.as_ref()?.likeness()
}

/// Whether a column is empty, or says no more than which line it is.
pub(super) fn is_beside(table: &Table, at: usize) -> bool {
    is_empty(table, at) || counts_lines(table, at)
}

/// Whether a column names every row differently, but for their numbers.
pub(super) fn has_all_different(table: &Table) -> bool {
    (0..table.columns.len()).any(|at| {
        let labels = table.columns[at].labels.as_ref();
        !is_beside(table, at) && labels.is_some_and(|labels| labels.names.len() == table.rows)
    })
}

/// Whether nothing stands in a column.
pub(super) fn is_empty(table: &Table, at: usize) -> bool {
    table.columns[at].empty == table.rows
}

/// Whether a column has words and no numbers.
fn is_word(table: &Table, at: usize) -> bool {
    let column = &table.columns[at];
    column.words + column.empty == table.rows
}

/// A few words among numbers are faults.
fn has_words(table: &Table, at: usize) -> bool {
    2 * table.columns[at].words >= table.rows
}

/// Whether a column is the number of its line, or another name of the image.
pub(super) fn counts_lines(table: &Table, at: usize) -> bool {
    let column = &table.columns[at];
    let told = names::is_index(&column.name) && !column.name.is_empty();
    let first = at == 0 && column.counts && table.rows > 2 && table.columns.len() > 1;
    let nameless = column.name.is_empty() || names::is_index(&column.name);
    (table.named && told) || (first && nameless)
}

fn check_empty(table: &Table, at: usize) -> Result<(), String> {
    let column = &table.columns[at];
    if column.empty == 0 {
        return Ok(());
    }
    Err(format!(
        "has {} lines without a label in column {}: leave those lines out, or give them one.",
        column.empty,
        at + 1
    ))
}

/// Every entry of `columns` must be a number.
fn check_numbers(table: &Table, columns: &[usize]) -> Result<(), String> {
    let faulty = |at: &&usize| table.columns[**at].words + table.columns[**at].empty > 0;
    let Some(&at) = columns.iter().find(faulty) else {
        return Ok(());
    };
    table.each(&mut |line, entries| match entries[at] {
        Entry::Word(word) => Err(format!(
            "has \"{word}\" in line {line}, column {}, where a pixel must be a number: correct that line, or leave it out.",
            at + 1
        )),
        Entry::Number(_) => Ok(()),
    })
}
