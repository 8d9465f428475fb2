import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { Server } from "node:http";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Page } from "@playwright/test";
import { END_MS, link, Playground, SMALL } from "./support/playground";
import { serve } from "./support/static-server";
import { expect, test } from "./support/test";

/** The page once it has been visited: without a network, and when a new version is there. */

// A server that is gone makes a browser complain.
test.use({ serviceWorkers: "allow", provokes: true });

const PATH = "/some/sub/path/";
const DIST = fileURLToPath(new URL("../../dist/", import.meta.url));

let folder: string;
let site: { url: string; server: Server };

test.beforeEach(async ({ page: _ }, testInfo) => {
  folder = `${testInfo.outputPath("site")}/`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(DIST, folder, { recursive: true });
  site = await serve(pathToFileURL(folder), PATH);
});

test.afterEach(() => end());

function end(): void {
  site.server.close();
  site.server.closeAllConnections();
}

/** Visits the page and waits until it is kept. */
async function visit(page: Page): Promise<Playground> {
  await page.goto(`${site.url}#${link(SMALL)}`);
  const playground = new Playground(page);
  await playground.untilDone();
  await page.evaluate(() => navigator.serviceWorker.ready);
  return playground;
}

const controlled = (page: Page) => page.evaluate(() => navigator.serviceWorker.controller !== null);

/** Another version of the site in its place: its page has another title. */
function publish(title: string): void {
  const edit = (file: string, ...changes: [string, string][]) => {
    const before = readFileSync(folder + file, "utf8");
    const after = changes.reduce((text, [from, to]) => text.replaceAll(from, to), before);
    expect(after, file).not.toBe(before);
    writeFileSync(folder + file, after);
  };
  const hash = (encoding: "hex" | "base64") =>
    createHash("sha256")
      .update(readFileSync(`${folder}index.html`))
      .digest(encoding);
  const [hex, base64] = [hash("hex"), hash("base64")];
  const [, old = ""] = /<title>(.*)<\/title>/.exec(readFileSync(`${folder}index.html`, "utf8")) ?? [];
  edit("index.html", [`<title>${old}</title>`, `<title>${title}</title>`]);
  edit("offline-worker.js", [hex, hash("hex")], [base64, hash("base64")]);
}

test("after the first visit the page trains without a network, to the same weights", async ({
  page,
  context,
}) => {
  const playground = await visit(page);
  const hashes = await playground.hashes();
  expect(await controlled(page), "the first visit is served by the server").toBe(false);
  end();
  await context.setOffline(true);
  await page.reload();
  await playground.untilDone();
  expect(await playground.hashes()).toEqual(hashes);
  expect(await controlled(page)).toBe(true);

  await test.step("with the parts that are loaded when they are asked for", async () => {
    await playground.button("Share").click();
    await expect(playground.host.getByRole("dialog", { name: "Share" }).locator("svg")).toBeVisible();
    await page.keyboard.press("Escape");
    await playground.openAll();
    await expect(playground.host.locator("np-confusion, np-test-answers").first()).toBeVisible();
  });

  await test.step("and from its address with nothing behind it", async () => {
    await page.goto("about:blank");
    await page.goto(`${site.url}index.html`);
    await playground.untilTrained();
    expect((await playground.config()).train_size, "the first visit's preset").toBe(10_000);
  });
});

test("so does one whose host lets no request say where it comes from", async ({ page, context }) => {
  end();
  site = await serve(pathToFileURL(folder), PATH, { "Referrer-Policy": "no-referrer" });
  await visit(page);
  end();
  await context.setOffline(true);
  await page.reload();
  await new Playground(page).untilDone();
});

test("a new version is offered, and comes as a whole when the reader says so", async ({ page, context }) => {
  await visit(page);
  const before = await page.title();
  publish("The next version");
  const notice = (of: Page) => of.getByRole("status").filter({ hasText: "A new version is here:" });

  await page.reload();
  await expect(notice(page), "whether anything trains or not").toBeVisible();
  expect(await page.title(), "until then it is the old one").toBe(before);
  const other = await context.newPage();
  await other.goto(site.url);
  await expect(notice(other)).toBeVisible();
  expect(await other.title()).toBe(before);
  const kept = await keptRuns(page);
  expect(kept).toBeGreaterThan(0);

  await other.evaluate(() => {
    const ends = new AbortController();
    addEventListener("beforeunload", (event) => event.preventDefault(), ends);
    addEventListener("nothing-more-ends", () => ends.abort());
  });
  await notice(page).getByRole("button", { name: "Reload" }).click();
  await expect(notice(page), "not while a tab would ask its reader").toContainText(
    "Not yet: what another tab",
  );
  expect(await other.title()).toBe(before);
  await other.evaluate(() => dispatchEvent(new Event("nothing-more-ends")));
  await notice(page).getByRole("button", { name: "Reload" }).click();
  for (const tab of [page, other]) {
    await expect(tab, "every tab goes over").toHaveTitle("The next version");
    await expect(notice(tab)).toBeHidden();
  }
  end();
  await context.setOffline(true);
  await page.reload();
  await new Playground(page).untilTrained();
  expect(await page.title()).toBe("The next version");
  expect(await keptRuns(page), "what ended before is there").toBeGreaterThanOrEqual(kept);
});

/** Results that the browser keeps. */
function keptRuns(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open("np-playground");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const count = opening.result.transaction("results").objectStore("results").count();
          count.onsuccess = () => resolve(count.result);
        };
      }),
  );
}

test("a version that does not come whole changes nothing", async ({ page, context }) => {
  const playground = await visit(page);
  const before = await page.title();
  publish("The next version");
  // As if another one had been published while this one was being fetched: its page is not the one that is listed.
  writeFileSync(`${folder}index.html`, `${readFileSync(`${folder}index.html`, "utf8")}\n`);
  const failed = page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update().catch(() => {});
    const next = registration.installing;
    return new Promise<string>((resolve) =>
      next ? next.addEventListener("statechange", () => resolve(next.state)) : resolve("none"),
    );
  });
  expect(await failed).toBe("redundant");
  end();
  await context.setOffline(true);
  await page.reload();
  await playground.untilDone();
  expect(await page.title()).toBe(before);
});

test("an embedded page registers nothing, and other pages of the folder are the server's", async ({
  page,
}) => {
  await page.goto(`${site.url}embed.html#${link(SMALL)}`);
  const playground = new Playground(page);
  await playground.button("Play").click();
  await playground.untilDone();
  expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);

  await visit(page);
  const asked: string[] = [];
  site.server.on("request", ({ url = "" }) => asked.push(url));
  await page.goto(`${site.url}embed.html#${link({ ...SMALL, seed: 1 })}`);
  await playground.button("Play").click({ timeout: END_MS });
  await playground.untilDone();
  expect(asked).toContain(`${PATH}embed.html`);
  expect(asked, "also the images").toContain(`${PATH}data/manifest.json`);
});
