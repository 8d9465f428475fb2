import { ruleLabel } from "../contract/rules";
import * as text from "../text/learn";
import { correlation, type Point, type Sight, type Track, type WeightsSight } from "./sight";

/** What is seen of a lesson, in words and numbers. */
export function wordsOf(sight: Sight): string {
  switch (sight.kind) {
    case "weights":
      return weightsWords(sight);
    case "update":
      return text.stages[sight.updates]?.(sight.loss.toFixed(3), sight.change) ?? "";
    case "along": {
      const { noiseStd, share } = sight.measured.at(-1) ?? { noiseStd: 0, share: 0 };
      return text.said.along(String(noiseStd), share);
    }
    case "angle": {
      const { draws, degrees } = sight.angles.at(-1) ?? { draws: 0, degrees: 0 };
      return text.said.angle(draws, Math.round(degrees));
    }
  }
}

function weightsWords({ updates, tracks, ground }: WeightsSight): string {
  const [first, second] = tracks;
  if (!first || updates === 0) return text.said.start;
  const loss = (track: Track | undefined) => lossWords(track?.losses.at(-1) ?? Number.NaN);
  if (!second) {
    const change = (first.throws.at(-1)?.loss ?? Number.NaN) - (first.losses.at(-2) ?? Number.NaN);
    return text.said.noise(updates, change, loss(first));
  }
  if (ground.edges.length > 0) {
    const samples = ground.edges.length;
    const [bp = "", np = ""] = tracks.map(({ losses }) => String(wrong(losses.at(-1), samples)));
    return text.said.threshold(updates, bp, np, samples);
  }
  const [before = "", after = ""] = tracks.map(({ inputs }) => correlation(inputs).toFixed(2));
  return text.said.pixels(updates, loss(first), loss(second), before, unsigned(after));
}

export function landscapeWords(tracks: readonly Track[]): string {
  const place = ([x, y]: Point) => `(${x.toFixed(1)}, ${y.toFixed(1)})`;
  const one = ({ rule, path }: Track) =>
    text.described.track(ruleLabel(rule), place(path[0] ?? [0, 0]), place(path.at(-1) ?? [0, 0]));
  return text.described.landscape(tracks.map(one).join(" "));
}

export function lossesWords(tracks: readonly Track[]): string {
  const one = ({ rule, losses }: Track) =>
    text.described.losses(ruleLabel(rule), lossWords(losses[0] ?? 0), lossWords(losses.at(-1) ?? 0));
  return text.described.loss(tracks.map(one).join(" "));
}

export function cloudWords(inputs: readonly Point[]): string {
  return text.described.cloud(unsigned(correlation(inputs).toFixed(2)));
}

/** Of answers that are right or wrong, by a unit of 1 each. */
export function wrong(loss: number | undefined, samples: number): number {
  return Math.round((loss ?? Number.NaN) * samples);
}

function lossWords(loss: number): string {
  return loss < 1000 ? loss.toFixed(3) : loss.toExponential(0).replace("e+", "e");
}

/** No "-0.00". */
function unsigned(number: string): string {
  return Number(number) === 0 ? number.replace("-", "") : number;
}
