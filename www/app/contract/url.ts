import * as text from "../text/text";
import { type Config, defaults, type Field, fieldOf, type Given, type Override, SCHEMA } from "./config";
import type { Problem } from "./errors";

/** The form of links; every link says which one it has. */
const LINK_VERSION = "1";

/** The whole configuration as the text after the link's "#": only what differs from the defaults. */
export function toLink(config: Config): string {
  const standard = defaults();
  const parts = [`v=${LINK_VERSION}`];
  for (const { name } of SCHEMA.fields) {
    if (name === "overrides") parts.push(...overrideParts(config.overrides));
    else if (String(config[name]) !== String(standard[name])) parts.push(part(name, String(config[name])));
  }
  return parts.join("&");
}

/** What a link says. Only its form is judged here; whether the values are allowed is Rust's question. */
export function fromLink(hash: string): { given: Given; problems: Problem[] } {
  const given: Record<string, unknown> = {};
  const overrides: Record<string, Record<string, unknown>> = {};
  const problems: Problem[] = [];
  for (const [key, value] of new URLSearchParams(hash.replace(/^#/, ""))) {
    const reading = read(key, value);
    switch (reading.kind) {
      case "common":
        given[reading.name] = reading.value;
        break;
      case "own":
        overrides[reading.algorithm] = { ...overrides[reading.algorithm], [reading.name]: reading.value };
        break;
      case "problem":
        problems.push(reading.problem);
        break;
    }
  }
  if (Object.keys(overrides).length > 0) given.overrides = overrides;
  return { given, problems };
}

/** What one `key=text` of a link sets: a setting of all algorithms, or one algorithm's own. */
type Reading =
  | { kind: "version" }
  | { kind: "common"; name: string; value: unknown }
  | { kind: "own"; algorithm: string; name: string; value: unknown }
  | { kind: "problem"; problem: Problem };

function read(key: string, written: string): Reading {
  if (key === "v") return written === LINK_VERSION ? { kind: "version" } : problem(otherVersion(written));
  const dot = key.indexOf(".");
  const algorithm = dot < 0 ? undefined : key.slice(0, dot);
  const field = fieldOf(key.slice(dot + 1));
  if (!field || field.kind === "overrides" || (algorithm !== undefined && !canOverride(algorithm, field))) {
    return problem(unknownKey(key, written));
  }
  const { name } = field;
  const value = parse(field, written);
  if (value === undefined) return problem(malformed(key, written, field));
  return algorithm === undefined ? { kind: "common", name, value } : { kind: "own", algorithm, name, value };
}

function problem(problem: Problem): Reading {
  return { kind: "problem", problem };
}

function canOverride(algorithm: string, field: Field): boolean {
  const overrides = fieldOf("overrides");
  return (
    SCHEMA.algorithms.some(({ name }) => name === algorithm) &&
    overrides?.kind === "overrides" &&
    overrides.fields.some((name) => name === field.name)
  );
}

function parse(field: Field, written: string): unknown {
  switch (field.kind) {
    case "number":
    case "integer":
    case "integer_choice":
      return number(written);
    case "integers": {
      const numbers = list(written).map(number);
      return numbers.includes(undefined) ? undefined : numbers;
    }
    case "algorithms":
      return list(written);
    default:
      return written;
  }
}

/** A decimal number and nothing else: Number() would read "" as 0 and "0x10" as 16. */
function number(written: string): number | undefined {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(written) ? Number(written) : undefined;
}

function list(written: string): string[] {
  return written === "" ? [] : written.split(",");
}

function overrideParts(overrides: Config["overrides"]): string[] {
  return Object.entries(overrides).flatMap(([algorithm, own]: [string, Override]) =>
    Object.entries(own).map(([name, value]) => part(`${algorithm}.${name}`, String(value))),
  );
}

/** Commas are allowed in the part after "#", and are easier to read as they are. */
function part(key: string, value: string): string {
  return `${key}=${encodeURIComponent(value).replaceAll("%2C", ",")}`;
}

function unknownKey(key: string, value: string): Problem {
  const keys = SCHEMA.fields.map(({ name }) => name).filter((name) => name !== "overrides");
  const allowed = text.link.keys(keys.join(", "));
  return { field: key, value, allowed, message: text.link.unknownKey(key, allowed) };
}

function malformed(key: string, value: string, field: Field): Problem {
  const allowed = field.kind === "integers" ? text.link.numbers : text.link.number;
  return { field: key, value, allowed, message: text.link.malformed(key, value, allowed) };
}

function otherVersion(value: string): Problem {
  return { field: "v", value, allowed: LINK_VERSION, message: text.link.otherVersion(value, LINK_VERSION) };
}
