import init, { type OwnData as Checked, OwnFiles, sha256 } from "../../pkg/reader/np_playground.js";
import { toFailure } from "../contract/errors";
import type { Guess, OwnData, OwnFile, OwnSet } from "../contract/own";
import type { Shard } from "../contract/protocol";
import type { Host } from "../contract/thread";
import * as text from "../text/own-images";
import type { Given, ReadOrder, ReadReport } from "./protocol";

/** Reads and checks the reader's files, away from the page's thread, and keeps them for other choices. */

/** Images of each class that a preview shows. */
const EXAMPLES = 6;
/** Browsers give no more bytes than these at once. */
const LARGEST = 2 ** 31 - 1;

export function serve({ post, hear, die }: Host): () => void {
  let kept: Promise<OwnFiles> | undefined;
  let source = { called: "", pictures: false };

  const read = async ({ given, choices }: ReadOrder): Promise<OwnData> => {
    if (given) {
      source = {
        called: text.ownImages.called(given.files.map(({ path }) => path).toSorted()),
        pictures: false,
      };
      kept = open(given, () => {
        source.pictures = true;
      });
    }
    const files = await kept;
    if (!files) throw new Error("no files have been given");
    const data = files.read(choices);
    const own = { ...whole(data), ...source, choices };
    data.free();
    return own;
  };
  const answer = (report: ReadReport) => post(report, buffersOf(report));

  hear((order) => {
    read(order as ReadOrder).then(
      (data) => answer({ kind: "read", data }),
      (thrown: unknown) => {
        // The module is of no use after a trap, such as where its memory is full: the page starts another worker.
        if (thrown instanceof WebAssembly.RuntimeError || thrown instanceof RangeError) die(thrown);
        else answer({ kind: "refused", failure: toFailure(thrown, "engine"), guesses: guessesOf(thrown) });
      },
    );
  });
  return () => void kept?.then((own) => own.free());
}

/** What may be chosen otherwise, where Rust refuses the files. */
function guessesOf(thrown: unknown): readonly Guess[] {
  return thrown instanceof Error && "guesses" in thrown && Array.isArray(thrown.guesses)
    ? thrown.guesses
    : [];
}

async function open({ files, wasm }: Given, hasPictures: () => void): Promise<OwnFiles> {
  await init({ module_or_path: wasm });
  const own = new OwnFiles();
  // Browsers give what lies in a folder in any order.
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  for (const file of sorted) await add(own, file);
  for (let picture = own.next_picture(); picture; picture = own.next_picture()) {
    hasPictures();
    const { path } = picture;
    const { width, height, data } = await decoded(picture.bytes);
    own.add_picture(path, height, width, data);
    picture.free();
  }
  return own;
}

async function add(own: OwnFiles, { path, file }: OwnFile): Promise<void> {
  const bytes = await file?.arrayBuffer().catch(() => null);
  if (bytes) own.add(path, new Uint8Array(bytes));
  else
    own.add_missing(path, file && file.size > LARGEST ? text.ownImages.tooLarge : text.ownImages.unreadable);
}

/** The pixels of a picture; none where it is damaged, of which the reader tells. */
async function decoded(bytes: Uint8Array): Promise<Pick<ImageData, "width" | "height" | "data">> {
  const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)])).catch(() => null);
  const context = bitmap && new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
  if (!bitmap || !context) return { width: 0, height: 0, data: new Uint8ClampedArray() };
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, bitmap.width, bitmap.height);
}

/** Everything the page needs; the module's own copy ends with this. */
function whole(data: Checked): Omit<OwnData, "called" | "pictures" | "choices"> {
  const { rows, cols, classes, bytes } = data;
  return {
    ...{ rows, cols, bytes, classes: classes.length, train: set(data, false), test: set(data, true) },
    ...{ names: classes, guesses: data.guesses(), notes: data.notes() },
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
function buffersOf(report: ReadReport): ArrayBuffer[] {
  const shards = report.kind === "read" ? Object.values(report.data.shards).flat() : [];
  return shards.flatMap(({ images, labels }) => [images.bytes.buffer, labels.bytes.buffer]);
}
