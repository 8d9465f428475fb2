import { type Algorithm, type Change, type Config, fixedPart, type Override } from "../contract/config";
import type { Axis, Cell, Plan, Sides } from "../contract/plan";
import { sameChanges, sameCourse } from "../state/course";

/** Every row by every column, row by row. */
export function cellsOf(algorithm: Algorithm, { rows, columns }: Sides): Cell[] {
  return stepsOf(rows).flatMap((row) => stepsOf(columns).map((column) => ({ algorithm, ...row, ...column })));
}

function stepsOf(axis: Axis): Partial<Cell>[] {
  if (axis.of === "algorithms") return axis.values.map((algorithm) => ({ algorithm }));
  return axis.values.map((value) => ({ [axis.of]: value }));
}

/**
 * The settings with which one rule, among the others, trains as a cell says. The changes are among them only where it
 * leaves one out: runs would begin anew without those that they have taken on the page.
 */
export function settingsOf(
  config: Config,
  { algorithm, hidden_sizes: width, ...own }: Cell,
): Pick<Config, "algorithms" | "overrides" | "hidden_sizes"> & Partial<Pick<Config, "changes">> {
  const { algorithms, overrides, hidden_sizes, changes } = config;
  const ownOnes: Override = { ...overrides[algorithm], ...own };
  const left = changes.flatMap((change) => without(change, algorithm, Object.keys(own)));
  return {
    algorithms: algorithms.includes(algorithm) ? algorithms : [...algorithms, algorithm],
    overrides: Object.keys(ownOnes).length > 0 ? { ...overrides, [algorithm]: ownOnes } : overrides,
    hidden_sizes: width === undefined ? hidden_sizes : hidden_sizes.map(() => width),
    ...(!sameChanges({ changes: left }, config) && { changes: left }),
  };
}

/**
 * What a cell varies its rule has from the first update to the last: without its own changes of that. One for all rules
 * does not reach a rate that a rule has for itself.
 */
function without(change: Change, rule: Algorithm, varied: readonly string[]): Change[] {
  if (change.algorithm !== rule) return [change];
  const { algorithm, epoch, update, ...rates } = change;
  const left = Object.entries(rates).filter(([name]) => !varied.includes(name));
  if (left.length === Object.keys(rates).length) return [change];
  return left.length > 0 ? [{ algorithm, epoch, update, ...Object.fromEntries(left) }] : [];
}

/** The settings that a cell was trained with. */
export function trainedWith({ config }: Plan, cell: Cell): Config {
  return { ...config, ...settingsOf(config, cell) };
}

/** Whether cells of a plan would come out otherwise now, but for other epochs or another seed, which the map names. */
export function areOthers(plan: Plan, config: Config): boolean {
  return cellsOf(plan.algorithm, plan).some((cell) => {
    const { algorithm } = cell;
    const [then, now] = [trainedWith(plan, cell), { ...config, ...settingsOf(config, cell) }];
    return fixedPart(then, algorithm) !== fixedPart(now, algorithm) || !sameCourse(then, now, algorithm);
  });
}
