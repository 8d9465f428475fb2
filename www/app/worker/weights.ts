import init, { WeightsFile } from "../../pkg/reader/np_playground.js";
import wasmUrl from "../../pkg/reader/np_playground_bg.wasm?url";
import type { Config } from "../contract/config";

/** The weights in checkpoints as one file in the safetensors format; see src/trainer/weights.rs for its names. */
export async function weightsFile(config: Config, checkpoints: readonly Blob[]): Promise<Blob> {
  await init({ module_or_path: wasmUrl });
  const file = new WeightsFile();
  for (const checkpoint of checkpoints) file.add(new Uint8Array(await checkpoint.arrayBuffer()));
  const bytes = new Uint8Array(file.write(JSON.stringify(config)));
  file.free();
  return new Blob([bytes]);
}
