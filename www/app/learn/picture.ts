/** Square pictures are this wide and high, in units of their own. */
export const SIZE = 320;

export function picture(label: string, inside: string): string {
  return `<svg viewBox="0 0 ${SIZE} ${SIZE}" role="img" aria-label="${label}">${inside}</svg>`;
}

/** A tenth of a unit is less than can be seen. */
export function short(value: number): number {
  return Math.round(10 * value) / 10;
}
