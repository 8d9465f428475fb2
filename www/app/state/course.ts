import type { Change, Rates } from "../contract/config";

/** The rates that differ; undefined where none does. */
export function changed(from: Rates, to: Rates): Partial<Rates> | undefined {
  const rates: Partial<Rates> = {
    ...(to.lr !== from.lr && { lr: to.lr }),
    ...(to.decor_lr !== from.decor_lr && { decor_lr: to.decor_lr }),
    ...(to.noise_std !== from.noise_std && { noise_std: to.noise_std }),
  };
  return Object.keys(rates).length > 0 ? rates : undefined;
}

/** One change more; two of one rule in the same place are one. */
export function withChange(changes: readonly Change[], change: Change): Change[] {
  const same = ({ algorithm, epoch, update }: Change) =>
    algorithm === change.algorithm && epoch === change.epoch && update === change.update;
  const before = changes.find(same);
  return [...changes.filter((other) => other !== before), { ...before, ...change }];
}
