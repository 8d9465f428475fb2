import init, { type Dataset, Trainer } from "../../pkg/np_playground.js";
import { toFailure } from "../contract/errors";
import type { Ask, ReaderCommand, Reply } from "../contract/protocol";
import type { Host } from "../contract/thread";
import { reply } from "./answer";
import { read } from "./data";

/** Answers for runs that have ended: their networks come back from checkpoints, on the same data. */

type Data = { train: Dataset; test: Dataset };

export function serve({ post, hear, die }: Host): () => void {
  let data: Promise<Data> | undefined;
  const open = new Map<number, Promise<Trainer>>();

  const restore = async (checkpoint: Uint8Array): Promise<Trainer> => {
    const { train, test } = (await data) as Data;
    return Trainer.restore(checkpoint, train, test);
  };
  const close = (run: number): void => {
    open.get(run)?.then(
      (trainer) => trainer.free(),
      () => {},
    );
    open.delete(run);
  };
  const answer = async (ask: Ask & { run: number }): Promise<void> => {
    try {
      const trainer = await open.get(ask.run);
      if (trainer) post(reply(trainer, ask));
    } catch (thrown) {
      // After a trap nothing works: the page hears of it as of any other death.
      if (thrown instanceof WebAssembly.RuntimeError) die(thrown);
      post({ kind: "refused", id: ask.id, failure: toFailure(thrown, "engine") } satisfies Reply);
    }
  };

  hear((message) => {
    const command = message as ReaderCommand;
    switch (command.kind) {
      case "data":
        data = readAll(command);
        break;
      case "open":
        open.set(command.run, restore(command.checkpoint));
        break;
      case "close":
        close(command.run);
        break;
      case "ask":
        void answer(command);
    }
  });
  return () => [...open.keys()].forEach(close);
}

async function readAll({ module, shards }: Extract<ReaderCommand, { kind: "data" }>): Promise<Data> {
  await init({ module_or_path: module });
  return { train: await read(shards.train), test: await read(shards.test) };
}
