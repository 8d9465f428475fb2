import {
  type Algorithm,
  type Config,
  fieldOf,
  type Override,
  type Rates,
  ratesOf,
  SCHEMA,
} from "../contract/config";
import { usesSetting } from "../contract/rules";

export type RateName = keyof Rates;

/** Rates are kept in single precision, which holds so many digits. */
const DIGITS = 6;
/** Two multipliers that differ by less are one, rounded twice. */
const SAME = 3e-5;

/** Whether one of the chosen rules has this rate for itself. */
export function hasOwn(config: Config, name: keyof Override): boolean {
  return config.algorithms.some((rule) => config.overrides[rule]?.[name] !== undefined);
}

/** The rate of each chosen rule that has a use for it. */
export function ratesByRule(config: Config, name: RateName): [Algorithm, number][] {
  const rules = config.algorithms.filter((rule) => usesSetting(rule, name));
  return rules.map((rule) => [rule, ratesOf(config, rule)[name]]);
}

/** Multipliers that leave every rule inside the range of the rate, in two digits. */
export function factorRange(base: Config, name: RateName): { min: number; max: number } {
  const field = fieldOf(name);
  if (field?.kind !== "number") return { min: 1, max: 1 };
  const rates = allRates(base, name).map(({ rate }) => rate);
  const min = twoDigits(field.min / Math.min(...rates), Math.ceil);
  const max = twoDigits(field.max / Math.max(...rates), Math.floor);
  return { min, max };
}

/** All rates of this name, as `base` has them, the common one too, which the rules have that are chosen later. */
export function multiplied(base: Config, config: Config, name: RateName, factor: number): Partial<Config> {
  const overrides = { ...config.overrides };
  for (const [rule, own] of ownOf(base)) {
    const rate = own[name];
    if (rate !== undefined) overrides[rule] = { ...overrides[rule], [name]: short(rate * factor) };
  }
  return { [name]: short(base[name] * factor), overrides };
}

/** What the rates of `base` have been multiplied with; undefined if they have been changed in another way. */
export function factorOf(base: Config, config: Config, name: RateName): number | undefined {
  const [before, now] = [allRates(base, name), allRates(config, name)];
  const factors = now.map(({ rate }, index) => rate / (before[index]?.rate ?? Number.NaN));
  const [factor = Number.NaN] = factors;
  const same =
    now.length === before.length &&
    now.every(({ of }, index) => of === before[index]?.of) &&
    factors.every((other) => Math.abs(other / factor - 1) < SAME);
  return same ? short(factor) : undefined;
}

/** The common rate, and the own ones, each of its rule, in the order of the schema. */
function allRates(config: Config, name: RateName): { of: Algorithm | "all"; rate: number }[] {
  const own = ownOf(config).flatMap(([of, { [name]: rate }]) => (rate === undefined ? [] : [{ of, rate }]));
  return [{ of: "all", rate: config[name] }, ...own];
}

function ownOf({ overrides }: Config): [Algorithm, Override][] {
  return SCHEMA.algorithms.flatMap(({ name }) => {
    const own = overrides[name];
    return own ? [[name, own]] : [];
  });
}

/** Without the last bits that products and quotients leave behind. */
function short(value: number): number {
  return Number(value.toPrecision(DIGITS));
}

function twoDigits(value: number, round: (value: number) => number): number {
  const exponent = Math.floor(Math.log10(value)) - 1;
  return Number(`${round(short(value / 10 ** exponent))}e${exponent}`);
}
