import init, { check_config, fresh_seed, memory_of_runs, sha256, version } from "../../pkg/np_playground.js";
import wasmUrl from "../../pkg/np_playground_bg.wasm?url";
import { addressOf } from "../contract/address";
import type { Config, Given } from "../contract/config";
import { AppError, toAppError } from "../contract/errors";
import type { ImageShape } from "../contract/protocol";
import { fetchBytes } from "../dataset/fetch";
import * as text from "../text/text";

/** The page's own instance of the wasm module: it judges configurations, the workers train. */
export interface Engine {
  /** Compiled once; every worker makes its own instance of it. */
  readonly module: WebAssembly.Module;
  /** The module that trains with this arithmetic; the fast one is fetched when it is first asked for. */
  trainer(arithmetic: string): Promise<WebAssembly.Module>;
  readonly version: string;
  /** The whole configuration, defaults filled in; throws an AppError with every wrong value. */
  check(given: Given): Config;
  /** Bytes that a run of each of its rules takes, on images of this shape. */
  memory(config: Config, shape: ImageShape & { classes: number }): number[];
  freshSeed(): number;
  /** Lower-case hexadecimal. */
  sha256(bytes: Uint8Array): string;
}

/** The smallest module with a SIMD instruction in it: (v128) -> () of i8x16.splat and i8x16.popcnt. */
const SIMD_PROBE = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3],
  ...[2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11],
);

/** The smallest with a relaxed one: () -> (v128), of f32x4.relaxed_madd. */
const RELAXED_PROBE = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 19, 1, 17, 0],
  ...[65, 0, 253, 17, 65, 0, 253, 17, 65, 0, 253, 17, 253, 133, 2, 11],
);

/** Whether this browser has what fast arithmetic needs. */
export function hasRelaxedSimd(): boolean {
  return typeof WebAssembly !== "undefined" && WebAssembly.validate(RELAXED_PROBE);
}

let loaded: Promise<Engine> | undefined;
let relaxed: Promise<WebAssembly.Module> | undefined;

/** Loads the engine the first time; a failed attempt is forgotten, so that a retry tries again. */
export function loadEngine(): Promise<Engine> {
  loaded ??= load().catch((thrown: unknown) => {
    loaded = undefined;
    throw toAppError(thrown, "engine");
  });
  return loaded;
}

async function load(): Promise<Engine> {
  if (typeof WebAssembly === "undefined" || !WebAssembly.validate(SIMD_PROBE) || !isRecent()) {
    throw new AppError("no_simd", text.loading.noSimd);
  }
  const module = await fetchModule(wasmUrl);
  await init({ module_or_path: module });
  const trainer = async (arithmetic: string) => (arithmetic === "fast" ? loadRelaxed() : module);
  return { module, trainer, version: version(), check, memory, freshSeed: fresh_seed, sha256 };
}

function loadRelaxed(): Promise<WebAssembly.Module> {
  relaxed ??= import("./relaxed").then(({ url }) => fetchModule(url));
  return relaxed.catch((thrown: unknown) => {
    relaxed = undefined;
    throw toAppError(thrown, "engine");
  });
}

/** What of the language itself came last to browsers, of all that the page uses. */
function isRecent(): boolean {
  return "toSorted" in Array.prototype;
}

async function fetchModule(url: string): Promise<WebAssembly.Module> {
  const bytes = await fetchBytes(addressOf(url), text.loading.engine);
  try {
    return await WebAssembly.compile(bytes);
  } catch (thrown) {
    await WebAssembly.compile(SIMD_PROBE).catch(() => {
      throw new AppError("no_wasm", text.loading.wasmForbidden);
    });
    throw new AppError("engine", text.loading.engineDamaged(toAppError(thrown, "engine").message));
  }
}

function check(given: Given): Config {
  try {
    return check_config(given);
  } catch (thrown) {
    throw toAppError(thrown, "engine");
  }
}

const memory: Engine["memory"] = (config, { rows, cols, classes }) => [
  ...memory_of_runs(config, rows, cols, classes),
];

/** What pages give may be anything: settings are what JSON can hold of an object. */
export function settingsIn(given: unknown): Given {
  const settings = asJson(given);
  // JSON knows nothing of what a Map or a Set holds: it would be no settings, and all would become the defaults.
  const isPlain = Object.prototype.toString.call(given) === "[object Object]";
  if (isPlain && typeof settings === "object" && settings !== null) return settings;
  const [field, value] = ["configuration", String(typeof given)];
  const message = text.loading.noSettings;
  throw new AppError("config", message, [{ field, value, allowed: "", message }]);
}

function asJson(given: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(given) ?? "null");
  } catch {
    return null;
  }
}

/** Settings as this browser can use them: exact arithmetic in place of fast, and what to say of that. */
export function usableHere(given: Given): { usable: Given; replaced?: AppError } {
  if (given.arithmetic !== "fast" || hasRelaxedSimd()) return { usable: given };
  const message = text.loading.noRelaxedSimd;
  const problem = { field: "arithmetic", value: '"fast"', allowed: "exact", message };
  return {
    usable: { ...given, arithmetic: "exact" },
    replaced: new AppError("config", message, [problem]),
  };
}
