import type { Failure } from "./contract/errors";
import type { Result } from "./contract/result";
import * as later from "./text/later";

/** What a frame says to the page around it, each with `source: "np-playground"`. */
type Said =
  | { kind: "ready" }
  | { kind: "resize"; height: number }
  | { kind: "epoch" | "done"; result: Result }
  | { kind: "error"; message: string };

/** What the page around may say: { kind: "config", config: { lr: 0.003 } }, or { kind: "play" } and so on. */
const KINDS = ["play", "pause", "reset", "config"] as const;

/** In JSON; the longest settings, with as many changes on the way as there may be, come to two thirds of it. */
const MOST_CHARACTERS = 100_000;

const playground = document.querySelector("np-playground");

/** Whoever shows this page may know what it shows: settings and curves, which the page around could make itself. */
function say(said: Said): void {
  parent.postMessage({ source: "np-playground", ...said }, "*");
}

/** What JSON cannot hold is refused with the settings. */
function isTooLong(data: object): boolean {
  try {
    return JSON.stringify(data).length > MOST_CHARACTERS;
  } catch {
    return false;
  }
}

/** Not everything can be made a word of. */
function asWord(kind: unknown): string {
  return typeof kind === "string" ? kind : typeof kind;
}

/** Only the page around is heard, and only what the schema allows is taken. */
function hear({ source, data }: MessageEvent<unknown>): void {
  if (source !== parent || typeof data !== "object" || data === null || !("kind" in data)) return;
  const kind = KINDS.find((known) => known === data.kind);
  if (isTooLong(data)) say({ kind: "error", message: later.frame.tooLong(MOST_CHARACTERS) });
  else if (kind === "config") void playground?.configure(("config" in data ? data.config : null) as object);
  else if (kind) void playground?.[kind]();
  else say({ kind: "error", message: later.frame.unknown(asWord(data.kind), KINDS.join(", ")) });
}

if (playground && parent !== window) {
  const of = (event: Event) => (event as CustomEvent<Result & { error?: Failure }>).detail;
  addEventListener("message", hear);
  playground.addEventListener("np-epoch", (event) => say({ kind: "epoch", result: of(event) }));
  playground.addEventListener("np-done", (event) => say({ kind: "done", result: of(event) }));
  playground.addEventListener("np-error", (event) =>
    say({ kind: "error", message: of(event).error?.message ?? "" }),
  );
  new ResizeObserver(() => say({ kind: "resize", height: document.documentElement.offsetHeight })).observe(
    document.documentElement,
  );
  say({ kind: "ready" });
}
