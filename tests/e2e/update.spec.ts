import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { END_MS, ENDLESS, link, open, Playground, type Settings, SMALL } from "./support/playground";
import { expect, test } from "./support/test";

const STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const TINY: Settings = {
  ...SMALL,
  train_size: 200,
  test_size: 100,
  hidden_sizes: "16,12",
  batch_size: 50,
  view: "update",
};

/** A page whose middle is the view; what it shows comes by itself, before anything is trained. */
async function look(page: Page, settings: Settings, path = "embed.html"): Promise<[Playground, Locator]> {
  await page.goto("about:blank"); // with another link alone the last network would be there for a moment
  await page.goto(`${path}#${link({ ...TINY, ...settings })}`);
  const playground = new Playground(page);
  const view = playground.host.locator("np-update");
  await expect(view.locator("np-update-network").first()).toBeVisible();
  return [playground, view];
}

const sentence = (view: Locator) => view.locator(".sentence");

/** Every stage of the view has a sentence of its own; they are given back. */
async function sentences(view: Locator): Promise<string[]> {
  const said: string[] = [];
  const steps = view.getByRole("navigation", { name: "Stages of the update" }).locator("li button");
  const stages = await steps.count();
  for (let stage = 0; stage < stages; stage++) {
    await steps.nth(stage).click();
    await expect(steps.nth(stage)).toHaveAttribute("aria-current", "step");
    await expect(view.locator(".sentence"), "the numbers have come").not.toHaveText(
      /(taken together and scaled for each weight by Adam|^R mixes the inputs so that they vary less together)\.$/,
    );
    said.push(await sentence(view).innerText());
  }
  expect(new Set(said).size).toBe(stages);
  for (const words of said) expect(words).not.toMatch(/NaN|undefined|Infinity/);
  return said;
}

test("shows the untrained network at once, and every stage of every rule", async ({ page }) => {
  const rules = "bp,dbp,np,dnp,inp,dinp,anp,danp,wp,dwp,fg,dfg,fa,d-fa,direct_fa,d-direct_fa".split(",");
  const [playground, view] = await look(page, { algorithms: rules.join(",") });
  expect((await playground.result()).runs.every(({ history }) => history.epoch.length <= 1)).toBe(true);
  const chosen = view.getByLabel("Rule", { exact: true });
  await view.getByLabel("Beside it").selectOption("");
  for (const rule of rules) {
    await chosen.selectOption(rule);
    const label = (await chosen.locator("option:checked").textContent())?.trim() ?? "";
    await expect(view.locator("section.network")).toHaveAccessibleName(label);
    const said = await sentences(view);
    expect(said, rule).toHaveLength(rule.startsWith("d-") || /^d(bp|np|inp|anp|wp|fg)$/.test(rule) ? 6 : 5);
    expect(said[0]).toContain(`${label}'s network`);
    const whose = /wp/.test(rule) ? "biases" : "units";
    expect(said[3]).toMatch(
      new RegExp(`\\d+% of the ${whose} are told the way that the exact gradient says`),
    );
    expect(said[4]).toMatch(/loss goes from \d+\.\d{3} to \d+\.\d{3}/);
    if (/bp|fa/.test(rule)) expect(said[1]).toContain("uses no noise");
    else expect(said[2]).toMatch(/made the loss .* (smaller|greater)|Along the noise/);
    if (rule === "bp") expect(said[3], "it says what it is compared with").toContain("100%");
  }
});

