import * as text from "../text/text";
import { type Config, defaults } from "./config";
import presets from "./presets.json";
import { ruleInfo } from "./rules";
import { toLink } from "./url";

/** A configuration with a point. `reason` claims only what was measured on MNIST: tests/presets.rs runs them all. */
export interface Preset {
  id: string;
  title: string;
  reason: string;
  config: Partial<Config>;
}

export const PRESETS: readonly Preset[] = presets.map(({ id, config }) => {
  const words = text.reasons[id];
  if (!words) throw new Error(`There are no words for the preset "${id}".`);
  return {
    id,
    ...words,
    config: { ...config, algorithms: config.algorithms.map((name) => ruleInfo(name).name) },
  };
});

/** The preset whose settings these are: two configurations are the same if their links are. */
export function presetOf(config: Config): Preset | undefined {
  const link = toLink(config);
  return PRESETS.find((preset) => toLink({ ...defaults(), ...preset.config }) === link);
}

/** What an empty link shows: on a phone with one seed. */
export function firstVisit(narrow: boolean): Partial<Config> {
  const id = narrow ? "phone" : "story";
  return PRESETS.find((preset) => preset.id === id)?.config ?? {};
}
