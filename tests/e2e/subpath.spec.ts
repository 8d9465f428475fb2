import type { Server } from "node:http";
import { launchOptions } from "../../scripts/chromium.mjs";
import { link, Playground, SMALL } from "./support/playground";
import { serve } from "./support/static-server";
import { expect, test } from "./support/test";

const PATH = "/some/sub/path/";

let host: { url: string; server: Server };

test.beforeAll(async () => {
  host = await serve(new URL("../../dist/", import.meta.url), PATH);
});

test.afterAll(() => host.server.close());

test.describe("without https", () => {
  // Anything but localhost is no secure context there: no locks, no service worker, no clipboard.
  const args = ["--host-resolver-rules=MAP plain.test 127.0.0.1"];
  test.use({ launchOptions: { ...launchOptions, args } });

  test("the site trains from a plain host, by itself", async ({ page }) => {
    await page.goto(`${host.url.replace("localhost", "plain.test")}#${link(SMALL)}`);
    expect(await page.evaluate(() => isSecureContext)).toBe(false);
    const playground = new Playground(page);
    await playground.untilDone();
    expect(await playground.statuses()).toEqual(["finished"]);
    await expect(playground.notice).toHaveCount(0);
  });
});

test("the site works from a sub-path of a plain static host", async ({ page }) => {
  const outside: string[] = [];
  page.on("request", (request) => {
    const { protocol, pathname } = new URL(request.url());
    if (protocol.startsWith("http") && !pathname.startsWith(PATH)) outside.push(request.url());
  });
  for (const file of ["", "embed.html"]) {
    await page.goto(`${host.url}${file}#${link(SMALL)}`);
    const playground = new Playground(page);
    if (file) await playground.button("Play").click();
    await playground.untilDone();
    expect(await playground.statuses()).toEqual(["finished"]);
  }
  expect(outside).toEqual([]);
});
