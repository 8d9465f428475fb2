import type { History } from "../contract/history";

/** What learning can be plotted against: how far it is, or what it has cost so far. */
export type Axis = "epoch" | "update" | "forward_passes" | "multiply_adds" | "seconds";

export const AXES: readonly Axis[] = ["epoch", "update", "forward_passes", "multiply_adds", "seconds"];

/** A history, and how many updates there are in one of its epochs. */
export interface Progress {
  history: History;
  steps_per_epoch: number;
}

export function axisValues({ history, steps_per_epoch }: Progress, axis: Axis): readonly number[] {
  return axis === "update" ? history.epoch.map((epoch) => epoch * steps_per_epoch) : history[axis];
}
