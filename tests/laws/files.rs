//! Images in folders, as the native command reads them.

use crate::common::{idx_file, images};
use flate2::{Compression, write::GzEncoder};
use np_playground::dataset::files::{load, load_mnist};
use np_playground::dataset::own::{Choices, OwnData};
use np_playground::dataset::{Dataset, DatasetKind};
use np_playground::error::Result;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// An empty folder for one test.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("an old folder goes");
    }
    fs::create_dir_all(&folder).expect("a new folder");
    folder
}

fn write(folder: &Path, name: &str, bytes: &[u8]) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, bytes).expect("a file");
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

fn image_file(set: &Dataset) -> Vec<u8> {
    let pixels: Vec<u8> = (0..set.len()).flat_map(|i| set.image(i).to_vec()).collect();
    idx_file(0x803, &[set.len() as u32, 14, 14], &pixels)
}

fn label_file(set: &Dataset) -> Vec<u8> {
    idx_file(0x801, &[set.len() as u32], set.labels())
}

fn own(folder: &Path) -> Result<OwnData> {
    load(DatasetKind::Own, &[folder.to_owned()], &Choices::default())
}

#[test]
fn mnist_may_be_packed_and_named_in_any_of_the_usual_ways() {
    let (train, test) = (images(70, 1), images(30, 2));
    for (i, names) in [
        [
            "train-images-idx3-ubyte",
            "train-labels-idx1-ubyte",
            "t10k-images-idx3-ubyte",
            "t10k-labels-idx1-ubyte",
        ],
        [
            "train-images.idx3-ubyte",
            "train-labels.idx1-ubyte",
            "t10k-images.idx3-ubyte",
            "t10k-labels.idx1-ubyte",
        ],
        [
            "train-images-idx3-ubyte/train-images-idx3-ubyte",
            "train-labels-idx1-ubyte/train-labels-idx1-ubyte",
            "t10k-images-idx3-ubyte/t10k-images-idx3-ubyte",
            "t10k-labels-idx1-ubyte/t10k-labels-idx1-ubyte",
        ],
    ]
    .iter()
    .enumerate()
    {
        let folder = folder(&format!("mnist-{i}"));
        write(&folder, names[0], &image_file(&train));
        write(
            &folder,
            &format!("{}.gz", names[1]),
            &gzip(&label_file(&train)),
        );
        write(&folder, names[2], &gzip(&image_file(&test)));
        write(&folder, names[3], &label_file(&test));
        write(&folder, "config.json", b"{}");
        let data = load_mnist(&folder).expect("four files");
        assert!(data.train == train && data.test == test, "{names:?}");
    }
}

#[test]
fn mnist_has_test_images_of_its_own_and_digits_that_stay_what_they_are() {
    let folder = folder("mnist-parts");
    let (train, test) = (images(70, 1), images(30, 2));
    let some = |set: &Dataset| {
        let even: Vec<u32> = (0..set.len() as u32).filter(|i| i % 2 == 0).collect();
        set.select(&even)
    };
    write(&folder, "train-images", &image_file(&some(&train)));
    write(&folder, "train-labels", &label_file(&some(&train)));
    let missing = load_mnist(&folder).expect_err("no test images").to_string();
    assert!(missing.contains("t10k-images-idx3-ubyte"), "{missing}");
    write(&folder, "t10k-images", &image_file(&some(&test)));
    let missing = load_mnist(&folder).expect_err("no labels").to_string();
    assert!(missing.contains("t10k-images has 15 images") && missing.contains("no labels"));
    write(&folder, "t10k-labels", &label_file(&some(&test)));
    let data = load_mnist(&folder).expect("four files");
    assert_eq!(
        data.train.labels()[..5],
        [0, 2, 4, 6, 8],
        "no class is renamed"
    );
    let letters = test
        .labels()
        .iter()
        .map(|label| label + 10)
        .collect::<Vec<u8>>();
    for name in ["train-labels", "t10k-labels"] {
        let count = if name == "train-labels" { 35 } else { 15 };
        write(
            &folder,
            name,
            &idx_file(0x801, &[count], &letters.repeat(2)[..count as usize]),
        );
    }
    let other = load_mnist(&folder).expect_err("letters").to_string();
    assert!(other.contains("dataset = own"), "{other}");
}

