//! A training and a test set from the files that somebody has: IDX or CSV, told apart
//! by what is in them, and training from test by their names.

use super::idx::{self, Kind};
use super::subset::balanced_order;
use super::{Dataset, SHARD_SIZE, csv};
use crate::error::{Error, Result};

/// Of images that come as one set, every so many-th of each class is kept for testing.
const TEST_SHARE: u32 = 5;
/// What stands in the name of a file of test images.
const TEST_NAMES: [&str; 3] = ["t10k", "test", "valid"];

/// A file, unpacked.
#[derive(Debug, Clone)]
pub struct NamedFile {
    /// Its name, without folders.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl NamedFile {
    fn is_test(&self) -> bool {
        let name = self.name.to_ascii_lowercase();
        TEST_NAMES.iter().any(|test| name.contains(test))
    }
}

/// A training and a test set of equal image size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnData {
    /// Images to train on.
    pub train: Dataset,
    /// Images to test with.
    pub test: Dataset,
}

impl OwnData {
    /// Reads the files of a data set. Where no name tells of a test set, every fifth
    /// image of each class becomes a test image.
    ///
    /// # Errors
    /// What [`Dataset::from_idx`] and [`csv::parse`] report, and [`Error::Files`] if the
    /// files do not make up one set, or one for training and one for testing.
    pub fn from_files(files: &[NamedFile]) -> Result<Self> {
        let (test, train): (Vec<&NamedFile>, Vec<&NamedFile>) =
            files.iter().partition(|file| file.is_test());
        // A single set is a training set, whatever it is called.
        let (train, test) = if train.is_empty() {
            (test, train)
        } else {
            (train, test)
        };
        let train = one_set(&train, "training")?;
        if test.is_empty() {
            return Ok(split(&train));
        }
        Ok(Self {
            train,
            test: one_set(&test, "test")?,
        })
    }
}

/// The data set in one CSV file, or in a pair of IDX files.
fn one_set(files: &[&NamedFile], what: &str) -> Result<Dataset> {
    let of_kind = |kind| {
        let found = files
            .iter()
            .filter(|file| idx::kind_of(&file.bytes) == kind);
        found.copied().collect::<Vec<&NamedFile>>()
    };
    let (images, labels) = (of_kind(Some(Kind::Images)), of_kind(Some(Kind::Labels)));
    let others = of_kind(None);
    match (images.as_slice(), labels.as_slice(), others.as_slice()) {
        ([images], [labels], []) => Dataset::from_idx(&images.bytes, &labels.bytes),
        ([], [], [file]) => csv::parse(&file.bytes),
        ([], [], []) => refuse("There are no files: give a CSV file, or an IDX file of images and one of their labels.".into()),
        ([images], [], []) => refuse(format!(
            "{} holds {what} images without their labels: give the file with their labels, too.",
            images.name
        )),
        ([], [labels], []) => refuse(format!(
            "{} holds {what} labels without their images: give the file with their images, too.",
            labels.name
        )),
        _ => {
            let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
            refuse(format!(
                "{} are too many files for one {what} set: it is one CSV file, or an IDX file of images and one of labels. The names of files for testing have \"test\" in them.",
                names.join(", ")
            ))
        }
    }
}

fn refuse<T>(message: String) -> Result<T> {
    Err(Error::Files { message })
}

fn split(all: &Dataset) -> OwnData {
    let mut seen = [0; super::MAX_CLASSES];
    let (mut train, mut test) = (Vec::new(), Vec::new());
    for (index, &label) in (0..).zip(all.labels()) {
        let rank = &mut seen[usize::from(label)];
        *rank += 1;
        if *rank % TEST_SHARE == 0 {
            test.push(index);
        } else {
            train.push(index);
        }
    }
    OwnData {
        train: all.select(&train),
        test: all.select(&test),
    }
}

/// The set in balanced order, cut into shards as the site's own data are: the first ones
/// are enough for a small run; see [`super::subset`].
pub fn shards(set: &Dataset) -> Vec<Dataset> {
    let order = balanced_order(set.labels());
    let chunks = order.chunks(SHARD_SIZE);
    chunks.map(|chunk| set.select(chunk)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::idx::tests::{image_file, label_file};

    fn file(name: &str, bytes: &[u8]) -> NamedFile {
        NamedFile {
            name: name.into(),
            bytes: bytes.to_vec(),
        }
    }

    fn idx_pair(set: &str, labels: &[u8]) -> [NamedFile; 2] {
        let pixels: Vec<u8> = labels.iter().map(|label| label + 100).collect();
        [
            file(
                &format!("{set}-images"),
                &image_file(labels.len() as u32, 1, 1, &pixels),
            ),
            file(&format!("{set}-labels"), &label_file(labels)),
        ]
    }

    #[test]
    fn four_idx_files_are_two_sets_in_any_order() {
        let [train_images, train_labels] = idx_pair("train", &[0, 1, 2]);
        let [test_images, test_labels] = idx_pair("t10k", &[2, 1]);
        let files = [test_labels, train_images, test_images, train_labels];
        let data = OwnData::from_files(&files).expect("accepted");
        assert_eq!(
            (data.train.labels(), data.test.labels()),
            (&[0, 1, 2][..], &[2, 1][..])
        );
        assert_eq!(data.test.image(0), [102]);
    }

    #[test]
    fn of_one_set_every_fifth_image_of_each_class_is_for_testing() {
        let labels: Vec<u8> = (0..40).map(|i| i % 4).collect();
        for name in ["mine", "test"] {
            let data = OwnData::from_files(&idx_pair(name, &labels)).expect("accepted");
            assert_eq!((data.train.len(), data.test.len()), (32, 8));
            for class in 0..4 {
                let of_class = data.test.labels().iter().filter(|&&label| label == class);
                assert_eq!(of_class.count(), 2);
            }
        }
    }

    #[test]
    fn csv_and_idx_may_be_mixed() {
        let [images, labels] = idx_pair("test", &[1]);
        let data = OwnData::from_files(&[images, file("a.csv", b"0,9\n1,8\n"), labels]);
        let data = data.expect("accepted");
        assert_eq!(
            (data.train.labels(), data.test.labels()),
            (&[0, 1][..], &[1][..])
        );
    }

    #[test]
    fn files_that_make_up_no_set_are_refused() {
        let message = |files: &[NamedFile]| {
            let error = OwnData::from_files(files).expect_err("refused");
            assert_eq!(error.code(), "files");
            error.to_string()
        };
        let [images, labels] = idx_pair("mine", &[0, 1]);
        assert!(message(&[]).contains("no files"));
        assert!(
            message(std::slice::from_ref(&images))
                .contains("mine-images holds training images without")
        );
        assert!(message(std::slice::from_ref(&labels)).contains("labels without their images"));
        let csv = file("more.csv", b"0,1\n");
        assert!(message(&[images, labels, csv]).contains("mine-images, mine-labels, more.csv"));
    }

    #[test]
    fn shards_are_balanced_beginnings() {
        let labels: Vec<u8> = (0..SHARD_SIZE * 2)
            .map(|i| (i / SHARD_SIZE) as u8)
            .collect();
        let [images, labels] = idx_pair("mine", &labels);
        let set = Dataset::from_idx(&images.bytes, &labels.bytes).expect("accepted");
        let shards = shards(&set);
        assert_eq!(shards.len(), 2);
        let ones = shards[0].labels().iter().filter(|&&label| label == 1);
        assert_eq!(ones.count(), SHARD_SIZE / 2);
    }
}
