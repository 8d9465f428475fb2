import { describe, expect, test } from "vitest";
import { defaults, fieldOf, SCHEMA } from "../../www/app/contract/config";
import { readValue, textOf } from "../../www/app/contract/field-text";
import { fromSlider, sliderRange, toSlider } from "../../www/app/controls/log-scale";

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
