import type { Algorithm, Config } from "../contract/config";
import { ruleInfo, ruleWords } from "../contract/rules";
import * as text from "../text/text";
import { EQUATIONS } from "./equations";
import type { Explanation, Subject } from "./explanation";
import { allowed, whenChanged } from "./fields";

/** What the page says about a subject; null stands for the page as a whole. */
export function explain(subject: Subject | null): Explanation {
  if (!subject) return text.start;
  const [equation, paper] = [EQUATIONS[subject], paperOf(subject)];
  return { ...wordsOf(subject), ...(equation && { equation }), ...(paper && { paper }) };
}

function wordsOf(subject: Subject): text.Words {
  const [kind, name] = subject.split(":");
  switch (kind) {
    case "rule":
      return ruleWords(name as Algorithm);
    case "chart":
      return text.charts[name as keyof typeof text.charts];
    case "group":
      return text.groups[name as keyof typeof text.groups];
    case "act":
      return text.acts[name as keyof typeof text.acts];
    default:
      return fieldWords(kind as keyof Config);
  }
}

function fieldWords(name: keyof Config): text.Words {
  const { label, help } = text.fields[name];
  return { label, help: [help, allowed(name), whenChanged(name)].filter(Boolean).join(" ") };
}

function paperOf(subject: Subject): string | undefined {
  const [kind, name] = subject.split(":");
  const rule = kind === "rule" ? ruleInfo(name as Algorithm) : undefined;
  return text.paper.places[rule?.decorrelated ? "decorrelation" : (rule?.rule ?? subject)];
}
