import type { Algorithm, Config } from "./config";

/** What is swept: one rule with every pair of the two lists, all other settings as they are. */
export interface Plan {
  algorithm: Algorithm;
  config: Config;
  /** Ascending, and none twice, as the noise sizes. */
  lrs: readonly number[];
  noises: readonly number[];
}
