import { AppError } from "../state/errors";

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
  if (!isRecord(manifest)) throw unusable("it is not an object");
  if (manifest.dataset !== dataset) {
    throw unusable(
      `it describes ${JSON.stringify(manifest.dataset)}, and ${JSON.stringify(dataset)} was asked for`,
    );
  }
  for (const key of ["rows", "cols", "classes", "shard_size"]) {
    if (!isCount(manifest[key]))
      throw unusable(`its ${key} is ${JSON.stringify(manifest[key])}, not a count`);
  }
  for (const part of ["train", "test"]) checkPart(manifest[part], part);
  return manifest as unknown as Manifest;
}

/**
 * The shards that `size` images need: each is a balanced slice of the whole, so the first ones are enough.
 * Never more than there are: whether there are enough images is Rust's question.
 */
export function shardsFor(part: Part, size: number, shardSize: number): ShardEntry[] {
  return part.shards.slice(0, Math.ceil(size / shardSize));
}

function checkPart(part: unknown, name: string): void {
  if (!isRecord(part) || !Array.isArray(part.shards)) throw unusable(`it has no list of ${name} shards`);
  part.shards.forEach((shard: unknown, index) => {
    for (const key of ["images", "labels"]) {
      if (!isRecord(shard) || !isFileEntry(shard[key]))
        throw unusable(`${name} shard ${index} has no ${key} file`);
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
    throw unusable("it is not JSON");
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

function unusable(reason: string): AppError {
  return new AppError(
    "fetch",
    `The list of the data files, manifest.json, cannot be used: ${reason}. Press Retry to fetch it again.`,
  );
}
