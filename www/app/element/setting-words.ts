import { fieldOf, SCHEMA } from "../contract/config";
import * as text from "../text/text";

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
