import { beforeEach, describe, expect, test, vi } from "vitest";
import { emptyHistory } from "../../www/app/contract/history";
import type { Database } from "../../www/app/storage/database";
import { isKept, type Kept } from "../../www/app/storage/kept";
import { DELETED, Shelf } from "../../www/app/storage/shelf";
import { config, settle } from "./fakes";

function result(id: string, at: number): Kept {
  const run = {
    algorithm: "np",
    seed: 0,
    status: "finished",
    weights_hash: id,
    steps_per_epoch: 10,
  } as const;
  return { id, at, config: config(), version: "0.1.0", runs: [{ ...run, history: emptyHistory() }] };
}

describe("isKept", () => {
  test("takes what this version keeps, and nothing that it could not show", () => {
    const kept = result("a", 1);
    expect(isKept(structuredClone(kept))).toBe(true);
    const [run] = kept.runs;
    for (const other of [
      null,
      {},
      { ...kept, at: "1" },
      { ...kept, config: { ...kept.config, algorithms: ["xyz"] } },
      { ...kept, config: { ...kept.config, hidden_sizes: null } },
      { ...kept, runs: [null] },
      { ...kept, runs: [{ ...run, algorithm: "xyz" }] },
      { ...kept, runs: [{ ...run, history: { ...run?.history, epoch: [0] } }] },
    ])
      expect(isKept(other), JSON.stringify(other)).toBe(false);
  });
});

let stored: Map<string, Kept>;
let refuses: boolean;
let silent: boolean;
let tell: () => void;

const database: Database<Kept> = {
  stores: true,
  all: async () => answer([...stored.values()]),
  put: async (kept) => answer(void stored.set(kept.id, kept)),
  remove: async (id) => answer(void stored.delete(id)),
  watch: (changed) => {
    tell = changed;
  },
};

async function answer<Value>(value: Value): Promise<Value> {
  if (silent) await new Promise(() => {});
  if (refuses) throw new DOMException("not here", "SecurityError");
  return value;
}

async function shelf(): Promise<Shelf> {
  const opened = new Shelf(database);
  await settle();
  return opened;
}

const ids = ({ kept }: Shelf) => kept.map(({ id }) => id);

beforeEach(() => {
  stored = new Map();
  refuses = false;
  silent = false;
});

describe("a shelf", () => {
  test("keeps results for the next visit, the latest first, an equal one only once", async () => {
    const today = await shelf();
    await today.keep(result("a", 1));
    await today.keep(result("b", 2));
    await today.keep(result("a", 3));
    expect(ids(today)).toEqual(["a", "b"]);
    const tomorrow = await shelf();
    expect(ids(tomorrow)).toEqual(["a", "b"]);
    expect(tomorrow.kept[0]?.at).toBe(3);
    expect(tomorrow.lasting).toBe(true);
  });

  test("loses none that was kept while the stored ones were read", async () => {
    stored.set("a", result("a", 1));
    const early = new Shelf(database);
    void early.keep(result("b", 2));
    await settle();
    expect(ids(early)).toEqual(["b", "a"]);
  });

  test("deletes", async () => {
    stored.set("a", result("a", 1)).set("b", result("b", 2));
    const opened = await shelf();
    opened.togglePin("a");
    await opened.forget("a");
    expect(ids(opened)).toEqual(["b"]);
    expect(opened.ghosts).toEqual([]);
    expect([...stored.keys()]).toEqual(["b"]);
  });

  test("brings back what was deleted, one after another, with its letter where that is free", async () => {
    stored.set("a", result("a", 1)).set("b", result("b", 2)).set("c", result("c", 3));
    const opened = await shelf();
    expect(opened.deleted).toBeUndefined();
    opened.togglePin("a");
    opened.togglePin("b");
    for (const id of ["a", "b"]) await opened.forget(id);
    opened.togglePin("c");
    expect(opened.deleted?.id).toBe("b");
    await opened.bringBack();
    expect([ids(opened), opened.deleted?.id]).toEqual([["c", "b"], "a"]);
    await opened.bringBack();
    await opened.bringBack();
    expect([ids(opened), opened.deleted]).toEqual([["c", "b", "a"], undefined]);
    expect(
      opened.ghosts.map(({ id, mark }) => [id, mark]),
      "A has been given away",
    ).toEqual([
      ["c", "A"],
      ["b", "B"],
    ]);
    expect([...stored.keys()].toSorted()).toEqual(["a", "b", "c"]);
  });

  test("has the last twenty that were deleted to bring back", async () => {
    const many = Array.from({ length: DELETED + 1 }, (_, at) => result(`${at}`, at));
    for (const one of many) stored.set(one.id, one);
    const opened = await shelf();
    for (const { id } of many) await opened.forget(id);
    while (opened.deleted) await opened.bringBack();
    expect(ids(opened)).toEqual(ids(await shelf()));
    expect([opened.kept.length, ids(opened).includes("0")]).toEqual([DELETED, false]);
  });

  test("takes nothing for deleted that is there again", async () => {
    stored.set("a", result("a", 1)).set("b", result("b", 2));
    const opened = await shelf();
    for (const id of ["a", "b"]) await opened.forget(id);
    await opened.keep(result("b", 3));
    expect([ids(opened), opened.deleted?.id]).toEqual([["b"], "a"]);
  });

  test("goes on knowing which images a result is of, when it comes from a file", async () => {
    const images = { called: "mine.csv", digest: "0" };
    const opened = await shelf();
    await opened.keep({ ...result("a", 1), images });
    await opened.keep(result("a", 2));
    expect([opened.kept[0]?.images, stored.get("a")?.images]).toEqual([images, images]);
  });

  test("gives what is pinned a letter of its own, and takes it back", async () => {
    stored.set("a", result("a", 1)).set("b", result("b", 2)).set("c", result("c", 3));
    const opened = await shelf();
    let changes = 0;
    opened.addEventListener("change", () => {
      changes += 1;
    });
    opened.togglePin("a");
    opened.togglePin("b");
    opened.togglePin("a");
    opened.togglePin("c");
    expect(opened.ghosts.map(({ id, mark }) => [id, mark])).toEqual([
      ["c", "A"],
      ["b", "B"],
    ]);
    expect(changes).toBe(4);
  });

  test("says when nothing can be stored, and goes on without", async () => {
    refuses = true;
    const opened = await shelf();
    expect(opened.lasting).toBe(false);
    await opened.keep(result("a", 1));
    expect(ids(opened)).toEqual(["a"]);
  });

  test("says so, too, when no answer comes, and shows what has been kept since", async () => {
    vi.useFakeTimers();
    silent = true;
    const opened = new Shelf(database);
    expect(opened.lasting, "it may come").toBe(true);
    await vi.advanceTimersByTimeAsync(5000);
    expect(opened.lasting).toBe(false);
    void opened.keep(result("a", 1));
    expect(ids(opened)).toEqual(["a"]);
    vi.useRealTimers();
  });

  test("follows what other pages keep and delete", async () => {
    stored.set("a", result("a", 1));
    const opened = await shelf();
    stored.set("b", result("b", 2)).delete("a");
    tell();
    await settle();
    expect(ids(opened)).toEqual(["b"]);
  });

  test("keeps what could not be stored when other pages change something", async () => {
    const opened = await shelf();
    refuses = true;
    await opened.keep(result("a", 1));
    refuses = false;
    stored.set("b", result("b", 2));
    tell();
    await settle();
    expect(ids(opened)).toEqual(["b", "a"]);
    expect(opened.lasting, "one of them does not").toBe(false);
  });
});
