//! A folder of pictures for each class: the browser decodes them, the rest happens here.

use super::*;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF";

/// Adds the files, and decodes every picture to `sides` of one colour that its path tells.
fn decoded(files: &[(String, Vec<u8>)], sides: impl Fn(&str) -> (usize, usize)) -> Files {
    let mut all = Files::new();
    for (path, bytes) in files {
        all.add(path, bytes.clone());
    }
    while let Some(picture) = all.next_picture() {
        let (rows, cols) = sides(&picture.path);
        let grey = picture.path.len() as u8;
        let rgba = [grey, grey, grey, 255].repeat(rows * cols);
        all.add_picture(&picture.path, rows, cols, &rgba);
    }
    all
}

fn pictures(folders: &[&str], each: usize) -> Vec<(String, Vec<u8>)> {
    let of_folder = |folder: &str| {
        let folder = folder.to_owned();
        let bytes = |i| if i % 2 == 0 { PNG } else { JPEG }.to_vec();
        (0..each).map(move |i| (format!("{folder}/{i:03}.png"), bytes(i)))
    };
    folders
        .iter()
        .flat_map(|folder| of_folder(folder))
        .collect()
}

fn whole(files: &Files) -> OwnData {
    files
        .read(&Choices::default())
        .unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn the_folder_of_a_picture_is_its_class() {
    let data = whole(&decoded(&pictures(&["pets/cat", "pets/doggy"], 20), |_| {
        (8, 6)
    }));
    assert_eq!(data.classes, ["cat", "doggy"]);
    assert_eq!((data.train.len(), data.test.len()), (32, 8));
    assert_eq!((data.train.rows(), data.train.cols()), (8, 6));
    assert_eq!(data.train.image(0), ["pets/cat/000.png".len() as u8; 48]);
    assert_eq!(guess(&data, "grey").chosen, json!("brightness"));
}

#[test]
fn folders_above_it_name_the_set() {
    let folders = ["train/cat", "train/doggy", "test/cat", "test/doggy"];
    let data = whole(&decoded(&pictures(&folders, 10), |_| (8, 8)));
    assert_eq!((data.train.len(), data.test.len()), (20, 20));
    assert_eq!(data.classes, ["cat", "doggy"]);
    // A folder that is the same for all tells nothing: the one above it does.
    let data = whole(&decoded(
        &pictures(&["cat/images", "doggy/images"], 10),
        |_| (8, 8),
    ));
    assert_eq!(data.classes, ["cat", "doggy"]);
}

#[test]
fn pictures_of_an_archive_wait_to_be_decoded_as_well() {
    let files = pictures(&["0", "11"], 10);
    let names: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(path, b)| (path.as_str(), b.as_slice()))
        .collect();
    let archive = write::zip(&names);
    let data = whole(&decoded(&[("digits.zip".into(), archive)], |_| (5, 5)));
    assert_eq!(data.classes, ["0", "11"]);
}

#[test]
fn pictures_of_many_sizes_come_to_one() {
    let sides = |path: &str| {
        if path.starts_with("cat") {
            (300, 200)
        } else {
            (20, 40)
        }
    };
    let data = whole(&decoded(&pictures(&["cat", "doggy"], 10), sides));
    assert_eq!((data.train.rows(), data.train.cols()), (64, 43));
    assert!(
        data.notes
            .iter()
            .any(|note| note.contains("different sizes") && note.contains("64 x 43"))
    );
    assert_eq!(data.train.image(0), ["cat/000.png".len() as u8; 64 * 43]);
}

#[test]
fn pictures_without_a_class_are_refused() {
    for folders in [&["pictures"][..], &["train", "test"]] {
        let files = decoded(&pictures(folders, 10), |_| (8, 8));
        let error = files
            .read(&Choices::default())
            .expect_err("refused")
            .to_string();
        assert!(error.contains("into a folder with its name"), "{error}");
    }
}

/// Pictures of these names in a folder for each class.
fn named(classes: &[&str], names: &[String]) -> Vec<(String, Vec<u8>)> {
    let of_class = |class: &&str| {
        let class = (*class).to_owned();
        let path = move |name: &String| (format!("{class}/{name}"), PNG.to_vec());
        names.iter().map(path).collect::<Vec<_>>()
    };
    classes.iter().flat_map(of_class).collect()
}

fn numbered(name: &str, count: usize) -> Vec<String> {
    (0..count).map(|i| format!("{name}_{i:03}.png")).collect()
}

fn is_said(data: &OwnData, start: &str) -> bool {
    data.notes.iter().any(|note| note.starts_with(start))
}

const BY_NAME: &str = "The sets are taken from the names of the pictures, such as ";

#[test]
fn the_names_of_all_pictures_may_name_their_sets() {
    for (test, chosen) in [("test", "test"), ("val", "valid")] {
        let names = [numbered("train", 10), numbered(test, 20)].concat();
        let data = whole(&decoded(&named(&["a/cat", "a/doggy"], &names), |_| (8, 8)));
        assert_eq!((data.train.len(), data.test.len()), (20, 40), "{test}");
        assert_eq!(data.classes, ["cat", "doggy"]);
        assert_eq!(guess(&data, "split").chosen, json!(chosen));
        let note = format!("{BY_NAME}train_000.png.");
        assert!(data.notes.contains(&note), "{:?}", data.notes);
    }
}

