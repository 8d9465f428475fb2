//! Where a result goes. Hours of training end in it, so nothing may lose it: a place that
//! cannot be written is refused before the training, an older file stands until the new one
//! is whole, and what cannot go where it should is kept in the folder of temporary files.

use np_playground::error::{Error, Result};
use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::iter::successors;
use std::path::{Path, PathBuf};
use tempfile::{Builder, NamedTempFile};

/// How the name of a file to be begins and ends.
const PART: (&str, &str) = ("np-playground-", ".part");

/// A place that a result can be written to, once.
pub enum Output {
    /// Standard output.
    Standard,
    /// What can be written and not replaced, such as a named pipe, or what the program was given
    /// open.
    Device(PathBuf, File),
    /// A file, beside which another can be made, to take its place when it is whole.
    File(PathBuf),
}

impl Output {
    /// The file at `path`, which is as it was until [`Output::write`].
    ///
    /// # Errors
    /// [`Error::Io`] if it cannot be written.
    pub fn file(path: &Path) -> Result<Self> {
        Self::at(path).map_err(|error| {
            let message =
                format!("It cannot be written ({error}): choose another file with --out.");
            said_of(path, message)
        })
    }

    fn at(path: &Path) -> io::Result<Self> {
        if names_folder(path) {
            return Err(io::Error::other("its name is that of a folder"));
        }
        if is_given_open(path) {
            // Who gave it may have written there, and goes on to.
            let there = OpenOptions::new().append(true).open(path)?;
            return Ok(Output::Device(path.to_owned(), there));
        }
        // The file that a link leads to is replaced, not the link.
        let path = match fs::canonicalize(path) {
            Err(error) if path.is_symlink() => return Err(error),
            found => found.unwrap_or_else(|_| path.to_owned()),
        };
        if path.exists() {
            let there = OpenOptions::new().write(true).open(&path)?;
            if !there.metadata()?.is_file() {
                return Ok(Output::Device(path, there));
            }
        }
        // To see whether one can be made. It does not stay: an end at once would leave it.
        part_beside(&path)?;
        Ok(Output::File(path))
    }

    /// Where it is, if it is a file.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Output::File(path) => Some(path),
            Output::Standard | Output::Device(..) => None,
        }
    }

    /// Writes `text` there.
    ///
    /// # Errors
    /// [`Error::Io`] if that fails; it says where the text has been kept instead.
    pub fn write(self, text: &str) -> Result<()> {
        let (name, written) = match self {
            Output::Standard => match print(text) {
                // Who reads it has had enough of it.
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(()),
                printed => (PathBuf::from("standard output"), printed),
            },
            Output::Device(path, mut device) => {
                let written = device.write_all(text.as_bytes());
                (path, written)
            }
            Output::File(path) => {
                let written = replace(&path, text);
                (path, written)
            }
        };
        written.map_err(|error| {
            let place = match keep(text) {
                Ok(kept) => format!("It is in {} instead.", kept.display()),
                Err(second) => format!("Nor can a temporary file ({second}): it is lost."),
            };
            said_of(
                &name,
                format!("The result cannot be written ({error}). {place}"),
            )
        })
    }
}

/// Whether a path can be none but a folder's, such as `results/`.
fn names_folder(path: &Path) -> bool {
    let bytes = path.as_os_str().as_encoded_bytes();
    let ends = |name: &OsStr| bytes.ends_with(name.as_encoded_bytes());
    !path.file_name().is_some_and(ends)
}

/// How many links Linux follows.
const LINKS: usize = 40;

/// Whether a path leads to what the program was given open, such as `/dev/stdout`, or a shell's
/// `>(…)`. What Linux has such a link say is the name of a file, which is not to be replaced, or
/// no name.
fn is_given_open(path: &Path) -> bool {
    let next = |link: &PathBuf| Some(link.with_file_name(fs::read_link(link).ok()?));
    let mut links = successors(Some(path.to_owned()), next).take(LINKS);
    links.any(|link| fs::canonicalize(folder_of(&link)).is_ok_and(|at| at.starts_with("/proc")))
}

fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

fn replace(path: &Path, text: &str) -> io::Result<()> {
    let mut part = part_beside(path)?;
    part.write_all(text.as_bytes())?;
    part.as_file().sync_all()?;
    part.persist(path)?;
    Ok(())
}

fn keep(text: &str) -> io::Result<PathBuf> {
    let mut file = new_file().tempfile()?;
    file.write_all(text.as_bytes())?;
    let (_, path) = file.keep()?;
    Ok(path)
}

/// What is to be the file at `path`, unless a sweep has that: it would go on with a file that is
/// no longer there.
fn part_beside(path: &Path) -> io::Result<NamedTempFile> {
    if is_held(path) {
        return Err(io::Error::other("a sweep is writing it"));
    }
    let part = part_in(folder_of(path))?;
    // Who may not read the older file is not to read the new one.
    if let Ok(older) = fs::metadata(path) {
        part.as_file().set_permissions(older.permissions())?;
    }
    Ok(part)
}

fn folder_of(path: &Path) -> &Path {
    let folder = path.parent().filter(|folder| *folder != OsStr::new(""));
    folder.unwrap_or(Path::new("."))
}

/// Whether there is a file that a program has locked. It is opened as for writing, since some
/// systems lock no other; that shares the lock, lest two that ask find each other.
pub fn is_held(path: &Path) -> bool {
    let file = OpenOptions::new().read(true).write(true).open(path);
    let lock = file.map(|file| file.try_lock_shared());
    matches!(lock, Ok(Err(TryLockError::WouldBlock)))
}

/// A file to be, in `folder`.
pub fn part_in(folder: &Path) -> io::Result<NamedTempFile> {
    new_file().tempfile_in(folder)
}

/// Whether it is what is left of a file to be whose writing was ended at once.
pub fn is_part(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with(PART.0) && name.ends_with(PART.1)
}

/// With the rights that any new file has here.
fn new_file() -> Builder<'static, 'static> {
    let mut builder = Builder::new();
    builder.prefix(PART.0).suffix(PART.1);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}

/// What is to be said of `path`.
pub fn said_of(path: &Path, message: String) -> Error {
    Error::Io {
        path: path.display().to_string(),
        message,
    }
}
