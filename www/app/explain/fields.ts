import { type Config, fieldOf } from "../state/config";
import * as text from "../text/text";

/** Whether a change keeps the runs. */
export function whenChanged(name: keyof Config): string {
  if (name === "overrides") return text.settings.liveRates;
  return fieldOf(name)?.live ? text.settings.live : text.settings.restarts;
}

/** The plain word for a choice. */
export function choiceLabel(choice: string | number): string {
  return text.choices[choice] ?? String(choice);
}
