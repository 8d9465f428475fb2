import { emptyHistory, type History } from "../contract/history";
import { ruleInfo } from "../contract/rules";
import type { ChartRun } from "../metrics/curves-of";
import * as text from "../text/text";

/** A run as scripts/record.mjs writes it; what a picture lacks is left out. */
export interface RecordedRun {
  algorithm: string;
  seed: number;
  status: string;
  steps_per_epoch: number;
  history: Partial<History>;
}

export function chartRunsOf(runs: readonly RecordedRun[]): ChartRun[] {
  return runs.map(({ algorithm, history, ...run }) => ({
    ...run,
    algorithm: ruleInfo(algorithm).name,
    changes: [],
    history: { ...emptyHistory(), ...history },
  }));
}

export function epochsOf(runs: readonly ChartRun[]): number {
  return Math.max(...runs.map(({ history }) => history.epoch.length - 1));
}

/** When and with how many seeds they were recorded. */
export function captionOf(runs: readonly ChartRun[], version: string, commit: string): string {
  return text.curves.recordedEarlier(new Set(runs.map(({ seed }) => seed)).size, version, commit);
}
