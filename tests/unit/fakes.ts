import { type Config, defaults } from "../../www/app/contract/config";
import type {
  Answer,
  Ask,
  Command,
  Ended,
  LiveCommand,
  Order,
  Progress,
  ReaderCommand,
  Reply,
  Report,
  SeatCommand,
} from "../../www/app/contract/protocol";
import type { WorkerLike } from "../../www/app/contract/thread";

/** A worker that a test speaks for; where several runs share it, for the one that came first. */
export class FakeWorker extends EventTarget implements WorkerLike {
  readonly messages: (SeatCommand & { run: number })[] = [];
  terminated = false;

  postMessage(message: SeatCommand & { run: number }): void {
    this.messages.push(message);
  }

  /** The runs that have begun in it. */
  get runs(): number[] {
    return this.messages.filter(({ kind }) => kind === "start").map(({ run }) => run);
  }

  get commands(): Command[] {
    return this.commandsOf(this.runs[0]);
  }

  commandsOf(run: number | undefined): Command[] {
    const its = this.messages.filter((message) => message.run === run);
    return its.flatMap(({ run: _, ...command }) => (command.kind === "leave" ? [] : [command]));
  }

  terminate(): void {
    this.terminated = true;
  }

  get order(): Order {
    const [start] = this.commands;
    if (start?.kind !== "start") throw new Error("the worker has not been started");
    return start;
  }

  get orders(): LiveCommand["kind"][] {
    return this.ordersOf(this.runs[0]);
  }

  ordersOf(run: number | undefined): LiveCommand["kind"][] {
    return this.commandsOf(run).flatMap((command) =>
      command.kind === "start" || command.kind === "ask" ? [] : [command.kind],
    );
  }

  get questions(): Ask[] {
    return this.commands.filter((command) => command.kind === "ask");
  }

  answer(id: number, answer: Answer): void {
    this.say({ kind: "answer", id, answer });
  }

  say(report: Report, run = this.runs[0]): void {
    this.dispatchEvent(new MessageEvent("message", { data: { ...report, run } }));
  }

  /** A report that all commands so far have been obeyed. */
  progress(given: Partial<Progress> = {}, run = this.runs[0]): void {
    const report: Report = {
      ...{ kind: "progress", epoch: 0, epochs: 2, steps_per_epoch: 10, samples_per_second: null },
      ...{ step: given.step ?? 0, next: given.step ?? 0 },
      ...{
        rows: new Float64Array(),
        changes: [],
        busy: true,
        awaits: false,
        obeyed: this.commandsOf(run).filter(({ kind }) => kind !== "ask").length,
      },
      ...given,
    };
    this.say(report, run);
  }

  end(given: Partial<Ended> = {}, run = this.runs[0]): void {
    const report: Report = {
      kind: "ended",
      status: "finished",
      weights_hash: "abc",
      checkpoint: new Uint8Array(3),
      ...given,
    };
    this.say(report, run);
  }

  crash(message: string): void {
    this.dispatchEvent(Object.assign(new Event("error"), { message }));
  }
}

/** The worker for ended runs, likewise. */
export class FakeReader extends EventTarget implements WorkerLike {
  readonly commands: ReaderCommand[] = [];
  terminated = false;

  postMessage(command: ReaderCommand): void {
    this.commands.push(command);
  }

  terminate(): void {
    this.terminated = true;
  }

  get kinds(): string[] {
    return this.commands.map((command) =>
      "run" in command ? `${command.kind} ${command.run}` : command.kind,
    );
  }

  say(reply: Reply): void {
    this.dispatchEvent(new MessageEvent("message", { data: reply }));
  }

  crash(message: string): void {
    this.dispatchEvent(Object.assign(new Event("error"), { message }));
  }
}

/** A row of the epoch, with accuracy and losses that tell it from others. */
export function row(epoch: number, layers: number, test_acc = 0.5): number[] {
  const train = epoch === 0 ? [Number.NaN, Number.NaN] : [1 / epoch, 0.4];
  const perLayer = Array.from({ length: 2 * layers }, (_, index) => index + 1);
  return [epoch, ...train, 2, test_acc, 100 * epoch, 1000 * epoch, epoch / 2, 80, ...perLayer];
}

export function config(given: Partial<Config> = {}): Config {
  return { ...defaults(), hidden_sizes: [4], algorithms: ["bp", "np"], epochs: 2, ...given };
}

export function order(given: Partial<Order> = {}): Order {
  const module = new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  const shards = { train: [], test: [] };
  return { module, config: config(), algorithm: "np", seed: 3, shards, paused: false, ...given };
}

/** Lets everything that waits only for promises happen. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
}
