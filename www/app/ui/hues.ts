import Color from "colorjs.io";

// The build evaluates this file: the page gets the colours alone (see www/vite.config.ts).

/** Lightness and chroma in OKLCH at which every hue reads on the ground and the panel of its theme. */
const LIGHT = { lightness: 0.52, chroma: 0.13 };
const DARK = { lightness: 0.74, chroma: 0.11 };

/** tokens.css with a hue for every rule that has none of its own there: as far from the others as can be. */
export function withHues(css: string, rules: readonly string[]): string {
  const own = new Map(
    Array.from(css.matchAll(/--np-(\w+): var\(--np-light, (#\w+)\)/g), ([, name, hex]) => [name, hex]),
  );
  const taken = rules.flatMap((rule) => own.get(rule) ?? []).map((hex) => angleOf(hex));
  const lines = rules
    .filter((rule) => !own.has(rule))
    .map((rule) => {
      const angle = amidWidestGap(taken);
      taken.push(angle);
      return `  --np-${rule}: var(--np-light, ${hex(LIGHT, angle)}) var(--np-dark, ${hex(DARK, angle)});\n`;
    });
  return lines.length > 0 ? `${css}\n:root,\n:host {\n${lines.join("")}}\n` : css;
}

function angleOf(hex: string): number {
  return new Color(hex).get("oklch.h") ?? 0;
}

/** The middle of the widest gap between angles, going round. */
function amidWidestGap(angles: readonly number[]): number {
  const sorted = [...angles].sort((a, b) => a - b);
  const gaps = sorted.map((from, index) => {
    const to = sorted[index + 1] ?? (sorted[0] ?? 0) + 360;
    return { from, width: to - from };
  });
  const [widest] = gaps.sort((a, b) => b.width - a.width);
  return widest ? (widest.from + widest.width / 2) % 360 : 0;
}

function hex({ lightness, chroma }: typeof LIGHT, angle: number): string {
  return new Color("oklch", [lightness, chroma, angle]).to("srgb").toGamut().toString({ format: "hex" });
}
