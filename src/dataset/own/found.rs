//! The data that were found in the files: unpacked, and told apart by what they are.

use super::kind::{AS_NPZ, Kind, Other};
use super::npy::{self, Array};
use super::numbers::{Element, Numbers};
use super::pixels::FEWEST_PIXELS;
use super::table::Source;
use super::unpack::{self, Budget};
use super::{Encoded, Files, arff, cifar, names, packed, text, title};
use crate::dataset::idx;
use std::rc::Rc;

/// Archives in archives, and so on: more is a trap.
const DEEPEST: usize = 4;

/// Data, and where they were found.
#[derive(Debug, PartialEq)]
pub(super) struct Found {
    pub path: String,
    pub content: Content,
}

/// Data in the form in which they come.
#[derive(Debug, PartialEq)]
pub(super) enum Content {
    /// Images, or labels in more dimensions than one.
    Array(Numbers),
    /// Rows and columns.
    Table(Source),
    /// Labels, and the pictures that they belong to.
    Cifar(cifar::Labels, Rc<Vec<u8>>),
}

impl Files {
    /// Looks into a file, which lies in `depth` others, and keeps what is found.
    pub(super) fn open(&mut self, path: &str, bytes: Vec<u8>, budget: &mut Budget, depth: usize) {
        let path = path.replace('\\', "/");
        if names::is_passed_over(&path) {
            self.passed_over.push(path);
            return;
        }
        let kind = Kind::of(&bytes);
        if depth == DEEPEST && matches!(kind, Kind::Gzip | Kind::Zip | Kind::Tar) {
            return self.add_missing(
                &path,
                "is packed too many times: unpack it, and give what is in it.",
            );
        }
        let opened = match kind {
            Kind::Gzip => unpack::gzip(&bytes, budget).map(|content| {
                drop(bytes);
                self.open(&path, content, budget, depth + 1);
            }),
            Kind::Zip => unpack::zip(&bytes, budget, &mut |budget, name, content| {
                self.open(&format!("{path}/{name}"), content, budget, depth + 1);
            }),
            Kind::Tar => unpack::tar(&bytes, budget, &mut |budget, name, content| {
                self.open(&format!("{path}/{name}"), content, budget, depth + 1);
            }),
            Kind::Picture(format) => {
                self.waiting.push_back(Encoded {
                    path: path.clone(),
                    format,
                    bytes,
                });
                Ok(())
            }
            Kind::Json => {
                self.passed_over.push(path.clone());
                Ok(())
            }
            Kind::Other(Other { what, way_out }) => Err(format!("is {what}: {way_out}.")),
            Kind::Text => text::decode(bytes)
                .ok_or_else(|| "has characters that no text has: get it again.".to_owned())
                .and_then(|text| packed::check(&text).map(|()| text))
                .map(|text| {
                    if arff::header(&text).is_none() && text::is_prose(&text) {
                        self.passed_over.push(path.clone());
                    } else {
                        self.keep(&path, text_table(text));
                    }
                }),
            Kind::Idx | Kind::Npy | Kind::Cifar(_) => {
                content(kind, bytes).map(|content| self.keep(&path, content))
            }
        };
        if let Err(problem) = opened {
            self.add_missing(&path, &problem);
        }
    }

    /// Archives that were unpacked beside themselves give everything twice. Labels may be equal
    /// though their images differ: which are of use is known once they are put together.
    fn keep(&mut self, path: &str, content: Content) {
        let same = |known: &&Found| {
            let told = |path: &str| (names::set(path), names::stem(names::name(path)));
            known.content == content && !content.is_narrow() && told(&known.path) == told(path)
        };
        match self.found.iter().find(same) {
            Some(_) => self.passed_over.push(path.to_owned()),
            None => self.found.push(Found {
                path: path.to_owned(),
                content,
            }),
        }
    }
}

impl Content {
    /// Whether a row has fewer entries than the smallest image has pixels.
    fn is_narrow(&self) -> bool {
        match self {
            Self::Table(source) => source.width() < FEWEST_PIXELS,
            Self::Array(_) | Self::Cifar(..) => false,
        }
    }
}

/// The arrays of a file.
fn content(kind: Kind, bytes: Vec<u8>) -> Result<Content, String> {
    let bytes = Rc::new(bytes);
    match kind {
        Kind::Cifar(labels) => Ok(Content::Cifar(labels, bytes)),
        Kind::Npy => match npy::read(&bytes)? {
            Array::Numbers(numbers) => array(numbers),
            Array::Words(words) => Ok(Content::Table(Source::Words(Rc::new(words)))),
        },
        _ => array(read_idx(&bytes)?),
    }
}

fn array(numbers: Numbers) -> Result<Content, String> {
    match numbers.sizes().len() {
        0 => Err(format!("holds a single number, and no images: {AS_NPZ}.")),
        // The other sizes could be anything, and nothing in the file would show that they are not so.
        _ if numbers.len() == 0 => Err("has no entries: save it again, or leave it out.".into()),
        1 | 2 => Ok(Content::Table(Source::Numbers(numbers))),
        _ => Ok(Content::Array(numbers)),
    }
}

fn read_idx(bytes: &Rc<Vec<u8>>) -> Result<Numbers, String> {
    let damaged = || "is damaged: get it again.".to_owned();
    let file = idx::open(bytes).ok_or_else(damaged)?;
    if !file.is_whole() {
        return Err(format!(
            "has {} bytes where its header asks for {}: it is incomplete or damaged, get it again.",
            bytes.len(),
            file.whole_length()
        ));
    }
    let element = match file.element {
        idx::U8 => Element::U8,
        idx::I8 => Element::I8,
        idx::I16 => Element::I16,
        idx::I32 => Element::I32,
        idx::F32 => Element::F32,
        _ => Element::F64,
    };
    let start = bytes.len() - file.body.len();
    let numbers = Numbers::packed(bytes, start, element, &file.sizes);
    numbers.map(Numbers::big_endian).ok_or_else(damaged)
}

fn text_table(text: String) -> Content {
    let text = match arff::header(&text) {
        Some(_) => arff::without_remarks(&text),
        None => text,
    };
    let (names, start) = match arff::header(&text) {
        Some((names, start)) => (Some(names), start),
        None => {
            let start = text::past_comments(&text);
            (None, start + title::past(&text[start..]))
        }
    };
    let line = 1 + text[..start].matches('\n').count() as u64;
    Content::Table(Source::Text {
        text: Rc::new(text),
        start,
        line,
        names,
    })
}
