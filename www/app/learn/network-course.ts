import type { Trainer } from "../../pkg/np_playground.js";
import { readUpdate, type SeenUpdate } from "../contract/update";
import { cosOf, slope } from "../update/agreement";
import { degreesOf } from "../update/fit";
import { DRAWS, LESSONS, NOISES } from "./lessons";
import type { AlongSight, AngleSight, Course, UpdateSight } from "./sight";

/** An untrained network as this rule has it; all rules have the same one, and the same images and noise. */
export type OpenNetwork = (algorithm: string) => Trainer;

/** The first update, and of its images the first. */
const [UPDATE, SAMPLE, PASS] = [0, 0, 0];

function lookedAt(trainer: Trainer, draws: number): SeenUpdate {
  return readUpdate(trainer.update_of(UPDATE, SAMPLE, PASS, draws), false);
}

/** One image's way through an update, stage by stage. */
export class UpdateCourse implements Course {
  readonly #trainers: Trainer[];
  readonly #seen: Omit<UpdateSight, "updates">;
  #stage = 0;

  constructor(open: OpenNetwork) {
    const [np, anp] = [open("np"), open("anp")];
    this.#trainers = [np, anp];
    const [seen, other] = [lookedAt(np, 1), lookedAt(anp, 1)];
    const layers = seen.layers.map(({ activation, credit, exact, noisy }, l) => ({
      clean: [...activation],
      noise: [...(noisy?.noise ?? [])],
      moved: [...(noisy?.preactivationDiff ?? [])],
      np: [...credit],
      anp: [...(other.layers[l]?.credit ?? [])],
      exact: [...exact],
    }));
    const change = -(seen.lossDiffs[0] ?? Number.NaN);
    const { label, loss, pixels } = seen;
    this.#seen = { kind: "update", image: [...pixels], label, loss, change, layers };
  }

  get over(): boolean {
    return this.#stage >= LESSONS.update.updates;
  }

  get sight(): UpdateSight {
    return { ...this.#seen, updates: this.#stage };
  }

  step(): void {
    this.#stage += 1;
  }

  free(): void {
    for (const trainer of this.#trainers) trainer.free();
  }
}

/** The loss along one draw of the noise, which becomes larger and larger. */
export class AlongCourse implements Course {
  readonly #trainer: Trainer;
  readonly #noiseStd: number;
  /** How fast the loss grows along the noise as the settings have it. */
  readonly #slope: number;
  #at: number;

  constructor(open: OpenNetwork, from: number) {
    this.#trainer = open("np");
    const seen = lookedAt(this.#trainer, 1);
    this.#noiseStd = seen.noiseStd;
    this.#slope = slope(seen, null);
    this.#at = Math.max(0, NOISES.indexOf(from));
  }

  get over(): boolean {
    return this.#at >= NOISES.length - 1;
  }

  get sight(): AlongSight {
    const noiseStd = NOISES[this.#at] ?? Number.NaN;
    const size = noiseStd / this.#noiseStd;
    const measured = NOISES.slice(0, this.#at + 1).map((noise) => ({
      noiseStd: noise,
      share: measuredOf(this.#losses(noise)) / (this.#slope * (noise / this.#noiseStd)),
    }));
    const losses = this.#losses(noiseStd);
    return { kind: "along", updates: this.#at, noiseStd, losses, slope: size * this.#slope, measured };
  }

  step(): void {
    this.#at += 1;
  }

  free(): void {
    this.#trainer.free();
  }

  #losses(noiseStd: number): number[] {
    return [...this.#trainer.along(UPDATE, SAMPLE, PASS, undefined, noiseStd / this.#noiseStd)];
  }
}

/** The loss with the noise less that without it: at t = 1 and t = 0, of t from -2 to 2. */
export function measuredOf(losses: readonly number[]): number {
  const at = (t: number) => losses[Math.round(((t + 2) / 4) * (losses.length - 1))] ?? Number.NaN;
  return at(1) - at(0);
}

/** The angle to the exact gradient, with more and more draws. */
export class AngleCourse implements Course {
  readonly #trainer: Trainer;
  readonly #angles: AngleSight["angles"][number][] = [];

  constructor(open: OpenNetwork) {
    this.#trainer = open("np");
    this.step();
  }

  get over(): boolean {
    return this.#angles.length >= DRAWS.length;
  }

  get sight(): AngleSight {
    return { kind: "angle", updates: this.#angles.length - 1, angles: [...this.#angles] };
  }

  step(): void {
    const draws = DRAWS[this.#angles.length];
    if (draws === undefined) return;
    const cos = cosOf(lookedAt(this.#trainer, draws).batchArrows) ?? Number.NaN;
    this.#angles.push({ draws, degrees: degreesOf(cos) });
  }

  free(): void {
    this.#trainer.free();
  }
}
