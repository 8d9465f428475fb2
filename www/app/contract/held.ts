import * as later from "../text/later";
import { AppError } from "./errors";

/** Files by their paths, packed by gzip and written in base 64. */
export type Held = ReadonlyMap<string, string>;

/** As `fetch`, from what a script holds itself. What is packed in itself, such as images, is given as it is. */
export function fetchHeld(held: Held): typeof fetch {
  return async (asked) => {
    const { pathname } = new URL(asked instanceof Request ? asked.url : asked);
    const written = held.get(pathname);
    if (written === undefined) throw new AppError("part", later.single.notHeld);
    const bytes = Uint8Array.from(atob(written), (letter) => letter.charCodeAt(0));
    const { body } = new Response(bytes);
    if (!body || pathname.endsWith(".gz")) return new Response(bytes);
    return new Response(body.pipeThrough(new DecompressionStream("gzip")));
  };
}
