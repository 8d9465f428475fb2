import type { Explanation } from "./explanation";
import { equation, fraction, row, sub } from "./math";

/** What the strip says when nothing in particular has the focus. */
export const START: Explanation = {
  label: "One network, several ways to learn",
  help: "With the same seed every rule starts from the same weights and sees the same images in the same order; only the way the weights change differs.",
};

export const CHARTS = {
  learning: {
    label: "Learning curves",
    help: "The share of images that a network gets right, or its loss. Dashed: a plain rule. Solid: the same rule on decorrelated inputs.",
  },
  alignment: {
    label: "Alignment angle",
    help: "The angle between a rule's update and the exact gradient, on the same images. 0° is the gradient itself; at 90° an update is no better than a random one.",
    equation: equation(
      "θ",
      "=",
      "arccos",
      fraction(row("g", "·", sub("g", "BP")), row("‖", "g", "‖", "‖", sub("g", "BP"), "‖")),
    ),
  },
  decorrelation: {
    label: "Decorrelation loss",
    help: "How strongly the inputs of a layer still vary together: the mean square of what stands off the diagonal of C.",
  },
  runs: {
    label: "Runs",
    help: "One line for each rule and seed. A run whose numbers stop being finite ends with a cross; the others go on.",
  },
} satisfies Record<string, Explanation>;

export type ChartName = keyof typeof CHARTS;
