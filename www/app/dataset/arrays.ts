import { AppError } from "../contract/errors";
import type { OwnData, OwnSet } from "../contract/own";
import type { Shard, ShardFile } from "../contract/protocol";
import { train as words } from "../text/train";

/** Images of one size and their classes, as a program has them. */
export interface ImageSet {
  /** Image by image, each row by row; 0 is black, 255 white. */
  pixels: Uint8Array;
  /** The class of each image, counted from 0. */
  labels: Uint8Array;
}

/** What to train on, and what to test with. */
export interface Images {
  height: number;
  width: number;
  classes: number;
  train: ImageSet;
  test: ImageSet;
}

/** First numbers of IDX files, as src/dataset/idx.rs reads them. */
const MAGIC = { images: 0x803, labels: 0x801 };

/** As if they had been read from files; throws an AppError where they do not fit together. */
export function ownData(images: Images, sha256: (bytes: Uint8Array) => string): OwnData {
  const { height, width, classes, train, test } = images;
  checkPixels("train", images);
  checkPixels("test", images);
  const found = 1 + Math.max(greatest(train.labels), greatest(test.labels));
  if (found !== classes) throw refused(words.classes(classes, found));
  const file = (name: string, bytes: Uint8Array<ArrayBuffer>): ShardFile => ({
    ...{ name, bytes, sha256: sha256(bytes) },
  });
  const shard = (name: string, { pixels, labels }: ImageSet): Shard => ({
    images: file(`${name}.pixels`, idx(MAGIC.images, [labels.length, height, width], pixels)),
    labels: file(`${name}.labels`, idx(MAGIC.labels, [labels.length], labels)),
  });
  return {
    ...{
      ...{ called: words.arrays, pictures: false },
      rows: height,
      cols: width,
      classes,
      names: Array.from({ length: classes }, (_, index) => `${index}`),
    },
    ...{ bytes: train.pixels.length + test.pixels.length, choices: {}, guesses: [], notes: [], examples: [] },
    ...{ train: counted(train, classes), test: counted(test, classes) },
    shards: { train: [shard("train", train)], test: [shard("test", test)] },
  };
}

function checkPixels(set: "train" | "test", images: Images): void {
  const { height, width } = images;
  const { pixels, labels } = images[set] ?? {};
  if (!(pixels instanceof Uint8Array && labels instanceof Uint8Array)) throw refused(words.noBytes(set));
  if (pixels.length !== labels.length * height * width)
    throw refused(words.pixels(set, pixels.length, labels.length, height, width));
}

function greatest(labels: Uint8Array): number {
  return labels.reduce((most, label) => Math.max(most, label), 0);
}

function counted({ labels }: ImageSet, classes: number): OwnSet {
  const counts = new Uint32Array(classes);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return { images: labels.length, counts };
}

/** An IDX file: its kind and its dimensions, four bytes each with the greatest first, then its entries. */
function idx(magic: number, dimensions: readonly number[], entries: Uint8Array): Uint8Array<ArrayBuffer> {
  const head = [magic, ...dimensions];
  const bytes = new Uint8Array(4 * head.length + entries.length);
  const view = new DataView(bytes.buffer);
  for (const [place, value] of head.entries()) view.setUint32(4 * place, value);
  bytes.set(entries, 4 * head.length);
  return bytes;
}

function refused(message: string): AppError {
  return new AppError("files", message);
}
