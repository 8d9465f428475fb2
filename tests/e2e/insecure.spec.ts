import { launchOptions } from "../../scripts/chromium.mjs";
import { link, Playground, SMALL } from "./support/playground";
import { serve } from "./support/static-server";
import { expect, test } from "./support/test";

// Anything but localhost is no secure context without https: no locks, no service worker, no clipboard.
test.use({ launchOptions: { ...launchOptions, args: ["--host-resolver-rules=MAP plain.test 127.0.0.1"] } });

test("without https the site trains by itself", async ({ page }) => {
  const host = await serve(new URL("../../dist/", import.meta.url), "/");
  await page.goto(`${host.url.replace("localhost", "plain.test")}#${link(SMALL)}`);
  expect(await page.evaluate(() => isSecureContext)).toBe(false);
  const playground = new Playground(page);
  await playground.untilDone();
  expect(await playground.statuses()).toEqual(["finished"]);
  await expect(playground.notice).toHaveCount(0);
  host.server.close();
});
