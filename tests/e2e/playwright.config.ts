import { fileURLToPath } from "node:url";
import { defineConfig } from "@playwright/test";
import { launchOptions } from "../../scripts/chromium.mjs";

const PORT = 4174; // not the one of `npm start`, which may be running
const url = `http://localhost:${PORT}/`;

export default defineConfig({
  testDir: ".",
  outputDir: "../../test-results",
  fullyParallel: true,
  forbidOnly: true,
  workers: 1, // the page itself uses every core
  timeout: 180_000, // it may share the machine with others
  expect: { timeout: 20_000 },
  reporter: "list",
  use: { baseURL: url, browserName: "chromium", launchOptions },
  webServer: {
    command: `node_modules/.bin/vite preview www --port ${PORT} --strictPort`,
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    url,
  },
});
