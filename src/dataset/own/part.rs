//! What a file gives: images, with or without their labels, or a table of something else.

use super::choices::{Choices, Colours, LabelColumn};
use super::found::{Content, Found};
use super::images::{Images, Picture, are_light};
use super::label::{self, Keys};
use super::labels::Labels;
use super::names::{self, Set};
use super::numbers::Numbers;
use super::pixels::Frame;
use super::table::{Entry, Source, Table};
use super::{Told, cifar, count, few};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// A list of classes is no longer than this.
const LONGEST_LIST: usize = super::super::MAX_CLASSES;

/// What a file gives.
pub(super) struct Part {
    pub path: String,
    /// The set that its name tells.
    pub set: Option<Set>,
    pub gives: Gives,
}

/// Images, or what may be their labels.
pub(super) enum Gives {
    /// Images and their labels.
    Both(Images, Labels),
    /// Images alone.
    Images(Images),
    /// Rows without images.
    Rows(Rows),
}

/// Rows that may be the labels of images in another file.
pub(super) struct Rows {
    pub source: Source,
    /// How many there are.
    pub count: usize,
    /// How many columns they have, but for those that are empty or count the lines.
    pub columns: usize,
    /// Whether no row has what another has, as in a list of the classes.
    pub is_list: bool,
}

impl Part {
    /// Reads what was found.
    ///
    /// # Errors
    /// What is wrong with it, as the end of a sentence that begins with its name.
    pub fn of(found: &Found, choices: &Choices, told: &mut Told) -> Result<Self, String> {
        let path = &found.path;
        let gives = match &found.content {
            Content::Array(numbers) => of_array(numbers),
            Content::Table(source) => of_table(path, source, choices, told),
            Content::Cifar(labels, bytes) => of_cifar(path, *labels, bytes, choices, told),
        };
        Ok(Self {
            path: path.clone(),
            set: names::set(path),
            gives: gives?,
        })
    }
}

fn of_array(numbers: &Numbers) -> Result<Gives, String> {
    let frame = Frame::of_sizes(numbers.sizes()).ok_or_else(|| {
        let sizes: Vec<String> = numbers.sizes().iter().map(usize::to_string).collect();
        format!(
            "is an array of {} numbers, which are no images: give count x height x width, maybe with 1, 3 or 4 colours behind that.",
            sizes.join(" x ")
        )
    })?;
    Images::of_array(numbers.clone(), frame).map(Gives::Images)
}

fn of_table(
    path: &str,
    source: &Source,
    choices: &Choices,
    told: &mut Told,
) -> Result<Gives, String> {
    let table = Rc::new(read(source, choices.names, choices)?);
    if table.rows == 0 {
        return Err(
            "holds no images: give it a line for each image, its label and its pixels.".into(),
        );
    }
    let layout = label::layout(&table, wanted(&table, choices))
        .inspect_err(|_| told.unclear(path, &table))?;
    let Some((pixels, frame)) = layout.pixels else {
        let used = (0..table.columns.len()).filter(|at| !label::is_beside(&table, *at));
        return Ok(Gives::Rows(Rows {
            source: source.clone(),
            count: table.rows,
            columns: used.count(),
            is_list: table.rows <= LONGEST_LIST && label::has_all_different(&table),
        }));
    };
    told.first_line(path, &table);
    told.taken_out(path, &table);
    told.left_out(path, &table, &layout.left_out);
    if !pixels.is_sorted() {
        told.notes.push(format!(
            "{path}: the pixels stand in another order than the numbers in their names, and are taken in that of the numbers."
        ));
    }
    let labels = layout.label.as_ref().map(|label| {
        told.label(path, &table, label);
        label::labels(&table, label)
    });
    let labels = labels.transpose()?.cloned();
    label::check_numbers(&table, &pixels)?;
    let images = in_order(Images::of_table(&table, pixels, frame), path, choices, told)?;
    Ok(match labels {
        Some(labels) => Gives::Both(images, labels),
        None => Gives::Images(images),
    })
}

