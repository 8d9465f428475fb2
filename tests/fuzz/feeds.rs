//! Whatever bytes come, to each reader of the library: no panic, and a sentence where they are refused.

use flate2::Compression;
use flate2::write::GzEncoder;
use np_playground::algorithm::Algorithm;
use np_playground::config::Config;
use np_playground::dataset::idx::{parse_images, parse_labels};
use np_playground::dataset::own::{Choices, Files};
use np_playground::dataset::{Dataset, MAX_CLASSES};
use np_playground::error::{Error, Result};
use np_playground::trainer::{Trainer, WeightsFile};
use safetensors::SafeTensors;
use sha2::{Digest, Sha256};
use std::io::Write;
use std::sync::OnceLock;

type Feed = fn(&[u8]);

/// Every feed by its name, which is that of its folder of `corpus/`.
pub const FEEDS: [(&str, Feed); 6] = [
    ("checkpoint", checkpoint),
    ("config", config),
    ("gzip", gzip),
    ("idx", idx),
    ("own", own),
    ("safetensors", safetensors),
];

/// The two files of MNIST's format.
pub fn idx(bytes: &[u8]) {
    match parse_images(bytes) {
        Ok(images) => assert_eq!(
            images.pixels.len(),
            images.count * images.rows * images.cols
        ),
        Err(error) => is_a_sentence(&error),
    }
    match parse_labels(bytes) {
        Ok(labels) => assert!(labels.iter().all(|&label| usize::from(label) < MAX_CLASSES)),
        Err(error) => is_a_sentence(&error),
    }
}

/// The reader of visitors' files, which finds out by itself what a file is.
pub fn own(bytes: &[u8]) {
    let mut files = Files::new();
    files.add("train.csv", bytes.to_vec());
    while let Some(picture) = files.next_picture() {
        files.add_picture(&picture.path, 1, 1, &[0; 4]);
    }
    match files.read(&Choices::default()) {
        Ok(data) => assert!(!data.train.is_empty() && !data.test.is_empty()),
        Err(error) => is_a_sentence(&error),
    }
}

/// The same, of bytes that are packed well: what changes is inside, and the damage.
pub fn gzip(bytes: &[u8]) {
    let (head, inside) = bytes.split_at(bytes.len().min(2));
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(inside).expect("memory");
    let mut packed = encoder.finish().expect("memory");
    if let &[at, other] = head {
        let at = usize::from(at) % packed.len();
        packed[at] ^= other;
    }
    own(&packed);
}

/// A configuration in JSON.
pub fn config(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let checked = Config::from_json(&text).and_then(|config| config.check());
    let Err(error) = checked else { return };
    let Error::Config(problems) = &error else {
        panic!("{error}");
    };
    assert!(!problems.is_empty());
    for problem in problems {
        assert!(problem.message.contains(&problem.field));
    }
    is_a_sentence(&error);
}

/// A run that goes on from a damaged checkpoint.
pub fn checkpoint(bytes: &[u8]) {
    let images = images();
    match Trainer::restore(&damaged(bytes), &images, &images, || 0.0) {
        Ok(mut trainer) => _ = trainer.step(),
        Err(error) => is_a_sentence(&error),
    }
}

/// The weights of a damaged checkpoint: what is written of them can be read.
pub fn safetensors(bytes: &[u8]) {
    let mut file = WeightsFile::default();
    match file.add(&damaged(bytes)).and_then(|()| file.write("{}")) {
        Ok(written) => assert!(!read_weights(&written).is_empty()),
        Err(error) => is_a_sentence(&error),
    }
}

/// As other programs read them.
fn read_weights(written: &[u8]) -> SafeTensors<'_> {
    SafeTensors::deserialize(written).expect("a file of that format")
}

/// A checkpoint whose digest is right, and in which every three bytes change one: the first two say where.
fn damaged(bytes: &[u8]) -> Vec<u8> {
    const DIGEST: usize = 32;
    let (whole, start) = whole_checkpoint();
    let mut changed = whole.clone();
    let body = start + DIGEST..changed.len();
    for change in bytes.chunks_exact(3) {
        let at = usize::from(u16::from_le_bytes([change[0], change[1]]));
        changed[body.start + at % body.len()] = change[2];
    }
    let digest = Sha256::digest(&changed[body.clone()]);
    changed[*start..body.start].copy_from_slice(&digest);
    changed
}

/// A checkpoint, and where its digest starts: behind the first line.
fn whole_checkpoint() -> &'static (Vec<u8>, usize) {
    static WHOLE: OnceLock<(Vec<u8>, usize)> = OnceLock::new();
    WHOLE.get_or_init(|| {
        let whole = train_a_little().expect("a run of ten images");
        let line = whole.iter().position(|&byte| byte == b'\n');
        (whole, line.expect("a first line") + 1)
    })
}

fn train_a_little() -> Result<Vec<u8>> {
    let keys = r#"{"dataset": "own", "train_size": 10, "test_size": 10, "hidden_sizes": [2], "batch_size": 5}"#;
    let config = Config::from_json(keys)?.check()?;
    let danp = Algorithm::named("danp")?;
    let images = images();
    let mut trainer = Trainer::new(&config, danp, 0, &images, &images, || 0.0)?;
    trainer.step();
    trainer.checkpoint()
}

/// Ten images of 2 x 2 pixels: small ones are tried more often.
fn images() -> Dataset {
    let head = [0, 0, 8, 3, 0, 0, 0, 10, 0, 0, 0, 2, 0, 0, 0, 2];
    let images: Vec<u8> = head.into_iter().chain((1..=40).map(|i| 6 * i)).collect();
    let labels: Vec<u8> = [0, 0, 8, 1, 0, 0, 0, 10].into_iter().chain(0..10).collect();
    Dataset::from_idx(&images, &labels).expect("two whole files")
}

fn is_a_sentence(error: &Error) {
    assert!(error.to_string().len() > 20, "{error}");
}
