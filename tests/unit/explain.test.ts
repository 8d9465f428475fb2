import { describe, expect, test } from "vitest";
import { type Algorithm, defaults, fieldOf, SCHEMA } from "../../www/app/contract/config";
import { emptyHistory } from "../../www/app/contract/history";
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
    for (const key of Object.keys(EQUATIONS) as Subject[])
      expect(explain(key).equation, key).toBe(EQUATIONS[key]);
    for (const { name } of SCHEMA.algorithms)
      expect(explain(`rule:${name}`).equation, name).toContain("<math");
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

describe("outcome", () => {
  test("compares the first noise rule with the slowest, at what both have reached", () => {
    const runs = [
      run("bp", [0.1, 0.9, 0.92, 0.93]),
      run("np", [0.1, 0.4, 0.5, 0.63]),
      run("danp", [0.1, 0.62, 0.8, 0.86]),
    ];
    expect(outcome(runs)).toBe(
      "DANP passed 60% after 1 epoch; NP needed 3. Test accuracy at the end: BP 93.0%, DANP 86.0%, NP 63.0%.",
    );
  });

  test("makes no race of one rule, of equal rules, or of what an untrained network has", () => {
    const end = "Test accuracy at the end: ";
    expect(outcome([run("np", [0.1, 0.5])])).toBe(`${end}NP 50.0%.`);
    expect(outcome([run("np", [0.1, 0.5]), run("anp", [0.1, 0.51])])).toBe(`${end}ANP 51.0%, NP 50.0%.`);
    expect(outcome([run("np", [0.1, 0.1]), run("anp", [0.08, 0.51])])).toBe(`${end}ANP 51.0%, NP 10.0%.`);
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
  const config = { ...defaults(), lr: 0.9, noise_std: 0.1, overrides: { np: { lr: 0.3 } } };

  test("names the earliest run of each rule and a remedy from the rule's own rates", () => {
    const diverged = (seed: number, step: number) => ({
      ...{ algorithm: "np" as const, seed },
      diverged: { epoch: 0, step, layer: 2, quantity: "weights" as const },
    });
    expect(divergences([diverged(0, 40), diverged(1, 30)], config)).toEqual([
      "✕ 2 runs of NP diverged (seed 1 at update 30): the weights grew beyond every number, in layer 2 first. " +
        "Try a learning rate of 0.1 or smaller, or less noise than 0.1.",
    ]);
  });

  test("is silent when all is well", () => {
    expect(divergences([{ algorithm: "np", seed: 0 }], config)).toEqual([]);
  });
});
