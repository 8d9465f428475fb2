import { expect, test } from "vitest";
import { fromBase85, toBase85 } from "../../www/app/contract/base85";

test("bytes come back from base 85, whatever their number", () => {
  for (const length of [0, 1, 3, 4, 5, 8, 257]) {
    const bytes = Uint8Array.from({ length }, (_, at) => (at * 151 + length) % 256);
    const text = toBase85(bytes);
    expect(text).toHaveLength(5 * Math.ceil(length / 4));
    expect(fromBase85(text, length)).toEqual(bytes);
  }
});

test("it is Z85: the example of its RFC, and the greatest number", () => {
  expect(toBase85(Uint8Array.of(0x86, 0x4f, 0xd2, 0x6f, 0xb5, 0x59, 0xf7, 0x5b))).toBe("HelloWorld");
  expect(toBase85(Uint8Array.of(255, 255, 255, 255))).toBe("%nSc0");
});
