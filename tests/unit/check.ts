import { readFileSync } from "node:fs";
import type { Config, Given } from "../../www/app/contract/config";
import { toAppError } from "../../www/app/contract/errors";
import init, { check_config } from "../../www/pkg/np_playground.js";

const MODULE = new URL("../../www/pkg/np_playground_bg.wasm", import.meta.url);

/** What judges settings on the page. */
export async function loadCheck(): Promise<(given: Given) => Config> {
  await init({ module_or_path: readFileSync(MODULE) });
  return (given) => {
    try {
      return check_config(given);
    } catch (thrown) {
      throw toAppError(thrown, "engine");
    }
  };
}
