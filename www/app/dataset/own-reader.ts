import wasmUrl from "../../pkg/reader/np_playground_bg.wasm?url";
import { addressOf } from "../contract/address";
import { AppError } from "../contract/errors";
import type { Choices, Guess, OwnData, OwnFile } from "../contract/own";
import { StartedWorker } from "../contract/started";
import { hear, type Script, type SpawnWorker } from "../contract/thread";
import * as text from "../text/own-images";
import url from "./own.worker.ts?worker&url";
import type { ReadOrder, ReadReport } from "./protocol";

const SCRIPT: Script = { url, here: () => import("./own-thread") };
const WASM = addressOf(wasmUrl).href;

/** How long the worker may say nothing before that is said. Large files take their time, so it is not ended. */
const PATIENCE_MS = 15_000;

/** Files, and how they were taken. */
interface Taken {
  files: readonly OwnFile[];
  choices: Choices;
  guesses: readonly Guess[];
  problem: string;
}

const NOTHING: Taken = { files: [], choices: {}, guesses: [], problem: "" };

/**
 * Reads files in a worker of their own, which keeps them for other choices. The page lives on meanwhile, and may
 * cancel. Event: "change" (what it says of itself is another).
 */
export class OwnReader extends EventTarget {
  /** Whether files are being read, and whether the worker has been silent for long. */
  phase: "ready" | "reading" | "silent" = "ready";
  /** Why the last files cannot be used. */
  problem = "";
  /** What they did not say, as far as they were read. */
  guesses: readonly Guess[] = [];
  /** What was chosen in place of guesses. */
  choices: Choices = {};
  readonly #spawn: SpawnWorker;
  #files: readonly OwnFile[] = [];
  /** What the last answer was about: after a reading that is cancelled it counts again. */
  #taken = NOTHING;
  /** The images that were read last, and what all were read from. */
  #own: OwnData | null = null;
  readonly #sources = new WeakMap<OwnData, readonly OwnFile[]>();
  #worker: ReturnType<SpawnWorker> | undefined;
  #patience: ReturnType<typeof setTimeout> | undefined;
  /** Settles the reading that is under way. */
  #answer: (report: ReadReport | null) => void = () => {};

  constructor(spawn: SpawnWorker = () => new StartedWorker(SCRIPT)) {
    super();
    this.#spawn = spawn;
  }

  /** The images in these files; null where that was cancelled. Fails with sentences about what is wrong with them. */
  give(files: readonly OwnFile[]): Promise<OwnData | null> {
    this.#end();
    this.#files = files;
    this.guesses = [];
    return this.choose({});
  }

  /** The same files, taken otherwise. */
  async choose(choices: Choices): Promise<OwnData | null> {
    if (this.phase !== "ready") this.#end();
    this.choices = choices;
    this.problem = "";
    this.#say("reading");
    const report = await this.#ask(choices);
    if (!report) return null;
    this.guesses = report.kind === "read" ? report.data.guesses : report.guesses;
    this.problem = report.kind === "read" ? "" : report.failure.message;
    const { guesses, problem } = this;
    this.#taken = { files: this.#files, choices, guesses, problem };
    this.#say("ready");
    if (report.kind === "refused") throw new AppError("files", report.failure.message);
    this.#own = report.data;
    this.#sources.set(report.data, this.#files);
    return report.data;
  }

  /** Images that were in use before are again: what was guessed of them is said, and can be chosen otherwise. */
  back(own: OwnData | null): void {
    if (this.phase !== "ready" || own === this.#own) return;
    this.#end();
    this.#own = own;
    const files = own ? this.#sources.get(own) : undefined;
    this.#taken = own && files ? { files, choices: own.choices, guesses: own.guesses, problem: "" } : NOTHING;
    this.#retake();
  }

  /** Ends what is under way: the files that were at hand before are so again, taken as they were. */
  cancel(): void {
    this.#end();
    this.#retake();
  }

  #retake(): void {
    this.#files = this.#taken.files;
    this.choices = this.#taken.choices;
    this.guesses = this.#taken.guesses;
    this.problem = this.#taken.problem;
    this.#say("ready");
  }

  #ask(choices: Choices): Promise<ReadReport | null> {
    const order: ReadOrder = this.#worker
      ? { choices }
      : { given: { files: this.#files, wasm: WASM }, choices };
    const worker = this.#worker ?? this.#start();
    this.#patience = setTimeout(() => this.#say("silent"), PATIENCE_MS);
    return new Promise((resolve) => {
      this.#answer = (report) => {
        clearTimeout(this.#patience);
        resolve(report);
      };
      worker.postMessage(order);
    });
  }

  #start(): ReturnType<SpawnWorker> {
    const worker = this.#spawn();
    this.#worker = worker;
    hear<ReadReport>(
      worker,
      (report) => {
        if (worker === this.#worker) this.#answer(report);
      },
      (what) => {
        if (worker === this.#worker) this.#lose(what);
      },
    );
    return worker;
  }

  /** The worker can say no more: as a rule its memory was full. */
  #lose(what: string): void {
    const answer = this.#answer;
    this.#answer = () => {};
    this.#end();
    const { guesses } = this;
    answer({ kind: "refused", failure: { code: "files", message: text.ownImages.died(what) }, guesses });
  }

  #end(): void {
    this.#answer(null);
    this.#answer = () => {};
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  #say(phase: OwnReader["phase"]): void {
    this.phase = phase;
    this.dispatchEvent(new Event("change"));
  }
}
