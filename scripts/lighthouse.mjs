// Lets Lighthouse judge the built pages, as a phone and as a desktop computer. Accessibility and best practices must
// be complete. Performance, which a clock decides, is asked for with --performance: the best of a few attempts is
// printed beside Lighthouse's own measure of the machine at that time, and nothing fails for it.

import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
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
const PAGES = ["", "learn.html"];
const COMPLETE = ["accessibility", "best-practices"];
const PERFORMANCE_WANTED = 95;

const { values: options } = parseArgs({ options: { performance: { type: "boolean", default: false } } });

/** The scores, 0 to 100, with the audits that cost some, and how fast Lighthouse found the machine to be. */
async function judge(url, config, categories) {
  const { lhr } = await lighthouse(
    url,
    { port: PORT, onlyCategories: categories, logLevel: "error" },
    config,
  );
  if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
  const scores = Object.values(lhr.categories).map(({ id, score, auditRefs }) => {
    const lost = auditRefs.filter((ref) => ref.weight > 0 && (lhr.audits[ref.id].score ?? 1) < 0.95);
    return { id, score: Math.round(100 * score), lost: lost.map((ref) => describe(lhr.audits[ref.id])) };
  });
  return { scores, speed: lhr.environment.benchmarkIndex };
}

function describe({ title, displayValue }) {
  return displayValue ? `${title}: ${displayValue}` : title;
}

function line(device, { id, score, lost }) {
  return `${device.padEnd(8)} ${String(score).padStart(3)}  ${id.padEnd(15)} ${lost.join("; ")}`;
}

/** Whether everything that must be complete is. */
async function isComplete(url, { device, config }) {
  const { scores } = await judge(url, config, COMPLETE);
  for (const score of scores) console.log(line(device, score));
  return scores.every(({ score }) => score === 100);
}

async function printPerformance(url, { device, config }) {
  let best;
  for (let attempt = 0; attempt < ATTEMPTS && !(best?.score >= PERFORMANCE_WANTED); attempt++) {
    const { scores, speed } = await judge(url, config, ["performance"]);
    if (!best || scores[0].score > best.score) best = { ...scores[0], speed };
  }
  const aside = `wanted: ${PERFORMANCE_WANTED} or more (the machine's index: ${best.speed})`;
  console.log(`${line(device, best)}  ${aside}`);
}

const server = await preview({
  configFile: fileURLToPath(new URL("../www/vite.config.ts", import.meta.url)),
  preview: { port: 4176 },
});
const browser = await chromium.launch({ ...launchOptions, args: [`--remote-debugging-port=${PORT}`] });
try {
  const [url] = server.resolvedUrls.local;
  for (const page of PAGES) {
    console.log(`== ${page || "the playground"}`);
    for (const device of DEVICES) {
      if (options.performance) await printPerformance(url + page, device);
      else if (!(await isComplete(url + page, device))) process.exitCode = 1;
    }
  }
} finally {
  await browser.close();
  await server.close();
}
