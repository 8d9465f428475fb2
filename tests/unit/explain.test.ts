import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Algorithm, type Config, defaults, fieldOf, SCHEMA } from "../../www/app/contract/config";
import { emptyHistory } from "../../www/app/contract/history";
import { changeSentence } from "../../www/app/explain/changes";
import { EQUATIONS } from "../../www/app/explain/equations";
import { explain } from "../../www/app/explain/explain";
import type { Subject } from "../../www/app/explain/explanation";
import { divergences, outcome, progressLine } from "../../www/app/explain/sentences";
import * as text from "../../www/app/text/text";

function run(algorithm: Algorithm, test_acc: number[], status = "finished") {
  const epoch = test_acc.map((_, index) => index);
  return { algorithm, status, steps_per_epoch: 10, history: { ...emptyHistory(), epoch, test_acc } };
}

describe("explanations", () => {
  test("exist for every field and every rule", () => {
    for (const { name } of SCHEMA.fields) expect(explain(name).help).toContain(text.fields[name].help);
    for (const { name } of SCHEMA.algorithms) expect(explain(`rule:${name}`).help).not.toBe("");
  });

  test("say what a field may be and what it is by default, as config.rs has it", () => {
    const [lr, size] = [fieldOf("lr"), fieldOf("train_size")];
    if (lr?.kind !== "number" || size?.kind !== "integer") throw new Error("two numbers");
    expect(explain("lr").help).toContain(`to ${lr.max}; by default ${lr.default}.`);
    expect(explain("train_size").help).toContain(`by default ${size.default.toLocaleString("en")}.`);
    expect(explain("hidden_sizes").help).toContain("by default 64, 64.");
    expect(explain("activation").help).toContain("By default: Leaky ReLU.");
  });
});

describe("equations", () => {
  test("belong to keys that are explained, and every rule has one", () => {
    for (const key of Object.keys(EQUATIONS) as Subject[]) expect(explain(key).label, key).not.toBe("");
    for (const { name } of SCHEMA.algorithms) expect(EQUATIONS[`rule:${name}`], name).toContain("<math");
  });

  test("are whole MathML: everything that opens closes", () => {
    for (const [key, equation] of Object.entries(EQUATIONS)) {
      const open: string[] = [];
      for (const [, slash, tag = ""] of equation.matchAll(/<(\/?)(\w+)[^>]*>/g)) {
        if (slash) expect(open.pop(), key).toBe(tag);
        else open.push(tag);
      }
      expect(open, key).toEqual([]);
    }
  });

  test("and the place in the paper: that of decorrelation for the D rules", () => {
    expect(explain("rule:anp").paper).toContain("activity-based");
    expect(explain("rule:danp").paper).toContain("decorrelation");
    expect(explain("epochs").paper).toBeUndefined();
  });
});

describe("a change on the way", () => {
  const sentence = (given: Partial<Config>) =>
    changeSentence({
      ...defaults(),
      ...{ epochs: 3, train_size: 100, batch_size: 10, changes: [{ epoch: 0, update: 30, lr: 0.5 }] },
      ...given,
    });

  test("comes where so many updates have been done, also if an epoch has become shorter", () => {
    expect(sentence({})).toContain("never comes");
    expect(sentence({ epochs: 4 })).not.toContain("never comes");
    expect(sentence({ epochs: 4 })).toContain("3 epochs");
  });

  test("names the rules that it reaches: a common one passes by who has a rate of its own", () => {
    const half = { epoch: 1, update: 0, lr: 0.5 };
    const rules: Partial<Config> = { algorithms: ["np", "danp"], changes: [half] };
    const own = { np: { lr: 0.01 } };
    expect(sentence(rules)).toContain("all rules: learning rate 0.5 after 1 epoch");
    expect(sentence({ ...rules, overrides: own })).toContain(": DANP: learning rate 0.5");
    expect(sentence({ ...rules, overrides: { ...own, danp: { lr: 0.02 } } })).toContain(
      "no rule (each has its own): learning rate 0.5",
    );
    // Of two rates in one change each has its rules.
    const two = { ...rules, changes: [{ ...half, noise_std: 0.1 }], overrides: own };
    expect(sentence(two)).toContain("DANP: learning rate 0.5; all rules: noise size 0.1 after 1 epoch");
    // One that was changed alone before, wherever that stands in the list, has a rate of its own from then on.
    const alone = { algorithm: "np" as const, epoch: 0, update: 5, lr: 0.2 };
    expect(sentence({ ...rules, changes: [half, alone] })).toContain(": DANP: learning rate 0.5");
    expect(sentence({ ...rules, changes: [half, { ...alone, epoch: 2 }] })).toContain(
      "all rules: learning rate 0.5",
    );
  });
});