test("follows other settings: each activation, two noisy passes, eight layers", async ({ page }) => {
  for (const activation of ["leaky_relu", "relu", "tanh", "step"]) {
    const [, view] = await look(page, { algorithms: "np,bp", activation });
    await sentences(view);
    const slider = view.getByLabel("Noise tried here");
    await view.getByLabel("Noise in").selectOption("0");
    await slider.fill("6");
    await expect(view.locator("np-along")).toContainText("The chord, which node perturbation measures");
    if (activation === "step")
      await expect(view.locator("np-along")).toContainText(/The tangent, which derivatives give: 0\.(?!\d)/);
  }
  const [, twice] = await look(page, { algorithms: "np,anp", baseline: "noisy" });
  const said = await sentences(twice);
  expect(said[1]).toContain("is run twice");
  expect(said[2]).toContain("The first pass has a loss of");

  const [, deep] = await look(page, { algorithms: "dinp", hidden_sizes: "16,14,12,10,8,9,300" });
  await sentences(deep);
  await expect(deep.locator("[data-layer]")).toHaveCount(8);
  await expect(deep.getByText("the strongest 256 of 300 units")).toBeVisible();
  await deep.getByRole("button", { name: "2 Noise" }).click();
  await deep.getByRole("button", { name: "Next pass" }).click();
  await expect(deep.getByText("Noisy pass 2 of 8")).toBeVisible();
  await expect(sentence(deep)).toContainText("Only layer 2 gets noise");
});

test("says how many units show what they change, and how much at most the one that is looked at does", async ({
  page,
}) => {
  const [, view] = await look(page, { algorithms: "np", hidden_sizes: "70,66" });
  await view.getByRole("button", { name: "5 Weights" }).click();
  for (const [layer, units] of [
    [1, "The first 64 of 70 units"],
    [2, "All 66 units"],
  ]) {
    await view.getByRole("application", { name: `Layer ${layer}` }).focus();
    const captions = view.locator("np-weight-change figcaption");
    await expect(captions.nth(1)).toHaveText(`${units}`);
    await expect(captions.first()).toHaveText(/^What unit 1 changes of its weights, at most \d/);
  }
});

test("puts two rules side by side: the same image and noise, and other credit", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  const [, view] = await look(page, { algorithms: "np,anp" });
  const networks = view.locator("np-update-network");
  await expect(networks).toHaveCount(2);
  const fills = async (network: number) =>
    networks
      .nth(network)
      .locator("[data-layer='0'] rect")
      .evaluateAll((all) => all.map((cell) => cell.getAttribute("fill")));
  await view.getByRole("button", { name: "2 Noise" }).click();
  expect(await fills(0)).toEqual(await fills(1));
  await view.getByRole("button", { name: "4 Credit" }).click();
  expect(await fills(0)).not.toEqual(await fills(1));
  await expect(
    networks.first().locator("circle.mark"),
    "what the exact gradient says, as a second mark",
  ).toHaveCount(28);
  await expect(view.getByRole("img", { name: /^The credit that NP gives each unit/ })).toBeVisible();
  await expect(view.locator("section math").first()).toBeVisible();
  const image = view.getByText(/^Image \d+ of the batch's 50$/);
  await expect(image).toHaveText("Image 1 of the batch's 50");
  await view.getByRole("button", { name: "Image before" }).click();
  await expect(image).toHaveText("Image 50 of the batch's 50");
});

test("turns the arrow to the gradient as draws are added, by the law of many draws", async ({ page }) => {
  const [, view] = await look(page, { algorithms: "np" });
  const draws = view.locator("np-draws");
  for (const name of [
    "Draw noise once",
    "Draw until there are 4",
    "Draw until there are 16",
    "Draw until there are 64",
    "Draw until there are 256",
  ])
    await draws.getByRole("button", { name }).click();
  await expect(draws.getByRole("button", { name: "All 256 are drawn" })).toBeDisabled();
  const label = (await draws.getByRole("img", { name: /^Angle between/ }).getAttribute("aria-label")) ?? "";
  const angles = [...label.matchAll(/draws?: ([\d.]+)°/g)].map(([, angle]) => Number(angle));
  expect(angles).toHaveLength(5);
  expect(
    angles.toSorted((a, b) => b - a),
    "each mean lies nearer",
  ).toEqual(angles);
  expect(label).toMatch(/with c = \d/);
});

test("costs the runs nothing: their weights are those of a page that never looked", async ({ page }) => {
  const settings: Settings = { ...TINY, algorithms: "np,danp", epochs: 3 };
  const { view: _, ...unseen } = settings;
  const alone = await open(page, unseen);
  await alone.button("Play").click();
  await alone.untilDone();
  const expected = await alone.hashes();

  await page.goto("about:blank");
  const [playground, view] = await look(page, settings);
  await view.getByRole("button", { name: "5 Weights" }).click();
  await playground.button("Step").click();
  await expect(view.getByText("Update 2, not yet done")).toBeVisible();
  await view.locator("np-draws").first().getByRole("button").click();
  await playground.button("Play").click();
  await playground.untilDone();
  expect(await playground.hashes()).toEqual(expected);
  await expect(
    view.getByText("All 12 updates are done: what one more would do"),
    "it looks into what has ended, too",
  ).toBeVisible();
});

