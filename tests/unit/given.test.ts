import { beforeEach, describe, expect, test, vi } from "vitest";
import { type Config, defaults, type Given } from "../../www/app/contract/config";
import { NpPlayground } from "../../www/app/element/np-playground";

/** The element without a page: what it makes of settings that are given to it, in which order. */

vi.mock("../../www/app/worker/engine", async (original) => ({
  ...(await original<typeof import("../../www/app/worker/engine")>()),
  loadEngine: async () => ({ check: (given: Given) => ({ ...defaults(), ...given }) }),
}));

vi.mock("../../www/app/element/view", () => ({}));
vi.mock("../../www/app/element/session", () => ({
  Session: class {
    readonly experiment = {
      ...{ config: defaults(), address: defaults(), phase: "idle", runs: [], bytesOf: async () => 0 },
      configure: async (given: Given) => Object.assign(this.experiment.config, defaults(), given),
      change: async (given: Given) => Object.assign(this.experiment.config, given),
    };
    readonly sweep = {};
    refused: readonly unknown[] = [];
    turn = Promise.resolve();
    next(act: (experiment: unknown) => Promise<void>): Promise<void> {
      this.turn = this.turn.then(() => act(this.experiment));
      return this.turn;
    }
  },
}));

/** Nothing is drawn. */
class Undrawn extends NpPlayground {
  protected override createRenderRoot(): ShadowRoot {
    return {} as ShadowRoot;
  }
  protected override performUpdate(): void {}
  override requestUpdate(): void {}
  override getAttributeNames(): string[] {
    return [...this.attributes].map(({ name }) => name);
  }
}
customElements.define("np-undrawn", Undrawn);

beforeEach(() => {
  vi.stubGlobal("addEventListener", () => {});
  vi.stubGlobal("document", { baseURI: "https://example.org/", addEventListener: () => {} });
  vi.stubGlobal(
    "IntersectionObserver",
    class {
      observe(): void {}
    },
  );
});

/** Its settings when all that was given has been taken. */
async function taken(element: NpPlayground): Promise<Config> {
  await new Promise((next) => setTimeout(next));
  return element.config;
}

function attribute(element: NpPlayground, name: string, value: string | null): void {
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
  element.attributeChangedCallback(name, null, value);
}

describe("settings that take the place of all", () => {
  test("come after the attributes of the same moment, and before what is given then", async () => {
    const element = new Undrawn();
    attribute(element, "preset", "why-decorrelate");
    element.connectedCallback();
    element.link = "v=1&lr=0.003";
    Object.assign(element, { seed: 7 });
    expect(await taken(element)).toEqual({ ...defaults(), lr: 0.003, seed: 7 });
    attribute(element, "epochs", "3");
    void element.configure({ lr: 0.004 });
    expect(await taken(element)).toEqual({ ...defaults(), lr: 0.004 });
  });

  test("outside the page are taken when it is in it", async () => {
    const element = new Undrawn();
    attribute(element, "epochs", "3");
    await element.configure({ lr: 0.005 });
    attribute(element, "seed", "8");
    element.connectedCallback();
    expect(await taken(element)).toEqual({ ...defaults(), lr: 0.005, seed: 8 });
    const linked = new Undrawn();
    linked.link = "v=1&lr=0.006";
    linked.connectedCallback();
    expect(await taken(linked)).toEqual({ ...defaults(), lr: 0.006 });
  });
});

test("an attribute that is taken away leaves nothing: its setting is the preset's own, or the default", async () => {
  const element = new Undrawn();
  for (const [name, value] of Object.entries({ lr: "0.02", preset: "why-decorrelate", height: "900" }))
    attribute(element, name, value);
  element.connectedCallback();
  expect(await taken(element)).toMatchObject({ lr: 0.02, optimizer: "sgd" });
  attribute(element, "lr", null);
  expect(await taken(element)).toMatchObject({ lr: 0.1, optimizer: "sgd" });
  for (const name of ["height", "preset"]) attribute(element, name, null);
  attribute(element, "lr", null);
  expect(await taken(element)).toMatchObject({ lr: defaults().lr, optimizer: "sgd" });
  expect([element.height, element.preset]).toEqual(["", ""]);
});
