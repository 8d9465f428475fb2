import type { Failure } from "../contract/errors";
import type { Choices, Guess, OwnData, OwnFile } from "../contract/own";

/** Page to worker: files, which it keeps, and what is chosen for them; later other choices alone. */
export interface ReadOrder {
  /** As they were given: the worker reads them, so that their bytes never pass by the page's thread. */
  files?: readonly OwnFile[];
  choices: Choices;
}

/** Worker to page, the answer to each order. A refusal says what may be chosen otherwise. */
export type ReadReport =
  | { kind: "read"; data: OwnData }
  | { kind: "refused"; failure: Failure; guesses: readonly Guess[] };
