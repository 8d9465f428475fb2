import { describe, expect, test } from "vitest";
import {
  type Config,
  defaults,
  type Field,
  fieldOf,
  type Given,
  SCHEMA,
} from "../../www/app/contract/config";
import { AppError } from "../../www/app/contract/errors";
import { PRESETS } from "../../www/app/contract/presets";
import { takeGood } from "../../www/app/contract/taken";
import { fromLink, toLink } from "../../www/app/contract/url";
import { leftOut, linkSentence } from "../../www/app/element/left-out";

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
    case "changes":
      return [
        { algorithm: "danp", epoch: 3, update: 120, lr: 1e-7, noise_std: 0.5 },
        { epoch: 0, update: 0, decor_lr: 0.01 },
      ];
  }
}

describe("a link", () => {
  test.each(SCHEMA.fields)("carries $name there and back", (field) => {
    const value = other(field);
    const { given, unknown } = fromLink(toLink({ ...defaults(), [field.name]: value }));
    expect(unknown).toEqual([]);
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
      unknown: [],
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
    "changes",
    "lr@3",
    "np.epochs@1.2",
    "activation@1.2",
    "num_noise_iters@1.2",
    "lr@-1.2",
  ])("names the unknown key %s and keeps the others", (key) => {
    const { given, unknown } = fromLink(`v=1&${key}=1&epochs=3`);
    expect(given).toEqual({ epochs: 3 });
    expect(unknown).toEqual([{ key, value: "1", allowed: "" }]);
  });

  test.each([
    ["lr", "", { lr: "" }],
    ["lr", "0x10", { lr: "0x10" }],
    ["np.lr", "1,2", { overrides: { np: { lr: "1,2" } } }],
    ["hidden_sizes", "64,,64", { hidden_sizes: [64, "", 64] }],
  ])("leaves %s=%s, which is no number, to Rust", (key, text, given) => {
    expect(fromLink(`v=1&${key}=${text}&epochs=3`)).toEqual({ given: { epochs: 3, ...given }, unknown: [] });
  });

  test("is of the second version where rates change on the way, and stays of the first without", () => {
    const changes = [{ algorithm: "np" as const, epoch: 3, update: 120, lr: 0.003, noise_std: 0.1 }];
    expect(toLink({ ...defaults(), changes })).toBe("v=2&np.lr@3.120=0.003&np.noise_std@3.120=0.1");
  });

  test("of another version says so", () => {
    expect(fromLink("v=4&lr=0.1")).toEqual({
      given: { lr: 0.1 },
      unknown: [{ key: "v", value: "4", allowed: "1, 2, 3" }],
    });
  });

  test("is of the third version where it says what its runs led to, and that comes back as it was", () => {
    const proof = "1.0123456789abcdef00f";
    const link = toLink({ ...defaults(), lr: 0.1 }, proof);
    expect(link).toBe(`v=3&lr=0.1&hashes=${proof}`);
    expect(fromLink(`#${link}.`)).toEqual({ given: { lr: 0.1 }, unknown: [], proof });
  });

  const WANTED = { algorithms: ["bp", "danp"], image_size: 14, hidden_sizes: [32, 16], lr: 0.003, seed: 7 };

  test.each([
    "v%3D1%26algorithms%3Dbp%2Cdanp%26image_size%3D14%26hidden_sizes%3D32%2C16%26lr%3D0.003%26seed%3D7",
    "v=1&amp;algorithms=bp,danp&amp;image_size=14&amp;hidden_sizes=32,16&amp;lr=0.003&amp;seed=7",
    "v=1&algorithms=bp%252Cdanp&image_size=14&hidden_sizes=32%252C16&lr=0.003&seed=7",
    "v=1&algorithms=bp,danp&image_size=14&hidden_sizes=32,16&lr=0.003&seed=7)",
    "v=1&algorithms=bp,danp&image_size=14&hidden_sizes=32,16&lr=0.003&seed=7,",
    "v%253D1%2526algorithms%253Dbp%252Cdanp%2526image_size%253D14%2526hidden_sizes%253D32%252C16%2526lr%253D0.003%2526seed%253D7",
    "v=1&amp;amp;algorithms=bp,danp&amp;amp;image_size=14&amp;amp;hidden_sizes=32,16&amp;amp;lr=0.003&amp;amp;seed=7",
    "v=1&#38;algorithms=bp,danp&#38;image_size=14&#38;hidden_sizes=32,16&#38;lr=0.003&#38;seed=7>.",
    "v=1&algorithms=bp,danp&image_size=14&hidden_sizes=32,16&lr=0.003&seed=7]**",
    "v=1&algorithms=bp,danp&image\\_size=14&hidden\\_sizes=32,16&lr=0.003&seed=7",
    "v=1&algorithms=bp,%20danp&image_size=14&hidden_sizes=32,%2016&lr=0.003&seed=7%20",
    "v=1&algorithms=bp,danp&image_size=14&hidden_sizes=32,16&lr=0.003&seed=7%3E",
    "v=1&algorithms=bp,danp&image_size=14&hidden_sizes=32,16&lr=0.003&seed=7&gt;",
    "v=1&algorithms=bp,danp&image_size=14&hidden_sizes=32,16&lr=0.003&seed=7&quot;&gt;",
    "v=1&algorithms=bp,danp&image_size=14&hidden_sizes=32,16&lr=0.003&seed=7&nbsp;",
    "v=1&algorithms=bp,danp&image_size=14&hidden_sizes=32,16&lr=0.003&seed=7%22",
    "v=1&algorithms=bp,danp&image_size=14&hidden_sizes=32,16&lr=0.003&seed=7%E2%80%99.",
    "v=1&algorithms=bp,danp&image_size=14&hidden_sizes=32,16&lr=0.003&seed=7’",
    "v=3D1&algorithms=3Dbp,danp&image_size=3D14&hidden_sizes=3D32,16&lr=3D0.003&seed=3D7",
    "v=3D1&algorithms=3Dbp,danp&image_size=3D14&hidden_=sizes=3D32,1=6&lr=3D0.003&seed=3D7",
    "v=3D1&algorithms=3Dbp,danp&image_size=3D14&hidden_=\r\nsizes=3D32,1=\n6&lr=3D0.003&seed=3D7",
    "v=1&algorithms=BP,danp,bp&image_size=14&hidden_sizes=32,16&lr=0.003&seed=7",
    "V=1&amp;algorithms=bp,danp&amp;image_size=14&amp;hidden_sizes=32,16&amp;lr=0.003&amp;seed=7".toLowerCase(),
  ])("is read as mail programs, chats and Markdown leave it: %s", (hash) => {
    expect(fromLink(`#${hash}`)).toEqual({ given: WANTED, unknown: [] });
  });

  test("keeps the rules that are known and names the others, with what they may be", () => {
    const { given, unknown } = fromLink("v=1&algorithms=NP,foo,danp,np&DANP.lr=0.1");
    expect(given).toEqual({ algorithms: ["np", "danp"], overrides: { danp: { lr: 0.1 } } });
    const names = SCHEMA.algorithms.map(({ name }) => name).join(", ");
    expect(linkSentence(unknown, true)).toBe(
      `Not taken from the link: Rules foo (it may be ${names}). Everything else in it holds.`,
    );
    expect(fromLink("v=1&algorithms=foo&lr=0.1").given).toEqual({ lr: 0.1 });
    expect(linkSentence(fromLink("v=1&algorithms=foo").unknown, false)).toBe(
      `Not taken from the link: Rules foo (it may be ${names}).`,
    );
  });

  test("is quoted as it was, and a rule's own value with its rule", () => {
    const value = JSON.stringify('0.005"1');
    const problem = { field: "overrides.danp.lr", value, allowed: "a number", message: "" };
    expect(linkSentence([leftOut(problem)], true)).toContain(
      'Learning rate of DANP 0.005"1 (it may be a number)',
    );
  });

  test("may hold fifty thousand keys that are none", () => {
    const keys = Array.from({ length: 50_000 }, (_, index) => `k${index}=1`).join("&");
    const { given, unknown } = fromLink(`v=1&${keys}&seed=7`);
    expect(given).toEqual({ seed: 7 });
    expect(linkSentence(unknown, true)).toBe(
      "Not taken from the link: “k0”, which is no setting, “k1”, which is no setting and 49998 more. " +
        "Everything else in it holds.",
    );
  });
});

