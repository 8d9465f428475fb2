import trainerUrl from "../../pkg/np_playground_bg.wasm?url";
import toyUrl from "../../pkg/toy/np_playground_bg.wasm?url";
import { defaults } from "../contract/config";
import { StartedWorker } from "../contract/started";
import { hear, type Script } from "../contract/thread";
import { DATA_URL } from "../dataset/data-url";
import { DataSource } from "../dataset/source";
import url from "./lesson.worker.ts?worker&url";
import { LESSONS, type LessonName, LOOKED_AT } from "./lessons";
import type { Ask, Order, Report, Supply } from "./protocol";

const SCRIPT: Script = { url, here: () => import("./lesson-thread") };

export type Seen = Extract<Report, { kind: "seen" }>;

interface Waiting {
  resolve: (seen: Seen) => void;
  reject: (why: Error) => void;
}

/** One worker for the lessons of a page, started by the first that is looked at. */
export class Engine {
  #worker: StartedWorker | undefined;
  /** What the worker has been given, or is about to be. */
  readonly #given = new Map<Supply["kind"], Promise<void>>();
  /** Who waits for an answer; a lesson asks for one thing at a time. */
  readonly #waiting = new Map<LessonName, Waiting>();

  start(lesson: LessonName, rate: number | undefined): Promise<Seen> {
    return this.#ask({ kind: "start", lesson, rate });
  }

  step(lesson: LessonName, steps: number): Promise<Seen> {
    return this.#ask({ kind: "step", lesson, steps });
  }

  async #ask(ask: Ask): Promise<Seen> {
    await this.#supply(LESSONS[ask.lesson].kind === "weights" ? "toy" : "network");
    return new Promise((resolve, reject) => {
      this.#waiting.set(ask.lesson, { resolve, reject });
      this.#post(ask);
    });
  }

  #supply(kind: Supply["kind"]): Promise<void> {
    const known = this.#given.get(kind);
    if (known) return known;
    const giving = supplyOf(kind).then((supply) => this.#post(supply));
    this.#given.set(kind, giving);
    giving.catch(() => this.#given.delete(kind));
    return giving;
  }

  #post(order: Order): void {
    this.#worker ??= this.#start();
    this.#worker.postMessage(order);
  }

  #start(): StartedWorker {
    const worker = new StartedWorker(SCRIPT);
    hear<Report>(
      worker,
      (report) => this.#settle(report),
      (what) => this.#lose(what),
    );
    return worker;
  }

  #settle(report: Report): void {
    const waiting = this.#waiting.get(report.lesson);
    if (report.kind === "seen") waiting?.resolve(report);
    else waiting?.reject(new Error(report.failure.message));
  }

  /** The next question starts another worker. */
  #lose(what: string): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#given.clear();
    for (const waiting of this.#waiting.values()) waiting.reject(new Error(what));
    this.#waiting.clear();
  }
}

/** The images are those that the playground trains on, so that they are fetched once for both. */
async function supplyOf(kind: Supply["kind"]): Promise<Supply> {
  if (kind === "toy") return { kind, wasm: new URL(toyUrl, import.meta.url).href };
  const { train } = await new DataSource(DATA_URL).load({ ...defaults(), ...LOOKED_AT }, () => {});
  return { kind, wasm: new URL(trainerUrl, import.meta.url).href, images: train };
}
