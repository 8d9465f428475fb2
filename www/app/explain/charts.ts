import type { TemplateResult } from "lit";
import * as text from "../text/text";
import type { Explanation } from "./explanation";
import { equation, fraction, row, sub, sup } from "./math";

export type ChartName = keyof typeof text.charts;

const EQUATIONS: Partial<Record<ChartName, TemplateResult>> = {
  alignment: equation(
    "θ",
    "=",
    "arccos",
    fraction(row("g", "·", sub("g", "BP")), row("‖", "g", "‖", "‖", sub("g", "BP"), "‖")),
  ),
  covariance: equation("M", "=", fraction(row(sup("X", "⊤"), "X"), "B")),
};

export function chartExplanation(name: ChartName): Explanation {
  const equation = EQUATIONS[name];
  return { ...text.charts[name], ...(equation && { equation }) };
}
