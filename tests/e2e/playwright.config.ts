import { fileURLToPath } from "node:url";
import { defineConfig } from "@playwright/test";
import { launchOptions } from "../../scripts/chromium.mjs";

/** Not the one of `npm start`, which may be running; another one lets two checkouts be tested at once. */
const PORT = process.env.NP_PORT ?? 4174;
const url = `http://localhost:${PORT}/`;

export default defineConfig({
  testDir: ".",
  snapshotPathTemplate: "{testDir}/pictures/{arg}{ext}",
  outputDir: "../../test-results",
  fullyParallel: true,
  forbidOnly: true,
  workers: 2, // a page uses every core, but waits for most of its time
  timeout: 600_000, // it may share the machine with others
  expect: { timeout: 20_000 },
  reporter: "list",
  use: {
    ...{ baseURL: url, browserName: "chromium", launchOptions },
    serviceWorkers: "block", // what it serves, no test could hold back or break: only offline.spec.ts lets it in
  },
  webServer: {
    command: `node_modules/.bin/vite preview www --port ${PORT} --strictPort`,
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    url,
  },
});
