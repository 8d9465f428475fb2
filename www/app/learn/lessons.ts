import type { Algorithm } from "../contract/config";
import { PRESETS } from "../contract/presets";

interface Common {
  /** Updates, or whatever its steps are, until it is over. */
  updates: number;
  /** What a reader may choose, if anything: the choice and those there are; and whether it plays on from there. */
  rate?: { usual: number; values: readonly number[]; plays: boolean };
  /** Milliseconds that each step is shown: the first ones, of which every part is to be seen, and the others. */
  pace: { first: number; slow: number; rest: number };
}

/** Two weights that learn: src/toy/ has the scenes. */
export interface WeightsLesson extends Common {
  kind: "weights";
  scene: string;
  rules: readonly Algorithm[];
  seed: number;
  lr: number;
  /** How far the picture goes, in both weights. */
  reach: number;
  /** Points of the picture's grid a side; where the loss has steps they are drawn in its place. */
  side: number;
}

/** A look at an update of the playground's first network, before it has learned anything. */
export interface NetworkLesson extends Common {
  kind: "update" | "along" | "angle";
}

export type Lesson = WeightsLesson | NetworkLesson;

/** Sizes of the noise, and numbers of draws, that are gone through. */
export const NOISES: readonly number[] = [0.01, 0.03, 0.1, 0.3, 1, 3];
export const DRAWS: readonly number[] = [1, 2, 4, 8, 16, 32, 64, 128, 256];

const SOON = { first: 0, slow: 0, rest: 80 };

export type LessonName = "noise" | "update" | "along" | "angle" | "pixels" | "threshold";

export const LESSONS: Readonly<Record<LessonName, Lesson>> = {
  noise: {
    ...{ kind: "weights", scene: "two-units", rules: ["np"], seed: 5, lr: 0.1, reach: 1.2, side: 31 },
    ...{ updates: 30, pace: { first: 6, slow: 1100, rest: 140 } },
  },
  update: { kind: "update", updates: 5, pace: { first: 5, slow: 2400, rest: 2400 } },
  along: {
    ...{ kind: "along", updates: NOISES.length - 1, pace: { first: 6, slow: 1200, rest: 1200 } },
    rate: { usual: 0.01, values: NOISES, plays: false },
  },
  angle: { kind: "angle", updates: DRAWS.length - 1, pace: { first: 9, slow: 700, rest: 700 } },
  pixels: {
    ...{ kind: "weights", scene: "two-pixels", rules: ["np", "dnp"], seed: 0, lr: 0.1, reach: 1.2, side: 31 },
    ...{ updates: 60, pace: SOON },
    rate: { usual: 0.1, values: [0.02, 0.05, 0.1, 0.2, 0.4, 0.8], plays: true },
  },
  threshold: {
    ...{ kind: "weights", scene: "threshold", rules: ["bp", "np"], seed: 3, lr: 0.2, reach: 1.8, side: 2 },
    ...{ updates: 40, pace: SOON },
  },
};

export const LESSON_NAMES = Object.keys(LESSONS).filter(isLesson);

export function isLesson(name: string | null): name is LessonName {
  return name !== null && Object.hasOwn(LESSONS, name);
}

/** The playground's first visit, with as many images as one file of them holds. */
export const LOOKED_AT = {
  ...PRESETS.find(({ id }) => id === "story")?.config,
  ...{ train_size: 2500, test_size: 10, num_seeds: 1 },
};
