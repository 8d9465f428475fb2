import { schema } from "./schema";

// What may be set, and which rules there are, is src/config.rs's to say: the build writes it down in schema.ts, and
// every type here follows from that.

type AnyField = (typeof schema.fields)[number];
type AnyAlgorithm = (typeof schema.algorithms)[number];

export type Algorithm = AnyAlgorithm["name"];
type FieldName = AnyField["name"];

/** What the page must be ready for: of what the schema holds its kind; names alone are known one by one. */
type Wide<T> = T extends readonly (infer Item)[]
  ? readonly Wide<Item>[]
  : T extends Algorithm | FieldName
    ? T
    : T extends string
      ? string
      : T extends number
        ? number
        : T extends boolean
          ? boolean
          : T;

type WideRow<Row, Kept> = Row extends unknown
  ? { readonly [Key in keyof Row]: Key extends Kept ? Row[Key] : Wide<Row[Key]> }
  : never;

/** A field of the table in config.rs: its range and its default. */
export type Field = WideRow<AnyField, "kind">;

/** What the rules say of themselves, a plain rule and its decorrelated form each for itself. */
export type AlgorithmInfo = { readonly [Key in keyof AnyAlgorithm]: Wide<AnyAlgorithm[Key]> };

/** What may change while a run goes on. */
export type Rates = Record<Extract<AnyField, { live: true }>["name"], number>;

/** One algorithm's own values, in place of the configuration's. */
export type Override = Partial<Record<Extract<AnyField, { kind: "overrides" }>["fields"][number], number>>;

/** Rates that change in the middle of the runs: those of one algorithm, or of all that have none of their own. */
export interface Change extends Partial<Rates> {
  algorithm?: Algorithm;
  /** Whole epochs before it, and updates besides. */
  epoch: number;
  update: number;
}

interface Values {
  number: number;
  integer: number;
  integer_choice: number;
  integers: number[];
  choice: string;
  algorithms: Algorithm[];
  overrides: Partial<Record<Algorithm, Override>>;
  changes: Change[];
}

/** The keys of configuration files, links and attributes; `Config::check` in Rust alone judges the values. */
export type Config = { [F in AnyField as F["name"]]: Values[F["kind"]] };

/** Settings as somebody gave them, not yet judged. */
export type Given = { readonly [Name in keyof Config]?: unknown };

interface Schema {
  version: string;
  algorithms: readonly AlgorithmInfo[];
  fields: readonly Field[];
  shard_size: number;
}

export const SCHEMA: Schema = schema;

export function fieldOf(name: string): Field | undefined {
  return SCHEMA.fields.find((field) => field.name === name);
}

/** The field as own images allow it, of which there are at most so many. */
export function ownField(field: Field, most: number | undefined): Field {
  if (!("own" in field)) return field;
  const [min = field.min, max] = field.own;
  return { ...field, min, max: most ?? max ?? field.max };
}

/** Whether it may change while a run goes on. */
export function isRate(name: string): name is keyof Rates {
  return fieldOf(name)?.live === true;
}

export function defaults(): Config {
  const entries = SCHEMA.fields.map((field) => [field.name, structuredClone(field.default)]);
  return Object.fromEntries(entries) as Config;
}

/**
 * Whether it has the settings of this version, and no rule that this one does not know: another build at the same origin,
 * whose databases are the same, may have stored others.
 */
export function isOurs(config: unknown): config is Config {
  const given = (config ?? {}) as Record<string, unknown>;
  const isAlike = ([name, usual]: [string, unknown]) => {
    const value = given[name];
    return value !== null && typeof value === typeof usual && Array.isArray(value) === Array.isArray(usual);
  };
  if (!Object.entries(defaults()).every(isAlike)) return false;
  const { algorithms, overrides, changes } = given as unknown as Config;
  const named = changes.flatMap(({ algorithm }) => algorithm ?? []);
  return [...algorithms, ...Object.keys(overrides), ...named].every(isRule);
}

export function isRule(name: unknown): name is Algorithm {
  return SCHEMA.algorithms.some((algorithm) => algorithm.name === name);
}

/** The chosen rules and one more, or one less, in the order of the schema, whatever the order of the choices. */
export function withRule(chosen: readonly Algorithm[], rule: Algorithm, on: boolean): Algorithm[] {
  const names = SCHEMA.algorithms.map(({ name }) => name);
  return names.filter((name) => (name === rule ? on : chosen.includes(name)));
}

/** The rates that one algorithm really trains with: its own ones win, as in Rust's `for_run`. */
export function ratesOf(config: Config, algorithm: Algorithm): Rates {
  const own = config.overrides[algorithm] ?? {};
  return {
    lr: own.lr ?? config.lr,
    decor_lr: own.decor_lr ?? config.decor_lr,
    noise_std: own.noise_std ?? config.noise_std,
  };
}

/** Settings that say which runs there are, and for how long, not what a run does. */
const EXTENT: ReadonlySet<string> = new Set(["algorithms", "seed", "num_seeds", "epochs"]);

/** Whether any change of it starts every run again: with another seed, too, there are other runs. */
export function startsAgain(name: keyof Config): boolean {
  return !isRate(name) && name !== "overrides" && (!EXTENT.has(name) || name === "seed");
}

/** As text, all that a run of this algorithm depends on from its first update to its last, but for its seed. */
export function fixedPart(config: Config, algorithm: Algorithm): string {
  const fixed = (values: object) =>
    Object.entries(values)
      .filter(([key]) => !EXTENT.has(key) && !fieldOf(key)?.live && key !== "overrides" && key !== "changes")
      .sort();
  return JSON.stringify([fixed(config), fixed(config.overrides[algorithm] ?? {})]);
}

export function sameRates(a: Rates, b: Rates): boolean {
  return a.lr === b.lr && a.decor_lr === b.decor_lr && a.noise_std === b.noise_std;
}
