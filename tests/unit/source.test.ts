import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, test, vi } from "vitest";
import { fetchBytes } from "../../www/app/dataset/fetch";
import { parseManifest } from "../../www/app/dataset/manifest";
import { DataSource, type Loading } from "../../www/app/dataset/source";
import { unpack } from "../../www/app/dataset/unpack";

const FOLDER = new URL("https://example.org/sub/path/data/");
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** A site with two training shards and one test shard of 10 images each. */
function site() {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const file = (name: string) => {
    const content = Buffer.from(`the ${name} of somebody's digits, `.repeat(9));
    const packed = new Uint8Array(gzipSync(content));
    files.set(name, packed);
    return { file: name, bytes: packed.length, sha256: sha256(content) };
  };
  const shard = (name: string) => ({
    count: 10,
    images: file(`${name}-images.gz`),
    labels: file(`${name}-labels.gz`),
  });
  const manifest = {
    ...{ dataset: "mnist", rows: 28, cols: 28, classes: 10, shard_size: 10 },
    train: { count: 20, shards: [shard("train-0"), shard("train-1")] },
    test: { count: 10, shards: [shard("test-0")] },
  };
  files.set("manifest.json", new TextEncoder().encode(JSON.stringify(manifest)));
  return { files, manifest };
}

type Answer = (name: string, cache: RequestCache | undefined, attempt: number) => Response | undefined;

/** A server that gives the files of the site, unless `answer` gives something else. */
function server(files: Map<string, Uint8Array<ArrayBuffer>>, answer: Answer = () => undefined) {
  const requests: [string, RequestCache | undefined][] = [];
  const fake: typeof fetch = async (input, init) => {
    const name = String(input).slice(FOLDER.href.length);
    const attempt = requests.filter(([other]) => other === name).length;
    requests.push([name, init?.cache]);
    init?.signal?.throwIfAborted();
    const bytes = files.get(name);
    const other = answer(name, init?.cache, attempt);
    return other ?? (bytes ? new Response(bytes) : new Response("not found", { status: 404 }));
  };
  return { fetch: fake, requests };
}

const wanted = { dataset: "mnist", train_size: 20, test_size: 5 };
const ignore = () => {};

/** A body that gives some bytes and then nothing more, until it is aborted. */
function stalling(bytes: Uint8Array, signal: AbortSignal | null | undefined): Response {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(bytes);
      signal?.addEventListener("abort", () => controller.error(new Error("aborted")));
    },
  });
  return new Response(body);
}

describe("the data", () => {
  test("comes as the shards that are needed, each file once, with progress", async () => {
    const { files, manifest } = site();
    const { fetch, requests } = server(files);
    const source = new DataSource(FOLDER, { fetch });
    const progress: Loading[] = [];
    const few = await source.load({ ...wanted, train_size: 10 }, (loading) => progress.push(loading));
    expect(few.train.map(({ images }) => images.name)).toEqual(["train-0-images.gz"]);
    expect(few.test).toHaveLength(1);
    expect(few.train[0]?.images.sha256).toBe(manifest.train.shards[0]?.images.sha256);
    expect(progress.at(-1)?.loaded).toBe(progress.at(-1)?.total);

    const all = await source.load(wanted, ignore);
    expect(all.train).toHaveLength(2);
    const shardRequests = requests.filter(([name]) => name !== "manifest.json");
    expect(shardRequests).toHaveLength(6);
    expect(new Set(shardRequests.map(([name]) => name)).size).toBe(6);
  });

  test("is asked for anew, past the cache, once it is doubted", async () => {
    const { files } = site();
    const { fetch, requests } = server(files);
    const source = new DataSource(FOLDER, { fetch });
    await source.load(wanted, ignore);
    requests.length = 0;
    source.doubt();
    await source.load(wanted, ignore);
    expect(requests).toHaveLength(7);
    expect(requests.every(([, cache]) => cache === "reload")).toBe(true);
  });

  test("that is missing is asked for twice, then named with its status", async () => {
    const { files } = site();
    files.delete("train-1-labels.gz");
    const { fetch, requests } = server(files);
    const failure = new DataSource(FOLDER, { fetch }).load(wanted, ignore);
    await expect(failure).rejects.toMatchObject({
      code: "fetch",
      message: expect.stringMatching(
        /^train-1-labels\.gz is missing on the server \(HTTP status 404\).*[Tt]ry again/,
      ),
    });
    const attempts = requests.filter(([name]) => name === "train-1-labels.gz");
    expect(attempts.map(([, cache]) => cache)).toEqual(["default", "reload"]);
  });

  test("that is truncated once is fetched again, past the cache", async () => {
    const { files } = site();
    const whole = files.get("train-0-images.gz") ?? new Uint8Array();
    const { fetch } = server(files, (name, cache) =>
      name === "train-0-images.gz" && cache !== "reload" ? new Response(whole.slice(0, 40)) : undefined,
    );
    const { train } = await new DataSource(FOLDER, { fetch }).load(wanted, ignore);
    expect(train[0]?.images.bytes).toEqual(whole);
  });

  test("that stays truncated is said to be", async () => {
    const { files } = site();
    const whole = files.get("test-0-images.gz") ?? new Uint8Array();
    files.set("test-0-images.gz", whole.slice(0, 40));
    const { fetch } = server(files);
    await expect(new DataSource(FOLDER, { fetch }).load(wanted, ignore)).rejects.toMatchObject({
      code: "fetch",
      message: `test-0-images.gz arrived truncated: 40 bytes instead of ${whole.length}. Try again to fetch it anew.`,
    });
  });

  test("of the wrong size is not what the manifest describes", async () => {
    const { files } = site();
    files.set(
      "test-0-images.gz",
      new Uint8Array(gzipSync(Buffer.alloc(100_000, "noise that is not MNIST"), { level: 1 })),
    );
    const { fetch } = server(files);
    await expect(new DataSource(FOLDER, { fetch }).load(wanted, ignore)).rejects.toMatchObject({
      message: expect.stringContaining("is not the file the manifest describes"),
    });
  });

  test("may have been decompressed by the server", async () => {
    const { files, manifest } = site();
    const content = Buffer.from("the test-0-images.gz of somebody's digits, ".repeat(9));
    files.set("test-0-images.gz", new Uint8Array(content));
    const progress: Loading[] = [];
    const { test } = await new DataSource(FOLDER, { fetch: server(files).fetch }).load(wanted, (loading) =>
      progress.push(loading),
    );
    expect(test[0]?.images.sha256).toBe(manifest.test.shards[0]?.images.sha256);
    expect(progress.every(({ loaded, total }) => loaded <= total)).toBe(true);
  });

  test("can be fetched after a failure", async () => {
    const { files } = site();
    let broken = true;
    const { fetch } = server(files, () => (broken ? Response.error() : undefined));
    const source = new DataSource(FOLDER, { fetch });
    await expect(source.load(wanted, ignore)).rejects.toMatchObject({ code: "fetch" });
    broken = false;
    expect((await source.load(wanted, ignore)).train).toHaveLength(2);
  });
});

