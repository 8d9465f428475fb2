import type { TableRun } from "../chart/run-table";
import { type Algorithm, type Config, defaults } from "../contract/config";
import { AppError } from "../contract/errors";
import { emptyHistory, type History } from "../contract/history";
import type { OwnData } from "../contract/own";
import type { Plan } from "../contract/plan";
import type { Answer, Answers, Question } from "../contract/protocol";
import { RULES, ruleInfo } from "../contract/rules";
import { readChange, readUpdate } from "../contract/update";
import type { RunStatus, RunView } from "../state/experiment";
import type { Kept } from "../storage/kept";
import { cellsOf } from "../sweep/cells";
import { NOTHING_MEASURED } from "../sweep/measures";
import type { Trial } from "../sweep/sweep";

/** Runs, results and answers for the gallery, from formulas: they look like what they stand for, and are nothing more. */

export const CONFIG: Config = { ...defaults(), algorithms: ["bp", "np", "danp"], epochs: 10, image_size: 14 };

const LAYERS = CONFIG.hidden_sizes.length + 1;
const STEPS_PER_EPOCH = 50;
const SIDE = CONFIG.image_size;
const CLASSES = 10;

/** Test accuracy that a rule comes near to: one a little lower than the rule before. */
const heightOf = (algorithm: Algorithm) => 0.95 - 0.3 * (RULES.indexOf(algorithm) / RULES.length);

function history(algorithm: Algorithm, seed: number, epochs: number): History {
  const rows = emptyHistory();
  const { noise, decorrelated } = ruleInfo(algorithm);
  for (let epoch = 0; epoch <= epochs; epoch++) {
    const accuracy =
      0.1 + (heightOf(algorithm) - 0.1) * (1 - Math.exp(-epoch / 3)) + 0.02 * Math.sin(seed * 5 + epoch);
    rows.epoch.push(epoch);
    rows.test_acc.push(accuracy);
    rows.train_acc.push(epoch === 0 ? null : accuracy + 0.01);
    rows.test_loss.push(2.3 * (1.1 - accuracy));
    rows.train_loss.push(epoch === 0 ? null : 2.2 * (1.1 - accuracy));
    rows.forward_passes.push(epoch * STEPS_PER_EPOCH * (noise ? 2 : 1));
    rows.multiply_adds.push(epoch * STEPS_PER_EPOCH * 3e6);
    rows.seconds.push(epoch * 0.4);
    const angle = noise ? 80 - epoch : 0;
    rows.alignment_deg.push({
      network: angle,
      layers: Array.from({ length: LAYERS }, (_, layer) => angle + layer),
    });
    const loss = decorrelated ? 0.01 * Math.exp(-epoch / 4) : 0.01;
    rows.decorrelation_loss.push(Array.from({ length: LAYERS }, (_, layer) => loss / (layer + 1)));
  }
  return rows;
}

const ANSWERS: { [About in keyof Answers]: (algorithm: Algorithm) => Answers[About] } = {
  checkpoint: () => new Blob(),
  image: () => Float32Array.from({ length: CLASSES }, (_, digit) => (digit === 3 ? 0.82 : 0.02)),
  test: () => ({
    ...{ rows: SIDE, cols: SIDE, classes: CLASSES },
    confusion: Uint32Array.from({ length: CLASSES ** 2 }, (_, index) =>
      index % (CLASSES + 1) === 0 ? 180 : index % 3,
    ),
    mistakes: [2, 5, 9].map((truth, index) => ({
      index,
      truth,
      answer: (truth + 3) % CLASSES,
      pixels: ring(truth),
    })),
  }),
  weights: () => ({
    ...{ rows: SIDE, cols: SIDE },
    values: Float32Array.from(
      { length: 16 * SIDE * SIDE },
      (_, index) => Math.sin(index / 9) * Math.cos(index / 83),
    ),
  }),
  covariance: () => ({
    inputs: Uint32Array.from({ length: 16 }, (_, index) => index),
    width: 16,
    before: Float32Array.from({ length: 256 }, (_, at) =>
      Math.exp(-Math.abs((at % 16) - Math.floor(at / 16)) / 4),
    ),
    after: Float32Array.from({ length: 256 }, (_, at) => (at % 17 === 0 ? 1 : 0.05 * Math.sin(at))),
  }),
  update,
  along: () => Float32Array.from({ length: 41 }, (_, at) => 2.3 + 0.2 * Math.sin(at / 9)),
  change: (algorithm) => {
    const { decorrelated } = ruleInfo(algorithm);
    const [inputs = 0, units = 0] = SIZES;
    const rows = decorrelated ? SIZES.slice(0, -1) : [];
    return Float32Array.from([
      2.31,
      2.2,
      ...waves(2 * units * (1 + inputs)),
      ...rows.flatMap((n) => waves(n)),
    ]);
  },
};

