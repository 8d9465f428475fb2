import type { RunView } from "../state/run";

/** What one network says of an image. */
export interface Answered {
  run: RunView;
  /** Class by class. */
  output: Float32Array;
  /** The class with the greatest output, the first of equals. */
  best: number;
}

/** The classes by their output, the greatest first. */
export function ranked(output: Float32Array): number[] {
  return Array.from(output.keys()).sort((a, b) => (output[b] ?? 0) - (output[a] ?? 0));
}

/** All classes if they are few; else those that some network is surest of, in their own order. */
export function shownClasses(outputs: readonly Float32Array[], most: number): number[] {
  const classes = outputs[0]?.length ?? 0;
  const greatest = Float32Array.from({ length: classes }, (_, i) =>
    Math.max(...outputs.map((output) => output[i] ?? 0)),
  );
  return ranked(greatest)
    .slice(0, most)
    .sort((a, b) => a - b);
}
