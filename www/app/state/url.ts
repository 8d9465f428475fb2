import { type Config, defaults, type Field, fieldOf, type Override, SCHEMA } from "./config";
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
export function fromLink(hash: string): { given: Partial<Config>; problems: Problem[] } {
  const given: Record<string, unknown> = {};
  const overrides: Record<string, Record<string, unknown>> = {};
  const problems: Problem[] = [];
  for (const [key, text] of new URLSearchParams(hash.replace(/^#/, ""))) {
    const reading = read(key, text);
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
  return { given: given as Partial<Config>, problems };
}

/** What one `key=text` of a link sets: a setting of all algorithms, or one algorithm's own. */
type Reading =
  | { kind: "version" }
  | { kind: "common"; name: string; value: unknown }
  | { kind: "own"; algorithm: string; name: string; value: unknown }
  | { kind: "problem"; problem: Problem };

function read(key: string, text: string): Reading {
  if (key === "v") return text === LINK_VERSION ? { kind: "version" } : problem(otherVersion(text));
  const dot = key.indexOf(".");
  const algorithm = dot < 0 ? undefined : key.slice(0, dot);
  const field = fieldOf(key.slice(dot + 1));
  if (!field || field.kind === "overrides" || (algorithm !== undefined && !canOverride(algorithm, field))) {
    return problem(unknownKey(key, text));
  }
  const { name } = field;
  const value = parse(field, text);
  if (value === undefined) return problem(malformed(key, text, field));
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

function parse(field: Field, text: string): unknown {
  switch (field.kind) {
    case "number":
    case "integer":
    case "integer_choice":
      return number(text);
    case "integers": {
      const numbers = list(text).map(number);
      return numbers.includes(undefined) ? undefined : numbers;
    }
    case "algorithms":
      return list(text);
    default:
      return text;
  }
}

/** A decimal number and nothing else: Number() would read "" as 0 and "0x10" as 16. */
function number(text: string): number | undefined {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined;
}

function list(text: string): string[] {
  return text === "" ? [] : text.split(",");
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

function unknownKey(key: string, text: string): Problem {
  const keys = SCHEMA.fields.map(({ name }) => name).filter((name) => name !== "overrides");
  const allowed = `${keys.join(", ")}, and algorithm.key for one algorithm's own value`;
  return {
    field: key,
    value: text,
    allowed,
    message: `The link sets "${key}", which is not a setting. It is left out; the settings are: ${allowed}.`,
  };
}

function malformed(key: string, text: string, field: Field): Problem {
  const allowed = field.kind === "integers" ? "numbers with commas between them" : "a number";
  return {
    field: key,
    value: text,
    allowed,
    message: `The link sets ${key} to "${text}". It must be ${allowed}; the default is used instead.`,
  };
}

function otherVersion(text: string): Problem {
  const message = `The link is of version "${text}"; this page reads version ${LINK_VERSION}, and takes what it knows.`;
  return { field: "v", value: text, allowed: LINK_VERSION, message };
}
