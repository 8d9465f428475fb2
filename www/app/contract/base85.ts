// Bytes as text, five letters for four bytes: a sixteenth less than base 64, which the single file needs to stay below its
// limit. The letters are those of Z85 (ZeroMQ's RFC 32), none of which has a meaning in a string of JavaScript.

const LETTERS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";
const BASE = 85;
const [BYTES, DIGITS] = [4, 5];

/** `bytes`, followed by zeros to whole groups of four. */
export function toBase85(bytes: Uint8Array): string {
  const whole = new Uint8Array(Math.ceil(bytes.length / BYTES) * BYTES);
  whole.set(bytes);
  const view = new DataView(whole.buffer);
  let text = "";
  for (let at = 0; at < whole.length; at += BYTES) {
    const value = view.getUint32(at);
    for (let power = DIGITS - 1; power >= 0; power--)
      text += LETTERS[Math.floor(value / BASE ** power) % BASE];
  }
  return text;
}

/** The first `length` of the bytes in `text`. */
export function fromBase85(text: string, length: number): Uint8Array<ArrayBuffer> {
  const digits = new Map(Array.from(LETTERS, (letter, digit) => [letter, digit]));
  const view = new DataView(new ArrayBuffer((text.length / DIGITS) * BYTES));
  let value = 0;
  for (let at = 0; at < text.length; at++) {
    value = value * BASE + (digits.get(text.charAt(at)) ?? Number.NaN);
    if (at % DIGITS < DIGITS - 1) continue;
    view.setUint32(((at + 1) / DIGITS - 1) * BYTES, value);
    value = 0;
  }
  return new Uint8Array(view.buffer, 0, length);
}
