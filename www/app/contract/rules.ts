import * as text from "../text/text";
import { type Algorithm, type AlgorithmInfo, type Config, SCHEMA } from "./config";

/** What the schema says of a rule; the name may come from a file. */
export function ruleInfo(name: string): AlgorithmInfo {
  const info = SCHEMA.algorithms.find((algorithm) => algorithm.name === name);
  if (!info) throw new Error(`The schema has no algorithm "${name}".`);
  return info;
}

/** The short name in labels: DANP. */
export function ruleLabel(name: Algorithm): string {
  return ruleInfo(name).label;
}

/** The name of a rule and a sentence about it. */
export function ruleWords(name: Algorithm): text.Words {
  const { title, words, decorrelated } = ruleInfo(name);
  if (!decorrelated) return { label: title, help: words };
  return { label: text.rules.decorrelatedName(title), help: text.rules.decorrelatedHelp(words) };
}

/** Whether a setting means something to a rule: noise does to those that add it, the decorrelation rate to the D rules. */
export function usesSetting(name: Algorithm, setting: keyof Config): boolean {
  const { noise, decorrelated } = ruleInfo(name);
  if (setting === "decor_lr") return decorrelated;
  return noise || (setting !== "noise_std" && setting !== "num_noise_iters");
}

/** The CSS custom property that holds a rule's hue, which its two forms share: see ui/hues.ts. */
export function ruleHue(name: Algorithm): string {
  return `--np-${ruleInfo(name).rule}`;
}

/** Rules that the page shows side by side: of the plain ones and the decorrelated ones each has its line. */
export interface RuleGroup {
  plain: readonly Algorithm[];
  decorrelated: readonly Algorithm[];
}

function groupOf(infos: readonly AlgorithmInfo[]): RuleGroup {
  const names = (wanted: boolean) =>
    infos.filter(({ decorrelated }) => decorrelated === wanted).map(({ name }) => name);
  return { plain: names(false), decorrelated: names(true) };
}

/** The rules of the paper, and those that it is compared with. */
export const PAPER = groupOf(SCHEMA.algorithms.filter(({ paper }) => paper));
export const RIVALS = groupOf(SCHEMA.algorithms.filter(({ paper }) => !paper));

/** All rules, as the page lists them. */
export const RULES: readonly Algorithm[] = [PAPER, RIVALS].flatMap(({ plain, decorrelated }) => [
  ...plain,
  ...decorrelated,
]);

/** The rule that somebody calls by its label or by its name in links, or none. */
export function ruleCalled(word: string): Algorithm | undefined {
  const called = word.toLowerCase();
  return RULES.find((name) => name === called || ruleLabel(name).toLowerCase() === called);
}

/** The keys that choose rules, in the order of the list: digits, then the letters that mean nothing else to the page. */
const KEYS = "1234567890abcdeghijklmnopqstuvwxyz"; // F and R have other uses

/** None for a rule so far down the list that all keys are taken. */
export function ruleKey(name: Algorithm): string | undefined {
  return KEYS[RULES.indexOf(name)];
}

export function ruleOfKey(key: string): Algorithm | undefined {
  return RULES.find((name) => ruleKey(name) === key.toLowerCase());
}
