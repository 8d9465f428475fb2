import type { ImageShape, Shards } from "./protocol";

/** Images that the reader gave: read, checked, and cut into shards as the site's own are. They never leave the page. */
export interface OwnData extends ImageShape {
  classes: number;
  /** The name of each class. */
  names: string[];
  /** What the files did not say and how it was taken, and what else is worth knowing: whole sentences. */
  told: string[];
  train: OwnSet;
  test: OwnSet;
  /** Of each class some training images, one behind the other, row by row. */
  examples: Uint8Array<ArrayBuffer>[];
  shards: Shards;
}

export interface OwnSet {
  images: number;
  /** Images of each class. */
  counts: Uint32Array<ArrayBuffer>;
}
