import type { Config, Given } from "./config";
import { AppError, type Problem } from "./errors";

/** Settings that were given, without those that cannot be used. */
export interface Taken {
  config: Config;
  /** What of the given settings is in it. */
  good: Given;
  problems: readonly Problem[];
  /** The first refusal, if there was one. */
  refused?: AppError;
}

/** As many of the given settings as `check` allows together. */
export function takeGood(given: Given, check: (given: Given) => Config): Taken {
  const problems: Problem[] = [];
  let left = given;
  let refused: AppError | undefined;
  for (;;) {
    try {
      return { config: check(left), good: left, problems, ...(refused && { refused }) };
    } catch (thrown) {
      const found = thrown instanceof AppError && thrown.kind === "settings" ? thrown.problems : [];
      const fewer: Given = found.reduce((rest: object, { field }) => without(rest, field.split(".")), left);
      // What is wrong with none of them is no matter of settings.
      if (JSON.stringify(fewer) === JSON.stringify(left)) throw thrown;
      problems.push(...found);
      if (thrown instanceof AppError) refused ??= thrown;
      left = fewer;
    }
  }
}

/** Without the setting that lies at the end of this path, such as overrides.np.lr; a list goes as a whole. */
function without(given: object, [name = "", ...deeper]: readonly string[]): object {
  const entries = Object.entries(given).flatMap(([key, value]: [string, unknown]) => {
    if (key !== name) return [[key, value]];
    const opens = deeper.length > 0 && typeof value === "object" && value !== null && !Array.isArray(value);
    return opens ? [[key, without(value, deeper)]] : [];
  });
  return Object.fromEntries(entries);
}
