import { proofOf } from "../contract/proof";
import type { Result } from "../contract/result";
import { toLink } from "../contract/url";
import { share } from "../text/share";

/** Longer addresses are cut by some of the programs that carry them; the site's own part has the rest. */
const LONGEST = 1900;

/** A link to these runs that says what they have led to; or why there is none. */
export function provenLink(result: Result): { link: string } | { why: string } {
  const { config, runs } = result;
  if (config.dataset === "own") return { why: share.unproven.own };
  if (config.arithmetic === "fast") return { why: share.unproven.fast };
  if (runs.some(({ weights_hash }) => weights_hash === null)) return { why: share.unproven.underWay };
  const proof = proofOf(result, LONGEST - toLink(config).length);
  return proof ? { link: toLink(config, proof) } : { why: share.unproven.many(runs.length) };
}
