import { open } from "./support/playground";
import { expect, test } from "./support/test";

const RULES = ["bp", "dbp", "np", "dnp", "inp", "dinp", "anp", "danp"];
const [EPOCHS, UPDATES, LAYERS] = [3, 25, 3];

/** Whoever guesses gets a tenth of the digits right. */
const FAR_ABOVE_CHANCE = 0.3;

/** Forward passes of one update. */
const PASSES: Record<string, number> = { bp: 1, np: 2, inp: 1 + LAYERS, anp: 2 };

test("each of the paper's eight rules learns MNIST, far above chance", async ({ page }) => {
  const playground = await open(page, {
    algorithms: RULES.join(","),
    image_size: 14,
    train_size: 2500,
    test_size: 1000,
    epochs: EPOCHS,
    lr: 0.01,
  });
  await playground.button("Play").click();
  await playground.untilDone();
  const { runs } = await playground.result();
  expect(runs.map(({ algorithm }) => algorithm)).toEqual(RULES);
  for (const { algorithm, status, history, weights_hash } of runs) {
    const say = (what: string) => `${algorithm}: ${what}`;
    expect(status, algorithm).toBe("finished");
    expect(weights_hash, say("hash")).toMatch(/^[0-9a-f]{16}$/);
    expect(history.epoch, say("epochs")).toEqual([0, 1, 2, 3]);
    expect(history.train_acc[0], say("nothing is trained at first")).toBeNull();
    expect(history.test_acc[0], say("untrained")).toBeLessThan(FAR_ABOVE_CHANCE);
    expect(history.test_acc[EPOCHS], say("test accuracy")).toBeGreaterThan(FAR_ABOVE_CHANCE);
    expect(history.train_acc[EPOCHS], say("training accuracy")).toBeGreaterThan(FAR_ABOVE_CHANCE);
    const passes = EPOCHS * UPDATES * (PASSES[algorithm.replace(/^d/, "")] ?? 0);
    expect(history.forward_passes[EPOCHS], say("forward passes")).toBe(passes);
    expect(history.decorrelation_loss[EPOCHS]?.length, say("layers")).toBe(LAYERS);
  }
});

test("only backpropagation follows the exact gradient, and only the D rules decorrelate", async ({
  page,
}) => {
  const playground = await open(page, {
    algorithms: "bp,dbp,anp,danp",
    image_size: 14,
    train_size: 1000,
    test_size: 500,
    hidden_sizes: "32",
    epochs: 3,
    decor_lr: 0.01,
  });
  await playground.button("Play").click();
  await playground.untilDone();
  for (const { algorithm, history } of (await playground.result()).runs) {
    const angle = history.alignment_deg[3]?.network ?? Number.NaN;
    if (algorithm.endsWith("bp")) expect(angle, algorithm).toBeLessThan(0.1);
    else expect(angle, algorithm).toBeGreaterThan(45);
    const [before, after] = [
      history.decorrelation_loss[0]?.[0] ?? 0,
      history.decorrelation_loss[3]?.[0] ?? 0,
    ];
    expect(after < 0.9 * before, `${algorithm}: decorrelation loss ${before}, then ${after}`).toBe(
      algorithm.startsWith("d"),
    );
  }
});
