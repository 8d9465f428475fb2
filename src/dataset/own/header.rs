//! Does the first line hold names? Names may be numbers, too: pandas writes 0, 1, 2, ...

use super::names;
use super::pixels::Frame;
use super::text::number;

/// So many columns must count on before that is taken for names.
const FEWEST: usize = 10;

/// Whether the first of these rows holds the names of the columns.
pub(super) fn holds_names(rows: &[Vec<String>]) -> bool {
    let Some((first, rest)) = rows.split_first() else {
        return false;
    };
    let column = |at: usize| rest.iter().filter_map(move |row| row.get(at));
    let differs = |(at, name): (usize, &String)| {
        let numbers_below = column(at).all(|entry| number(entry).is_some());
        let told = names::label_rank(name).is_some() && column(at).all(|entry| entry != name);
        number(name).is_none() && (numbers_below || told)
    };
    let named = !rest.is_empty() && first.iter().enumerate().any(differs);
    let numbers: Vec<f64> = first.iter().filter_map(|entry| number(entry)).collect();
    // A word in a line of numbers is a fault in them, which is better said than taken for a name.
    let count = numbers.len() <= 1 || counts_on(&numbers) || is_made_unique(first);
    count && (named || numbers.len() > FEWEST)
}

/// 0, 1, 2, ... but for an entry or two.
fn counts_on(numbers: &[f64]) -> bool {
    let on = numbers.windows(2).filter(|pair| pair[1] == pair[0] + 1.0);
    on.count() + 2 >= numbers.len()
}

/// Whether names say more than the column's place.
pub(super) fn say_something(names: &[String]) -> bool {
    let is_word = |name: &String| !name.is_empty() && number(name).is_none();
    names.iter().any(is_word)
}

/// 5, 0, 0.1, 0.2, 18, 18.1: a line of pixels that pandas once took for names, and numbered
/// where they were equal.
fn is_made_unique(first: &[String]) -> bool {
    let mut seen = std::collections::BTreeMap::new();
    let mut repeated = 0;
    for entry in first {
        let (value, times) = match entry.split_once('.') {
            Some((value, times)) => (value, times.parse::<u32>().ok()),
            None => (entry.as_str(), Some(0)),
        };
        let expected = seen.entry(value).or_insert(0);
        if times != Some(*expected)
            || times.is_some_and(|n| n > 0 && !entry.ends_with(&format!(".{n}")))
        {
            return false;
        }
        *expected += 1;
        repeated += usize::from(*expected > 1);
    }
    repeated >= FEWEST
}

