import {
  type Algorithm,
  type Change,
  type Config,
  defaults,
  type Field,
  fieldOf,
  type Given,
  type Override,
  SCHEMA,
} from "./config";
import { type Reading, readValue } from "./field-text";
import { isMiddle, MIDDLES, type Middle } from "./middle";

/**
 * The forms of links: the second has changes on the way, the third says what the runs led to. The least that does is
 * written.
 */
const PLAIN = "1";
const WITH_CHANGES = "2";
const PROVEN = "3";
const FORMS = [PLAIN, WITH_CHANGES, PROVEN];

/** What a link's proof goes by; see contract/proof.ts. */
const PROOF = "hashes";
/** And what is to be seen; whether alone, for an audience. */
const VIEW = "view";
const ALONE = "present";
/** The keys that say nothing of what is trained. */
export const LOOKS: readonly string[] = [VIEW, ALONE];

/**
 * The whole configuration as the text after the link's "#": only what differs from the defaults. `proof` is what its
 * runs led to, in the form of contract/proof.ts; `middle` is what stands there in the middle of the page, and `alone` whether
 * nothing is beside it.
 */
export function toLink(config: Config, proof?: string, middle: Middle = "curves", alone = false): string {
  const standard = defaults();
  const form = config.changes.length > 0 ? WITH_CHANGES : PLAIN;
  const parts = [part("v", proof ? PROVEN : form)];
  for (const { name } of SCHEMA.fields) {
    if (name === "overrides") parts.push(...overrideParts(config.overrides));
    else if (name === "changes") parts.push(...config.changes.flatMap(changeParts));
    else if (String(config[name]) !== String(standard[name])) parts.push(part(name, String(config[name])));
  }
  if (middle !== "curves") parts.push(part(VIEW, middle));
  if (alone) parts.push(part(ALONE, "1"));
  if (proof) parts.push(part(PROOF, proof));
  return parts.join("&");
}

/** What of a link is left out, and what it could be. */
export interface LeftOut {
  key: string;
  value: string;
  /** Empty where the key is no setting. */
  allowed: string;
}

/** What a link says, as far as it has the form of settings; whether the values are allowed is Rust's question. */
interface Link {
  given: Given;
  /** What its runs led to, if it says so. */
  proof?: string;
  /** What is to stand in the middle, if it says so. */
  middle?: Middle;
  /** Whether that is to stand alone. */
  alone?: true;
  /** What is no setting, or another version. */
  unknown: readonly LeftOut[];
}

export function fromLink(hash: string): Link {
  const given = new Collected();
  const unknown: LeftOut[] = [];
  let proof: string | undefined;
  let middle: Middle | undefined;
  let alone = false;
  for (const [key, written] of new URLSearchParams(mended(hash))) {
    const value = decoded(written).replace(TAIL, "");
    const entry = read(key, value);
    if (entry?.name === "algorithms") unknown.push(...given.addRules(value));
    else if (entry) given.add(entry);
    else if (key === PROOF) proof = value;
    else if (key === VIEW && isMiddle(value)) middle = value;
    else if (key === ALONE && value === "1") alone = true;
    else if (key === ALONE) unknown.push({ key, value, allowed: "1" });
    else if (key === VIEW) unknown.push({ key, value, allowed: MIDDLES.join(", ") });
    else if (key !== "v") unknown.push({ key, value, allowed: "" });
    else if (!FORMS.includes(value)) unknown.push({ key, value, allowed: FORMS.join(", ") });
  }
  return {
    given: given.settings,
    unknown,
    ...(proof !== undefined && { proof }),
    ...(middle && { middle }),
    ...(alone && { alone }),
  };
}

/** What the text around a link leaves at its end; no value ends so. */
const TAIL = /[\s)\]}>.,;:!?'"*_’”»]+$/;

