//! Own data: any size of image and any number of classes train, in every view; MNIST
//! stays what it is.

use crate::common::*;
use np_playground::algorithm::Algorithm;
use np_playground::checkpoint::sha256;
use np_playground::dataset::Dataset;
use np_playground::dataset::subset::balanced_order;
use np_playground::error::Error;
use np_playground::metrics::Status;
use np_playground::trainer::Trainer;
use serde_json::json;

/// Images of `rows` x `cols` pixels whose class is the column that is lit.
fn columns(count: u32, rows: u32, cols: u32, classes: u32) -> Dataset {
    let labels: Vec<u8> = (0..count).map(|i| (i % classes) as u8).collect();
    let lit = |i: u32, pixel: u32| {
        if pixel % cols == i % classes {
            200 + (i % 50) as u8
        } else {
            0
        }
    };
    let pixels: Vec<u8> = (0..count)
        .flat_map(|i| (0..rows * cols).map(move |pixel| lit(i, pixel)))
        .collect();
    let images = idx_file(0x803, &[count, rows, cols], &pixels);
    Dataset::from_idx(&images, &idx_file(0x801, &[count], &labels)).expect("whole files")
}

fn start(keys: serde_json::Value, name: &str, data: &Dataset) -> Result<Trainer, Error> {
    Trainer::new(&config(keys), algorithm(name), 0, data, data, || 0.0)
}

#[test]
fn every_rule_learns_images_that_are_not_square() {
    let data = columns(90, 3, 8, 3);
    let own = json!({"dataset": "own", "batch_size": 10, "epochs": 30, "lr": 0.01});
    for algorithm in Algorithm::all() {
        let mut trainer = start(own.clone(), &algorithm.to_string(), &data).expect("a run");
        assert_eq!(trainer.run(), Status::Finished);
        assert_eq!(trainer.network().sizes(), [24, 12, 9, 3]);
        let accuracy = trainer.history().test_acc[30];
        assert!(accuracy > 0.9, "{algorithm}: {accuracy}");
        let answers = trainer.test_answers(5);
        assert_eq!(answers.confusion.dim(), (3, 3));
        assert_eq!(trainer.predict(&[0; 24]).map(|output| output.len()), Ok(3));
        assert_eq!(trainer.first_weights(64, true).dim(), (12, 24));
        assert_eq!((trainer.shape().rows, trainer.shape().cols), (3, 8));
    }
}

#[test]
fn images_without_a_lit_pixel_train_though_nothing_is_learned() {
    let labels: Vec<u8> = (0..90).map(|i| i % 3).collect();
    let images = idx_file(0x803, &[90, 2, 8], &[0; 90 * 16]);
    let data = Dataset::from_idx(&images, &idx_file(0x801, &[90], &labels)).expect("whole files");
    for optimizer in ["sgd", "adam"] {
        let keys = json!({"dataset": "own", "batch_size": 10, "epochs": 1, "optimizer": optimizer});
        for algorithm in Algorithm::all() {
            let mut trainer = start(keys.clone(), &algorithm.to_string(), &data).expect("a run");
            assert_eq!(trainer.run(), Status::Finished, "{algorithm} {optimizer}");
            let weights = trainer.first_weights(64, true);
            assert_eq!(weights.dim(), (12, 16), "{algorithm} {optimizer}");
        }
    }
}

#[test]
fn two_classes_and_a_hundred_train_at_the_largest_and_smallest_sizes() {
    for (rows, cols, classes) in [(1, 2, 2), (64, 64, 2), (2, 100 / 2, 50)] {
        let data = columns(100, rows, cols, classes);
        let keys = json!({"dataset": "own", "epochs": 1});
        let mut trainer = start(keys, "np", &data).expect("a run");
        assert_eq!(trainer.run(), Status::Finished, "{rows} x {cols}");
        assert_eq!(trainer.network().sizes()[3], classes as usize);
    }
    let labels: Vec<u8> = (0..100).collect();
    let images = idx_file(0x803, &[100, 1, 1], &[9; 100]);
    let data = Dataset::from_idx(&images, &idx_file(0x801, &[100], &labels)).expect("whole files");
    let keys = json!({"dataset": "own", "epochs": 1, "train_size": 100});
    let trainer = start(keys, "bp", &data).expect("a run");
    assert_eq!(trainer.network().sizes(), [1, 12, 9, 100]);
}

#[test]
fn own_runs_go_on_from_checkpoints_of_their_own_data_only() {
    let data = columns(90, 3, 8, 3);
    let all_of_them = json!({"dataset": "own", "train_size": 90, "test_size": 90});
    let mut trainer = start(all_of_them, "danp", &data).expect("a run");
    trainer.step();
    let bytes = trainer.checkpoint().expect("a checkpoint");
    trainer.run();
    let mut restored = Trainer::restore(&bytes, &data, &data, || 0.0).expect("the same data");
    restored.run();
    assert_eq!(restored.weights_hash(), trainer.weights_hash());
    let refused = |train: &Dataset, test: &Dataset| {
        let error = Trainer::restore(&bytes, train, test, || 0.0).err();
        let error = error.expect("other images");
        assert_eq!(error.code(), "checkpoint");
        let words = error.to_string();
        assert!(
            words.contains("not those that it was trained on (give those first"),
            "{words}"
        );
    };
    let classes = columns(90, 3, 8, 4);
    refused(&classes, &classes);
    // Of the same size and classes, with the same pixels in use: one of them is darker, or has another label.
    let [darker, labelled] = [(5, 0), (0, 1)].map(|(less, more)| changed(&data, less, more));
    for other in [darker, labelled] {
        refused(&other, &data);
        refused(&data, &other);
    }
}

