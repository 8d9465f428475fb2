import { isOurs, isRule } from "../contract/config";
import { emptyHistory, type History } from "../contract/history";
import { chosenWords, digestOf, type OwnData } from "../contract/own";
import type { Result, RunResult } from "../contract/result";
import { toLink } from "../contract/url";
import type { Ghost } from "../metrics/curves-of";

/** A run of a kept result, with what charts need besides. */
export type KeptRun = RunResult & { steps_per_epoch: number };

/** A result as it is kept. */
export interface Kept extends Result {
  id: string;
  /** When it was made, in milliseconds since 1970. */
  at: number;
  runs: KeptRun[];
  /** The reader's own images that it is of, where they are known, and what was chosen of them. */
  images?: { called: string; digest: string };
}

/**
 * A result, of images of the reader's own if there are some, and how many updates its runs have in an epoch. The same
 * settings with the same weights at the end are the same result; with the same numbers, where the weights are not known.
 */
export function keptOf(
  result: Result,
  steps: readonly number[],
  at: number,
  own: OwnData | null = null,
): Kept {
  const ends = result.runs.map(
    ({ seed, weights_hash, history: { train_loss, test_acc } }) =>
      weights_hash ?? [seed, train_loss.length, train_loss.at(-1), test_acc.at(-1)].join("/"),
  );
  return {
    ...result,
    id: [toLink(result.config), ...ends].join(" "),
    at,
    runs: result.runs.map((run, index) => ({ ...run, steps_per_epoch: steps[index] ?? 0 })),
    ...(result.config.dataset === "own" &&
      own && {
        images: { called: [own.called, ...chosenWords(own)].join("; "), digest: digestOf(own) },
      }),
  };
}

const COLUMNS = Object.keys(emptyHistory()) as (keyof History)[];

/** Whether a record is a result that this version can show. */
export function isKept(record: unknown): record is Kept {
  const { id, at, config, runs } = (record ?? {}) as Partial<Kept>;
  if (typeof id !== "string" || typeof at !== "number" || !isOurs(config)) return false;
  return Array.isArray(runs) && runs.every(isKeptRun);
}

function isKeptRun(run: unknown): run is KeptRun {
  const { algorithm, seed, steps_per_epoch, history } = (run ?? {}) as Partial<KeptRun>;
  const rows = history?.epoch?.length;
  return (
    isRule(algorithm) &&
    typeof seed === "number" &&
    typeof steps_per_epoch === "number" &&
    COLUMNS.every((name) => Array.isArray(history?.[name]) && history[name].length === rows)
  );
}

/** Whether it is of other images than those that its settings would train on now. */
export function isOfOthers({ config, images }: Kept, own: OwnData | null): boolean {
  return config.dataset === "own" && !(own && images?.digest === digestOf(own));
}

export function ghostOf({ id, config, runs }: Kept, mark: string): Ghost {
  return {
    id,
    mark,
    epochs: config.epochs,
    runs: runs.map((run) => ({ ...run, changes: run.changes ?? [] })),
  };
}