test("tells of the image in view what its update changes, by rates that were moved in a pause, too", async ({
  page,
}) => {
  const [playground, view] = await look(page, { algorithms: "dnp" });
  const saysOwnLoss = async (where: string) => {
    await expect(view.getByText(where), where).toBeVisible();
    await view.getByRole("button", { name: "1 Pass" }).click();
    const [, loss] = (await sentence(view).innerText()).match(/the loss is (\d\.\d{3})/) ?? [];
    await view.getByRole("button", { name: "5 Weights" }).click();
    await expect(sentence(view), where).toContainText(`This image's loss goes from ${loss} to`);
  };
  // From here on it asks for the changes in every stage.
  await view.getByRole("application", { name: /Layer 2/ }).focus();
  await saysOwnLoss("Image 1 of the batch's 50");
  for (const image of [2, 3]) {
    await view.getByRole("button", { name: "Next image" }).click();
    await saysOwnLoss(`Image ${image} of the batch's 50`);
  }
  await playground.button("Step").click();
  await saysOwnLoss("Update 2, not yet done");

  await view.locator("np-draws").getByRole("button", { name: "Draw noise once" }).click();
  await expect(view.locator("np-draws").getByText("1 draw:")).toBeAttached();
  const before = await sentence(view).innerText();
  for (const [rate, value] of [
    ["Learning rate", "0.1"],
    ["Noise size", "0.02"],
  ] as const) {
    await playground.control(rate).fill(value);
    await playground.control(rate).press("Enter");
  }
  await expect(sentence(view)).not.toHaveText(before);
  await view.getByRole("button", { name: "2 Noise" }).click();
  await expect(sentence(view)).toContainText("of size 0.02");
  await expect(view.locator("np-along")).toContainText("σ = 0.02");
  await expect(view.locator("np-draws").getByText("1 draw:"), "of the other noise").toHaveCount(0);
});

test("is walked through with the keyboard alone, and is in the link", async ({ page }) => {
  const { view: _, ...settings }: Settings = { ...TINY, algorithms: "np" };
  const playground = await open(page, settings);
  await playground.button("One update").focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => new URL(page.url()).hash).toContain("view=update");
  const view = playground.host.locator("np-update");
  await view.getByRole("button", { name: "1 Pass" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(view.getByRole("button", { name: "2 Noise" })).toHaveAttribute("aria-current", "step");
  await page.keyboard.press("ArrowLeft");
  await expect(view.getByRole("button", { name: "1 Pass" })).toHaveAttribute("aria-current", "step");
  expect(
    (await playground.result()).runs[0]?.history.epoch.length,
    "no key has trained anything",
  ).toBeLessThan(2);

  await view.getByRole("application", { name: /Layer 2/ }).focus();
  await expect(view.getByRole("status").first()).toContainText("layer 2, unit 1");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  await expect(view.getByRole("status").first()).toContainText("layer 2, unit 6: activation X");
  await expect(view.locator(".wires path").first(), "its strongest inputs").toBeAttached();

  await playground.button("Learning curves").click();
  await expect(playground.host.locator("np-learning-curves")).toBeVisible();
  await expect.poll(() => new URL(page.url()).hash).not.toContain("view=");
});

test("the lines from a unit's strongest inputs lead to it in a window of another size, too", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 780 });
  const [, view] = await look(page, { algorithms: "np" });
  await view.getByRole("application", { name: /Layer 2/ }).focus();
  await expect(view.locator(".wires path").first()).toBeAttached();
  const beside = () =>
    view.locator("np-update-network").evaluate(({ shadowRoot }) => {
      const [wires, cell] = [".wires", "[data-layer='1'] [data-unit='0']"].map((name) =>
        shadowRoot?.querySelector(name)?.getBoundingClientRect(),
      );
      const line = shadowRoot?.querySelector(".wires path")?.getAttribute("d") ?? "";
      const [x = 0, y = 0] = (line.match(/-?[\d.]+/g) ?? []).slice(-2).map(Number);
      if (!wires || !cell) return Number.POSITIVE_INFINITY;
      const [left, top] = [cell.left + cell.width / 2, cell.top + cell.height / 2];
      return Math.hypot(wires.left + x - left, wires.top + y - top);
    });
  for (const width of [1440, 700, 360]) {
    await page.setViewportSize({ width, height: 780 });
    await expect.poll(beside, `${width} px`).toBeLessThan(2);
  }
});

