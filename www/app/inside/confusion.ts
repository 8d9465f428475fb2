/** How often one class was taken for another. */
export interface Confused {
  truth: number;
  answer: number;
  count: number;
}

/** All confusions that there were, the most frequent first. */
export function confusions(matrix: Uint32Array, classes: number): Confused[] {
  return Array.from(matrix, (count, i) => ({ truth: Math.floor(i / classes), answer: i % classes, count }))
    .filter(({ truth, answer, count }) => truth !== answer && count > 0)
    .sort((a, b) => b.count - a.count);
}

/** The share of right answers. */
export function rightShare(matrix: Uint32Array, classes: number): number {
  const right = matrix.reduce((sum, count, i) => (i % (classes + 1) === 0 ? sum + count : sum), 0);
  return right / matrix.reduce((sum, count) => sum + count, 0);
}
