import { unzipSync } from "fflate";
import { AppError } from "../contract/errors";
import { refused } from "../text/share";

/** The names in a zip; none where it is not one, or not whole. */
export function namesIn(zip: Uint8Array): string[] {
  const names: string[] = [];
  const note = ({ name }: { name: string }) => {
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

/** What is in the zip `name`, by its paths. */
export function unpacked(name: string, zip: Uint8Array): Record<string, Uint8Array> {
  try {
    return unzipSync(zip);
  } catch {
    throw new AppError("files", refused.damaged(name));
  }
}
