import { Dataset, sha256 } from "../../pkg/np_playground.js";
import type { Shard } from "../contract/protocol";
import { unpack } from "../dataset/unpack";

/** The images in these files, in the wasm module's memory; to be freed. */
export async function read(shards: Shard[]): Promise<Dataset> {
  const dataset = new Dataset(shards.length);
  for (const { images, labels } of shards) {
    dataset.append(await unpack(images, sha256), await unpack(labels, sha256));
  }
  return dataset;
}
