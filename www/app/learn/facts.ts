import { defaults, type Given } from "../contract/config";
import { PRESETS } from "../contract/presets";
import { BESIDE } from "../recorded/beside";
import { RUNS } from "../recorded/recorded";
import type { Engines } from "./begin";
import { LESSONS } from "./lessons";
import { endOf } from "./recorded";
import { correlation, type Point, type WeightsSight } from "./sight";
import { wrong } from "./words";

/** The numbers in the article's text, each as it stands there: scripts/article.mjs writes them to facts.json. */
export type Facts = Record<string, string>;

/** Trains a network to its end: the share of test images that it then has right, none if it diverged. */
export type Train = (config: Given, algorithm: string) => number | undefined;

export function factsOf(engines: Engines, train: Train): Facts {
  return {
    ...ofSizes(),
    ...ofNoise(engines),
    ...ofAngles(engines),
    ...ofPixels(engines),
    ...ofThreshold(engines),
    ...ofRace(),
    ...ofRuns(train),
  };
}

function ofRuns(train: Train): Facts {
  const end = (preset: string, algorithm: string) => train(configOf(preset), algorithm);
  return {
    thresholdBp: percent(end("hard-thresholds", "bp")),
    thresholdDanp: percent(end("hard-thresholds", "danp")),
    largeNoise: percent(end("too-much-noise", "np")),
    largeRateDnp: percent(end("why-decorrelate", "dnp")),
    largeRateNp: end("why-decorrelate", "np") === undefined ? "diverges" : "does not diverge",
  };
}

function ofSizes(): Facts {
  const { image_size = 0, hidden_sizes = [] } = configOf("story");
  const sizes = [image_size ** 2, ...hidden_sizes, 10];
  const units = sizes.slice(1);
  const weights = units.reduce((sum, unit, index) => sum + unit * (sizes[index] ?? 0), 0);
  return { weights: whole(weights), units: whole(units.reduce((sum, unit) => sum + unit)) };
}

function ofNoise(engines: Engines): Facts {
  const [track] = weightsAt("noise", engines).tracks;
  const { throws = [], losses = [] } = track ?? {};
  const worse = throws.filter(({ loss }, index) => loss > (losses[index] ?? 0)).length;
  const angles = throws.map(({ step, exact }) => angle(step, exact));
  const mean = angles.reduce((sum, angle) => sum + angle, 0) / angles.length;
  return {
    throws: whole(throws.length),
    throwsWorse: whole(worse),
    throwAngle: degrees(mean),
    throwLossFrom: (losses[0] ?? Number.NaN).toFixed(2),
    throwLossTo: (losses.at(-1) ?? Number.NaN).toFixed(2),
  };
}

/** How far an estimate is from the gradient, by the passes that it averages. */
function ofAngles(engines: Engines): Facts {
  const sight = endOf("angle", engines);
  const angles = sight.kind === "angle" ? sight.angles : [];
  const at = (draws: number) => degrees(angles.find((angle) => angle.draws === draws)?.degrees ?? Number.NaN);
  return { angle1: at(1), angle4: at(4), angle16: at(16), angle64: at(64), angle256: at(256) };
}

/** Two weights at the end of their lesson. */
function weightsAt(lesson: "noise" | "pixels" | "threshold", engines: Engines): WeightsSight {
  const sight = endOf(lesson, engines);
  if (sight.kind !== "weights") throw new Error(`The lesson ${lesson} is not about two weights.`);
  return sight;
}

function ofPixels(engines: Engines): Facts {
  const { tracks, updates } = weightsAt("pixels", engines);
  const [plain, decorrelated] = tracks;
  const loss = (losses: readonly number[] = []) => (losses.at(-1) ?? Number.NaN).toFixed(3);
  const most = Math.max(...(LESSONS.pixels.rate?.values ?? []));
  return {
    pixelUpdates: whole(updates),
    pixelBefore: correlation(plain?.inputs ?? []).toFixed(2),
    pixelAfter: Math.abs(correlation(decorrelated?.inputs ?? [])).toFixed(2),
    pixelNp: loss(plain?.losses),
    pixelDnp: loss(decorrelated?.losses),
    pixelMost: String(most),
  };
}

function ofThreshold(engines: Engines): Facts {
  const { tracks, updates } = weightsAt("threshold", engines);
  const [bp, np] = tracks;
  const samples = bp?.inputs.length ?? 0;
  const answers = (loss: number | undefined) => whole(wrong(loss, samples));
  return {
    thresholdSamples: whole(samples),
    thresholdUpdates: whole(updates),
    thresholdStart: answers(bp?.losses[0]),
    thresholdStill: answers(bp?.losses.at(-1)),
    thresholdEnd: answers(np?.losses.at(-1)),
  };
}

function ofRace(): Facts {
  const ends = (runs: typeof RUNS, algorithm: string) => {
    const own = runs.filter((run) => run.algorithm === algorithm);
    return own.reduce((sum, { history }) => sum + (history.test_acc.at(-1) ?? 0), 0) / own.length;
  };
  const race = (algorithm: string) => percent(ends(RUNS, algorithm));
  const gap = ends(RUNS, "bp") - ends(RUNS, "danp");
  const beside = (preset: string, algorithm: string) =>
    percent(ends([...(BESIDE.get(preset)?.ghost.runs ?? [])], algorithm));
  return {
    raceBp: race("bp"),
    raceNp: race("np"),
    raceAnp: race("anp"),
    raceDanp: race("danp"),
    raceGap: whole(Math.ceil(100 * gap)),
    raceEpochs: whole(configOf("story").epochs ?? 0),
    smallNoise: beside("too-much-noise", "np"),
    smallRateNp: beside("why-decorrelate", "np"),
    smallRateDnp: beside("why-decorrelate", "dnp"),
  };
}

function configOf(id: string) {
  return { ...defaults(), ...PRESETS.find((preset) => preset.id === id)?.config };
}

function angle([x, y]: Point, [u, v]: Point): number {
  return (Math.acos((x * u + y * v) / (Math.hypot(x, y) * Math.hypot(u, v))) * 180) / Math.PI;
}

function percent(share: number | undefined): string {
  return share === undefined ? "nothing" : `${Math.round(100 * share)}%`;
}

function degrees(angle: number): string {
  return `${Math.round(angle)}°`;
}

function whole(value: number): string {
  return value.toLocaleString("en");
}
