// The benchmarks' page: built as the site is built, served on this machine, opened in a real Chromium.

import { cpSync, existsSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { build, preview } from "vite";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const SITE = here("../../target/bench/site");

/** Builds the page; `files` are copied beside it, as {name in peers/: path}. */
async function buildPage(files) {
  await build({
    configFile: false,
    root: here("page"),
    base: "./",
    logLevel: "warn",
    publicDir: here("../../www/public"),
    build: { target: "es2022", outDir: SITE, emptyOutDir: true },
    worker: { format: "es" },
  });
  mkdirSync(`${SITE}/peers`);
  for (const [name, path] of Object.entries(files)) cpSync(path, `${SITE}/peers/${name}`);
}

/**
 * The page, ready, and how to close it. The server sends no isolation headers, as static hosts do not:
 * so TensorFlow.js too has one thread.
 */
export async function openPage(files, expose = {}) {
  await buildPage(files);
  const server = await preview({
    configFile: false,
    root: here("page"),
    build: { outDir: SITE },
    logLevel: "warn",
  });
  const executablePath =
    process.env.CHROMIUM ??
    ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find((path) => existsSync(path));
  const browser = await chromium.launch(executablePath ? { executablePath } : {});
  const page = await browser.newPage();
  page.on("pageerror", (error) => console.error(error));
  page.on("console", (message) => message.type() === "error" && console.error(message.text()));
  for (const [name, respond] of Object.entries(expose)) await page.exposeFunction(name, respond);
  await page.goto(server.resolvedUrls.local[0]);
  await page.waitForFunction(() => "bench" in globalThis);
  return {
    /** Calls a function of the page's `bench`. */
    call: (name, ...args) => page.evaluate(([name, args]) => globalThis.bench[name](...args), [name, args]),
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}
