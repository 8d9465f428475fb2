import type { Config } from "../contract/config";
import { AppError } from "../contract/errors";
import * as later from "../text/later";

/** A setting that decides how much memory a run takes. */
interface Part {
  field: "hidden_sizes" | "train_size" | "batch_size";
  value(config: Config): number;
  /** What it may be cut to at most. */
  least(config: Config): number;
  /** The same settings with no more of it. */
  cut(config: Config, most: number): Config;
}

/** Fewer images are no training set. */
const FEWEST = 10;

const PARTS: readonly Part[] = [
  {
    field: "hidden_sizes",
    value: ({ hidden_sizes }) => Math.max(1, ...hidden_sizes),
    least: () => 1,
    cut: (config, most) => ({
      ...config,
      hidden_sizes: config.hidden_sizes.map((units) => Math.min(units, most)),
    }),
  },
  {
    field: "train_size",
    value: ({ train_size }) => train_size,
    // Fewer than a batch would be a smaller batch, too.
    least: ({ train_size, batch_size }) => Math.min(train_size, Math.max(FEWEST, batch_size)),
    cut: (config, most) => ({ ...config, train_size: Math.min(config.train_size, Math.max(FEWEST, most)) }),
  },
  {
    field: "batch_size",
    value: ({ batch_size }) => batch_size,
    least: () => 1,
    cut: (config, most) => ({ ...config, batch_size: Math.min(config.batch_size, most) }),
  },
];

/** Where all of them are to be smaller, by how fine a share of each. */
const SHARES = 1000;

/** The refusal of settings whose largest run takes more than `most` bytes; `need` says how many. */
export function tooLarge(config: Config, most: number, need: (config: Config) => number): AppError {
  const left = (part: Part) => need(part.cut(config, part.least(config)));
  const cause = PARTS.reduce((best, part) => (left(part) < left(best) ? part : best));
  const fits = (at: number) => need(cause.cut(config, at)) <= most;
  const alone = greatest(cause.least(config), cause.value(config), fits);
  const ways = alone === undefined ? together(config, most, need) : later.memory.atMost[cause.field](alone);
  const value = JSON.stringify(config[cause.field]);
  const allowed = later.memory.allowed(ways, need(config), most);
  const message = later.memory.refused(cause.field, value, allowed);
  return new AppError("config", message, [{ field: cause.field, value, allowed, message }]);
}

/** The greatest share of all of them that fits, where none alone makes room. */
function together(config: Config, most: number, need: (config: Config) => number): string {
  const shareOf = (part: Part, share: number) =>
    Math.max(1, Math.floor((part.value(config) * share) / SHARES));
  const cut = (share: number) =>
    PARTS.reduce((smaller, part) => part.cut(smaller, shareOf(part, share)), config);
  const share = greatest(1, SHARES, (at) => need(cut(at)) <= most) ?? 1;
  return PARTS.map((part) => later.memory.atMost[part.field](part.value(cut(share)))).join(", ");
}

/** The greatest number that fits, where with each all smaller ones do; undefined if none does. */
function greatest(from: number, to: number, fits: (at: number) => boolean): number | undefined {
  if (!fits(from)) return undefined;
  let [below, above] = [from, to];
  while (below < above) {
    const middle = Math.ceil((below + above) / 2);
    if (fits(middle)) below = middle;
    else above = middle - 1;
  }
  return below;
}
