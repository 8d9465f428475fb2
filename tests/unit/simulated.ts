import type { Algorithm, Change, Config } from "../../www/app/contract/config";
import type { LiveCommand, Order, Report, SeatCommand } from "../../www/app/contract/protocol";
import { usesSetting } from "../../www/app/contract/rules";
import type { WorkerLike } from "../../www/app/contract/thread";
import { heeded } from "../../www/app/state/course";
import { row } from "./fakes";

/** So many updates an epoch has here, and so many layers a network. */
const UPDATES = 4;
const LAYERS = 3;

/** A network that learns nothing but what it was trained with, update by update. */
interface Network {
  config: Config;
  algorithm: Algorithm;
  seed: number;
  course: string[];
}

const placeOf = ({ epoch, update }: Change) => epoch * UPDATES + update;

/** What decides one update of a network with these settings; if none is given, what does after all changes. */
export function ratesAt(config: Config, algorithm: Algorithm, update = Number.POSITIVE_INFINITY): string {
  const its = config.changes.filter((change) => (change.algorithm ?? algorithm) === algorithm);
  const so = its.filter((change) => placeOf(change) <= update).sort((a, b) => placeOf(a) - placeOf(b));
  const { lr, noise_std, decor_lr } = Object.assign({}, heeded(config, algorithm), ...so);
  const draws = config.overrides[algorithm]?.num_noise_iters ?? config.num_noise_iters;
  const noise = usesSetting(algorithm, "noise_std") ? [noise_std, draws] : [];
  return [lr, ...noise, ...(usesSetting(algorithm, "decor_lr") ? [decor_lr] : [])].join(" ");
}

/** A number for what a network has learned after so many updates: no other course leads to it. */
export function learned({ algorithm, seed, course }: Omit<Network, "config">, updates: number): number {
  const text = [algorithm, seed, ...course.slice(0, updates)].join();
  const hash = [...text].reduce(
    (sum, char) => Math.imul(sum ^ char.charCodeAt(0), 0x01000193) >>> 0,
    0x811c9dc5,
  );
  return hash / 2 ** 32;
}

/** The curve of a run with these settings, from its first row to its last. */
export function curveOf(config: Config, algorithm: Algorithm, seed: number): number[] {
  const updates = Array.from({ length: config.epochs * UPDATES }, (_, update) => update);
  const network = { algorithm, seed, course: updates.map((update) => ratesAt(config, algorithm, update)) };
  return Array.from({ length: config.epochs + 1 }, (_, epoch) => learned(network, epoch * UPDATES));
}

/** A run in a worker that takes every command as the real one does; it trains when the test lets it. */
class SimulatedRun {
  readonly #say: (report: Report) => void;
  readonly #network: Network;
  #obeyed = 1;
  #held = false;
  /** Rows and updates that it may come to by itself. */
  #rowsWanted: number;
  #updatesWanted = 0;
  #rowsTold: number;
  #over = false;

  constructor({ config, algorithm, seed, from, paused }: Order, say: (report: Report) => void) {
    this.#say = say;
    this.#network = from?.checkpoint
      ? JSON.parse(new TextDecoder().decode(from.checkpoint))
      : { config, algorithm, seed, course: [] };
    // Changes that came after the checkpoint are among the order's.
    this.#network.config = config;
    this.#rowsTold = from?.rows ?? 0;
    this.#rowsWanted = paused ? 1 : Number.POSITIVE_INFINITY;
    this.#report();
  }

  get #updates(): number {
    return this.#network.course.length;
  }

  get #rows(): number {
    return 1 + Math.floor(this.#updates / UPDATES);
  }

  get #ended(): boolean {
    return this.#updates >= this.#network.config.epochs * UPDATES;
  }

  get #busy(): boolean {
    return !this.#ended && (this.#rows < this.#rowsWanted || this.#updatesWanted > 0);
  }

  get #checkpoint(): Uint8Array<ArrayBuffer> {
    return new TextEncoder().encode(JSON.stringify(this.#network));
  }

  train(updates: number): void {
    const { config, algorithm, course } = this.#network;
    for (let left = updates; left > 0 && this.#busy && !this.#held; left--) {
      course.push(ratesAt(config, algorithm, this.#updates));
      this.#updatesWanted = Math.max(0, this.#updatesWanted - 1);
    }
    this.#report();
  }

  ask(id: number): void {
    this.#say({ kind: "answer", id, answer: new Blob([this.#checkpoint]) });
  }

  take(command: LiveCommand): void {
    if (this.#over) return;
    this.#obeyed += 1;
    this.#obey(command);
    this.#report();
  }

  #obey(command: LiveCommand): void {
    const { config } = this.#network;
    switch (command.kind) {
      case "pause":
        [this.#rowsWanted, this.#updatesWanted] = [1, 0];
        break;
      case "resume":
        this.#rowsWanted = Number.POSITIVE_INFINITY;
        break;
      case "epoch":
        this.#rowsWanted = this.#rows + 1;
        break;
      case "step":
        this.#rowsWanted = 1;
        this.#updatesWanted += 1;
        break;
      case "hold":
        this.#held = true;
        break;
      case "release":
        this.#held = false;
        if (command.change)
          this.#network.config = { ...config, changes: [...config.changes, command.change] };
        break;
      case "epochs":
        this.#network.config = { ...config, epochs: command.epochs };
        break;
    }
  }

  #report(): void {
    if (this.#over) return;
    const fresh = Array.from(
      { length: Math.max(0, this.#rows - this.#rowsTold) },
      (_, at) => at + this.#rowsTold,
    );
    const rows = fresh.flatMap((epoch) => row(epoch, LAYERS, learned(this.#network, epoch * UPDATES)));
    this.#rowsTold = Math.max(this.#rowsTold, this.#rows);
    const step = this.#updates;
    this.#say({
      ...{ kind: "progress", epoch: Math.floor(step / UPDATES), epochs: this.#network.config.epochs },
      ...{ step, next: step, steps_per_epoch: UPDATES, samples_per_second: null, changes: [] },
      ...{ rows: Float64Array.from(rows), busy: this.#busy, awaits: false, obeyed: this.#obeyed },
    });
    if (!this.#ended) return;
    this.#over = true;
    const weights_hash = String(learned(this.#network, step));
    this.#say({ kind: "ended", status: "finished", weights_hash, checkpoint: this.#checkpoint });
  }
}

/** A worker of such runs. Words take their time in both directions, as between threads. */
export class SimulatedWorker extends EventTarget implements WorkerLike {
  readonly #runs = new Map<number, SimulatedRun>();
  terminated = false;

  postMessage({ run, ...command }: SeatCommand & { run: number }): void {
    this.#later(() => {
      if (command.kind === "start") {
        const say = (report: Report) => this.#say(report, run);
        this.#runs.set(run, new SimulatedRun(command, say));
      } else if (command.kind === "leave") this.#runs.delete(run);
      else if (command.kind === "ask") this.#runs.get(run)?.ask(command.id);
      else this.#runs.get(run)?.take(command);
    });
  }

  /** Its runs train, each so many updates. */
  train(updates: number): void {
    for (const run of this.#runs.values()) run.train(updates);
  }

  crash(): void {
    this.dispatchEvent(Object.assign(new Event("error"), { message: "gone" }));
    this.terminate();
  }

  terminate(): void {
    this.terminated = true;
  }

  #say(report: Report, run: number): void {
    this.#later(() => this.dispatchEvent(new MessageEvent("message", { data: { ...report, run } })));
  }

  #later(act: () => void): void {
    setImmediate(() => !this.terminated && act());
  }
}
