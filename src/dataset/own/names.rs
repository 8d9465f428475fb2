//! What the names of files tell: which set they belong to, and what is no data at all.
//! Everything else is told by what is in them.

/// The part that a file plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Set {
    /// To train on.
    Train,
    /// To choose settings by: the test set where there is no other.
    Valid,
    /// To test with.
    Test,
}

const SETS: [(Set, &[&str]); 3] = [
    (Set::Train, &["train", "training", "trn"]),
    (
        Set::Valid,
        &[
            "val",
            "valid",
            "validation",
            "dev",
            "eval",
            "evaluation",
            "holdout",
        ],
    ),
    (Set::Test, &["test", "testing", "tst", "t10k"]),
];

/// Words that tell images from labels, or one format from another, but no set from another.
const ROLES: [&str; 30] = [
    "x", "y", "image", "images", "img", "imgs", "pixel", "pixels", "data", "feature", "features",
    "input", "inputs", "label", "labels", "target", "targets", "class", "classes", "idx", "idx1",
    "idx2", "idx3", "idx4", "ubyte", "int", "csv", "txt", "npy", "gz",
];

/// What a table calls its labels, the surest first.
const LABELS: [&str; 12] = [
    "label", "labels", "class", "classes", "target", "targets", "y", "digit", "digits", "category",
    "letter", "emotion",
];

/// The set that `path` speaks of: its last word that names one decides.
pub(super) fn set(path: &str) -> Option<Set> {
    words(path).iter().rev().find_map(|word| set_of(word))
}

/// What is left of `path` without the words for sets and roles: files of one data set share it.
pub(super) fn stem(path: &str) -> String {
    let words = words(path).into_iter();
    let rest = words.filter(|word| set_of(word).is_none() && !ROLES.contains(&word.as_str()));
    rest.collect::<Vec<String>>().join(" ")
}

/// `stem` without its numbers: the parts of one set, such as batches, share it.
pub(super) fn unnumbered(stem: &str) -> String {
    let letters = stem.replace(|c: char| c.is_ascii_digit(), "");
    letters.split_whitespace().collect::<Vec<&str>>().join(" ")
}

/// How surely a column of this name holds the labels: less is surer.
pub(super) fn label_rank(column: &str) -> Option<usize> {
    let words = words(column);
    LABELS
        .iter()
        .position(|label| words.iter().any(|word| word == label))
}

/// Whether a file of this name holds labels: `y_test.npy`, `ytest.txt`, `train-labels.csv`.
pub(super) fn are_labels(path: &str) -> bool {
    words(name(path)).iter().any(|word| {
        let word = word.trim_end_matches(|c: char| c.is_ascii_digit());
        let of_set = word.strip_prefix('y').or_else(|| word.strip_suffix('y'));
        LABELS.contains(&word) || of_set.is_some_and(|set| set_of(set).is_some())
    })
}

/// Whether a column of this name counts the lines: `image_id` does, and `class_id` may.
pub(super) fn is_index(column: &str) -> bool {
    let words = words(column);
    let known = ["unnamed", "index", "id", "imageid", "rownames"];
    let first = words
        .first()
        .is_some_and(|word| known.contains(&word.as_str()));
    let of_image = is_id(column) && label_rank(column).is_none();
    column.trim().is_empty() || first || of_image
}

/// Whether a column of this name numbers something: the classes, or the images.
pub(super) fn is_id(column: &str) -> bool {
    words(column).last().is_some_and(|word| word == "id")
}

/// EMNIST's files hold every image with its rows and columns exchanged.
pub(super) fn is_turned(path: &str) -> bool {
    path.to_ascii_lowercase().contains("emnist")
}

/// What systems, archives and the native command put beside the data, files that are not whole
/// yet, and what people say about them.
pub(super) fn is_passed_over(path: &str) -> bool {
    // Archives of a folder begin their paths with ./ or ../.
    let hidden = |name: &str| name.starts_with('.') && name != "." && name != "..";
    let beside = |name: &str| hidden(name) || name == "__MACOSX" || name.ends_with(".checkpoints");
    let name = name(path).to_ascii_lowercase();
    let known = ["readme", "license", "licence", "thumbs.db", "desktop.ini"];
    path.split('/').any(beside)
        || name.ends_with(".part")
        || known.iter().any(|known| name.starts_with(known))
}

