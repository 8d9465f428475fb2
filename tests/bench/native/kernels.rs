//! The kernels, on the shapes that training uses.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group};
use ndarray::Array2;
use np_playground::decorrelation::{Decorrelator, Form};
use np_playground::linalg::Gemm;
use np_playground::rng::{Rng, Stream};
use std::hint::black_box;

/// Batch, inputs and units of a layer.
const LAYERS: [(usize, usize, usize); 7] = [
    (100, 784, 64),
    (1000, 784, 64),
    (1000, 64, 10),
    (1000, 784, 256),
    (1000, 256, 256),
    (1000, 784, 1024),
    (1000, 1024, 1024),
];

const DECORRELATED: [(usize, usize); 4] = [(100, 784), (1000, 784), (1000, 64), (1000, 256)];

fn normal(rows: usize, columns: usize) -> Array2<f32> {
    let mut numbers = Array2::zeros((rows, columns));
    let out = numbers.as_slice_mut().expect("contiguous");
    Rng::new(1, Stream::Init).fill_normal(out, 1.0);
    numbers
}

fn products(criterion: &mut Criterion) {
    let mut gemm = Gemm::default();
    let mut group = criterion.benchmark_group("product");
    for (batch, inputs, units) in LAYERS {
        let shape = format!("{batch}x{inputs}x{units}");
        let (x, w, e) = (
            normal(batch, inputs),
            normal(units, inputs),
            normal(batch, units),
        );
        let (mut a, mut gradient) = (normal(batch, units), normal(units, inputs));
        group.throughput(Throughput::Elements((batch * inputs * units) as u64));
        group.bench_function(BenchmarkId::new("X W'", &shape), |bencher| {
            bencher.iter(|| gemm.product(1.0, x.view(), w.t(), 0.0, a.view_mut()));
        });
        group.bench_function(BenchmarkId::new("E' X", &shape), |bencher| {
            bencher.iter(|| gemm.product(1.0, e.t(), x.view(), 0.0, gradient.view_mut()));
        });
    }
}

fn decorrelation(criterion: &mut Criterion) {
    let mut gemm = Gemm::default();
    let mut group = criterion.benchmark_group("update of R");
    for (batch, inputs) in DECORRELATED {
        let x_star = normal(batch, inputs);
        let mut decorrelator = Decorrelator::new(batch, &[inputs]);
        let mut r = Array2::eye(inputs);
        let form = Form::cheaper(batch, inputs);
        group.throughput(Throughput::Elements(batch as u64));
        group.bench_function(format!("{batch}x{inputs}"), |bencher| {
            bencher.iter(|| {
                decorrelator.update(r.view_mut(), x_star.view(), 1e-6, 0.0, form, &mut gemm);
            });
        });
    }
}

fn noise(criterion: &mut Criterion) {
    let mut numbers = vec![0.0; 256_000];
    let mut rng = Rng::new(1, Stream::Noise);
    let mut group = criterion.benchmark_group("noise");
    group.throughput(Throughput::Elements(numbers.len() as u64));
    group.bench_function("gaussian", |bencher| {
        bencher.iter(|| rng.fill_normal(black_box(&mut numbers), 0.01));
    });
    group.bench_function("rademacher", |bencher| {
        bencher.iter(|| rng.fill_rademacher(black_box(&mut numbers), 0.01));
    });
}

criterion_group!(benches, products, decorrelation, noise);
