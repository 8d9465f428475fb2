import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Config, SCHEMA } from "../../www/app/contract/config";
import type { Result } from "../../www/app/contract/result";
import { native, numbers, trainNatively } from "../e2e/support/native";
import { serve } from "../e2e/support/static-server";
import { ENGINES, type Visit } from "./browsers";
import { trainInNode } from "./node";

const RULES = SCHEMA.algorithms.map(({ name }) => name);

/** 200 updates of every rule. */
const COMMON: Partial<Config> = {
  ...{ algorithms: RULES, train_size: 1000, test_size: 500, image_size: 14, hidden_sizes: [32] },
  ...{ batch_size: 50, epochs: 10, seed: 5 },
};

/** Each optimizer at rates at which no rule diverges, with each loss. */
const SETTINGS: Record<string, Partial<Config>> = {
  "Adam, cross-entropy": { optimizer: "adam", loss: "ce", lr: 0.001 },
  "Adam, mean squared error": { optimizer: "adam", loss: "mse", output: "linear", lr: 0.001 },
  "SGD, cross-entropy": { optimizer: "sgd", loss: "ce", lr: 0.01 },
  "SGD, mean squared error": { optimizer: "sgd", loss: "mse", output: "linear", lr: 0.01 },
};

const playground = 'document.querySelector("np-playground")';
/** Everything that the playground says, whichever of its elements does. */
const words = `(function words(root) {
  const inside = [...root.querySelectorAll("*")].flatMap(({ shadowRoot }) => (shadowRoot ? words(shadowRoot) : []));
  return root.textContent + inside.join(" ");
})(${playground}.shadowRoot)`;
const linkTo = (settings: object) => `embed.html#v=1&${query(settings)}`;
const query = (settings: object) =>
  Object.entries(settings)
    .map(([key, value]) => `${key}=${value}`)
    .join("&");

/** What the native command says of each of the settings. */
const expected = new Map<string, Result>();
let site: Awaited<ReturnType<typeof serve>>;

const expectedOf = (what: string) => {
  const result = expected.get(what);
  if (!result) throw new Error(`the native command has not trained ${what}`);
  return result;
};

beforeAll(async () => {
  native("--version");
  const folder = mkdtempSync(join(tmpdir(), "engines-"));
  for (const [what, settings] of Object.entries(SETTINGS))
    expected.set(what, trainNatively({ ...COMMON, ...settings }, folder));
  rmSync(folder, { recursive: true });
  site = await serve(new URL("../../dist/", import.meta.url), "/");
});

afterAll(() => {
  site.server.close();
});

test("the native command ends every rule after 200 updates, each with weights of its own", () => {
  for (const [what, { config, runs }] of expected) {
    expect((config.train_size / config.batch_size) * config.epochs, what).toBe(200);
    expect(runs.map(({ algorithm, status }) => [algorithm, status])).toEqual(
      RULES.map((rule) => [rule, "finished"]),
    );
    expect(new Set(runs.map(({ weights_hash }) => weights_hash)).size, what).toBe(RULES.length);
  }
});

test.each(Object.keys(SETTINGS))("the same bits in Node: %s", async (what) => {
  const there = expectedOf(what);
  const runs = await trainInNode(there.config);
  expect(numbers({ runs })).toEqual(numbers(there));
});

