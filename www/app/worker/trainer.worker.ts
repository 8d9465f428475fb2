import init, { Trainer } from "../../pkg/np_playground.js";
import { toFailure } from "../contract/errors";
import type { Ask, Command, LiveCommand, Order, Report } from "../contract/protocol";
import { read } from "./data";
import { Loop, type LoopParts } from "./loop";

/** The worker's side of one run: reads the data, builds the network, and hands it to the loop. */

let loop: Loop | undefined;
/** What came while the data was still being read. */
const early: (LiveCommand | Ask)[] = [];

const parts: LoopParts = { post, yieldThen: throughChannel(), now: () => performance.now() };

self.addEventListener("message", ({ data }: MessageEvent<Command>) => {
  if (data.kind === "start") void start(data);
  else if (loop) take(loop, data);
  else early.push(data);
});
post({ kind: "hello" });

async function start(order: Order): Promise<void> {
  try {
    loop = new Loop(await build(order), order.config.train_size, parts);
  } catch (thrown) {
    post({ kind: "failed", ...toFailure(thrown, "engine") });
    return;
  }
  loop.start(order.paused);
  for (const command of early) take(loop, command);
}

function take(loop: Loop, command: LiveCommand | Ask): void {
  if (command.kind === "ask") loop.answer(command);
  else loop.obey(command);
}

/** The trainer copies the images that it uses, so the datasets are freed at once. */
async function build({ module, shards, config, algorithm, seed, checkpoint }: Order): Promise<Trainer> {
  await init({ module_or_path: module });
  const train = await read(shards.train);
  const test = await read(shards.test);
  try {
    if (!checkpoint) return new Trainer(config, algorithm, seed, train, test);
    const trainer = Trainer.restore(checkpoint, train, test);
    trainer.set_epochs(config.epochs);
    return trainer;
  } finally {
    train.free();
    test.free();
  }
}

function post(report: Report, transfer: Transferable[] = []): void {
  self.postMessage(report, { transfer });
}

/** A turn of the event loop without the 4 ms, or in hidden pages the second, that timers cost; a timer to wait. */
function throughChannel(): LoopParts["yieldThen"] {
  const { port1, port2 } = new MessageChannel();
  let waiting: () => void = () => {};
  port1.onmessage = () => waiting();
  return (callback, ms) => {
    waiting = callback;
    if (ms > 0) setTimeout(callback, ms);
    else port2.postMessage(null);
  };
}
