import type { History } from "./history";

/** What learning can be plotted against: how far it is, or what it has cost so far. */
export type Axis = "epoch" | "forward_passes" | "multiply_adds" | "seconds";

export const AXES: readonly Axis[] = ["epoch", "forward_passes", "multiply_adds", "seconds"];

export function axisValues(history: History, axis: Axis): readonly number[] {
  return history[axis];
}
