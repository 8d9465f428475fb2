import { type Config, fieldOf, isRate, startsAgain } from "../contract/config";
import { number } from "../metrics/format";
import * as text from "../text/text";

/** Whether a change keeps the runs. */
export function whenChanged(name: keyof Config): string {
  if (name === "overrides") return text.settings.liveRates;
  if (name === "epochs") return text.settings.epochsKeep;
  if (startsAgain(name)) return text.settings.restarts;
  return isRate(name) ? text.settings.live : text.settings.keeps;
}

/** What it may be, and what it is when nobody says anything: config.rs's to say, and empty where neither fits a sentence. */
export function allowed(name: keyof Config): string {
  const field = fieldOf(name);
  switch (field?.kind) {
    case "number":
    case "integer":
      return text.settings.range(number(field.min), number(field.max), number(field.default));
    case "integers":
      return text.settings.layersRange(
        field.max_items,
        number(field.min),
        number(field.max),
        field.default.join(", "),
      );
    case "choice":
    case "integer_choice":
      return text.settings.standard(choiceLabel(field.default));
    default:
      return "";
  }
}

/** The plain word for a choice. */
export function choiceLabel(choice: string | number): string {
  return text.choices[choice] ?? String(choice);
}
