import { expect, type FrameLocator, type Locator, type Page } from "@playwright/test";
import type { Config } from "../../../www/app/contract/config";
import type { Result } from "../../../www/app/contract/result";
import type { NpPlayground } from "../../../www/app/element/np-playground";

export type PlaygroundElement = NpPlayground & Config;

/** The keys of a link, with "np.lr" for the rate of one rule alone. */
export type Settings = Record<string, string | number>;

/** A run of a second or so: every test that can do with it says only what it needs besides. */
export const SMALL: Settings = {
  algorithms: "bp",
  image_size: 14,
  train_size: 1000,
  test_size: 500,
  hidden_sizes: "32",
  epochs: 2,
};

/** Runs that do not end while a test looks at them. */
export const ENDLESS: Settings = {
  ...SMALL,
  image_size: 28,
  train_size: 2500,
  hidden_sizes: "128,128",
  epochs: 1000,
};

/** More than any run here takes on a machine that has other work to do. */
export const END_MS = 240_000;

export function link(settings: Settings): string {
  return ["v=1", ...Object.entries(settings).map(([key, value]) => `${key}=${value}`)].join("&");
}

/** A playground, as its reader sees it and as the page around it has it. */
export class Playground {
  readonly host: Locator;

  constructor(within: Page | FrameLocator, selector = "np-playground") {
    this.host = within.locator(selector);
  }

  /** A button by what is written on it. */
  button(name: string): Locator {
    return this.host.getByRole("button", { name, exact: true });
  }

  /** The control with this label. */
  control(label: string): Locator {
    return this.host.getByLabel(label, { exact: true });
  }

  /** One of the words beside the progress bar. */
  word(text: string | RegExp): Locator {
    return this.host.locator("np-transport").getByText(text, { exact: true });
  }

  get notice(): Locator {
    return this.host.getByRole("alert");
  }

  result(): Promise<Result> {
    return this.host.evaluate((element: PlaygroundElement) => element.result);
  }

  config(): Promise<Config> {
    return this.host.evaluate((element: PlaygroundElement) => element.config);
  }

  async statuses(): Promise<string[]> {
    return (await this.result()).runs.map(({ status }) => status);
  }

  async hashes(): Promise<Record<string, string | null>> {
    const { runs } = await this.result();
    return Object.fromEntries(runs.map(({ algorithm, weights_hash }) => [algorithm, weights_hash]));
  }

  /** Rows of the first run's history: 1 for the untrained network, and one for each epoch. */
  async rows(): Promise<number> {
    return (await this.result()).runs[0]?.history.epoch.length ?? 0;
  }

  /** How much of all runs is done, between 0 and 1, as the bar shows it. */
  progress(): Promise<number> {
    return this.host.getByRole("progressbar").evaluate((bar: HTMLProgressElement) => bar.value);
  }

  /** Opens the part with this heading. */
  async unfold(name: string): Promise<void> {
    await this.host.getByRole("heading", { name, exact: true }).click();
  }

  /** Opens every part that opens and closes, also those that come to light on the way. */
  async openAll(): Promise<void> {
    const closed = this.host.locator("details:not([open]) > summary");
    while ((await closed.count()) > 0) await closed.first().click();
  }

  async untilTrained(): Promise<void> {
    await expect.poll(() => this.rows(), { timeout: END_MS }).toBeGreaterThan(1);
  }

  async untilDone(): Promise<void> {
    await expect(this.word("Done")).toBeVisible({ timeout: END_MS });
  }
}

/** A page with these settings: embed.html, on which nothing starts by itself, or another. */
export async function open(page: Page, settings: Settings, path = "embed.html"): Promise<Playground> {
  await page.goto(`${path}#${link(settings)}`);
  const playground = new Playground(page);
  await expect.poll(() => holds(playground, settings)).toBe(true);
  return playground;
}

/** A page that stores what has ended and what the reader prefers; and on which nothing starts by itself. */
export async function openKeeping(page: Page, settings: Settings): Promise<Playground> {
  await page.route("**/embed.html", async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace("<np-playground>", "<np-playground keep-runs>");
    await route.fulfill({ response, body });
  });
  return open(page, settings);
}

async function holds(playground: Playground, settings: Settings): Promise<boolean> {
  const config: Record<string, unknown> = { ...(await playground.config()) };
  const own = config.overrides as Record<string, Record<string, unknown>>;
  // Changes on the way, as "np.lr@1.0", are for the tests that give them.
  const now = Object.entries(settings).filter(([key]) => !key.includes("@"));
  return now.every(([key, value]) => {
    const [algorithm = "", name = ""] = key.split(".");
    return String(name ? own[algorithm]?.[name] : config[key]) === String(value);
  });
}
