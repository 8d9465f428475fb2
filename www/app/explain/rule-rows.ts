import type { AlgorithmInfo } from "../contract/config";
import { PAPER, RIVALS, ruleInfo, ruleLabel } from "../contract/rules";
import * as text from "../text/text";

const RULES = [PAPER, RIVALS];

/** The rows of the article's table of rules, as HTML: made when the page is built. */
export function ruleRows(): string {
  const plain = RULES.flatMap((group) => group.plain).map(ruleInfo);
  const decorrelated = RULES.flatMap((group) => group.decorrelated).map(ruleLabel);
  return [
    ...plain.map((info) => row(info.label, text.article.rules.named(info.title, info.words), needs(info))),
    row(decorrelated.join(", "), text.article.rules.decorrelated, text.article.rules.decorrelatedNeeds),
  ].join("");
}

function needs({ noise, derivatives }: AlgorithmInfo): string {
  const words = text.article.rules;
  if (noise) return derivatives ? words.both : words.noise;
  return derivatives ? words.derivatives : words.neither;
}

function row(rule: string, how: string, needs: string): string {
  return `<tr><th scope="row">${escaped(rule)}</th><td>${escaped(how)}</td><td>${escaped(needs)}</td></tr>`;
}

function escaped(words: string): string {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
