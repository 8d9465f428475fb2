//! Weights as a file that other programs read.

use crate::common::{algorithm, config, trainer};
use ndarray::ArrayView2;
use np_playground::config::ValidConfig;
use np_playground::trainer::{Trainer, WeightsFile};
use safetensors::{Dtype, SafeTensors};
use serde_json::{Value, json};

fn file_of(runs: &[&Trainer], config: &ValidConfig) -> Vec<u8> {
    let mut file = WeightsFile::default();
    for run in runs {
        file.add(&run.checkpoint().expect("a checkpoint"))
            .expect("weights");
    }
    file.write(&json!(config).to_string()).expect("a file")
}

/// Whether the tensor `name` holds this matrix, row by row.
fn holds(file: &SafeTensors, name: &str, matrix: ArrayView2<f32>) -> bool {
    let tensor = file.tensor(name).expect(name);
    let bytes: Vec<u8> = matrix.iter().flat_map(|x| x.to_le_bytes()).collect();
    tensor.dtype() == Dtype::F32 && tensor.shape() == matrix.shape() && tensor.data() == bytes
}

#[test]
fn the_weights_file_holds_every_layer_of_every_run_in_the_order_of_the_pixels() {
    let config = config(json!({"hidden_sizes": [5, 4]}));
    let runs = ["bp", "danp", "d-fa"].map(|name| {
        let mut run = trainer(&config, algorithm(name), 3);
        run.epoch();
        (name, run)
    });
    let bytes = file_of(&runs.each_ref().map(|(_, run)| run), &config);
    let file = SafeTensors::deserialize(&bytes).expect("the format");
    let mut tensors = 0;
    for (name, run) in &runs {
        for (l, layer) in (1..).zip(&run.network().layers) {
            let called = |what: &str| format!("{name}.3.{l}.{what}");
            assert!(holds(&file, &called("W"), layer.weights()), "{name} {l}");
            let bias = file.tensor(&called("b")).expect("biases");
            assert_eq!(bias.shape(), [layer.units()], "{name} {l}");
            tensors += 2;
            if let Some(r) = layer.decorrelation() {
                assert!(holds(&file, &called("R"), r), "{name} {l}");
                tensors += 1;
            }
        }
    }
    assert_eq!((file.names().len(), tensors), (24, 24));
}

#[test]
fn the_weights_file_says_what_it_is_and_how_its_numbers_are_used() {
    let config = config(json!({"kappa": 0.25}));
    let run = trainer(&config, algorithm("np"), 0);
    let bytes = file_of(&[&run], &config);
    let (_, header) = SafeTensors::read_metadata(&bytes).expect("the format");
    let metadata = header.metadata().as_ref().expect("metadata");
    let said: Value = serde_json::from_str(&metadata["config"]).expect("JSON");
    assert_eq!(said, json!(config));
    assert_eq!(metadata["version"], env!("CARGO_PKG_VERSION"));
    assert!(metadata["use"].contains("W R x"));
}

#[test]
fn what_is_no_checkpoint_has_no_weights() {
    let mut file = WeightsFile::default();
    assert!(file.add(b"no checkpoint").is_err());
}
