import type { Server } from "node:http";
import type { Page } from "@playwright/test";
import { END_MS, Playground, type PlaygroundElement } from "./support/playground";
import { serve, servePage } from "./support/static-server";
import { expect, test } from "./support/test";

/** The playground in pages of other origins, with the headers and sandboxes of the hosts that people use. */

// Two origins are the point here, and some of the pages forbid what is tried first.
test.use({ provokes: true });

const SETTINGS =
  'algorithms="bp" image_size="14" train_size="1000" test_size="500" hidden_sizes="32" epochs="2"';
const HASH = "algorithms=bp&image_size=14&train_size=1000&test_size=500&hidden_sizes=32&epochs=2";
/** The one header that the script's host has to send. */
const CORS = { "Access-Control-Allow-Origin": "*" };

const servers: Server[] = [];
let script: string;
let site: string;

async function keep(started: Promise<{ url: string; server: Server }>): Promise<string> {
  const { url, server } = await started;
  servers.push(server);
  return url;
}

test.beforeAll(async () => {
  site = await keep(serve(new URL("../../dist/", import.meta.url), "/cdn/", CORS));
  script = `<script type="module" src="${site}np-playground.js"></script>`;
});

test.afterAll(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A page of another origin with this in its body. */
async function host(page: Page, body: string, policy?: string): Promise<Playground> {
  const html = `<!doctype html><title>Host</title><body>${body}</body>`;
  await page.goto(await keep(servePage(html, policy ? { "Content-Security-Policy": policy } : {})));
  return new Playground(page);
}

async function train(playground: Playground): Promise<string | null | undefined> {
  await playground.button("Play").click({ timeout: END_MS });
  await playground.untilDone();
  return (await playground.hashes()).bp;
}

const way = ({ host }: Playground) => host.evaluate((element: PlaygroundElement) => element.way);

test("one script tag on a page of another origin trains, to the same weights", async ({ page }) => {
  const elsewhere = await host(page, `${script}<np-playground ${SETTINGS}></np-playground>`);
  const hash = await train(elsewhere);
  expect(await way(elsewhere)).toBe("blob");

  await page.goto(`${site}embed.html#${HASH}`);
  const at = new Playground(page);
  expect(await train(at)).toBe(hash);
  expect(await way(at)).toBe("address");
});

for (const [what, sources, expected] of [
  ["blobs", "blob:", "blob"],
  ["data URLs alone", "data:", "data"],
  ["no workers at all", "'none'", "page"],
] as const) {
  test(`a policy that allows ${what}`, async ({ page }) => {
    const policy =
      `default-src 'none'; script-src ${site} 'wasm-unsafe-eval'; connect-src ${site}; ` +
      `style-src 'unsafe-inline'; worker-src ${sources}`;
    const playground = await host(page, `${script}<np-playground ${SETTINGS}></np-playground>`, policy);
    expect(await train(playground)).toMatch(/^[0-9a-f]+$/);
    expect(await way(playground)).toBe(expected);
    const note = playground.host.getByText("This page allows no workers");
    await expect(note).toHaveCount(expected === "page" ? 1 : 0);
  });
}
