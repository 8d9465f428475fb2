import { describe, expect, test } from "vitest";
import { type Algorithm, type Config, defaults } from "../../www/app/contract/config";
import type { Speed } from "../../www/app/contract/protocol";
import { readChange, readUpdate, type SeenLayer, type SeenUpdate } from "../../www/app/contract/update";
import { fromLink, toLink } from "../../www/app/contract/url";
import type { RunStatus } from "../../www/app/state/run";
import { tint } from "../../www/app/ui/paint";
import { cosOf, haveSameDraws, sameSign, sampleArrows, slope } from "../../www/app/update/agreement";
import { affordable, canAnswer, canGoAlong, canLook } from "../../www/app/update/budget";
import { degreesOf, fitted, law } from "../../www/app/update/fit";
import { centreOf, gridOf, neighbour, sideBySide, strongestInputs } from "../../www/app/update/grid";
import { momentOf } from "../../www/app/update/pace";
import { sentenceOf, toldApart } from "../../www/app/update/sentences";
import { isNoisyItself, onlyNoisyLayer, planeOf, sizesOf, stagesOf } from "../../www/app/update/stages";
import { workedOut } from "../../www/app/update/worked";

/** Two pixels, one hidden unit, two classes, as the worker lists them; two draws. */
const head = (draws: number) => [0, 7, 3, 100, 1, 0.1, draws, 1, 0, 5, 2, 0.4, 2.5];

function list(noisy: boolean, decorrelates: boolean): Float32Array {
  return Float32Array.from([
    ...[...head(noisy ? 2 : 0), noisy ? 2 : 0, 2, 2],
    ...[1, 2],
    ...[255, 51],
    ...(noisy ? [0.5, -0.25, 0.125, -0.5] : []),
    ...[0, 0.4, 0.4, 6, 1],
    ...[0, 0, -1, 1, 0.2, 0.8, 2, -4, -0.3, 0.3],
    ...(decorrelates ? [0.9, 0.1, 0.4] : []),
    ...(noisy ? [0.1, 0.1, 0.1, 0.2, -0.1, 0.25, -0.15, 0.1, -0.1] : []),
  ]);
}

const seen = (noisy = true, decorrelates = false) => readUpdate(list(noisy, decorrelates), decorrelates);

describe("what the worker lists of an update", () => {
  test("is read to its end", () => {
    const update = seen(true, true);
    expect(update).toMatchObject({ update: 7, sample: 3, batch: 100, label: 1, draws: 2, ofErrors: true });
    expect(update.noiseStd).toBeCloseTo(0.1);
    expect([...update.lossDiffs]).toEqual([0.5, -0.25]);
    const [hidden, output] = update.layers;
    expect(hidden?.credit[0], "a sum over two draws").toBeCloseTo(3);
    expect(Array.from(output?.exact ?? [])).toEqual([-0.3, 0.3].map(Math.fround));
    expect(hidden?.decorrelated?.length).toBe(2);
    expect(Array.from(output?.noisy?.activationDiff ?? [])).toEqual([0.1, -0.1].map(Math.fround));
  });

  test("is told apart from its neighbours, however late the update", () => {
    const late = list(true, false);
    late.set([256, 1]);
    expect(readUpdate(late, false).update).toBe(2 ** 24 + 1);
  });

  test("has no pass where the rule uses no noise", () => {
    const update = seen(false);
    expect(update.lossDiffs).toHaveLength(0);
    expect(update.layers.every(({ noisy }) => noisy === undefined)).toBe(true);
    expect(planeOf("noise", update).values.map((values) => [...values])).toEqual([[0], [2, -4]]);
    expect(planeOf("losses", update).values.map((values) => [...values])).toEqual([[6], [2, -4]]);
  });

  test("says what an update changes", () => {
    const numbers = Float32Array.from([2.5, 2, 1, 10, 11, 2, 12, 13]);
    const change = readChange(numbers, seen(), 0, false);
    expect(change).toMatchObject({ loss: 2.5, lossAfter: 2, decorrelated: [] });
    expect([[...change.before.weights], [...change.after.weights]]).toEqual([
      [10, 11],
      [12, 13],
    ]);
  });
});

/** The same of noise on weights: of each layer the exact gradient of its biases comes after the errors. */
const ofWeights = () => {
  const numbers = [...list(false, false)];
  numbers[7] = 0;
  const at = 13 + 3 + 2 + 2; // behind head, counts, units and pixels
  numbers.splice(at + 5 + 10, 0, 0.25, -0.25);
  numbers.splice(at + 5, 0, -1);
  return readUpdate(Float32Array.from(numbers), false);
};

