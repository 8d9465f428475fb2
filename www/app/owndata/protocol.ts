import type { Failure } from "../state/errors";
import type { OwnData, OwnFile } from "./own";

/** Page to worker: the only message. */
export interface ReadOrder {
  module: WebAssembly.Module;
  files: OwnFile[];
}

/** Worker to page: the only answer. */
export type ReadReport = { kind: "read"; data: OwnData } | { kind: "failed"; failure: Failure };
