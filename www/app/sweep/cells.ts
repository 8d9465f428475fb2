import type { Algorithm, Config, Override } from "../contract/config";
import type { Axis, Cell, Sides } from "../contract/plan";

/** Every row by every column, row by row. */
export function cellsOf(algorithm: Algorithm, { rows, columns }: Sides): Cell[] {
  return stepsOf(rows).flatMap((row) => stepsOf(columns).map((column) => ({ algorithm, ...row, ...column })));
}

function stepsOf(axis: Axis): Partial<Cell>[] {
  if (axis.of === "algorithms") return axis.values.map((algorithm) => ({ algorithm }));
  return axis.values.map((value) => ({ [axis.of]: value }));
}

/** The settings with which one rule, among the others, trains as a cell says. */
export function settingsOf(
  config: Config,
  { algorithm, hidden_sizes: width, ...own }: Cell,
): Pick<Config, "algorithms" | "overrides" | "hidden_sizes"> {
  const { algorithms, overrides, hidden_sizes } = config;
  const ownOnes: Override = { ...overrides[algorithm], ...own };
  return {
    algorithms: algorithms.includes(algorithm) ? algorithms : [...algorithms, algorithm],
    overrides: Object.keys(ownOnes).length > 0 ? { ...overrides, [algorithm]: ownOnes } : overrides,
    hidden_sizes: width === undefined ? hidden_sizes : hidden_sizes.map(() => width),
  };
}
