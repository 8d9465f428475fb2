import { AppError } from "../contract/errors";
import type { OwnData } from "../contract/own";
import type { SpawnWorker } from "../contract/thread";
import * as text from "../text/text";
import type { ReadOrder, ReadReport } from "./protocol";

/** More than any data set of such small images needs. */
const MOST_BYTES = 300_000_000;

export function spawnOwnReader() {
  return new Worker(new URL("./own.worker.ts", import.meta.url), { type: "module" });
}

/** Reads files in a worker of their own, which ends with its answer. What is wrong with them is said in a sentence. */
export async function readOwn(
  files: readonly File[],
  module: WebAssembly.Module,
  spawn: SpawnWorker = spawnOwnReader,
): Promise<OwnData> {
  const size = files.reduce((sum, file) => sum + file.size, 0);
  if (size > MOST_BYTES) throw problem(text.ownData.tooLarge(size, MOST_BYTES));
  const worker = spawn();
  try {
    const report = await answer(worker, { module, files });
    if (report.kind === "failed") throw problem(report.failure.message);
    return report.data;
  } finally {
    worker.terminate();
  }
}

function answer(worker: ReturnType<SpawnWorker>, order: ReadOrder): Promise<ReadReport> {
  return new Promise((resolve, reject) => {
    worker.addEventListener("message", (event) => resolve((event as MessageEvent<ReadReport>).data));
    const die = () => reject(problem(text.ownData.died));
    worker.addEventListener("error", die);
    worker.addEventListener("messageerror", die);
    worker.postMessage(order);
  });
}

/** A mistake in the data: it stands beside them, and leaves everything as it was. */
function problem(message: string): AppError {
  return new AppError("files", message, [{ field: "dataset", value: "own", allowed: "", message }]);
}
