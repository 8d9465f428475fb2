//! The weights of runs as one file in the safetensors format, which NumPy, PyTorch and others read.

use super::put_in_pixel_order;
use super::state::Checkpoint;
use crate::checkpoint;
use crate::error::{Error, Result};
use crate::network::Layer;
use ndarray::{ArrayView, Dimension};
use safetensors::tensor::{Dtype, TensorView, serialize};

/// How the numbers belong together; the file says so itself.
const USE: &str = "x_0: pixels from 0 to 1, row by row. In layer l: x_l = f(W R x_(l-1) + b), \
with R only where there is a tensor of that name, f the activation or, in the last layer, the output of config.";

/// Weights of runs, each from its checkpoint: for layer l from 1 on `{run}.{l}.W` (units, inputs),
/// `{run}.{l}.b` (units) and, where the rule decorrelates, `{run}.{l}.R` (inputs, inputs), where a
/// run is called by its algorithm and seed: `danp.0`. Inputs of the first layer are the pixels, row by row.
#[derive(Default)]
pub struct WeightsFile {
    tensors: Vec<Tensor>,
}

struct Tensor {
    name: String,
    shape: Vec<usize>,
    /// Little-endian, row by row.
    bytes: Vec<u8>,
}

impl WeightsFile {
    /// Puts the weights in a checkpoint to the others.
    ///
    /// # Errors
    /// [`Error::Checkpoint`] if the bytes are no checkpoint of this version.
    pub fn add(&mut self, bytes: &[u8]) -> Result<()> {
        let ((state, mut layers), _): (Checkpoint, _) = checkpoint::read(bytes)?;
        let places: Vec<usize> = state.pixels.into_iter().map(usize::from).collect();
        if !are_whole(&layers, &places) {
            return Err(Error::Checkpoint {
                message: "its numbers are not as many as its network asks for".into(),
            });
        }
        put_in_pixel_order(&mut layers[0], places);
        for (l, layer) in (1..).zip(&layers) {
            let name = |what| format!("{}.{}.{l}.{what}", state.algorithm, state.seed);
            self.tensors.push(Tensor::new(name("W"), layer.weights()));
            self.tensors.push(Tensor::new(name("b"), layer.bias()));
            self.tensors
                .extend(layer.decorrelation().map(|r| Tensor::new(name("R"), r)));
        }
        Ok(())
    }

    /// The file. Its metadata hold `config`, the settings of all runs together as JSON (a checkpoint knows the changes
    /// of its own rule alone), the version, and how the numbers are used.
    ///
    /// # Errors
    /// [`Error::Checkpoint`] if the weights do not fit into one file.
    pub fn write(&self, config: &str) -> Result<Vec<u8>> {
        let metadata = [
            ("config", config),
            ("version", env!("CARGO_PKG_VERSION")),
            ("use", USE),
        ];
        let metadata = metadata.map(|(key, text)| (key.to_owned(), text.to_owned()));
        let views: std::result::Result<Vec<_>, _> =
            self.tensors.iter().map(Tensor::named_view).collect();
        views
            .and_then(|views| serialize(views, Some(metadata.into_iter().collect())))
            .map_err(|error| Error::Checkpoint {
                message: error.to_string(),
            })
    }
}

/// Whether there are layers, and the inputs of the first are the pixels at these places, each once.
fn are_whole(layers: &[Layer], places: &[usize]) -> bool {
    let whole =
        |layer: &Layer| layer.is_whole(layer.decorrelation().is_some(), layer.live_inputs());
    let mut sorted = places.to_vec();
    sorted.sort_unstable();
    let first = layers.first().map(|layer| layer.weights().ncols());
    first == Some(places.len())
        && sorted.into_iter().eq(0..places.len())
        && layers.iter().all(whole)
}

impl Tensor {
    fn new<D: Dimension>(name: String, values: ArrayView<f32, D>) -> Self {
        Self {
            name,
            shape: values.shape().to_vec(),
            bytes: values
                .iter()
                .flat_map(|value| value.to_le_bytes())
                .collect(),
        }
    }

    fn named_view(
        &self,
    ) -> std::result::Result<(&str, TensorView<'_>), safetensors::SafeTensorError> {
        let view = TensorView::new(Dtype::F32, self.shape.clone(), &self.bytes)?;
        Ok((&self.name, view))
    }
}
