import type { Config, Given } from "./contract/config";
import { AppError } from "./contract/errors";
import type { Result } from "./contract/result";
import { type Images, ownData } from "./dataset/arrays";
import { Experiment } from "./state/experiment";
import { train as words } from "./text/train";
import { loadEngine, settingsIn, usableHere } from "./worker/engine";

/** What the npm package gives a program: training without a page, in browsers and in Node. */

export type { Algorithm, Change, Config, Override } from "./contract/config";
export type { AppError } from "./contract/errors";
export type { History } from "./contract/history";
export type { Result, RunResult } from "./contract/result";
export type { ImageSet, Images } from "./dataset/arrays";

/** Whom to tell on the way. */
export interface Watch {
  /**
   * The result so far, after every epoch of every run. What it throws, or what a promise of its rejects with, ends the
   * training, which rejects with it; the end waits for all promises. What else it returns is not kept.
   */
  onEpoch?: (result: Result) => unknown;
}

/** Images have no address: nothing is fetched for them. */
const NOWHERE = new URL("about:blank");

/**
 * Trains every rule with every seed that the configuration asks for. `data`: images, or the address of the folder in
 * which the site has MNIST. Rejects with an AppError: what was refused, and the way out.
 */
export async function train(
  config: Partial<Config>,
  data: Images | URL | string,
  { onEpoch }: Watch = {},
): Promise<Result> {
  const engine = await loadEngine();
  if (!data) throw new AppError("files", words.noData);
  const given = isAddress(data) ? folderOf(data) : ownData(data, engine.sha256);
  const isFolder = given instanceof URL;
  const experiment = new Experiment(isFolder ? given : NOWHERE);
  try {
    if (!isFolder) await experiment.useOwn(given);
    await experiment.configure(settings(config, isFolder ? "mnist" : "own"));
    return await ended(experiment, onEpoch);
  } finally {
    experiment.dispose();
  }
}

function isAddress(data: Images | URL | string): data is URL | string {
  return data instanceof URL || typeof data === "string";
}

function folderOf(data: URL | string): URL {
  const [address, base] = [String(data), globalThis.document?.baseURI];
  const folder = URL.canParse(address, base) ? new URL(address, base) : undefined;
  if (!folder?.pathname.endsWith("/")) throw new AppError("files", words.noFolder(address));
  return folder;
}

/** Where the images come from, the data say. */
function settings(config: Partial<Config>, dataset: Config["dataset"]): Given {
  const { usable, replaced } = usableHere(settingsIn(config));
  if (replaced) throw replaced;
  const given = JSON.stringify(usable.dataset ?? dataset);
  if (given === JSON.stringify(dataset)) return { ...usable, dataset };
  const [message, allowed] = [words.dataset(given, dataset), dataset];
  throw new AppError("config", message, [{ field: "dataset", value: given, allowed, message }]);
}

/** A run that fails while others go on says so in the result, as on the page. */
function ended(experiment: Experiment, onEpoch: Watch["onEpoch"]): Promise<Result> {
  return new Promise((resolve, reject) => {
    const told: Promise<unknown>[] = [];
    experiment.addEventListener("epoch", () => {
      const { result } = experiment;
      // An event would take what is thrown past whoever waits for the result.
      const heard = new Promise((hear) => hear(onEpoch?.(result)));
      heard.catch(reject);
      told.push(heard);
    });
    experiment.addEventListener("done", () => {
      const { result } = experiment;
      Promise.all(told).then(() => resolve(result), reject);
    });
    experiment.addEventListener("error", (event) => {
      if (experiment.phase === "failed" && event instanceof CustomEvent) reject(event.detail);
    });
    experiment.play();
  });
}
