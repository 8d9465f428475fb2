import { type Config, SCHEMA } from "../contract/config";
import { AppError } from "../contract/errors";
import type { OwnData } from "../contract/own";
import type { Shard, ShardFile, Shards } from "../contract/protocol";
import * as text from "../text/text";
import { type FetchOptions, fetchBytes } from "./fetch";
import { isGzip } from "./gzip";
import { type FileEntry, type Manifest, parseManifest, type ShardEntry, shardsFor } from "./manifest";

export interface Loading {
  loaded: number;
  total: number;
}

type Wanted = Pick<Config, "dataset" | "train_size" | "test_size">;

/** Files fetched at once: enough to fill the line, few enough that none waits behind the browser's own limit. */
const LANES = 4;

/** The data folder of the site: fetches the shards that are needed, each once. And the reader's own images, if any. */
export class DataSource {
  own: OwnData | null = null;
  readonly #folder: URL;
  readonly #options: FetchOptions;
  readonly #files = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();
  /** The last of each data set. */
  readonly #manifests = new Map<string, Manifest>();
  #doubted = false;

  /** `folder` ends in a slash. */
  constructor(folder: URL, options: Pick<FetchOptions, "fetch" | "patience" | "signal"> = {}) {
    this.#folder = folder;
    this.#options = options;
  }

  async load(wanted: Wanted, onProgress: (loading: Loading) => void): Promise<Shards> {
    if (wanted.dataset === "own") return this.#ownShards(wanted);
    const { train, test } = this.#here(wanted) ?? (await this.#list(wanted));
    const bytes = await this.#fetchAll(files([...train, ...test]), onProgress);
    const shard = (entry: ShardEntry): Shard => ({
      images: shardFile(entry.images, bytes),
      labels: shardFile(entry.labels, bytes),
    });
    return { train: train.map(shard), test: test.map(shard) };
  }

  /** What is wanted, if all of it is here already: then the network is not needed. */
  #here(wanted: Wanted): Entries | undefined {
    const manifest = this.#manifests.get(wanted.dataset);
    const entries = manifest && entriesOf(manifest, wanted);
    return entries && files([...entries.train, ...entries.test]).every(({ file }) => this.#files.has(file))
      ? entries
      : undefined;
  }

  async #list(wanted: Wanted): Promise<Entries> {
    const manifest = parseManifest(await this.#fetchManifest(), wanted.dataset);
    this.#manifests.set(wanted.dataset, manifest);
    return entriesOf(manifest, wanted);
  }

  /** As of the site's data, the first shards are enough. */
  #ownShards({ train_size, test_size }: Wanted): Shards {
    if (!this.own) throw new AppError("own_data", text.ownData.needed);
    const { train, test } = this.own.shards;
    const first = (shards: Shard[], size: number) => shards.slice(0, Math.ceil(size / SCHEMA.shard_size));
    return { train: first(train, train_size), test: first(test, test_size) };
  }

  /** What was fetched turned out to be wrong: forget it, and pass by the browser's cache the next time. */
  doubt(): void {
    this.#files.clear();
    this.#doubted = true;
  }

  /** The manifest is asked for anew with each shard that is missing: it must not be older than the shards it describes. */
  #fetchManifest(): Promise<Uint8Array<ArrayBuffer>> {
    const cache = this.#doubted ? "reload" : "no-cache";
    return fetchBytes(new URL("manifest.json", this.#folder), text.manifest.name, {
      ...this.#options,
      cache,
    });
  }

  async #fetchAll(entries: FileEntry[], onProgress: (loading: Loading) => void): Promise<Fetched> {
    const total = entries.reduce((sum, entry) => sum + entry.bytes, 0);
    const received = new Map<string, number>();
    const fetched: Fetched = new Map();
    const waiting = entries.values();
    const report = (entry: FileEntry, count: number) => {
      // A server that undoes the gzip sends more than the manifest says.
      received.set(entry.file, Math.min(count, entry.bytes));
      onProgress({ loaded: [...received.values()].reduce((sum, part) => sum + part, 0), total });
    };
    const lane = async () => {
      for (const entry of waiting) {
        fetched.set(entry.file, await this.#fetchOnce(entry, (count) => report(entry, count)));
        report(entry, entry.bytes);
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    return fetched;
  }

  #fetchOnce(entry: FileEntry, onProgress: (count: number) => void): Promise<Uint8Array<ArrayBuffer>> {
    const known = this.#files.get(entry.file);
    if (known) return known;
    const file = this.#fetchTwice(entry, onProgress);
    this.#files.set(entry.file, file);
    file.catch(() => this.#files.delete(entry.file));
    return file;
  }

  /** A broken or stale answer is often the cache's fault: the second attempt passes it by. */
  async #fetchTwice(entry: FileEntry, onProgress: (count: number) => void): Promise<Uint8Array<ArrayBuffer>> {
    try {
      return await this.#fetchFile(entry, this.#doubted ? "reload" : "default", onProgress);
    } catch (thrown) {
      if (this.#options.signal?.aborted) throw thrown;
      return this.#fetchFile(entry, "reload", onProgress);
    }
  }

  async #fetchFile(
    entry: FileEntry,
    cache: RequestCache,
    onProgress: (count: number) => void,
  ): Promise<Uint8Array<ArrayBuffer>> {
    const url = new URL(entry.file, this.#folder);
    const bytes = await fetchBytes(url, entry.file, { ...this.#options, cache, onProgress });
    // Only a file that is still compressed can be compared with the size on the server; the hash judges the rest.
    if (isGzip(bytes) && bytes.length !== entry.bytes) throw wrongSize(entry, bytes.length);
    return bytes;
  }
}

interface Entries {
  train: ShardEntry[];
  test: ShardEntry[];
}

function entriesOf({ train, test, shard_size }: Manifest, { train_size, test_size }: Wanted): Entries {
  return { train: shardsFor(train, train_size, shard_size), test: shardsFor(test, test_size, shard_size) };
}

type Fetched = Map<string, Uint8Array<ArrayBuffer>>;

function files(shards: ShardEntry[]): FileEntry[] {
  return shards.flatMap((shard) => [shard.images, shard.labels]);
}

function shardFile(entry: FileEntry, fetched: Fetched): ShardFile {
  const bytes = fetched.get(entry.file);
  if (!bytes) throw new AppError("fetch", text.loading.notFetched(entry.file));
  return { name: entry.file, bytes, sha256: entry.sha256 };
}

function wrongSize(entry: FileEntry, found: number): AppError {
  const sentence = found < entry.bytes ? text.loading.truncated : text.loading.tooLong;
  return new AppError("fetch", sentence(entry.file, found, entry.bytes));
}
