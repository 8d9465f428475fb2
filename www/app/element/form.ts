import { AppError } from "../contract/errors";
import { PRESETS } from "../contract/presets";
import * as later from "../text/later";
import type { Form } from "./figure";
import "./figure";

/** What a page that embeds the element may ask for beside the settings, as its attributes say it. */
export interface Asked {
  /** full, min, none, or a list of parts; where it says nothing, full, or min beside a view. */
  controls: string;
  /** What is shown; everything, or in the small forms the learning curves, if it says nothing. */
  view: string;
  height: string;
  preset: string;
}

/** What the reader may do. */
export const PARTS = ["play", "chips", "transport", "options", "rules", "presets", "settings"] as const;
/** What the reader sees. */
export const VIEWS = [
  ...["curves", "update", "runs", "alignment", "decorrelation"],
  ...["digit", "covariance", "weights", "mistakes"],
] as const;

const CONTROLS: ReadonlyMap<string, readonly string[]> = new Map([
  ["full", ["transport", "options", "rules", "presets", "settings"]],
  ["min", ["play", "chips"]],
  ["none", []],
]);

interface Taken {
  /** None where the whole playground is asked for. */
  form: Form | undefined;
  /** As CSS has it. */
  height: string;
  /** What cannot be taken. */
  problems: AppError[];
}

/** What is meant by the attributes; of what cannot be taken, a sentence, and what stands in its place. */
export function formOf({ controls, view, height, preset }: Asked): Taken {
  const problems: AppError[] = [];
  const refuse = (name: string, value: string, allowed: readonly string[]) => {
    problems.push(new AppError("attribute", later.form.refused(name, value, allowed.join(", "))));
  };
  const listed = (name: string, value: string, allowed: readonly string[]) =>
    wordsOf(value).filter((word) => {
      const known = allowed.includes(word);
      if (!known) refuse(name, word, allowed);
      return known;
    });
  const views = listed("view", view, VIEWS);
  // Who asks for one picture wants it as a figure, not below every control there is.
  const named = controls || (views.length > 0 ? "min" : "full");
  const parts = CONTROLS.get(named) ?? listed("controls", named, [...CONTROLS.keys(), ...PARTS]);
  const length = /^\d+$/.test(height) ? `${height}px` : height;
  const usable = length === "" || CSS.supports("block-size", length);
  if (!usable) refuse("height", height, later.form.lengths);
  if (preset && !PRESETS.some(({ id }) => id === preset))
    refuse(
      "preset",
      preset,
      PRESETS.map(({ id }) => id),
    );
  const form =
    named === "full" && views.length === 0
      ? undefined
      : { parts: new Set(parts), views: views.length > 0 ? views : ["curves"] };
  return { form, height: usable ? length : "", problems };
}

function wordsOf(list: string): string[] {
  return list.split(/[\s,]+/).filter(Boolean);
}
