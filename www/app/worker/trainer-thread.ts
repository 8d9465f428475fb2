import init, { Trainer } from "../../pkg/np_playground.js";
import { toFailure } from "../contract/errors";
import type { Ask, LiveCommand, Order, SeatCommand } from "../contract/protocol";
import type { Host } from "../contract/thread";
import { read } from "./data";
import { Loop, type LoopParts } from "./loop";

/** The worker's side of its runs, which take turns: reads the data, builds each network, and hands it to a loop. */

/** What the runs of a worker share. */
interface Shared extends Pick<LoopParts, "yieldThen" | "slice"> {
  /** Builds one network after the other: none needs the data of all. */
  building: Promise<unknown>;
  /** That of the engine, once it is there. */
  memory?: WebAssembly.Memory;
}

/** One run, from its order on. */
class Hosted {
  readonly #post: LoopParts["post"];
  readonly #shared: Shared;
  #loop: Loop | undefined;
  #left = false;
  /** What came while the data was still being read. */
  readonly #early: (LiveCommand | Ask)[] = [];

  constructor(order: Order, shared: Shared, post: LoopParts["post"]) {
    this.#post = post;
    this.#shared = shared;
    post({ kind: "hello" });
    shared.building = shared.building.then(() => this.#start(order));
  }

  take(command: LiveCommand | Ask): void {
    if (!this.#loop) this.#early.push(command);
    else if (command.kind === "ask") this.#loop.answer(command);
    else this.#loop.obey(command);
  }

  leave(): void {
    this.#left = true;
    this.#loop?.leave();
  }

  async #start(order: Order): Promise<void> {
    if (this.#left) return;
    try {
      const { yieldThen, slice } = this.#shared;
      const parts = { post: this.#post, yieldThen, slice, now: () => performance.now() };
      this.#loop = new Loop(
        await build(order, this.#shared),
        order.config.train_size,
        parts,
        order.from?.rows,
      );
    } catch (thrown) {
      this.#post({ kind: "failed", ...toFailure(thrown, "engine") });
      return;
    }
    if (this.#left) this.#loop.leave();
    this.#loop.start(order.paused);
    for (const command of this.#early) this.take(command);
  }
}

export function serve({ post, hear, slice }: Host): () => void {
  const runs = new Map<number, Hosted>();
  const turns = takingTurns();
  const shared: Shared = { yieldThen: turns.join, slice, building: Promise.resolve() };
  const leave = (run: number) => {
    runs.get(run)?.leave();
    runs.delete(run);
  };
  hear((message) => {
    const command = message as SeatCommand & { run: number };
    const { run } = command;
    switch (command.kind) {
      case "start": {
        const tell: LoopParts["post"] = (report, transfer) => {
          const memory_bytes = shared.memory?.buffer.byteLength ?? 0;
          post({ ...report, ...(report.kind === "failed" && { memory_bytes }), run }, transfer);
        };
        runs.set(run, new Hosted(command, shared, tell));
        break;
      }
      case "leave":
        leave(run);
        break;
      default:
        runs.get(run)?.take(command);
    }
  });
  return () => {
    [...runs.keys()].forEach(leave);
    turns.end();
  };
}

/** The trainer copies the images that it uses, so the datasets are freed at once. */
async function build(
  { module, shards, config, algorithm, seed, from }: Order,
  shared: Shared,
): Promise<Trainer> {
  shared.memory = (await init({ module_or_path: module })).memory;
  const train = await read(shards.train);
  const test = await read(shards.test);
  const free = () => {
    train.free();
    test.free();
  };
  try {
    const trainer = from
      ? Trainer.restore(from.checkpoint, train, test)
      : new Trainer(config, algorithm, seed, train, test);
    if (from) trainer.set_epochs(config.epochs);
    free();
    return trainer;
  } catch (thrown) {
    // After a trap nothing can be freed, and trying to would hide what happened.
    if (!(thrown instanceof WebAssembly.RuntimeError)) free();
    throw thrown;
  }
}

/**
 * A turn of the event loop without the 4 ms, or in hidden pages the second, that timers cost; a timer to wait. One turn
 * at a time, however many runs there are: a command waits for one slice and not for one of each.
 */
function takingTurns(): { join: LoopParts["yieldThen"]; end: () => void } {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => {
    const next = waiting.shift();
    if (waiting.length > 0) port2.postMessage(null);
    next?.();
  };
  const stand = (callback: () => void) => {
    waiting.push(callback);
    if (waiting.length === 1) port2.postMessage(null);
  };
  const join: LoopParts["yieldThen"] = (callback, ms) => {
    if (ms > 0) setTimeout(stand, ms, callback);
    else stand(callback);
  };
  return { join, end: () => port1.close() };
}
