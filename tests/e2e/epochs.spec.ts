import { ENDLESS, open, type Playground } from "./support/playground";
import { expect, test } from "./support/test";

const TWO = { ...ENDLESS, algorithms: "bp,np" };

async function choose(playground: Playground, epochs: number): Promise<void> {
  await playground.openAll();
  await playground.control("Epochs").fill(String(epochs));
  await playground.control("Epochs").press("Enter");
}

test("fewer epochs, then more: the runs go on, to the bits of runs that had as many from the start", async ({
  page,
}) => {
  const playground = await open(page, TWO);
  await playground.button("Play").click();
  await playground.untilTrained();
  await playground.button("Pause").click();
  await expect(playground.word(/Paused/)).toBeVisible();
  const { runs } = await playground.result();
  const begun = Math.max(...runs.map(({ history }) => history.epoch.length));
  await choose(playground, begun + 1);
  await expect.poll(async () => (await playground.config()).epochs).toBe(begun + 1);
  expect((await playground.result()).runs.map(({ history }) => history.test_acc[1])).toEqual(
    runs.map(({ history }) => history.test_acc[1]),
  );
  await playground.button("Play").click();
  await playground.untilDone();
  const fewer = await playground.hashes();
  await choose(playground, begun + 2);
  await expect.poll(() => playground.rows()).toBe(begun + 3);
  await playground.untilDone();
  const more = await playground.hashes();

  for (const [epochs, hashes] of [
    [begun + 1, fewer],
    [begun + 2, more],
  ] as const) {
    const anew = await open(page, { ...TWO, epochs });
    await anew.button("Play").click();
    await anew.untilDone();
    expect(await anew.hashes()).toEqual(hashes);
  }
});

test("fewer epochs than a run has begun are refused with the way out, and every run goes on", async ({
  page,
}) => {
  const playground = await open(page, TWO);
  await playground.button("Play").click();
  await expect.poll(() => playground.rows()).toBeGreaterThan(2);
  await choose(playground, 1);
  await expect(playground.notice).toContainText(
    /^1 is too few now: (BP|NP|BP, NP) came as far as epoch \d+\. Choose/,
  );
  expect((await playground.config()).epochs).toBe(1000);
  expect(await playground.statuses()).toEqual(["running", "running"]);
  const rows = await playground.rows();
  await expect.poll(() => playground.rows()).toBeGreaterThan(rows);
  await playground.button("Reset").click();
  await choose(playground, 1);
  await expect.poll(async () => (await playground.config()).epochs).toBe(1);
  await playground.button("Play").click();
  await playground.untilDone();
  expect(await playground.rows()).toBe(2);
});
