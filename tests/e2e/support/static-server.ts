import { readFile } from "node:fs/promises";
import { createServer, type OutgoingHttpHeaders, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname } from "node:path";

const TYPES: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".wasm": "application/wasm",
};

interface Served {
  url: string;
  server: Server;
}

/** Of a file that stalls half comes, and then nothing; for one that is lost the connection ends. */
type Damage = "stalls" | "lost" | undefined;

/** The plainest of static hosts: the files of a folder under a path, 404 for everything else, with what is done to them. */
export function serve(
  folder: URL,
  path: string,
  headers: OutgoingHttpHeaders = {},
  damage: (file: string) => Damage = () => undefined,
): Promise<Served> {
  return listen(path, async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const file = pathname.startsWith(path) ? pathname.slice(path.length) || "index.html" : "no such file";
    const how = damage(file);
    if (how === "lost") {
      response.destroy();
      return;
    }
    const bytes = await readFile(new URL(file, folder)).catch(() => null);
    response.writeHead(bytes ? 200 : 404, {
      ...headers,
      "Content-Type": TYPES[extname(file)] ?? "application/octet-stream",
    });
    if (bytes && how === "stalls") response.write(bytes.subarray(0, bytes.length / 2));
    else response.end(bytes);
  });
}

/** One page, and 404 for everything else; on a port, and so an origin, of its own. */
export function servePage(html: string, headers: OutgoingHttpHeaders = {}): Promise<Served> {
  return listen("/", (request, response) => {
    response.writeHead(request.url === "/" ? 200 : 404, { ...headers, "Content-Type": "text/html" });
    response.end(request.url === "/" ? html : "");
  });
}

async function listen(path: string, listener: RequestListener): Promise<Served> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return { url: `http://localhost:${(server.address() as AddressInfo).port}${path}`, server };
}
