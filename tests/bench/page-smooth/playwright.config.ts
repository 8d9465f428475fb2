import { defineConfig } from "@playwright/test";
import tests from "../../e2e/playwright.config";

/** What a clock decides, apart from `npm test`: npm run bench:page. It prints, and judges nothing. */
export default defineConfig(tests, { testDir: ".", outputDir: "../../../test-results" });
