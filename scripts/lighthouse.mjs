// Lets Lighthouse judge the built page, as a phone and as a desktop computer. Accessibility and best practices must
// be complete. Performance is a measurement: it must reach its limit in one of a few attempts, since the machine may
// be busy with other things.

import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import lighthouse, { desktopConfig } from "lighthouse";
import { preview } from "vite";
import { launchOptions } from "./chromium.mjs";

const PORT = 9222; // of the browser's own protocol
const ATTEMPTS = 3;
const DEVICES = [
  { device: "phone", config: undefined },
  { device: "desktop", config: desktopConfig },
];
const LIMITS = { performance: 95, accessibility: 100, "best-practices": 100 };

/** The scores, 0 to 100, and the audits that cost some. */
async function judge(url, config) {
  const options = { port: PORT, onlyCategories: Object.keys(LIMITS), logLevel: "error" };
  const { lhr } = await lighthouse(url, options, config);
  if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
  const scores = Object.values(lhr.categories).map(({ id, score, auditRefs }) => {
    const lost = auditRefs.filter((ref) => ref.weight > 0 && (lhr.audits[ref.id].score ?? 1) < 0.95);
    return { id, score: Math.round(100 * score), lost: lost.map((ref) => describe(lhr.audits[ref.id])) };
  });
  return scores;
}

function describe({ title, displayValue }) {
  return displayValue ? `${title}: ${displayValue}` : title;
}

function passes({ id, score }) {
  return score >= LIMITS[id];
}

async function check(url, { device, config }) {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const scores = await judge(url, config);
    for (const { id, score, lost } of scores) {
      console.log(`${device.padEnd(8)} ${String(score).padStart(3)}  ${id}  ${lost.join("; ")}`);
    }
    if (scores.every(passes)) return true;
    if (scores.some((score) => score.id !== "performance" && !passes(score))) return false;
  }
  return false;
}

const server = await preview({
  configFile: fileURLToPath(new URL("../www/vite.config.ts", import.meta.url)),
  preview: { port: 4176 },
});
const browser = await chromium.launch({ ...launchOptions, args: [`--remote-debugging-port=${PORT}`] });
try {
  for (const device of DEVICES) {
    if (!(await check(server.resolvedUrls.local[0], device))) process.exitCode = 1;
  }
} finally {
  await browser.close();
  await server.close();
}
