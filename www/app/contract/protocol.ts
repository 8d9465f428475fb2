import type { Algorithm, Change, Config } from "./config";
import type { Failure } from "./errors";
import type { Divergence, RateChange } from "./result";

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

/** One run, from its start to its end. */
export interface Order {
  module: WebAssembly.Module;
  config: Config;
  algorithm: Algorithm;
  seed: number;
  shards: Shards;
  paused: boolean;
  /** Where the run is to go on from, if not its start, and how many rows of its history the page has already. */
  from?: { checkpoint?: Uint8Array; rows: number };
}

/** How fast runs go: so slowly that each update can be followed, at one pace on every device, or as fast as can be. */
export type Speed = "slow" | "real" | "max";

/** To a run that has been started. `step` and `epoch` do that much and leave the run paused. */
export type LiveCommand =
  | { kind: "pause" }
  | { kind: "resume" }
  | { kind: "step" }
  | { kind: "epoch" }
  /** The run stands still, so that there is an update to name, until it is released, with a change or without. */
  | { kind: "hold" }
  | { kind: "release"; change?: Change }
  | { kind: "epochs"; epochs: number }
  | { kind: "speed"; speed: Speed }
  /** One update, of a run that goes on slowly: all runs do it together. */
  | { kind: "beat" };

/** Page to worker, about one run; the first command is `start`. */
export type Command = ({ kind: "start" } & Order) | LiveCommand | Ask;

/** A worker may have several runs: each command and report says by a number which one it is about. */
export type SeatCommand = Command | { kind: "leave" };
export type SeatReport = Report & { run: number };

/** What may be asked of a run at any time: looking changes nothing. */
export type Question =
  | { about: "image"; pixels: Uint8Array<ArrayBuffer> }
  | { about: "test" }
  /** `learned`: what is new since the start of the run. */
  | { about: "weights"; learned: boolean }
  | { about: "covariance"; layer: number }
  /** The three that follow are answered as contract/update.ts reads them; `draws`: 0 for as many as the settings say. */
  | { about: "update"; update: number; sample: number; pass: number; draws: number }
  /** The loss along the noise of a pass, `size` times as large; of one layer alone, if one is given. */
  | { about: "along"; update: number; sample: number; pass: number; layer: number | null; size: number }
  | { about: "change"; update: number; sample: number; layer: number }
  /** Everything that is needed to go on from here. */
  | { about: "checkpoint" };

export interface Answers {
  /** The network's output, class by class. */
  image: Float32Array<ArrayBuffer>;
  test: TestAnswers;
  weights: FirstWeights;
  covariance: Covariance;
  update: Float32Array<ArrayBuffer>;
  along: Float32Array<ArrayBuffer>;
  change: Float32Array<ArrayBuffer>;
  /** As a blob, whose bytes do not pass through the page. */
  checkpoint: Blob;
}

export type Answer<Q extends Question = Question> = Answers[Q["about"]];

export interface ImageShape {
  rows: number;
  cols: number;
}

export interface TestAnswers extends ImageShape {
  classes: number;
  /** Test images by their class (row) and the class they are taken for (column), row by row. */
  confusion: Uint32Array<ArrayBuffer>;
  /** The first images that are taken for another class. */
  mistakes: Mistake[];
}

export interface Mistake {
  /** Its place among the test images of the run. */
  index: number;
  truth: number;
  answer: number;
  /** Row by row, 0 to 255. */
  pixels: Uint8Array<ArrayBuffer>;
}

/** What the first units of the first layer weigh each pixel with. */
export interface FirstWeights extends ImageShape {
  /** Unit by unit, each row by row. */
  values: Float32Array<ArrayBuffer>;
}

/** How the inputs of a layer vary together, pair by pair, before and after R; see src/trainer/inspect.rs. */
export interface Covariance {
  inputs: Uint32Array<ArrayBuffer>;
  /** How many inputs the layer has in use: more than are shown, if it is wide. */
  width: number;
  before: Float32Array<ArrayBuffer>;
  /** Only where the rule decorrelates. */
  after?: Float32Array<ArrayBuffer>;
}

export interface Ask {
  kind: "ask";
  id: number;
  question: Question;
}

/** What becomes of a question, by its id. */
export type Reply =
  | { kind: "answer"; id: number; answer: Answer }
  | { kind: "refused"; id: number; failure: Failure };

/** Page to the worker that answers for runs that have ended; the first command is `data`. */
export type ReaderCommand =
  | { kind: "data"; module: WebAssembly.Module; shards: Shards }
  | { kind: "open"; run: number; checkpoint: Uint8Array }
  | { kind: "close"; run: number }
  | (Ask & { run: number });

export interface Progress {
  epoch: number;
  epochs: number;
  /** Updates since the start. */
  step: number;
  /** The first, from 0, that has not begun: the first that can have other rates. */
  next: number;
  steps_per_epoch: number;
  /** Mean speed of the run, evaluation included; null before the first update, and where it is held back. */
  samples_per_second: number | null;
  /** The rows that are new since the last report, one after another. */
  rows: Float64Array<ArrayBuffer>;
  /** The changes of its rates so far. */
  changes: RateChange[];
  /** False when the run has nothing more to do before the next command. */
  busy: boolean;
  /** Whether it goes on at the next beat, and not before. */
  awaits: boolean;
  /** How many commands the worker has obeyed so far, so that the page knows what is still owed. */
  obeyed: number;
}

export interface Ended {
  status: "finished" | "diverged";
  diverged?: Divergence;
  weights_hash: string;
  checkpoint: Uint8Array<ArrayBuffer>;
}

/** Worker to page, about one run. `hello`: the script runs; `ready`: the data is read and the network exists. */
export type Report =
  | { kind: "hello" }
  | { kind: "ready" }
  | ({ kind: "progress" } & Progress)
  | ({ kind: "ended" } & Ended)
  | ({ kind: "failed" } & Failure)
  | Reply;
