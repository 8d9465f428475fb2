import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { SCHEMA } from "../../www/app/contract/config";
import { AppError } from "../../www/app/contract/errors";
import { settingsIn } from "../../www/app/worker/engine";
import { loadCheck } from "./check";
import { always, PATIENT } from "./tries";

const said: { kind: string; message?: string }[] = [];
const done: string[] = [];
const parent = { postMessage: (message: { kind: string }) => said.push(message) };

let check: Awaited<ReturnType<typeof loadCheck>>;

/** What the element makes of settings: it takes them, or says what is wrong with which. */
function configure(given: unknown): void {
  done.push("config");
  try {
    check(settingsIn(given));
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    expect(thrown.code, thrown.message).toBe("config");
    expect(thrown.problems.length).toBeGreaterThan(0);
    const keys = typeof given === "object" && given !== null ? Object.keys(given) : [];
    for (const { field, message } of thrown.problems)
      expect(
        ["configuration", ...keys].some((key) => `${field}.`.startsWith(`${key}.`)),
        message,
      ).toBe(true);
  }
}

let hear = (_: { source: unknown; data: unknown }) => {};

beforeAll(async () => {
  check = await loadCheck();
  const command = (name: string) => () => done.push(name);
  const playground = {
    ...{ configure, play: command("play"), pause: command("pause"), reset: command("reset") },
    addEventListener: () => {},
  };
  vi.stubGlobal("window", globalThis);
  vi.stubGlobal("parent", parent);
  vi.stubGlobal("document", { querySelector: () => playground });
  vi.stubGlobal("addEventListener", (_: string, listener: typeof hear) => {
    hear = listener;
  });
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe(): void {}
    },
  );
  await import("../../www/app/frame-messages");
});

beforeEach(() => {
  said.length = 0;
  done.length = 0;
});

const NAMES = SCHEMA.fields.map(({ name }) => name);
const leaf = fc.oneof(
  fc.jsonValue(),
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true }),
);
const settings = fc.oneof(
  leaf,
  fc.dictionary(fc.oneof(fc.constantFrom(...NAMES), fc.string()), leaf, { maxKeys: 5 }),
);
/** What cannot be made a word of. */
const wordless = fc.record({ toString: fc.nat(), valueOf: fc.nat() });
const kind = fc.oneof(
  fc.constantFrom("play", "pause", "reset", "config", "toString", "__proto__"),
  wordless,
  leaf,
);
const message = fc.oneof(leaf, fc.record({ kind, config: settings }, { requiredKeys: [] }));

describe("whatever a page says to a frame within it", PATIENT, () => {
  test("is done, or refused in words, or was not meant for it", () => {
    always(
      fc.property(message, (data) => {
        const before = said.length + done.length;
        hear({ source: parent, data });
        const meant = typeof data === "object" && data !== null && "kind" in data;
        expect(said.length + done.length - before).toBe(meant ? 1 : 0);
        for (const { kind, message } of said)
          expect([kind, (message ?? "").length > 20]).toEqual(["error", true]);
        said.length = 0;
        done.length = 0;
      }),
    );
  });

  test("is heard from nobody else", () => {
    always(
      fc.property(message, (data) => {
        for (const source of [null, window, {}]) hear({ source, data });
        expect([said, done]).toEqual([[], []]);
      }),
    );
  });

  test("may be long, and then is none", () => {
    hear({ source: parent, data: { kind: "config", config: { algorithms: ["np".repeat(1_000_000)] } } });
    expect(done).toEqual([]);
    expect(said.map(({ message }) => message)).toEqual([
      expect.stringContaining("longer than 100,000 characters"),
    ]);
  });
});
