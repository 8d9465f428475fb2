//! What is this file? Told by what is in it, never by its name.

use super::{cifar, text};
use crate::dataset::idx;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Wraps one file.
    Gzip,
    /// Holds files; NumPy's .npz is one.
    Zip,
    /// Holds files.
    Tar,
    /// An array in the format of MNIST.
    Idx,
    /// An array of NumPy.
    Npy,
    /// Records of a label byte or two and a picture.
    Cifar(cifar::Labels),
    /// Text, as a rule a table.
    Text,
    /// A picture that browsers can decode.
    Picture(&'static str),
    /// Settings, or a result, of this program or another.
    Json,
    /// Anything else.
    Other(Other),
}

/// What cannot be read: what it is called, and the way out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Other {
    /// "a PDF document".
    pub what: &'static str,
    /// "choose ...".
    pub way_out: &'static str,
}

const fn other(what: &'static str, way_out: &'static str) -> Kind {
    Kind::Other(Other { what, way_out })
}

const UNPACK: &str = "unpack it and give what is in it";
const AS_PNG: &str = "save it as PNG or JPEG";
const AS_CSV: &str = "save the sheet as CSV";
pub(super) const AS_NPZ: &str = "open it in Python and save its arrays with numpy.savez, as x_train, y_train, x_test and y_test";

const EMPTY: Kind = other("empty", "get it again");
const PICKLE: Kind = other("a Python pickle, which only Python can open", AS_NPZ);
const WEB_PAGE: Kind = other(
    "a web page and not the file that its name promises",
    "get it again, as a rule by the page's own button to download it",
);
const XML: Kind = other("an XML file", "save its data as CSV, or leave it out");
/// What a web page has, and no other XML.
const OF_WEB_PAGES: [&str; 5] = ["<!doctype html", "<html", "<head", "<body", "<h1"];
/// How pickles of Python 2 begin: a dictionary, a list or an array, as text or in bytes.
const OLD_PICKLES: [&[u8]; 5] = [b"(dp", b"(lp", b"cnumpy", b"}q", b"]q"];
const UNKNOWN: Kind = other(
    "in no format that is known here",
    "give CSV, IDX, NPZ, NPY, ARFF, a binary batch of CIFAR or, in the page, folders of PNG or JPEG images",
);

/// Where a file has which bytes, and what it then is. The first that fits counts.
const SIGNATURES: [(usize, &[u8], Kind); 37] = [
    (0, b"\x1f\x8b", Kind::Gzip),
    (0, b"PK\x03\x04", Kind::Zip),
    (0, b"PK\x05\x06", Kind::Zip),
    (257, b"ustar", Kind::Tar),
    (0, b"\x93NUMPY", Kind::Npy),
    (0, b"\x89PNG\r\n\x1a\n", Kind::Picture("PNG")),
    (0, b"\xff\xd8\xff", Kind::Picture("JPEG")),
    (0, b"GIF8", Kind::Picture("GIF")),
    (8, b"WEBP", Kind::Picture("WebP")),
    (6, b"\0\0\0\0\x36\0\0\0\x28\0\0\0", Kind::Picture("BMP")),
    (0, b"II*\0", other("a TIFF picture", AS_PNG)),
    (0, b"MM\0*", other("a TIFF picture", AS_PNG)),
    (4, b"ftyphei", other("a HEIC picture", AS_PNG)),
    (4, b"ftypmif1", other("a HEIF picture", AS_PNG)),
    (4, b"ftypavif", other("an AVIF picture", AS_PNG)),
    (
        0,
        b"PAR1",
        other(
            "a Parquet table",
            "save it as CSV, in Python with pandas.read_parquet(...).to_csv(..., index=False)",
        ),
    ),
    (0, b"ARROW1", other("an Arrow table", AS_NPZ)),
    (0, b"FEA1", other("a Feather table", AS_NPZ)),
    (0, b"\x89HDF\r\n\x1a\n", other("an HDF5 file", AS_NPZ)),
    (0, b"MATLAB 5.0", other("a MATLAB file", AS_NPZ)),
    (
        0,
        b"RDX",
        other(
            "an R file",
            "save its table in R with write.csv(..., row.names = FALSE)",
        ),
    ),
    (
        0,
        b"SQLite format 3",
        other("an SQLite database", "save its table as CSV"),
    ),
    (
        0,
        b"%PDF",
        other(
            "a PDF document",
            "choose the data themselves, not what is written of them",
        ),
    ),
    (
        0,
        b"{\\rtf",
        other(
            "an RTF document",
            "save it as plain text, or choose the data themselves",
        ),
    ),
    (
        0,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        other("an old Excel, Word or PowerPoint file", AS_CSV),
    ),
    (0, b"BZh", other("compressed by bzip2", UNPACK)),
    (0, b"\xfd7zXZ\0", other("compressed by xz", UNPACK)),
    (
        0,
        b"\x28\xb5\x2f\xfd",
        other("compressed by Zstandard", UNPACK),
    ),
    (0, b"\x04\x22\x4d\x18", other("compressed by LZ4", UNPACK)),
    (0, b"7z\xbc\xaf\x27\x1c", other("a 7z archive", UNPACK)),
    (0, b"Rar!", other("a RAR archive", UNPACK)),
    (
        0,
        b"\x7fELF",
        other("a program", "choose the data themselves"),
    ),
    (
        0,
        b"MZ\x90",
        other("a program", "choose the data themselves"),
    ),
    (0, b"ID3", other("a recording of sound", "choose images")),
    (4, b"ftyp", other("a film", "choose images")),
    (
        0,
        b"version https://git-lfs",
        other(
            "a pointer of Git LFS to the file",
            "get the file itself with git lfs pull",
        ),
    ),
    (
        0,
        b"\0asm",
        other("a WebAssembly module", "choose the data themselves"),
    ),
];

