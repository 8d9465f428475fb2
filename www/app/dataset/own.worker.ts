import init, { type OwnData as Checked, OwnFiles, sha256 } from "../../pkg/reader/np_playground.js";
import wasmUrl from "../../pkg/reader/np_playground_bg.wasm?url";
import { toFailure } from "../contract/errors";
import type { OwnData, OwnSet } from "../contract/own";
import type { Shard } from "../contract/protocol";
import * as text from "../text/text";
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

async function read({ files }: ReadOrder): Promise<OwnData> {
  await init({ module_or_path: wasmUrl });
  const own = new OwnFiles();
  for (const file of files) await add(own, file);
  for (let picture = own.next_picture(); picture; picture = own.next_picture()) {
    const { path } = picture;
    const { width, height, data } = await decoded(picture.bytes);
    own.add_picture(path, height, width, data);
  }
  return whole(own.read({}));
}

async function add(own: OwnFiles, file: File): Promise<void> {
  const path = file.webkitRelativePath || file.name;
  try {
    own.add(path, new Uint8Array(await file.arrayBuffer()));
  } catch {
    own.add_missing(path, text.ownData.unreadable);
  }
}

/** The pixels of a picture; none where it is damaged, of which the reader tells. */
async function decoded(bytes: Uint8Array): Promise<Pick<ImageData, "width" | "height" | "data">> {
  const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)])).catch(() => null);
  const context = bitmap && new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
  if (!bitmap || !context) return { width: 0, height: 0, data: new Uint8ClampedArray() };
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, bitmap.width, bitmap.height);
}

/** Everything the page needs; the module's own copy ends with the worker. */
function whole(data: Checked): OwnData {
  const { rows, cols, classes } = data;
  return {
    ...{ rows, cols, classes: classes.length, train: set(data, false), test: set(data, true) },
    names: classes,
    told: [...data.guesses().map(({ sentence }) => sentence), ...data.notes()],
    examples: classes.map((_, index) => new Uint8Array(data.examples(index, EXAMPLES))),
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