describe("agreement with the exact gradient", () => {
  test("of a sample is that of its outer products", () => {
    const x = [1, 0.2];
    const h = 0.4;
    const vector = (hidden: number, outputs: readonly number[]) => [
      ...x.map((x) => hidden * x),
      ...outputs.map((e) => e * Math.fround(h)),
    ];
    const [a, b] = [vector(3, [1, -2]), vector(1, [-0.3, 0.3])];
    const dot = (p: readonly number[], q: readonly number[]) =>
      p.reduce((sum, v, i) => sum + v * (q[i] ?? 0), 0);
    const arrows = sampleArrows(seen());
    expect(arrows?.product).toBeCloseTo(dot(a, b), 5);
    expect(arrows?.estimate).toBeCloseTo(Math.hypot(...a), 5);
    expect(arrows && cosOf(arrows)).toBeCloseTo(dot(a, b) / Math.hypot(...a) / Math.hypot(...b), 5);
  });

  test("of a batch is there, too, where its gradients are too small for a product in 32 bits", () => {
    const tiny = list(true, false);
    tiny.set([1e-25, 1e-25, 1], 9);
    expect(cosOf(readUpdate(tiny, false).batchArrows)).toBeCloseTo(1);
    expect(cosOf(seen().batchArrows)).toBeCloseTo(0.4);
    tiny.set([0, 1, Number.NaN], 9);
    expect(cosOf(readUpdate(tiny, false).batchArrows)).toBeUndefined();
  });

  test("counts the units whose signs agree, and has no angle where nothing points anywhere", () => {
    expect(sameSign(seen())).toBeCloseTo(1 / 3);
    expect(cosOf({ estimate: 0, exact: 1, product: 0 })).toBeUndefined();
  });

  test("of what a batch says of the biases is with the batch's own gradient, and not with that of the image", () => {
    const { ofErrors, layers } = ofWeights();
    expect([ofErrors, ...layers.map(({ exact }) => [...exact])]).toEqual([false, [-1], [0.25, -0.25]]);
    expect(layers.map(({ error }) => [...error])).toEqual([[1], [-0.3, 0.3].map(Math.fround)]);
    expect(sameSign(ofWeights())).toBeCloseTo(2 / 3);
    const told = {
      run: { algorithm: "wp" },
      pass: 0,
      change: undefined,
      layer: 0,
      names: [],
      config: undefined,
    } as const;
    expect(sentenceOf("credit", { ...told, seen: ofWeights() })).toContain("67% of the biases are told");
  });

  test("has the slope along the noise, of all layers or of one", () => {
    const exactTimesNoise = 1 * 0.1 + -0.3 * 0.2 + 0.3 * -0.1;
    expect(slope(seen(), null)).toBeCloseTo(-exactTimesNoise, 6);
    expect(slope(seen(), 0)).toBeCloseTo(-0.1, 6);
  });
});

describe("the law of many draws", () => {
  test.each([0.5, 40, 3000, 2e5])("finds c = %s again", (c) => {
    const points = [1, 4, 16, 64, 256].map((draws) => ({ draws, cos: law(c, draws) }));
    expect(fitted(points) / c).toBeCloseTo(1, 5);
  });

  test("lies between points that scatter", () => {
    const points = [1, 4, 16, 64].map((draws, i) => ({
      draws,
      cos: law(100, draws) + (i % 2 ? 0.01 : -0.01),
    }));
    expect(fitted(points)).toBeGreaterThan(60);
    expect(fitted(points)).toBeLessThan(160);
    expect(degreesOf(law(0, 1))).toBe(0);
    expect(degreesOf(2), "rounding leaves no angle out of range").toBe(0);
  });
});

