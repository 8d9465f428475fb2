import { fieldOf } from "../contract/config";
import type { Problem } from "../contract/errors";
import type { LeftOut } from "../contract/url";
import * as text from "../text/text";

/** More than so many are counted, not named. */
const NAMED = 2;
/** A list of all that is allowed would bury the sentence. */
const LONGEST = 60;

export function leftOut({ field, value, allowed }: Problem): LeftOut {
  return { key: field, value, allowed };
}

/** What of a link was not taken: one short sentence, whatever it was. */
export function linkSentence(left: readonly LeftOut[]): string {
  const named = left.slice(0, NAMED).map(words);
  return text.link.leftOut(named.join(", "), left.length - named.length);
}

function words({ key, value, allowed }: LeftOut): string {
  if (key === "v") return text.link.version(short(value));
  const path = key.split(".");
  const field = [...path].reverse().find((name) => fieldOf(name));
  const name = field && fieldOf(field)?.name;
  if (!name || allowed === "") return text.link.noSetting(short(key));
  const plain = short(value.replaceAll(/["[\]{}]/g, ""));
  return text.link.value(text.fields[name].label, plain, allowed.length > LONGEST ? "" : allowed);
}

function short(word: string): string {
  return word.length > LONGEST ? `${word.slice(0, LONGEST)}…` : word;
}
