import { AppError } from "../contract/errors";
import * as text from "../text/text";

/** What scripts/data.mjs writes beside the shards. */
export interface Manifest {
  dataset: string;
  rows: number;
  cols: number;
  classes: number;
  shard_size: number;
  train: Part;
  test: Part;
}

export interface Part {
  count: number;
  shards: ShardEntry[];
}

export interface ShardEntry {
  count: number;
  images: FileEntry;
  labels: FileEntry;
}

export interface FileEntry {
  file: string;
  /** Size of the file as it lies on the server, gzipped. */
  bytes: number;
  /** Of the decompressed file. */
  sha256: string;
}

/** The manifest in these bytes, or an AppError that names the first thing wrong with it. */
export function parseManifest(bytes: Uint8Array, dataset: string): Manifest {
  const manifest = parseJson(bytes);
  check(manifest, dataset);
  return manifest;
}

function check(manifest: unknown, dataset: string): asserts manifest is Manifest {
  if (!isRecord(manifest)) throw unusable(text.manifest.notObject);
  if (manifest.dataset !== dataset) {
    throw unusable(text.manifest.otherDataset(JSON.stringify(manifest.dataset), JSON.stringify(dataset)));
  }
  for (const key of ["rows", "cols", "classes", "shard_size"]) {
    if (!isCount(manifest[key])) throw unusable(text.manifest.noCount(key, JSON.stringify(manifest[key])));
  }
  for (const part of ["train", "test"]) checkPart(manifest[part], part);
}

/**
 * The shards that `size` images need: each is a balanced slice of the whole, so the first ones are enough.
 * Never more than there are: whether there are enough images is Rust's question.
 */
export function shardsFor(part: Part, size: number, shardSize: number): ShardEntry[] {
  return part.shards.slice(0, Math.ceil(size / shardSize));
}

function checkPart(part: unknown, name: string): void {
  if (!isRecord(part) || !Array.isArray(part.shards)) throw unusable(text.manifest.noShards(name));
  part.shards.forEach((shard: unknown, index) => {
    for (const key of ["images", "labels"]) {
      if (!isRecord(shard) || !isFileEntry(shard[key]))
        throw unusable(text.manifest.noFile(name, index, key));
    }
  });
}

/** A plain file name: nothing in a manifest may lead to another folder or server. */
function isFileEntry(entry: unknown): boolean {
  return (
    isRecord(entry) &&
    typeof entry.file === "string" &&
    /^[\w-][\w.-]*$/.test(entry.file) &&
    isCount(entry.bytes) &&
    typeof entry.sha256 === "string" &&
    /^[0-9a-f]{64}$/.test(entry.sha256)
  );
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw unusable(text.manifest.notJson);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

function unusable(reason: string): AppError {
  return new AppError("fetch", text.manifest.unusable(reason));
}
