// TensorFlow.js, installed when it is asked for, into a folder of its own that is not part of the project.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const FOLDER = fileURLToPath(new URL("../../../target/bench/peers", import.meta.url));
const VERSION = "4.22.0";
const PACKAGES = ["@tensorflow/tfjs", "@tensorflow/tfjs-backend-wasm"];
const MODULES = `${FOLDER}/node_modules/@tensorflow`;

export const TFJS_NAMES = ["tfjs-wasm", "tfjs-wasm-usual", "tfjs-cpu"];

/** What the page needs of it: {file name: path}. */
export const TFJS_FILES = {
  "tf.min.js": `${MODULES}/tfjs/dist/tf.min.js`,
  "tf-backend-wasm.min.js": `${MODULES}/tfjs-backend-wasm/dist/tf-backend-wasm.min.js`,
  "tfjs-backend-wasm-simd.wasm": `${MODULES}/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm`,
};

export function installTfjs() {
  if (Object.values(TFJS_FILES).every((path) => existsSync(path))) return;
  console.log(`== installing TensorFlow.js ${VERSION} for the comparison`);
  const packages = PACKAGES.map((name) => `${name}@${VERSION}`);
  const args = ["install", "--prefix", FOLDER, "--no-audit", "--no-fund", "--ignore-scripts", ...packages];
  const { status } = spawnSync("npm", args, { stdio: "inherit" });
  if (status !== 0)
    throw new Error("TensorFlow.js could not be installed: run without --peers, or try again");
}
