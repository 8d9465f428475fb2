import type { Field } from "../contract/config";
import { readValue } from "../contract/field-text";

type NumberField = Extract<Field, { kind: "number" }>;

/** Where there are no tenfold ranges to go through. */
const LINEAR_STEPS = 10;

/** The text of a number as somebody wrote it, who may have a decimal comma. */
export function withPoint(text: string): string {
  return text.replace(",", ".");
}

/** The value in a box: what cannot be read stays as it was typed, for the sentence about it. */
export function readTyped(field: Field, text: string): unknown {
  const { value, readable } = readValue(field, field.kind === "integers" ? text : withPoint(text));
  return readable ? value : text;
}

/** The value that an arrow key leads to, never outside of the range; undefined for any other key. */
export function stepped({ min, max, log }: NumberField, value: number, key: string): number | undefined {
  const up = key === "ArrowUp";
  if (!up && key !== "ArrowDown") return undefined;
  const inside = Number.isFinite(value) ? Math.min(max, Math.max(min, value)) : min;
  const step = (max - min) / LINEAR_STEPS;
  const next = log ? neighbour(inside, up) : rounded(inside + (up ? step : -step));
  return Math.min(max, Math.max(min, next));
}

/** The next of 1, 2, 5, 10, 20, ... and 0.5, 0.2, 0.1, ... */
function neighbour(value: number, up: boolean): number {
  const decade = Math.floor(Math.log10(value));
  const ladder = [-1, 0, 1].flatMap((shift) =>
    [1, 2, 5].map((digit) => Number(`${digit}e${decade + shift}`)),
  );
  const found = up ? ladder.find((rung) => rung > value) : ladder.findLast((rung) => rung < value);
  return found ?? value;
}

/** Without the last bits that sums leave behind. */
function rounded(value: number): number {
  return Number(value.toPrecision(12));
}
