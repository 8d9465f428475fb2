import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { defaults, type Given, SCHEMA } from "../../www/app/contract/config";
import { proofOf, readProof } from "../../www/app/contract/proof";
import type { Result } from "../../www/app/contract/result";
import { fromLink, toLink } from "../../www/app/contract/url";

const FOLDER = new URL("../links/", import.meta.url);

/** A link as it was given away once, and what it has to mean for ever: settings beside the defaults of that day. */
interface Recorded {
  link: string;
  given: Given;
  proof?: string;
}

describe("a link that was given away once", () => {
  test.each(readdirSync(FOLDER))("still means the same: %s", (name) => {
    const recorded: Recorded[] = JSON.parse(readFileSync(new URL(name, FOLDER), "utf8"));
    expect(recorded.length).toBeGreaterThan(0);
    for (const { link, given, proof } of recorded) {
      expect(fromLink(link)).toEqual({ given, unknown: [], ...(proof && { proof }) });
      if (proof) expect(readProof(proof)).toBeDefined();
    }
  });

  test("there is one of each version that is written", () => {
    expect(readdirSync(FOLDER)).toEqual(["v1.json", "v2.json", "v3.json"]);
  });
});

/** As long as settings can be without changes on the way: every rule with values of its own, eight layers. */
function longest() {
  const algorithms = SCHEMA.algorithms.map(({ name }) => name);
  const own = { lr: 0.000123, noise_std: 0.000123, decor_lr: 0.000123, num_noise_iters: 25 };
  const overrides = Object.fromEntries(algorithms.map((name) => [name, own]));
  return {
    ...defaults(),
    algorithms,
    overrides,
    hidden_sizes: Array(8).fill(1024),
    seed: 4294967295,
    num_seeds: 10,
  };
}

test("the longest settings stay under 2,000 characters, with hashes too where those have room", () => {
  const link = toLink(longest());
  expect(link.length).toBeLessThan(1900);
  const runs = Array.from({ length: 160 }, () => ({ weights_hash: "0".repeat(16), history: { epoch: [] } }));
  const result = { config: longest(), version: "", runs } as unknown as Result;
  expect(proofOf(result, 1900 - link.length)).toBeUndefined();
});
