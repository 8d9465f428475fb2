//! Whatever bytes come: no panic, no endless loop, bounded memory, a sentence.

use super::write::*;
use super::*;
use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use std::io::Write;

/// Valid files of every kind, small.
fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    let set = crate::common::images(20, 1);
    let npz = zip(&[
        ("x.npy", &npy("|u1", false, "(20, 14, 14)", &pixels(&set))),
        ("y.npy", &npy("<i8", false, "(20,)", &[1; 160])),
    ]);
    let arff = b"@relation a\n@attribute x real\n@attribute class {0,1}\n@data\n7,1\n".to_vec();
    let cifar = [vec![3; 3073], vec![9; 3073]].concat();
    vec![
        ("a.csv", csv(&set)),
        ("a.csv.gz", gzip(&csv(&set))),
        ("a-images", idx_images(&set)),
        ("a.npz", npz),
        ("a.npy", npy("<f4", true, "(2, 2, 2)", &[63; 32])),
        ("a.tar", tar(&[("a.csv", &csv(&set))])),
        ("a.arff", arff),
        ("a.bin", cifar),
        ("a.txt", "5;0,5;0,25\n".repeat(30).into_bytes()),
    ]
}

fn try_all(bytes: &[u8]) {
    let mut files = Files::new();
    files.add("train.csv", bytes.to_vec());
    files.add("labels", idx_labels(&crate::common::images(20, 1)));
    while let Some(picture) = files.next_picture() {
        files.add_picture(&picture.path, 1, 1, &picture.bytes);
    }
    for choices in [
        json!({}),
        json!({"names": true, "label": 2, "turned": true, "scale": [9, -9]}),
    ] {
        let choices = serde_json::from_value(choices).expect("choices");
        match files.read(&choices) {
            Ok(data) => assert!(data.train.len() + data.test.len() >= 12),
            Err(error) => assert!(error.to_string().len() > 20, "{error}"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn arbitrary_bytes_are_refused_or_read(bytes in vec(any::<u8>(), 0..3000)) {
        try_all(&bytes);
    }

    #[test]
    fn arbitrary_text_is_refused_or_read(text in "[0-9a-z,;.\t \"'#\n\r-]{0,2000}") {
        try_all(text.as_bytes());
    }

    #[test]
    fn damaged_files_are_refused_or_read(
        (_, seed) in select(seeds()),
        changes in vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        end in any::<prop::sample::Index>(),
        cut in any::<bool>(),
    ) {
        let mut bytes = seed;
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if cut {
            bytes.truncate(end.index(bytes.len()));
        }
        try_all(&bytes);
    }

    #[test]
    fn headers_that_promise_anything_are_no_trap(
        element in any::<u8>(), dimensions in 0..6_u8, sizes in vec(any::<u32>(), 5), body in vec(any::<u8>(), 0..40),
    ) {
        let header: Vec<u8> = sizes.iter().flat_map(|size| size.to_be_bytes()).collect();
        try_all(&[&[0, 0, element, dimensions][..], &header, &body].concat());
        let shape = format!("({}, {}, {})", sizes[0], sizes[1] % 3, sizes[2]);
        try_all(&npy("|u1", element % 2 == 0, &shape, &body));
    }
}

#[test]
fn bombs_are_stopped_while_they_unpack() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let line = format!("1{}\n", ",0".repeat(196)).repeat(2000);
    for _ in 0..1000 {
        encoder.write_all(line.as_bytes()).expect("memory");
    }
    let bomb = encoder.finish().expect("memory");
    assert!(bomb.len() < 4_000_000);
    let mut peak = 0;
    let info = allocation_counter::measure(|| {
        let message = refusal(&[("mine.csv.gz", bomb.clone())]);
        assert!(
            message.contains("mine.csv.gz unpacks to more than"),
            "{message}"
        );
        peak = message.len();
    });
    assert!(
        peak > 0 && info.bytes_max < 700_000_000,
        "{}",
        info.bytes_max
    );
    let inner = gzip(&bomb);
    assert!(
        refusal(&[("a.zip", zip(&[("mine.csv.gz", &inner)]))]).contains("unpacks to more than")
    );
}

#[test]
fn archives_in_archives_have_an_end() {
    let mut archive = zip(&[("a.csv", &csv(&hundred()))]);
    for _ in 0..6 {
        archive = zip(&[("more.zip", &archive)]);
    }
    assert!(refusal(&[("a.zip", archive)]).contains("packed too many times"));
}
