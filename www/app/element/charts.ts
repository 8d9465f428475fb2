import type { LayerChart } from "../chart/layer-chart";
import type { LearningCurves } from "../chart/learning-curves";

export type Chart = LearningCurves | LayerChart;

/** The charts that are open, the learning curves first. */
export function chartsIn(root: ParentNode): Chart[] {
  const folds = [...root.querySelectorAll("np-fold")];
  return [root, ...folds.map((fold) => fold.shadowRoot)].flatMap((place) => [
    ...(place?.querySelectorAll<Chart>("np-learning-curves, np-layer-chart") ?? []),
  ]);
}
