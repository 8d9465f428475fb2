import * as v from "valibot";
import { type Algorithm, type Config, type Given, SCHEMA } from "../contract/config";
import { AppError } from "../contract/errors";
import { emptyHistory, type History } from "../contract/history";
import type { Result, RunResult } from "../contract/result";
import { takeGood } from "../contract/taken";
import { refused, share } from "../text/share";
import { METRICS, type Metric, PER_SEED } from "./authors";

/** Files by their paths, as a folder or a zip holds them. */
export type Folder = Readonly<Record<string, string>>;

/** Each experiment has this file in a folder of its own. */
const MARK = /(?:^|\/)(?<name>[^/]+)\/test_acc_mean\.txt$/;

/** Whether files with these paths are results in the layout of the authors' program. */
export function areAuthors(paths: readonly string[]): boolean {
  return paths.some((path) => MARK.test(path));
}

/** The rule, the settings and the runs of one experiment. */
interface Experiment {
  algorithm: Algorithm;
  settings: Record<string, unknown>;
  runs: RunResult[];
}

/** Their program always trains on all of MNIST, and does not say so in its files. */
const ALL_IMAGES: Given = { train_size: 60_000, test_size: 10_000 };

/** The experiments in the files of `name` as one result, as far as the page has the same settings. */
export function readAuthors(name: string, files: Folder, check: (given: Given) => Config): Result {
  const experiments = Object.keys(files).flatMap((path) => {
    const folder = MARK.exec(path)?.groups?.name;
    return folder ? [readExperiment(folder, path.slice(0, path.lastIndexOf("/") + 1), files)] : [];
  });
  const runs = experiments.flatMap((experiment) => experiment.runs);
  const epochs = Math.max(1, ...runs.map(({ history }) => history.epoch.length - 1));
  const [first] = experiments;
  if (!first) throw new AppError("files", refused.empty(name));
  const { config } = takeGood({ ...ALL_IMAGES, ...first.settings, ...sharedBy(experiments), epochs }, check);
  return { config, version: share.authors, runs };
}

function readExperiment(folder: string, path: string, files: Folder): Experiment {
  const settings = settingsOf(files[`${path}${folder}.json`]);
  const algorithm = SCHEMA.algorithms.find(
    ({ name }) => name === (settings.algorithm ?? ruleIn(folder)),
  )?.name;
  if (!algorithm) throw new AppError("files", refused.noRule(folder));
  const { dataset = "mnist" } = settings;
  if (dataset !== "mnist") throw new AppError("files", refused.otherImages(folder, String(dataset)));
  const seed = typeof settings.seed === "number" ? settings.seed : 0;
  const mean = (): Seed => ({ seed, history: means(folder, path, files) });
  const seeds = perSeed(folder, files[path + PER_SEED]) ?? [mean()];
  const runs = seeds.map(({ seed, status, history }) => runOf(algorithm, seed, history, status));
  return { algorithm, settings, runs };
}

/** The longest rule's name that a folder is called by: mnist_danp. */
function ruleIn(folder: string): string | undefined {
  const names = SCHEMA.algorithms
    .map(({ name }) => name)
    .filter((name) => folder.toLowerCase().endsWith(`_${name}`));
  return names.toSorted((a, b) => b.length - a.length)[0];
}

function settingsOf(text: string | undefined): Record<string, unknown> {
  const read = v.safeParse(v.record(v.string(), v.unknown()), parsed(text ?? "{}"));
  return read.success ? read.output : {};
}

/** Python writes what does not exist as NaN, which no JSON has. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replaceAll(/\bNaN\b/g, "null"));
  } catch {
    return undefined;
  }
}

type Curves = Record<Metric, (number | null)[]>;

type Status = RunResult["status"];
const STATUSES = ["queued", "running", "finished", "diverged", "failed"] as const satisfies readonly Status[];

const list = v.array(v.nullable(v.number()));
const seeds = v.array(
  v.object({
    seed: v.number(),
    status: v.optional(v.picklist(STATUSES), "finished"),
    history: v.object({ train_loss: list, train_acc: list, test_loss: list, test_acc: list }),
  }),
);

interface Seed {
  seed: number;
  status?: Status;
  history: Curves;
}

function perSeed(folder: string, text: string | undefined): Seed[] | undefined {
  if (text === undefined) return undefined;
  const read = v.safeParse(seeds, parsed(text));
  if (!read.success) throw new AppError("files", refused.noNumbers(`${folder}/${PER_SEED}`));
  return read.output;
}

/** Of runs whose seeds are not there one by one: their mean. */
function means(folder: string, path: string, files: Folder): Curves {
  const of = (metric: Metric) => column(`${folder}/${metric}_mean.txt`, files[`${path}${metric}_mean.txt`]);
  return {
    train_loss: of("train_loss"),
    train_acc: of("train_acc"),
    test_loss: of("test_loss"),
    test_acc: of("test_acc"),
  };
}

function column(name: string, text: string | undefined): (number | null)[] {
  return (text ?? "")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => {
      if (/^\s*[-+]?(nan|inf)\s*$/i.test(line)) return null;
      const value = Number(line);
      if (Number.isNaN(value)) throw new AppError("files", refused.noNumbers(name));
      return value;
    });
}

/** Costs and angles were not measured: the charts of those have no curve of it. */
function runOf(algorithm: Algorithm, seed: number, curves: Curves, status: Status = "finished"): RunResult {
  const length = Math.max(...METRICS.map((metric) => curves[metric].length));
  const epoch = Array.from({ length }, (_, index) => index);
  const history: History = { ...emptyHistory(), epoch, ...curves };
  return { algorithm, seed, status, history, weights_hash: null };
}

/** What each rule may have for itself. */
const OWN: ReadonlySet<string> = new Set(
  SCHEMA.fields.flatMap((field) => (field.kind === "overrides" ? field.fields : [])),
);

/** The rules, what they have for themselves where it differs, and the changes on the way. */
function sharedBy(experiments: readonly Experiment[]): Given {
  const [first] = experiments;
  const overrides = experiments.flatMap(({ algorithm, settings }) => {
    const other = Object.entries(settings).filter(
      ([name, value]) => OWN.has(name) && value !== first?.settings[name],
    );
    return other.length > 0 ? [[algorithm, Object.fromEntries(other)] as const] : [];
  });
  const changes = experiments.flatMap(({ settings }) =>
    Array.isArray(settings.changes) ? settings.changes : [],
  );
  return {
    algorithms: [...new Set(experiments.map(({ algorithm }) => algorithm))],
    ...(overrides.length > 0 && { overrides: Object.fromEntries(overrides) }),
    // Those of all rules stand with each of them.
    changes: [...new Map(changes.map((change: unknown) => [JSON.stringify(change), change])).values()],
  };
}
