import { describe, expect, test } from "vitest";
import { defaults, fieldOf, SCHEMA } from "../../www/app/contract/config";
import { readValue, textOf } from "../../www/app/contract/field-text";
import { fromSlider, sliderRange, toSlider } from "../../www/app/controls/log-scale";
import { readTyped, stepped, withPoint } from "../../www/app/controls/number-box";

function read(name: string, text: string): unknown {
  const field = fieldOf(name);
  return field && readValue(field, text).value;
}

describe("readValue", () => {
  test("reads back what the box of each field shows", () => {
    const standard = defaults();
    for (const field of SCHEMA.fields.filter(({ name }) => !["overrides", "changes"].includes(name))) {
      expect(readValue(field, textOf(standard[field.name]))).toEqual({
        value: standard[field.name],
        readable: true,
      });
    }
  });

  test("reads lists, with or without spaces, and JSON", () => {
    expect(read("hidden_sizes", "64,32")).toEqual([64, 32]);
    expect(read("hidden_sizes", " ")).toEqual([]);
    expect(read("algorithms", "bp, np")).toEqual(["bp", "np"]);
    expect(read("overrides", '{"np":{"lr":0.001}}')).toEqual({ np: { lr: 0.001 } });
  });

  test.each([
    ["lr", "fast", "fast"],
    ["lr", "", ""],
    ["lr", "0x10", "0x10"],
    ["lr", "1e999", "1e999"],
    ["image_size", "NaN", "NaN"],
    ["hidden_sizes", "64,,64", [64, "", 64]],
    ["overrides", "np", "np"],
  ])("leaves %s = %s, which it cannot read, to the check in Rust", (name, text, value) => {
    const field = fieldOf(name);
    expect(field && readValue(field, text)).toEqual({ value, readable: false });
  });
});

describe("the logarithmic slider", () => {
  test("reaches both ends of every range, and gives back its own values", () => {
    for (const field of SCHEMA.fields) {
      if (field.kind !== "number" || !field.log) continue;
      const { min, max } = sliderRange(field.min, field.max);
      expect(fromSlider(min)).toBeCloseTo(field.min, 12);
      expect(fromSlider(max)).toBeCloseTo(field.max, 12);
    }
    expect(fromSlider(toSlider(0.003))).toBe(0.003);
  });
});

describe("an arrow key in a number's box", () => {
  const lr = fieldOf("lr");
  const kappa = fieldOf("kappa");
  if (lr?.kind !== "number" || kappa?.kind !== "number") throw new Error("they are numbers");

  test("goes by 1, 2, 5 through all of a logarithmic range, and no further", () => {
    let value = 0.00003;
    const passed: (number | undefined)[] = [];
    for (let press = 0; press < 20; press++) {
      value = stepped(lr, value, "ArrowUp") ?? Number.NaN;
      passed.push(value);
    }
    expect(passed.slice(0, 5)).toEqual([0.00005, 0.0001, 0.0002, 0.0005, 0.001]);
    expect(passed.at(-1)).toBe(10);
    for (let press = 0; press < 30; press++) value = stepped(lr, value, "ArrowDown") ?? Number.NaN;
    expect(value).toBe(lr.min);
  });

  test("goes by tenths through another", () => {
    expect(stepped(kappa, 0.2, "ArrowUp")).toBe(0.3);
    expect(stepped(kappa, 0.05, "ArrowDown")).toBe(0);
    expect(stepped(kappa, 1, "ArrowUp")).toBe(1);
  });

  test("leads back from what is no number or outside, and leaves other keys alone", () => {
    expect(stepped(lr, Number.NaN, "ArrowUp")).toBe(0.000002);
    expect(stepped(lr, 99, "ArrowDown")).toBe(5);
    expect(stepped(lr, 0.1, "ArrowLeft")).toBeUndefined();
    expect(withPoint("0,003")).toBe("0.003");
  });

  test("stays as it was typed where it is no number", () => {
    const read = (name: string, text: string) => {
      const field = fieldOf(name);
      return field && readTyped(field, text);
    };
    expect(read("lr", "0,003")).toBe(0.003);
    expect(read("lr", "1.000,5")).toBe("1.000,5");
    expect(read("hidden_sizes", "64, 32")).toEqual([64, 32]);
  });
});
