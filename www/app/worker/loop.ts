import type { Trainer } from "../../pkg/np_playground.js";
import { toFailure } from "../contract/errors";
import type { Ask, LiveCommand, Report, Speed } from "../contract/protocol";
import type { Divergence, RateChange } from "../contract/result";
import { type Inspectable, reply } from "./answer";

/** What the loop needs of the wasm trainer. */
export type Trainable = Inspectable &
  Pick<
    Trainer,
    | "advance"
    | "toward"
    | "length"
    | "row"
    | "status"
    | "changes"
    | "change"
    | "set_epochs"
    | "weights_hash"
    | "free"
  >;

/** As `Trainer.status()` returns it. */
export interface TrainerStatus {
  status: "running" | "finished" | "diverged";
  epoch: number;
  step: number;
  next: number;
  steps_per_epoch: number;
  epochs: number;
  diverged?: Divergence;
}

export interface LoopParts {
  post(report: Report, transfer?: Transferable[]): void;
  /** Calls back after the messages that already wait have been delivered, and not before so many milliseconds. */
  yieldThen(callback: () => void, ms: number): void;
  /** Milliseconds. */
  now(): number;
  /** How long it may work before the next command is heard, in milliseconds. */
  readonly slice: number;
}

const REPORT_MS = 100;
/** From one update to the next; nothing to wait for at "max", and at "slow" it is the page that gives the beat. */
const PACE_MS: Record<Speed, number> = { slow: 0, real: 20, max: 0 };
/** Rows of the history when the untrained network has been measured, which a paused run does, too. */
const UNTRAINED = 1;

/** Trains in slices, obeys commands between them, and reports at most ten times a second. */
export class Loop {
  readonly #trainer: Trainable;
  readonly #trainSize: number;
  readonly #parts: LoopParts;
  /** Works while there are fewer history rows than this. */
  #goal = UNTRAINED;
  /** Updates that it works towards whatever the goal is: single ones, which may take many slices. */
  #toward: number | undefined;
  #rows = 0;
  #held = false;
  #speed: Speed = "max";
  /** The start itself is the first. */
  #obeyed = 1;
  #sliceWaits = false;
  /** How long the next slice is to wait for its time. */
  #resting = 0;
  #ended = false;
  /** A trainer that has trapped must not be touched again. */
  #trapped = false;
  #reported = { at: Number.NEGATIVE_INFINITY, rows: 0 };
  #workedMs = 0;
  /** Updates that were done before, if it goes on from a checkpoint. */
  readonly #before: number;

  /** `rows` of its history are known to the page already. */
  constructor(trainer: Trainable, trainSize: number, parts: LoopParts, rows = 0) {
    this.#trainer = trainer;
    this.#trainSize = trainSize;
    this.#parts = parts;
    this.#reported.rows = rows;
    this.#before = this.#status().step;
  }

