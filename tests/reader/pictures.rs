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
