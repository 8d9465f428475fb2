import type { Config } from "../contract/config";
import { ruleInfo, ruleWords } from "../contract/rules";
import * as text from "../text/text";
import type { Explanation, Subject } from "./explanation";
import { allowed, whenChanged } from "./fields";

/** What the page says about a subject; null stands for the page as a whole. */
export function explain(subject: Subject | null): Explanation {
  if (!subject) return text.start;
  return { ...wordsOf(subject), ...sourceOf(subject) };
}

function wordsOf(subject: Subject): text.Words {
  const [kind, name = ""] = subject.split(":");
  switch (kind) {
    case "rule":
      return ruleWords(ruleInfo(name).name);
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

/** The place in the paper; of a rule that is not the paper's, who has written of it. */
function sourceOf(subject: Subject): Pick<Explanation, "paper" | "citation"> {
  const [kind, name = ""] = subject.split(":");
  if (kind !== "rule") return placeOf(text.paper.places[subject]);
  const { paper, decorrelated, source } = ruleInfo(name);
  if (!paper) return { citation: source };
  return placeOf(decorrelated ? text.paper.places.decorrelation : source);
}

function placeOf(paper: string | undefined): Pick<Explanation, "paper"> {
  return paper ? { paper } : {};
}
