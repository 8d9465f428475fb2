//! Whole updates of every rule, on images of the site's first shard.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group};
use flate2::read::GzDecoder;
use np_playground::algorithm::Algorithm;
use np_playground::config::Config;
use np_playground::dataset::Dataset;
use np_playground::trainer::Trainer;
use serde_json::json;
use std::fs::File;
use std::io::Read;
use std::time::{Duration, Instant};

const NETS: [(&[usize], usize); 3] = [
    (&[64, 64], 100),
    (&[64, 64], 1000),
    (&[256, 256, 256], 1000),
];

fn unpacked(name: &str) -> Vec<u8> {
    let path = format!("{}/www/public/data/{name}", env!("CARGO_MANIFEST_DIR"));
    let file = File::open(&path).unwrap_or_else(|e| panic!("{path}: {e}; npm run data makes it"));
    let mut bytes = Vec::new();
    GzDecoder::new(file)
        .read_to_end(&mut bytes)
        .expect("a gzipped file");
    bytes
}

fn trainer(images: &Dataset, algorithm: Algorithm, hidden: &[usize], batch: usize) -> Trainer {
    let config = json!({
        "hidden_sizes": hidden, "batch_size": batch, "train_size": 2500, "test_size": 10, "epochs": 1000,
        "lr": 1e-4, "decor_lr": 1e-4,
    });
    let config = Config::from_json(&config.to_string())
        .and_then(|config| config.check())
        .expect("a valid configuration");
    Trainer::new(&config, algorithm, 0, images, images, || 0.0).expect("enough images")
}

/// The time of `updates` updates; those that end an epoch bring its evaluation and are not counted.
fn time(updates: u64, fresh: impl Fn() -> Trainer) -> Duration {
    let mut trainer = fresh();
    let mut total = Duration::ZERO;
    let mut counted = 0;
    while counted < updates {
        let progress = trainer.progress();
        if progress.epoch == progress.epochs {
            trainer = fresh();
        }
        let started = Instant::now();
        trainer.step();
        if trainer.progress().epoch == progress.epoch {
            total += started.elapsed();
            counted += 1;
        }
    }
    total
}

fn updates(criterion: &mut Criterion) {
    let images = Dataset::from_idx(
        &unpacked("mnist-train-images-00.idx.gz"),
        &unpacked("mnist-train-labels-00.idx.gz"),
    )
    .expect("whole files");
    let mut group = criterion.benchmark_group("update");
    group.sample_size(10);
    for (hidden, batch) in NETS {
        group.throughput(Throughput::Elements(batch as u64));
        for algorithm in Algorithm::all() {
            let net = format!("{hidden:?} batch {batch}");
            let fresh = || trainer(&images, algorithm, hidden, batch);
            group.bench_function(BenchmarkId::new(algorithm.to_string(), net), |bencher| {
                bencher.iter_custom(|updates| time(updates, fresh));
            });
        }
    }
}

criterion_group!(benches, updates);