/// The images with the colours of a pixel where they were chosen to be, or likely are.
fn in_order(
    mut images: Images,
    path: &str,
    choices: &Choices,
    told: &mut Told,
) -> Result<Images, String> {
    if !images.frame.is_coloured() {
        return Ok(images);
    }
    let colours = match choices.colours {
        Some(colours) => colours,
        None => images.likelier()?,
    };
    images.frame.planes = colours == Colours::Planes;
    let options = [
        (Colours::Pixels, "red, green and blue of each pixel in turn"),
        (
            Colours::Planes,
            "all red values, then all green and all blue ones",
        ),
    ];
    told.guesses
        .choose("colours", path, colours, &options, |words| {
            format!("a line holds {words}.")
        });
    Ok(images)
}

fn of_cifar(
    path: &str,
    labels: cifar::Labels,
    bytes: &Rc<Vec<u8>>,
    choices: &Choices,
    told: &mut Told,
) -> Result<Gives, String> {
    let (labels, pictures) = cifar::read(bytes, labels);
    let frame = Frame::of_sizes(pictures.sizes()).expect("three planes of 32 x 32");
    let table = read(&Source::Numbers(labels), None, choices)?;
    let fine = LabelColumn::Number(table.columns.len());
    let label = wanted(&table, choices).unwrap_or(&fine);
    if table.columns.len() > 1 {
        let options = [(1, "the 20 coarse classes"), (2, "the 100 fine classes")];
        let column = if *label == fine { 2 } else { 1 };
        told.guesses
            .choose("label", path, column, &options, |words| {
                format!("the labels are {words}.")
            });
    }
    let labels = label::labels(&table, label)?.clone();
    Ok(Gives::Both(Images::of_array(pictures, frame)?, labels))
}

impl Rows {
    /// These rows as the labels of `images`, if they can be: by what both call an image, where they do.
    /// Words of which most are there once are labels only where these are `known`, or as the name
    /// of their file says.
    pub fn labels(
        &self,
        path: &str,
        images: &Images,
        known: Option<&BTreeSet<String>>,
        choices: &Choices,
        told: &mut Told,
    ) -> Option<Labels> {
        let count = images.count;
        let mut table = read(&self.source, choices.names, choices).ok()?;
        if table.rows == count + 1 && table.first_line == Some(false) && choices.names.is_none() {
            // A name such as 0 differs from labels only in being one too many.
            table = read(&self.source, Some(true), choices).ok()?;
        }
        if table.rows != count {
            return None;
        }
        let layout = label::layout(&table, wanted(&table, choices)).ok()?;
        let rare = |known| label::words_alone(&table, names::are_labels(path), known);
        let label = layout.label.or_else(|| known.and_then(rare))?;
        let labels = label::labels(&table, &label).ok()?.clone();
        told.first_line(path, &table);
        told.taken_out(path, &table);
        told.label(path, &table, &label);
        let Some(keys) = label::keys(&table, Some(&label)) else {
            return Some(labels);
        };
        let of_images = images.table().and_then(|table| label::keys(table, None));
        let places = of_images
            .as_ref()
            .and_then(|of_images| keys.places_of(of_images));
        match places {
            Some(places) if places.is_sorted() => Some(labels),
            Some(places) => {
                told.joined(path, &keys);
                Some(labels.in_order(&places))
            }
            None => {
                told.by_line(path, &keys, of_images.as_ref());
                Some(labels)
            }
        }
    }

    /// Why none of these rows can be labels, as the end of a sentence that begins with their file's name.
    pub fn no_labels(&self, choices: &Choices) -> String {
        let is_fraction = |value: &f64| value.fract() != 0.0;
        let fraction = |entry: &Entry<'_>| entry.number().filter(is_fraction);
        let table = read(&self.source, choices.names, choices);
        let whole = table.and_then(|table| {
            table.each(&mut |line, entries| match entries.iter().find_map(fraction) {
                Some(value) => Err(format!(
                    "has {value} in line {line}, which is no label: labels are at most {LONGEST_LIST} words or whole numbers. Correct it, or leave it out with its image."
                )),
                None => Ok(()),
            })
        });
        whole.err().unwrap_or_else(|| format!(
            "has entries that are not those of classes: labels are whole numbers or at most {LONGEST_LIST} words, each for several images. Give the file of the labels in its place."
        ))
    }
}

