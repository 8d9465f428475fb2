import schema from "./schema.json";

export type Algorithm = "bp" | "dbp" | "np" | "dnp" | "inp" | "dinp" | "anp" | "danp";

/** What may change while a run goes on. */
export interface Rates {
  lr: number;
  decor_lr: number;
  noise_std: number;
}

/** One algorithm's own values, in place of the configuration's. */
export type Override = Partial<Rates & { num_noise_iters: number }>;

/** The keys of configuration files, links and attributes; `Config::check` in Rust alone judges the values. */
export interface Config extends Rates {
  dataset: string;
  train_size: number;
  test_size: number;
  image_size: number;
  hidden_sizes: number[];
  activation: string;
  output: string;
  loss: string;
  algorithms: Algorithm[];
  optimizer: string;
  num_noise_iters: number;
  noise: string;
  baseline: string;
  kappa: number;
  batch_size: number;
  epochs: number;
  seed: number;
  num_seeds: number;
  arithmetic: string;
  overrides: Partial<Record<Algorithm, Override>>;
}

interface Named {
  name: keyof Config;
  /** Whether it may change while a run goes on. */
  live: boolean;
}

/** A field of the table in config.rs: its range and its default. */
export type Field = Named &
  (
    | { kind: "number"; min: number; max: number; log: boolean; default: number }
    | { kind: "integer"; min: number; max: number; default: number }
    | {
        kind: "integers";
        min: number;
        max: number;
        max_items: number;
        default: number[];
      }
    | { kind: "choice"; choices: string[]; default: string }
    | { kind: "integer_choice"; choices: number[]; default: number }
    | { kind: "algorithms"; default: Algorithm[] }
    | { kind: "overrides"; fields: (keyof Override)[]; default: Config["overrides"] }
  );

export interface AlgorithmInfo {
  name: Algorithm;
  title: string;
  decorrelated: boolean;
  rule: "bp" | "np" | "inp" | "anp";
  noise: boolean;
  noisy_baseline: boolean;
}

export interface Schema {
  version: string;
  algorithms: AlgorithmInfo[];
  fields: Field[];
  shard_size: number;
}

/** What config.rs says, written by the build (the JSON's inferred type is wider than the union above). */
export const SCHEMA = schema as unknown as Schema;

export function fieldOf(name: string): Field | undefined {
  return SCHEMA.fields.find((field) => field.name === name);
}

export function defaults(): Config {
  const entries = SCHEMA.fields.map((field) => [field.name, structuredClone(field.default)]);
  return Object.fromEntries(entries) as Config;
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

/** Whether runs that are under way can follow from one configuration to the other. */
export function isLiveChange(before: Config, after: Config): boolean {
  return fixedPart(before) === fixedPart(after);
}

/** As text, everything that must not change during a run. */
function fixedPart(config: Config): string {
  const fixed = (values: object) =>
    Object.entries(values)
      .filter(([key]) => key !== "overrides" && !fieldOf(key)?.live)
      .sort();
  const own = SCHEMA.algorithms.map(({ name }) => fixed(config.overrides[name] ?? {}));
  return JSON.stringify([fixed(config), own]);
}
