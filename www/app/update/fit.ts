/** The cosine between the gradient and the mean of so many draws. */
export interface Point {
  draws: number;
  cos: number;
}

/** What the mean of independent draws without a bias does: noise in it shrinks as 1 / K. */
export function law(c: number, draws: number): number {
  return 1 / Math.sqrt(1 + c / draws);
}

/** Between these the c of networks lies that anybody trains; as natural logarithms. */
const [LEAST, GREATEST] = [-10, 25];
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** The c for which the law comes nearest to the points, by least squares; a search by the golden section. */
export function fitted(points: readonly Point[]): number {
  const error = (log: number) =>
    points.reduce((sum, { draws, cos }) => sum + (cos - law(Math.exp(log), draws)) ** 2, 0);
  let [low, high] = [LEAST, GREATEST];
  while (high - low > 1e-9) {
    const [left, right] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
    if (error(left) < error(right)) high = right;
    else low = left;
  }
  return Math.exp((low + high) / 2);
}

export function degreesOf(cos: number): number {
  return (Math.acos(Math.min(1, Math.max(-1, cos))) * 180) / Math.PI;
}
