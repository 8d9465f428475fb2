//! Files as other programs write them.

use super::File;
use crate::common::idx_file;
use flate2::Compression;
use flate2::write::GzEncoder;
use np_playground::dataset::Dataset;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

pub fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        archive
            .start_file(*path, SimpleFileOptions::default())
            .expect("memory");
        archive.write_all(bytes).expect("memory");
    }
    archive.finish().expect("memory").into_inner()
}

/// A zip archive whose files say of themselves that bzip2 compressed them.
pub fn by_bzip2(mut archive: Vec<u8>) -> Vec<u8> {
    for (header, method) in [(b"PK\x03\x04", 8), (b"PK\x01\x02", 10)] {
        let mut parts = archive.windows(header.len());
        let at = parts.position(|part| part == header).expect("a header");
        archive[at + method] = 12;
    }
    archive
}

pub fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for (path, bytes) in files {
        let mut header = tar::Header::new_ustar();
        header.set_size(bytes.len() as u64);
        archive
            .append_data(&mut header, path, *bytes)
            .expect("memory");
    }
    archive.into_inner().expect("memory")
}

/// An array of NumPy: `descr` such as `<f4`, `shape` such as `(2, 3)`.
pub fn npy(descr: &str, fortran: bool, shape: &str, entries: &[u8]) -> Vec<u8> {
    let order = if fortran { "True" } else { "False" };
    let header = format!("{{'descr': '{descr}', 'fortran_order': {order}, 'shape': {shape}, }}\n");
    let length = (header.len() as u16).to_le_bytes();
    [b"\x93NUMPY\x01\0", &length[..], header.as_bytes(), entries].concat()
}

pub fn pixels(images: &Dataset) -> Vec<u8> {
    (0..images.len())
        .flat_map(|i| images.image(i).to_vec())
        .collect()
}

pub fn idx_images(images: &Dataset) -> Vec<u8> {
    let sizes = [images.len(), images.rows(), images.cols()].map(|size| size as u32);
    idx_file(0x803, &sizes, &pixels(images))
}

pub fn idx_labels(images: &Dataset) -> Vec<u8> {
    idx_file(0x801, &[images.len() as u32], images.labels())
}

/// The two files of a set; `images` stands for "images" in their names.
pub fn idx_pair(images: &'static str, set: &Dataset) -> Vec<File> {
    let labels = match images {
        "images" => "labels",
        "train-images-idx3-ubyte" => "train-labels-idx1-ubyte",
        "t10k-images-idx3-ubyte" => "t10k-labels-idx1-ubyte",
        other => panic!("a name for the labels of {other}"),
    };
    vec![(images, idx_images(set)), (labels, idx_labels(set))]
}

/// A table with a line for each image, written as `line` says.
pub fn table(images: &Dataset, line: impl Fn(u8, &[u8]) -> String) -> String {
    (0..images.len())
        .map(|i| line(images.labels()[i], images.image(i)) + "\n")
        .collect()
}

/// The pixels of a line, each written as `entry` says.
pub fn entries(image: &[u8], separator: &str, entry: impl Fn(u8) -> String) -> String {
    let entries: Vec<String> = image.iter().map(|&value| entry(value)).collect();
    entries.join(separator)
}

pub fn plain(image: &[u8], separator: &str) -> String {
    entries(image, separator, |value| value.to_string())
}

/// `pixel0,pixel1,...`
pub fn pixel_names(count: usize, separator: &str) -> String {
    let names: Vec<String> = (0..count).map(|i| format!("pixel{i}")).collect();
    names.join(separator)
}

/// A CSV file with names, the label first.
pub fn csv(images: &Dataset) -> Vec<u8> {
    let names = pixel_names(images.rows() * images.cols(), ",");
    let lines = table(images, |label, image| {
        format!("{label},{}", plain(image, ","))
    });
    format!("label,{names}\n{lines}").into_bytes()
}

/// Rows and columns exchanged.
pub fn turned(images: &Dataset) -> Dataset {
    let (rows, cols) = (images.rows(), images.cols());
    let image = |i: usize| {
        let image = images.image(i);
        (0..rows * cols).map(move |p| image[p % rows * cols + p / rows])
    };
    let pixels: Vec<u8> = (0..images.len()).flat_map(image).collect();
    let sizes = [images.len(), cols, rows].map(|size| size as u32);
    let file = idx_file(0x803, &sizes, &pixels);
    Dataset::from_idx(&file, &idx_labels(images)).expect("whole files")
}