describe("a file", () => {
  test("that stops arriving is given up after a while", async () => {
    const fake: typeof fetch = async (_, init) => stalling(Uint8Array.of(1, 2), init?.signal);
    const received: number[] = [];
    const failure = fetchBytes(FOLDER, "shard.gz", {
      fetch: fake,
      patience: 20,
      onProgress: (count) => received.push(count),
    });
    await expect(failure).rejects.toMatchObject({
      code: "timeout",
      message: expect.stringMatching(/^shard\.gz stopped arriving.*[Tt]ry again/),
    });
    expect(received).toEqual([2]);
  });

  test("whose server never answers is given up, too", async () => {
    const fake: typeof fetch = (_, init) =>
      new Promise((_, reject) => init?.signal?.addEventListener("abort", () => reject(new Error("aborted"))));
    await expect(fetchBytes(FOLDER, "shard.gz", { fetch: fake, patience: 20 })).rejects.toMatchObject({
      code: "timeout",
    });
  });

  test("that cannot be reached is said so", async () => {
    const fake: typeof fetch = () => Promise.reject(new TypeError("Failed to fetch"));
    await expect(fetchBytes(FOLDER, "shard.gz", { fetch: fake })).rejects.toMatchObject({
      code: "fetch",
      message: expect.stringMatching(
        /^shard.gz could not be fetched \(Failed to fetch\). Check the connection, then try again. .*connect-src.*allow http.*, and/,
      ),
    });
    vi.stubGlobal("origin", FOLDER.origin);
    await expect(fetchBytes(FOLDER, "shard.gz", { fetch: fake })).rejects.toMatchObject({
      code: "fetch",
      message: "shard.gz could not be fetched (Failed to fetch). Check the connection, then try again.",
    });
    vi.unstubAllGlobals();
  });

  test("is unpacked when its hash is right, compressed or not", async () => {
    const content = new TextEncoder().encode("ten digits");
    const described = { name: "shard.gz", sha256: sha256(content) };
    const packed = new Uint8Array(gzipSync(content));
    expect(await unpack({ ...described, bytes: packed }, sha256)).toEqual(content);
    expect(await unpack({ ...described, bytes: content }, sha256)).toEqual(content);
  });

  test.each([
    ["another file", new Uint8Array(gzipSync("eleven digits"))],
    ["half a file", new Uint8Array(gzipSync("ten digits")).slice(0, 20)],
    ["a page", new TextEncoder().encode("<!doctype html>")],
    ["nothing", new Uint8Array()],
  ])("is refused when it is %s", async (_, bytes) => {
    const file = { name: "shard.gz", bytes, sha256: sha256(Buffer.from("ten digits")) };
    await expect(unpack(file, sha256)).rejects.toMatchObject({
      code: "hash",
      message: expect.stringMatching(/^shard\.gz is not the file the manifest describes: .*[Tt]ry again/),
    });
  });
});

describe("a manifest", () => {
  const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

  test("is read", () => {
    const { manifest } = site();
    expect(parseManifest(encode(manifest), "mnist")).toEqual(manifest);
  });

  test("that is a page is refused", () => {
    const page = new TextEncoder().encode("<!doctype html>");
    expect(() => parseManifest(page, "mnist")).toThrow("it is not JSON");
  });

  test("of another data set is refused", () => {
    expect(() => parseManifest(encode(site().manifest), "fashion")).toThrow(
      '"mnist", and "fashion" was asked for',
    );
  });

  test("that leads out of its folder is refused", () => {
    const { manifest } = site();
    const [shard] = manifest.test.shards;
    if (shard) shard.labels.file = "../secret.gz";
    expect(() => parseManifest(encode(manifest), "mnist")).toThrow("test shard 0 has no labels file");
  });

  test.each([null, 7, [], { dataset: "mnist" }])("that is %j is refused", (value) => {
    expect(() => parseManifest(encode(value), "mnist")).toThrow(/cannot be used/);
  });
});
