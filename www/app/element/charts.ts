import type { LayerChart } from "../chart/layer-chart";
import type { LearningCurves } from "../chart/learning-curves";

export type Chart = LearningCurves | LayerChart;

/** The charts that are open, the learning curves first. */
export function chartsIn(root: ParentNode): Chart[] {
  // A small figure has a root of its own.
  const inner = root.querySelector("np-figure")?.shadowRoot ?? root;
  const folds = [...inner.querySelectorAll("np-fold")];
  return [inner, ...folds.map((fold) => fold.shadowRoot)].flatMap((place) => [
    ...(place?.querySelectorAll<Chart>("np-learning-curves, np-layer-chart") ?? []),
  ]);
}
