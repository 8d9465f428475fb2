import init, { type Dataset, Trainer } from "../../pkg/np_playground.js";
import { toFailure } from "../contract/errors";
import type { Ask, ReaderCommand, Reply } from "../contract/protocol";
import { reply } from "./answer";
import { read } from "./data";

/** Answers for runs that have ended: their networks come back from checkpoints, on the same data. */

type Data = { train: Dataset; test: Dataset };

let data: Promise<Data> | undefined;
const open = new Map<number, Promise<Trainer>>();

self.addEventListener("message", ({ data: command }: MessageEvent<ReaderCommand>) => {
  switch (command.kind) {
    case "data":
      data = readAll(command);
      break;
    case "open":
      open.set(command.run, restore(command.checkpoint));
      break;
    case "close":
      open.get(command.run)?.then(
        (trainer) => trainer.free(),
        () => {},
      );
      open.delete(command.run);
      break;
    case "ask":
      void answer(command);
  }
});

async function readAll({ module, shards }: Extract<ReaderCommand, { kind: "data" }>): Promise<Data> {
  await init({ module_or_path: module });
  return { train: await read(shards.train), test: await read(shards.test) };
}

async function restore(checkpoint: Uint8Array): Promise<Trainer> {
  const { train, test } = (await data) as Data;
  return Trainer.restore(checkpoint, train, test);
}

async function answer(ask: Ask & { run: number }): Promise<void> {
  try {
    const trainer = await open.get(ask.run);
    if (trainer) post(reply(trainer, ask));
  } catch (thrown) {
    // After a trap nothing works: the page hears of it as of any other death.
    if (thrown instanceof WebAssembly.RuntimeError) reportError(thrown);
    post({ kind: "refused", id: ask.id, failure: toFailure(thrown, "engine") });
  }
}

function post(answer: Reply): void {
  self.postMessage(answer);
}
