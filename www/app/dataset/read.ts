import { AppError } from "../contract/errors";
import type { OwnData } from "../contract/own";
import { hear, type SpawnWorker, type WorkerLike } from "../contract/thread";
import * as text from "../text/text";
import type { ReadOrder, ReadReport } from "./protocol";

export function spawnOwnReader() {
  return new Worker(new URL("./own.worker.ts", import.meta.url), { type: "module" });
}

/** Reads files in a worker of their own, which ends with its answer. What is wrong with them is said in a sentence. */
export async function readOwn(files: readonly File[], spawn: SpawnWorker = spawnOwnReader): Promise<OwnData> {
  const worker = spawn();
  try {
    const report = await answer(worker, { files });
    if (report.kind === "failed") throw new AppError("files", report.failure.message);
    return report.data;
  } finally {
    worker.terminate();
  }
}

function answer(worker: WorkerLike, order: ReadOrder): Promise<ReadReport> {
  return new Promise((resolve, reject) => {
    hear(worker, resolve, () => reject(new AppError("files", text.ownData.died)));
    worker.postMessage(order);
  });
}
