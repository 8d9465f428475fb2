import { type Arrows, type SeenUpdate, seenInputOf } from "../contract/update";

type Noisy = Pick<SeenUpdate, "update" | "noiseStd">;

/** The angle's cosine; none where one of the two is zero. */
export function cosOf({ estimate, exact, product }: Arrows): number | undefined {
  const cos = product / (estimate * exact);
  return Number.isFinite(cos) ? cos : undefined;
}

/**
 * The sample's own estimate and exact gradient, over all weights: E x*ᵀ each, whose inner products are those of the errors
 * times the square of x*. None where a rule gives no errors of units.
 */
export function sampleArrows(seen: SeenUpdate): Arrows | undefined {
  if (!seen.ofErrors) return undefined;
  let [aa, bb, ab] = [0, 0, 0];
  seen.layers.forEach(({ credit, exact }, l) => {
    const input = seenInputOf(seen, l);
    const size = dot(input, input);
    aa += size * dot(credit, credit);
    bb += size * dot(exact, exact);
    ab += size * dot(credit, exact);
  });
  return { estimate: Math.sqrt(aa), exact: Math.sqrt(bb), product: ab };
}

/** Whether draws of noise for one are draws for the other: a rate may be moved while an update is in view. */
export function haveSameDraws(a: Noisy | undefined, b: Noisy | undefined): boolean {
  return a?.update === b?.update && a?.noiseStd === b?.noiseStd;
}

/** Of the units (or their biases) that both have something to say of, the share whose credit has the sign of the exact gradient. */
export function sameSign(seen: SeenUpdate): number | undefined {
  let [same, all] = [0, 0];
  for (const { credit, exact } of seen.layers)
    credit.forEach((e, unit) => {
      const product = e * (exact[unit] ?? 0);
      if (product > 0) same += 1;
      if (product !== 0) all += 1;
    });
  return all > 0 ? same / all : undefined;
}

/** How fast the loss grows along the noise, by derivatives: in one layer, or in all. */
export function slope(seen: SeenUpdate, layer: number | null): number {
  const layers = seen.layers.filter((_, l) => layer === null || l === layer);
  const minus = layers.reduce((sum, { error, noisy }) => sum + (noisy ? dot(error, noisy.noise) : 0), 0);
  return 0 - minus; // no minus before a zero
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
