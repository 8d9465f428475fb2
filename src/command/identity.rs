//! Which images a result is of. Files under MNIST's names may hold others: Fashion-MNIST comes as
//! such files, and so does any part of MNIST. A result on those says which they are.

use np_playground::dataset::subset::balanced_order;
use np_playground::dataset::{Dataset, DatasetKind};
use serde_json::{Value, json};

/// What tells MNIST's training and test set from others, each in balanced order: in that the site
/// has them, and the same runs choose the same images however the files lie.
const MNIST: [&str; 2] = [
    "fbbae40362c02d6bedb942f14f7b317fad7d9391f1093467b1db181195092e10",
    "525c0d3d40ef1d59ab534eede8dd69dbaa490137bdb035942225cbff3c0f03e9",
];

/// What tells a training and a test set from others.
pub type Digests = [String; 2];

/// Of a training and a test set.
pub fn digests(sets: [&Dataset; 2]) -> Digests {
    sets.map(|set| set.digest(0..set.len() as u32))
}

/// Whether these are all images of MNIST.
pub fn are_mnist(sets: [&Dataset; 2]) -> bool {
    let in_order = |set: &Dataset| set.digest(balanced_order(set.labels()).into_iter());
    sets.map(in_order) == MNIST
}

/// What tells results on some images from results on others.
#[derive(Clone)]
pub struct Images {
    /// As the settings have it.
    dataset: DatasetKind,
    /// None of MNIST, of which there is but one.
    pub digests: Option<Digests>,
}

impl Images {
    /// Those that settings with this `dataset` are to train on.
    pub fn of(dataset: DatasetKind, sets: [&Dataset; 2]) -> Self {
        let known = dataset == DatasetKind::Mnist && are_mnist(sets);
        Self {
            dataset,
            digests: (!known).then(|| digests(sets)),
        }
    }

    /// Whether a result may stand among those on these images, by the `dataset` of its settings
    /// and its digests. With another `dataset` it may: that tells it from them.
    pub fn go_with(&self, dataset: &Value, digests: Option<&Digests>) -> bool {
        *dataset != json!(self.dataset) || digests == self.digests.as_ref()
    }
}
