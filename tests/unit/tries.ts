import fc from "fast-check";
import { expect } from "vitest";

const { FUZZ_RUNS, FUZZ_SECONDS } = process.env;
/** As often as scripts/fuzz.sh asks for, or for so long. */
const LONG = FUZZ_RUNS
  ? { numRuns: Number(FUZZ_RUNS) }
  : { numRuns: 2 ** 31 - 1, interruptAfterTimeLimit: 1000 * Number(FUZZ_SECONDS) };
const isLong = Boolean(FUZZ_RUNS || FUZZ_SECONDS);

/** For a test that tries a property; how long it may take is not for it to judge. */
export const PATIENT = { timeout: 24 * 3_600_000 };

/** Tries a property 300 times; or more often, and then says how often. */
export function always<Input>(property: fc.IProperty<Input>): void {
  judge(fc.check(property, isLong ? LONG : { numRuns: 300 }));
}

/**
 * The same of one that waits: so many times, always the same ones, and first of what it was found wrong of before. Only when
 * it is asked to go on for longer, what it tries is left to chance.
 */
export async function alwaysInTime<Input>(
  property: fc.IAsyncProperty<Input>,
  numRuns: number,
  examples: Input[],
): Promise<void> {
  judge(await fc.check(property, { ...(isLong ? LONG : { numRuns, seed: 1 }), examples }));
}

function judge<Input>(tried: fc.RunDetails<Input>): void {
  if (tried.failed) throw new Error(fc.defaultReportMessage(tried), { cause: tried.errorInstance });
  if (isLong) console.error(`${expect.getState().currentTestName}: ${tried.numRuns} executions`);
}
