//! MNIST in a folder: plain files, gzipped files, and what is wrong with a folder.

use crate::common::idx_file;
use flate2::{Compression, write::GzEncoder};
use np_playground::dataset::DatasetKind;
use np_playground::dataset::files::{load, load_mnist};
use std::fs;
use std::io::Write;
use std::path::PathBuf;

/// An empty folder for one test.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("an old folder goes");
    }
    fs::create_dir_all(&folder).expect("a new folder");
    folder
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

#[test]
fn plain_and_gzipped_files_may_be_mixed() {
    let folder = folder("mixed");
    let write = |name: &str, bytes: &[u8]| fs::write(folder.join(name), bytes).expect("a file");
    write(
        "train-images-idx3-ubyte",
        &idx_file(0x803, &[2, 1, 1], &[5, 6]),
    );
    write(
        "train-labels-idx1-ubyte.gz",
        &gzip(&idx_file(0x801, &[2], &[1, 2])),
    );
    write(
        "t10k-images-idx3-ubyte.gz",
        &gzip(&idx_file(0x803, &[1, 1, 1], &[7])),
    );
    write("t10k-labels-idx1-ubyte", &idx_file(0x801, &[1], &[3]));
    let (train, test) = load_mnist(&folder).expect("four files");
    assert_eq!((train.image(1), train.labels()), (&[6][..], &[1, 2][..]));
    assert_eq!((test.image(0), test.labels()), (&[7][..], &[3][..]));
}

#[test]
fn a_missing_file_is_named() {
    let error = load_mnist(&folder("empty")).expect_err("nothing there");
    assert_eq!(error.code(), "io");
    assert!(
        error.to_string().contains("train-images-idx3-ubyte"),
        "{error}"
    );
}

#[test]
fn a_broken_gzip_file_is_an_error() {
    let folder = folder("broken");
    let whole = gzip(&idx_file(0x803, &[1, 8, 8], &[1; 64]));
    fs::write(
        folder.join("train-images-idx3-ubyte.gz"),
        &whole[..whole.len() / 2],
    )
    .expect("a file");
    assert_eq!(load_mnist(&folder).expect_err("half a file").code(), "io");
}

#[test]
fn own_data_are_whatever_files_hold_images() {
    let folder = folder("own");
    let write = |name: &str, bytes: &[u8]| fs::write(folder.join(name), bytes).expect("a file");
    write("config.json", b"{}");
    write("mine.csv.gz", &gzip(b"0,1\n1,2\n0,3\n"));
    write("mine-test.csv", b"1,9\n");
    let (train, test) = load(DatasetKind::Own, &folder).expect("two files");
    assert_eq!((train.labels(), train.image(2)), (&[0, 1, 0][..], &[3][..]));
    assert_eq!((test.labels(), test.image(0)), (&[1][..], &[9][..]));
    write("more-test.csv", b"1,9\n");
    let error = load(DatasetKind::Own, &folder).expect_err("two test files");
    assert!(error.to_string().contains("more-test.csv"), "{error}");
}
