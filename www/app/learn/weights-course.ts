import type { Toy } from "../../pkg/toy/np_playground.js";
import type { Algorithm } from "../contract/config";
import type { WeightsLesson } from "./lessons";
import {
  BEYOND,
  type Course,
  type Edge,
  type Ground,
  type Point,
  plus,
  type Throw,
  type Track,
  times,
  type WeightsSight,
} from "./sight";

/** What makes the networks: the module's class. */
export type MakeToy = new (...given: ConstructorParameters<typeof Toy>) => Toy;

/** A lesson under way: each of its rules with a network of its own, from the same start and with the same noise. */
export class WeightsCourse implements Course {
  readonly #lesson: WeightsLesson;
  readonly #lr: number;
  readonly #ground: Ground;
  readonly #runs: { toy: Toy; track: Track }[];

  constructor(lesson: WeightsLesson, lr: number, MakeToy: MakeToy) {
    const { scene, rules, seed, reach, side } = lesson;
    this.#lesson = lesson;
    this.#lr = lr;
    this.#runs = rules.map((rule) => {
      const toy = new MakeToy(scene, rule, lr, seed);
      return { toy, track: beginning(rule, toy) };
    });
    this.#ground = groundOf(this.#runs[0]?.toy, side, reach);
  }

  get over(): boolean {
    return this.#updates >= this.#lesson.updates;
  }

  get sight(): WeightsSight {
    const tracks = this.#runs.map(({ track }) => track);
    return { kind: "weights", ground: this.#ground, updates: this.#updates, tracks };
  }

  get #updates(): number {
    return (this.#runs[0]?.track.path.length ?? 1) - 1;
  }

  /** One update of every rule. */
  step(): void {
    for (const run of this.#runs) run.track = this.#next(run.track, run.toy);
  }

  free(): void {
    for (const { toy } of this.#runs) toy.free();
  }

  #next({ rule, path, losses, throws }: Track, toy: Toy): Track {
    const from = point(toy.point());
    toy.step();
    return {
      rule,
      path: [...path, point(toy.point())],
      losses: [...losses, toy.loss()],
      inputs: points(toy.inputs()),
      throws: [...throws, ...this.#throwOf(from, toy)],
    };
  }

  /** Where there was noise for either of two units, and one sample. */
  #throwOf(from: Point, toy: Toy): Throw[] {
    const noise = toy.noise();
    if (noise.length !== 2) return [];
    const moved = plus(from, point(noise));
    const [step, exact] = [toy.estimate(), toy.exact()].map((g) => times(-this.#lr, point(g)));
    if (!step || !exact) return [];
    return [{ from, noise: point(noise), loss: toy.loss_at(...moved), step, exact }];
  }
}

function groundOf(toy: Toy | undefined, side: number, reach: number): Ground {
  const losses = toy?.surface(side, BEYOND * reach) ?? new Float32Array();
  const flat = toy?.edges() ?? new Float32Array();
  const edges = Array.from({ length: flat.length / 3 }, (_, i): Edge => {
    const [x = 0, y = 0, c = 0] = flat.subarray(3 * i);
    return [x, y, c];
  });
  return { side, losses, edges };
}

function beginning(rule: Algorithm, toy: Toy): Track {
  return {
    ...{ rule, path: [point(toy.point())], losses: [toy.loss()] },
    ...{ inputs: points(toy.inputs()), throws: [] },
  };
}

function point([first = 0, second = 0]: Iterable<number>): Point {
  return [first, second];
}

function points(numbers: Float32Array): Point[] {
  return Array.from({ length: numbers.length / 2 }, (_, i) => point(numbers.subarray(2 * i)));
}
