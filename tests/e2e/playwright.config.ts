import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "@playwright/test";

const PORT = 4174; // not the one of `npm start`, which may be running
const url = `http://localhost:${PORT}/`;

// A Chromium of the system, if there is one; otherwise the one that Playwright itself installs.
const executablePath =
  process.env.CHROMIUM ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find((path) => existsSync(path));

export default defineConfig({
  testDir: ".",
  outputDir: "../../test-results",
  fullyParallel: true,
  forbidOnly: true,
  workers: 1, // the page itself uses every core
  timeout: 180_000, // it may share the machine with others
  expect: { timeout: 20_000 },
  reporter: "list",
  use: { baseURL: url, browserName: "chromium", launchOptions: executablePath ? { executablePath } : {} },
  webServer: {
    command: `node_modules/.bin/vite preview www --port ${PORT} --strictPort`,
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    url,
  },
});
