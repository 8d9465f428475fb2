//! The files of a data set in a folder, plain or gzipped (native only).

use super::own::{NamedFile, OwnData};
use super::{Dataset, DatasetKind};
use crate::error::{Error, Result};
use flate2::read::MultiGzDecoder;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Reads the training set and the test set of `dataset` from `dir`.
///
/// # Errors
/// What [`load_mnist`] and [`load_own`] report.
pub fn load(dataset: DatasetKind, dir: &Path) -> Result<(Dataset, Dataset)> {
    match dataset {
        DatasetKind::Mnist => load_mnist(dir),
        DatasetKind::Own => load_own(dir),
    }
}

/// Reads a data set from all files in `dir` whose names end in `ubyte`, `.idx` or
/// `.csv`, with or without `.gz` behind that; see [`OwnData::from_files`].
///
/// # Errors
/// `Io` when the folder or a file cannot be read, else what [`OwnData::from_files`] reports.
pub fn load_own(dir: &Path) -> Result<(Dataset, Dataset)> {
    let fail = |error: std::io::Error| Error::Io {
        path: dir.display().to_string(),
        message: format!("{error}: choose the folder that holds the images."),
    };
    let mut files = Vec::new();
    for entry in fs::read_dir(dir).map_err(fail)? {
        let path = entry.map_err(fail)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let plain = name.strip_suffix(".gz").unwrap_or(&name);
        if ["ubyte", ".idx", ".csv"]
            .iter()
            .any(|end| plain.ends_with(end))
        {
            files.push(NamedFile {
                name: name.to_string(),
                bytes: read(&path)?,
            });
        }
    }
    let OwnData { train, test } = OwnData::from_files(&files)?;
    Ok((train, test))
}

/// Reads the training set and the test set from `dir`, which holds
/// `train-images-idx3-ubyte`, `train-labels-idx1-ubyte`, `t10k-images-idx3-ubyte` and
/// `t10k-labels-idx1-ubyte`, each as it is or with `.gz` at the end of its name.
///
/// # Errors
/// `Io` when a file is missing or cannot be read, else what [`Dataset::from_idx`] reports.
pub fn load_mnist(dir: &Path) -> Result<(Dataset, Dataset)> {
    Ok((load_set(dir, "train")?, load_set(dir, "t10k")?))
}

fn load_set(dir: &Path, set: &str) -> Result<Dataset> {
    let images = read(&find(dir, &format!("{set}-images-idx3-ubyte"))?)?;
    let labels = read(&find(dir, &format!("{set}-labels-idx1-ubyte"))?)?;
    Dataset::from_idx(&images, &labels)
}

fn find(dir: &Path, name: &str) -> Result<PathBuf> {
    let plain = dir.join(name);
    let gzipped = dir.join(format!("{name}.gz"));
    let missing = || Error::Io {
        path: plain.display().to_string(),
        message: "There is no such file, nor one with .gz at its end: choose the folder that \
                  holds the four files of MNIST."
            .to_string(),
    };
    let found = [&plain, &gzipped].into_iter().find(|path| path.is_file());
    found.cloned().ok_or_else(missing)
}

/// The bytes of a file, without its gzip wrapping if it has one.
fn read(path: &Path) -> Result<Vec<u8>> {
    let fail = |error: std::io::Error| Error::Io {
        path: path.display().to_string(),
        message: error.to_string(),
    };
    let bytes = fs::read(path).map_err(fail)?;
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(bytes);
    }
    let mut content = Vec::new();
    MultiGzDecoder::new(bytes.as_slice())
        .read_to_end(&mut content)
        .map_err(fail)?;
    Ok(content)
}
