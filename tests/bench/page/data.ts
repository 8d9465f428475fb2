import type { Shards } from "../../../www/app/contract/protocol";
import { DataSource } from "../../../www/app/dataset/source";
import { unpack } from "../../../www/app/dataset/unpack";
import { loadEngine } from "../../../www/app/worker/engine";
import { sha256 } from "../../../www/pkg/np_playground.js";

/** The shards of MNIST that the site itself is served with. */
const source = new DataSource(new URL("data/", document.baseURI));

export function loadShards(train_size: number): Promise<Shards> {
  return source.load({ dataset: "mnist", train_size, test_size: 10 }, () => {});
}

export interface Images {
  /** 784 bytes an image. */
  pixels: Uint8Array;
  labels: Uint8Array;
}

const IMAGES_HEADER = 16;
const LABELS_HEADER = 8;

/** The same images as plain bytes, for the peers. */
export async function loadImages(train_size: number): Promise<Images> {
  await loadEngine();
  const { train } = await loadShards(train_size);
  const part = (files: Uint8Array[], header: number) => concat(files.map((file) => file.subarray(header)));
  const images = await Promise.all(train.map((shard) => unpack(shard.images, sha256)));
  const labels = await Promise.all(train.map((shard) => unpack(shard.labels, sha256)));
  return { pixels: part(images, IMAGES_HEADER), labels: part(labels, LABELS_HEADER) };
}

function concat(parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
