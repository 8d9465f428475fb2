import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname } from "node:path";

const TYPES: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** The plainest of static hosts: the files of a folder under a path, 404 for everything else. */
export async function serve(folder: URL, path: string): Promise<{ url: string; server: Server }> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const file = pathname.startsWith(path) ? pathname.slice(path.length) || "index.html" : "no such file";
    const bytes = await readFile(new URL(file, folder)).catch(() => null);
    response.writeHead(bytes ? 200 : 404, {
      "Content-Type": TYPES[extname(file)] ?? "application/octet-stream",
    });
    response.end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return { url: `http://localhost:${(server.address() as AddressInfo).port}${path}`, server };
}
