import { parseHTML } from "linkedom";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { figureOf } from "../../www/app/chart/figure";
import type { Curve, Scale } from "../../www/app/metrics/curve";

beforeEach(() => {
  const window = parseHTML("<html><body></body></html>");
  vi.stubGlobal("window", window);
  vi.stubGlobal("document", window.document);
  vi.stubGlobal("SVGElement", window.SVGElement);
});

afterEach(() => void vi.unstubAllGlobals());

const SHEET = { width: 85, colour: () => "#000", caption: "Caption", source: "https://example.org" };
const scale = (label: string): Scale => ({ label, tick: String, exact: String });

function curve(label: string, y: number[], diverged = false): Curve {
  const look = { colour: "--np-bp", dashed: false, ghost: false, changes: [] };
  return { id: label, label, x: y.map((_, index) => index), y, diverged, ...look };
}

/** Where the text with these words is moved to. */
function placeOf(svg: SVGElement, words: string): number[] {
  const found = [...svg.querySelectorAll("text")].find(({ textContent }) => textContent === words);
  if (!found) throw new Error(`no text says ${words}`);
  return (found.getAttribute("transform") ?? "").match(/-?[\d.]+|NaN/g)?.map(Number) ?? [];
}

describe("a figure with a logarithmic axis", () => {
  test("names every line, also beside one that ends at exactly zero: that one ends below", () => {
    const curves = [
      curve("BP", [0.0036, 0, 0], true),
      curve("NP", [0.0036, 0.002, 0.0015]),
      curve("DNP", [0.0036, 0.0012, 0.0002]),
    ];
    const y = { ...scale("Decorrelation loss"), logarithmic: true };
    const svg = figureOf({ curves, x: scale("Epochs"), y }, SHEET);
    const [np, dnp, bp] = ["NP", "DNP", "BP ↓"].map((name) => placeOf(svg, name)[1] ?? Number.NaN);
    expect(np).toBeGreaterThan(10);
    expect(dnp).toBeGreaterThan(np ?? 0);
    expect(bp).toBeGreaterThan(dnp ?? 0);
    expect(svg.outerHTML).not.toContain("NaN");
  });
});