  start(paused: boolean): void {
    this.#guarded(() => {
      this.#parts.post({ kind: "ready" });
      this.#goal = paused ? UNTRAINED : Number.POSITIVE_INFINITY;
      this.#rows = this.#trainer.length;
      this.#answer();
    });
  }

  obey(order: LiveCommand): void {
    this.#guarded(() => {
      this.#obeyed += 1;
      this.#do(order);
      this.#answer();
    });
  }

  /** A question that cannot be answered is refused; it does not end the run. */
  answer(ask: Ask): void {
    this.#guarded(() => {
      const said = reply(this.#trainer, ask);
      // It is of that moment, for which an update that had begun to change the network has come to its end.
      if (ask.question.about === "checkpoint") this.#answer();
      this.#parts.post(said);
    });
  }

  /** Nobody asks for this run any more. */
  leave(): void {
    this.#ended = true;
    if (!this.#trapped) this.#trainer.free();
  }

  #do(order: LiveCommand): void {
    switch (order.kind) {
      case "pause":
        this.#goal = UNTRAINED;
        this.#toward = undefined;
        break;
      case "resume":
        this.#goal = Number.POSITIVE_INFINITY;
        break;
      case "epoch":
        this.#goal = Math.max(this.#rows, UNTRAINED) + 1;
        break;
      case "step":
        this.#goal = UNTRAINED;
        this.#doOneMore();
        break;
      case "hold":
        this.#held = true;
        break;
      case "release":
        this.#held = false;
        if (order.change) this.#trainer.change(order.change);
        break;
      case "epochs":
        this.#trainer.set_epochs(order.epochs);
        break;
      case "speed":
        this.#speed = order.speed;
        break;
      case "beat":
        if (this.#busy && this.#awaits && !this.#held) this.#doOneMore();
        break;
    }
  }

  readonly #slice = () => {
    this.#sliceWaits = false;
    if (this.#ended || this.#held || this.#awaits || !this.#busy) return;
    this.#guarded(() => {
      const start = this.#parts.now();
      const pace = this.#pace;
      if (pace > 0) this.#doOneMore();
      else this.#work();
      const now = this.#parts.now();
      this.#resting = this.#toward === undefined ? Math.max(0, start + pace - now) : 0;
      const due = now + this.#resting - this.#reported.at >= REPORT_MS; // by the next slice it would be late
      if (due || this.#awaits || !this.#busy) this.#answer();
      else this.#schedule();
    });
  };

  /** Updates have a pace; what comes before the first is no update. */
  get #pace(): number {
    return this.#rows < UNTRAINED || this.#toward !== undefined ? 0 : PACE_MS[this.#speed];
  }

  /** Slow runs do their updates at a common beat; what comes before the first is no update. */
  get #awaits(): boolean {
    return this.#speed === "slow" && this.#rows >= UNTRAINED && this.#toward === undefined;
  }

  /** Begins to work towards the next update. */
  #doOneMore(): void {
    this.#toward = (this.#toward ?? this.#status().step) + 1;
    this.#work();
  }

  /** At most a slice. */
  #work(): void {
    const start = this.#parts.now();
    if (this.#toward === undefined) this.#trainer.advance(this.#parts.slice);
    else if (this.#trainer.toward(this.#toward, this.#parts.slice)) this.#toward = undefined;
    this.#workedMs += this.#parts.now() - start;
    this.#rows = this.#trainer.length;
  }

  /** Whether there is work to do before the next command. */
  get #busy(): boolean {
    return this.#open && (this.#rows < this.#goal || this.#toward !== undefined);
  }

  /** Whether the run can go on at all. */
  get #open(): boolean {
    return this.#status().status === "running";
  }

  #schedule(): void {
    if (this.#sliceWaits || this.#held || this.#awaits) return;
    this.#sliceWaits = true;
    this.#parts.yieldThen(this.#slice, this.#resting);
  }

  /** Says where the run stands; then goes on, waits, or ends. */
  #answer(): void {
    this.#report();
    if (!this.#open) this.#end();
    else if (this.#busy) this.#schedule();
  }

  #report(): void {
    const { epoch, epochs, step, next, steps_per_epoch } = this.#status();
    const samples = ((step - this.#before) * this.#trainSize) / steps_per_epoch;
    const rows = this.#newRows();
    this.#parts.post(
      {
        kind: "progress",
        ...{ epoch, epochs, step, next, steps_per_epoch, rows },
        changes: changesIn(this.#trainer.changes()),
        // Held back, it does fewer than the time that it works would let it.
        samples_per_second: samples > 0 && this.#speed === "max" ? (samples * 1000) / this.#workedMs : null,
        busy: this.#busy || !this.#open,
        awaits: this.#awaits,
        obeyed: this.#obeyed,
      },
      [rows.buffer],
    );
    // From a checkpoint it first comes to what the page knows already.
    this.#reported = { at: this.#parts.now(), rows: Math.max(this.#reported.rows, this.#rows) };
  }

  #newRows(): Float64Array<ArrayBuffer> {
    const numbers: number[] = [];
    for (let index = this.#reported.rows; index < this.#rows; index++) {
      numbers.push(...(this.#trainer.row(index) ?? []));
    }
    return Float64Array.from(numbers);
  }

  #end(): void {
    this.#ended = true;
    const { status, diverged } = this.#status();
    if (status === "running") return;
    const checkpoint = new Uint8Array(this.#trainer.checkpoint());
    this.#parts.post(
      {
        kind: "ended",
        status,
        ...(diverged && { diverged }),
        weights_hash: this.#trainer.weights_hash(),
        checkpoint,
      },
      [checkpoint.buffer],
    );
  }

  #status(): TrainerStatus {
    return this.#trainer.status() as TrainerStatus;
  }

  /** A trap in the wasm module leaves nothing to go on with: whatever is thrown ends the run. */
  #guarded(work: () => void): void {
    if (this.#ended) return;
    try {
      work();
    } catch (thrown) {
      this.#ended = true;
      this.#trapped = true;
      this.#parts.post({ kind: "failed", ...toFailure(thrown, "engine") });
    }
  }
}

/** As they stand in a flat list, five numbers each. */
function changesIn(flat: Float64Array): RateChange[] {
  return Array.from({ length: flat.length / 5 }, (_, index) => {
    const [epoch = 0, step = 0, ...rates] = flat.subarray(5 * index, 5 * index + 5);
    const [lr = 0, decor_lr = 0, noise_std = 0] = rates.map(shortest);
    return { epoch, step, lr, decor_lr, noise_std };
  });
}

/** The shortest decimal that is this number in single precision: 0.005 in place of 0.004999999888. */
function shortest(single: number): number {
  for (let digits = 1; digits < 9; digits++) {
    const rounded = Number(single.toPrecision(digits));
    if (Math.fround(rounded) === single) return rounded;
  }
  return single;
}
