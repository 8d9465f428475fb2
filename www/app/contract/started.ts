import { fromAddress, type Script, type Way, type WorkerLike } from "./thread";

/** Starts a worker in the best way that there is here. */
export class StartedWorker extends EventTarget implements WorkerLike {
  way: Way | undefined;
  readonly #script: Script;
  #worker: WorkerLike | undefined;
  #others: AsyncIterator<[Way, () => WorkerLike]> | undefined;
  /** What it has been told: until it has said its first word, another may have to be told the same. */
  #told: unknown[] | undefined = [];
  #over = false;

  constructor(script: Script) {
    super();
    this.#script = script;
    this.#begin("address", () => fromAddress(script.url));
  }

  postMessage(message: unknown): void {
    this.#told?.push(message);
    this.#worker?.postMessage(message);
  }

  terminate(): void {
    this.#over = true;
    this.#worker?.terminate();
  }

  #begin(way: Way, start: () => WorkerLike): void {
    try {
      this.#worker = start();
    } catch {
      void this.#otherwise();
      return;
    }
    for (const message of this.#told ?? []) this.#worker.postMessage(message);
    this.#worker.addEventListener("message", ({ data }) => {
      this.#told = undefined;
      this.way = way;
      this.dispatchEvent(new MessageEvent("message", { data }));
    });
    this.#worker.addEventListener("messageerror", () => this.dispatchEvent(new Event("messageerror")));
    // One that may not start, or did not come, says nothing of why.
    this.#worker.addEventListener("error", ({ message }) => {
      if (this.#told && !message) void this.#otherwise();
      else this.#die(message);
    });
  }

  async #otherwise(): Promise<void> {
    this.#worker = undefined;
    try {
      this.#others ??= (await import("./ways")).otherWays(this.#script);
      const { value, done } = await this.#others.next();
      if (this.#over) return;
      if (done) this.#die("");
      else this.#begin(...value);
    } catch {
      this.#die("");
    }
  }

  #die(message: string): void {
    this.dispatchEvent(Object.assign(new Event("error"), { message }));
  }
}