#[test]
fn names_of_some_pictures_name_no_sets() {
    let both = [numbered("train", 20), numbered("test", 20)].concat();
    let one_more = [both.clone(), vec!["more.png".into()]].concat();
    let test_alone = numbered("test", 40);
    for names in [one_more, test_alone] {
        let data = whole(&decoded(&named(&["cat", "doggy"], &names), |_| (8, 8)));
        let all = 2 * names.len();
        assert_eq!(data.train.len() + data.test.len(), all);
        assert_eq!(data.test.len(), 2 * (names.len() / 5));
        assert!(!is_said(&data, BY_NAME), "{:?}", data.notes);
    }
    // A folder counts before them.
    let data = whole(&decoded(
        &named(
            &["train/cat", "train/doggy", "test/cat", "test/doggy"],
            &both,
        ),
        |_| (8, 8),
    ));
    assert_eq!((data.train.len(), data.test.len()), (80, 80));
    assert!(!is_said(&data, BY_NAME), "{:?}", data.notes);
}

#[test]
fn names_of_pictures_that_repeat_their_class_name_no_sets() {
    let of_class = |class: &str| named(&[class], &numbered(class, 20));
    let files = [
        of_class("train"),
        of_class("test_tube"),
        of_class("val_d_isere"),
    ]
    .concat();
    // The innermost folder names a set for all of them; these do not.
    let beside = of_class("training_shoe");
    let data = whole(&decoded(&[files, beside].concat(), |_| (8, 8)));
    assert_eq!(data.classes.len(), 4);
    assert_eq!((data.train.len(), data.test.len()), (64, 16));
    assert!(!is_said(&data, BY_NAME), "{:?}", data.notes);
}

#[test]
fn classes_may_have_the_words_of_sets_in_their_names() {
    let classes = ["dev_ops", "test_eng", "eval_x"];
    let data = whole(&decoded(&pictures(&classes, 20), |_| (8, 8)));
    assert_eq!(data.classes, ["dev_ops", "eval_x", "test_eng"]);
    assert_eq!((data.train.len(), data.test.len()), (48, 12));
    let said = "The class of a picture is the folder in which it lies, such as dev_ops.";
    assert!(is_said(&data, said), "{:?}", data.notes);
    let folders = [
        "train/dev_ops",
        "train/test_eng",
        "test/dev_ops",
        "test/test_eng",
    ];
    let data = whole(&decoded(&pictures(&folders, 20), |_| (8, 8)));
    assert_eq!(data.classes, ["dev_ops", "test_eng"]);
    assert_eq!((data.train.len(), data.test.len()), (40, 40));
}

#[test]
fn folders_of_sets_are_no_classes_whatever_they_are_called() {
    for [train, test] in [
        ["seg_train", "seg_test"],
        ["mnist_train", "mnist_test"],
        ["train-images", "test-images"],
        ["train", "test_set"],
        ["train_2019", "test_2020"],
    ] {
        let files = decoded(&pictures(&[train, test], 20), |_| (8, 8));
        let refused = files.read(&Choices::default()).expect_err("refused");
        assert!(
            refused
                .to_string()
                .contains("lies in no folder that tells its class")
        );
        let folders =
            [train, test].map(|set| ["cat", "doggy"].map(|class| format!("{set}/{class}")));
        let folders: Vec<&str> = folders.iter().flatten().map(String::as_str).collect();
        let data = whole(&decoded(&pictures(&folders, 20), |_| (8, 8)));
        assert_eq!(data.classes, ["cat", "doggy"]);
        assert_eq!((data.train.len(), data.test.len()), (40, 40));
        let folders =
            [train, test].map(|set| ["cat", "doggy"].map(|class| format!("{class}/{set}")));
        let folders: Vec<&str> = folders.iter().flatten().map(String::as_str).collect();
        let data = whole(&decoded(&pictures(&folders, 20), |_| (8, 8)));
        assert_eq!(data.classes, ["cat", "doggy"]);
        assert_eq!((data.train.len(), data.test.len()), (40, 40));
    }
}

#[test]
fn what_cannot_be_decoded_is_named() {
    let mut files = decoded(&pictures(&["cat", "doggy"], 10), |_| (8, 8));
    files.add_picture("cat/broken.png", 0, 0, &[]);
    let error = files
        .read(&Choices::default())
        .expect_err("refused")
        .to_string();
    assert!(
        error.contains("cat/broken.png cannot be decoded"),
        "{error}"
    );
}

#[test]
fn without_a_browser_pictures_are_refused() {
    assert_refused(
        &[("cat/1.png", PNG.to_vec()), ("dog/1.jpg", JPEG.to_vec())],
        &[
            "cat/1.png is a PNG picture",
            "only the page can read",
            "numpy.savez",
        ],
    );
}