/** Pixels, units and classes of the network in which an update is seen. */
const SIZES = [SIDE * SIDE, 16, CLASSES];

function waves(count: number, size = 0.1): number[] {
  return Array.from({ length: count }, (_, at) => size * Math.sin(at * at));
}

/** In the order of contract/update.ts. */
function update(algorithm: Algorithm): Float32Array<ArrayBuffer> {
  const { noise, decorrelated } = ruleInfo(algorithm);
  const [pixels = 0, ...units] = SIZES;
  const head = [0, 0, 0, 100, 3, 0.01, 1, 1, 0, 9, 1, 0.17, 2.31, noise ? 1 : 0, units.length, pixels];
  return Float32Array.from([
    ...[...head, ...units, ...ring(3), ...(noise ? [0.013] : [])],
    ...units.flatMap((n) => [
      ...Array<number>(n).fill(0),
      ...[1, 1, 0.5, 0.2].flatMap((size) => waves(n, size)),
    ]),
    ...(decorrelated ? SIZES.slice(0, -1).flatMap((n) => waves(n)) : []),
    ...(noise ? units.flatMap((n) => waves(3 * n, 0.01)) : []),
  ]);
}

/** A picture that is no digit. */
function ring(size: number): Uint8Array<ArrayBuffer> {
  const middle = (SIDE - 1) / 2;
  return Uint8Array.from({ length: SIDE * SIDE }, (_, at) => {
    const distance = Math.hypot((at % SIDE) - middle, Math.floor(at / SIDE) - middle);
    return Math.max(0, 255 - 120 * Math.abs(distance - 2 - size / 3));
  });
}

interface Wanted {
  algorithm?: Algorithm;
  seed?: number;
  status?: RunStatus;
  epoch?: number;
  more?: Partial<RunView>;
}

export function run({
  algorithm = "danp",
  seed = 0,
  status = "finished",
  epoch = 10,
  more = {},
}: Wanted): RunView & TableRun {
  return {
    ...{ algorithm, seed, status, epoch, epochs: CONFIG.epochs, steps_per_epoch: STEPS_PER_EPOCH },
    ...{ step: epoch * STEPS_PER_EPOCH, next: epoch * STEPS_PER_EPOCH },
    ended: status === "finished" || status === "diverged" || status === "failed",
    samples_per_second: epoch > 0 ? 123_000 : null,
    history: status === "queued" || status === "loading" ? emptyHistory() : history(algorithm, seed, epoch),
    weights_hash: status === "finished" ? "0123456789abcdef" : null,
    changes: [],
    standing: async () => undefined,
    ask: async <Q extends Question>(question: Q) => ANSWERS[question.about](algorithm) as Answer<Q>,
    ...more,
  };
}

/** What np-update asks of an experiment. */
export const LOOKED_INTO = {
  ...{ phase: "paused", speed: "max", config: CONFIG, ofRuns: CONFIG },
  shape: { rows: SIDE, cols: SIDE, classes: CLASSES },
  classNames: [],
};

export const SEEN = readUpdate(update("danp"), true);
export const CHANGED = readChange(ANSWERS.change("danp"), SEEN, 0, true);

export const ONE_SEED = (["bp", "np", "danp"] as const).map((algorithm) => run({ algorithm }));

export const THREE_SEEDS = [0, 1, 2].flatMap((seed) =>
  (["bp", "np", "danp"] as const).map((algorithm) => run({ algorithm, seed })),
);

const rates = { lr: 0.003, decor_lr: 0.001, noise_std: 0.01 };

/** One that diverged, one whose rate was changed on the way. */
export const EVENTFUL = [
  run({
    algorithm: "np",
    status: "diverged",
    epoch: 4,
    more: { diverged: { epoch: 5, step: 212, layer: 2, quantity: "loss" } },
  }),
  run({ algorithm: "danp", more: { changes: [{ epoch: 3, step: 160, ...rates }] } }),
];

