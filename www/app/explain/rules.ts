import { html, type TemplateResult } from "lit";
import type { Algorithm, AlgorithmInfo } from "../state/config";
import { SCHEMA } from "../state/config";
import * as text from "../text/text";
import type { Explanation } from "./explanation";
import { equation, fraction, noisy, row, sub, subsup, sup } from "./math";

type Rule = AlgorithmInfo["rule"];

const lossDifference = row("(", "L", "−", noisy("L"), ")");
const activity = sub("δA", "l");

const ERRORS: Record<Rule, TemplateResult> = {
  bp: equation(sub("E", "l"), "=", "−", fraction(row("∂", "L"), row("∂", sub("A", "l")))),
  np: equation(sub("E", "l"), "=", sub("ε", "l"), fraction(lossDifference, sup("σ", "2"))),
  inp: equation(
    sub("E", "l"),
    "=",
    sub("N", "l"),
    lossDifference,
    fraction(activity, sup(row("‖", activity, "‖"), "2")),
  ),
  anp: equation(sub("E", "l"), "=", "N", lossDifference, fraction(activity, sup(row("‖", "δA", "‖"), "2"))),
};

const DECORRELATED = equation(
  subsup("X", row("l", "−", "1"), "∗"),
  "=",
  sub("R", "l"),
  sub("X", row("l", "−", "1")),
);

/** What the strip says about a rule: its name, a sentence, and the error that it gives each unit. */
export function ruleExplanation(name: Algorithm): Explanation {
  const info = ruleInfo(name);
  if (!info.decorrelated) {
    return {
      label: text.rules.names[info.rule],
      help: text.rules.help[info.rule],
      equation: ERRORS[info.rule],
    };
  }
  return {
    label: text.rules.decorrelatedName(text.rules.names[info.rule]),
    help: text.rules.decorrelatedHelp(text.rules.help[info.rule]),
    equation: html`${ERRORS[info.rule]}, ${DECORRELATED}`,
  };
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
