import { loadEngine } from "../../../www/app/worker/engine";
import { loadShards } from "./data";
import { measureCase } from "./measure";
import { scaleSpeed, scaleWorkers } from "./scale";

/** What bench.mjs calls from outside of the browser. */
const bench = {
  measureCase,
  scaleSpeed,
  scaleWorkers,
  version: async () => (await loadEngine()).version,
  userAgent: () => navigator.userAgent,
  cores: () => navigator.hardwareConcurrency,
};

await Promise.all([loadEngine(), loadShards(2500)]);
Object.assign(globalThis, { bench });
