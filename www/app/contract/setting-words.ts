import * as text from "../text/text";
import { fieldOf, SCHEMA } from "./config";
import type { Problem } from "./errors";

/** What the page calls the setting at the end of a path such as overrides.np.lr, or nothing. */
export function settingLabel(path: string): string | undefined {
  const keys = path.split(".");
  const name = keys.flatMap((key) => fieldOf(key)?.name ?? []).at(-1);
  const rule = SCHEMA.algorithms.find((info) => keys.includes(info.name));
  const label = name && text.fields[name].label;
  return label && rule ? text.settings.ofRule(label, rule.label) : label;
}

/** The value that a problem has as JSON, as it was typed. */
export function typed(json: string): string {
  const value: unknown = JSON.parse(json);
  return typeof value === "string" ? value : json.replaceAll(/["[\]{}]/g, "");
}

/** A problem's sentence with the setting's label in place of its key, and its value as it was typed. */
export function problemWords({ field, value, message }: Problem): string {
  const label = settingLabel(field);
  if (!label) return message;
  return message.replace(`${field} = ${value}`, () => text.settings.quoted(label, typed(value)));
}