describe("outcome", () => {
  test("compares the first noise rule with the slowest, at what both have reached", () => {
    const runs = [
      run("bp", [0.1, 0.9, 0.92, 0.93]),
      run("np", [0.1, 0.4, 0.5, 0.63]),
      run("danp", [0.1, 0.62, 0.8, 0.86]),
    ];
    expect(outcome(runs)).toBe(
      "DANP passed 60% after 1 epoch, and stayed above; NP needed 3. Test accuracy at the end: BP 93.0%, DANP 86.0%, NP 63.0%.",
    );
  });

  test("counts from when a rule stays above, which what it only touched on the way does not say", () => {
    const runs = [run("anp", [0.1, 0.72, 0.75, 0.66, 0.64]), run("danp", [0.1, 0.58, 0.55, 0.8, 0.86])];
    expect(outcome(runs)).toBe(
      "ANP passed 60% after 1 epoch, and stayed above; DANP needed 3. " +
        "Test accuracy at the end: DANP 86.0%, ANP 64.0%.",
    );
  });

  test("says that a figure was passed only of what ends above it", () => {
    const runs = [run("np", [0.1, 0.9, 1]), run("danp", [0.1, 0.96, 1])];
    expect(outcome(runs)).toContain("DANP passed 95% after 1 epoch, and stayed above; NP needed 2.");
    const seeds = [run("np", [0.1, 0.6, 0.8]), run("np", [0.1, 0.6, 0.9]), run("danp", [0.1, 0.95, 0.95])];
    expect(outcome(seeds)).toContain("DANP passed 80% after 1 epoch, and stayed above; NP needed 2.");
  });

  test("makes no race of one rule, of equal rules, or of what an untrained network has", () => {
    const end = "Test accuracy at the end: ";
    expect(outcome([run("np", [0.1, 0.5])])).toBe(`${end}NP 50.0%.`);
    expect(outcome([run("np", [0.1, 0.5]), run("anp", [0.1, 0.51])])).toBe(`${end}ANP 51.0%, NP 50.0%.`);
    expect(outcome([run("np", [0.1, 0.1]), run("anp", [0.08, 0.51])])).toBe(`${end}ANP 51.0%, NP 10.0%.`);
    expect(outcome([run("np", [0.08, 0.11]), run("anp", [0.08, 0.1, 0.51])])).toBe(
      `${end}ANP 51.0%, NP 11.0%.`,
    );
  });

  test("is quoted in the README as the recorded first visit has it", () => {
    const file = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
    const { runs }: { runs: Parameters<typeof outcome>[0] } = JSON.parse(
      file("www/app/recorded/recorded.json"),
    );
    const [race = ""] = outcome(runs).split(" Test accuracy");
    expect(race).toContain(" passed ");
    expect(file("README.md").replaceAll(/\s+/g, " ")).toContain(`"${race}"`);
  });

  test("leaves out what diverged, and says nothing of nothing", () => {
    expect(outcome([run("np", [0.1, 0.2], "diverged")])).toBe("");
    expect(outcome([])).toBe("");
  });
});

