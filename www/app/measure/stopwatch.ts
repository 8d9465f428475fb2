import type { Trainer } from "../../pkg/np_playground.js";
import type { TrainerStatus } from "../worker/loop";
import type { Trained } from "./protocol";

export type Steppable = Pick<Trainer, "step" | "status" | "multiply_adds">;

/**
 * Trains for about `ms` milliseconds, at least one update. The update that ends an epoch is not timed: it
 * brings the evaluation with it.
 */
export function train(
  trainer: Steppable,
  batchSize: number,
  ms: number,
  now: () => number,
): Omit<Trained, "memory_bytes"> {
  const sum = { samples: 0, seconds: 0, multiply_adds: 0 };
  while (sum.seconds * 1000 < ms) {
    const left = stepsInEpoch(trainer) - 1;
    if (left > 0) {
      const work = trainer.multiply_adds;
      const start = now();
      const until = start + ms - sum.seconds * 1000;
      let steps = 0;
      let end = start;
      // At least one: what is left of the time may be too little for the clock to tell.
      do {
        trainer.step();
        steps += 1;
        end = now();
      } while (steps < left && end < until);
      sum.seconds += (end - start) / 1000;
      sum.samples += steps * batchSize;
      sum.multiply_adds += trainer.multiply_adds - work;
    } else {
      trainer.step();
    }
  }
  return sum;
}

function stepsInEpoch(trainer: Steppable): number {
  const { status, step, steps_per_epoch } = trainer.status() as TrainerStatus;
  if (status !== "running") throw new Error(`the run has ${status}: its speed cannot be measured further`);
  if (steps_per_epoch < 2) throw new Error("one mini-batch fills the epoch: no update can be timed alone");
  return steps_per_epoch - (step % steps_per_epoch);
}
