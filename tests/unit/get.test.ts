import { expect, test, vi } from "vitest";
import { get } from "../../www/app/contract/get";

test("the page says which one it is to its own host, whatever policy that has; a request may say otherwise", async () => {
  const fetched = vi.fn(async () => new Response());
  vi.stubGlobal("fetch", fetched);
  await get("data/manifest.json", { cache: "no-cache" });
  await get("data/manifest.json", { referrerPolicy: "no-referrer" });
  expect(fetched.mock.calls).toEqual([
    ["data/manifest.json", { cache: "no-cache", referrerPolicy: "same-origin" }],
    ["data/manifest.json", { referrerPolicy: "no-referrer" }],
  ]);
});
