import type { get as site } from "./contract/get";

/** As `fetch`; and where this is Node, files of this machine, which its own `fetch` does not read. */
export const get: typeof site = async (asked, options) => {
  const { protocol, href } = new URL(asked instanceof Request ? asked.url : asked);
  if (protocol !== "file:") return fetch(asked, options);
  const { readFile } = process.getBuiltinModule("node:fs/promises");
  const bytes = await readFile(new URL(href)).catch(() => null);
  return new Response(bytes && new Uint8Array(bytes), { status: bytes ? 200 : 404 });
};