describe("the grid of a layer", () => {
  test("is nearly square, and has all units of a narrow layer", () => {
    const grid = gridOf(new Float32Array(10));
    expect([grid.cols, grid.rows, grid.units.length]).toEqual([4, 3, 10]);
    expect(centreOf(grid, 5)).toEqual([1.5, 1.5]);
  });

  test("has the strongest units of a wide layer, in their order", () => {
    const grid = gridOf([0.1, -9, 0.2, 8, 0.3], 2);
    expect([grid.units, grid.all]).toEqual([[1, 3], 5]);
    expect(centreOf(grid, 0)).toBeUndefined();
  });

  test("shows the changes of 64 units as images, and of all where a unit is a row", () => {
    expect([sideBySide(0, 16), sideBySide(0, 128)]).toEqual([16, 64]);
    expect(sideBySide(1, 128)).toBe(128);
  });

  test("is walked by the arrows, and not beyond its edges", () => {
    const grid = gridOf(new Float32Array(8));
    const go = (unit: number, keys: string[]) =>
      keys.map((key) => neighbour(grid, unit, `Arrow${key}`)).map((next) => next ?? "edge");
    expect(go(4, ["Left", "Right", "Up", "Down"])).toEqual([3, 5, 1, 7]);
    expect(go(0, ["Left", "Up"])).toEqual(["edge", "edge"]);
    expect(go(7, ["Right", "Down"])).toEqual(["edge", "edge"]);
    expect(neighbour(grid, 4, "Enter")).toBeUndefined();
  });

  test("leads to the inputs that move a unit most", () => {
    expect(strongestInputs([1, -3, 2, 5], [1, 1, 1, 0], 2)).toEqual([
      { input: 1, share: -3 },
      { input: 2, share: 2 },
    ]);
  });

  test("colours by size, cells and bars apart", () => {
    expect(tint(-1, 2)).toBe("rgb(38 118 196 / 0.5)");
    expect(tint(3, 2)).toBe("rgb(224 108 22 / 1)");
    expect(tint(0, 0)).toMatch(/\/ 0\)$/);
    expect(sizesOf([[1, -2], [9]])).toEqual({ cells: 2, bars: 9 });
  });
});