describe.each(Object.keys(ENGINES))("%s", (name) => {
  let visit: Visit;

  beforeAll(async () => {
    const start = ENGINES[name];
    if (!start) throw new Error(`no engine has the name ${name}`);
    visit = await start();
  });

  afterAll(() => visit?.close());

  /** Asks until the answer is this. */
  async function until(expression: string, answer: unknown, seconds = 60): Promise<void> {
    const asked = async () => expect(await visit.ask(expression)).toEqual(answer);
    await vi.waitFor(asked, { timeout: seconds * 1000, interval: 200 });
  }

  /** Opens a link to these settings, presses play, and waits for the end. */
  async function train(settings: object): Promise<Result> {
    await visit.open("about:blank"); // otherwise a link to the same page would only change its settings
    await visit.open(`${site.url}${linkTo(settings)}`);
    await until(`${playground}.config?.seed`, COMMON.seed);
    await visit.ask(`${playground}.play()`);
    await until(
      `${playground}.result.runs.filter(({ status }) => status === "finished").length`,
      RULES.length,
      240,
    );
    return visit.ask<Result>(`${playground}.result`);
  }

  test.each(Object.entries(SETTINGS))("the same bits: %s", async (what, settings) => {
    const there = expectedOf(what);
    const here = await train({ ...COMMON, ...settings });
    expect(here.config).toEqual(there.config);
    expect(numbers(here)).toEqual(numbers(there));
  });

  test("fast arithmetic: where it is not to be had, exact arithmetic runs, and is said to", async () => {
    const [what, settings] = Object.entries(SETTINGS)[0] ?? [];
    const here = await train({ ...COMMON, ...settings, arithmetic: "fast" });
    const said = await visit.ask<string>(words);
    const same = numbers(here).filter(
      (run, i) => run.weights_hash === expectedOf(what ?? "").runs[i]?.weights_hash,
    );
    if (name === "WebKitGTK") {
      expect(here.config.arithmetic).toBe("exact");
      expect(said).toContain("needs relaxed SIMD, which this browser does not have");
      expect(same).toHaveLength(RULES.length);
    } else {
      expect(here.config.arithmetic).toBe("fast");
      expect(said).toContain("these numbers depend on the processor");
      expect(same).toEqual([]);
    }
  });

  test("the address keeps up with more changes than a browser allows it", async () => {
    await visit.open(`${site.url}embed.html`);
    await visit.ask('customElements.whenDefined("np-playground").then(() => null)');
    const changes = 300;
    await visit.ask(`(async () => {
      for (let i = 1; i <= ${changes}; i++) {
        ${playground}.lr = i / 10000;
        await new Promise((next) => setTimeout(next));
      }
    })()`);
    await until('location.hash.includes("lr=0.03")', true);
    expect(await visit.ask(`${playground}.config.lr`)).toBe(changes / 10_000);
  });

  test("a part of the page that has not come once comes when it is asked for again", async () => {
    let lost = true;
    const dist = new URL("../../dist/", import.meta.url);
    const other = await serve(dist, "/", {}, (file) =>
      lost && file.startsWith("assets/share-") ? "lost" : undefined,
    );
    const found = (what: string) => `(function found(root) {
      const inside = [...root.querySelectorAll("*")].flatMap(({ shadowRoot }) => (shadowRoot ? found(shadowRoot) : []));
      return [...root.querySelectorAll("${what}"), ...inside];
    })(${playground}.shadowRoot)`;
    const button = found("button[aria-label=Share]");
    const said = `${words}.split("The Share menu could not be loaded").length - 1`;
    await visit.open(`${other.url}index.html`);
    await until(`${button}.length`, 1);
    for (const _ of [1, 2]) {
      await visit.ask(`${button}[0].click()`);
      await until(said, 1);
    }
    lost = false;
    await visit.ask(`${button}[0].click()`);
    await until(`${found("dialog[open]")}.length`, 1);
    expect(await visit.ask(said)).toBe(0);
    other.server.close();
  });

  test("a page in the browser's own language, even if that is none, draws its curves", async () => {
    await visit.open("about:blank");
    await visit.open(`${site.url}index.html`);
    if (name === "WebKitGTK") expect(await visit.ask("navigator.language")).toBe("C");
    const curves = `${playground}.shadowRoot?.querySelector("np-learning-curves")?.shadowRoot
      ?.querySelector("np-plot")?.shadowRoot?.querySelector("canvas") instanceof Element`;
    await until(curves, true);
  });
});
