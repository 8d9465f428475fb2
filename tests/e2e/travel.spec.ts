import { writeFile } from "node:fs/promises";
import type { Server } from "node:http";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Page } from "@playwright/test";
import { END_MS, ENDLESS, link, Playground, type PlaygroundElement } from "./support/playground";
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
  await expect.poll(() => playground.statuses(), { timeout: END_MS }).toEqual(["finished"]);
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

test("a policy without WebAssembly: its cause and remedy, and nothing to try again", async ({ page }) => {
  const policy = `script-src ${site}; worker-src blob:`;
  const playground = await host(page, `${script}<np-playground ${SETTINGS}></np-playground>`, policy);
  await expect(playground.notice).toHaveText(
    "This page forbids WebAssembly by its Content Security Policy: its script-src needs wasm-unsafe-eval.",
  );
  await expect(playground.button("Try again")).toHaveCount(0);
});

test("a policy that does not let the data in: which line it needs, and for whom", async ({ page }) => {
  const policy = `default-src 'self'; script-src ${site} 'wasm-unsafe-eval'; worker-src blob:`;
  const playground = await host(page, `${script}<np-playground ${SETTINGS}></np-playground>`, policy);
  await expect(playground.notice).toContainText(
    `the connect-src of this page's Content Security Policy has to allow ${new URL(site).origin}`,
  );
});

test("a link that an element is given before its script has come holds", async ({ page }) => {
  const early = `<np-playground></np-playground><script>
    document.querySelector("np-playground").link = "#v=1&algorithms=danp&epochs=3";
  </script>${script}`;
  const playground = await host(page, early);
  const link = () => playground.host.evaluate((element: PlaygroundElement) => element.link);
  await expect.poll(() => playground.config()).toMatchObject({ algorithms: ["danp"], epochs: 3 });
  await playground.host.evaluate((element: PlaygroundElement) => {
    element.epochs = 4;
  });
  await expect.poll(link).toContain("epochs=4");
});

test("several on a page train apart from each other", async ({ page }) => {
  const two = [1, 2].map((n) => `<np-playground id="n${n}" ${SETTINGS} seed="${n}"></np-playground>`);
  await page.setViewportSize({ width: 1024, height: 2400 });
  await host(page, script + two.join(""));
  const [first, second] = [new Playground(page, "#n1"), new Playground(page, "#n2")];
  const hashes = [await train(first), await train(second)];
  expect(new Set(hashes).size).toBe(2);
});

