/** A change from one round to the next, and how far it may be off at 95% confidence. */
export interface Slope {
  slope: number;
  margin: number;
}

/** Of the line through values one round apart, by ordinary least squares. */
export function slopeOf(values: readonly number[]): Slope {
  const count = values.length;
  const freedom = count - 2;
  if (freedom < 1) throw new Error(`a slope wants three values, not ${count}`);
  const middle = (count - 1) / 2;
  const mean = sum(values) / count;
  const spread = sum(values.map((_, x) => (x - middle) ** 2));
  const slope = sum(values.map((y, x) => (x - middle) * (y - mean))) / spread;
  const residual = sum(values.map((y, x) => (y - mean - slope * (x - middle)) ** 2));
  return { slope, margin: quantile(freedom) * Math.sqrt(residual / freedom / spread) };
}

/** Student's t at 97.5%, by Abramowitz and Stegun's 26.7.5; from 5 degrees of freedom on right to three digits. */
function quantile(freedom: number): number {
  const z = 1.959964;
  const terms = [
    z,
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92_160,
  ];
  return sum(terms.map((term, power) => term / freedom ** power));
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
