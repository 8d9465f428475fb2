import type { CDPSession, Page } from "@playwright/test";

/** What a page holds when everything that nobody can reach has been collected. */
export const HELD = ["heap", "wasm", "nodes", "listeners", "documents", "workers"] as const;
export type Held = Record<(typeof HELD)[number], number>;

/** Collections until nothing more is let go: a frame that was taken out takes several, and some time. */
const MOST_COLLECTIONS = 20;
const PAUSE_MS = 250;

export async function heldBy(page: Page, devtools: CDPSession): Promise<Held> {
  let held = await collected(page, devtools);
  for (let i = 1; i < MOST_COLLECTIONS; i++) {
    await page.waitForTimeout(PAUSE_MS);
    const next = await collected(page, devtools);
    const rests = next.documents === held.documents && next.nodes === held.nodes;
    held = next;
    if (rests) break;
  }
  return held;
}

async function collected(page: Page, devtools: CDPSession): Promise<Held> {
  await devtools.send("HeapProfiler.collectGarbage");
  const { usedSize } = await devtools.send("Runtime.getHeapUsage");
  const { nodes, jsEventListeners, documents } = await devtools.send("Memory.getDOMCounters");
  const wasm = await wasmBytes(devtools);
  return {
    ...{ heap: usedSize, wasm, nodes, listeners: jsEventListeners, documents },
    workers: page.workers().length,
  };
}

/** Of all instances that the page's own thread can reach. */
async function wasmBytes(devtools: CDPSession): Promise<number> {
  const group = { objectGroup: "memories" };
  const prototype = await devtools.send("Runtime.evaluate", {
    ...group,
    expression: "WebAssembly.Memory.prototype",
  });
  const prototypeObjectId = prototype.result.objectId ?? "";
  const { objects } = await devtools.send("Runtime.queryObjects", { ...group, prototypeObjectId });
  const { result } = await devtools.send("Runtime.callFunctionOn", {
    objectId: objects.objectId,
    functionDeclaration:
      "function () { return this.reduce((sum, { buffer }) => sum + buffer.byteLength, 0); }",
    returnByValue: true,
  });
  await devtools.send("Runtime.releaseObjectGroup", group);
  return result.value;
}
