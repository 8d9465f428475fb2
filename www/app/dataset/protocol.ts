import type { Failure } from "../contract/errors";
import type { Choices, Guess, OwnData, OwnFile } from "../contract/own";

/** What the worker keeps, for other choices. */
export interface Given {
  /** As they were given: the worker reads them, so that their bytes never pass by the page's thread. */
  files: readonly OwnFile[];
  /** Where the module is that reads them: a worker that runs from a copy of its script does not know. */
  wasm: string;
}

/** Page to worker: what it keeps, once, and what is chosen for it; later other choices alone. */
export interface ReadOrder {
  given?: Given;
  choices: Choices;
}

/** Worker to page, the answer to each order. A refusal says what may be chosen otherwise. */
export type ReadReport =
  | { kind: "read"; data: OwnData }
  | { kind: "refused"; failure: Failure; guesses: readonly Guess[] };