impl Kind {
    /// What `bytes` are.
    pub fn of(bytes: &[u8]) -> Self {
        if bytes.is_empty() {
            return EMPTY;
        }
        let mut signatures = SIGNATURES.iter();
        let fits = |(at, start, kind): &(usize, &[u8], Kind)| {
            let there = bytes.get(*at..).is_some_and(|rest| rest.starts_with(start));
            there.then_some(*kind)
        };
        signatures
            .find_map(fits)
            .or_else(|| pickle(bytes))
            .or_else(|| binary(bytes))
            .or_else(|| words(bytes))
            .unwrap_or(UNKNOWN)
    }
}

/// Of those that Python 3 writes the first byte tells; older ones begin in a few ways, a tuple
/// with brackets before that, or name what they need.
fn pickle(bytes: &[u8]) -> Option<Kind> {
    let start = &bytes[..bytes.len().min(1000)];
    let brackets = start.iter().take_while(|byte| **byte == b'(').count();
    let begins = |old: &&[u8]| {
        let tuple = brackets.saturating_sub(1)..=brackets;
        tuple.into_iter().any(|at| start[at..].starts_with(old))
    };
    let needs_numpy = brackets > 0 && start.windows(6).any(|part| part == b"cnumpy");
    let old = needs_numpy || OLD_PICKLES.iter().any(begins);
    let new = matches!(bytes, [0x80, 2..=5, _, ..]);
    (old || new).then_some(PICKLE)
}

/// A damaged IDX file is one, too, unless it is whole as something else.
fn binary(bytes: &[u8]) -> Option<Kind> {
    let idx = idx::open(bytes).map(|file| file.is_whole());
    match (idx, cifar::labels(bytes)) {
        (Some(true), _) | (Some(false), None) => Some(Kind::Idx),
        (_, Some(labels)) => Some(Kind::Cifar(labels)),
        (None, None) => None,
    }
}

fn words(bytes: &[u8]) -> Option<Kind> {
    let start = text::beginning(bytes)?;
    let start = start.trim_start();
    let small = start.to_ascii_lowercase();
    let json = |open, close| small.starts_with(open) && bytes.trim_ascii_end().ends_with(close);
    Some(if start.is_empty() {
        EMPTY
    } else if small.starts_with('<') {
        let of_web_page = OF_WEB_PAGES.iter().any(|tag| small.contains(tag));
        if of_web_page { WEB_PAGE } else { XML }
    } else if json('{', b"}") || json('[', b"]") {
        Kind::Json
    } else {
        Kind::Text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn what(bytes: &[u8]) -> &'static str {
        match Kind::of(bytes) {
            Kind::Other(other) => other.what,
            kind => panic!("{kind:?}"),
        }
    }

    #[test]
    fn what_cannot_be_read_is_called_what_it_is() {
        assert_eq!(what(b""), "empty");
        assert_eq!(what(b" \r\n"), "empty");
        assert_eq!(what(b"PAR1\x15\x04PAR1"), "a Parquet table");
        assert_eq!(what(b"\x89HDF\r\n\x1a\n\0\0"), "an HDF5 file");
        assert_eq!(what(b"%PDF-1.7\n"), "a PDF document");
        assert_eq!(what(b"\0\0\0\x20ftypavif"), "an AVIF picture");
        assert_eq!(what(b"\0\0\0\x18ftypmif1"), "a HEIF picture");
        assert_eq!(what(b"\0\0\0\x18ftypisom"), "a film");
        assert!(what(b"\x80\x04\x95\x10\0\0.").contains("pickle"));
        for old in [
            &b"(lp0\ncnumpy.core.multiarray\n_reconstruct\np1\n."[..],
            b"((lp1\nI5\naI0\na(lp2\nI1\natp3\n.",
            b"(dp0\nVlabels\np1\n(lp2\nI5\naI0\nas.",
            b"cnumpy.core.multiarray\n_reconstruct\np1\n.",
            b"}q\0U\x06labelsq\x01]q\x02K\x05as.",
        ] {
            assert!(what(old).contains("pickle"), "{}", old.escape_ascii());
        }
        assert!(what(b"\n <!DOCTYPE html>\n<html>").contains("web page"));
        assert!(what(b"<HTML><body>404").contains("web page"));
        assert!(what("\u{feff}<html>".as_bytes()).contains("web page"));
        assert!(what(b"<?xml version=\"1.0\"?>\n<html xmlns=\"...\">").contains("web page"));
        assert_eq!(what(b"<?xml version=\"1.0\"?><a/>"), "an XML file");
        assert_eq!(what(b"<annotation>\n<folder/>"), "an XML file");
        assert!(what(&[7, 0, 200, 1, 2, 3]).contains("no format that is known"));
        assert!(what(b"version https://git-lfs.github.com/spec/v1\n").contains("Git LFS"));
    }

    #[test]
    fn what_can_be_read_is_known_by_its_content() {
        assert_eq!(Kind::of(b"5,0,0\n"), Kind::Text);
        assert_eq!(Kind::of(b"{\"lr\": 0.1}\n"), Kind::Json);
        assert_eq!(Kind::of(&[0, 0, 8, 1, 0, 0, 0, 1, 7]), Kind::Idx);
        assert_eq!(
            Kind::of(&[0, 0, 8, 1, 0, 0, 0, 9, 7]),
            Kind::Idx,
            "broken off"
        );
        let mut batch = vec![0; 2 * 3073];
        (batch[3], batch[3073]) = (3, 9);
        assert_eq!(Kind::of(&batch), Kind::Cifar(cifar::Labels::One));
    }
}