describe("progressLine", () => {
  test("says where each rule stands", () => {
    const runs = [run("bp", [0.1, 0.9], "running")];
    expect(progressLine("Epoch 1 of 2", runs)).toBe("Epoch 1 of 2. Test accuracy: BP 90%.");
  });
});

describe("divergences", () => {
  const begun = { ...defaults(), lr: 0.9, overrides: { np: { lr: 0.3 } } };
  type Diverged = Parameters<typeof divergences>[0][number];

  const diverged = (algorithm: Algorithm, more: Partial<Diverged> = {}): Diverged => ({
    ...{ algorithm, seed: 0, changes: [] },
    diverged: { epoch: 0, step: 40, layer: 2, quantity: "weights" },
    ...more,
  });
  const decorrelation = { epoch: 0, step: 40, layer: 2, quantity: "decorrelation" } as const;
  const adviceOf = (run: Diverged, config: Config = begun) =>
    divergences([run], config)[0]?.replace(/^.* first\. /, "");

  test("names the earliest run of each rule and a remedy from the rule's own rates", () => {
    const later = diverged("np");
    const sooner = diverged("np", {
      seed: 1,
      diverged: { epoch: 0, step: 30, layer: 2, quantity: "weights" },
    });
    expect(divergences([later, sooner], begun)).toEqual([
      "✕ 2 runs of NP diverged (seed 1 at update 30): the weights grew beyond every number, in layer 2 first. " +
        "Try a learning rate below 0.3: the default is 0.001.",
    ]);
  });

  test("advises against what was changed on the way, whatever grew first", () => {
    const changes = [{ lr: 2.003, decor_lr: 0.001, noise_std: 0.01 }];
    const config = { ...defaults(), lr: 0.003 };
    expect(adviceOf(diverged("danp", { changes, diverged: decorrelation }), config)).toBe(
      "Its learning rate was raised from 0.003 to 2.003 on the way: try one between the two.",
    );
    const noisier = [{ lr: 0.001, decor_lr: 0.002, noise_std: 3 }];
    expect(adviceOf(diverged("danp", { changes: noisier, diverged: decorrelation }), defaults())).toBe(
      "Its noise size was raised from 0.01 to 3 on the way: try one between the two.",
    );
  });

  test("where nothing was changed, against what is farthest above the usual", () => {
    expect(adviceOf(diverged("danp", { diverged: decorrelation }))).toBe(
      "Try a learning rate below 0.9: the default is 0.001.",
    );
    const large = { ...defaults(), decor_lr: 0.9 };
    expect(adviceOf(diverged("danp"), large)).toBe(
      "Try a decorrelation rate below 0.9: the default is 0.001.",
    );
    expect(adviceOf(diverged("np"), large)).toBe("Try a learning rate below 0.001.");
    expect(adviceOf(diverged("np"), { ...defaults(), noise_std: 9 })).toBe(
      "Try a noise size below 9: the default is 0.01.",
    );
  });

  test("never against the noise size of a rule that goes by its direction alone", () => {
    const noisy = { ...defaults(), lr: 0.3, noise_std: 10 };
    const remedy = "Try a learning rate below 0.3: the default is 0.001.";
    expect([adviceOf(diverged("fg"), noisy), adviceOf(diverged("dfg"), noisy)]).toEqual([remedy, remedy]);
    const changes = [{ lr: 0.3, decor_lr: 0.001, noise_std: 90 }];
    expect(adviceOf(diverged("fg", { changes }), noisy)).toBe(remedy);
  });

  test("where all are as usual, against what stands nearest to what grew", () => {
    expect(adviceOf(diverged("danp", { diverged: decorrelation }), defaults())).toBe(
      "Try a decorrelation rate below 0.001.",
    );
    expect(adviceOf(diverged("danp"), defaults())).toBe("Try a learning rate below 0.001.");
  });

  test("is silent when all is well", () => {
    expect(divergences([{ algorithm: "np", seed: 0, changes: [] }], begun)).toEqual([]);
  });
});
