import { get } from "./get";
import { fromAddress, type Host, type Script, type Way, type WorkerLike } from "./thread";

/** On the page's own thread, so short that the page still answers. */
const SLICE_MS = 8;

/**
 * The ways to start a worker, best first, where its own address is none: browsers take that from the page's own origin
 * alone. A policy of the page may forbid each of the first two. Throws where the script does not come.
 */
export async function* otherWays({ url, here }: Script): AsyncGenerator<[Way, () => WorkerLike], undefined> {
  // Node has none at all.
  if (typeof Worker !== "undefined") yield* copies(url);
  const { serve } = await here();
  yield ["page", () => new PageThread(serve)];
}

async function* copies(url: string): AsyncGenerator<[Way, () => WorkerLike], undefined> {
  const response = await get(url);
  if (!response.ok) throw new Error(response.statusText);
  const source = await response.text();
  yield ["blob", () => fromBlob(source)];
  yield ["data", () => fromAddress(`data:text/javascript;charset=utf-8,${encodeURIComponent(source)}`)];
}

/** Its address is given back when the script has been read: some browsers read it late. */
function fromBlob(source: string): WorkerLike {
  const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const worker = fromAddress(address);
  for (const event of ["message", "error"])
    worker.addEventListener(event, () => URL.revokeObjectURL(address), { once: true });
  return worker;
}

/** A worker's code on the page's own thread; messages take the same way, so that neither side waits for the other. */
class PageThread extends EventTarget implements WorkerLike {
  readonly #channel = new MessageChannel();
  readonly #end: () => void;

  constructor(serve: (host: Host) => () => void) {
    super();
    const { port1, port2 } = this.#channel;
    port1.addEventListener("message", ({ data }) =>
      this.dispatchEvent(new MessageEvent("message", { data })),
    );
    port1.start();
    this.#end = serve({
      post: (message, transfer = []) => port2.postMessage(message, transfer),
      hear: (take) => {
        port2.addEventListener("message", ({ data }) => take(data));
        port2.start();
      },
      die: (thrown) => this.dispatchEvent(Object.assign(new Event("error"), { message: String(thrown) })),
      slice: SLICE_MS,
    });
  }

  postMessage(message: unknown): void {
    this.#channel.port1.postMessage(message);
  }

  terminate(): void {
    this.#channel.port1.close();
    this.#end();
  }
}
