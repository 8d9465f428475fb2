import { beforeEach, expect, test, vi } from "vitest";
import { part } from "../../www/app/contract/part";

const BASE = "https://here.example/assets/element.js";

/** What does not come, and what has been asked for. */
let missing: string[];
const fetched = vi.fn(async (address: string) => {
  if (missing.includes(address)) throw new TypeError("no network");
  return new Response("", { status: address.endsWith("gone.js") ? 404 : 200 });
});

beforeEach(() => {
  missing = [];
  fetched.mockClear();
  vi.stubGlobal("fetch", fetched);
});

const asked = () => fetched.mock.calls.map(([address]) => address);

test("nothing is imported of a part of which a script does not come, and it is asked for again", async () => {
  const load = vi.fn(async () => "the part");
  const files = ["./first.js", "./second.js"];
  missing = ["https://here.example/assets/second.js"];
  await expect(part(load, files, BASE)).rejects.toThrow("no network");
  await expect(part(load, files, BASE)).rejects.toThrow("no network");
  expect(load).not.toHaveBeenCalled();
  missing = [];
  expect(await part(load, files, BASE)).toBe("the part");
  const [first, second] = files.map((file) => new URL(file, BASE).href);
  expect(asked(), "what has come is not asked for again").toEqual([first, second, second, second]);
});

test("an answer that is none of the server's files counts as none", async () => {
  const load = vi.fn(async () => "the part");
  await expect(part(load, ["./gone.js"], BASE)).rejects.toThrow();
  expect(load).not.toHaveBeenCalled();
});
