import * as text from "../text/text";
import type { Algorithm, AlgorithmInfo } from "./config";
import { SCHEMA } from "./config";

/** The name of a rule and a sentence about it. */
export function ruleWords(name: Algorithm): text.Words {
  const { rule, decorrelated } = ruleInfo(name);
  const [label, help] = [text.rules.names[rule], text.rules.help[rule]];
  if (!decorrelated) return { label, help };
  return { label: text.rules.decorrelatedName(label), help: text.rules.decorrelatedHelp(help) };
}

export function ruleInfo(name: Algorithm): AlgorithmInfo {
  const info = SCHEMA.algorithms.find((algorithm) => algorithm.name === name);
  if (!info) throw new Error(`The schema has no algorithm "${name}".`);
  return info;
}

/** The rules as the page lists them: the plain ones first, then the decorrelated ones. */
export function ruleOrder(): Algorithm[] {
  const sorted = [...SCHEMA.algorithms].sort((a, b) => Number(a.decorrelated) - Number(b.decorrelated));
  return sorted.map(({ name }) => name);
}

/** The short name in labels: DANP. */
export function ruleLabel(name: Algorithm): string {
  return name.toUpperCase();
}
