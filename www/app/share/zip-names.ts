import { unzipSync } from "fflate";

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
