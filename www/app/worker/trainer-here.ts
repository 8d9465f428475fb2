import type { SeatCommand, SeatReport } from "../contract/protocol";
import type { Host } from "../contract/thread";
import * as later from "../text/later";
import { serve as serveTrainer } from "./trainer-thread";

/** On the page's thread runs share the page's own instance of the engine, whose arithmetic is exact. */
export function serve({ hear, ...host }: Host): () => void {
  const refuse = (run: number): void => {
    const failed = { kind: "failed", code: "no_worker", message: later.onPage.noFast } as const;
    host.post({ ...failed, run } satisfies SeatReport);
  };
  return serveTrainer({
    ...host,
    hear: (take) =>
      hear((message) => {
        const command = message as SeatCommand & { run: number };
        if (command.kind === "start" && command.config.arithmetic === "fast") refuse(command.run);
        else take(message);
      }),
  });
}