impl Told {
    fn first_line(&mut self, path: &str, table: &Table) {
        let Some(first_line) = table.first_line else {
            return;
        };
        let first = match table.title() {
            Some(_) => "the first line of the table",
            None => "the first line",
        };
        let options = [
            (true, "holds the names of the columns"),
            (false, "is data, as the others are"),
        ];
        self.guesses
            .choose("names", path, first_line, &options, |words| {
                format!("{first} {words}.")
            });
        if let Some((line, title)) = table.title() {
            let title = title.trim_matches(|c: char| c.is_whitespace() || ",;|\"".contains(c));
            self.notes.push(format!(
                "{path}: line {line} (\"{title}\") is taken for a title, and left out."
            ));
        }
    }

    fn taken_out(&mut self, path: &str, table: &Table) {
        let lines = table.taken_out();
        if lines > 0 {
            let lines = count(lines, "line");
            self.notes.push(format!(
                "{path}: {lines} with a # or % before what would be a row: left out as remarks. If the mark belongs to the label, put that into double quotes."
            ));
        }
    }

    fn left_out(&mut self, path: &str, table: &Table, columns: &[usize]) {
        for &at in columns.iter().filter(|at| !table.columns[**at].is_empty()) {
            let column = label::words(table, &LabelColumn::Number(at + 1));
            let why = if label::counts_lines(table, at) {
                "counts the lines or names the images"
            } else {
                "is neither the label nor a pixel"
            };
            self.notes
                .push(format!("{path}: {column} {why}, and is left out."));
        }
    }

    /// That labels stand in another order than their images.
    fn joined(&mut self, path: &str, keys: &Keys) {
        self.notes.push(format!(
            "{path}: the labels stand in another order than the images, and are put to them by {}.",
            keys.words
        ));
    }

    /// That images and labels belong together by their lines, where what the labels call them says nothing else.
    fn by_line(&mut self, path: &str, keys: &Keys, of_images: Option<&Keys>) {
        let why = match of_images {
            Some(of_images) if of_images.counts && keys.counts => return,
            Some(_) => "does not name the images as their own file does",
            None if keys.counts => return,
            None => "does not count the lines, and the images have no names",
        };
        self.notes.push(format!(
            "{path}: {} {why}: the first label is taken for that of the first image, and so on. If it is not, put the labels into the order of the images.",
            keys.words
        ));
    }

    /// What may be chosen of a table whose columns nothing tells apart.
    fn unclear(&mut self, path: &str, table: &Table) {
        self.first_line(path, table);
        self.unlabelled(path, table);
    }

    /// What may be chosen of a table of images that has no label.
    pub(super) fn unlabelled(&mut self, path: &str, table: &Table) {
        let sentence = "no column is known to be the label.";
        let options = label::options(table, None);
        self.guesses
            .add("label", path, None::<LabelColumn>, sentence, options);
    }

    /// Which folder is the class, where there may be doubt: there is none if it is the innermost,
    /// and others differ only in the sets that they name.
    fn class_depth(&mut self, class: usize, folders: &[&[&str]]) {
        let is_even = folders.iter().all(|other| other.len() == folders[0].len());
        let mut outer = class + 1..=folders[0].len();
        let is_sure = !are_named_like_sets(folders, class);
        if class == 1 && is_even && is_sure && outer.all(|depth| !may_be_class(folders, depth)) {
            return;
        }
        let which = match class {
            1 => "in which it lies".to_owned(),
            _ => format!("{} above that in which it lies", class - 1),
        };
        self.notes.push(format!(
            "The class of a picture is the folder {which}, such as {}.",
            folders[0][folders[0].len() - class]
        ));
    }

    fn label(&mut self, path: &str, table: &Table, label: &LabelColumn) {
        if table.columns.len() > 1 {
            let sentence = format!("the label is in {}.", label::words(table, label));
            let options = label::options(table, Some(label));
            self.guesses.add("label", path, label, &sentence, options);
        }
    }
}