/** The same in the words of HTML: a bracket, a quotation mark, a space. */
const ENTITIES = /(&(gt|lt|quot|apos|nbsp|#x?[\da-f]+);?)+$/i;

/** What mail programs, chats and Markdown encode in links, taken back. */
function mended(hash: string): string {
  const bare = hash.replace(/^#/, "").replace(ENTITIES, "");
  const whole = bare.includes("=") ? bare : decoded(bare);
  return unquoted(whole)
    .replaceAll(/&(amp;|#38;)+/gi, "&")
    .replaceAll("\\_", "_");
}

/** Quoted-printable, as of mail, writes "=" as "=3D"; any other "=" joins a line that was cut. */
function unquoted(text: string): string {
  const quoted = /(^|&)v=3D/.test(text);
  return quoted ? text.replaceAll(/=(3D)?\s*/g, (_, sign: string | undefined) => (sign ? "=" : "")) : text;
}

/** No key and no value of a setting has a percent sign of its own. */
function decoded(text: string): string {
  if (!/%[\da-f]{2}/i.test(text)) return text;
  try {
    return decoded(decodeURIComponent(text));
  } catch {
    return text;
  }
}

/** One `key=text` of a link: a setting of all algorithms or of one, from the start or from a place on. */
interface Entry {
  algorithm: Algorithm | undefined;
  name: keyof Config;
  place: Pick<Change, "epoch" | "update"> | undefined;
  value: Reading["value"];
}

/** Settings, put together from single ones. */
class Collected {
  readonly #common: Record<string, unknown> = {};
  readonly #own: Record<string, Record<string, unknown>> = {};
  readonly #changes = new Map<string, Record<string, unknown>>();

  add({ algorithm, name, place, value }: Entry): void {
    if (place) {
      const key = `${algorithm} ${place.epoch} ${place.update}`;
      const change = this.#changes.get(key) ?? { ...(algorithm && { algorithm }), ...place };
      this.#changes.set(key, { ...change, [name]: value });
    } else if (algorithm === undefined) this.#common[name] = value;
    else this.#own[algorithm] = { ...this.#own[algorithm], [name]: value };
  }

  /** Adds the rules that are known, each once, in capitals or not; gives back those that are not. */
  addRules(written: string): LeftOut[] {
    const named = [...new Set(written.split(",").map((name) => name.trim().toLowerCase()))];
    const known: readonly string[] = SCHEMA.algorithms.map(({ name }) => name);
    const rules = named.filter((name) => known.includes(name));
    if (rules.length > 0) this.#common.algorithms = rules;
    if (rules.length === named.length) return [];
    const others = named.filter((name) => !known.includes(name));
    return [{ key: "algorithms", value: others.join(", "), allowed: known.join(", ") }];
  }

  get settings(): Given {
    const own = Object.keys(this.#own).length > 0;
    const changes = [...this.#changes.values()];
    return {
      ...this.#common,
      ...(own && { overrides: this.#own }),
      ...(changes.length > 0 && { changes }),
    };
  }
}

const KEY = /^(?:(?<rule>[^.@]+)\.)?(?<name>[^.@]+)(?:@(?<epoch>\d+)\.(?<update>\d+))?$/;

function read(key: string, written: string): Entry | undefined {
  const { rule, name = "", epoch, update } = KEY.exec(key)?.groups ?? {};
  const field = fieldOf(name);
  const algorithm = SCHEMA.algorithms.find((info) => info.name === rule?.toLowerCase())?.name;
  if (!field || (rule !== undefined && !algorithm)) return undefined;
  const place = epoch === undefined ? undefined : { epoch: Number(epoch), update: Number(update) };
  if (!mayStand(field, algorithm !== undefined, place !== undefined)) return undefined;
  return { algorithm, name: field.name, place, value: readValue(field, written).value };
}

/** Whether a link may give this setting for one algorithm, or from a place on. */
function mayStand({ name, kind }: Field, own: boolean, later: boolean): boolean {
  if (kind === "overrides" || kind === "changes") return false;
  const among = (fields: readonly string[]) => fields.includes(name);
  const [overrides, changes] = [fieldOf("overrides"), fieldOf("changes")];
  if (later) return changes?.kind === "changes" && among(changes.fields);
  return !own || (overrides?.kind === "overrides" && among(overrides.fields));
}

function overrideParts(overrides: Config["overrides"]): string[] {
  return Object.entries(overrides).flatMap(([algorithm, own]: [string, Override]) =>
    Object.entries(own).map(([name, value]) => part(`${algorithm}.${name}`, String(value))),
  );
}

function changeParts({ algorithm, epoch, update, ...rates }: Change): string[] {
  const whose = algorithm ? `${algorithm}.` : "";
  return Object.entries(rates).map(([name, value]) => `${whose}${name}@${epoch}.${update}=${value}`);
}

/** Commas are allowed in the part after "#", and are easier to read as they are. */
function part(key: string, value: string): string {
  return `${key}=${encodeURIComponent(value).replaceAll("%2C", ",")}`;
}
