// The native peers: Python programs beside the browser, where Python and their packages are there.

import { spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const PYTHON = process.env.PYTHON ?? "python3";
const PROGRAM = fileURLToPath(new URL("native.py", import.meta.url));
const DATA = fileURLToPath(new URL("../../../www/public/data", import.meta.url));
const FRAMEWORKS = ["tensorflow", "torch"];

/** One thread for every library below, and no chatter. */
const ENVIRONMENT = {
  ...process.env,
  ...Object.fromEntries(["OMP", "MKL", "OPENBLAS"].map((library) => [`${library}_NUM_THREADS`, "1"])),
  TF_CPP_MIN_LOG_LEVEL: "3",
  CUDA_VISIBLE_DEVICES: "",
};

/** The peers that can be imported here; says which cannot. */
export function nativePeers() {
  return FRAMEWORKS.filter((framework) => {
    const { status } = spawnSync(PYTHON, ["-c", `import ${framework}`], {
      env: ENVIRONMENT,
      stdio: "ignore",
    });
    if (status !== 0)
      console.log(`skipped: ${PYTHON} cannot import ${framework} (PYTHON names another Python)`);
    return status === 0;
  });
}

/** Processes that answer a request a line, each started when it is first asked. */
export class NativePeers {
  #processes = new Map();

  async ask(framework, request) {
    const peer = this.#processes.get(framework) ?? (await this.#start(framework));
    peer.child.stdin.write(`${JSON.stringify(request)}\n`);
    return peer.answer();
  }

  close() {
    for (const { child } of this.#processes.values()) child.stdin.end();
  }

  async #start(framework) {
    const child = spawn(PYTHON, [PROGRAM, framework, DATA], {
      env: ENVIRONMENT,
      stdio: ["pipe", "pipe", "inherit"],
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const answer = async () => {
      const { value, done } = await lines.next();
      if (done) throw new Error(`the process of ${framework} has ended`);
      return JSON.parse(value);
    };
    const peer = { child, answer };
    this.#processes.set(framework, peer);
    console.log(`${framework} ${(await answer()).version}, one thread`);
    return peer;
  }
}
