//! What a rule says of itself, to configurations, the page and readers.

/// The names of a rule, its words, and what it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct About {
    /// In configurations and links: plain, and on decorrelated inputs.
    pub ids: [&'static str; 2],
    /// On curves and chips: plain, and on decorrelated inputs.
    pub labels: [&'static str; 2],
    /// In full: `"Node perturbation"`.
    pub title: &'static str,
    /// What it does, for a reader, in a sentence or two.
    pub words: &'static str,
    /// The error of a layer, or the gradient, in LaTeX.
    pub equation: &'static str,
    /// Where it is described: a place of the paper, or another paper.
    pub source: &'static str,
    /// Whether it is one of the paper's, and no rival of theirs.
    pub paper: bool,
    /// Whether it uses derivatives of the activations.
    pub derivatives: bool,
    /// Whether it can compare two noisy passes where no clean one exists.
    pub noisy_baseline: bool,
    /// Whether it moves weights of inputs that are zero in every training sample: training
    /// then cannot leave these out.
    pub moves_dead_inputs: bool,
}
