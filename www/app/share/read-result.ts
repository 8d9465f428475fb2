import * as v from "valibot";
import { SCHEMA } from "../contract/config";
import { AppError } from "../contract/errors";
import type { Result } from "../contract/result";
import { refused } from "../text/share";

const number = v.nullable(v.number());
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const algorithm = v.picklist(SCHEMA.algorithms.map(({ name }) => name));

const history = v.pipe(
  v.object({
    epoch: v.array(count),
    train_loss: v.array(number),
    train_acc: v.array(number),
    test_loss: v.array(number),
    test_acc: v.array(number),
    alignment_deg: v.array(v.object({ network: number, layers: v.array(number) })),
    decorrelation_loss: v.array(v.array(number)),
    forward_passes: v.array(v.number()),
    multiply_adds: v.array(v.number()),
    seconds: v.array(v.number()),
  }),
  v.check(
    (history) => Object.values(history).every(({ length }) => length === history.epoch.length),
    refused.uneven,
  ),
);

const diverged = v.object({
  epoch: count,
  step: count,
  layer: count,
  quantity: v.picklist(["loss", "weights", "decorrelation"]),
});

const change = v.object({
  epoch: count,
  step: count,
  lr: v.number(),
  decor_lr: v.number(),
  noise_std: v.number(),
});

const run = v.object({
  algorithm,
  seed: count,
  status: v.picklist(["queued", "running", "finished", "diverged", "failed"]),
  history,
  weights_hash: v.nullable(v.string()),
  diverged: v.exactOptional(diverged),
  changes: v.exactOptional(v.array(change)),
});

/** The form of a result; what its settings may be is Rust's to say. */
const result = v.object({
  config: v.record(v.string(), v.unknown()),
  version: v.string(),
  runs: v.array(run),
});

/** A result as its file holds it: its settings are yet to be judged. */
export type Written = Omit<Result, "config"> & { config: object };

/** What the parsed file `name` holds, if that has the form of a result. */
export function readResult(name: string, content: unknown): Written {
  const read = v.safeParse(result, content);
  if (read.success) return read.output;
  const [issue] = read.issues;
  throw new AppError("files", refused.noResult(name, v.getDotPath(issue) ?? "", issue.message));
}
