import { strFromU8, strToU8, type Zippable, zipSync } from "fflate";
import * as v from "valibot";
import { type Algorithm, SCHEMA } from "../contract/config";
import { AppError, toAppError } from "../contract/errors";
import type { Result } from "../contract/result";
import type { Place } from "../state/run";
import { refused } from "../text/share";
import { unpacked } from "./zip";

/** What a file of checkpoints is known by: a zip with this in it, and a file beside it for each run that has begun. */
export const MANIFEST = "checkpoint.json";

/** A run as it stands; one without a checkpoint has not begun. */
interface Standing extends Place {
  algorithm: Algorithm;
  seed: number;
  checkpoint?: Blob;
}

/** Runs to go on with, as a file holds them: its settings are yet to be judged. */
export interface Checkpoints {
  config: object;
  runs: (Place & { algorithm: Algorithm; seed: number; checkpoint?: Uint8Array })[];
}

type Digest = (bytes: Uint8Array) => string;

/** All runs of a result as one file. */
export async function packCheckpoints(
  { config, version }: Omit<Result, "runs">,
  runs: readonly Standing[],
  digest: Digest,
): Promise<Blob> {
  const files: Zippable = {};
  const listed = runs.map(async ({ checkpoint, ...run }) => {
    if (!checkpoint) return run;
    const [file, bytes] = [
      `${run.algorithm}-seed-${run.seed}.bin`,
      new Uint8Array(await checkpoint.arrayBuffer()),
    ];
    files[file] = bytes;
    return { ...run, file, sha256: digest(bytes) };
  });
  const said = { config, version, runs: await Promise.all(listed) };
  const manifest = { ...said, sha256: digest(written(said)) };
  const packed = zipSync({ [MANIFEST]: written(manifest), ...files }, { level: 0 });
  return new Blob([packed], { type: "application/zip" });
}

function written(value: unknown): Uint8Array<ArrayBuffer> {
  return strToU8(JSON.stringify(value));
}

const manifest = v.object({
  /** Of all the rest: with other settings the runs would not be those that the weights came from. */
  sha256: v.string(),
  config: v.record(v.string(), v.unknown()),
  version: v.string(),
  runs: v.array(
    v.object({
      algorithm: v.picklist(SCHEMA.algorithms.map(({ name }) => name)),
      seed: v.number(),
      epoch: v.exactOptional(v.number()),
      next: v.exactOptional(v.number()),
      steps_per_epoch: v.exactOptional(v.number()),
      over: v.exactOptional(v.boolean()),
      file: v.exactOptional(v.string()),
      sha256: v.exactOptional(v.string()),
    }),
  ),
});

/** What such a file holds; fails with a sentence where that is not whole, or of another version. */
export function readCheckpoints(name: string, zip: Uint8Array, digest: Digest): Checkpoints {
  const files = unpacked(name, zip);
  const given = parsed(name, files[MANIFEST]);
  const read = v.safeParse(manifest, given);
  if (!read.success) throw new AppError("files", refused.damaged(name));
  const { config, version, runs } = read.output;
  if (version !== SCHEMA.version)
    throw new AppError("files", refused.otherVersion(name, version, SCHEMA.version));
  const { sha256, ...said } = Object(given);
  if (digest(written(said)) !== sha256) throw new AppError("files", refused.damaged(name));
  return {
    config,
    runs: runs.map(({ file, sha256, ...run }) => {
      if (file === undefined) return run;
      const checkpoint = files[file];
      if (!checkpoint || digest(checkpoint) !== sha256) throw new AppError("files", refused.damaged(name));
      return { ...run, checkpoint };
    }),
  };
}

function parsed(name: string, manifest: Uint8Array | undefined): unknown {
  try {
    return JSON.parse(strFromU8(manifest ?? new Uint8Array()));
  } catch (thrown) {
    throw new AppError("files", refused.noJson(`${name}, ${MANIFEST}`, toAppError(thrown, "files").message));
  }
}
