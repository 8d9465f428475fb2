import { AppError, toAppError } from "../contract/errors";
import { get } from "../contract/get";
import * as text from "../text/text";

export interface FetchOptions {
  cache?: RequestCache;
  signal?: AbortSignal;
  /** The bytes received so far, after every piece. */
  onProgress?: (received: number) => void;
  /** How long the server may send nothing, in milliseconds. */
  patience?: number;
  fetch?: typeof fetch;
}

const PATIENCE_MS = 15_000;

/** Fetches a whole file; fails with a sentence when the server refuses, breaks off or falls silent. */
export async function fetchBytes(
  url: URL,
  name: string,
  options: FetchOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const { cache = "default", patience = PATIENCE_MS, onProgress, signal } = options;
  const silence = new Silence(patience, signal);
  try {
    const response = await (options.fetch ?? get)(url, { cache, signal: silence.signal });
    if (!response.ok) throw refused(name, response.status);
    return await readAll(response, (received) => {
      silence.broken();
      onProgress?.(received);
    });
  } catch (thrown) {
    if (silence.passed) throw stalled(name, patience);
    throw thrown instanceof AppError ? thrown : unreachable(url, name, thrown);
  } finally {
    silence.end();
  }
}

/** Aborts a request when nothing has arrived for a while, or when its owner gives it up. */
class Silence {
  readonly #controller = new AbortController();
  readonly #patience: number;
  readonly #owner: AbortSignal | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  passed = false;

  constructor(patience: number, owner?: AbortSignal) {
    this.#patience = patience;
    this.#owner = owner;
    if (owner?.aborted) this.#abort();
    owner?.addEventListener("abort", this.#abort);
    this.broken();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Something arrived: the waiting starts anew. */
  broken(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.passed = true;
      this.#abort();
    }, this.#patience);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#owner?.removeEventListener("abort", this.#abort);
  }

  readonly #abort = () => this.#controller.abort();
}

async function readAll(
  response: Response,
  onProgress: (received: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  let received = 0;
  const reader = response.body?.getReader();
  for (let piece = await reader?.read(); piece?.value; piece = await reader?.read()) {
    pieces.push(piece.value);
    received += piece.value.length;
    onProgress(received);
  }
  const bytes = new Uint8Array(received);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

function refused(name: string, status: number): AppError {
  const sentence = status === 404 ? text.loading.missing : text.loading.refused;
  return new AppError("fetch", sentence(name, status));
}

function stalled(name: string, patience: number): AppError {
  return new AppError("timeout", text.loading.stalled(name, Math.round(patience / 1000)));
}

/** A browser never says whether a host of another origin is out of reach or may not be asked. */
function unreachable({ origin }: URL, name: string, thrown: unknown): AppError {
  const { message } = toAppError(thrown, "fetch");
  const { unreachable, foreign } = text.loading;
  const own = origin === globalThis.origin;
  return new AppError("fetch", own ? unreachable(name, message) : foreign(name, message, origin));
}
