import { PAPER_BIBTEX } from "../../www/app/contract/citation";
import { link, open, Playground, type PlaygroundElement, SMALL } from "./support/playground";
import { expect, test } from "./support/test";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

const RACE = { ...SMALL, algorithms: "bp,np", epochs: 3 };

const shared = ({ host }: Playground) => host.getByRole("dialog", { name: "Share" });

/** The link that says what its runs have led to, as a reader gets it. */
async function provenLink(playground: Playground): Promise<string> {
  const page = playground.host.page();
  await playground.button("Play").click();
  await playground.untilDone();
  await playground.button("Share").click();
  await shared(playground).getByRole("button", { name: "Copy link that can be checked" }).click();
  await expect(shared(playground).getByRole("status")).toHaveText("Copied.");
  return page.evaluate(() => navigator.clipboard.readText());
}

/** The link with another digit at this place of the last run: its hash has 16, each epoch has 3. */
function changed(proven: string, place: number): string {
  const at = proven.lastIndexOf(".") + 1 + place;
  const other = proven[at] === "0" ? "1" : "0";
  return proven.slice(0, at) + other + proven.slice(at + 1);
}

const offer = ({ host }: Playground) => host.getByText("This link says which weights its 2 runs led to.");

test("a link with hashes is checked: the same weights, or the place where they first differ", async ({
  page,
}) => {
  const proven = await provenLink(await open(page, RACE));

  await page.goto(proven);
  const playground = new Playground(page);
  await expect(offer(playground)).toBeVisible();
  await expect(playground.word("Ready"), "nothing begins before the reader has read it").toBeVisible();
  expect(page.url(), "the address still says what the runs led to").toBe(proven);
  await playground.button("Run again and check").click();
  await playground.untilDone();
  await expect(playground.host.getByText("Reproduced: the same weights, to the last bit.")).toBeVisible();
  expect(page.url()).toBe(proven);

  await page.goto("about:blank");
  await page.goto(changed(changed(proven, 0), 16 + 3));
  await playground.button("Run again and check").click();
  await playground.untilDone();
  await expect(
    playground.host.getByText("Not reproduced: NP with seed 0 first differs at epoch 2."),
  ).toBeVisible();
});

test("a figure without controls asks first, too, and says what came of it", async ({ page }) => {
  const { hash } = new URL(await provenLink(await open(page, RACE)));
  await page.goto(`embed.html?controls=none&autoplay${hash}`);
  const playground = new Playground(page);
  await expect(offer(playground)).toBeVisible();
  await expect(playground.host.getByText("Press Play")).toHaveCount(0);
  await playground.button("Run again and check").click();
  await expect(playground.host.getByText("Reproduced: the same weights, to the last bit.")).toBeVisible();
});

test("an element that is taken out and put back asks again, and its other settings have no hashes", async ({
  page,
}) => {
  const { hash } = new URL(await provenLink(await open(page, RACE)));
  await page.goto("about:blank");
  await page.goto(`embed.html${hash}`);
  const playground = new Playground(page);
  const link = () => playground.host.evaluate((element: PlaygroundElement) => element.link);
  const verdict = playground.host.getByText("eproduced");
  await playground.button("Run again and check").click();
  await expect(verdict).toBeVisible();
  await playground.host.evaluate(async (element) => {
    const parent = element.parentElement;
    element.remove();
    await new Promise((resolve) => setTimeout(resolve, 100));
    parent?.append(element);
  });
  await expect(offer(playground)).toBeVisible();
  await expect(verdict).toHaveCount(0);
  expect(await link()).toContain("hashes=");
  await playground.host.evaluate((element: PlaygroundElement) => {
    element.epochs = 2;
  });
  await expect(offer(playground)).toHaveCount(0);
  await expect.poll(link).not.toContain("hashes=");
  await playground.button("Play").click();
  await playground.untilDone();
  await expect(verdict).toHaveCount(0);
});

test("runs of other settings are not checked, also where those of the link are chosen again", async ({
  page,
}) => {
  await page.goto(await provenLink(await open(page, RACE)));
  const playground = new Playground(page);
  const verdict = playground.host.getByText("eproduced");
  const draws = (count: number) =>
    playground.host.evaluate((element: PlaygroundElement, count) => {
      element.num_noise_iters = count;
    }, count);
  await playground.button("Run again and check").click();
  await playground.untilDone();
  await expect(verdict).toHaveCount(1);
  await draws(3);
  await expect(verdict).toHaveCount(0);
  const other = playground.host.getByText("these curves belong to other settings");
  await expect(other).toBeVisible();
  await playground.button("Play").click();
  await expect(other).toHaveCount(0);
  await playground.untilDone();
  await draws(1);
  await expect(other).toBeVisible();
  await expect(verdict).toHaveCount(0);
  await playground.button("Play").click();
  await expect(verdict).toHaveText("Reproduced: the same weights, to the last bit.");
});

test("other settings are not checked, and their address says nothing of results", async ({ page }) => {
  const proven = await provenLink(await open(page, RACE));
  await page.goto(proven);
  const playground = new Playground(page);
  await expect(offer(playground)).toBeVisible();
  await playground.host.evaluate((element: PlaygroundElement) => {
    element.epochs = 2;
  });
  await expect(offer(playground)).toBeHidden();
  await expect.poll(() => page.url()).not.toContain("hashes");
  await playground.button("Undo").click();
  await expect(offer(playground)).toBeVisible();
});

test("hashes that were cut off get a sentence, and the settings hold", async ({ page }) => {
  await page.goto(`embed.html#${link(RACE)}&hashes=1.0123`);
  const playground = new Playground(page);
  await expect(playground.notice).toHaveText(
    "The hashes in this link are cut off or changed: its settings are here, its results cannot be checked.",
  );
  expect((await playground.config()).algorithms).toEqual(["bp", "np"]);
});

test("a link says only of runs that have ended what came out", async ({ page }) => {
  const playground = await open(page, RACE);
  const copy = shared(playground).getByRole("button", { name: "Copy link that can be checked" });
  await playground.button("Share").click();
  await expect(shared(playground).getByText(/^When all runs of these settings have ended/)).toBeVisible();
  await expect(copy).toBeHidden();
});

test("the paper, the software and this very training are cited, and the command and its file copied", async ({
  page,
}) => {
  const playground = await open(page, RACE);
  await playground.button("Play").click();
  await playground.untilDone();
  const result = await playground.result();
  await playground.button("Share").click();
  const dialog = shared(playground);
  const passage = async (label: string) => {
    await dialog.getByText(label, { exact: true }).click();
    await dialog.getByRole("button", { name: `Copy: ${label}` }).click();
    await expect(dialog.getByRole("status")).toHaveText("Copied.");
    return page.evaluate(() => navigator.clipboard.readText());
  };
  expect(await passage("The paper, in BibTeX")).toBe(PAPER_BIBTEX);
  expect(await passage("This software, in BibTeX")).toContain(`version = {${result.version}}`);
  const run = await passage("This very training, in BibTeX");
  for (const { weights_hash } of result.runs) expect(run).toContain(weights_hash);
  expect(run).toContain("hashes=");
  expect(await passage("On my machine: the command")).toMatch(/^cargo run .* train config\.json /);
  expect(JSON.parse(await passage("On my machine: config.json"))).toEqual(result.config);
});
