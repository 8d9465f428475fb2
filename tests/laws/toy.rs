//! The article's networks of two weights do what it says of them, whatever the seed.

use crate::common::algorithm;
use np_playground::toy::{Point, Scene, Toy};

const SEEDS: std::ops::Range<u32> = 0..6;
const SCENES: [Scene; 3] = [Scene::TwoUnits, Scene::TwoPixels, Scene::Threshold];

fn toy(scene: Scene, name: &str, lr: f32, seed: u32, updates: usize) -> Toy {
    let mut toy = Toy::new(scene, algorithm(name), lr, seed);
    (0..updates).for_each(|_| toy.step());
    toy
}

/// Correlation of the two columns, about zero.
fn correlation(toy: &Toy) -> f32 {
    let inputs = toy.inputs();
    let product = |i: usize, j: usize| (&inputs.column(i) * &inputs.column(j)).sum();
    product(0, 1) / (product(0, 0) * product(1, 1)).sqrt()
}

#[test]
fn the_surface_is_the_loss_that_is_met_there() {
    for (scene, rule) in SCENES.into_iter().zip(["np", "dnp", "anp"]) {
        let mut toy = toy(scene, rule, 0.1, 1, 20);
        let point = toy.point();
        let (here, there) = (toy.loss(), toy.loss_at(point));
        assert!((here - there).abs() < 1e-5, "{scene:?}: {here}, {there}");
        let corners = [[-1.5, -1.5], [1.5, -1.5], [-1.5, 1.5], [1.5, 1.5]];
        assert_eq!(
            toy.surface(2, 1.5),
            corners.map(|corner| toy.loss_at(corner))
        );
    }
}

#[test]
fn the_mean_of_many_estimates_is_the_gradient() {
    const DRAWS: u32 = 20_000;
    let mut mean = [0.0_f64; 2];
    let mut exact = Point::default();
    for seed in 0..DRAWS {
        let toy = toy(Scene::TwoUnits, "np", 0.1, seed, 1);
        mean.iter_mut()
            .zip(toy.estimate())
            .for_each(|(mean, g)| *mean += f64::from(g) / f64::from(DRAWS));
        exact = toy.exact();
    }
    for (mean, exact) in mean.into_iter().zip(exact) {
        assert!((mean - f64::from(exact)).abs() < 0.05, "{mean}, {exact}");
    }
}

#[test]
fn noise_on_the_units_is_what_the_loss_is_compared_along() {
    for seed in SEEDS {
        let mut toy = Toy::new(Scene::TwoUnits, algorithm("np"), 0.1, seed);
        let ([first, second], before) = (toy.point(), toy.loss());
        toy.step();
        let noise = toy.noise().to_vec();
        let [e1, e2] = noise[..] else {
            panic!("two units, one draw")
        };
        let change = toy.loss_at([first + e1, second + e2]) - before;
        let ratio = toy.estimate()[0] / (change * e1);
        assert!((ratio * 0.1 * 0.1 - 1.0).abs() < 1e-3, "{ratio}");
    }
}

#[test]
fn backpropagation_gets_nothing_through_a_threshold_and_noise_an_answer() {
    for seed in SEEDS {
        let bp = toy(Scene::Threshold, "bp", 0.3, seed, 40);
        let np = toy(Scene::Threshold, "np", 0.3, seed, 40);
        let start = toy(Scene::Threshold, "np", 0.3, seed, 0).loss();
        assert_eq!((bp.exact(), bp.loss()), ([0.0, 0.0], start), "seed {seed}");
        assert!(np.loss() < 0.5 * start, "seed {seed}: {}", np.loss());
    }
}

#[test]
fn the_loss_of_a_threshold_is_the_share_of_edges_that_are_crossed() {
    for seed in SEEDS {
        let mut toy = Toy::new(Scene::Threshold, algorithm("np"), 0.3, seed);
        let edges = toy.edges();
        for point in [
            [-1.5, 1.0],
            [0.2, -0.4],
            [0.9, -0.4],
            [1.7, 1.7],
            [0.0, 0.0],
        ] {
            let beyond = |[x, y, c]: &&[f32; 3]| x * point[0] + y * point[1] > *c;
            let crossed = edges.iter().filter(beyond).count() as f32;
            let loss = toy.loss_at(point);
            assert!((loss - crossed / edges.len() as f32).abs() < 1e-6, "{loss}");
        }
        let smooth = Toy::new(Scene::TwoPixels, algorithm("np"), 0.3, seed);
        assert!(smooth.edges().is_empty());
    }
}

#[test]
fn r_takes_the_correlation_out_and_lets_the_rule_stand_larger_rates() {
    for seed in SEEDS {
        let [np, dnp] = ["np", "dnp"].map(|rule| toy(Scene::TwoPixels, rule, 0.1, seed, 60));
        assert!(correlation(&np) > 0.8, "seed {seed}: {}", correlation(&np));
        assert!(correlation(&dnp).abs() < 0.1, "{}", correlation(&dnp));
        assert!(dnp.loss() < 0.2 * np.loss(), "seed {seed}");
        let [np, dnp] = ["np", "dnp"].map(|rule| toy(Scene::TwoPixels, rule, 1.0, seed, 60));
        assert!(np.loss() > 1.0, "seed {seed}: {}", np.loss());
        assert!(dnp.loss() < 0.05, "seed {seed}: {}", dnp.loss());
    }
}

#[test]
fn a_scene_that_is_not_there_is_named_beside_those_that_are() {
    let error = Scene::named("three-units").expect_err("there is none");
    assert_eq!(
        error.to_string(),
        "scene = \"three-units\" cannot be used: choose one of two-units, two-pixels, threshold."
    );
}