export const EVERY_STATUS = [
  run({ algorithm: "bp", status: "finished" }),
  run({ algorithm: "dbp", status: "running", epoch: 4 }),
  run({ algorithm: "np", status: "paused", epoch: 4 }),
  ...EVENTFUL.slice(0, 1),
  run({
    algorithm: "inp",
    status: "failed",
    epoch: 3,
    more: { error: new AppError("worker", "The worker of INP (seed 0) stopped (out of memory).") },
  }),
  run({ algorithm: "dinp", status: "loading", epoch: 0 }),
  run({ algorithm: "anp", status: "queued", epoch: 0 }),
];

/** Looks into a network that cannot be looked into. */
export const UNANSWERED = run({
  more: {
    standing: async () => undefined,
    ask: () => Promise.reject(new AppError("worker", "The worker of DANP (seed 0) stopped (out of memory).")),
  },
});

export const KEPT: readonly Kept[] = [3, 2, 1].map((day) => ({
  id: `result ${day}`,
  at: Date.UTC(2026, 0, day, 12),
  config: { ...CONFIG, lr: 0.001 * day },
  version: "0.1.0",
  runs: ONE_SEED.map(({ algorithm, seed, history, steps_per_epoch }) => ({
    ...{ algorithm, seed, history, steps_per_epoch, status: "finished", weights_hash: String(day) },
  })),
}));

export const OF_OWN: Kept = {
  ...{ id: "result 0", at: Date.UTC(2026, 0, 4, 12), version: "0.1.0", runs: [] },
  config: { ...CONFIG, dataset: "own" },
  images: { called: "bars.csv", digest: "" },
};

export const PLAN: Plan = {
  ...{ algorithm: "danp", config: CONFIG },
  rows: { of: "lr", values: [0.0005, 0.002, 0.005, 0.02, 0.05] },
  columns: { of: "noise_std", values: [0.001, 0.003, 0.01, 0.03, 0.1] },
};

/** Five by five, of which so many have ended. */
export function trials(ended: number): Trial[] {
  return cellsOf(PLAN.algorithm, PLAN).map((cell, index): Trial => {
    const [row, column] = [Math.floor(index / 5), index % 5];
    const accuracy = 0.9 - 0.05 * (row - 2) ** 2 - 0.01 * (column - 2) ** 2;
    if (index > ended) return { cell, status: "waiting", ...NOTHING_MEASURED };
    const alignment = 90 - 20 * accuracy;
    if (index === ended) return { cell, status: "training", accuracy: accuracy / 2, alignment };
    return { cell, accuracy, alignment, status: index === 24 ? "diverged" : "finished" };
  });
}

/** Three classes of images, a bar at another place in each. */
export const OWN: OwnData = {
  ...{ called: "bars.csv", pictures: false },
  ...{ rows: 8, cols: 12, classes: 3, shards: { train: [], test: [] } },
  names: ["left", "middle", "right"],
  bytes: 300 * 96,
  notes: ["bars.csv: column 1 counts the lines or names the images, and is left out."],
  choices: {},
  guesses: [
    {
      question: "names",
      chosen: false,
      sentence: "bars.csv: the first line is data, as the others are.",
      options: [
        { value: true, words: "holds the names of the columns" },
        { value: false, words: "is data, as the others are" },
      ],
    },
    {
      question: "label",
      chosen: 2,
      sentence: "bars.csv: the label is in column 2.",
      options: [
        { value: 2, words: "column 2" },
        { value: 98, words: "column 98" },
      ],
    },
    {
      question: "scale",
      chosen: [0, 255],
      sentence: "bars.csv: pixels go from 20 to 255, and 0 is black and 255 white.",
      options: [
        { value: [0, 255], words: "0 is black and 255 white" },
        { value: [255, 0], words: "255 is black and 0 white" },
      ],
    },
  ],
  train: { images: 240, counts: Uint32Array.of(100, 100, 40) },
  test: { images: 60, counts: Uint32Array.of(25, 25, 10) },
  examples: [1, 5, 9].map((at) =>
    Uint8Array.from({ length: 4 * 96 }, (_, pixel) => (Math.abs((pixel % 12) - at) < 2 ? 255 : 20)),
  ),
};