describe("of given settings the good ones are taken", () => {
  const bad = (...fields: string[]) =>
    new AppError(
      "config",
      "wrong",
      fields.map((field) => ({ field, value: "99", allowed: "a number from 1 to 10", message: "wrong" })),
    );
  /** Refuses each rate above 10. */
  const check = (given: Given): Config => {
    const config: Config = Object.assign(defaults(), given);
    const own = Object.entries(config.overrides).filter(([, { lr }]) => (lr ?? 0) > 10);
    const wrong = [...(config.lr > 10 ? ["lr"] : []), ...own.map(([rule]) => `overrides.${rule}.lr`)];
    if (wrong.length > 0) throw bad(...wrong);
    return config;
  };

  test("and each of the others has its problem", () => {
    const given = { lr: 99, epochs: 3, overrides: { np: { lr: 99, noise_std: 0.5 }, anp: { lr: 1 } } };
    const { config, problems } = takeGood(given, check);
    expect(config).toEqual({
      ...defaults(),
      epochs: 3,
      overrides: { np: { noise_std: 0.5 }, anp: { lr: 1 } },
    });
    expect(problems.map(({ field }) => field)).toEqual(["lr", "overrides.np.lr"]);
    expect(linkSentence(problems.map(leftOut), true)).toBe(
      "Not taken from the link: Learning rate 99 (it may be a number from 1 to 10), " +
        "Learning rate of NP 99 (it may be a number from 1 to 10). Everything else in it holds.",
    );
  });

  test("and what is no matter of settings is thrown", () => {
    expect(() =>
      takeGood({}, () => {
        throw new Error("out of memory");
      }),
    ).toThrow("out of memory");
    expect(() =>
      takeGood({ lr: 1 }, () => {
        throw bad("epochs");
      }),
    ).toThrow("wrong");
  });
});

test("every preset sets only settings that exist", () => {
  for (const { config } of PRESETS) {
    for (const key of Object.keys(config)) expect(fieldOf(key), key).toBeDefined();
  }
});
