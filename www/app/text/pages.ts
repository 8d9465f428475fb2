import * as later from "./later";
import * as learn from "./learn";
import * as text from "./text";

/** Where a page wants words: %site.title% stands for text.site.title. */
const PLACE = /%(\w+(?:\.\w+)+)%/g;

/** A page as the build ships it: with words in it. */
export function withWords(page: string): string {
  return page.replaceAll(PLACE, (_, path: string) => wordsAt(path));
}

function wordsAt(path: string): string {
  let found: unknown = { ...text, ...later, learn };
  for (const name of path.split(".")) found = (found as Record<string, unknown> | undefined)?.[name];
  if (typeof found === "string") return found;
  throw new Error(`A page asks for the words ${path}, which en.ts, later.ts and learn.ts do not have.`);
}
