//! The kept corpora, fed to every reader.
#![cfg(not(target_arch = "wasm32"))]

#[path = "fuzz/feeds.rs"]
mod feeds;

use std::fs;
use std::path::Path;

#[test]
fn whatever_was_found_once_is_read_or_refused() {
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus");
    for (name, feed) in feeds::FEEDS {
        let files = fs::read_dir(corpora.join(name)).expect("a corpus for each");
        let mut fed = 0;
        for file in files {
            feed(&fs::read(file.expect("a file").path()).expect("readable"));
            fed += 1;
        }
        assert!(fed > 0, "{name}");
    }
}
