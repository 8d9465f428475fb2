//! The one error type. Every message is a whole sentence that names the value,
//! what is allowed and the way out, so that the page, the command and the
//! notebook can show it as it stands.

use serde::Serialize;
use serde_json::Value;

/// Result with this crate's [`enum@Error`].
pub type Result<T> = std::result::Result<T, Error>;

/// Everything that can go wrong before or between steps. A run that diverges is
/// not an error: see [`crate::metrics::Status::Diverged`].
///
/// ```
/// use np_playground::{Error, config::Config};
///
/// let error = Config::from_json(r#"{"kappa": 2}"#).expect_err("it ends at 1");
/// assert_eq!(error.code(), "config");
/// if let Error::Config(problems) = error {
///     assert_eq!((problems[0].field.as_str(), problems[0].value.as_str()), ("kappa", "2"));
/// }
/// ```
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// One or more settings are outside their range; all of them are listed.
    #[error("{}", sentences(.0))]
    Config(Vec<Problem>),

    /// A file does not start with the IDX magic number that its kind has.
    #[error(
        "The {what} file starts with 0x{found:08x} where an IDX file of this kind starts with 0x{expected:08x}: choose the original MNIST file (plain or gzipped)."
    )]
    IdxMagic {
        /// "images" or "labels".
        what: &'static str,
        /// The first four bytes, big-endian.
        found: u32,
        /// 0x00000803 (images) or 0x00000801 (labels).
        expected: u32,
    },

    /// A file is shorter or longer than its header says.
    #[error(
        "The {what} file has {found} bytes where its header asks for {expected}: it is incomplete or damaged, fetch it again."
    )]
    IdxTruncated {
        /// "images" or "labels".
        what: &'static str,
        /// Bytes in the file.
        found: usize,
        /// Bytes that the header asks for.
        expected: usize,
    },

    /// Sizes that cannot be used, or that do not fit together.
    #[error("{message}")]
    IdxShape {
        /// The whole sentence.
        message: String,
    },

    /// A label that is no class.
    #[error(
        "Label {index} is {label}, but labels go from 0 to {}: the labels file belongs to other data, choose another.",
        classes - 1
    )]
    IdxLabel {
        /// The label found.
        label: u8,
        /// Its position in the file, from 0.
        index: usize,
        /// How many classes there may be.
        classes: usize,
    },

    /// Files that do not make up a data set.
    #[error("{message}")]
    Files {
        /// A whole sentence for every file at fault.
        message: String,
    },

    /// More images were asked for than there are.
    #[error(
        "{what} = {wanted} asks for more images than the data set has ({available}): choose {available} or fewer."
    )]
    DatasetTooSmall {
        /// The setting: `train_size` or `test_size`.
        what: &'static str,
        /// Images asked for.
        wanted: usize,
        /// Images there are.
        available: usize,
    },

    /// Memory that the system does not give.
    #[error("{what} needs {} of memory more than there is: choose {remedy}.", size(*.bytes))]
    Memory {
        /// What it was for.
        what: String,
        /// How many bytes were asked for.
        bytes: u64,
        /// The end of a sentence "choose ...".
        remedy: &'static str,
    },

    /// A checkpoint that was not written by this version, or was damaged.
    #[error(
        "The checkpoint cannot be used: {message}. Start the run again from its configuration."
    )]
    Checkpoint {
        /// What is wrong with it.
        message: String,
    },

    /// A file that cannot be read or written.
    #[error("{path}: {message}")]
    Io {
        /// The file.
        path: String,
        /// What the system said.
        message: String,
    },
}

impl Error {
    /// Of so many images, for which there is no memory.
    pub(crate) fn no_room_for_images(images: usize, bytes: u64) -> Self {
        Error::Memory {
            what: format!("A set of {images} images"),
            bytes,
            remedy: "fewer images",
        }
    }

    /// A short name that does not change between versions, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Error::Config(_) => "config",
            Error::IdxMagic { .. } => "idx_magic",
            Error::IdxTruncated { .. } => "idx_truncated",
            Error::IdxShape { .. } => "idx_shape",
            Error::IdxLabel { .. } => "idx_label",
            Error::Files { .. } => "files",
            Error::DatasetTooSmall { .. } => "dataset_too_small",
            Error::Memory { .. } => "memory",
            Error::Checkpoint { .. } => "checkpoint",
            Error::Io { .. } => "io",
        }
    }
}

/// A setting that cannot be used, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The key, e.g. `lr` or `overrides.np.lr`.
    pub field: String,
    /// The value given, as JSON.
    pub value: String,
    /// What is allowed.
    pub allowed: String,
    /// The whole sentence.
    pub message: String,
}

impl Problem {
    /// Of a setting with a value that it may not have; `allowed` ends a sentence "choose ...".
    pub fn new(field: &str, value: &Value, allowed: impl Into<String>) -> Self {
        let allowed = allowed.into();
        let message = format!("{field} = {value} cannot be used: choose {allowed}.");
        Self {
            field: field.into(),
            value: value.to_string(),
            allowed,
            message,
        }
    }
}

/// Bytes in words: `"5.1 GB"`, `"120 MB"`.
pub fn size(bytes: u64) -> String {
    match bytes / 100_000_000 {
        0..10 => format!("{} MB", bytes.div_ceil(1_000_000)),
        tenths => format!("{}.{} GB", tenths / 10, tenths % 10),
    }
}

fn sentences(problems: &[Problem]) -> String {
    let messages: Vec<&str> = problems.iter().map(|p| p.message.as_str()).collect();
    messages.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_told_in_round_numbers() {
        let words = [1, 55_000_001, 999_000_000, 1_000_000_000, 5_120_000_000].map(size);
        assert_eq!(words, ["1 MB", "56 MB", "999 MB", "1.0 GB", "5.1 GB"]);
    }
}