test.describe("the small form", () => {
  test("is a figure of 640 x 400 with a way to the whole of it", async ({ page }) => {
    await page.setViewportSize({ width: 656, height: 700 });
    const body = `<style>body { margin: 8px }</style>${script}<np-playground controls="min" ${SETTINGS}></np-playground>`;
    const playground = await host(page, body);
    const { host: element } = playground;
    await expect(element.getByText("Press Play: every chosen rule trains")).toBeVisible();
    expect(await element.boundingBox()).toMatchObject({ width: 640, height: 400 });
    await train(playground);
    await expect(element.locator(".outcome")).toContainText("Test accuracy at the end: BP");
    await expect(element.locator(".outcome")).toBeVisible();
    expect(await element.boundingBox(), "nothing has jumped").toMatchObject({ width: 640, height: 400 });
    await expect(element.getByRole("button", { name: "BP", exact: true })).toHaveAttribute(
      "aria-pressed",
      "true",
    );
    await expect(element.locator("np-settings, np-transport, np-presets")).toHaveCount(0);

    const whole = element.getByRole("link", { name: "Open the full playground" });
    const [opened] = await Promise.all([page.waitForEvent("popup"), whole.click()]);
    const full = new Playground(opened);
    await expect.poll(() => full.config()).toEqual(await playground.config());
    await expect(full.host.locator("np-settings")).toBeVisible();
  });

  test("shows what is asked for, and says what cannot be", async ({ page }) => {
    const asked = 'controls="transport,dials" view="curves,digit" height="30em" preset="storey"';
    const playground = await host(page, `${script}<np-playground ${asked}></np-playground>`);
    const { host: element } = playground;
    await expect(element.locator("np-transport, np-learning-curves, np-try-it")).toHaveCount(3);
    await expect(element.locator("np-rules, np-settings")).toHaveCount(0);
    await expect(playground.notice).toHaveCount(2);
    await expect(playground.notice.first()).toContainText(
      'controls = "dials" cannot be used: it may be full, min, none,',
    );
    await expect(playground.notice.last()).toContainText(
      'preset = "storey" cannot be used: it may be story,',
    );
    await element.evaluate((np) => np.setAttribute("preset", "why-decorrelate"));
    await expect(playground.notice).toHaveCount(1);
    await expect.poll(async () => (await playground.config()).optimizer).toBe("sgd");
    await element.evaluate((np: HTMLElementTagNameMap["np-playground"]) => {
      np.preset = "hard-thresholds";
    });
    await expect.poll(async () => (await playground.config()).activation).toBe("step");
  });

  test("is that of a view, too, where nothing is said of the controls", async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 700 });
    const playground = await host(page, `${script}<np-playground view="curves,alignment"></np-playground>`);
    const { host: element } = playground;
    await expect(element.locator("np-learning-curves, np-layer-chart")).toHaveCount(2);
    await expect(element.locator("np-transport, np-settings, np-presets")).toHaveCount(0);
    const tops = await element
      .locator("np-rules button")
      .evaluateAll((chips) => chips.map((chip) => chip.getBoundingClientRect().y));
    const rows = [...new Set(tops)].map((top) => tops.filter((y) => y === top).length);
    expect(rows, "four rules a line on a phone").toEqual([4, 4]);
    const plot = await element.locator("np-learning-curves np-plot").boundingBox();
    expect(plot?.height, "the name of its axis fits").toBeGreaterThanOrEqual(216);
  });

  test("begins from a preset, in whatever order the attributes stand", async ({ page }) => {
    const playground = await host(
      page,
      `${script}<np-playground lr="0.02" preset="why-decorrelate"></np-playground>`,
    );
    await expect.poll(() => playground.config()).toMatchObject({ lr: 0.02, optimizer: "sgd" });
    await playground.host.evaluate((element) => element.removeAttribute("lr"));
    await expect
      .poll(() => playground.config(), "the preset's own")
      .toMatchObject({ lr: 0.1, optimizer: "sgd" });
  });

  test("leaves nothing of what is no longer asked for", async ({ page }) => {
    const asked = 'height="900" preset="storey"';
    const playground = await host(page, `${script}<np-playground ${asked}></np-playground>`);
    const { host: element } = playground;
    const length = () => element.evaluate((np) => np.style.getPropertyValue("--np-block-size"));
    await expect(playground.notice).toHaveCount(1);
    expect(await length()).toBe("900px");
    await element.evaluate((np) => {
      for (const name of ["height", "preset"]) np.removeAttribute(name);
    });
    await expect(playground.notice).toHaveCount(0);
    expect(await length()).toBe("");
  });

  test("stands still while nobody sees it, and stores nothing", async ({ page }) => {
    const settings = Object.entries(ENDLESS).map(([key, value]) => `${key}="${value}"`);
    const spacer = '<div style="block-size: 4000px"></div>';
    const body = `${script}<np-playground controls="min" ${settings.join(" ")}></np-playground>${spacer}`;
    const playground = await host(page, body);
    await playground.button("Play").click({ timeout: END_MS });
    await playground.untilTrained();
    await page.evaluate(() => scrollTo(0, 3000));
    await expect(playground.host.getByText("Paused")).toBeVisible();
    await page.evaluate(() => scrollTo(0, 0));
    await expect(playground.host.getByText("0 of 1 done")).toBeVisible();
    await playground.host.evaluate((element) => element.remove());
    await expect.poll(() => page.workers()).toHaveLength(0);
    expect(await page.evaluate(async () => [await indexedDB.databases(), localStorage.length])).toEqual([
      [],
      0,
    ]);
  });
});