fn read(source: &Source, names: Option<bool>, choices: &Choices) -> Result<Table, String> {
    let label = |names: &[String]| {
        let label = choices.label.as_ref()?;
        Some(label.columns(names.iter().map(String::as_str))?.start)
    };
    Table::read(source, names, label, label::one_hot_candidates)
}

/// Where somebody says that the labels are: of a single column there is no choice.
fn wanted<'a>(table: &Table, choices: &'a Choices) -> Option<&'a LabelColumn> {
    choices.label.as_ref().filter(|_| table.columns.len() > 1)
}

/// Pictures, each in a folder that is called like its class.
///
/// # Errors
/// A whole sentence about what is wrong with them.
pub(super) fn of_pictures(pictures: &[Rc<Picture>], told: &mut Told) -> Result<Vec<Part>, String> {
    if pictures.is_empty() {
        return Ok(Vec::new());
    }
    let pictures = &without_strays(pictures, told);
    let folders: Vec<Vec<&str>> = pictures
        .iter()
        .map(|picture| folders(&picture.path))
        .collect();
    let class = class_depth(&folders).ok_or_else(|| format!(
        "{} lies in no folder that tells its class: put the pictures of each class into a folder with its name.",
        pictures[0].path
    ))?;
    let sides = |picture: &Rc<Picture>| picture.sides;
    let first = sides(&pictures[0]);
    let largest = pictures
        .iter()
        .map(sides)
        .fold((0, 0), |a, b| (a.0.max(b.0), a.1.max(b.1)));
    if pictures.iter().any(|picture| sides(picture) != first) {
        told.notes.push(format!(
            "The pictures have different sizes: all of them are brought to {} x {} pixels.",
            largest.0, largest.1
        ));
    } else if pictures[0].sides != pictures[0].sides_before {
        let (rows, cols) = pictures[0].sides_before;
        told.notes.push(format!(
            "The pictures have {rows} x {cols} pixels and are made smaller: {} x {}.",
            largest.0, largest.1
        ));
    }
    let black = are_light(pictures);
    if black {
        told.notes.push(
            "The pictures are transparent, and what is drawn on them is light: they lie on black."
                .into(),
        );
    }
    let placed = pictures.iter().zip(&folders);
    let placed = placed.map(|(picture, folders)| Placed {
        picture,
        folders,
        class,
    });
    let placed: Vec<Placed> = placed.collect();
    let by_name = are_sets_named(&placed);
    if by_name {
        told.notes.push(format!(
            "The sets are taken from the names of the pictures, such as {}.",
            names::name(&pictures[0].path)
        ));
    }
    let mut sets: BTreeMap<Option<Set>, Vec<Placed>> = BTreeMap::new();
    for placed in placed {
        let set = if by_name {
            placed.set_of_name()
        } else {
            placed.set()
        };
        sets.entry(set).or_default().push(placed);
    }
    // Where other folders name sets, a set in the place of a class holds pictures without one.
    if sets.keys().any(Option::is_some)
        && let Some(unset) = sets.get_mut(&None)
    {
        let all = unset.len();
        unset.retain(|placed| names::set(placed.class()).is_none());
        let left_out = all - unset.len();
        if left_out > 0 {
            told.notes.push(format!(
                "{left_out} pictures lie in a folder for a set, but in none that tells their class: they are left out."
            ));
        }
        sets.retain(|_, pictures| !pictures.is_empty());
    }
    let kept: Vec<&[&str]> = sets
        .values()
        .flatten()
        .map(|placed| placed.folders)
        .collect();
    told.class_depth(class, &kept);
    let part = |(set, pictures): (Option<Set>, Vec<Placed>)| {
        let labels = Labels::of(pictures.iter().map(Placed::class))
            .ok_or("The pictures lie in too many folders: give a folder for each class.")?;
        let place = place(&pictures);
        let pictures: Vec<Rc<Picture>> = pictures.iter().map(|p| Rc::clone(p.picture)).collect();
        Ok(Part {
            path: format!("The pictures in {place}")
                .trim_end_matches(" in ")
                .into(),
            set,
            gives: Gives::Both(Images::of_pictures(pictures, largest, black), labels),
        })
    };
    sets.into_iter().map(part).collect()
}

