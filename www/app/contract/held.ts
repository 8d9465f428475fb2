import * as later from "../text/later";
import { fromBase85 } from "./base85";
import { AppError } from "./errors";

/** Files by their paths, packed by gzip: their bytes in base 85, and how many they are. */
export type Held = ReadonlyMap<string, readonly [text: string, length: number]>;

/** As `fetch`, from what a script holds itself. What is packed in itself, such as images, is given as it is. */
export function fetchHeld(held: Held): typeof fetch {
  return async (asked) => {
    const { pathname } = new URL(asked instanceof Request ? asked.url : asked);
    const written = held.get(pathname);
    if (written === undefined) throw new AppError("part", later.single.notHeld);
    const bytes = fromBase85(...written);
    const { body } = new Response(bytes);
    if (!body || pathname.endsWith(".gz")) return new Response(bytes);
    return new Response(body.pipeThrough(new DecompressionStream("gzip")));
  };
}
