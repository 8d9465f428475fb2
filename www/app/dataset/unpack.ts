import { AppError } from "../contract/errors";
import type { ShardFile } from "../contract/protocol";
import * as text from "../text/text";
import { gunzip } from "./gzip";

/** The file as it was before the gzip, once it is sure that it is the one the manifest describes. */
export async function unpack(
  file: ShardFile,
  sha256: (bytes: Uint8Array) => string,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await gunzip(file.bytes).catch(() => {
    throw notDescribed(file.name, text.loading.cannotDecompress);
  });
  if (sha256(bytes) !== file.sha256) throw notDescribed(file.name, text.loading.otherHash);
  return bytes;
}

function notDescribed(name: string, reason: string): AppError {
  return new AppError("hash", text.loading.notDescribed(name, reason));
}