/// A picture, the folders that it lies in, and how deep that of its class is.
struct Placed<'a> {
    picture: &'a Rc<Picture>,
    folders: &'a [&'a str],
    class: usize,
}

impl<'a> Placed<'a> {
    fn class(&self) -> &'a str {
        self.folders[self.folders.len() - self.class]
    }

    fn above(&self) -> &'a [&'a str] {
        &self.folders[..self.folders.len() - self.class]
    }

    fn below(&self) -> String {
        self.folders[self.folders.len() - self.class + 1..].join("/")
    }

    /// The innermost that is named, as for files: also below the class, as in cat/train, cat/test,
    /// dog/train and so on.
    fn set(&self) -> Option<Set> {
        names::set(&self.below()).or_else(|| names::set(&self.above().join("/")))
    }

    fn set_of_name(&self) -> Option<Set> {
        names::set(names::name(&self.picture.path))
    }
}

/// Whether the pictures' own names say their sets: all do, where no folder does. Names that begin
/// with that of a class may say `test` as well: each class must have some to train on.
fn are_sets_named(pictures: &[Placed]) -> bool {
    let is_told = |placed: &Placed| placed.set().is_none() && placed.set_of_name().is_some();
    if !pictures.iter().all(is_told) {
        return false;
    }
    let is_to_train = |placed: &&Placed| placed.set_of_name() == Some(Set::Train);
    let to_train: BTreeSet<&str> = pictures
        .iter()
        .filter(is_to_train)
        .map(Placed::class)
        .collect();
    let some_test = !pictures.iter().all(|placed| is_to_train(&placed));
    some_test
        && pictures
            .iter()
            .all(|placed| to_train.contains(placed.class()))
}

/// Where all of them lie, as far as that can be said.
fn place(pictures: &[Placed]) -> String {
    let common = pictures.iter().map(Placed::above).reduce(|a, b| {
        let alike = a.iter().zip(b).take_while(|(a, b)| a == b);
        &a[..alike.count()]
    });
    let common = common.unwrap_or_default().join("/");
    match pictures.first().map(Placed::below) {
        Some(below) if names::set(&below).is_some() => format!("{common}/*/{below}"),
        _ => common,
    }
}

/// The pictures but for those that lie beside the folders of the others, as a preview does.
fn without_strays(pictures: &[Rc<Picture>], told: &mut Told) -> Vec<Rc<Picture>> {
    let mut counts: BTreeMap<Vec<&str>, usize> = BTreeMap::new();
    for picture in pictures {
        *counts.entry(folders(&picture.path)).or_default() += 1;
    }
    let beside_others = |(folder, count): &(&Vec<&str>, &usize)| {
        // What lies in a folder comes right behind it.
        let behind = counts.range::<Vec<&str>, _>(*folder..).skip(1);
        let inside = behind.take_while(|(other, _)| other.starts_with(folder));
        let inside: Vec<usize> = inside.map(|(_, count)| *count).collect();
        inside.len() > 1 && inside.iter().sum::<usize>() > **count
    };
    let of_strays: BTreeSet<&Vec<&str>> = counts
        .iter()
        .filter(beside_others)
        .map(|(folder, _)| folder)
        .collect();
    let is_stray = |picture: &&Rc<Picture>| of_strays.contains(&folders(&picture.path));
    let (strays, others): (Vec<&Rc<Picture>>, Vec<&Rc<Picture>>) =
        pictures.iter().partition(is_stray);
    if !strays.is_empty() {
        let paths: Vec<String> = strays.iter().map(|picture| picture.path.clone()).collect();
        told.notes.push(format!(
            "Left out, as they lie beside the folders of the other pictures: {}.",
            few(&paths)
        ));
    }
    others.into_iter().map(Rc::clone).collect()
}

/// The folders that `path` lies in, the outermost first.
fn folders(path: &str) -> Vec<&str> {
    let mut folders: Vec<&str> = path
        .split('/')
        .filter(|folder| !folder.is_empty())
        .collect();
    folders.pop();
    folders
}

