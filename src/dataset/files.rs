//! The files of a data set in folders (native only).

use super::DatasetKind;
use super::own::{Choices, Files, OwnData, Split, is_passed_over};
use crate::error::{Error, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// Reads the training set and the test set of `dataset` from files, and from all that lies in
/// folders.
///
/// # Errors
/// `Io` when there is no such file or folder, else what [`Files::read`] reports; for MNIST
/// also if it has no test images of its own, or labels that are no digits.
pub fn load(dataset: DatasetKind, paths: &[PathBuf], choices: &Choices) -> Result<OwnData> {
    let mut files = Files::new();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            // Of several the names may tell the sets. Hidden or not, they were asked for.
            let tells = paths.len() > 1 && !is_passed_over(&name);
            add_folder(&mut files, path, if tells { &name } else { "" })?;
        } else {
            add_file(&mut files, path, &name)?;
        }
    }
    match dataset {
        DatasetKind::Own => files.read(choices),
        DatasetKind::Mnist => digits(&files, choices),
    }
}

/// Reads MNIST from a folder.
///
/// ```no_run
/// use np_playground::{config::Config, dataset::files::load_mnist};
/// use std::path::Path;
///
/// let data = load_mnist(Path::new("mnist"))?;
/// Config::default().check()?.fits(&data.train, &data.test)?;
/// # Ok::<(), np_playground::Error>(())
/// ```
///
/// # Errors
/// What [`load`] reports.
pub fn load_mnist(folder: &Path) -> Result<OwnData> {
    load(
        DatasetKind::Mnist,
        &[folder.to_owned()],
        &Choices::default(),
    )
}

/// MNIST's own test images are its test set, and its labels are what they say.
fn digits(files: &Files, choices: &Choices) -> Result<OwnData> {
    let choices = Choices {
        split: choices.split.or(Some(Split::Test)),
        ..choices.clone()
    };
    let data = files.read(&choices).and_then(OwnData::into_digits);
    data.map_err(|error| match error {
        Error::Files { message } => Error::Files {
            message: format!(
                "{message} (The files of MNIST are train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte, as they are or packed.)"
            ),
        },
        other => other,
    })
}

/// Adds what lies in `folder`, which is called `name` in sentences.
fn add_folder(files: &mut Files, folder: &Path, name: &str) -> Result<()> {
    let fail = |error: std::io::Error| Error::Io {
        path: folder.display().to_string(),
        message: format!("{error}: choose a folder that holds images."),
    };
    let entries = fs::read_dir(folder).map_err(fail)?;
    let mut entries = entries.collect::<std::io::Result<Vec<_>>>().map_err(fail)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let inside = entry.file_name().to_string_lossy().into_owned();
        let name = if name.is_empty() {
            inside
        } else {
            format!("{name}/{inside}")
        };
        let path = entry.path();
        let is_folder = entry.file_type().map_err(fail)?.is_dir();
        match (is_passed_over(&name), is_folder) {
            (true, true) => {}
            (false, true) => add_folder(files, &path, &name)?,
            // A link to a folder may lead back to where it lies; what waits for a writer may wait for ever.
            (false, false) if path.is_file() || !path.exists() => add_file(files, &path, &name)?,
            _ => files.pass_over(&name),
        }
    }
    Ok(())
}

fn add_file(files: &mut Files, path: &Path, name: &str) -> Result<()> {
    let bytes = fs::read(path).map_err(|error| Error::Io {
        path: path.display().to_string(),
        message: format!("{error}: choose the files or folders that hold the images."),
    })?;
    files.add(name, bytes);
    Ok(())
}
