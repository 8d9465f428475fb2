import * as text from "../text/text";

/** What the page needs of a Worker, so that tests can give it another. */
export type WorkerLike = Pick<Worker, "postMessage" | "terminate" | "addEventListener">;
export type SpawnWorker = () => WorkerLike;

/** Hears what a worker says; and, in words that follow its name, that it can say no more. */
export function hear<Message>(
  worker: WorkerLike,
  heard: (message: Message) => void,
  died: (what: string) => void,
): void {
  worker.addEventListener("message", ({ data }: MessageEvent<Message>) => heard(data));
  worker.addEventListener("error", ({ message }) =>
    died(message ? text.worker.stopped(message) : text.worker.notLoaded),
  );
  worker.addEventListener("messageerror", () => died(text.worker.unreadable));
}
