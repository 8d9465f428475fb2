import * as text from "../text/text";
import { type Config, defaults } from "./config";
import { type Axis, type Sides, SWEPT } from "./plan";
import presets from "./presets.json";
import { ruleInfo } from "./rules";
import { toLink } from "./url";

/** A configuration with a point. `reason` claims only what was measured on MNIST: tests/presets.rs runs them all. */
export interface Preset {
  id: string;
  title: string;
  reason: string;
  config: Partial<Config>;
  /** What is otherwise in the runs that it is compared with, and their mark: recorded/beside.json has their curves. */
  beside: text.Beside | undefined;
  /** What it sweeps, if that is its point. */
  sweep: Sides | undefined;
}

interface Written {
  id: string;
  config: Omit<Partial<Config>, "algorithms"> & { algorithms: string[] };
  sweep?: Record<keyof Sides, WrittenAxis>;
}

interface WrittenAxis {
  of: string;
  values: readonly (string | number)[];
}

export const PRESETS: readonly Preset[] = presets.map(({ id, config, sweep }: Written) => {
  const words = text.reasons[id];
  if (!words) throw new Error(`There are no words for the preset "${id}".`);
  return {
    id,
    ...words,
    beside: words.beside,
    config: { ...config, algorithms: config.algorithms.map((name) => ruleInfo(name).name) },
    sweep: sweep && { rows: axisOf(sweep.rows), columns: axisOf(sweep.columns) },
  };
});

function axisOf({ of, values }: WrittenAxis): Axis {
  if (of === "algorithms") return { of, values: values.map((name) => ruleInfo(String(name)).name) };
  const setting = SWEPT.find((name) => name === of);
  if (!setting) throw new Error(`A sweep cannot vary "${of}".`);
  return { of: setting, values: values.map(Number) };
}

/** By the link of the whole configuration: two are the same if their links are. */
const BY_LINK = new Map(PRESETS.map((preset) => [toLink({ ...defaults(), ...preset.config }), preset]));

/** The preset whose settings these are. */
export function presetOf(config: Config): Preset | undefined {
  return BY_LINK.get(toLink(config));
}

/** What an empty link shows: on a phone with one seed. */
export function firstVisit(narrow: boolean): Partial<Config> {
  const id = narrow ? "phone" : "story";
  return PRESETS.find((preset) => preset.id === id)?.config ?? {};
}
