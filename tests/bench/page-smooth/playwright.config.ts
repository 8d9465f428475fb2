import { defineConfig } from "@playwright/test";
import tests from "../../e2e/playwright.config";

/** What a clock decides, apart from `npm test`: npx playwright test --config tests/bench/page-smooth/playwright.config.ts */
export default defineConfig(tests, { testDir: ".", outputDir: "../../../test-results" });
