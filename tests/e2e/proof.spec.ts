import { proofOf } from "../../www/app/contract/proof";
import { toLink } from "../../www/app/contract/url";
import { link, open, Playground, type PlaygroundElement, SMALL } from "./support/playground";
import { expect, test } from "./support/test";

/** The page on which runs begin by themselves. */
const PAGE = "index.html";
const RACE = { ...SMALL, algorithms: "bp,np", epochs: 3 };

/** A link that says what its runs have led to. */
async function provenLink(playground: Playground): Promise<string> {
  await playground.button("Play").click();
  await playground.untilDone();
  const result = await playground.result();
  return toLink(result.config, proofOf(result, 1000));
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

  await page.goto(`${PAGE}#${proven}`);
  const playground = new Playground(page);
  await expect(offer(playground)).toBeVisible();
  await expect(playground.word("Ready"), "nothing begins before the reader has read it").toBeVisible();
  expect(page.url(), "the address still says what the runs led to").toContain(proven);
  await playground.button("Run again and check").click();
  await playground.untilDone();
  await expect(playground.host.getByText("Reproduced: the same weights, to the last bit.")).toBeVisible();
  expect(page.url()).toContain(proven);

  await page.goto("about:blank");
  await page.goto(`${PAGE}#${changed(changed(proven, 0), 16 + 3)}`);
  await playground.button("Run again and check").click();
  await playground.untilDone();
  await expect(
    playground.host.getByText("Not reproduced: NP with seed 0 first differs at epoch 2."),
  ).toBeVisible();
});

test("other settings are not checked, and their address says nothing of results", async ({ page }) => {
  const proven = await provenLink(await open(page, RACE));
  await page.goto(`${PAGE}#${proven}`);
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
