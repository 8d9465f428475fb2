import type { Failure } from "../contract/errors";
import type { OwnData } from "../contract/own";

/** Page to worker: the only message. */
export interface ReadOrder {
  /** As they were chosen: the worker reads them, so that their bytes never pass by the page's thread. */
  files: readonly File[];
}

/** Worker to page: the only answer. */
export type ReadReport = { kind: "read"; data: OwnData } | { kind: "failed"; failure: Failure };
