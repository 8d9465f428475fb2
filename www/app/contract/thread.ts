/** What the page needs of a Worker, so that tests can give it another. */
export type WorkerLike = Pick<Worker, "postMessage" | "terminate" | "addEventListener">;
export type SpawnWorker = () => WorkerLike;
