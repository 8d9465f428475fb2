import { describe, expect, test } from "vitest";
import { type Config, defaults, type Field, fieldOf, SCHEMA } from "../../www/app/contract/config";
import { PRESETS } from "../../www/app/contract/presets";
import { fromLink, toLink } from "../../www/app/contract/url";

/** Some value that is not the default. */
function other(field: Field): unknown {
  switch (field.kind) {
    case "number":
      return field.default === field.min ? field.max : field.min;
    case "integer":
      return field.default + 1;
    case "integers":
      return [7, 300];
    case "choice":
    case "integer_choice":
      return field.choices.find((choice) => choice !== field.default) ?? field.default;
    case "algorithms":
      return ["dinp", "bp"];
    case "overrides":
      return { np: { lr: 0.0003, num_noise_iters: 5 }, danp: { decor_lr: 1e-7, noise_std: 0.25 } };
  }
}

describe("a link", () => {
  test.each(SCHEMA.fields)("carries $name there and back", (field) => {
    const value = other(field);
    const { given, problems } = fromLink(toLink({ ...defaults(), [field.name]: value }));
    expect(problems).toEqual([]);
    const changed = JSON.stringify(value) !== JSON.stringify(field.default);
    expect(given).toEqual(changed ? { [field.name]: value } : {});
  });

  test.each(PRESETS)("carries the preset $id", ({ config }) => {
    const whole: Config = { ...defaults(), ...config };
    expect({ ...defaults(), ...fromLink(toLink(whole)).given }).toEqual(whole);
  });

  test("says only what differs from the defaults, readably", () => {
    expect(toLink(defaults())).toBe("v=1");
    const config = { ...defaults(), hidden_sizes: [32, 16], overrides: { np: { lr: 0.00001 } } };
    expect(toLink(config)).toBe("v=1&hidden_sizes=32,16&np.lr=0.00001");
  });

  test("may have its # and its commas escaped", () => {
    expect(fromLink("#v=1&hidden_sizes=32%2C16").given).toEqual({ hidden_sizes: [32, 16] });
  });

  test("may have no hidden layer", () => {
    expect(fromLink(toLink({ ...defaults(), hidden_sizes: [] })).given).toEqual({ hidden_sizes: [] });
  });

  test("leaves ranges to Rust", () => {
    expect(fromLink("v=1&lr=-5&epochs=0.5&activation=nonsense")).toEqual({
      given: { lr: -5, epochs: 0.5, activation: "nonsense" },
      unreadable: {},
      problems: [],
    });
  });

  test.each([
    "learning_rate",
    "overrides",
    "xp.lr",
    "np.epochs",
    ".lr",
    "np.lr.x",
    "__proto__",
    "__proto__.lr",
  ])("names the unknown key %s and keeps the others", (key) => {
    const { given, problems } = fromLink(`v=1&${key}=1&epochs=3`);
    expect(given).toEqual({ epochs: 3 });
    expect(problems.map(({ field }) => field)).toEqual([key]);
    expect(problems[0]?.message).toContain(`"${key}"`);
  });

  test.each([
    ["lr", "", { lr: "" }],
    ["lr", "0x10", { lr: "0x10" }],
    ["np.lr", "1,2", { overrides: { np: { lr: "1,2" } } }],
    ["hidden_sizes", "64,,64", { hidden_sizes: [64, "", 64] }],
  ])("keeps %s=%s, which is no number, apart from what can be read", (key, text, unreadable) => {
    expect(fromLink(`v=1&${key}=${text}&epochs=3`)).toEqual({
      given: { epochs: 3 },
      unreadable,
      problems: [],
    });
  });

  test("of another version says so", () => {
    expect(fromLink("v=2&lr=0.1")).toMatchObject({
      given: { lr: 0.1 },
      problems: [{ field: "v", value: "2" }],
    });
  });
});

test("every preset sets only settings that exist", () => {
  for (const { config } of PRESETS) {
    for (const key of Object.keys(config)) expect(fieldOf(key), key).toBeDefined();
  }
});
