//! The feed that FUZZ_TARGET names, as libFuzzer wants it; see scripts/fuzz.sh.
#![no_main]

#[path = "../feeds.rs"]
mod feeds;

use std::sync::LazyLock;

static FEED: LazyLock<fn(&[u8])> = LazyLock::new(|| {
    let wanted = std::env::var("FUZZ_TARGET").expect("FUZZ_TARGET");
    let mut feeds = feeds::FEEDS.into_iter();
    let (_, feed) = feeds
        .find(|(name, _)| *name == wanted)
        .expect("one of the feeds");
    feed
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| FEED(bytes));
