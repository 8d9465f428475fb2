import { unzipSync } from "fflate";
import { AppError } from "../contract/errors";
import { refused } from "../text/share";

/** Bytes of a file in the list at a zip's end, at least. */
const LISTED = 46;

/** To be called for every file: a zip that says that it has billions of them would be read for hours. */
function counter(zip: Uint8Array): () => void {
  let left = Math.floor(zip.length / LISTED);
  return () => {
    left -= 1;
    if (left < 0) throw new Error("more files than are listed");
  };
}

/** The names in a zip; none where it is not one, or not whole. */
export function namesIn(zip: Uint8Array): string[] {
  const names: string[] = [];
  const count = counter(zip);
  const note = ({ name }: { name: string }) => {
    count();
    names.push(name);
    return false; // nothing is unpacked
  };
  try {
    unzipSync(zip, { filter: note });
  } catch {
    return [];
  }
  return names;
}

/** A zip may unpack to this, or to so many times its own size if that is more: as in src/dataset/own/unpack.rs. */
const ALWAYS = 2 ** 27;
const TIMES = 100;

/** What is in the zip `name`, by its paths. */
export function unpacked(name: string, zip: Uint8Array): Record<string, Uint8Array> {
  const most = Math.max(ALWAYS, TIMES * zip.length);
  let whole = 0;
  const count = counter(zip);
  const fits = ({ originalSize }: { originalSize: number }) => {
    count();
    whole += originalSize;
    if (whole > most) throw new AppError("files", refused.tooMuch(name, most / 2 ** 20));
    return true;
  };
  try {
    return unzipSync(zip, { filter: fits });
  } catch (thrown) {
    throw thrown instanceof AppError ? thrown : new AppError("files", refused.damaged(name));
  }
}
