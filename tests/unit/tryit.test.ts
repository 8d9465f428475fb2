import { describe, expect, test } from "vitest";
import { outputOf } from "../../www/app/metrics/format";
import { ranked, shownClasses } from "../../www/app/tryit/answers";
import { centre, prepare, type Stroke } from "../../www/app/tryit/prepare";

/** A seven: a bar, then a leaning stem. */
const SEVEN: Stroke[] = [
  [
    { x: 0.1, y: 0.1 },
    { x: 0.4, y: 0.1 },
    { x: 0.25, y: 0.5 },
  ],
];

function box(image: Uint8Array, cols: number) {
  const lit = [...image.keys()].filter((i) => (image[i] ?? 0) > 127);
  const [xs, ys] = [lit.map((i) => i % cols), lit.map((i) => Math.floor(i / cols))];
  return { width: Math.max(...xs) - Math.min(...xs) + 1, height: Math.max(...ys) - Math.min(...ys) + 1 };
}

describe("a drawing is prepared as MNIST was", () => {
  test("its longer side fills 20 of 28 pixels, and its mass lies in the middle", () => {
    const image = prepare(SEVEN, 28, 28);
    expect(image).toHaveLength(784);
    expect(box(image, 28).height).toBeGreaterThanOrEqual(19);
    expect(box(image, 28).height).toBeLessThanOrEqual(21);
    expect(box(image, 28).width).toBeLessThan(18);
    const { x, y } = centre(image, 28);
    expect(x).toBeCloseTo(13.5, 0);
    expect(y).toBeCloseTo(13.5, 0);
    expect(Math.max(...image)).toBe(255);
  });

  test("neither its place nor its size on the pad matters", () => {
    const elsewhere = SEVEN.map((stroke) =>
      stroke.map(({ x, y }) => ({ x: 0.5 * x + 0.4, y: 0.5 * y + 0.3 })),
    );
    const [here, there] = [prepare(SEVEN, 28, 28), prepare(elsewhere, 28, 28)];
    for (const [i, ink] of here.entries()) expect(Math.abs(ink - (there[i] ?? 0))).toBeLessThanOrEqual(1);
  });

  test("for 14 x 14 networks it is the mean of 2 x 2 pixels, as their images are", () => {
    const [whole, half] = [prepare(SEVEN, 28, 28), prepare(SEVEN, 14, 14)];
    const mean = (x: number, y: number) =>
      [0, 1, 28, 29].reduce((sum, step) => sum + (whole[56 * y + 2 * x + step] ?? 0), 0) / 4;
    expect(half).toHaveLength(196);
    const means = Array.from({ length: 196 }, (_, i) => Math.round(mean(i % 14, Math.floor(i / 14))));
    expect([...half]).toEqual(means);
  });

  test("a dot stays a dot, and any shape of image will do", () => {
    const dot = prepare([[{ x: 0.9, y: 0.9 }]], 20, 33);
    expect(dot).toHaveLength(660);
    expect(box(dot, 33).width).toBeLessThanOrEqual(3);
    const { x, y } = centre(dot, 33);
    expect([x, y]).toEqual([expect.closeTo(16, 1), expect.closeTo(9.5, 0)]);
  });
});

describe("answers", () => {
  test("say how sure they are, or what comes out where outputs are no probabilities", () => {
    expect(outputOf(Float32Array.of(0.38, 0.62), 1)).toBe("62%");
    expect(outputOf(Float32Array.of(1.172, -0.25), 0)).toBe("1.17");
    expect(outputOf(Float32Array.of(1.172, -0.25), 1)).toBe("−0.25");
  });

  test("the first of equals is the answer, as in Rust", () => {
    expect(ranked(Float32Array.of(0.1, 0.4, 0.4, 0.2))).toEqual([1, 2, 3, 0]);
  });

  test("of many classes those are shown that some network is surest of", () => {
    const outputs = [Float32Array.of(0.6, 0.1, 0.0, 0.2), Float32Array.of(0.0, 0.0, 0.9, 0.1)];
    expect(shownClasses(outputs, 2)).toEqual([0, 2]);
    expect(shownClasses(outputs, 10)).toEqual([0, 1, 2, 3]);
    expect(shownClasses([], 10)).toEqual([]);
  });
});