/// The last part of a path.
pub(super) fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn set_of(word: &str) -> Option<Set> {
    let told = |word: &str| {
        let mut sets = SETS.iter();
        sets.find_map(|(set, names)| names.contains(&word).then_some(*set))
    };
    // As in train2, Xtest, ytrain.
    let unnumbered = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let without_role = word.strip_prefix(['x', 'y']).unwrap_or(word);
    told(word)
        .or_else(|| told(unnumbered))
        .or_else(|| told(without_role))
}

/// The words of a name, in small letters: cut at whatever is neither letter nor digit, and
/// where a small letter meets a capital.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut last = ' ';
    for c in text.chars() {
        if !c.is_alphanumeric() || (last.is_lowercase() && c.is_uppercase()) {
            words.push(String::new());
        }
        if c.is_alphanumeric() {
            words
                .last_mut()
                .expect("never empty")
                .extend(c.to_lowercase());
        }
        last = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_that_tells_decides() {
        for (path, told) in [
            ("train-images-idx3-ubyte.gz", Some(Set::Train)),
            ("t10k-images.idx3-ubyte", Some(Set::Test)),
            ("test-sets/mnist_train_small.csv", Some(Set::Train)),
            ("contest-test.csv", Some(Set::Test)),
            ("contest.csv", None),
            ("latest.csv", None),
            ("device.csv", None),
            ("X_train.csv", Some(Set::Train)),
            ("ytest.npy", Some(Set::Test)),
            ("trainX.npy", Some(Set::Train)),
            ("test2.csv", Some(Set::Test)),
            ("medmnist.npz/val_images.npy", Some(Set::Valid)),
            ("dev.csv", Some(Set::Valid)),
            ("HOLDOUT.CSV", Some(Set::Valid)),
            ("train/test/7.png", Some(Set::Test)),
        ] {
            assert_eq!(set(path), told, "{path}");
        }
    }

    #[test]
    fn files_of_one_set_share_a_stem() {
        assert_eq!(stem("X_train.csv"), stem("y_train.csv"));
        assert_eq!(
            stem("emnist-letters-train-images-idx3-ubyte.gz"),
            stem("emnist-letters-test-labels-idx1-ubyte.gz")
        );
        assert_ne!(stem("contest-train.csv"), stem("mnist_train.csv"));
        let batches = [1, 2].map(|i| stem(&format!("data_batch_{i}.bin")));
        assert_ne!(batches[0], batches[1]);
        assert_eq!(unnumbered(&batches[0]), unnumbered(&batches[1]));
    }

    #[test]
    fn columns_are_known_by_their_names() {
        assert!(label_rank("Label") < label_rank("target"));
        assert!(label_rank("digit_label").is_some() && label_rank("y").is_some());
        assert!(label_rank("pixel7").is_none() && label_rank("labelled").is_none());
        for name in ["", "Unnamed: 0", "id", "ImageId", "image_id", "index"] {
            assert!(is_index(name), "{name}");
        }
        for name in [
            "class_id",
            "ClassId",
            "category_id",
            "label_id",
            "target_id",
            "+",
            "#",
        ] {
            assert!(!is_index(name), "{name}");
        }
        assert!(!is_index("pixel0") && !is_index("label") && !is_index("width"));
    }

    #[test]
    fn files_of_labels_are_known_by_their_names() {
        for name in [
            "a.npz/y_test.npy",
            "b1.npz/y.npy",
            "ytest.txt",
            "trainY.npy",
            "y1.npy",
            "t10k-labels.csv",
        ] {
            assert!(are_labels(name), "{name}");
        }
        for name in ["x_test.npy", "labels/test.npy", "test.npy", "yearly.txt"] {
            assert!(!are_labels(name), "{name}");
        }
    }

    #[test]
    fn what_is_no_data_is_passed_over() {
        for path in [
            "._train.csv",
            "mine/.DS_Store",
            "__MACOSX/train.csv",
            "a/README.md",
            "readme.html",
            "LICENSE",
            "Thumbs.db",
            "result.json.checkpoints/np-7",
            "np-playground-1a2b3c.part",
        ] {
            assert!(is_passed_over(path), "{path}");
        }
        assert!(
            !is_passed_over("./train.csv")
                && !is_passed_over("../a/train.csv")
                && !is_passed_over("already.csv")
        );
    }
}