for (const [width, colorScheme] of [
  [1440, "light"],
  [360, "dark"],
] as const)
  test(`is accessible and fits at ${width} px, ${colorScheme}, without motion`, async ({ page }) => {
    await page.setViewportSize({ width, height: 780 });
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const [, view] = await look(page, { algorithms: "danp,np" });
    for (const stage of ["4 Credit", "6 R"]) {
      await view.getByRole("button", { name: stage }).click();
      const { violations } = await new AxeBuilder({ page }).withTags(STANDARDS).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`)).toEqual(
        [],
      );
    }
    const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement);
    expect(scrollWidth, "no sideways scroll").toBe(clientWidth);
    const moves = await view
      .locator("np-update-network .cell")
      .first()
      .evaluate((cell) => getComputedStyle(cell).transitionDuration);
    expect(moves).toBe("0s");
    const [image, layer] = [
      view.locator("np-update-network np-picture").first(),
      view.locator("[data-layer='0']").first(),
    ];
    const [above, below] = [await image.boundingBox(), await layer.boundingBox()];
    const upright = (below?.y ?? 0) >= (above?.y ?? 0) + (above?.height ?? 0);
    expect(upright, "upright on a phone").toBe(width < 640);
  });

test("at a glance it moves by itself beside the curves, and leads to the whole view", async ({ page }) => {
  const { view: _, ...settings }: Settings = { ...TINY, ...ENDLESS, algorithms: "bp,anp" };
  const playground = await open(page, settings, "index.html");
  const glance = playground.host.locator("np-glance");
  for (const words of [
    "ANP's network",
    "Nobody needs to note it",
    "Without noise the loss is",
    "every unit is told",
  ])
    await expect(glance).toContainText(words);
  await playground.button("Pause").click();
  await glance.getByRole("button", { name: "In stages" }).click();
  await expect(playground.host.locator("np-update-network").first()).toBeVisible();
  await expect(glance, "it is not shown twice").toHaveCount(0);
});

test("at a glance it stands still where motion is not wanted", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  const { view: _, ...settings }: Settings = { ...TINY, ...ENDLESS, algorithms: "np" };
  const playground = await open(page, settings, "index.html");
  const words = playground.host.locator("np-glance p");
  await expect(words).toContainText("Without noise the loss is");
  const said = new Set<string>();
  const numbers = async () => said.add(await words.innerText()).size;
  await expect.poll(numbers, { message: "it follows the run", timeout: END_MS }).toBeGreaterThan(2);
  for (const sentence of said) expect(sentence, "in one stage").toContain("Without noise the loss is");
});

test("goes stage by stage where updates are slow", async ({ page }) => {
  const [playground, view] = await look(page, { algorithms: "np", epochs: 100 });
  await playground.host.getByRole("radio", { name: "Slow" }).check();
  await playground.button("Play").click();
  const current = view.locator("[aria-current]");
  for (const stage of ["Two losses", "Credit", "Weights"]) await expect(current).toContainText(stage);
  await playground.button("Pause").click();
});

test("stands in an embedded figure", async ({ page }) => {
  await page.goto(
    "embed.html?controls=min&view=update&algorithms=np,bp&train_size=200&test_size=100&image_size=14",
  );
  const view = page.locator("np-figure np-update");
  await expect(view.locator("np-update-network").first()).toBeVisible();
  await view.getByRole("button", { name: "Next", exact: true }).click();
  await expect(sentence(view)).toContainText("noise of its own");
});
