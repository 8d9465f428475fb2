import { type Config, defaults } from "../contract/config";
import { PRESETS } from "../contract/presets";
import { toLink } from "../contract/url";
import type { Ghost } from "../metrics/curves-of";
import recorded from "./recorded.json";
import { captionOf, chartRunsOf, epochsOf } from "./recordings";

/** As scripts/record.mjs writes it: runs of the preset's settings with several seeds. */
const { version, commit, preset, runs } = recorded;

const LINK = linkOfRules({ ...defaults(), ...PRESETS.find(({ id }) => id === preset)?.config });

/** Whether a configuration is the recorded one, with however many seeds. */
export function isRecorded(config: Config): boolean {
  return linkOfRules(config) === LINK;
}

function linkOfRules(config: Config): string {
  return toLink({ ...config, num_seeds: 1 });
}

export const RUNS = chartRunsOf(runs);

/** The recorded runs, behind the curves that are drawn now. */
export const GHOST: Ghost = {
  id: "recorded",
  mark: "recorded",
  recorded: true,
  epochs: epochsOf(RUNS),
  runs: RUNS,
};

export const CAPTION = captionOf(RUNS, version, commit);
