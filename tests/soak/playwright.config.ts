import { defineConfig } from "@playwright/test";
import tests from "../e2e/playwright.config";

/** Hours of use, apart from `npm test`: npm run soak. */
export default defineConfig(tests, { testDir: ".", outputDir: "../../test-results", timeout: 0 });
