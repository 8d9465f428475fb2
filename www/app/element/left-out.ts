import type { Problem } from "../contract/errors";
import { settingLabel, typed } from "../contract/setting-words";
import type { LeftOut } from "../contract/url";
import * as later from "../text/later";

/** More than so many are counted, not named. */
const NAMED = 2;
/** A list of all that is allowed would bury the sentence. */
const LONGEST = 100;

/** The value as it stood in the link. */
export function leftOut({ field, value, allowed }: Problem): LeftOut {
  return { key: field, value: typed(value), allowed };
}

/** What of a link was not taken: one short sentence, whatever it was. `others`: whether anything else was. */
export function linkSentence(left: readonly LeftOut[], others: boolean): string {
  const named = left.slice(0, NAMED).map(words);
  const sentence = later.link.leftOut(named.join(", "), left.length - named.length);
  return others ? `${sentence} ${later.link.rest}` : sentence;
}

function words({ key, value, allowed }: LeftOut): string {
  if (key === "v") return later.link.version(short(value));
  const label = settingLabel(key);
  if (!label || allowed === "") return later.link.noSetting(short(key));
  return later.link.value(label, short(value), allowed.length > LONGEST ? "" : allowed);
}

function short(word: string): string {
  return word.length > LONGEST ? `${word.slice(0, LONGEST)}…` : word;
}
