import * as text from "../text/text";
import { type Config, defaults } from "./config";
import presets from "./presets.json";
import { toLink } from "./url";

/** A configuration with a point. `reason` claims only what was measured on MNIST: tests/presets.rs runs them all. */
export interface Preset {
  id: PresetId;
  title: string;
  reason: string;
  config: Partial<Config>;
}

type PresetId = keyof typeof text.reasons;

/** The JSON's inferred type is wider: its numbers and words are checked by the engine. */
const CONFIGS = presets as unknown as readonly Pick<Preset, "id" | "config">[];

export const PRESETS: readonly Preset[] = CONFIGS.map((preset) => ({
  ...preset,
  ...text.reasons[preset.id],
}));

/** The preset whose settings these are: two configurations are the same if their links are. */
export function presetOf(config: Config): Preset | undefined {
  const link = toLink(config);
  return PRESETS.find((preset) => toLink({ ...defaults(), ...preset.config }) === link);
}

/** What an empty link shows: on a phone with one seed. */
export function firstVisit(narrow: boolean): Partial<Config> {
  const id: PresetId = narrow ? "phone" : "story";
  return PRESETS.find((preset) => preset.id === id)?.config ?? {};
}
