//! Which images a run uses: as many of each class as of any other, chosen by seed.
//!
//! *Balanced order* sorts the images by (rank among the images of their own class,
//! class): the first 0, the first 1, ... the first 9, the second 0, ... Every beginning
//! of a set in this order is itself balanced, so that a set that is stored in it and
//! cut into shards of [`SHARD_SIZE`] images needs only its first shards for a small
//! subset. The choice of `size` images is therefore made in three steps:
//!
//! 1. bring the whole set into balanced order (no change when it is stored so);
//! 2. take the shards that `size` images need as the pool, and shuffle it by seed;
//! 3. bring the pool into balanced order and take the first `size`.
//!
//! A page that has fetched the first shards only and a command that reads all of MNIST
//! so choose the same images.

use super::MAX_CLASSES;
use crate::rng::{Rng, Stream};

/// Images in one file of the site's data; also what the pool is rounded up to.
pub const SHARD_SIZE: usize = 2500;

/// The indices of the images in balanced order, given the labels in file order.
/// Idempotent: of labels that are in this order already it is 0, 1, 2, ...
///
/// # Panics
/// When a label is not less than [`MAX_CLASSES`].
pub fn balanced_order(labels: &[u8]) -> Vec<u32> {
    let mut classes = vec![Vec::new(); MAX_CLASSES];
    for (index, &label) in (0..).zip(labels) {
        classes[usize::from(label)].push(index);
    }
    classes.retain(|class| !class.is_empty());
    let ranks = classes.iter().map(Vec::len).max().unwrap_or(0);
    let mut order = Vec::with_capacity(labels.len());
    for rank in 0..ranks {
        order.extend(classes.iter().filter_map(|class| class.get(rank)));
    }
    order
}

/// The indices of the `size` images that `seed` chooses, in balanced order.
///
/// # Panics
/// When `size` is more than the number of labels, or a label is not less than [`MAX_CLASSES`].
pub fn choose(labels: &[u8], size: usize, seed: u32) -> Vec<u32> {
    let mut pool = balanced_order(labels);
    pool.truncate(size.div_ceil(SHARD_SIZE) * SHARD_SIZE);
    Rng::new(seed, Stream::Subset).shuffle(&mut pool);
    let pool_labels: Vec<u8> = pool.iter().map(|&index| labels[index as usize]).collect();
    let order = balanced_order(&pool_labels);
    order[..size]
        .iter()
        .map(|&place| pool[place as usize])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Labels that no order can balance perfectly: class 1 is three times as frequent.
    fn uneven_labels(count: u32) -> Vec<u8> {
        (0..count)
            .map(|i| [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 1][(i * 7 % 12) as usize])
            .collect()
    }

    #[test]
    fn classes_take_turns() {
        assert_eq!(balanced_order(&[1, 1, 0, 2, 0, 1]), [2, 0, 3, 4, 1, 5]);
    }

    #[test]
    fn the_choice_depends_on_the_seed_alone() {
        let labels = uneven_labels(6000);
        assert_eq!(choose(&labels, 1000, 7), choose(&labels, 1000, 7));
        assert_ne!(choose(&labels, 1000, 7), choose(&labels, 1000, 8));
    }

    #[test]
    fn the_whole_set_can_be_chosen() {
        let labels = uneven_labels(6000);
        let mut all = choose(&labels, 6000, 3);
        all.sort_unstable();
        assert!(all.into_iter().eq(0..6000));
    }
}
