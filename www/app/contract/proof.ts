import type { Algorithm } from "./config";
import type { History } from "./history";
import type { Result, RunResult } from "./result";

/**
 * What the runs of a link led to, short enough for the link: of each run, in the order of its settings, the hash of
 * its weights at the end, and a few digits of what was measured after every so many epochs. Weights that differ are
 * measured otherwise, so these digits tell where two runs have parted.
 */
export interface Proof {
  /** Epochs from one digest to the next. */
  every: number;
  runs: readonly { hash: string; digests: readonly string[] }[];
}

/** The first place at which two trainings of the same settings differ: after `from` epochs, and by `to` at the latest. */
export interface Difference {
  algorithm: Algorithm;
  seed: number;
  from: number;
  to: number;
}

/** Hexadecimal digits of a digest: one in 4096 differences shows an epoch later. */
const DIGITS = 3;
const FORM = new RegExp(String.raw`^[1-9]\d{0,3}(\.[\da-f]{16}([\da-f]{${DIGITS}})*)+$`);

/** With as many digests as there is room for, in characters; undefined where not even the hashes have room. */
export function proofOf({ config, runs }: Result, room: number): string | undefined {
  const hashes = runs.map((run) => run.weights_hash);
  if (!hashes.every((hash) => hash !== null)) return undefined;
  for (let every = 1; every <= 2 * config.epochs; every *= 2) {
    const text = [
      every,
      ...runs.map((run) => `${run.weights_hash}${digests(run.history, every).join("")}`),
    ].join(".");
    if (text.length <= room) return text;
  }
  return undefined;
}

/** Undefined where it has not the form of a proof. */
export function readProof(text: string): Proof | undefined {
  if (!FORM.test(text)) return undefined;
  const [every = "", ...runs] = text.split(".");
  const pieces = new RegExp(`.{${DIGITS}}`, "g");
  return {
    every: Number(every),
    runs: runs.map((run) => ({ hash: run.slice(0, 16), digests: run.slice(16).match(pieces) ?? [] })),
  };
}

/** Where a result first is another than the proof says; undefined where all weights are the same, to the last bit. */
export function difference(proof: Proof, { runs }: Result): Difference | undefined {
  const all = runs.flatMap((run, index) => differenceOf(proof, index, run) ?? []);
  return all.toSorted((a, b) => a.to - b.to)[0];
}

function differenceOf({ every, runs }: Proof, index: number, run: RunResult): Difference | undefined {
  const said = runs[index];
  if (said && said.hash === run.weights_hash) return undefined;
  const here = digests(run.history, every);
  const parted = here.findIndex((digest, at) => digest !== said?.digests[at]);
  const shared = parted < 0 ? here.length : parted;
  const last = run.history.epoch.at(-1) ?? 0;
  const { algorithm, seed } = run;
  return { algorithm, seed, from: shared * every, to: Math.min((shared + 1) * every, last) };
}

function digests(history: History, every: number): string[] {
  return history.epoch.flatMap((epoch, row) =>
    epoch > 0 && epoch % every === 0 ? [digest(history, row)] : [],
  );
}

/** Of everything that is measured but the time: FNV-1a over the bytes of the numbers. */
function digest(history: History, row: number): string {
  const angle = history.alignment_deg[row];
  const numbers = Float64Array.from(
    [
      ...[history.train_loss[row], history.train_acc[row], history.test_loss[row], history.test_acc[row]],
      ...[angle?.network, ...(angle?.layers ?? [])],
      ...(history.decorrelation_loss[row] ?? []),
    ],
    (value) => value ?? -1,
  );
  let hash = 0x811c9dc5;
  for (const byte of new Uint8Array(numbers.buffer)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return ((hash ^ (hash >>> 12) ^ (hash >>> 24)) & 0xfff).toString(16).padStart(DIGITS, "0");
}
