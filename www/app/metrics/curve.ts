import * as text from "../text/text";

/** One line of a chart. Arrays have one entry a point; null where the value does not exist. */
export interface Curve {
  id: string;
  label: string;
  /** Name of the CSS custom property that holds its colour. */
  colour: string;
  dashed: boolean;
  /** It is behind the others, and pale: of an earlier result. */
  ghost: boolean;
  /** The label of the curve that it is a recording of: beside that one it needs no name at its own end. */
  recordingOf?: string;
  x: readonly number[];
  y: readonly (number | null)[];
  /** The spread over several seeds. */
  band?: { low: readonly (number | null)[]; high: readonly (number | null)[] };
  /** The line ends in a cross: a run of it diverged. */
  diverged: boolean;
  /** Places on the x-axis where a rate was changed while it ran. */
  changes: readonly number[];
}

export interface Scale {
  label: string;
  /** What the axis says besides: which part of all values it shows. */
  part?: string;
  /** Short, for the ticks of the axis. */
  tick: (value: number) => string;
  /** For the table. */
  exact: (value: number) => string;
  logarithmic?: boolean;
  /** Between its ticks one of these, where only such ticks can be written in short. */
  steps?: readonly number[];
  /** What is shown, from the least and the greatest value there are. */
  range?: (least: number, greatest: number) => [number, number];
}

/** A value to hold the curves against, such as chance. */
export interface Reference {
  at: number;
  label: string;
  /** Where its name stands: at the end of the line that curves leave free. */
  side: "left" | "right";
}

export interface ChartModel {
  curves: readonly Curve[];
  x: Scale;
  y: Scale;
  reference?: Reference;
}

/** Between the ticks of an axis that counts, and of one that has whole percents. */
export const WHOLE: readonly number[] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
export const PERCENTS: readonly number[] = [0.01, 0.02, 0.05, 0.1, 0.2];

/** The name of an axis, and the part of all values that it shows. */
export function titleOf({ label, part }: Scale): string {
  return part ? text.curves.partOf(label, part) : label;
}
