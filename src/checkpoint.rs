//! Everything needed to go on <-> bytes; and the hash of the weights.

use crate::error::{Error, Result};
use crate::network::Layer;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

/// First bytes of a checkpoint; the number is raised when those before cannot be read any more.
const MAGIC: &[u8] = b"np-playground checkpoint 3\n";
/// SHA-256.
const DIGEST_BYTES: usize = 32;

/// `content` as bytes (postcard, little-endian) and what `images` it is of, behind the digest of
/// both. `room`: about as many as will come, so that they are not moved while they do.
///
/// # Errors
/// [`Error::Checkpoint`] if it cannot be written.
pub(crate) fn write(content: &impl Serialize, images: &str, room: usize) -> Result<Vec<u8>> {
    let mut start = Vec::with_capacity(room);
    start.extend_from_slice(MAGIC);
    start.resize(MAGIC.len() + DIGEST_BYTES, 0);
    let mut bytes = postcard::to_extend(content, start).map_err(|e| Error::Checkpoint {
        message: e.to_string(),
    })?;
    bytes.extend_from_slice(images.as_bytes());
    let (start, body) = bytes.split_at_mut(MAGIC.len() + DIGEST_BYTES);
    start[MAGIC.len()..].copy_from_slice(&digest_of(&[body]));
    Ok(bytes)
}

/// The content of such bytes, and its images; the first checkpoints do not tell those.
///
/// # Errors
/// [`Error::Checkpoint`] if the bytes are no checkpoint of this version, or damaged.
pub(crate) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<(T, &[u8])> {
    let refuse = |message: &str| Error::Checkpoint {
        message: message.into(),
    };
    let rest = bytes
        .strip_prefix(MAGIC)
        .ok_or_else(|| refuse("it does not start as a checkpoint of this version does"))?;
    let (digest, body) = rest
        .split_at_checked(DIGEST_BYTES)
        .ok_or_else(|| refuse("it is cut short"))?;
    if digest_of(&[body]) != *digest {
        return Err(refuse("its bytes were damaged or cut short"));
    }
    postcard::take_from_bytes(body).map_err(|e| refuse(&e.to_string()))
}

/// The first 16 hexadecimal digits of the SHA-256 of every layer's W, b and R
/// (layer by layer, row-major, f32 little-endian): equal hashes, equal weights. What is no number
/// has other bits on other processors: it counts as one NaN.
pub fn weights_hash(layers: &[&Layer]) -> String {
    let mut hash = Sha256::new();
    let mut add = |values: &mut dyn Iterator<Item = &f32>| {
        for &x in values {
            let x = if x.is_nan() { f32::NAN } else { x };
            hash.update(x.to_le_bytes());
        }
    };
    for layer in layers {
        add(&mut layer.weights().iter());
        add(&mut layer.bias().iter());
        add(&mut layer.decorrelation().iter().flatten());
    }
    hex(&hash.finalize()[..8])
}

/// SHA-256 of `bytes` as lower-case hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&digest_of(&[bytes]))
}

/// SHA-256 of `parts`, one behind the other. Not inlined: it is long, and the first download short.
#[inline(never)]
pub(crate) fn digest_of(parts: &[&[u8]]) -> [u8; DIGEST_BYTES] {
    let mut hash = Sha256::new();
    parts.iter().for_each(|part| hash.update(part));
    hash.finalize().into()
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activation::Activation;
    use ndarray::{Array1, array};

    #[test]
    fn what_is_no_number_has_one_hash_whatever_its_bits() {
        let hash = |bits: u32| {
            let weights = array![[0.5, f32::from_bits(bits)]];
            let layer = Layer::from_parts(&weights, Array1::zeros(1), None, Activation::Relu);
            weights_hash(&[&layer])
        };
        assert_eq!(hash(0xFFC0_0000), hash(0x7FC0_0000));
        assert_ne!(hash(0x7FC0_0000), hash(0));
    }
}
