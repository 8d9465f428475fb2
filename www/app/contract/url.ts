import * as text from "../text/text";
import { type Config, defaults, type Field, fieldOf, type Given, type Override, SCHEMA } from "./config";
import type { Problem } from "./errors";
import { type Reading, readValue } from "./field-text";

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

/** What a link says, as far as it has the form of settings; whether the values are allowed is Rust's question. */
interface Link {
  given: Given;
  /** Texts that are none of what their setting holds. */
  unreadable: Given;
  /** What is no setting. */
  problems: readonly Problem[];
}

export function fromLink(hash: string): Link {
  const [given, unreadable] = [new Collected(), new Collected()];
  const problems: Problem[] = [];
  for (const [key, value] of new URLSearchParams(hash.replace(/^#/, ""))) {
    const entry = read(key, value);
    if (entry.kind === "problem") problems.push(entry.problem);
    if (entry.kind === "setting") (entry.reading.readable ? given : unreadable).add(entry);
  }
  return { given: given.settings, unreadable: unreadable.settings, problems };
}

/** What one `key=text` of a link is: a setting of all algorithms or of one, or none. */
type Entry =
  | { kind: "version" }
  | { kind: "setting"; algorithm: string | undefined; name: string; reading: Reading }
  | { kind: "problem"; problem: Problem };

/** Settings, put together from single ones. */
class Collected {
  readonly #common: Record<string, unknown> = {};
  readonly #own: Record<string, Record<string, unknown>> = {};

  add({ algorithm, name, reading }: Extract<Entry, { kind: "setting" }>): void {
    if (algorithm === undefined) this.#common[name] = reading.value;
    else this.#own[algorithm] = { ...this.#own[algorithm], [name]: reading.value };
  }

  get settings(): Given {
    const own = Object.keys(this.#own).length > 0;
    return { ...this.#common, ...(own && { overrides: this.#own }) };
  }
}

function read(key: string, written: string): Entry {
  if (key === "v") return written === LINK_VERSION ? { kind: "version" } : problem(otherVersion(written));
  const dot = key.indexOf(".");
  const algorithm = dot < 0 ? undefined : key.slice(0, dot);
  const field = fieldOf(key.slice(dot + 1));
  if (!field || field.kind === "overrides" || (algorithm !== undefined && !canOverride(algorithm, field))) {
    return problem(unknownKey(key, written));
  }
  return { kind: "setting", algorithm, name: field.name, reading: readValue(field, written) };
}

function problem(problem: Problem): Entry {
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

function otherVersion(value: string): Problem {
  return { field: "v", value, allowed: LINK_VERSION, message: text.link.otherVersion(value, LINK_VERSION) };
}
