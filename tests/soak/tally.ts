import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";

/** What the page and its workers have said to each other. */
export interface Tally {
  sent: number;
  received: number;
  /** Messages of a worker of which a later one came and they did not. */
  missing: number;
  /** Commands that were not obeyed, and questions that were not answered, of the runs that are there. */
  owed: number;
}

interface Numbered {
  number: number;
  kind: string;
  run?: number;
  id?: number;
  obeyed?: number;
}

declare global {
  interface Window {
    tally: () => Tally;
  }
}

/** What makes a worker number its messages, put before its script. */
const NUMBERS = `{
  const post = self.postMessage.bind(self);
  let number = 0;
  self.postMessage = (message, options) => post({ ...message, number: number++ }, options);
}
`;

/** From the next load on, in the page and its frames. */
export async function tallyMessages(page: Page): Promise<void> {
  await page.route(/\/(trainer|reader)\.worker-[^/]*\.js$/, async (route) => {
    const { pathname } = new URL(route.request().url());
    const script = readFileSync(new URL(`../../dist${pathname}`, import.meta.url), "utf8");
    await route.fulfill({ body: NUMBERS + script, contentType: "text/javascript" });
  });
  await page.addInitScript(() => {
    const totals = { sent: 0, received: 0, missing: 0 };
    /** What each worker that is there has been told and not yet done. */
    const here = new Map<Worker, Ledger>();
    interface Ledger {
      /** The number of its next message. */
      next: number;
      commands: Map<number, { sent: number; obeyed: number }>;
      questions: Set<number>;
    }

    const tell = ({ commands, questions }: Ledger, { kind, run = -1, id = -1 }: Numbered) => {
      totals.sent += 1;
      const its = commands.get(run);
      if (kind === "ask") questions.add(id);
      else if (kind === "leave") commands.delete(run);
      else if (kind === "start") commands.set(run, { sent: 1, obeyed: 0 });
      else if (its) its.sent += 1;
    };
    const hear = (ledger: Ledger, { kind, number, run = -1, id = -1, obeyed = 0 }: Numbered) => {
      totals.received += 1;
      totals.missing += number - ledger.next;
      ledger.next = number + 1;
      const its = ledger.commands.get(run);
      if (kind === "answer" || kind === "refused") ledger.questions.delete(id);
      else if (kind === "ended" || kind === "failed") ledger.commands.delete(run);
      else if (kind === "progress" && its) its.obeyed = obeyed;
    };
    const owed = ({ commands, questions }: Ledger) =>
      [...commands.values()].reduce((sum, { sent, obeyed }) => sum + sent - obeyed, questions.size);

    window.Worker = class extends Worker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        const ledger: Ledger = { next: 0, commands: new Map(), questions: new Set() };
        here.set(this, ledger);
        this.addEventListener("message", ({ data }) => hear(ledger, data));
      }

      override postMessage(message: Numbered, ...rest: never[]): void {
        const ledger = here.get(this);
        if (ledger) tell(ledger, message);
        super.postMessage(message, ...rest);
      }

      override terminate(): void {
        here.delete(this);
        super.terminate();
      }
    };
    window.tally = () => ({ ...totals, owed: [...here.values()].reduce((sum, one) => sum + owed(one), 0) });
  });
}

/** The page's own and its frames' together. */
export async function tallyOf(page: Page): Promise<Tally> {
  const all = await Promise.all(page.frames().map((frame) => frame.evaluate(() => window.tally())));
  const total = (name: keyof Tally) => all.reduce((sum, tally) => sum + tally[name], 0);
  return { sent: total("sent"), received: total("received"), missing: total("missing"), owed: total("owed") };
}
