import type { Config, Field } from "./config";

/** How a field's value stands in its box. */
export function textOf(value: Config[keyof Config]): string {
  return Array.isArray(value) ? value.join(", ") : String(value);
}

/** What was typed, or an attribute's text, as a value. What cannot be read stays a text, for the check in Rust to name it. */
export function readValue(field: Field, text: string): unknown {
  switch (field.kind) {
    case "number":
    case "integer":
    case "integer_choice":
      return numberOf(text);
    case "integers":
      return text.trim() === "" ? [] : text.split(",").map(numberOf);
    case "algorithms":
      return text.split(",").map((word) => word.trim());
    case "overrides":
      return jsonOf(text);
    default:
      return text;
  }
}

function numberOf(text: string): number | string {
  const number = text.trim() === "" ? Number.NaN : Number(text);
  return Number.isNaN(number) ? text : number;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
