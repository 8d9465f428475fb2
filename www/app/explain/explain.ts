import type { Algorithm, Config } from "../state/config";
import { CHARTS, type ChartName, START } from "./charts";
import type { Explanation } from "./explanation";
import { FIELDS, whenChanged } from "./fields";
import { ruleExplanation } from "./rules";

/** What a key stands for: a field's name, "rule:np" or "chart:alignment". */
export function explain(key: string | null): Explanation {
  const [kind, name] = (key ?? "").split(":");
  if (kind === "rule") return ruleExplanation(name as Algorithm);
  if (kind === "chart") return CHARTS[name as ChartName];
  const field = FIELDS[kind as keyof Config];
  return field ? { ...field, help: `${field.help} ${whenChanged(kind as keyof Config)}` } : START;
}
