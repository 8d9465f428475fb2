//! Everything needed to go on <-> bytes; and the hash of the weights.

use crate::error::{Error, Result};
use crate::network::{Layer, Network};
use crate::trainer::State;
use sha2::{Digest, Sha256};

/// First bytes of a checkpoint; the number is raised when its content changes.
const MAGIC: &[u8] = b"np-playground checkpoint 1\n";

/// The state of a run as bytes (postcard, little-endian).
///
/// # Errors
/// [`Error::Checkpoint`] if the state cannot be written.
pub(crate) fn write(state: &State) -> Result<Vec<u8>> {
    let body = postcard::to_stdvec(state).map_err(|e| Error::Checkpoint {
        message: e.to_string(),
    })?;
    Ok([MAGIC, &Sha256::digest(&body), &body].concat())
}

/// The state of a run from bytes.
///
/// # Errors
/// [`Error::Checkpoint`] if the bytes are no checkpoint of this version, or damaged.
pub(crate) fn read(bytes: &[u8]) -> Result<State> {
    let refuse = |message: &str| Error::Checkpoint {
        message: message.into(),
    };
    let rest = bytes
        .strip_prefix(MAGIC)
        .ok_or_else(|| refuse("it does not start as a checkpoint of this version does"))?;
    let (digest, body) = rest
        .split_at_checked(32)
        .ok_or_else(|| refuse("it is cut short"))?;
    if Sha256::digest(body)[..] != *digest {
        return Err(refuse("its bytes were damaged or cut short"));
    }
    postcard::from_bytes(body).map_err(|e| refuse(&e.to_string()))
}

/// The first 16 hexadecimal digits of the SHA-256 of every layer's W, b and R
/// (layer by layer, row-major, f32 little-endian): equal hashes, equal weights.
pub fn weights_hash(network: &Network) -> String {
    let mut hash = Sha256::new();
    let mut add =
        |values: &mut dyn Iterator<Item = &f32>| values.for_each(|x| hash.update(x.to_le_bytes()));
    for Layer {
        weights,
        bias,
        decorrelation,
        ..
    } in &network.layers
    {
        add(&mut weights.iter());
        add(&mut bias.iter());
        add(&mut decorrelation.iter().flatten());
    }
    hex(&hash.finalize()[..8])
}

/// SHA-256 of `bytes` as lower-case hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
