import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import puppeteer, { type LaunchOptions } from "puppeteer-core";
import { Builder, type WebDriver } from "selenium-webdriver";
import { launchOptions } from "../../scripts/chromium.mjs";

/** A page in a real browser, as far as these tests use one. */
export interface Visit {
  open(url: string): Promise<void>;
  /** What an expression is in the page, or what it promises, as far as JSON holds it. */
  ask<T>(expression: string): Promise<T>;
  close(): Promise<void>;
}

/** The engines of this world, one browser of each. */
export const ENGINES: Record<string, () => Promise<Visit>> = {
  Chromium: () => withPuppeteer({ browser: "chrome", args: ["--no-sandbox"], ...launchOptions }),
  Firefox: () => withPuppeteer({ browser: "firefox", executablePath: firefox() }),
  WebKitGTK: webkit,
};

/** JSON and not the protocol's own form of values: it keeps every number as it is. */
const asJson = (expression: string) =>
  `Promise.resolve(${expression}).then((value) => JSON.stringify(value ?? null))`;

function found(what: string, paths: readonly string[]): string {
  const path = paths.find(existsSync);
  if (path) return path;
  throw new Error(`${what} is missing (looked for ${paths.join(", ")}): run bash scripts/setup.sh engines`);
}

const firefox = () => process.env.FIREFOX ?? found("Firefox", ["/usr/bin/firefox-esr", "/usr/bin/firefox"]);

/** Chromium by its own protocol, Firefox by WebDriver BiDi. */
async function withPuppeteer(options: LaunchOptions): Promise<Visit> {
  const browser = await puppeteer.launch(options);
  const page = await browser.newPage();
  return {
    async open(url) {
      await page.goto(url);
    },
    ask: async (expression) => JSON.parse(String(await page.evaluate(asJson(expression)))),
    close: () => browser.close(),
  };
}

/** WebKit by WebDriver; it needs a screen, which `npm run test:engines` gives it. */
async function webkit(): Promise<Visit> {
  const port = await freePort();
  const driver = startWebkitDriver(port);
  try {
    return visitOf(await connect(port), driver);
  } catch (thrown) {
    driver.kill();
    throw thrown;
  }
}

/**
 * In the locale of a bare container, under which `navigator.language` is "C". WebKit's own sandbox needs what
 * containers do not allow; what is visited is this site alone.
 */
function startWebkitDriver(port: number): ChildProcess {
  const driver = found("WebKitGTK's driver", ["/usr/bin/WebKitWebDriver"]);
  const env = { ...process.env, LC_ALL: "C.UTF-8", WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1" };
  return spawn(driver, [`--port=${port}`], { env, stdio: "ignore" });
}

const MINIBROWSERS = ["x86_64", "aarch64"].map(
  (cpu) => `/usr/lib/${cpu}-linux-gnu/webkit2gtk-4.1/MiniBrowser`,
);

/** As soon as the driver listens. */
async function connect(port: number): Promise<WebDriver> {
  const browser = { binary: found("WebKitGTK's MiniBrowser", MINIBROWSERS), args: ["--automation"] };
  const builder = new Builder()
    .usingServer(`http://127.0.0.1:${port}`)
    .withCapabilities({ browserName: "MiniBrowser", "webkitgtk:browserOptions": browser });
  for (let left = 100; ; left--) {
    try {
      return await builder.build();
    } catch (thrown) {
      if (left === 0 || !String(thrown).includes("ECONNREFUSED")) throw thrown;
      await new Promise((next) => setTimeout(next, 200));
    }
  }
}

function visitOf(browser: WebDriver, driver: ChildProcess): Visit {
  return {
    open: (url) => browser.get(url),
    async ask(expression) {
      const script = `${asJson(expression)}.then(arguments[arguments.length - 1])`;
      return JSON.parse(await browser.executeAsyncScript<string>(script));
    },
    async close() {
      await browser.quit();
      driver.kill();
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}
