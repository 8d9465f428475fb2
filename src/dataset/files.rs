//! The four files of MNIST in a folder, plain or gzipped (native only).

use super::Dataset;
use crate::error::{Error, Result};
use flate2::read::MultiGzDecoder;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

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
