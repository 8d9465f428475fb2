import {
  type Algorithm,
  type Change,
  type Config,
  fieldOf,
  isRate,
  type Override,
  type Rates,
} from "../contract/config";
import { AppError } from "../contract/errors";
import { readValue } from "../contract/field-text";
import { type Axis, type Cell, SWEPT } from "../contract/plan";
import { RULES, ruleCalled, ruleInfo, ruleLabel, usesSetting } from "../contract/rules";
import * as later from "../text/later";

export type Dimension = Axis["of"];

/** What may vary along a side. */
export const DIMENSIONS: readonly Dimension[] = ["algorithms", ...SWEPT];

/** The rules for which each of these settings means something. */
export function rulesFor(dimensions: readonly Dimension[]): Algorithm[] {
  return RULES.filter((name) => dimensions.every((of) => usesSetting(name, of)));
}

/** The rule that is swept until another is chosen: the paper's last. */
export function firstOf(rules: readonly Algorithm[]): Algorithm | undefined {
  return rules.findLast((name) => ruleInfo(name).paper) ?? rules[0];
}

/** What is worth a try along a side, for one rule. */
export function suggested(of: Dimension, config: Config, algorithm: Algorithm): Axis {
  switch (of) {
    case "algorithms":
      return { of, values: config.algorithms };
    case "num_noise_iters":
      return { of, values: [1, 4, 16, 64] };
    case "hidden_sizes":
      return { of, values: [16, 64, 256] };
    default:
      return { of, values: around(usedBy(config, algorithm, of)) };
  }
}

/** Half a decade up and down, and a whole one, to one digit: what is worth a try around a rate. */
export function around(rate: number): number[] {
  return [-1, -0.5, 0, 0.5, 1].map((power) =>
    power === 0 ? rate : Number((rate * 10 ** power).toPrecision(1)),
  );
}

/** A side as it stands in its box. */
export function typedOf(axis: Axis): string {
  return headsOf(axis).join(", ");
}

/** What stands at the head of each row or column. */
export function headsOf(axis: Axis): string[] {
  return axis.of === "algorithms" ? axis.values.map(ruleLabel) : axis.values.map(String);
}

/** Where each row or column stands, in words: rate 0.01. */
export function placesOf(axis: Axis): string[] {
  return headsOf(axis).map(later.sweep.sides[axis.of].at);
}

/**
 * What was typed for a side, numbers ascending, and what is given twice once. A number that is none goes to the check
 * in Rust as it is, to be named there; a rule that there is not is thrown as a sentence.
 */
export function readAxis(of: Dimension, typed: string): Axis {
  const words = typed
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
  if (of === "algorithms") return { of, values: unique(words.map(ruleNamed)) };
  const field = fieldOf(of);
  const values = field ? words.flatMap((word) => readValue(field, word).value as number) : [];
  return { of, values: unique(values).sort((a, b) => a - b) };
}

function ruleNamed(word: string): Algorithm {
  const name = ruleCalled(word);
  if (!name) throw new AppError("config", later.sweep.noRule(word, RULES.map(ruleLabel).join(", ")));
  return name;
}

function unique<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)];
}

/** Whether the rule would train just as the cell says. */
export function isSet(config: Config, { algorithm, hidden_sizes: width, ...own }: Cell): boolean {
  const itsOwn = config.overrides[algorithm];
  // One for all rules does not reach a rate that a rule has for itself.
  const reaches = (change: Change, of: keyof Rates) =>
    change.algorithm ? change.algorithm === algorithm : itsOwn?.[of] === undefined;
  return (
    config.algorithms.includes(algorithm) &&
    // A cell has what varies from its first update to its last.
    !config.changes.some((change) =>
      SWEPT.some(
        (of) => isRate(of) && own[of] !== undefined && change[of] !== undefined && reaches(change, of),
      ),
    ) &&
    config.hidden_sizes.every((units) => width === undefined || units === width) &&
    SWEPT.every(
      (of) => of === "hidden_sizes" || own[of] === undefined || own[of] === usedBy(config, algorithm, of),
    )
  );
}

/** What the rule trains with: its own value wins. */
function usedBy(config: Config, algorithm: Algorithm, of: keyof Override): number {
  return config.overrides[algorithm]?.[of] ?? config[of];
}