describe("the stages", () => {
  test("end with R in the rules that have one", () => {
    expect(stagesOf("np")).toHaveLength(5);
    expect(stagesOf("danp").at(-1)).toBe("decorrelation");
  });

  test("show one noisy pass, or both where there is no clean one", () => {
    const clean = seen();
    expect(planeOf("noise", clean)).toMatchObject({ shown: "noise" });
    expect(isNoisyItself(clean)).toBe(false);
    const own = clean.layers.map((layer) => ({ ...layer, ownNoise: layer.credit.map(() => 1) }));
    const twice: SeenUpdate = { ...clean, layers: own };
    const plane = planeOf("noise", twice);
    expect(plane).toMatchObject({ shown: "firstNoise", marked: "secondNoise" });
    expect(plane.marks?.[0]?.[0], "the difference and its own").toBeCloseTo(1.1);
    expect(onlyNoisyLayer(clean)).toBeUndefined();
  });

  test("know the layer that alone has noise", () => {
    const [hidden, output] = seen().layers;
    if (!hidden?.noisy || !output) throw new Error("layers");
    const quiet = { ...hidden, noisy: { ...hidden.noisy, noise: new Float32Array(1) } };
    expect(onlyNoisyLayer({ ...seen(), layers: [quiet, output] })).toBe(1);
  });

  const told = (algorithm: Algorithm, update = seen()) => ({
    ...{
      run: { algorithm },
      seen: update,
      pass: 0,
      change: undefined,
      layer: 0,
      names: [],
      config: undefined,
    },
  });

  test("are told with their very numbers", () => {
    expect(sentenceOf("pass", told("np"))).toBe(
      "NP's network gives this 1 80.0% for being a 1: the loss is 2.500.",
    );
    expect(sentenceOf("losses", told("np"))).toBe(
      "Without noise the loss is 2.500, with it 2.000: the noise made the loss 0.5 smaller.",
    );
    expect(sentenceOf("losses", { ...told("np"), pass: 1 })).toContain("0.25 greater");
    expect(sentenceOf("noise", told("bp", seen(false)))).toContain("BP uses no noise");
    expect(sentenceOf("losses", told("fa", seen(false)))).toContain("backwards, from layer to layer");
    for (const rule of ["direct_fa", "d-direct_fa"] as const)
      expect(sentenceOf("losses", told(rule, seen(false)))).toContain("straight to every layer");
    expect(sentenceOf("noise", told("wp"))).toContain("Every weight");
    expect(sentenceOf("noise", told("fg"))).toContain("direction");
    expect(sentenceOf("credit", told("np"))).toContain("33% of the units");
    const change = readChange(Float32Array.from([2.5, 2.25, 0, 0, 0, 0, 0, 0]), seen(), 0, false);
    expect(sentenceOf("change", { ...told("np"), change })).toContain("from 2.500 to 2.250");
  });

  test("say of the weights what the optimizer does, and of R what kappa leaves of it", () => {
    const of = (optimizer: "sgd" | "adam", kappa: number) => ({
      ...told("danp", seen(true, true)),
      config: { optimizer, kappa },
    });
    expect(sentenceOf("change", of("sgd", 0))).toBe(
      "A weight changes by its unit's credit times its input, all images of the batch taken together.",
    );
    expect(sentenceOf("change", of("adam", 0))).toMatch(/scaled for each weight by Adam\.$/);
    expect(sentenceOf("decorrelation", of("adam", 0.5))).toContain("R mixes the inputs");
    expect(sentenceOf("decorrelation", of("adam", 1)), "its C is a diagonal").not.toContain("together");
  });

  test("work the rule's equation out for a unit, by the symbols that stand in it", () => {
    const all = (algorithm: Algorithm, update = seen()) =>
      workedOut(algorithm, update, { layer: 0, unit: 0 }, 0);
    const worked = (algorithm: Algorithm, update = seen()) =>
      Object.fromEntries(all(algorithm, update).map(({ symbol, value }) => [symbol, value]));
    expect(Object.keys(worked("np"))).toEqual(["ε", "L − L̃", "σ", "E"]);
    expect(worked("np")["L − L̃"]).toBe(0.5);
    expect(Object.keys(worked("anp"))).toEqual(["L − L̃", "N", "δA", "‖δA‖", "E"]);
    expect(worked("anp").N).toBe(3);
    expect(worked("fg").v).toBeCloseTo(1);
    expect(worked("fg")["∂L/∂v"]).toBeCloseTo(-5);
    expect(worked("bp", seen(false))).toEqual({ E: 6 });
    expect(all("np").at(-1)?.words, "E of two draws, the rest of one").toContain("the mean of 2 draws");
    expect(all("np", { ...seen(), draws: 1 }).at(-1)?.words).toBe("its credit");
  });

  test("work it out with the difference of two noises, and with the noise of weights", () => {
    const worked = (algorithm: Algorithm, update: SeenUpdate) =>
      Object.fromEntries(
        workedOut(algorithm, update, { layer: 0, unit: 0 }, 0).map(({ symbol, value }) => [symbol, value]),
      );
    const one = { ...seen(), draws: 1, lossDiffs: Float32Array.of(0.5), batchDiffs: Float32Array.of(0.125) };
    const own = one.layers.map((layer) => ({ ...layer, ownNoise: layer.credit.map(() => 1) }));
    const twice = { ...one, layers: own };
    expect(worked("np", twice).σ).toBeCloseTo(0.1 * Math.SQRT2);
    expect(sentenceOf("credit", told("np", twice))).toContain("on from the first pass to the second");
    const biased = one.layers.map(
      (layer): SeenLayer =>
        layer.noisy ? { ...layer, noisy: { ...layer.noisy, bias: layer.credit.map(() => 0.25) } } : layer,
    );
    const weights = { ...one, layers: biased };
    expect(worked("wp", weights)).toMatchObject({ ε_b: 0.25, "L̃ − L": -0.125, "−g_b": 3 });
    expect(sentenceOf("credit", told("wp", weights))).toContain("The batch's mean loss fell");
    const rose = { ...weights, batchDiffs: Float32Array.of(-0.5) };
    expect(sentenceOf("credit", told("wp", rose)), "though this image's fell").toContain("mean loss rose");
  });

  test("say whose words each unit is told", () => {
    expect(sentenceOf("credit", told("np"))).toContain("the mean of what 2 draws of noise say");
    expect(
      sentenceOf("credit", told("np", { ...seen(), draws: 1, lossDiffs: Float32Array.of(1) })),
    ).toContain("The loss fell, so every unit is told: more of the noise that you got.");
    expect(sentenceOf("credit", told("inp", { ...seen(), draws: 1 }))).toContain("noise in its layer");
    expect(
      sentenceOf("credit", told("fg", { ...seen(), draws: 1, lossDiffs: Float32Array.of(1) })),
    ).toContain("Along the noise the loss falls");
    expect(sentenceOf("pass", { ...told("np"), names: ["cat", "dog"] })).toContain(
      "this dog 80.0% for being a dog",
    );
  });
});

describe("how often it is looked", () => {
  test("is once in a hundred updates at full speed, so that less than 3% of the work is for looking", () => {
    const moments = (speed: Speed, status: RunStatus) =>
      new Set(Array.from({ length: 1000 }, (_, step) => momentOf({ step, status }, speed))).size;
    expect(moments("max", "running")).toBe(10);
    expect(moments("slow", "running"), "the worker rests between two updates").toBe(1000);
    expect(moments("max", "paused")).toBe(1000);
  });
});

