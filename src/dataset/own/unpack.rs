//! What is in gzip files, zip and tar archives, and no more of it than is reasonable.

use std::io::{Cursor, Read};
use zip::CompressionMethod;

/// A file may unpack to this, or to so many times its own size if that is more: images
/// written as text come to a tenth of it, and bombs to a thousandth.
const ALWAYS: usize = 128 << 20;
const TIMES: usize = 100;
/// Read at once.
const PIECE: u64 = 1 << 20;

/// How much a file may still unpack to.
pub(super) struct Budget {
    whole: usize,
    left: usize,
}

impl Budget {
    /// For a file of `size` bytes.
    pub fn new(size: usize) -> Self {
        let whole = ALWAYS.max(size.saturating_mul(TIMES));
        Self { whole, left: whole }
    }

    /// Reads to the end, unless that is too far.
    fn read(&mut self, mut from: impl Read) -> Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        loop {
            // Memory that is not there is said, too, and not died of.
            bytes
                .try_reserve(PIECE as usize)
                .map_err(|_| too_large(bytes.len()))?;
            let piece = from.by_ref().take(PIECE).read_to_end(&mut bytes);
            let read =
                piece.map_err(|error| format!("cannot be unpacked ({error}): get it again."))?;
            if read == 0 {
                return Ok(bytes);
            }
            self.left = self.left.checked_sub(read).ok_or_else(|| {
                format!(
                    "unpacks to more than {} MB, which no images of this size do: unpack it yourself if it is whole, and give what is in it.",
                    self.whole >> 20
                )
            })?;
        }
    }
}

/// The end of a sentence about `bytes` that do not fit into the memory.
pub(super) fn too_large(bytes: usize) -> String {
    format!(
        "needs more memory than there is ({} MB and more): give fewer images.",
        bytes >> 20
    )
}

/// What a gzip file holds; what follows its last member is left.
pub(super) fn gzip(bytes: &[u8], budget: &mut Budget) -> Result<Vec<u8>, String> {
    let mut rest = bytes;
    let mut all = Vec::new();
    while rest.starts_with(&[0x1f, 0x8b]) {
        let mut member = flate2::bufread::GzDecoder::new(rest);
        let content = budget.read(&mut member)?;
        if all.is_empty() {
            all = content;
        } else {
            all.extend(content);
        }
        rest = member.into_inner();
    }
    Ok(all)
}

/// Gives the path and the content of each file of a zip archive to `found`.
pub(super) fn zip(
    bytes: &[u8],
    budget: &mut Budget,
    found: &mut dyn FnMut(&mut Budget, String, Vec<u8>),
) -> Result<(), String> {
    let damaged = |error| format!("cannot be unpacked ({error}): get it again.");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let names: Vec<String> = archive
        .file_names()
        .filter_map(|name| name.ok().map(|name| name.into_owned()))
        .collect();
    if let Some(refusal) = other_format(&names) {
        return Err(refusal.into());
    }
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(zip::result::ZipError::PASSWORD_REQUIRED) => {
                "is locked by a password: unpack it and give what is in it.".to_owned()
            }
            error => {
                format!("cannot be unpacked ({error}): unpack it yourself, and give what is in it.")
            }
        })?;
        let name = file.name().map_err(damaged)?.into_owned();
        if file.is_file() && !super::names::is_passed_over(&name) {
            let method = file.compression();
            if !matches!(
                method,
                CompressionMethod::Stored | CompressionMethod::Deflated
            ) {
                return Err(format!(
                    "is compressed by {method}, which is not known here: unpack it, and give what is in it or a plain zip archive of it."
                ));
            }
            let content = budget.read(file)?;
            found(budget, name, content);
        }
    }
    Ok(())
}

/// Gives the path and the content of each file of a tar archive to `found`.
pub(super) fn tar(
    bytes: &[u8],
    budget: &mut Budget,
    found: &mut dyn FnMut(&mut Budget, String, Vec<u8>),
) -> Result<(), String> {
    let damaged = |error| format!("cannot be unpacked ({error}): get it again.");
    let mut archive = tar::Archive::new(bytes);
    for file in archive.entries().map_err(damaged)? {
        let file = file.map_err(damaged)?;
        let name = String::from_utf8_lossy(&file.path_bytes()).into_owned();
        if file.header().entry_type().is_file() && !super::names::is_passed_over(&name) {
            let content = budget.read(file)?;
            found(budget, name, content);
        }
    }
    Ok(())
}

/// Zip archives that are a format of their own.
fn other_format(names: &[String]) -> Option<&'static str> {
    let has = |known: &str| {
        names
            .iter()
            .any(|name| name == known || name.ends_with(&format!("/{known}")))
    };
    if has("[Content_Types].xml") || has("mimetype") {
        Some("is a workbook or a document, as of Excel: save the sheet as CSV.")
    } else if has("data.pkl") {
        Some(
            "is a file of PyTorch, which only Python can open: open it in Python and save its arrays with numpy.savez, as x_train, y_train, x_test and y_test.",
        )
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::Write;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).expect("memory");
        encoder.finish().expect("memory")
    }

    #[test]
    fn members_follow_each_other() {
        let bytes = [packed(b"ab"), packed(b"c"), vec![0; 5]].concat();
        assert_eq!(
            gzip(&bytes, &mut Budget::new(bytes.len())),
            Ok(b"abc".to_vec())
        );
        let half = &bytes[..10];
        let error = gzip(half, &mut Budget::new(10)).expect_err("half a file");
        assert!(error.contains("get it again"), "{error}");
    }

    #[test]
    fn a_bomb_is_stopped_while_it_unpacks() {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        let zeros = vec![0; 1 << 20];
        (0..300).for_each(|_| encoder.write_all(&zeros).expect("memory"));
        let bomb = encoder.finish().expect("memory");
        let mut budget = Budget::new(bomb.len());
        let error = gzip(&bomb, &mut budget).expect_err("refused");
        assert!(error.contains("more than 128 MB"), "{error}");
        assert_eq!(
            Budget::new(10 << 20).whole,
            1000 << 20,
            "large files hold more"
        );
    }
}
