import type { Case } from "../../../www/app/measure/cases";
import { type Contender, type Slice, within } from "./contender";
import { loadImages } from "./data";

/** A peer that needs longer than this for its warm-up, one update at least, is given up. */
const PATIENCE_S = 60;

interface Reply {
  slice?: Slice;
  error?: string;
}

/** TensorFlow.js on one of its backends, in a worker of its own. */
export class TensorFlowJs implements Contender {
  readonly name: string;
  readonly #backend: string;
  readonly #usual: boolean;
  readonly #trainSize: number;
  #worker: Worker | undefined;

  /** `name`: tfjs-wasm or tfjs-cpu, in the form that is fastest there; with -usual, as it is usually written. */
  constructor(name: string, trainSize: number) {
    const [, backend = "", form] = name.split("-");
    this.name = name;
    this.#backend = backend;
    this.#usual = form === "usual";
    this.#trainSize = trainSize;
  }

  async begin(next: Case): Promise<void> {
    this.#worker ??= await this.#spawn();
    await this.#ask({ kind: "begin", usual: this.#usual, ...next });
  }

  async run(ms: number): Promise<Slice> {
    const { slice } = await this.#ask({ kind: "run", ms });
    if (!slice) throw new Error(`${this.name} measured nothing`);
    return slice;
  }

  async #spawn(): Promise<Worker> {
    const worker = new Worker(new URL("../peers/tfjs.worker.js", import.meta.url), { type: "module" });
    this.#worker = worker;
    const library = new URL("peers/", document.baseURI).href;
    await this.#ask({
      kind: "load",
      library,
      backend: this.#backend,
      ...(await loadImages(this.#trainSize)),
    });
    return worker;
  }

  async #ask(request: object): Promise<Reply> {
    const worker = this.#worker;
    if (!worker) throw new Error(`${this.name} has no worker`);
    try {
      return await within(
        PATIENCE_S,
        new Promise((resolve, reject) => {
          worker.onmessage = ({ data }: MessageEvent<Reply>) =>
            data.error === undefined ? resolve(data) : reject(new Error(data.error));
          worker.onerror = ({ message }) => reject(new Error(message));
          worker.postMessage(request);
        }),
      );
    } catch (thrown) {
      worker.terminate(); // it may be in the middle of something; the next case gets a new one
      this.#worker = undefined;
      throw thrown;
    }
  }
}