test("the ends of an axis have as many digits as tell them apart", () => {
  expect(toldApart(2.1, 2.5)).toEqual(["2.10", "2.50"]);
  expect(toldApart(2.30251, 2.30262)).toEqual(["2.3025", "2.3026"]);
  expect(toldApart(2.3, 2.3000002)).toEqual(["2.3000000", "2.3000002"]);
  expect(toldApart(2.5, 2.5), "nothing does").toEqual(["2.50", "2.50"]);
});

test("means of draws are of one update, and of noise of one size", () => {
  expect(haveSameDraws(seen(), seen())).toBe(true);
  expect(haveSameDraws(seen(), { ...seen(), update: 8 })).toBe(false);
  expect(haveSameDraws(seen(), { ...seen(), noiseStd: 0.2 })).toBe(false);
});

describe("how many draws can be waited for", () => {
  test("depends on network and batch", () => {
    expect(affordable(seen(), 256)).toBe(true);
    expect(affordable({ ...seen(), batch: 1e8 }, 256)).toBe(false);
  });

  test("counts the first layer where the noise is on the weights, and R", () => {
    // Products of a sample in a draw: 2; with noise on the weights 2 of the first layer and 4; with R one more.
    const weights = { ...seen(), ofErrors: false };
    const productsOf = (of: SeenUpdate) =>
      [1, 2, 3, 4, 5, 6].find((products) => affordable({ ...of, batch: 1.01e10 / (products + 0.1) }, 1));
    expect([seen(), weights, seen(true, true)].map(productsOf)).toEqual([2, 6, 3]);
  });
});

test("the loss is followed along the noise where that is soon done: 41 losses, each of all draws up to its own", () => {
  expect(canGoAlong(seen(), 0)).toBe(true);
  expect(canGoAlong(seen(false), 0), "there is nothing to follow").toBe(true);
  // A draw is 2 products of a sample, its gradient 4.
  const batch = 0.99e10 / 41 / 6;
  expect([0, 1, 2].map((pass) => canGoAlong({ ...seen(), batch }, pass))).toEqual([true, false, true]);
  expect(canGoAlong({ ...seen(), batch: 1.02 * batch }, 0)).toBe(false);
});

describe("the view in a link", () => {
  test("is there where it is not the usual one, and what is none is said", () => {
    expect(toLink(defaults(), undefined, "update")).toBe("v=1&view=update");
    expect(fromLink("#v=1&view=update")).toEqual({ given: {}, unknown: [], middle: "update" });
    expect(fromLink("#v=1&view=upside").unknown).toEqual([
      { key: "view", value: "upside", allowed: "curves, update" },
    ]);
  });
});

describe("what is looked into while a run goes on", () => {
  const mnist = { rows: 28, cols: 28, classes: 10 };
  const own = { rows: 64, cols: 64, classes: 10 };
  const of = (hidden_sizes: number[], batch_size: number, more: Partial<Config> = {}) => ({
    ofRuns: { ...defaults(), hidden_sizes, batch_size, algorithms: ["np" as Algorithm], ...more },
    shape: mnist,
  });

  test("is an update that is soon rehearsed, and a smaller one in passing", () => {
    expect(canLook(of([64, 64], 100), true)).toBe(true);
    expect(canLook(of([1024, 1024, 1024], 1000), true)).toBe(false);
    expect(canLook(of([1024, 1024, 1024], 1000))).toBe(true);
    expect(canLook(of([1024, 1024, 1024], 1000, { num_noise_iters: 100 }))).toBe(false);
  });

  test("counts the noise samples that a rule has of its own", () => {
    const overrides = { np: { num_noise_iters: 100 } };
    expect(canLook(of([1024, 1024, 1024], 1000, { overrides }))).toBe(false);
    expect(canLook(of([1024, 1024, 1024], 1000, { overrides, algorithms: ["bp"] }))).toBe(true);
  });

  test("counts the decorrelation of large images, and shows all of MNIST", () => {
    const paper: Partial<Config> = { algorithms: ["bp", "dbp", "np", "dnp", "danp"] };
    expect(canLook(of([64, 64], 1000, paper), true)).toBe(true);
    const large = (algorithms: Algorithm[]) => ({ ...of([64], 2000, { algorithms }), shape: own });
    expect(canLook(large(["anp"]))).toBe(true);
    expect(canLook(large(["anp", "danp"]))).toBe(false);
    expect(canAnswer({ ...defaults(), test_size: 10_000, algorithms: ["danp"] }, mnist)).toBe(true);
    expect(canAnswer({ ...defaults(), test_size: 10_000, algorithms: ["danp"] }, own)).toBe(false);
    expect(canAnswer({ ...defaults(), test_size: 10_000, algorithms: ["anp"] }, own)).toBe(true);
  });
});
