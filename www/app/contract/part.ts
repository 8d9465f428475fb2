import { get } from "./get";

/** The scripts that have come. */
const there = new Set<string>();

/**
 * A part of the page, imported once all its scripts have come. Of one that does not, nothing is imported: by HTML's
 * module map an address that has failed once fails for as long as the page is there, whatever is asked of it again
 * (https://html.spec.whatwg.org/#fetch-a-single-module-script), which Firefox and WebKit keep to. `files`: relative to
 * `base`.
 */
export async function part<Part>(
  load: () => Promise<Part>,
  files: readonly string[],
  base: string,
): Promise<Part> {
  await Promise.all(files.map((file) => come(new URL(file, base).href)));
  return load();
}

async function come(address: string): Promise<void> {
  if (there.has(address)) return;
  const response = await get(address);
  if (!response.ok) throw new Error(response.statusText);
  await response.arrayBuffer();
  there.add(address);
}