#[test]
fn a_folder_without_images_is_named_by_what_lies_in_it() {
    let empty = load_mnist(&folder("empty"))
        .expect_err("nothing there")
        .to_string();
    assert!(empty.contains("There are no files") && empty.contains("train-images-idx3-ubyte"));
    let folder = folder("prose");
    write(&folder, "notes.txt", b"Nothing to see here,\nbut words\n");
    let prose = load_mnist(&folder).expect_err("no images").to_string();
    assert!(prose.contains("no images in notes.txt"), "{prose}");
    let missing = own(&folder.join("missing")).expect_err("no such folder");
    assert_eq!(missing.code(), "io");
    assert!(missing.to_string().contains("missing"), "{missing}");
}

#[test]
fn own_images_are_read_from_files_and_folders_whatever_they_are_called() {
    let folder = folder("own");
    let set = images(100, 1);
    let line = |i: usize| {
        let pixels: Vec<String> = set.image(i).iter().map(u8::to_string).collect();
        format!("{},{}\n", set.labels()[i], pixels.join(","))
    };
    let lines: String = (0..100).map(line).collect();
    write(&folder, "deep/er/mine.csv.gz", &gzip(lines.as_bytes()));
    write(&folder, ".hidden/more.csv", lines.as_bytes());
    write(&folder, "config.json", b"{}");
    let alone = own(&folder).expect("one file");
    assert_eq!((alone.train.len(), alone.test.len()), (80, 20));
    assert!(
        alone.guesses[0]
            .sentence
            .starts_with("deep/er/mine.csv.gz: ")
    );
    write(&folder, "mine-test.data", lines.as_bytes());
    let both = own(&folder).expect("two files");
    assert_eq!((both.train.len(), both.test.len()), (100, 100));
    let one = folder.join("mine-test.data");
    let given = load(DatasetKind::Own, &[one], &Choices::default()).expect("a file");
    assert!(given.train == alone.train);
    write(&folder, "cat/1.png", b"\x89PNG\r\n\x1a\n");
    let picture = own(&folder).expect_err("a picture").to_string();
    assert!(picture.contains("cat/1.png is a PNG picture"), "{picture}");
}

#[test]
fn the_names_of_several_folders_tell_their_sets() {
    let folder = folder("sets");
    for (name, set) in [("train", images(70, 1)), ("test", images(30, 2))] {
        write(&folder, &format!("{name}/images"), &image_file(&set));
        write(&folder, &format!("{name}/labels"), &label_file(&set));
    }
    let both = ["train", "test"].map(|name| folder.join(name));
    let data = load(DatasetKind::Own, &both, &Choices::default()).expect("two sets");
    assert_eq!((data.train.len(), data.test.len()), (70, 30));
}

#[cfg(unix)]
#[test]
fn links_to_folders_and_to_nothing_that_are_no_data_are_passed_over() {
    use std::os::unix::fs::symlink;
    let set = images(100, 1);
    let folder = folder("links");
    write(&folder, "images", &image_file(&set));
    write(&folder, "labels", &label_file(&set));
    symlink(&folder, folder.join("again")).expect("a link");
    // As Emacs locks a file.
    symlink("somebody@somewhere.1", folder.join(".#a.csv")).expect("a link");
    symlink("/dev/null", folder.join("device")).expect("a link");
    let data = own(&folder).expect("the images");
    assert_eq!(data.train.len() + data.test.len(), 100);
    assert_eq!(data.notes, ["Passed over: .#a.csv, again, device."]);
    symlink("nowhere.csv", folder.join("b.csv")).expect("a link");
    let error = own(&folder).expect_err("b.csv is not there").to_string();
    assert!(
        error.contains("b.csv") && error.contains("choose the files"),
        "{error}"
    );
}
