// A Chromium of the system, if there is one; otherwise the one that Playwright itself installs.

import { existsSync } from "node:fs";

const executablePath =
  process.env.CHROMIUM ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find((path) => existsSync(path));

export const launchOptions = executablePath ? { executablePath } : {};
