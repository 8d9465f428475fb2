import type { Algorithm, Config } from "../contract/config";
import type { Failure } from "../contract/errors";
import type { Shards } from "../contract/protocol";

/** Page to worker; each request is answered once, before the next is sent. */
export type Request =
  | { kind: "load"; module: WebAssembly.Module; shards: Shards }
  | { kind: "begin"; config: Partial<Config>; algorithm: Algorithm }
  | { kind: "train"; ms: number }
  | { kind: "peak"; ms: number };

/** What a slice of training came to: whole updates, timed without the measurements that end an epoch. */
export interface Trained {
  samples: number;
  seconds: number;
  /** As the trainer counts them: those done, not those a textbook would do. */
  multiply_adds: number;
  /** Of the whole wasm instance, data set included. */
  memory_bytes: number;
}

/** Worker to page. */
export type Reply =
  | { kind: "ready" }
  | ({ kind: "trained" } & Trained)
  | { kind: "peak"; gflops: number }
  | ({ kind: "failed" } & Failure);
