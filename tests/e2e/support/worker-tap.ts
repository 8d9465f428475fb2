import type { Page } from "@playwright/test";
import type { Command, Report } from "../../../www/app/contract/protocol";

/** A message between the page and one of its workers, about one run: a worker may have several. */
export interface Tapped {
  run: number;
  sent: boolean;
  at: number;
  message: Pick<Command | Report, "kind"> & { step?: number; next?: number; busy?: boolean; obeyed?: number };
}

declare global {
  interface Window {
    tapped: Tapped[];
  }
}

/** From the next load on, writes down what the page and its workers say to each other, and when. */
export async function tapWorkers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const tapped: Tapped[] = [];
    const note = (sent: boolean, { run, ...all }: Tapped["message"] & { run: number }) => {
      const { kind, step, next, busy, obeyed } = all;
      const message = { kind, step, next, busy, obeyed } as Tapped["message"];
      tapped.push({ run, sent, at: performance.now(), message });
    };
    window.tapped = tapped;
    window.Worker = class extends Worker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        this.addEventListener("message", ({ data }) => note(false, data));
      }

      override postMessage(message: Tapped["message"] & { run: number }, ...rest: never[]): void {
        note(true, message);
        super.postMessage(message, ...rest);
      }
    };
  });
}

/** The updates that each run has told of, in the order in which they began. */
export function stepsOf(page: Page): Promise<number[]> {
  return page.evaluate(() => {
    const steps: number[] = [];
    for (const { run, sent, message } of window.tapped) {
      if (!sent && message.step !== undefined) steps[run] = message.step;
    }
    return steps;
  });
}

/** Questions to the workers that have no answer yet. */
export function openQuestions(page: Page): Promise<number> {
  return page.evaluate(() => {
    const count = (kind: string) => window.tapped.filter(({ message }) => message.kind === kind).length;
    return count("ask") - count("answer") - count("refused");
  });
}

/** What the run, or the one that was sent it last, said from the last `kind` that was sent to the answer after which it rests. */
interface Rest {
  milliseconds: number;
  reports: number;
  /** Those of the reports that it made after it had heard it. */
  heard: number;
}

/** Null as long as it does not rest. */
export function restAfter(page: Page, kind: Command["kind"], of?: number): Promise<Rest | null> {
  const asked = { kind, of };
  return page.evaluate(({ kind, of }) => {
    const isMeant = ({ run }: Tapped) => of === undefined || run === of;
    const sent = window.tapped.findLastIndex(
      (entry) => entry.sent && entry.message.kind === kind && isMeant(entry),
    );
    const { at, run } = window.tapped[sent] ?? { at: 0, run: -1 };
    const said = window.tapped.slice(sent + 1).filter((entry) => entry.run === run && !entry.sent);
    const rest = said.findIndex(({ message }) => message.busy === false);
    const answer = said[rest];
    const orders = window.tapped
      .slice(0, sent + 1)
      .filter((entry) => entry.sent && entry.run === run && entry.message.kind !== "ask").length;
    const heard = said.slice(0, rest + 1).filter(({ message }) => (message.obeyed ?? 0) >= orders).length;
    return answer ? { milliseconds: answer.at - at, reports: rest + 1, heard } : null;
  }, asked);
}
