import type { Config, Given } from "../contract/config";
import { AppError } from "../contract/errors";
import type { ImageShape } from "../contract/protocol";
import { type Taken, takeGood } from "../contract/taken";
import * as text from "../text/text";
import type { Engine } from "./engine";

export type Shape = ImageShape & { classes: number };

/** Where the browser does not tell of the device's memory: what most devices have at least. */
const LIKELY_GB = 4;
/** An instance of a WebAssembly module can have no more. */
const MOST_OF_ONE = 4e9;

/** Bytes that all runs of a page may take together: half of the device's memory. */
function ofDevice(): number {
  const told = typeof navigator !== "undefined" && "deviceMemory" in navigator && navigator.deviceMemory;
  return (typeof told === "number" ? told : LIKELY_GB) * 0.5e9;
}

/** The memory that runs share. */
export class Budget {
  readonly total: number;
  /** By the runs that workers have. */
  taken = 0;
  /** What those that have ended left behind. */
  left: () => number = () => 0;

  constructor(total = ofDevice()) {
    this.total = total;
  }

  /** Bytes that are neither taken nor left behind; fewer than none where one run alone takes more than there is. */
  get free(): number {
    return this.total - this.taken - this.left();
  }

  /** Bytes that one run may take. */
  get most(): number {
    return Math.min(this.total, MOST_OF_ONE);
  }
}

/** Bytes of a run of each of the configuration's rules; a sentence where one of them finds no room. */
export async function bytesOf(
  engine: Engine,
  config: Config,
  shape: Shape,
  { most }: Budget,
): Promise<readonly number[]> {
  const bytes = engine.memory(config, shape);
  if (Math.max(...bytes) <= most) return bytes;
  const part = await import("./too-large").catch(() => undefined);
  if (!part) throw new AppError("config", text.loading.tooLarge);
  throw part.tooLarge(config, most, (smaller) => Math.max(...engine.memory(smaller, shape)));
}

/** As many of the given settings as can be used together and find room. */
export async function takeRoomy(
  given: Given,
  check: (given: Given) => Config,
  room: (config: Config) => Promise<unknown>,
): Promise<Taken> {
  const taken = takeGood(given, check);
  let refused: unknown;
  await room(taken.config).catch((thrown: unknown) => {
    refused = thrown;
  });
  if (!refused) return taken;
  return takeGood(given, (left) => {
    const config = check(left);
    const once = refused;
    refused = undefined;
    if (once) throw once;
    return config;
  });
}
