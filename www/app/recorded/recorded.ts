import { type Config, defaults } from "../contract/config";
import { emptyHistory } from "../contract/history";
import { PRESETS } from "../contract/presets";
import { ruleInfo } from "../contract/rules";
import { toLink } from "../contract/url";
import type { Ghost } from "../metrics/curves-of";
import * as text from "../text/text";
import recorded from "./recorded.json";

/** As scripts/record.mjs writes it: runs of the preset's settings with several seeds. */
const { version, commit, preset, runs } = recorded;

/** Whether a configuration is the recorded one, with however many seeds. */
export function isRecorded(config: Config): boolean {
  const original = { ...defaults(), ...PRESETS.find(({ id }) => id === preset)?.config };
  return toLink({ ...config, num_seeds: 1 }) === toLink({ ...original, num_seeds: 1 });
}

export const RUNS = runs.map(({ algorithm, history, ...run }) => ({
  ...run,
  algorithm: ruleInfo(algorithm).name,
  status: "finished",
  changes: [],
  history: { ...emptyHistory(), ...history },
}));

/** The recorded runs, behind the curves that are drawn now. */
export const GHOST: Ghost = {
  id: "recorded",
  mark: "recorded",
  recorded: true,
  epochs: Math.max(...RUNS.map(({ history }) => history.epoch.length - 1)),
  runs: RUNS,
};

export const CAPTION = text.curves.recordedEarlier(
  new Set(runs.map(({ seed }) => seed)).size,
  version,
  commit,
);
