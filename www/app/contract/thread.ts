import * as text from "../text/text";

/** What the page needs of a Worker, so that tests can give it another. */
export type WorkerLike = Pick<Worker, "postMessage" | "terminate" | "addEventListener"> & {
  /** How it runs, as soon as it has said something. */
  readonly way?: Way | undefined;
};
export type SpawnWorker = () => WorkerLike;

/**
 * How a worker can run: from its address; where the page is of another origin than the script, from a copy of it, as a
 * blob or within a data URL; and where there may be no worker at all, on the page's own thread.
 */
export type Way = "address" | "blob" | "data" | "page";

/** Where a worker's code runs, as that code sees it. */
export interface Host {
  post(message: unknown, transfer?: Transferable[]): void;
  hear(take: (message: unknown) => void): void;
  /** Nothing works any more. */
  die(thrown: unknown): void;
  /** How long it may work at a stretch, in milliseconds. */
  readonly slice: number;
}

/** A worker's code: its file, and the same for the page's own thread, where it gives back what ends it. */
export interface Script {
  readonly url: string;
  readonly here: () => Promise<{ serve: (host: Host) => () => void }>;
}

/** A command waits for at most one slice, and is to be answered within 100 ms. */
const SLICE_MS = 40;

/** The host of a worker's own code. */
export function workerHost(): Host {
  return {
    post: (message, transfer = []) => self.postMessage(message, { transfer }),
    hear: (take) => self.addEventListener("message", ({ data }) => take(data)),
    die: (thrown) => reportError(thrown),
    slice: SLICE_MS,
  };
}

/** Classic ones, since as a module none starts from a blob in a sandboxed frame. */
export function fromAddress(address: string): Worker {
  return new Worker(address, { type: import.meta.env.DEV ? "module" : "classic" });
}

/** Hears what a worker says; and, in words that follow its name, that it can say no more. */
export function hear<Message>(
  worker: WorkerLike,
  heard: (message: Message) => void,
  died: (what: string) => void,
): void {
  worker.addEventListener("message", ({ data }: MessageEvent<Message>) => heard(data));
  worker.addEventListener("error", ({ message }) =>
    died(message ? text.worker.stopped(message) : text.worker.notLoaded),
  );
  worker.addEventListener("messageerror", () => died(text.worker.unreadable));
}
