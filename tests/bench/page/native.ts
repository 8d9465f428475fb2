import type { Case } from "../../../www/app/measure/cases";
import type { Contender, Slice } from "./contender";

declare global {
  /** Passes a request to a native peer's process; given by bench.mjs. */
  var askNative: (name: string, request: object) => Promise<Slice>;
}

/** A native peer, in a process outside of the browser. */
export class Native implements Contender {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  async begin(next: Case): Promise<void> {
    await askNative(this.name, { kind: "begin", ...next });
  }

  run(ms: number): Promise<Slice> {
    return askNative(this.name, { kind: "run", ms });
  }
}
