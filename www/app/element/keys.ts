import type { Algorithm } from "../contract/config";
import { ruleOfKey } from "../contract/rules";
import type { TransportCommand } from "../ui/events";

/** What a key asks for. */
export type Wish =
  | { kind: "command"; command: Exclude<TransportCommand, "play" | "pause"> | "toggle" }
  | { kind: "rule"; rule: Algorithm }
  | { kind: "undo" }
  | { kind: "present" }
  | { kind: "help" };

type Pressed = Pick<
  KeyboardEvent,
  "key" | "shiftKey" | "ctrlKey" | "altKey" | "metaKey" | "defaultPrevented"
>;

/** In these Ctrl + Z has a meaning of its own, */
const WRITING =
  'input:not([type="radio"], [type="checkbox"], [type="range"]), textarea, dialog, [contenteditable]';
/** and in these every other key. */
const TYPING = "input, select, textarea, dialog, [contenteditable]";
/** In these space, and in some the arrows, have one. */
const ACTIVE = "button, a, summary, [tabindex]";

/** What the key asks for when it is pressed on this element; null where the key belongs to the element. */
export function wishOf(pressed: Pressed, on: Pick<Element, "matches" | "closest">): Wish | null {
  const { key, shiftKey, ctrlKey, altKey, metaKey, defaultPrevented } = pressed;
  if (defaultPrevented || altKey) return null;
  if (ctrlKey || metaKey) {
    const undoes = key.toLowerCase() === "z" && !shiftKey && !on.closest(WRITING);
    return undoes ? { kind: "undo" } : null;
  }
  if (on.closest(TYPING)) return null;
  if (key === " " && !on.matches(ACTIVE)) return { kind: "command", command: "toggle" };
  if (key === "ArrowRight" && !on.matches("[tabindex]"))
    return { kind: "command", command: shiftKey ? "epoch" : "step" };
  if (key === "r" || key === "R") return { kind: "command", command: "reset" };
  if (key === "f" || key === "F") return { kind: "present" };
  if (key === "?") return { kind: "help" };
  const rule = ruleOfKey(key);
  return rule ? { kind: "rule", rule } : null;
}

/** Whether it leaves every run as it is but for going on: before an audience no key throws runs away. */
export function isHarmless(wish: Wish): boolean {
  if (wish.kind === "command") return wish.command !== "reset";
  return wish.kind === "present" || wish.kind === "help";
}