test.describe("in a frame", () => {
  const SANDBOXES = ["", 'sandbox="allow-scripts"', 'sandbox="allow-scripts allow-same-origin"'];
  const TALK = `<script>
    heard = [];
    addEventListener("message", ({ data }) => heard.push(data));
    tell = (message) => frames[0].postMessage(message, "*");
  </script>`;
  const frame = (attributes: string, query = "") =>
    `<iframe ${attributes} title="NP" width="700" height="700" src="${site}embed.html${query}#v=1&${HASH}"></iframe>`;
  const heard = (page: Page) => page.evaluate(() => (window as unknown as { heard: Said[] }).heard);
  const tell = (page: Page, message: unknown) =>
    page.evaluate((said) => (window as unknown as { tell(said: unknown): void }).tell(said), message);

  interface Said {
    source: string;
    kind: string;
    height?: number;
    message?: string;
    result?: { runs: { status: string }[] };
  }

  for (const sandbox of SANDBOXES) {
    test(`${sandbox || "without a sandbox"}: is driven by messages of the page around it, and tells`, async ({
      page,
    }) => {
      await host(page, TALK + frame(sandbox, "?controls=min&theme=dark"));
      await expect.poll(async () => (await heard(page)).map(({ kind }) => kind)).toContain("ready");
      const inside = new Playground(page.frameLocator("iframe"));
      await expect(inside.host).toHaveAttribute("theme", "dark");
      await tell(page, {
        kind: "config",
        config: { algorithms: ["np"], image_size: 14, train_size: 1000, epochs: 3 },
      });
      await expect.poll(async () => (await inside.config()).algorithms).toEqual(["np"]);
      await tell(page, { kind: "play" });
      const kinds = async () => (await heard(page)).map(({ kind }) => kind);
      await expect.poll(kinds, { timeout: END_MS }).toContain("done");
      const said = await heard(page);
      expect(said.filter(({ kind }) => kind === "epoch")).toHaveLength(3);
      expect(said.find(({ kind }) => kind === "done")?.result?.runs.map(({ status }) => status)).toEqual([
        "finished",
      ]);
      expect(said.find(({ kind }) => kind === "resize")?.height).toBeGreaterThan(300);
      expect(new Set(said.map(({ source }) => source))).toEqual(new Set(["np-playground"]));
      await tell(page, { kind: "reset" });
      await expect.poll(() => inside.statuses()).toEqual(["queued"]);

      await tell(page, { kind: "config", config: { lr: -1 } });
      await tell(page, { kind: "config" });
      await tell(page, { kind: "explode" });
      await tell(page, { kind: "config", config: { lr: "9".repeat(100_000) } });
      const errors = async () => (await heard(page)).flatMap(({ message }) => message ?? []);
      await expect.poll(errors).toHaveLength(4);
      expect((await errors()).join(" ")).toMatch(/explode" means nothing to NP Playground/);
      expect((await inside.config()).algorithms, "without settings it sets none").toEqual(["np"]);
      expect((await errors()).join(" ")).toMatch(/lr = -1 cannot be used/);
      expect((await errors()).join(" ")).toMatch(/longer than 100,000 characters in JSON/);
    });
  }

  test("hears nobody but the page around it", async ({ page }) => {
    await page.goto(`${site}embed.html#${link(ENDLESS)}`);
    const playground = new Playground(page);
    await expect(playground.button("Play")).toBeEnabled({ timeout: END_MS });
    await page.evaluate(() => postMessage({ kind: "play" }, "*"));
    await expect
      .poll(() => page.evaluate(() => new Promise((next) => setTimeout(next, 0, "told"))))
      .toBe("told");
    expect(await playground.statuses()).toEqual(["queued"]);
  });

  test("has the settings behind its address in place of the preset before them, after a reload, too", async ({
    page,
  }) => {
    await page.goto(`${site}embed.html?preset=why-decorrelate#v=1&lr=0.003`);
    const playground = new Playground(page);
    await expect.poll(() => playground.config()).toMatchObject({ lr: 0.003, optimizer: "adam" });
    await playground.host.evaluate((element: PlaygroundElement) => {
      element.lr = 0.004;
    });
    await expect.poll(() => page.url()).toContain("lr=0.004");
    await page.reload();
    await expect.poll(() => playground.config()).toMatchObject({ lr: 0.004, optimizer: "adam" });
  });

  test("comes to rest where the page around makes it as high as it says", async ({ page }) => {
    const follow = `<script>
      addEventListener("message", ({ data }) => {
        if (data.kind === "resize") document.querySelector("iframe").style.height = data.height + "px";
      });
    </script>`;
    const resting = () =>
      page.evaluate(async () => {
        const height = () => document.querySelector("iframe")?.clientHeight;
        const before = height();
        for (let frame = 0; frame < 30; frame++) await new Promise(requestAnimationFrame);
        return height() === before;
      });
    for (const width of [390, 800]) {
      await host(page, follow + frame(`style="width: ${width}px"`));
      const inside = new Playground(page.frameLocator("iframe"));
      await expect(inside.host.locator("np-learning-curves np-plot")).toBeVisible({ timeout: END_MS });
      await expect.poll(resting).toBe(true);
      const plot = await inside.host.locator("np-learning-curves np-plot").boundingBox();
      expect(plot?.height).toBeLessThan(500);
    }
  });

  test("that allows no scripts says which word it needs", async ({ page }) => {
    await host(page, frame('sandbox="allow-same-origin"'));
    const inside = page.frameLocator("iframe");
    const said = inside.locator("noscript p"); // Playwright's own search for texts leaves these out
    await expect(said).toBeVisible();
    expect(await said.innerText()).toContain("whose sandbox needs allow-scripts");
    await expect(inside.locator(".late")).toHaveCSS("display", "none");
  });

  test("of a host without the header, in a sandbox: what it has to send", async ({ page }) => {
    const bare = await keep(serve(new URL("../../dist/", import.meta.url), "/"));
    await host(page, `<iframe sandbox="allow-scripts" title="NP" src="${bare}embed.html"></iframe>`);
    await expect(page.frameLocator("iframe").getByText("Access-Control-Allow-Origin: *")).toBeVisible();
  });
});

test.describe("a host like", () => {
  const element = `<np-playground controls="min" ${SETTINGS}></np-playground>`;
  const frame = (attributes: string) =>
    `<iframe ${attributes} title="NP" width="700" height="500" src="SITEembed.html?controls=min#v=1&${HASH}"></iframe>`;

  interface Host {
    name: string;
    body: string;
    policy?: string;
    framed?: boolean;
  }

  const HOSTS: Host[] = [
    { name: "Quarto, MkDocs and GitHub Pages: scripts as they are", body: `SCRIPT${element}` },
    {
      name: "Hugo and Ghost: raw HTML in a theme that styles everything",
      body: `<style>html { font-size: 62.5% } * { letter-spacing: 2px; box-sizing: content-box }
        article button, article p, article div { all: unset; font-size: 30px; color: red }</style>
        <article>SCRIPT${element}</article>`,
    },
    { name: "Jupyter Book: an iframe directive", body: frame(""), framed: true },
    {
      name: "Observable: an import by a script within the page",
      body: `<script type="module">await import("SITEnp-playground.js");</script>${element}`,
    },
    {
      name: "WordPress, for admins: the script at the end of the page, after the element",
      body: `${element}<p>Post</p>SCRIPT`,
    },
    {
      name: "Obsidian and Notion: a frame that may run scripts, open windows and download",
      body: frame(
        'sandbox="allow-scripts allow-same-origin allow-downloads allow-popups" allow="fullscreen"',
      ),
      framed: true,
    },
    {
      name: "a notebook's output: a sandboxed frame without an origin of its own",
      body: frame('sandbox="allow-scripts allow-downloads allow-popups"'),
      framed: true,
    },
    {
      name: "a site that allows frames of this host alone",
      body: frame(""),
      policy: "default-src 'none'; frame-src ORIGIN",
      framed: true,
    },
  ];

  for (const { name, body, policy, framed } of HOSTS) {
    test(name, async ({ page }) => {
      const here = (text: string) =>
        text.replace("SCRIPT", script).replace("SITE", site).replace("ORIGIN", new URL(site).origin);
      const around = await host(page, here(body), policy && here(policy));
      const playground = framed ? new Playground(page.frameLocator("iframe")) : around;
      expect(await train(playground)).toMatch(/^[0-9a-f]+$/);
      expect(["address", "blob"]).toContain(await way(playground));
      const play = playground.button("Play");
      expect(await play.evaluate((button) => getComputedStyle(button).fontSize)).toBe("14px");
    });
  }
});

test("one file has everything in it, and says of what there is less", async ({ page }) => {
  const file = new URL("../../dist/np-playground.single.js", import.meta.url);
  const asked: string[] = [];
  const tag = '<script type="module" src="np-playground.single.js"></script>';
  const body = `${tag}<np-playground algorithms="bp" epochs="2" train_size="60000"></np-playground>`;
  await page.route("http://one.file/**", async (route) => {
    const { pathname } = new URL(route.request().url());
    asked.push(pathname);
    if (pathname === "/") await route.fulfill({ contentType: "text/html", body: `<!doctype html>${body}` });
    else if (pathname === "/np-playground.single.js") await route.fulfill({ path: fileURLToPath(file) });
    else await route.fulfill({ status: 404 });
  });
  await page.goto("http://one.file/");
  const playground = new Playground(page);
  expect(await train(playground)).toMatch(/^[0-9a-f]+$/);
  expect(await way(playground)).toBe("blob");
  expect(await playground.config()).toMatchObject({ train_size: 2000, test_size: 500, image_size: 14 });
  const [run] = (await playground.result()).runs;
  expect(run?.history.test_acc.at(-1), "it has learned").toBeGreaterThan(0.6);
  await expect(playground.host.getByText("This script of one file holds 2000 training")).toBeVisible();

  const proven =
    "v=3&algorithms=bp&image_size=14&train_size=500&test_size=100&hidden_sizes=8&epochs=1&hashes=AAAA";
  await playground.host.evaluate((element, link) => Object.assign(element, { link }), proven);
  await expect(playground.notice).toContainText(
    "cannot be checked here: this script of one file holds other",
  );

  await playground.host.locator("np-learning-curves").evaluate((chart) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(["label,1,2\n0,1,2\n"], "mine.csv"));
    chart.dispatchEvent(
      new DragEvent("drop", { dataTransfer, bubbles: true, composed: true, cancelable: true }),
    );
  });
  await expect(playground.notice.filter({ hasText: "reads no others" })).toBeVisible();

  await playground.host.evaluate((element: PlaygroundElement) => element.configure({ arithmetic: "fast" }));
  await playground.button("Play").click();
  await expect(playground.notice).toContainText("does not hold what this needs");
  expect(asked.filter((path) => path !== "/favicon.ico")).toEqual(["/", "/np-playground.single.js"]);
});

