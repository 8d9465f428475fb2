import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import { readPreferences } from "../../www/app/contract/preferences";
import { isHarmless, wishOf } from "../../www/app/element/keys";

const { document } = parseHTML(
  "<body><button>B</button><input /><select></select><input type=radio /><input type=range /><div tabindex=0></div><dialog><p>D</p></dialog></body>",
);

function press(key: string, on = "body", given: Partial<KeyboardEvent> = {}) {
  const free = { shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, defaultPrevented: false };
  const element = document.querySelector(on);
  if (!element) throw new Error(`there is no ${on}`);
  return wishOf({ ...free, key, ...given }, element);
}

const command = (command: string) => ({ kind: "command", command });

describe("a key", () => {
  test("asks for what the help says", () => {
    expect(press(" ")).toEqual(command("toggle"));
    expect(press("ArrowRight")).toEqual(command("step"));
    expect(press("ArrowRight", "body", { shiftKey: true })).toEqual(command("epoch"));
    expect(press("r")).toEqual(command("reset"));
    expect(press("?", "body", { shiftKey: true })).toEqual({ kind: "help" });
    expect(press("f")).toEqual({ kind: "present" });
    const rules = [1, 2, 3, 4, 5, 6, 7, 8].map((digit) => press(String(digit)));
    const names = ["bp", "np", "inp", "anp", "dbp", "dnp", "dinp", "danp"];
    expect(rules).toEqual(names.map((rule) => ({ kind: "rule", rule })));
    expect(press("z", "body", { ctrlKey: true })).toEqual({ kind: "undo" });
    expect(press("z", "body", { metaKey: true })).toEqual({ kind: "undo" });
    expect(press("z", "input", { ctrlKey: true }), "the box has an undo of its own").toBeNull();
    for (const chosen of ["select", "[type=radio]", "[type=range]"]) {
      expect(press("z", chosen, { ctrlKey: true }), `${chosen} has none`).toEqual({ kind: "undo" });
      expect(press("r", chosen)).toBeNull();
    }
    expect(press("z"), "there are not so many rules").toBeNull();
  });

  test("is never taken from what has a use for it", () => {
    for (const key of [" ", "ArrowRight", "r", "3", "?"]) {
      expect(press(key, "input"), key).toBeNull();
      expect(press(key, "dialog p"), key).toBeNull();
      expect(press(key, "body", { ctrlKey: true }), key).toBeNull();
      expect(press(key, "body", { defaultPrevented: true }), key).toBeNull();
    }
    expect(press(" ", "button"), "it presses the button").toBeNull();
    expect(press("r", "button")).toEqual(command("reset"));
    expect(press("ArrowRight", "div"), "it moves or scrolls there").toBeNull();
  });
});

test("before an audience no key throws runs away", () => {
  const harmless = (key: string, given: Partial<KeyboardEvent> = {}) => {
    const wish = press(key, "body", given);
    return wish && isHarmless(wish);
  };
  expect([" ", "ArrowRight", "f", "?"].map((key) => harmless(key))).toEqual([true, true, true, true]);
  expect(["r", "R", "1", "8"].map((key) => harmless(key))).toEqual([false, false, false, false]);
  expect(harmless("z", { ctrlKey: true })).toBe(false);
});

test("only preferences are taken from what was kept", () => {
  expect(readPreferences({ theme: "dark", shortcuts: false, other: 1 })).toEqual({
    theme: "dark",
    shortcuts: false,
  });
  for (const kept of [null, 3, {}, { theme: "blue", shortcuts: "no" }])
    expect(readPreferences(kept)).toEqual({});
});
