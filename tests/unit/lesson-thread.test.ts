import { readFileSync } from "node:fs";
import { expect, test, vi } from "vitest";
import type { Host } from "../../www/app/contract/thread";
import { serve } from "../../www/app/learn/lesson-thread";
import type { Order, Report } from "../../www/app/learn/protocol";

const TOY = new URL("../../www/pkg/toy/np_playground_bg.wasm", import.meta.url);

/** A lesson's worker, and what it has said. */
function worker() {
  const said: Report[] = [];
  const orders: ((order: Order) => void)[] = [];
  const host: Host = {
    post: (report) => said.push(report as Report),
    hear: (take) => orders.push(take),
    die: () => {},
    slice: 40,
  };
  serve(host);
  return { said, tell: (order: Order) => orders.forEach((take) => void take(order)) };
}

test("every order is answered: one for a lesson that another worker had, too", async () => {
  const { said, tell } = worker();
  const wasm = `data:application/wasm;base64,${readFileSync(TOY).toString("base64")}`;
  tell({ kind: "toy", wasm });
  tell({ kind: "step", lesson: "noise", steps: 1 });
  tell({ kind: "start", lesson: "noise", rate: undefined });
  tell({ kind: "step", lesson: "noise", steps: 2 });
  await vi.waitFor(() => expect(said).toHaveLength(3));
  expect(said[0]).toMatchObject({
    kind: "failed",
    failure: { message: "the worker that it ran in is gone" },
  });
  expect(said[1]).toMatchObject({ kind: "seen", sight: { updates: 0 }, over: false });
  expect(said[2]).toMatchObject({ kind: "seen", sight: { updates: 2 }, over: false });
});