test("opened as a file: where to put it", async ({ page }) => {
  await page.goto(new URL("../../dist/index.html", import.meta.url).href);
  await expect(page.getByText("put the folder on a web server, or run npm start")).toBeVisible();
});

test("a page opened as a file trains with the script of a host", async ({ page }, info) => {
  const file = info.outputPath("page.html");
  await writeFile(file, `<!doctype html>${script}<np-playground ${SETTINGS}></np-playground>`);
  await page.goto(pathToFileURL(file).href);
  expect(await train(new Playground(page))).toMatch(/^[0-9a-f]+$/);
});

test.describe("the dialog for other pages", () => {
  const CHANGED = `${HASH}&np.noise_std=0.03&lr@1.0=0.002&algorithms=bp,np`;

  test("gives an element that shows the same there, a frame, and a link with a picture", async ({ page }) => {
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(`${site}embed.html#v=2&${CHANGED}`);
    const from = new Playground(page, "main > np-playground"); // another one is in the dialog
    await from.button("Put it on your page").click({ timeout: END_MS });
    const dialog = from.host.getByRole("dialog", { name: "Put it on your page" });
    const preview = dialog.locator("np-playground");
    await expect(preview.locator("np-rules")).toBeVisible();
    const config = await from.config();
    expect(config).toMatchObject({ algorithms: ["bp", "np"], overrides: { np: { noise_std: 0.03 } } });
    expect(config.changes).toHaveLength(1);
    await expect.poll(() => preview.evaluate((element: PlaygroundElement) => element.config)).toEqual(config);
    const code = (label: string) => dialog.getByRole("textbox", { name: label, exact: true }).inputValue();
    expect(await code("One file")).toContain('src="np-playground.single.js"');
    const [single] = await Promise.all([
      page.waitForEvent("download"),
      dialog.getByRole("link", { name: "np-playground.single.js" }).click(),
    ]);
    expect(single.suggestedFilename()).toBe("np-playground.single.js");
    const [element, frame, markdown] = [
      await code("Element"),
      await code("Frame"),
      await code("Picture and link, in Markdown"),
    ];

    const there = await host(page, element);
    await expect.poll(() => there.config()).toEqual(config);
    await expect(there.host.locator("np-figure")).toBeVisible();

    await host(page, frame);
    const inside = new Playground(page.frameLocator("iframe"));
    await expect.poll(() => inside.config()).toEqual(config);
    await expect(inside.host.locator("np-figure")).toBeVisible();

    const [, picture = "", address = ""] = markdown.match(/^\[!\[[^\]]+\]\((\S+)\)\]\((\S+)\)$/) ?? [];
    expect((await page.request.get(picture)).headers()["content-type"]).toBe("image/png");
    await page.goto(address);
    await expect.poll(() => new Playground(page).config()).toEqual(config);
  });

  test("copies, is closed by Escape, and keeps the preview's runs to itself", async ({ page, context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.goto(`${site}embed.html#v=1&${HASH}`);
    const from = new Playground(page, "main > np-playground"); // another one is in the dialog
    await from.button("Put it on your page").click({ timeout: END_MS });
    const dialog = from.host.getByRole("dialog", { name: "Put it on your page" });
    await dialog.getByRole("radio", { name: "Whole playground" }).check();
    await expect(dialog.locator("np-playground")).toHaveCount(0);
    await dialog.getByRole("button", { name: "Copy: Element" }).click();
    await expect(dialog.getByText("Copied.")).toBeVisible();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain(`<np-playground train_size="1000"`);
    expect(copied).not.toContain("controls");

    await dialog.getByRole("radio", { name: "Small figure" }).check();
    const before = page.url();
    await dialog.getByRole("button", { name: "DANP" }).click();
    await dialog.getByRole("button", { name: "Play", exact: true }).click();
    await expect(dialog.getByText("Test accuracy at the end").first()).toBeVisible({ timeout: END_MS });
    expect(page.url()).toBe(before);
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);
    await expect.poll(() => page.workers()).toHaveLength(0);
    await expect(from.button("Put it on your page")).toBeFocused();
  });
});
