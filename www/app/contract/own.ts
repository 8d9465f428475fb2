import type { ImageShape, Shards } from "./protocol";

/** Images that the reader gave: read, checked, and cut into shards as the site's own are. They never leave the page. */
export interface OwnData extends ImageShape {
  classes: number;
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
