import { describe, expect, test } from "vitest";
import { type Algorithm, defaults } from "../../www/app/contract/config";
import { emptyHistory } from "../../www/app/contract/history";
import { difference, proofOf, readProof } from "../../www/app/contract/proof";
import type { Result, RunResult } from "../../www/app/contract/result";
import { fromLink } from "../../www/app/contract/url";
import { isAsLinked } from "../../www/app/element/check";
import { provenLink } from "../../www/app/share/proven";

/** Runs that have been measured after each of these epochs, with a hash of their own. */
function result(epochs: number, algorithms: readonly Algorithm[] = ["bp", "np"]): Result {
  const config = { ...defaults(), algorithms: [...algorithms], epochs };
  const runs = algorithms.map((algorithm, index): RunResult => {
    const history = emptyHistory();
    for (let epoch = 0; epoch <= epochs; epoch++) {
      history.epoch.push(epoch);
      history.train_loss.push(2 / (epoch + 1 + index));
      history.train_acc.push(epoch / 100);
      history.test_loss.push(null);
      history.test_acc.push(epoch / 101);
      history.alignment_deg.push({ network: 40 + epoch, layers: [null, epoch] });
      history.decorrelation_loss.push([epoch, null]);
      history.seconds.push(Math.random());
    }
    const weights_hash = String(index + 1).repeat(16);
    return { algorithm, seed: 0, status: "finished", history, weights_hash };
  });
  return { config, version: "0.1.0", runs };
}

function proof(of: Result, room = 1000) {
  const text = proofOf(of, room);
  const read = readProof(text ?? "");
  if (!text || !read) throw new Error(`no proof: ${text}`);
  return { text, read };
}

/** The same training, but for one number of one run from an epoch on. */
function parted(of: Result, epoch: number): Result {
  const other = structuredClone(of);
  const [, run] = other.runs;
  if (!run) throw new Error("there is no second run");
  run.weights_hash = "f".repeat(16);
  run.history.train_loss = run.history.train_loss.map((loss, row) =>
    loss !== null && row >= epoch ? loss * (1 + Number.EPSILON) : loss,
  );
  return other;
}

describe("a link that is to be checked", () => {
  const taken = defaults();
  const leftOut = (link: string) => fromLink(link).unknown.map(({ key }) => key);

  test.each([
    ["v=3&hashes=1.0123", true],
    ["v=3&view=elsewhere&present=maybe", true],
    ["v=3&momentum=0.9", false],
    ["v=3&algorithms=bp,np,newrule", false],
    ["v=9&algorithms=bp,np", false],
  ])("is judged where all of its settings are known: %s", (link, judged) => {
    expect(isAsLinked(taken, leftOut(link), taken)).toBe(judged);
  });

  test("is not judged where fewer images are here, or other arithmetic, or a value was left out", () => {
    expect(isAsLinked(taken, [], { ...taken, train_size: 2500 })).toBe(false);
    expect(isAsLinked({ ...taken, arithmetic: "fast" }, [], taken)).toBe(false);
    expect(isAsLinked(taken, ["overrides.np.lr"], taken)).toBe(false);
  });
});

describe("a proof", () => {
  test("says of the same training that nothing differs, however long it took", () => {
    const once = result(20);
    const { text, read } = proof(once);
    expect(text).toHaveLength(2 + 2 * (16 + 20 * 3) + 1);
    expect(read.runs.map(({ hash }) => hash)).toEqual(["1".repeat(16), "2".repeat(16)]);
    expect(difference(read, result(20))).toBeUndefined();
  });

  test.each([1, 7, 20])(
    "finds the rule, the seed and the epoch at which the last bit first differs: %i",
    (epoch) => {
      const { read } = proof(result(20));
      const found = difference(read, parted(result(20), epoch));
      expect(found).toEqual({ algorithm: "np", seed: 0, from: epoch - 1, to: epoch });
    },
  );

  test("with less room it knows the epoch less exactly, and never says a wrong one", () => {
    const { text, read } = proof(result(20), 50);
    expect(text.length).toBeLessThanOrEqual(50);
    expect(read.every).toBe(8);
    expect(difference(read, parted(result(20), 7))).toMatchObject({ from: 0, to: 8 });
    expect(difference(read, parted(result(20), 19))).toMatchObject({ from: 16, to: 20 });
  });

  test("needs every run at its end, and room for their hashes", () => {
    const under = result(3);
    for (const run of under.runs.slice(1)) run.weights_hash = null;
    expect(proofOf(under, 1000)).toBeUndefined();
    expect(proofOf(result(3), 30)).toBeUndefined();
  });

  test("a difference that no epoch shows is one of the end", () => {
    const other = result(20);
    for (const run of other.runs) run.weights_hash = "0".repeat(16);
    expect(difference(proof(result(20)).read, other)).toEqual({ algorithm: "bp", seed: 0, from: 20, to: 20 });
  });

  test.each(["", "1", "0.1111111111111111", "1.111", "1.111111111111111g", "1.1111111111111111ab", "x.y"])(
    "is nothing else: %s",
    (text) => expect(readProof(text)).toBeUndefined(),
  );
});

describe("a link that can be checked", () => {
  const having = (config: Partial<Result["config"]>, runs = 2): Result => {
    const { version, ...rest } = result(3);
    return { version, config: { ...rest.config, ...config }, runs: Array(runs).fill(rest.runs[0]) };
  };

  test("carries the proof of its runs", () => {
    const proven = provenLink(result(3));
    if (!("link" in proven)) throw new Error(proven.why);
    expect(readProof(fromLink(proven.link).proof ?? "")).toEqual(proof(result(3)).read);
  });

  test.each([
    ["own images", having({ dataset: "own" }), /images/],
    ["fast arithmetic", having({ arithmetic: "fast" }), /exact arithmetic/],
    ["too many runs", having({}, 160), /160 runs/],
  ])("is refused, with the reason, for %s", (_, of, why) => {
    expect(provenLink(of)).toEqual({ why: expect.stringMatching(why) });
  });
});
