import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Question } from "../../www/app/contract/protocol";
import type { SeenChange, SeenUpdate } from "../../www/app/contract/update";
import type { RunView } from "../../www/app/state/run";
import { besideSeen, lookAtChanges } from "../../www/app/update/looks";

type Change = Extract<Question, { about: "change" }>;
type Host = Parameters<typeof lookAtChanges>[0];

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("document", { hidden: false, addEventListener() {}, removeEventListener() {} });
  vi.stubGlobal(
    "IntersectionObserver",
    class {
      constructor(readonly tell: (entries: { isIntersecting: boolean }[]) => void) {}
      observe() {
        this.tell([{ isIntersecting: true }]);
      }
      disconnect() {}
    },
  );
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("what an update changes", () => {
  test("is asked of the image and the update in view, with each sight anew, and not before it is there", async () => {
    const asked: Change[] = [];
    const ask = async (question: Change) => {
      asked.push(question);
      return new Float32Array();
    };
    const run = { ask } as unknown as RunView;
    const seen = (update: number, sample: number) => ({ run, answer: Float32Array.of(update, sample) });
    const updates = { sights: [seen(7, 0)] };
    const host = { addController() {}, requestUpdate() {} } as unknown as Host;
    const look = lookAtChanges(host, updates, ({ answer: [update = 0, sample = 0] }) => ({
      ...{ about: "change", update, sample, layer: 1 },
    }));
    const updated = async () => {
      look.hostUpdated();
      await vi.advanceTimersByTimeAsync(1000);
    };
    look.hostConnected();
    await updated();
    await updated();
    const places = () => asked.map(({ update, sample }) => [update, sample]);
    expect(places(), "the same sight is asked about once").toEqual([[7, 0]]);
    updates.sights = [seen(7, 1)];
    await updated();
    updates.sights = [seen(8, 1)];
    await updated();
    updates.sights = [seen(8, 1)];
    await updated();
    expect(places(), "the next image, the next update, and the same one with another rate").toEqual([
      [7, 0],
      [7, 1],
      [8, 1],
      [8, 1],
    ]);
    look.hostDisconnected();
  });

  test("is told of what is seen alone, but of the weights of a run that goes on", () => {
    const none = { bias: new Float32Array(), weights: new Float32Array() };
    const decorrelated = [Float32Array.of(1)];
    const change: SeenChange = { loss: 2.5, lossAfter: 2, before: none, after: none, decorrelated };
    const seen = (loss: number) => ({ loss }) as SeenUpdate;
    expect(besideSeen(change, seen(2.5), false)).toBe(change);
    expect(besideSeen(change, seen(2.25), false)).toBeUndefined();
    expect(besideSeen(change, seen(2.25), true)).toEqual({ ...change, decorrelated: [] });
  });
});
