import type { Server } from "node:http";
import { link, Playground, SMALL } from "./support/playground";
import { serve } from "./support/static-server";
import { expect, test } from "./support/test";

const PATH = "/some/sub/path/";

let host: { url: string; server: Server };

test.beforeAll(async () => {
  host = await serve(new URL("../../dist/", import.meta.url), PATH);
});

test.afterAll(() => host.server.close());

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
