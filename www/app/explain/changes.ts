import { type Config, isRate, SCHEMA } from "../contract/config";
import { ruleLabel } from "../contract/rules";
import * as text from "../text/text";

/** More changes than so many are counted, not named. */
const MOST = 3;

/** The changes of rates that lead to the curves of these settings: nothing where there are none. */
export function changeSentence({ changes, epochs, train_size, batch_size }: Config): string {
  const steps = Math.ceil(train_size / batch_size);
  // As in Rust a place is a number of updates: after another number of them in an epoch it is in another epoch.
  const placed = changes.map((change) => ({ ...change, place: change.epoch * steps + change.update }));
  const come = placed.filter(({ place }) => place < epochs * steps);
  const said = come.slice(0, MOST).map(({ algorithm, epoch: _epoch, update: _update, place, ...rates }) => {
    const whose = algorithm ? ruleLabel(algorithm) : text.changes.all;
    const values = SCHEMA.fields.flatMap(({ name }) =>
      isRate(name) && rates[name] !== undefined
        ? [text.changes.rate(text.fields[name].label, rates[name])]
        : [],
    );
    return text.changes.one(whose, values.join(", "), Math.floor(place / steps), place % steps);
  });
  const never = changes.length - come.length;
  return [
    ...(said.length > 0 ? [text.changes.list(said.join("; "), come.length - said.length)] : []),
    ...(never > 0 ? [text.changes.never(never)] : []),
  ].join(" ");
}
