//! Arrays of NumPy: a header, which is a Python dictionary, and then the entries.
//!
//! Source: the documentation of `numpy.lib.format`.

use super::numbers::{Element, Numbers};
use serde::Deserialize;
use std::rc::Rc;

/// What an array holds.
#[derive(Debug)]
pub(super) enum Array {
    Numbers(Numbers),
    /// Text, one entry an item.
    Words(Vec<String>),
}

#[derive(Deserialize)]
struct Header {
    descr: serde_json::Value,
    fortran_order: bool,
    shape: Vec<usize>,
}

/// Reads an array.
///
/// # Errors
/// What is wrong with it, as the end of a sentence that begins with its name.
pub(super) fn read(bytes: &Rc<Vec<u8>>) -> Result<Array, String> {
    let damaged = || "is a damaged NPY file: get or save it again.".to_owned();
    let (text, start) = header(bytes).ok_or_else(damaged)?;
    let header: Header = serde_json::from_str(&json(text)).map_err(|_| damaged())?;
    let Some(descr) = header.descr.as_str() else {
        return Err("holds records with fields of their own: save each field as an array.".into());
    };
    let array = match descr.split_at_checked(1) {
        Some(("<" | "|" | "=", kind)) => entries(bytes, start, kind, &header.shape, false),
        Some((">", kind)) => entries(bytes, start, kind, &header.shape, true),
        _ => None,
    };
    match array {
        Some(Array::Numbers(numbers)) if header.fortran_order => {
            Ok(Array::Numbers(numbers.first_fastest()))
        }
        Some(array) => Ok(array),
        None if descr.ends_with('O') => Err(
            "holds Python objects, which only Python can open: save it again with dtype=uint8 or another type of number.".into(),
        ),
        None if descr.get(1..).and_then(element).is_none() => Err(format!(
            "holds entries of the type {descr}: save it again with dtype=uint8 or float32."
        )),
        None => Err(damaged()),
    }
}

/// The text of the header, and where the entries begin.
fn header(bytes: &[u8]) -> Option<(&str, usize)> {
    let length = |bytes: &[u8]| bytes.iter().rev().fold(0, |n, &b| 256 * n + usize::from(b));
    let start = match bytes.get(6)? {
        1 => 10,
        _ => 12,
    };
    let end = start + length(bytes.get(8..start)?);
    Some((str::from_utf8(bytes.get(start..end)?).ok()?, end))
}

/// The dictionary in JSON, which differs in quotes, brackets, truth values and last commas.
fn json(dictionary: &str) -> String {
    let mut json = dictionary
        .replace('\'', "\"")
        .replace('(', "[")
        .replace(')', "]")
        .replace("False", "false")
        .replace("True", "true");
    json.retain(|c| !c.is_whitespace());
    json.replace(",]", "]").replace(",}", "}")
}

fn entries(
    bytes: &Rc<Vec<u8>>,
    start: usize,
    kind: &str,
    shape: &[usize],
    big_endian: bool,
) -> Option<Array> {
    if let Some(element) = element(kind) {
        let numbers = Numbers::packed(bytes, start, element, shape)?;
        return Some(Array::Numbers(if big_endian {
            numbers.big_endian()
        } else {
            numbers
        }));
    }
    let (unit, length) = kind.split_at_checked(1)?;
    let length: usize = length.parse().ok()?;
    let unit = match unit {
        "U" => Element::U32,
        "S" => Element::U8,
        _ => return None,
    };
    let count = shape
        .iter()
        .try_fold(1_usize, |n, &size| n.checked_mul(size))?;
    let characters = Numbers::packed(bytes, start, unit, &[count, length])?;
    let characters = if big_endian {
        characters.big_endian()
    } else {
        characters
    };
    let word = |index| {
        let codes = characters.item(index).map(|code| code as u32);
        let used = codes.take_while(|&code| code > 0);
        used.map(|code| char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect()
    };
    Some(Array::Words((0..characters.len()).map(word).collect()))
}

fn element(kind: &str) -> Option<Element> {
    Some(match kind {
        "u1" | "b1" => Element::U8,
        "i1" => Element::I8,
        "u2" => Element::U16,
        "i2" => Element::I16,
        "u4" => Element::U32,
        "i4" => Element::I32,
        "u8" => Element::U64,
        "i8" => Element::I64,
        "f4" => Element::F32,
        "f8" => Element::F64,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn npy(header: &str, entries: &[u8]) -> Rc<Vec<u8>> {
        let start = [
            b"\x93NUMPY\x01\0".to_vec(),
            (header.len() as u16).to_le_bytes().to_vec(),
        ];
        Rc::new([start.concat(), header.as_bytes().to_vec(), entries.to_vec()].concat())
    }

    fn numbers(header: &str, entries: &[u8]) -> Numbers {
        match read(&npy(header, entries)) {
            Ok(Array::Numbers(numbers)) => numbers,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn headers_are_read_as_numpy_writes_them() {
        let array = numbers(
            "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 1, 3), }   \n",
            &[1, 2, 3, 4, 5, 6],
        );
        assert_eq!(array.sizes(), [2, 1, 3]);
        assert_eq!(array.item(1).collect::<Vec<f64>>(), [4.0, 5.0, 6.0]);
        let array = numbers(
            "{'descr': '>i2', 'fortran_order': True, 'shape': (2, 2), }",
            &[0, 1, 0, 2, 0, 3, 0, 4],
        );
        assert_eq!(array.item(0).collect::<Vec<f64>>(), [1.0, 3.0]);
        let one = numbers(
            "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }",
            &[0; 4],
        );
        assert_eq!(one.sizes(), [1]);
    }

    #[test]
    fn words_are_read() {
        let text: Vec<u8> = "cat"
            .chars()
            .flat_map(|c| (c as u32).to_le_bytes())
            .collect();
        let header = "{'descr': '<U4', 'fortran_order': False, 'shape': (1,), }";
        match read(&npy(header, &[text, vec![0; 4]].concat())) {
            Ok(Array::Words(words)) => assert_eq!(words, ["cat"]),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let refused = |header: &str| read(&npy(header, &[0; 8])).expect_err("refused");
        assert!(
            refused("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }").contains("objects")
        );
        assert!(
            refused("{'descr': '<f2', 'fortran_order': False, 'shape': (1,), }").contains("<f2")
        );
        assert!(
            refused("{'descr': '<f8', 'fortran_order': False, 'shape': (9,), }")
                .contains("damaged")
        );
        assert!(
            refused("{'descr': [('a', '<i4')], 'fortran_order': False, 'shape': (1,)}")
                .contains("fields")
        );
        for kind in ["", "é4", "\u{feff}|U1"] {
            let header = format!("{{'descr': '{kind}', 'fortran_order': False, 'shape': (1,)}}");
            assert!(refused(&header).contains("of the type"), "{kind}");
        }
        assert!(refused("nonsense").contains("damaged"));
        assert!(read(&Rc::new(b"\x93NUMPY".to_vec())).is_err());
    }
}
