import init, { Trainer } from "../../pkg/np_playground.js";
import type { Algorithm, Config } from "../contract/config";
import { type Failure, toFailure } from "../contract/errors";
import type { Ask, LiveCommand, Order, SeatCommand } from "../contract/protocol";
import type { Host } from "../contract/thread";
import { read } from "./data";
import { Loop, type LoopParts, type TrainerStatus } from "./loop";

/** The worker's side of its runs, which take turns: reads the data, builds each network, and hands it to a loop. */

/** Of WebAssembly. */
const PAGE_BYTES = 65_536;

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
          post({ ...report, ...(report.kind === "failed" && memoryOf(shared)), run }, transfer);
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

/** What may have ended a run. Memory that cannot become a quarter larger had no room for what was asked of it. */
function memoryOf({ memory }: Shared): Pick<Failure, "memory_bytes" | "memory_full"> {
  const memory_bytes = memory?.buffer.byteLength ?? 0;
  try {
    memory?.grow(memory_bytes / 4 / PAGE_BYTES);
    return { memory_bytes };
  } catch {
    return { memory_bytes, memory_full: true };
  }
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
    const trainer = from?.checkpoint
      ? Trainer.restore(from.checkpoint, train, test)
      : new Trainer(config, algorithm, seed, train, test);
    if (from?.checkpoint) follow(trainer, config, algorithm);
    free();
    return trainer;
  } catch (thrown) {
    // After a trap nothing can be freed, and trying to would hide what happened.
    if (!(thrown instanceof WebAssembly.RuntimeError)) free();
    throw thrown;
  }
}

/** Takes in what has been decided since its checkpoint was made, and lets go of what has been taken back since then. */
function follow(trainer: Trainer, { changes, epochs }: Config, algorithm: Algorithm): void {
  const { next, steps_per_epoch }: TrainerStatus = trainer.status();
  trainer.forget_changes();
  for (const change of changes) {
    const its = (change.algorithm ?? algorithm) === algorithm;
    if (its && change.epoch * steps_per_epoch + change.update >= next) trainer.change(change);
  }
  trainer.set_epochs(epochs);
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
