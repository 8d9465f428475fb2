import type { TemplateResult } from "lit";
import { type Config, fieldOf } from "../state/config";
import * as text from "../text/text";
import type { Explanation } from "./explanation";
import { equation, fraction, noisy, row, sub, subsup } from "./math";

const EQUATIONS: Partial<Record<keyof Config, TemplateResult>> = {
  activation: equation(sub("X", "l"), "=", "f", "(", sub("A", "l"), ")"),
  lr: equation(sub("W", "l"), "←", sub("W", "l"), "−", "η", sub("g", "l")),
  decor_lr: equation(sub("R", "l"), "←", sub("R", "l"), "−", "α", sub("C", "l"), sub("R", "l")),
  noise_std: equation(
    sub(noisy("A"), "l"),
    "=",
    sub("W", "l"),
    subsup(noisy("X"), row("l", "−", "1"), "∗"),
    "+",
    sub("b", "l"),
    "+",
    sub("ε", "l"),
  ),
  num_noise_iters: equation("g", "=", fraction("1", "K"), "∑", sub("g", "k")),
  baseline: equation("δ", "L", "=", "L", "−", noisy("L")),
  kappa: equation(
    "C",
    "=",
    row("(", "1", "−", "κ", ")"),
    sub("C", "off"),
    "+",
    "κ",
    row("(", sub("C", "diag"), "−", "I", ")"),
  ),
  batch_size: equation("B"),
};

/** Label, help and equation of a key of the configuration. */
export function fieldExplanation(name: keyof Config): Explanation {
  const equation = EQUATIONS[name];
  return { ...text.fields[name], ...(equation && { equation }) };
}

/** Whether a change keeps the runs. */
export function whenChanged(name: keyof Config): string {
  if (name === "overrides") return text.settings.liveRates;
  return fieldOf(name)?.live ? text.settings.live : text.settings.restarts;
}

/** The plain word for a choice. */
export function choiceLabel(choice: string | number): string {
  return text.choices[choice] ?? String(choice);
}
