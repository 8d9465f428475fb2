import init, { type OwnData as Checked, OwnFiles, sha256 } from "../../pkg/np_playground.js";
import { AppError, toFailure } from "../contract/errors";
import type { OwnData, OwnSet } from "../contract/own";
import type { Shard } from "../contract/protocol";
import * as text from "../text/text";
import { gunzip } from "./gzip";
import type { ReadOrder, ReadReport } from "./protocol";

/** Reads and checks the reader's files, away from the page's thread. */

/** Images of each class that a preview shows. */
const EXAMPLES = 6;

self.addEventListener("message", ({ data }: MessageEvent<ReadOrder>) => {
  read(data).then(
    (own) => post({ kind: "read", data: own }),
    (thrown: unknown) => post({ kind: "failed", failure: toFailure(thrown, "engine") }),
  );
});

async function read({ module, files }: ReadOrder): Promise<OwnData> {
  await init({ module_or_path: module });
  const own = new OwnFiles();
  for (const file of files) own.add(file.name, await unpacked(file));
  return whole(own.read());
}

async function unpacked(file: File): Promise<Uint8Array> {
  const bytes = await file.arrayBuffer().catch(() => {
    throw new AppError("files", text.ownData.unreadable(file.name));
  });
  return gunzip(new Uint8Array(bytes)).catch(() => {
    throw new AppError("files", text.ownData.damagedGzip(file.name));
  });
}

/** Everything the page needs; the module's own copy ends with the worker. */
function whole(data: Checked): OwnData {
  const { rows, cols, classes } = data;
  return {
    ...{ rows, cols, classes, train: set(data, false), test: set(data, true) },
    examples: Array.from({ length: classes }, (_, name) => new Uint8Array(data.examples(name, EXAMPLES))),
    shards: { train: shards(data, false), test: shards(data, true) },
  };
}

function set(data: Checked, test: boolean): OwnSet {
  const counts = new Uint32Array(data.counts(test));
  return { images: counts.reduce((sum, count) => sum + count, 0), counts };
}

/** The files come in turn: images, labels, images, labels. */
function shards(data: Checked, test: boolean): Shard[] {
  const files = data.shards(test).map((bytes, i) => {
    const own = new Uint8Array(bytes);
    return { name: `${test ? "test" : "train"}-${i}`, bytes: own, sha256: sha256(own) };
  });
  return files.flatMap((images, i) => {
    const labels = files[i + 1];
    return i % 2 === 0 && labels ? [{ images, labels }] : [];
  });
}

/** The images are handed over, not copied. */
function post(report: ReadReport): void {
  const shards = report.kind === "read" ? Object.values(report.data.shards).flat() : [];
  const transfer = shards.flatMap(({ images, labels }) => [images.bytes.buffer, labels.bytes.buffer]);
  self.postMessage(report, { transfer });
}
