// Takes the README's picture: what a first visit to the built page shows when its runs have ended.

import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { preview } from "vite";
import { launchOptions } from "./chromium.mjs";

const PICTURE = fileURLToPath(new URL("../www/screenshot.png", import.meta.url));
const LIMIT = 300_000; // bytes

const server = await preview({
  configFile: fileURLToPath(new URL("../www/vite.config.ts", import.meta.url)),
  preview: { port: 4175 },
});
const browser = await chromium.launch(launchOptions);
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(server.resolvedUrls.local[0]);
  await page.locator("np-transport").getByText("Done", { exact: true }).waitFor({ timeout: 120_000 });
  await page.screenshot({ path: PICTURE });
} finally {
  await browser.close();
  await server.close();
}

const { size } = statSync(PICTURE);
console.log(`${PICTURE}: ${size} bytes`);
if (size > LIMIT) throw new Error(`the picture has ${size} bytes, allowed are ${LIMIT}`);
