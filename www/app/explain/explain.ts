import type { Algorithm, Config } from "../state/config";
import * as text from "../text/text";
import { EQUATIONS } from "./equations";
import type { Explanation } from "./explanation";
import { whenChanged } from "./fields";
import { ruleInfo, ruleWords } from "./rules";

/** What a key stands for: a field's name, "rule:np", "chart:alignment" or "speed"; null for the page as a whole. */
export function explain(key: string | null): Explanation {
  if (!key) return text.start;
  const [equation, paper] = [EQUATIONS[key], paperOf(key)];
  return { ...wordsOf(key), ...(equation && { equation }), ...(paper && { paper }) };
}

function wordsOf(key: string): text.Words {
  const [kind, name] = key.split(":");
  if (kind === "rule") return ruleWords(name as Algorithm);
  if (kind === "chart") return text.charts[name as keyof typeof text.charts];
  if (kind === "speed") return text.speed;
  const { label, help } = text.fields[kind as keyof Config];
  return { label, help: `${help} ${whenChanged(kind as keyof Config)}` };
}

function paperOf(key: string): string | undefined {
  const [kind, name] = key.split(":");
  const rule = kind === "rule" ? ruleInfo(name as Algorithm) : undefined;
  return text.paper.places[rule?.decorrelated ? "decorrelation" : (rule?.rule ?? key)];
}
