import { fileURLToPath } from "node:url";
import { defineConfig } from "@playwright/test";
import { launchOptions } from "../../scripts/chromium.mjs";

const PORT = process.env.NP_PROOF_PORT ?? 4178;
const url = `http://localhost:${PORT}/`;

/** The site that build.mjs has made, with one rule more. */
export default defineConfig({
  testDir: ".",
  outputDir: "../../test-results",
  forbidOnly: true,
  workers: 1,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: "list",
  use: { baseURL: url, browserName: "chromium", launchOptions, serviceWorkers: "block" },
  webServer: {
    command: `node_modules/.bin/vite preview www --port ${PORT} --strictPort`,
    cwd: fileURLToPath(new URL("../../target/proof", import.meta.url)),
    url,
  },
});