/// `data` with the first lit pixel of the first image so much darker, and its label so much greater.
fn changed(data: &Dataset, less: u8, more: u8) -> Dataset {
    let (count, rows, cols) = (data.len(), data.rows(), data.cols());
    let mut pixels: Vec<u8> = (0..count).flat_map(|i| data.image(i).to_vec()).collect();
    *pixels.iter_mut().find(|value| **value > 0).expect("ink") -= less;
    let mut labels = data.labels().to_vec();
    labels[0] += more;
    let sizes = [count, rows, cols].map(|size| size as u32);
    let images = idx_file(0x803, &sizes, &pixels);
    Dataset::from_idx(&images, &idx_file(0x801, &sizes[..1], &labels)).expect("whole files")
}

#[test]
fn a_checkpoint_of_the_command_goes_on_in_the_page_and_back() {
    // The page has its images in shards, in balanced order; the command as they lie in their files.
    let data = columns(90, 3, 8, 3);
    let backwards: Vec<u32> = (0..90).rev().collect();
    let in_files = data.select(&backwards);
    let in_shards = in_files.select(&balanced_order(in_files.labels()));
    let keys = json!({"dataset": "own", "train_size": 60, "test_size": 40});
    let bytes = |data: &Dataset| {
        let mut trainer = start(keys.clone(), "danp", data).expect("a run");
        trainer.step();
        trainer.checkpoint().expect("a checkpoint")
    };
    assert!(bytes(&in_files) == bytes(&in_shards));
    for (made, used) in [(&in_files, &in_shards), (&in_shards, &in_files)] {
        assert!(Trainer::restore(&bytes(made), used, used, || 0.0).is_ok());
    }
}

#[test]
fn the_first_checkpoints_which_do_not_tell_their_images_go_on_with_mnist_alone() {
    for (dataset, goes_on) in [("mnist", true), ("own", false)] {
        let mut trainer = trainer(&config(json!({"dataset": dataset})), algorithm("np"), 0);
        trainer.step();
        let bytes = untold(&trainer.checkpoint().expect("a checkpoint"));
        let restored = Trainer::restore(&bytes, &images(70, 1), &images(30, 2), || 0.0);
        match restored {
            Ok(restored) => {
                assert!(goes_on);
                assert_eq!(restored.weights_hash(), trainer.weights_hash());
            }
            Err(error) => {
                let words = error.to_string();
                assert!(
                    !goes_on && words.contains("too old to tell which images"),
                    "{words}"
                );
            }
        }
    }
}

/// A checkpoint without the two digests of its images, as the first ones were written.
fn untold(bytes: &[u8]) -> Vec<u8> {
    let magic = 1 + bytes
        .iter()
        .position(|byte| *byte == b'\n')
        .expect("a first line");
    let body = &bytes[magic + 32..bytes.len() - 2 * 64];
    let digest = sha256(body);
    let byte =
        |at: usize| u8::from_str_radix(&digest[2 * at..2 * at + 2], 16).expect("hexadecimal");
    let digest: Vec<u8> = (0..32).map(byte).collect();
    [&bytes[..magic], &digest, body].concat()
}

#[test]
fn the_same_images_give_the_same_bits_as_mnist_and_as_own_data() {
    let hash = |dataset| {
        let keys = json!({"dataset": dataset, "algorithms": ["danp"]});
        let mut trainer = trainer(&config(keys), algorithm("danp"), 0);
        trainer.run();
        trainer.weights_hash()
    };
    assert_eq!(hash("mnist"), hash("own"));
}

#[test]
fn data_that_do_not_fit_are_refused_in_words() {
    let refused =
        |keys, data: &Dataset| start(keys, "bp", data).err().expect("refused").to_string();
    let data = columns(90, 3, 8, 3);
    let size = refused(json!({}), &data);
    assert!(
        size.contains("3 x 8") && size.contains("dataset = own"),
        "{size}"
    );
    let eleven = columns(110, 14, 14, 11);
    let label = refused(json!({}), &eleven);
    assert!(
        label.contains("Label 10 is 10") && label.contains("0 to 9"),
        "{label}"
    );
    let one = refused(json!({"dataset": "own"}), &columns(90, 2, 2, 1));
    assert!(one.contains("2 to 100 classes"), "{one}");
    let config = config(json!({"dataset": "own"}));
    let other = columns(90, 8, 3, 3);
    let two = Trainer::new(&config, algorithm("bp"), 0, &data, &other, || 0.0);
    let two = two.err().expect("refused").to_string();
    assert!(two.contains("3 x 8") && two.contains("8 x 3"), "{two}");
}
