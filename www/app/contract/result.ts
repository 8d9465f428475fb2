import type { Algorithm, Config, Rates } from "./config";
import type { Failure } from "./errors";
import type { History } from "./history";

/** Where a run stopped being finite. `layer` counts from 1, `step` from the start. */
export interface Divergence {
  epoch: number;
  step: number;
  layer: number;
  quantity: "loss" | "weights" | "decorrelation";
}

/** Rates that changed on the way, and when. */
export interface RateChange extends Rates {
  epoch: number;
  step: number;
}

export interface RunResult {
  algorithm: Algorithm;
  seed: number;
  status: "queued" | "running" | "finished" | "diverged" | "failed";
  history: History;
  weights_hash: string | null;
  diverged?: Divergence;
  changes?: RateChange[];
  error?: Failure;
}

/** The file that the page and the native command both write. */
export interface Result {
  config: Config;
  version: string;
  runs: RunResult[];
}
