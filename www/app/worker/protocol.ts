import type { Divergence } from "../metrics/result";
import type { Algorithm, Config, Rates } from "../state/config";
import type { Failure } from "../state/errors";

/** One file of the data as it was fetched, and what the manifest says of it. */
export interface ShardFile {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
  /** Of the decompressed bytes, lower-case hexadecimal. */
  sha256: string;
}

export interface Shard {
  images: ShardFile;
  labels: ShardFile;
}

export interface Shards {
  train: Shard[];
  test: Shard[];
}

/** What one worker does from its birth to its end: one run. */
export interface Order {
  module: WebAssembly.Module;
  config: Config;
  algorithm: Algorithm;
  seed: number;
  shards: Shards;
  paused: boolean;
}

/** To a run that has been started. `step` and `epoch` do that much and leave the run paused. */
export type LiveCommand =
  | { kind: "pause" }
  | { kind: "resume" }
  | { kind: "step" }
  | { kind: "epoch" }
  | ({ kind: "rates" } & Rates);

/** Page to worker; the first command is `start`. */
export type Command = ({ kind: "start" } & Order) | LiveCommand;

export interface Progress {
  epoch: number;
  epochs: number;
  /** Updates since the start. */
  step: number;
  steps_per_epoch: number;
  /** Mean speed of the run, evaluation included; null before the first update. */
  samples_per_second: number | null;
  /** The rows that are new since the last report, one after another. */
  rows: Float64Array<ArrayBuffer>;
  /** False when the worker has nothing more to say before the next command. */
  busy: boolean;
  /** How many commands the worker has obeyed so far, so that the page knows what is still owed. */
  obeyed: number;
}

export interface Ended {
  status: "finished" | "diverged";
  diverged?: Divergence;
  weights_hash: string;
  checkpoint: Uint8Array<ArrayBuffer>;
}

/** Worker to page. `hello`: the script runs; `ready`: the data is read and the network exists. */
export type Report =
  | { kind: "hello" }
  | { kind: "ready" }
  | ({ kind: "progress" } & Progress)
  | ({ kind: "rates"; epoch: number; step: number } & Rates)
  | ({ kind: "ended" } & Ended)
  | ({ kind: "failed" } & Failure);
