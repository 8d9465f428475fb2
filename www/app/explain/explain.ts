import type { Algorithm, Config } from "../state/config";
import * as text from "../text/text";
import { type ChartName, chartExplanation } from "./charts";
import type { Explanation } from "./explanation";
import { fieldExplanation, whenChanged } from "./fields";
import { ruleExplanation } from "./rules";

/** What a key stands for: a field's name, "rule:np" or "chart:alignment". */
export function explain(key: string | null): Explanation {
  const [kind, name] = (key ?? "").split(":");
  if (!kind) return text.start;
  if (kind === "rule") return ruleExplanation(name as Algorithm);
  if (kind === "chart") return chartExplanation(name as ChartName);
  if (kind === "speed") return text.speed;
  const field = fieldExplanation(kind as keyof Config);
  return { ...field, help: `${field.help} ${whenChanged(kind as keyof Config)}` };
}