/// The names as they are if they differ in numbers only, as those of pixels do: of each
/// column whether its name is such a one. None if most names are no pixels'.
pub(super) fn pixels(names: &[String]) -> Option<Vec<bool>> {
    let forms: Vec<String> = names.iter().map(|name| form(name)).collect();
    let mut counts = std::collections::BTreeMap::new();
    for form in &forms {
        *counts.entry(form).or_insert(0) += 1;
    }
    let (form, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    let is_pixel = forms.iter().map(|other| other == form).collect();
    (form.contains('#') && 2 * count >= names.len()).then_some(is_pixel)
}

/// How pixels lie whose names say it.
#[derive(Debug, PartialEq)]
pub(super) struct Order {
    /// Which of the columns is the first pixel, and so on, row by row.
    pub columns: Vec<usize>,
    /// Height and width, if the names give them.
    pub sides: Option<(usize, usize)>,
}

/// The order that the names of pixels give: `pixel0` to `pixel783`; `1x1` to `28x20`; `pixel_0_0`
/// to `pixel_7_7`. None where they do not differ in one or two numbers.
pub(super) fn order(names: &[&str]) -> Option<Order> {
    let numbers = |name: &&str| -> Option<Vec<usize>> {
        let parts = name.split(|c: char| !c.is_ascii_digit());
        parts
            .filter(|part| !part.is_empty())
            .map(|part| part.parse().ok())
            .collect()
    };
    let mut numbers: Vec<Vec<usize>> = names.iter().map(numbers).collect::<Option<_>>()?;
    let form = form(names.first()?);
    // A "#" that stands in a name looks like a number in its form, and is none.
    let is_like = |(name, of_name): (&&str, &Vec<usize>)| {
        self::form(name) == form && of_name.len() == numbers[0].len()
    };
    if !names.iter().zip(&numbers).all(is_like) {
        return None;
    }
    if let Some(constant) = no_place(&form, &numbers) {
        numbers.iter_mut().for_each(|numbers| {
            numbers.remove(constant);
        });
    }
    let places: Vec<(usize, usize)> = match numbers.first()?.len() {
        1 => numbers.iter().map(|number| (0, number[0])).collect(),
        2 => {
            let across = is_across_first(&form, &numbers);
            let place = |at: &Vec<usize>| {
                if across {
                    (at[1], at[0])
                } else {
                    (at[0], at[1])
                }
            };
            numbers.iter().map(place).collect()
        }
        _ => return None,
    };
    let mut columns: Vec<usize> = (0..names.len()).collect();
    columns.sort_by_key(|&at| places[at]);
    if columns
        .windows(2)
        .any(|pair| places[pair[0]] == places[pair[1]])
    {
        return None;
    }
    let (first, last) = (places[*columns.first()?], places[*columns.last()?]);
    let cols = last
        .1
        .checked_sub(first.1)
        .and_then(|cols| cols.checked_add(1));
    let rows = (last.0 - first.0).checked_add(1);
    let sides = rows.zip(cols).filter(|&(rows, cols)| {
        numbers[0].len() == 2 && rows.checked_mul(cols) == Some(names.len())
    });
    Some(Order { columns, sides })
}

/// Which of two numbers is the same in all names, as in `img1_px0` to `img1_px63`: it is no place
/// where nothing calls it one, and the pixels make up a square without it.
fn no_place(form: &str, numbers: &[Vec<usize>]) -> Option<usize> {
    let is_constant = |at: &usize| numbers.iter().all(|other| other[*at] == numbers[0][*at]);
    let are_places = form == "#x#" || calls_across_first(form).is_some();
    let may_be = numbers[0].len() == 2 && !are_places && Frame::square(numbers.len()).is_some();
    (0..2).filter(|_| may_be).find(is_constant)
}

/// Whether the first number of two counts from left to right: as it is called, or else as it runs
/// faster, through all columns.
fn is_across_first(form: &str, numbers: &[Vec<usize>]) -> bool {
    let differs = || {
        numbers
            .get(1)
            .is_some_and(|second| second[0] != numbers[0][0])
    };
    let runs = || differs() && numbers.is_sorted_by_key(|number| (number[1], number[0]));
    calls_across_first(form).unwrap_or_else(runs)
}

/// Whether names call the first of two numbers the one that counts from left to right; none if
/// they call neither a row, a column, x or y.
fn calls_across_first(form: &str) -> Option<bool> {
    let small = form.to_ascii_lowercase();
    let (before, behind) = small.split_once('#').unwrap_or((&small, ""));
    let called = |first: char, second: char| {
        let is_no_letter = |c: char| !c.is_alphabetic();
        let mut before = before.rsplit(is_no_letter).filter(|word| !word.is_empty());
        let mut behind = behind.split(is_no_letter).filter(|word| !word.is_empty());
        before.next().is_some_and(|word| word.starts_with(first))
            && behind.next().is_some_and(|word| word.starts_with(second))
    };
    if called('r', 'c') || called('y', 'x') {
        return Some(false);
    }
    (called('x', 'y') || called('c', 'r')).then_some(true)
}

/// A name with a `#` for each of its numbers.
fn form(name: &str) -> String {
    let mut form = String::new();
    for c in name.trim().chars() {
        if !c.is_ascii_digit() {
            form.push(c);
        } else if !form.ends_with('#') {
            form.push('#');
        }
    }
    form
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        let row = |line: &str| line.split(',').map(str::to_owned).collect();
        text.lines().map(row).collect()
    }

    fn count(from: usize) -> String {
        (from..from + 16).map(|i| format!(",{i}")).collect()
    }

    #[test]
    fn names_differ_from_what_stands_below_them() {
        assert!(holds_names(&rows("label,pixel0\n5,0\n")));
        assert!(holds_names(&rows("pixel0,target\n0,cat\n1,dog\n")));
        assert!(holds_names(&rows(",0\n0,5\n")), "a nameless index");
        assert!(holds_names(&rows("label\ncat\ndog\n")));
        assert!(!holds_names(&rows("cat,0\ndog,1\n")));
        assert!(!holds_names(&rows("5,0,?,9,7\n6,1,0,0,0\n")), "a fault");
        assert!(!holds_names(&rows("5,0\n6,1\n")));
        assert!(!holds_names(&rows("label,pixel0\n")), "nothing below");
        assert!(!holds_names(&[]));
    }

    #[test]
    fn names_may_be_numbers() {
        let pixels = ",0".repeat(16);
        assert!(holds_names(&rows(&format!("0{}\n5{pixels}\n", count(1)))));
        assert!(holds_names(&rows(&format!("0{}\n5{pixels}\n", count(0)))));
        let unique: String = (1..16).map(|i| format!(",0.{i}")).collect();
        assert!(holds_names(&rows(&format!("0{unique}\n5{pixels}\n"))));
        assert!(holds_names(&rows(&format!(
            "5,0{unique},18,18.1\n5{pixels},0,0\n"
        ))));
        assert!(!holds_names(&rows(&format!("5{pixels}\n6{pixels}\n"))));
        let floats: String = (1..16).map(|i| format!(",0.{}", i * i)).collect();
        assert!(!holds_names(&rows(&format!("5{floats}\n6{floats}\n"))));
    }

    #[test]
    fn pixels_have_names_that_differ_in_numbers() {
        let names = |text: &str| rows(text).remove(0);
        let told = pixels(&names("label,pixel0,pixel1,pixel2"));
        assert_eq!(told, Some(vec![false, true, true, true]));
        assert_eq!(pixels(&names("sepal,petal,width,species")), None);
        assert!(pixels(&names("0,1,2,3")).is_some());
    }

    #[test]
    fn names_of_pixels_say_where_they_lie() {
        let told = |names: &[&str]| order(names).map(|order| (order.columns, order.sides));
        let in_order = |sides| Some(((0..6).collect::<Vec<usize>>(), Some(sides)));
        assert_eq!(
            told(&["1x1", "1x2", "1x3", "2x1", "2x2", "2x3"]),
            in_order((2, 3))
        );
        assert_eq!(
            told(&["1x1", "2x1", "3x1", "1x2", "2x2", "3x2"]),
            in_order((2, 3))
        );
        assert_eq!(
            told(&["x0y0", "x1y0", "x2y0", "x0y1", "x1y1", "x2y1"]),
            in_order((2, 3))
        );
        // Of shuffled columns the first two may look like another order.
        assert_eq!(
            told(&["1x1", "2x1", "2x3", "1x2", "1x3", "2x2"]),
            Some((vec![0, 3, 4, 1, 5, 2], Some((2, 3))))
        );
        let by_columns = ["r0c0", "r1c0", "r0c1", "r1c1", "r0c2", "r1c2"];
        assert_eq!(
            told(&by_columns),
            Some((vec![0, 2, 4, 1, 3, 5], Some((2, 3))))
        );
        let by_columns = ["row0_col0", "row1_col0", "row0_col1", "row1_col1"];
        assert_eq!(told(&by_columns), Some((vec![0, 2, 1, 3], Some((2, 2)))));
        let sorted = ["pixel0", "pixel1", "pixel10", "pixel2"];
        assert_eq!(told(&sorted), Some((vec![0, 1, 3, 2], None)));
        assert_eq!(told(&["9x9", "1x2"]), Some((vec![1, 0], None)));
        // A number that all have is no place, unless it is called one or there is no square.
        let all = |form: &str, count: usize| -> Vec<String> {
            let name = |at: usize| form.replace('?', &at.to_string());
            (0..count).map(name).collect()
        };
        for (form, count, sides) in [
            ("img1_px?", 64, None),
            ("v2_px?", 64, None),
            ("px?_of_64", 64, None),
            ("img1_px?", 50, Some((1, 50))),
            ("1x?", 64, Some((1, 64))),
            ("r0c?", 64, Some((1, 64))),
            ("x?y7", 64, Some((1, 64))),
        ] {
            let names = all(form, count);
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            assert_eq!(told(&names), Some(((0..count).collect(), sides)), "{form}");
        }
        for none in [
            &["p1", "q2"][..],
            &["p1", "p01"],
            &["1_1_1", "1_1_2"],
            &["p", "p"],
            &["p1", ""],
            &["1", "#"],
            &["p1_2", "p#_2"],
        ] {
            assert_eq!(order(none), None, "{none:?}");
        }
    }
}
