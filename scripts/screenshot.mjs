// Takes the README's pictures: what a stranger sees of the built page in the first minute.

import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { preview } from "vite";
import { launchOptions } from "./chromium.mjs";

const LIMIT = 300_000; // bytes of one picture

// biome-ignore format: a drawing
const THREE = [
  [0.28, 0.22], [0.45, 0.12], [0.65, 0.18], [0.68, 0.34], [0.45, 0.47],
  [0.7, 0.56], [0.72, 0.76], [0.5, 0.88], [0.26, 0.78],
];

/** What stands beside a link elsewhere: 1200 x 630 pixels, with letters that can be read when it is made small. */
const LINK = { width: 600, height: 315, deviceScaleFactor: 2 };

async function takeLinkPicture(browser, site) {
  const page = await browser.newPage({ viewport: LINK, deviceScaleFactor: LINK.deviceScaleFactor });
  await page.goto(site);
  const heading = await page.getByRole("heading", { level: 1 }).textContent();
  await page.goto(`${site}embed.html?controls=none&preset=story&autoplay&height=238`);
  await page.locator("np-figure .outcome").first().waitFor({ timeout: 120_000 });
  await page.evaluate((heading) => {
    const title = document.querySelector("h1");
    title.textContent = heading;
    title.className = "";
    title.style.cssText = "margin: 10px 14px 6px; font-size: 25px; line-height: 1.2";
    const figure = document.querySelector("np-playground").shadowRoot.querySelector("np-figure").shadowRoot;
    for (const part of figure.querySelectorAll(".foot, .words, progress")) part.remove();
    figure.querySelector(".figure").style.border = "0";
  }, heading);
  await page.waitForTimeout(500);
  await page.screenshot({ path: fileURLToPath(new URL("../www/public/preview.png", import.meta.url)) });
  await page.close();
}

/** Each picture: how large, in which colours, and what is done before it is taken. */
const PICTURES = {
  "first-visit": { width: 1440, height: 900, act: untilDone },
  "why-decorrelate": { width: 1440, height: 900, colorScheme: "dark", act: choosePresetAndDraw },
  phone: { width: 360, height: 740, act: untilDone },
};

async function untilDone(page) {
  await page.locator("np-transport").getByText("Done", { exact: true }).waitFor({ timeout: 120_000 });
}

async function choosePresetAndDraw(page) {
  await untilDone(page);
  await page.getByLabel("Preset", { exact: true }).selectOption("why-decorrelate");
  await page
    .locator("np-transport")
    .getByText(/\simages\/s/)
    .waitFor();
  await untilDone(page);
  const pad = page.getByRole("application", { name: "Drawing pad" });
  await pad.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await pad.boundingBox();
  const spots = THREE.map(([right, down]) => [x + right * width, y + down * height]);
  await page.mouse.move(...spots[0]);
  await page.mouse.down();
  for (const spot of spots.slice(1)) await page.mouse.move(...spot, { steps: 6 });
  await page.mouse.up();
  await page.getByText(/DINP says 3/).waitFor({ state: "attached" });
  await page.locator("np-try-it .answers").evaluate((answers) => answers.scrollIntoView({ block: "end" }));
}

const server = await preview({
  configFile: fileURLToPath(new URL("../www/vite.config.ts", import.meta.url)),
  preview: { port: 4175 },
});
const browser = await chromium.launch(launchOptions);
try {
  await takeLinkPicture(browser, server.resolvedUrls.local[0]);
  for (const [name, { width, height, colorScheme = "light", act }] of Object.entries(PICTURES)) {
    const path = fileURLToPath(new URL(`../www/screenshots/${name}.png`, import.meta.url));
    const page = await browser.newPage({ viewport: { width, height }, colorScheme });
    await page.goto(server.resolvedUrls.local[0]);
    await act(page);
    await page.screenshot({ path });
    await page.close();
    const { size } = statSync(path);
    console.log(`www/screenshots/${name}.png: ${size} bytes`);
    if (size > LIMIT) throw new Error(`${name} has ${size} bytes, allowed are ${LIMIT}`);
  }
} finally {
  await browser.close();
  await server.close();
}
