import type { Config, Field } from "./config";

/** How a field's value stands in its box. */
export function textOf(value: Config[keyof Config]): string {
  return Array.isArray(value) ? value.join(", ") : String(value);
}

/** What a text says. What cannot be read stays a text, for the check in Rust to name it. */
export interface Reading {
  value: unknown;
  readable: boolean;
}

/** The value that somebody has written: in a box, an attribute or a link. */
export function readValue(field: Field, text: string): Reading {
  switch (field.kind) {
    case "number":
    case "integer":
    case "integer_choice":
      return numberOf(text);
    case "integers": {
      const items = itemsOf(text).map(numberOf);
      return { value: items.map(({ value }) => value), readable: items.every(({ readable }) => readable) };
    }
    case "algorithms":
      return read(itemsOf(text).map((word) => word.trim()));
    case "overrides":
    case "changes":
      return jsonOf(text);
    case "choice":
      return read(text);
  }
}

function read(value: unknown): Reading {
  return { value, readable: true };
}

function unread(text: string): Reading {
  return { value: text, readable: false };
}

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A decimal number and nothing else: Number() would read "" as 0 and "0x10" as 16. */
function numberOf(text: string): Reading {
  const number = DECIMAL.test(text.trim()) ? Number(text) : Number.NaN;
  return Number.isFinite(number) ? read(number) : unread(text);
}

function itemsOf(text: string): string[] {
  return text.trim() === "" ? [] : text.split(",");
}

function jsonOf(text: string): Reading {
  try {
    return read(JSON.parse(text));
  } catch {
    return unread(text);
  }
}
