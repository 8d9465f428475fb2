import { test as base, expect, type Page } from "@playwright/test";

/** What the configuration of these tests makes the browser say. */
const BLOCKED = "Service Worker registration blocked by Playwright";

interface Fixtures {
  /** Whether the test provokes failures, which a browser's console repeats. */
  provokes: boolean;
  complaints: string[];
}

/** A test that also fails on anything the console says and on every failed or foreign request. */
export const test = base.extend<Fixtures>({
  provokes: [false, { option: true }],
  complaints: [
    async ({ page, provokes }, use) => {
      const complaints = listen(page);
      await use(complaints);
      if (!provokes) expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

function listen(page: Page): string[] {
  const complaints: string[] = [];
  const origins = new Set<string>();
  page.on("console", (message) => {
    if (message.text().includes(BLOCKED)) return;
    if (["error", "warning"].includes(message.type())) complaints.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`uncaught: ${error.message}`));
  page.on("crash", () => complaints.push("the page crashed"));
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText ?? "";
    // The page itself, or its end, has given up the request.
    if (reason !== "net::ERR_ABORTED") complaints.push(`request: ${request.url()} ${reason}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`response: ${response.url()} ${response.status()}`);
  });
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (!protocol.startsWith("http")) return;
    origins.add(origin); // the first request is for the page itself
    if (!origins.values().next().value?.startsWith(origin)) complaints.push(`foreign: ${request.url()}`);
  });
  return complaints;
}
