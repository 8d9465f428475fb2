//! Does the first line hold names? Names may be numbers, too: pandas writes 0, 1, 2, ...

use super::names;
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

/// Height and width, if the names of the pixels give them: `1x1` to `28x20`, `pixel_0_0` to
/// `pixel_7_7`.
pub(super) fn sides(names: &[&str]) -> Option<(usize, usize)> {
    let place = |name: &str| -> Option<[usize; 2]> {
        let numbers = name.split(|c: char| !c.is_ascii_digit());
        let numbers: Vec<usize> = numbers.filter_map(|number| number.parse().ok()).collect();
        numbers.try_into().ok()
    };
    let places: Vec<[usize; 2]> = names
        .iter()
        .map(|name| place(name))
        .collect::<Option<_>>()?;
    let (first, last) = (places.first()?, places.last()?);
    let side = |at: usize| last[at].checked_sub(first[at])?.checked_add(1);
    let (rows, cols) = (side(0)?, side(1)?);
    (rows.checked_mul(cols) == Some(names.len())).then_some((rows, cols))
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
        assert_eq!(
            sides(&["1x1", "1x2", "1x3", "2x1", "2x2", "2x3"]),
            Some((2, 3))
        );
        assert_eq!(sides(&["pixel_0_0", "pixel_0_1"]), Some((1, 2)));
        assert_eq!(sides(&["pixel0", "pixel1"]), None);
        assert_eq!(sides(&["9x9", "1x2"]), None);
    }
}