/// How deep the folder with the class lies, from the picture outwards, from 1: the innermost
/// that differs from picture to picture and does not name a set for all of them; or else one
/// that says more than the set.
fn class_depth(folders: &[Vec<&str>]) -> Option<usize> {
    let shallowest = folders.iter().map(Vec::len).min()?;
    let folders: Vec<&[&str]> = folders.iter().map(Vec::as_slice).collect();
    let innermost = |is: fn(&[&[&str]], usize) -> bool| (1..=shallowest).find(|&d| is(&folders, d));
    innermost(may_be_class).or_else(|| innermost(are_named_like_sets))
}

/// Whether the folders at `depth`, which all have, differ and are not all those of sets.
fn may_be_class(folders: &[&[&str]], depth: usize) -> bool {
    let at = || folders.iter().map(|folders| folders[folders.len() - depth]);
    let first = at().next();
    at().any(|folder| Some(folder) != first) && !at().all(|folder| names::set(folder).is_some())
}

/// Whether the folders at `depth` all have the word of a set in their names, and are no sets even
/// so: the rest differs, as in `dev_ops` and `test_eng`. In `seg_train` and `seg_test` it does not,
/// nor in `train` and `test_set`.
fn are_named_like_sets(folders: &[&[&str]], depth: usize) -> bool {
    let at = || folders.iter().map(|folders| folders[folders.len() - depth]);
    let rest = |folder| Some(names::unnumbered(&names::stem(folder))).filter(|r| !r.is_empty());
    let different: BTreeSet<String> = at().filter_map(rest).collect();
    different.len() > 1 && at().all(|folder| names::set(folder).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pictures(paths: &[&str]) -> Vec<Rc<Picture>> {
        let picture = |path: &&str| Picture::new((*path).into(), (1, 2), &[9; 8]).expect("whole");
        paths.iter().map(picture).map(Rc::new).collect()
    }

    #[test]
    fn pictures_of_a_set_but_of_no_class_are_left_out() {
        let given = pictures(&[
            "d/train/0/a1.png",
            "d/train/1/a2.png",
            "d/val/0/b1.png",
            "d/test/7.png",
            "d/test/8.png",
        ]);
        let mut told = Told::default();
        let parts = of_pictures(&given, &mut told).expect("two sets");
        let said: Vec<_> = parts.iter().map(|part| (part.set, &*part.path)).collect();
        let [train, valid] = ["The pictures in d/train", "The pictures in d/val"];
        assert_eq!(said, [(Some(Set::Train), train), (Some(Set::Valid), valid)]);
        assert!(
            told.notes[0].starts_with("2 pictures lie in a folder for a set"),
            "{:?}",
            told.notes
        );
    }

    #[test]
    fn a_class_may_be_called_like_a_set() {
        let given = pictures(&["car/1.png", "train/2.png", "plane/3.png"]);
        let mut told = Told::default();
        let parts = of_pictures(&given, &mut told).expect("one set");
        assert_eq!((parts.len(), &*parts[0].path), (1, "The pictures"));
        assert!(told.notes.is_empty(), "{:?}", told.notes);
    }

    fn classes(parts: &[Part]) -> Vec<(Option<Set>, &[String])> {
        let of_part = parts.iter().map(|part| match &part.gives {
            Gives::Both(_, labels) => (part.set, labels.names.as_slice()),
            _ => (part.set, &[][..]),
        });
        of_part.collect()
    }

    #[test]
    fn a_set_may_be_named_below_the_class() {
        let given = pictures(&[
            "mine/cat/train/1.png",
            "mine/cat/test/2.png",
            "mine/dog/train/3.png",
            "mine/dog/test/4.png",
        ]);
        let mut told = Told::default();
        let parts = of_pictures(&given, &mut told).expect("two sets");
        let names = ["cat".to_owned(), "dog".to_owned()];
        let expected = [
            (Some(Set::Train), &names[..]),
            (Some(Set::Test), &names[..]),
        ];
        assert_eq!(classes(&parts), expected);
        assert_eq!(parts[1].path, "The pictures in mine/*/test");
        let said =
            "The class of a picture is the folder 1 above that in which it lies, such as cat.";
        assert_eq!(told.notes, [said]);
    }

    #[test]
    fn a_set_below_the_class_counts_before_one_above_it() {
        let paths = ["cat/train/1", "cat/test/2", "dog/train/3", "dog/test/4"]
            .map(|path| format!("training_data/{path}.png"));
        let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
        let parts = of_pictures(&pictures(&paths), &mut Told::default()).expect("two sets");
        let said: Vec<_> = parts.iter().map(|part| (part.set, &*part.path)).collect();
        let expected = [
            (Set::Train, "The pictures in training_data/*/train"),
            (Set::Test, "The pictures in training_data/*/test"),
        ];
        assert_eq!(said, expected.map(|(set, place)| (Some(set), place)));
    }

    #[test]
    fn the_class_that_is_said_is_that_of_a_picture_that_is_kept() {
        let given = pictures(&["k/test/1.png", "k/train/cat/2.png", "k/train/dog/3.png"]);
        let mut told = Told::default();
        let parts = of_pictures(&given, &mut told).expect("one set");
        let names = ["cat", "dog"].map(str::to_owned);
        assert_eq!(classes(&parts), [(Some(Set::Train), &names[..])]);
        assert!(told.notes[0].starts_with("1 pictures lie in a folder for a set"));
        assert_eq!(
            told.notes.len(),
            1,
            "the innermost, and all lie equally deep"
        );
    }

    #[test]
    fn which_folder_is_the_class_is_said_where_two_levels_differ() {
        for (paths, class, place) in [
            (["d/0/anna", "d/0/ben", "d/1/anna"], "anna", "d"),
            (["rose/2023", "rose/2024", "tulip/2023"], "2023", ""),
            (["by/30/hsf_0", "by/30/hsf_1", "by/31/hsf_0"], "hsf_0", "by"),
        ] {
            let paths = paths.map(|path| format!("{path}/1.png"));
            let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
            let mut told = Told::default();
            let parts = of_pictures(&pictures(&paths), &mut told).expect("one set");
            let said =
                format!("The class of a picture is the folder in which it lies, such as {class}.");
            assert_eq!(told.notes, [said]);
            let place = format!("The pictures in {place}");
            assert_eq!(parts[0].path, place.trim_end_matches(" in "));
        }
        let mut told = Told::default();
        let sets = pictures(&["d/train/0/1.png", "d/train/1/2.png", "d/test/0/3.png"]);
        of_pictures(&sets, &mut told).expect("two sets");
        assert_eq!(told.notes, [""; 0]);
    }

    #[test]
    fn pictures_beside_the_folders_of_others_are_left_out() {
        for (stray, folder) in [
            ("mine/preview.png", "mine"),
            ("preview.png", "mine"),
            ("mine/train/preview.png", "mine/train"),
        ] {
            let paths =
                ["cat/1.png", "cat/2.png", "dog/3.png"].map(|path| format!("{folder}/{path}"));
            let paths: Vec<&str> = [stray]
                .into_iter()
                .chain(paths.iter().map(String::as_str))
                .collect();
            let mut told = Told::default();
            let parts = of_pictures(&pictures(&paths), &mut told).expect("one set");
            let names = ["cat".to_owned(), "dog".to_owned()];
            assert_eq!(
                (parts.len(), classes(&parts)[0].1),
                (1, &names[..]),
                "{stray}"
            );
            let note =
                format!("Left out, as they lie beside the folders of the other pictures: {stray}.");
            assert_eq!(told.notes, [note]);
        }
    }

    #[test]
    fn which_folder_is_the_class_is_said_where_they_lie_in_more_and_in_fewer() {
        let given = pictures(&["mine/cat/a/1.png", "mine/cat/b/2.png", "mine/dog/3.png"]);
        let mut told = Told::default();
        let parts = of_pictures(&given, &mut told).expect("one set");
        let names = ["a", "b", "dog"].map(str::to_owned);
        assert_eq!(classes(&parts), [(None, &names[..])]);
        let said = "The class of a picture is the folder in which it lies, such as a.";
        assert_eq!(told.notes, [said]);
    }
}
