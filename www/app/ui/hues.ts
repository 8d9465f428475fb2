import Color from "colorjs.io";

// The build evaluates this file: the page gets the colours alone (see www/vite.config.ts).

/** A rule's colour in each theme. */
interface Hue {
  light: string;
  dark: string;
}

/** Lightness and chroma in OKLCH at which every hue reads on the ground and the panel of its theme: two tones of each. */
const TONES = [
  { light: [0.52, 0.13], dark: [0.74, 0.11] },
  { light: [0.42, 0.13], dark: [0.66, 0.13] },
] as const;

/** From one candidate to the next, in degrees. */
const STEP = 5;

/** tokens.css with a hue for every rule that has none of its own there: as far from the others as can be. */
export function withHues(css: string, rules: readonly string[]): string {
  const own = new Map(
    Array.from(
      css.matchAll(/--np-(\w+): var\(--np-light, (#\w+)\) var\(--np-dark, (#\w+)\)/g),
      ([, name, light = "", dark = ""]) => [name, { light, dark }],
    ),
  );
  const candidates = TONES.flatMap(around);
  const taken = rules.flatMap((rule) => own.get(rule) ?? []);
  const lines = rules
    .filter((rule) => !own.has(rule))
    .map((rule) => {
      const hue = furthest(candidates, taken);
      taken.push(hue);
      return `  --np-${rule}: var(--np-light, ${hue.light}) var(--np-dark, ${hue.dark});\n`;
    });
  return lines.length > 0 ? `${css}\n:root,\n:host {\n${lines.join("")}}\n` : css;
}

/** All hues of a tone, going round. */
function around({ light, dark }: (typeof TONES)[number]): Hue[] {
  return Array.from({ length: 360 / STEP }, (_, index) => ({
    light: hex(light, index * STEP),
    dark: hex(dark, index * STEP),
  }));
}

/** The candidate whose nearest neighbour is furthest, in the theme where the two look most alike. */
function furthest(candidates: readonly Hue[], taken: readonly Hue[]): Hue {
  const room = (hue: Hue) => Math.min(...taken.map((other) => apart(hue, other)));
  return candidates
    .map((hue) => ({ hue, room: room(hue) }))
    .reduce((best, next) => (next.room > best.room ? next : best)).hue;
}

function apart(one: Hue, other: Hue): number {
  return Math.min(Color.deltaEOK(one.light, other.light), Color.deltaEOK(one.dark, other.dark));
}

function hex([lightness, chroma]: readonly [number, number], angle: number): string {
  return new Color("oklch", [lightness, chroma, angle]).to("srgb").toGamut().toString({ format: "hex" });
}
