import type { Case } from "../../../www/app/measure/cases";

/** Samples trained, and the seconds of their updates. */
export interface Slice {
  samples: number;
  seconds: number;
}

/** Something else that trains the same case, in slices between ours. */
export interface Contender {
  readonly name: string;
  /** Makes the untrained network and warms up; rejects with the reason why the case cannot be run. */
  begin(next: Case): Promise<void>;
  /** Trains for about `ms` milliseconds, at least one update. */
  run(ms: number): Promise<Slice>;
}

/** An error after so many seconds: a peer that needs minutes for an update is not waited for. */
export function within<T>(seconds: number, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`more than ${seconds} s without an answer`)),
      seconds * 1000,
    );
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
