import { type Algorithm, type Change, type Config, isRate, SCHEMA } from "../contract/config";
import { ruleLabel } from "../contract/rules";
import * as text from "../text/text";

/** More changes than so many are counted, not named. */
const MOST = 3;

/** The changes of rates that lead to the curves of these settings: nothing where there are none. */
export function changeSentence(config: Config): string {
  const { changes, epochs, train_size, batch_size } = config;
  const steps = Math.ceil(train_size / batch_size);
  // As in Rust a place is a number of updates: after another number of them in an epoch it is in another epoch.
  const placed = changes.map((change) => ({ change, place: change.epoch * steps + change.update }));
  const come = placed.filter(({ place }) => place < epochs * steps);
  const said = come.slice(0, MOST).map(({ change, place }) => {
    const before = placed.filter((other) => other.place <= place && other.change !== change);
    const earlier = before.map((other) => other.change);
    const reached = reachedBy(change, earlier, config);
    return text.changes.one(reached.join("; "), Math.floor(place / steps), place % steps);
  });
  const never = changes.length - come.length;
  return [
    ...(said.length > 0 ? [text.changes.list(said.join("; "), come.length - said.length)] : []),
    ...(never > 0 ? [text.changes.never(never)] : []),
  ].join(" ");
}

/** Each rate of a change with the rules that it reaches, those that reach the same rules together. */
function reachedBy(change: Change, earlier: readonly Change[], config: Config): string[] {
  const rates = new Map<string, string[]>();
  for (const { name } of SCHEMA.fields) {
    if (!isRate(name)) continue;
    const value = change[name];
    if (value === undefined) continue;
    const has = (rule: Algorithm) =>
      config.overrides[rule]?.[name] !== undefined ||
      earlier.some((other) => other.algorithm === rule && other[name] !== undefined);
    const whose = change.algorithm ? ruleLabel(change.algorithm) : followers(config.algorithms, has);
    rates.set(whose, [...(rates.get(whose) ?? []), text.changes.rate(text.fields[name].label, value)]);
  }
  return [...rates].map(([whose, values]) => text.changes.rates(whose, values.join(", ")));
}

/** As in Rust a common change passes by who has a rate of its own. */
function followers(rules: readonly Algorithm[], hasItsOwn: (rule: Algorithm) => boolean): string {
  const following = rules.filter((rule) => !hasItsOwn(rule));
  if (following.length === rules.length) return text.changes.all;
  return following.length === 0 ? text.changes.none : following.map(ruleLabel).join(", ");
}
